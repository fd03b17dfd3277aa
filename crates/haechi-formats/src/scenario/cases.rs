//! `cases.md` of a scenario: small tables in, the findings expected out, each case a story of its own.

use std::borrow::Cow;

use haechi_core::ids::{Government, TableName};
use haechi_core::time::{Day, LocalTime};
use indexmap::IndexMap;
use serde::Deserialize;

use super::file::toml_error;
use super::{Overrides, Scenario};
use crate::cell::{Cell, CellKind};
use crate::dictionary::{Column, Dictionary};
use crate::fault::Fault;
use crate::tables::{Block, Case, CasesFile, SmallTable};

/// One case, typed and checked, ready to be run.
#[derive(Clone, Debug)]
pub struct ScenarioCase {
    /// The heading.
    pub title: String,
    /// The line of the heading.
    pub line: u64,
    /// Whose data it is; `TEST` where the case does not say.
    pub government: Government,
    /// The as-of day, where the case says one.
    pub as_of: Option<Day>,
    /// Its own values for parameters.
    pub overrides: Overrides,
    /// The tables it gives. An input without a block here is a table without rows.
    pub tables: IndexMap<TableName, CaseTable>,
    /// The findings expected, as text: an empty cell is null, `evidence` holds row numbers with blanks between.
    pub findings: SmallTable,
    /// The block the findings stand in, for `--bless`.
    pub findings_block: Block,
}

/// A small input table.
#[derive(Clone, Debug)]
pub struct CaseTable {
    /// The columns given, without `_row`; those of the table that are not given are null.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<CaseRow>,
}

/// A row of a small input table.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseRow {
    /// `_row` as given, else its place in the table counted from 1.
    pub row: i64,
    /// Its line in `cases.md`.
    pub line: u64,
    /// Its values, one a column.
    pub cells: Vec<Cell<'static>>,
}

/// The government of cases that do not name one.
pub const CASE_GOVERNMENT: &str = "TEST";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Context {
    government: Option<Government>,
    as_of: Option<Day>,
}

/// Reads the cases of a scenario.
///
/// # Errors
///
/// Every fault found: a table or column that is not there, a value that is not of its column's kind, a row number twice,
/// an override that does not fit, no `findings` block or two, a findings column the scenario does not put out.
pub fn scenario_cases(
    file: &CasesFile,
    scenario: &Scenario,
    dictionary: &Dictionary,
) -> Result<Vec<ScenarioCase>, Vec<Fault>> {
    let mut reader = Reader { file: &file.file, scenario, dictionary, faults: Vec::new() };
    let cases: Vec<ScenarioCase> = file.cases.iter().filter_map(|case| reader.case(case)).collect();
    if reader.faults.is_empty() { Ok(cases) } else { Err(reader.faults) }
}

