//! What the query puts out: the contract between a scenario and the engine.

use sqlparser::ast::{DataType, Expr, Query, Select, SelectItem, SetExpr, Spanned as _, TableFactor};

use super::Findings;
use super::query::{FILE, first_argument, folded, row_of};
use crate::dictionary::{Dictionary, Privacy};
use crate::scenario::{Scenario, output_columns};

pub(super) fn look(found: &mut Findings<'_>, scenario: &Scenario, dictionary: &Dictionary, query: &Query) {
    if query.order_by.is_some() {
        let what = "The query sorts its findings.";
        found.add("order-by-useless", FILE, 1, what, "Remove the last ORDER BY; the engine sorts them.");
    }
    if query.limit_clause.is_some() || query.fetch.is_some() {
        let help = "Remove it; a run carries all findings, and people see the most important first.";
        found.add("limit-hides", FILE, 1, "The query leaves findings out.", help);
    }
    let mut selects = Vec::new();
    leaves(&query.body, &mut selects);
    for select in selects {
        outputs(found, scenario, dictionary, select);
    }
}

/// The SELECTs whose rows are findings: one, or the parts of a UNION.
fn leaves<'q>(body: &'q SetExpr, selects: &mut Vec<&'q Select>) {
    match body {
        SetExpr::Select(select) => selects.push(select),
        SetExpr::Query(query) => leaves(&query.body, selects),
        SetExpr::SetOperation { left, right, .. } => {
            leaves(left, selects);
            leaves(right, selects);
        }
        _ => {}
    }
}

fn outputs(found: &mut Findings<'_>, scenario: &Scenario, dictionary: &Dictionary, select: &Select) {
    let mut named: Vec<(String, &Expr, u64)> = Vec::new();
    for item in &select.projection {
        let line = item.span().start.line.max(1);
        match item {
            SelectItem::ExprWithAlias { expr, alias } => named.push((folded(alias), expr, line)),
            SelectItem::UnnamedExpr(expr) => match expr {
                Expr::Identifier(name) => named.push((folded(name), expr, line)),
                Expr::CompoundIdentifier(names) => {
                    named.push((names.last().map(folded).unwrap_or_default(), expr, line));
                }
                _ => {
                    let what = format!("`{expr}` has no name.");
                    found.add("output-alias", FILE, line, what, "Write AS and the name of the output.");
                }
            },
            _ => found.add("output-star", FILE, line, "The query puts out every column.", "Name the outputs."),
        }
    }
    let at = select.span().start.line.max(1);
    let has = |name: &str| named.iter().any(|(output, ..)| output == name);
    contract(found, scenario, at, &has);
    let known = output_columns(scenario);
    for (place, (name, expr, line)) in named.iter().enumerate() {
        if named[..place].iter().any(|(earlier, ..)| earlier == name) {
            found.add("output-twice", FILE, *line, format!("`{name}` is put out twice."), "Remove one.");
        }
        if !known.contains(name) {
            let what = format!("`{name}` is put out, but nothing declares it.");
            let help = "Declare it as a fact and name it fact_NAME, or remove it.";
            found.add("output-undeclared", FILE, *line, what, help);
        }
        let is_fact = name.starts_with("fact_");
        if (is_fact || name == "amount") && gives_float(expr) {
            let what = format!("`{name}` is not a whole number.");
            let help = "Count in a smaller unit, round, and CAST to BIGINT: money and counts are whole numbers.";
            found.add("output-float", FILE, *line, what, help);
        }
        if (is_fact || scenario.subject.iter().any(|column| column.as_str() == name))
            && let Some(column) = private_column(expr, select, scenario, dictionary)
        {
            let what = format!("`{name}` shows `{column}`, which is personal or identifies somebody.");
            let help = "Show a number, a code or the unit instead; the evidence leads to the row.";
            found.add("output-private", FILE, *line, what, help);
        }
        if name == "evidence" && !is_evidence(expr) {
            let what = "`evidence` does not gather the rows that speak.";
            found.add("output-evidence", FILE, *line, what, "Write array_agg(_row ORDER BY _row) AS evidence.");
        }
    }
}

