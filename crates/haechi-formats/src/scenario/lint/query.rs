//! The query as SQL: what it may be, what it may read and what it may ask.

use std::ops::ControlFlow;

use haechi_core::ids::Government;
use haechi_core::time::Day;
use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, Join, JoinConstraint,
    JoinOperator, ObjectName, Query, Select, SelectItem, SetExpr, Spanned as _, Statement, TableFactor, Visit as _,
    Visitor,
};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

use super::{Findings, output};
use crate::dictionary::Dictionary;
use crate::folder::line_of;
use crate::scenario::sql_text::mask;
use crate::scenario::{CASE_GOVERNMENT, Overrides, Scenario};

pub(super) const FILE: &str = "query.sql";

/// Functions of the working calendar.
const CALENDAR: [&str; 4] = ["day_off", "holiday_name", "working_days_between", "add_working_days"];

/// What gives another answer the next time.
const NOT_REPRODUCIBLE: [&str; 12] = [
    "random",
    "rand",
    "uuid",
    "gen_random_uuid",
    "now",
    "today",
    "getdate",
    "current_date",
    "current_time",
    "current_timestamp",
    "localtime",
    "localtimestamp",
];

/// Functions that may stand where a table stands.
const TABLE_FUNCTIONS: [&str; 3] = ["unnest", "generate_series", "range"];

/// Most operators in a query. The tree of `a + b + c …` is as deep as it is long, and so is the stack needed to read it.
const MOST_OPERATORS: usize = 300;

pub(super) fn look(found: &mut Findings<'_>, scenario: &Scenario, dictionary: &Dictionary) {
    if operators(&scenario.sql) > MOST_OPERATORS {
        let what = format!("The query has more than {MOST_OPERATORS} operators.");
        found.add("sql-invalid", FILE, 1, what, "Say it more shortly, or make two scenarios of it.");
        return;
    }
    literals(found, scenario);
    let government = Government::parse(CASE_GOVERNMENT).ok();
    let expanded = government.map(|government| scenario.expand(&government, &Overrides::default(), Day::MIN));
    let sql = match expanded {
        Some(Ok(expanded)) => expanded.sql,
        Some(Err(faults)) => {
            for mut fault in faults {
                fault.place.file = found.folder.place(FILE);
                found.fault(fault);
            }
            return;
        }
        None => return,
    };
    let statements = match Parser::new(&GenericDialect {}).with_recursion_limit(120).try_with_sql(&sql) {
        Ok(mut parser) => parser.parse_statements(),
        Err(error) => Err(error),
    };
    let statements = match statements {
        Ok(statements) => statements,
        Err(error) => {
            let help = "Put it right where the message says; the line is that of query.sql.";
            found.add("sql-invalid", FILE, line_in(&error.to_string()), format!("It is not SQL: {error}."), help);
            return;
        }
    };
    let query = match statements.as_slice() {
        [Statement::Query(query)] => query,
        [_] => {
            let help = "Write a SELECT, with WITH before it if need be.";
            found.add("sql-not-a-query", FILE, 1, "The statement is no query.", help);
            return;
        }
        several => {
            let what = format!("There are {} statements.", several.len());
            found.add("sql-one-statement", FILE, 1, what, "Write one SELECT.");
            return;
        }
    };
    let mut walk = Walk { scenario, found, ctes: Vec::new(), scopes: Vec::new(), asks_calendar: false };
    let _ = query.visit(&mut walk);
    let asks_calendar = walk.asks_calendar;
    if asks_calendar && scenario.calendar.is_empty() {
        let help = "Add [calendar] with the input and the date column it is asked for.";
        found.add("calendar-undeclared", FILE, 1, "The query asks for days off.", help);
    }
    if !asks_calendar && !scenario.calendar.is_empty() {
        let what = "The query does not ask for days off.";
        found.add("calendar-unused", FILE, 1, what, "Remove [calendar] from scenario.toml.");
    }
    output::look(found, scenario, dictionary, query);
}