struct Reader<'a> {
    file: &'a str,
    scenario: &'a Scenario,
    dictionary: &'a Dictionary,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, code: &'static str, line: u64, what: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(code, self.file, what, help).at_line(line));
    }

    fn case(&mut self, case: &Case) -> Option<ScenarioCase> {
        let mut context = Context::default();
        let mut overrides = Overrides { file: self.file.to_owned(), ..Overrides::default() };
        let mut tables = IndexMap::new();
        let mut findings = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        for block in &case.blocks {
            if seen.contains(&block.name.as_str()) && block.name != "findings" {
                let what = format!("The block `{}` is there twice in one case.", block.name);
                self.fault("case-block-twice", block.line, what, "Write the rows in one block.");
            }
            seen.push(&block.name);
            match (block.language.as_str(), block.name.as_str()) {
                ("toml", "context") => match toml::from_str(&block.text) {
                    Ok(read) => context = read,
                    Err(error) => {
                        let mut fault = toml_error(self.file, &block.text, &error);
                        fault.place.line = fault.place.line.map(|line| line + block.line);
                        self.faults.push(fault);
                    }
                },
                ("toml", "parameters") => {
                    match Overrides::parse_for(&self.scenario.id, self.file, &block.text, block.line + 1) {
                        Ok(read) => {
                            self.faults.extend(read.check(self.scenario));
                            overrides = read;
                        }
                        Err(found) => self.faults.extend(found),
                    }
                }
                ("csv", "findings") => findings.extend(self.findings(block)),
                ("csv", _) => {
                    if let Some((name, table)) = self.table(block) {
                        tables.insert(name, table);
                    }
                }
                (language, name) => {
                    let what = format!("A block `{language} {name}` means nothing here.");
                    let help = "Blocks are: csv TABLE, csv findings, toml parameters, toml context.";
                    self.fault("case-block-unknown", block.line, what, help);
                }
            }
        }
        let given = seen.iter().filter(|name| **name == "findings").count();
        if given != 1 {
            let what = format!("The case `{}` has {given} blocks of findings.", case.title);
            self.fault(
                "case-findings-count",
                case.line,
                what,
                "Give it one; no row under its header means none are found.",
            );
        }
        if context.as_of.is_none() && self.scenario.asks_as_of() {
            let what = format!("The query asks for the as-of day, and the case `{}` does not say one.", case.title);
            self.fault(
                "case-as-of-missing",
                case.line,
                what,
                "Give it a block `toml context` with as_of = \"2026-10-31\".",
            );
        }
        let (findings, findings_block) = findings.pop()?;
        let government = context.government.or_else(|| Government::parse(CASE_GOVERNMENT).ok())?;
        let (title, line, as_of) = (case.title.clone(), case.line, context.as_of);
        Some(ScenarioCase { title, line, government, as_of, overrides, tables, findings, findings_block })
    }

    fn findings(&mut self, block: &Block) -> Option<(SmallTable, Block)> {
        let table = match block.table(self.file) {
            Ok(table) => table,
            Err(fault) => {
                self.faults.push(fault);
                return None;
            }
        };
        let known = output_columns(self.scenario);
        for column in table.columns.iter().filter(|column| !known.contains(column)) {
            let what = format!("The findings have no column `{column}`.");
            self.fault("case-findings-column", block.line + 1, what, format!("They have: {}.", known.join(", ")));
        }
        Some((table, block.clone()))
    }

    fn table(&mut self, block: &Block) -> Option<(TableName, CaseTable)> {
        let Some((name, _)) = self.scenario.inputs.iter().find(|(name, _)| name.as_str() == block.name) else {
            let what = format!("`{}` is no input of the scenario.", block.name);
            let inputs: Vec<&str> = self.scenario.inputs.keys().map(TableName::as_str).collect();
            self.fault("case-table-unknown", block.line, what, format!("Its inputs are: {}.", inputs.join(", ")));
            return None;
        };
        let known = self.dictionary.tables.get(name)?.columns();
        let table = match block.table(self.file) {
            Ok(table) => table,
            Err(fault) => {
                self.faults.push(fault);
                return None;
            }
        };
        // Where each of the header's names goes: `None` for `_row`.
        let mut places = Vec::new();
        for header in &table.columns {
            let column = known.iter().find(|column| column.name.as_str() == header);
            if column.is_none() && header != "_row" {
                let what = format!("The table `{name}` has no column `{header}`.");
                let names: Vec<&str> = known.iter().map(|column| column.name.as_str()).collect();
                let help = format!("Its columns are: _row, {}.", names.join(", "));
                self.fault("case-column-unknown", block.line + 1, what, help);
                return None;
            }
            places.push(column);
        }
        let mut rows: Vec<CaseRow> = Vec::new();
        for (line, values) in &table.rows {
            let mut read = CaseRow { row: rows.len() as i64 + 1, line: *line, cells: Vec::new() };
            for (value, column) in values.iter().zip(&places) {
                match column {
                    Some(column) => read.cells.push(self.cell(value, column, *line)),
                    None => match value.parse() {
                        Ok(row) => read.row = row,
                        Err(_) => {
                            let what = format!("`{value}` is no row number.");
                            self.fault("case-row-number", *line, what, "Number rows 1, 2, 3.");
                        }
                    },
                }
            }
            if rows.iter().any(|other| other.row == read.row) {
                let what = format!("The row number {} is there twice.", read.row);
                self.fault("case-row-number", *line, what, "Give each row of a table its own number.");
            }
            rows.push(read);
        }
        let columns = places.into_iter().flatten().cloned().collect();
        Some((name.clone(), CaseTable { columns, rows }))
    }

    fn cell(&mut self, text: &str, column: &Column, line: u64) -> Cell<'static> {
        if text.is_empty() {
            return Cell::Null;
        }
        let (read, form) = match column.kind {
            CellKind::Text => (Some(Cell::Text(Cow::Owned(text.to_owned()))), ""),
            CellKind::Int => (text.parse().ok().map(Cell::Int), "a whole number; money in the smallest unit"),
            CellKind::Day => (Day::parse_from_str(text, "%Y-%m-%d").ok().map(Cell::Day), "2017-01-26"),
            CellKind::Moment => (moment(text).map(Cell::Moment), "2017-01-26T13:10"),
            CellKind::Flag => (text.parse().ok().map(Cell::Flag), "true or false"),
        };
        read.unwrap_or_else(|| {
            let fault = Fault::new(
                "case-value",
                self.file,
                "The value is not what its column holds.",
                format!("Write {form}, or leave it empty for null."),
            );
            self.faults.push(fault.at_line(line).in_column(column.name.as_str()).with_value(text));
            Cell::Null
        })
    }
}