/// What must be there.
fn contract(found: &mut Findings<'_>, scenario: &Scenario, at: u64, has: &impl Fn(&str) -> bool) {
    let mut missing = |code: &'static str, name: &str, help: &str| {
        if !has(name) {
            found.add(code, FILE, at, format!("`{name}` is not put out."), help);
        }
    };
    for column in &scenario.subject {
        missing("output-subject", column.as_str(), "Put out every column of `subject` under its own name.");
    }
    missing("output-occurred-on", "occurred_on", "Put out the day it happened, or CAST(NULL AS DATE) AS occurred_on.");
    missing("output-evidence", "evidence", "Put out array_agg(_row ORDER BY _row) AS evidence.");
    for column in scenario.responsible_unit.iter().chain(&scenario.responsible_person) {
        missing("output-responsible", column.as_str(), "Put out what `responsible` names.");
    }
    for fact in scenario.facts.keys() {
        missing("output-fact", &format!("fact_{fact}"), "Put out every declared fact.");
    }
    if has("amount") != has("currency") {
        let what = "Only one of `amount` and `currency` is put out.";
        found.add("output-currency", FILE, at, what, "Put out both, or neither.");
    }
}

fn gives_float(expr: &Expr) -> bool {
    match expr {
        Expr::Cast { data_type, .. } => matches!(
            data_type,
            DataType::Float(_)
                | DataType::Float32
                | DataType::Float64
                | DataType::Real
                | DataType::Double(_)
                | DataType::DoublePrecision
        ),
        Expr::Nested(inner) => gives_float(inner),
        Expr::BinaryOp { left, right, .. } => gives_float(left) || gives_float(right),
        Expr::Function(function) => {
            let name = function.name.to_string().to_lowercase();
            let averages =
                ["avg", "mean", "stddev", "stddev_samp", "stddev_pop", "var_samp", "var_pop", "corr", "sqrt", "ln"];
            averages.contains(&name.as_str())
                || ["round", "max", "min", "abs", "coalesce"].contains(&name.as_str())
                    && first_argument(function).is_some_and(gives_float)
        }
        _ => false,
    }
}

/// `array_agg(_row …)`, or the column an earlier part of the query has gathered so.
fn is_evidence(expr: &Expr) -> bool {
    match expr {
        Expr::Function(function) => row_of(function).is_some(),
        Expr::Identifier(name) => folded(name) == "evidence",
        Expr::CompoundIdentifier(names) => names.last().map(folded).as_deref() == Some("evidence"),
        _ => false,
    }
}

/// The personal or identifying column an output shows as it stands, or as the least, greatest or first of several.
fn private_column(expr: &Expr, select: &Select, scenario: &Scenario, dictionary: &Dictionary) -> Option<String> {
    let (qualifier, column) = match expr {
        Expr::Identifier(name) => (None, folded(name)),
        Expr::CompoundIdentifier(names) => match names.as_slice() {
            [qualifier, name] => (Some(folded(qualifier)), folded(name)),
            _ => return None,
        },
        Expr::Nested(inner) | Expr::Cast { expr: inner, .. } => {
            return private_column(inner, select, scenario, dictionary);
        }
        Expr::Function(function) => {
            let name = function.name.to_string().to_lowercase();
            let shows = ["min", "max", "first_value", "last_value", "any_value", "array_agg", "string_agg", "coalesce"];
            let argument = first_argument(function).filter(|_| shows.contains(&name.as_str()))?;
            return private_column(argument, select, scenario, dictionary);
        }
        _ => return None,
    };
    let table_of = |alias: &str| {
        let factors = select
            .from
            .iter()
            .flat_map(|from| std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation)));
        factors.into_iter().find_map(|factor| match factor {
            TableFactor::Table { name, alias: given, .. } => {
                let table = name.0.last()?.as_ident().map(folded)?;
                let known = given.as_ref().map_or_else(|| table.clone(), |given| folded(&given.name));
                (known == alias).then_some(table)
            }
            _ => None,
        })
    };
    let table = qualifier.as_deref().and_then(table_of);
    let inputs = scenario.inputs.iter().filter(|(name, _)| table.as_ref().is_none_or(|table| name.as_str() == table));
    let mut columns = inputs
        .filter(|(_, input)| input.columns.iter().any(|has| has.as_str() == column))
        .filter_map(|(name, _)| dictionary.tables.get(name))
        .flat_map(crate::dictionary::Table::columns);
    columns
        .any(|known| known.name.as_str() == column && matches!(known.privacy, Privacy::Personal | Privacy::Identifier))
        .then_some(column)
}