/// How many operators the query has at most.
fn operators(sql: &str) -> usize {
    let mask = String::from_utf8_lossy(&mask(sql)).to_lowercase();
    let signs = mask.matches(|c: char| "+-*/%|&^<>=!~[:".contains(c)).count();
    let words =
        ["and", "or", "xor", "is", "in", "not", "like", "ilike", "between", "union", "except", "intersect", "div"];
    signs + mask.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| words.contains(word)).count()
}

/// The line a message of the parser names: `… at Line: 3, Column: 7`.
fn line_in(message: &str) -> u64 {
    let digits = message.rsplit("Line: ").next().unwrap_or_default();
    digits.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(1)
}

/// Numbers of 10,000 or more that stand in the query. `amount * 10000 / total` is a rate, not a limit.
fn literals(found: &mut Findings<'_>, scenario: &Scenario) {
    let mask = mask(&scenario.sql);
    let mut at = 0;
    while at < mask.len() {
        let length =
            mask[at..].iter().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, b'_' | b'.' | b'$')).count();
        let text = String::from_utf8_lossy(&mask[at..at + length]).into_owned();
        if let Ok(number) = text.parse::<i64>()
            && number >= 10_000
        {
            let before = mask[..at].iter().rev().find(|c| !c.is_ascii_whitespace());
            let is_scale = text.trim_end_matches('0') == "1" && matches!(before, Some(b'*' | b'/' | b'%'));
            if !is_scale {
                let what = format!("The number {number} stands in the query.");
                let help = "Make it a parameter, so that it can change by date and be read beside the rule.";
                found.add("limit-in-query", FILE, line_of(&scenario.sql, at), what, help);
            }
        }
        at += length.max(1);
    }
}

/// A table in a FROM.
struct Source {
    alias: String,
    /// The input it is; `None` for a CTE, a sub-query or a function.
    input: Option<String>,
}

/// What the columns of one SELECT may come from.
struct Scope {
    sources: Vec<Source>,
    aliases: Vec<String>,
}

struct Walk<'a, 'f> {
    scenario: &'a Scenario,
    found: &'a mut Findings<'f>,
    ctes: Vec<String>,
    scopes: Vec<Scope>,
    asks_calendar: bool,
}

/// The identifier as SQL compares it.
pub(super) fn folded(ident: &Ident) -> String {
    if ident.quote_style.is_some() { ident.value.clone() } else { ident.value.to_lowercase() }
}

fn last_name(name: &ObjectName) -> String {
    name.0.last().and_then(|part| part.as_ident()).map(folded).unwrap_or_default()
}

impl Walk<'_, '_> {
    fn add(&mut self, code: &'static str, line: u64, what: impl Into<String>, help: impl Into<String>) {
        self.found.add(code, FILE, line.max(1), what, help);
    }

    fn source(&self, factor: &TableFactor) -> Vec<Source> {
        match factor {
            TableFactor::Table { name, alias, args, .. } => {
                let table = last_name(name);
                let is_input = args.is_none()
                    && name.0.len() == 1
                    && !self.ctes.contains(&table)
                    && self.scenario.inputs.keys().any(|input| input.as_str() == table);
                let alias = alias.as_ref().map_or_else(|| table.clone(), |alias| folded(&alias.name));
                vec![Source { alias, input: is_input.then_some(table) }]
            }
            TableFactor::NestedJoin { table_with_joins, .. } => {
                let mut sources = self.source(&table_with_joins.relation);
                sources.extend(table_with_joins.joins.iter().flat_map(|join| self.source(&join.relation)));
                sources
            }
            TableFactor::Derived { alias, .. } | TableFactor::UNNEST { alias, .. } => {
                let alias = alias.as_ref().map(|alias| folded(&alias.name)).unwrap_or_default();
                vec![Source { alias, input: None }]
            }
            _ => vec![Source { alias: String::new(), input: None }],
        }
    }

    fn has_column(&self, input: &str, column: &str) -> bool {
        column == "_row"
            || self
                .scenario
                .inputs
                .iter()
                .any(|(table, known)| table.as_str() == input && known.columns.iter().any(|has| has.as_str() == column))
    }