fn moment(text: &str) -> Option<LocalTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].iter().find_map(|form| LocalTime::parse_from_str(text, form).ok())
}

/// The columns a scenario's query puts out, in the order of the contract.
pub fn output_columns(scenario: &Scenario) -> Vec<String> {
    let mut columns: Vec<String> = scenario.subject.iter().map(TableName::to_string).collect();
    columns.extend(["occurred_on", "amount", "currency"].map(str::to_owned));
    columns.extend(scenario.responsible_unit.iter().chain(&scenario.responsible_person).map(TableName::to_string));
    columns.extend(scenario.facts.keys().map(|fact| format!("fact_{fact}")));
    columns.push("evidence".to_owned());
    let mut unique = indexmap::IndexSet::new();
    unique.extend(columns);
    unique.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fixture::{dictionary, good, scenario};

    fn read(from: &str, to: &str) -> Result<Vec<ScenarioCase>, Vec<Fault>> {
        let text = &good().files["cases.md"];
        assert!(text.contains(from), "no `{from}`");
        let file = CasesFile::parse("card/split-payment/cases.md", &text.replacen(from, to, 1))?;
        scenario_cases(&file, &scenario(), &dictionary())
    }

    fn codes(from: &str, to: &str) -> Vec<(&'static str, u64)> {
        let faults = read(from, to).unwrap_err();
        faults.iter().map(|fault| (fault.code, fault.place.line.unwrap_or_default())).collect()
    }

    #[test]
    fn cells_are_typed_by_their_column_and_empty_is_null() {
        let cases = read("# Cases", "# Cases").unwrap();
        let table = &cases[2].tables[0];
        assert_eq!(table.columns[1].name.as_str(), "place");
        assert_eq!(
            table.rows[1],
            CaseRow {
                row: 2,
                line: 33,
                cells: vec![
                    Cell::Text("D10".into()),
                    Cell::Null,
                    Cell::Day("2017-01-26".parse().unwrap()),
                    Cell::Int(200_000),
                    Cell::Text("KRW".into()),
                    Cell::Null,
                ],
            }
        );
        assert_eq!(cases[2].findings.rows.len(), 1);
        assert_eq!((cases[2].government.as_str(), cases[2].as_of), ("TEST", None));
    }

    #[test]
    fn a_case_may_have_its_own_parameters_and_context() {
        let cases = read("# Cases", "# Cases").unwrap();
        let last = &cases[3];
        assert_eq!(last.government.as_str(), "6110000");
        assert_eq!(last.as_of, "2017-12-31".parse().ok());
        let expanded = scenario().expand(&last.government, &last.overrides, last.as_of.unwrap()).unwrap();
        assert_eq!(expanded.scalars, [("min_payments".to_owned(), 3)]);
        assert!(expanded.sql.contains("300000") && !expanded.sql.contains("500000"));
    }

    #[test]
    fn every_slip_is_a_fault_at_its_line() {
        assert_eq!(codes("```csv card_expense", "```csv payment"), [("case-table-unknown", 5)]);
        assert_eq!(codes("_row,unit_code,place", "_row,unit_code,plaice"), [("case-column-unknown", 6)]);
        assert_eq!(codes("2017-01-26,300000", "26.1.2017,300000"), [("case-value", 7)]);
        assert_eq!(codes("\n2,D10", "\n1,D10"), [("case-row-number", 8)]);
        assert_eq!(codes("\n2,D10", "\nx,D10"), [("case-row-number", 8)]);
        assert_eq!(codes("fact_payments", "fact_payment"), [("case-findings-column", 12)]);
        assert_eq!(codes("```csv findings", "```csv card_expense")[0].0, "case-block-twice");
        assert_eq!(codes("```csv findings", "```json findings")[0], ("case-block-unknown", 11));
        assert_eq!(codes("min_payments = 3", "min_payments = 1"), [("value-outside-range", 44)]);
        assert_eq!(codes("min_payments = 3", "min_payments = 'a'"), [("toml-invalid", 44)]);
        assert_eq!(codes("as_of", "as_off"), [("unknown-key", 50)]);
    }

    #[test]
    fn a_case_without_findings_is_a_fault_at_its_heading() {
        let text = "## One\n\n```csv card_expense\nunit_code\nA\n```\n";
        let file = CasesFile::parse("cases.md", text).unwrap();
        let faults = scenario_cases(&file, &scenario(), &dictionary()).unwrap_err();
        assert_eq!((faults[0].code, faults[0].place.line), ("case-findings-count", Some(1)));
    }
}