    fn column(&mut self, name: &Ident) {
        let column = folded(name);
        for scope in self.scopes.iter().rev() {
            let known = |source: &Source| source.input.as_ref().is_none_or(|input| self.has_column(input, &column));
            if scope.aliases.contains(&column) || scope.sources.iter().any(known) {
                return;
            }
        }
        if !self.scopes.is_empty() {
            let what = format!("No input declares the column `{column}`.");
            self.add(
                "column-undeclared",
                name.span.start.line,
                what,
                "Add it to the input's columns, or mend its name.",
            );
        }
    }

    fn qualified(&mut self, qualifier: &Ident, name: &Ident) {
        let (alias, column) = (folded(qualifier), folded(name));
        let mut sources = self.scopes.iter().rev().flat_map(|scope| &scope.sources);
        let Some(Source { input: Some(input), .. }) = sources.find(|source| source.alias == alias) else { return };
        if !self.has_column(input, &column) {
            let what = format!("The input `{input}` does not declare `{column}`.");
            self.add(
                "column-undeclared",
                name.span.start.line,
                what,
                "Add it to the input's columns, or mend its name.",
            );
        }
    }

    fn function(&mut self, function: &Function) {
        let name = last_name(&function.name);
        let line = function.name.span().start.line;
        if NOT_REPRODUCIBLE.contains(&name.as_str()) {
            self.not_reproducible(&name, line);
        }
        self.asks_calendar |= CALENDAR.contains(&name.as_str());
        if let Some(argument) = row_of(function) {
            self.row_of_reference(argument, line);
        }
    }

    fn not_reproducible(&mut self, name: &str, line: u64) {
        let what = format!("`{name}` gives another answer the next time.");
        self.add(
            "not-reproducible",
            line,
            what,
            "Go by the dates of the rows; freshness is counted from the as-of day.",
        );
    }

    /// Whether `array_agg(x._row)` gathers rows of a table that is there for reference alone.
    fn row_of_reference(&mut self, argument: &Expr, line: u64) {
        let Some(scope) = self.scopes.last() else { return };
        let qualifier = match argument {
            Expr::CompoundIdentifier(names) => names.first().map(folded),
            _ => None,
        };
        let meant = |source: &&Source| qualifier.as_ref().is_none_or(|alias| source.alias == *alias);
        let inputs: Vec<Option<&str>> =
            scope.sources.iter().filter(meant).map(|source| source.input.as_deref()).collect();
        let reference = |input: &Option<&str>| {
            input.is_some_and(|input| {
                self.scenario.inputs.iter().any(|(table, known)| table.as_str() == input && !known.flagged)
            })
        };
        if !inputs.is_empty() && inputs.iter().all(reference) {
            let what = "The rows gathered are those of a reference table.";
            self.add("evidence-of-reference", line, what, "Gather `_row` of a flagged input.");
        }
    }

    fn join(&mut self, join: &Join) {
        use JoinOperator::{
            Anti, FullOuter, Inner, Join as Plain, Left, LeftAnti, LeftOuter, LeftSemi, Right, RightAnti, RightOuter,
            RightSemi, Semi,
        };
        let (Plain(on) | Inner(on) | Left(on) | LeftOuter(on) | Right(on) | RightOuter(on) | FullOuter(on) | Semi(on)
        | LeftSemi(on) | RightSemi(on) | Anti(on) | LeftAnti(on) | RightAnti(on)) = &join.join_operator
        else {
            return;
        };
        let JoinConstraint::On(condition) = on else { return };
        let (mut equal, mut range) = (false, false);
        conjuncts(condition, &mut |part| match part {
            Expr::BinaryOp { op: BinaryOperator::Eq | BinaryOperator::Spaceship, .. } => equal = true,
            Expr::IsNotDistinctFrom(..) => equal = true,
            Expr::BinaryOp {
                op: BinaryOperator::Lt | BinaryOperator::LtEq | BinaryOperator::Gt | BinaryOperator::GtEq,
                ..
            }
            | Expr::Between { .. } => range = true,
            _ => {}
        });
        if range && !equal {
            let help =
                "Expand the range to days: unnest(generate_series(from, to, interval '1 day')), then join on the day.";
            let line = condition.span().start.line;
            self.add("join-on-range", line, "The join compares every row with every row.", help);
        }
    }
}

/// Calls `see` with each part of an AND.
fn conjuncts<'e>(expr: &'e Expr, see: &mut impl FnMut(&'e Expr)) {
    match expr {
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            conjuncts(left, see);
            conjuncts(right, see);
        }
        Expr::Nested(inner) => conjuncts(inner, see),
        part => see(part),
    }
}

/// The argument of `array_agg(_row)` or `array_agg(x._row)`.
pub(super) fn row_of(function: &Function) -> Option<&Expr> {
    if last_name(&function.name) != "array_agg" {
        return None;
    }
    first_argument(function).filter(|argument| match argument {
        Expr::Identifier(name) => folded(name) == "_row",
        Expr::CompoundIdentifier(names) => names.last().map(folded).as_deref() == Some("_row"),
        _ => false,
    })
}

/// The first argument of a function, if it is an expression.
pub(super) fn first_argument(function: &Function) -> Option<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return None };
    match list.args.first()? {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => Some(expr),
        _ => None,
    }
}

impl Visitor for Walk<'_, '_> {
    type Break = ();

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        let ctes = query.with.iter().flat_map(|with| &with.cte_tables);
        self.ctes.extend(ctes.map(|cte| folded(&cte.alias.name)));
        let writes =
            matches!(*query.body, SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_));
        if writes || !query.locks.is_empty() {
            let what = "The query changes or locks rows.";
            self.add("sql-not-a-query", query.span().start.line, what, "Write a SELECT that only reads.");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        if select.into.is_some() {
            let what = "SELECT … INTO makes a table.";
            self.add("sql-not-a-query", select.span().start.line, what, "Write a SELECT that only reads.");
        }
        let mut sources = Vec::new();
        for from in &select.from {
            sources.extend(self.source(&from.relation));
            sources.extend(from.joins.iter().flat_map(|join| self.source(&join.relation)));
        }
        let aliases = select.projection.iter().filter_map(|item| match item {
            SelectItem::ExprWithAlias { alias, .. } => Some(folded(alias)),
            _ => None,
        });
        self.scopes.push(Scope { sources, aliases: aliases.collect() });
        for join in select.from.iter().flat_map(|from| &from.joins) {
            self.join(join);
        }
        ControlFlow::Continue(())
    }

    fn post_visit_select(&mut self, _: &Select) -> ControlFlow<()> {
        self.scopes.pop();
        ControlFlow::Continue(())
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        let line = factor.span().start.line;
        match factor {
            TableFactor::Table { name, args: Some(_), .. } | TableFactor::Function { name, .. } => {
                let function = last_name(name);
                if !TABLE_FUNCTIONS.contains(&function.as_str()) {
                    let what = format!("`{function}` stands where a table stands.");
                    let help = "Read declared inputs; only unnest, generate_series and range may make tables.";
                    self.add("table-function", line, what, help);
                }
            }
            TableFactor::TableFunction { .. } => {
                let help = "Read declared inputs; only unnest, generate_series and range may make tables.";
                self.add("table-function", line, "A function stands where a table stands.", help);
            }
            TableFactor::Table { name, .. } => {
                let table = last_name(name);
                let known =
                    self.ctes.contains(&table) || self.scenario.inputs.keys().any(|input| input.as_str() == table);
                let quoted = name.0.iter().filter_map(|part| part.as_ident()).any(|part| part.quote_style.is_some());
                if quoted && (table.contains(['/', '\\', '.', ':', '*']) || !known) {
                    let what = format!("`{table}` looks like a file.");
                    self.add("file-as-table", line, what, "Read declared inputs.");
                } else if name.0.len() != 1 || !known {
                    let what = format!("`{name}` is no declared input.");
                    self.add("table-undeclared", line, what, "Declare it under [inputs], or mend its name.");
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Function(function) => self.function(function),
            Expr::Identifier(name) => {
                let word = folded(name);
                if name.quote_style.is_none() && NOT_REPRODUCIBLE[7..].contains(&word.as_str()) {
                    self.not_reproducible(&word, name.span.start.line);
                } else if !word.starts_with(['$', '@']) {
                    self.column(name);
                }
            }
            Expr::CompoundIdentifier(names) => {
                if let [qualifier, name] = names.as_slice() {
                    self.qualified(qualifier, name);
                }
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}
