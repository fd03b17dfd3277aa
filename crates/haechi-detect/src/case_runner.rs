//! Runs the literate cases of a scenario: tiny tables in, the expected findings out, and the locality it claims.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use arrow::array::{Array as _, AsArray as _, BooleanArray, RecordBatch};
use arrow::compute::{cast, filter_record_batch};
use arrow::datatypes::{DataType, Int64Type};
use haechi_core::calendar::WorkCalendar;
use haechi_core::finding::Finding;
use haechi_core::ids::TableName;
use haechi_core::run_report::Outcome;
use haechi_formats::cell::Cell;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::fault::Fault;
use haechi_formats::folder::Folder;
use haechi_formats::scenario::{Scenario, ScenarioCase, scenario_cases};
use haechi_formats::tables::{CasesFile, SmallTable};

use crate::error::EngineError;
use crate::import::part::PartBuilder;
use crate::run::Bench;
use crate::run::reader::RowSources;
use crate::session::{self, Limits};

/// What came of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseResult {
    /// The heading.
    pub title: String,
    /// The line of the heading.
    pub line: u64,
    /// How it differs from what is expected; `None` when it does not.
    pub difference: Option<String>,
    /// The findings block as it would have to be, for `--bless`.
    pub actual: String,
    /// The bytes of the findings block in `cases.md`.
    pub span: std::ops::Range<usize>,
}

/// Runs every case of a scenario's folder.
///
/// # Errors
///
/// Faults of the folder; a case that differs is a result, not an error.
pub async fn run_cases(
    folder: &Folder,
    scenario: &Scenario,
    dictionary: &Dictionary,
    calendar: &Arc<WorkCalendar>,
) -> Result<Vec<CaseResult>, EngineError> {
    let place = folder.place("cases.md");
    let file = CasesFile::parse(&place, folder.text("cases.md")?)?;
    let cases = scenario_cases(&file, scenario, dictionary)?;
    let mut results = Vec::with_capacity(cases.len());
    for case in &cases {
        let tables = tables(scenario, dictionary, case)?;
        let found = run_one(scenario, case, calendar, dictionary, &tables).await?;
        let (difference, actual) = match &found {
            Err(message) => (Some(format!("the scenario did not run: {message}")), String::new()),
            Ok(findings) => {
                let actual = table_of(findings, scenario, &case.findings);
                let difference = match difference(&case.findings, &actual) {
                    None => locality(scenario, case, calendar, dictionary, &tables, findings).await?,
                    differs => differs,
                };
                (difference, to_csv(&case.findings.columns, &actual))
            }
        };
        results.push(CaseResult {
            title: case.title.clone(),
            line: case.line,
            difference,
            actual,
            span: case.findings_block.span.clone(),
        });
    }
    Ok(results)
}

/// `cases.md` with every findings block as it is now.
pub fn blessed(text: &str, results: &[CaseResult]) -> String {
    let mut out = text.to_owned();
    let mut results: Vec<_> = results.iter().filter(|result| !result.actual.is_empty()).collect();
    results.sort_by_key(|result| std::cmp::Reverse(result.span.start));
    for result in results {
        out.replace_range(result.span.clone(), &result.actual);
    }
    out
}

type Batches = BTreeMap<TableName, RecordBatch>;

fn tables(scenario: &Scenario, dictionary: &Dictionary, case: &ScenarioCase) -> Result<Batches, EngineError> {
    let mut batches = BTreeMap::new();
    for name in scenario.inputs.keys() {
        let table = dictionary.tables.get(name).ok_or_else(|| {
            Fault::new(
                "input-unknown",
                scenario.id.to_string(),
                format!("The table `{name}` is not in the dictionary."),
                "Name a standard table.",
            )
        })?;
        let mut builder = PartBuilder::new(table);
        let failed = |error: arrow::error::ArrowError| EngineError::engine("hold a case's table", error.into());
        if let Some(given) = case.tables.get(name) {
            let columns = table.columns();
            for row in &given.rows {
                let mut cells = vec![Cell::Null; columns.len()];
                for (column, cell) in given.columns.iter().zip(&row.cells) {
                    if let Some(at) = columns.iter().position(|other| other.name == column.name) {
                        cells[at] = cell.clone();
                    }
                }
                builder.push(row.row, [0; 16], &cells).map_err(failed)?;
            }
        }
        batches.insert(name.clone(), builder.finish().map_err(failed)?);
    }
    Ok(batches)
}

async fn run_one(
    scenario: &Scenario,
    case: &ScenarioCase,
    calendar: &Arc<WorkCalendar>,
    dictionary: &Dictionary,
    tables: &Batches,
) -> Result<Result<Vec<Finding>, String>, EngineError> {
    let limits = Limits { threads: 1, memory: 256 * 1024 * 1024, spill: None };
    let session = session::build(&limits, calendar)?;
    for name in dictionary.tables.keys() {
        if let Some(batch) = tables.get(name) {
            session::add_batches(&session, name.as_str(), batch.schema(), vec![batch.clone()])?;
        }
    }
    let bench = Bench {
        session,
        government: case.government.clone(),
        overrides: case.overrides.clone(),
        sources: RowSources::of_a_case(),
        calendar: Arc::clone(calendar),
        time_limit: Duration::from_secs(60),
    };
    let (run, lines) = bench.judge(scenario, case.as_of.unwrap_or_default(), Vec::new()).await;
    let findings = lines.to_vec()?;
    Ok(match run.outcome {
        Outcome::Failed { code, message } => Err(format!("{message} [{code}]")),
        _ => Ok(findings),
    })
}

/// The findings of all rows together must be those of each locality key alone.
async fn locality(
    scenario: &Scenario,
    case: &ScenarioCase,
    calendar: &Arc<WorkCalendar>,
    dictionary: &Dictionary,
    tables: &Batches,
    together: &[Finding],
) -> Result<Option<String>, EngineError> {
    let Some(claim) = &scenario.locality else { return Ok(None) };
    let mut keys_of: BTreeMap<&TableName, Vec<String>> = BTreeMap::new();
    for (name, expressions) in claim {
        let Some(batch) = tables.get(name) else { continue };
        keys_of.insert(name, keys(batch, name, expressions, calendar).await?);
    }
    let distinct: BTreeSet<&String> = keys_of.values().flatten().collect();
    let mut apart = BTreeSet::new();
    for key in distinct {
        let mut only = tables.clone();
        for (name, keys) in &keys_of {
            let mask: BooleanArray = keys.iter().map(|other| Some(other == key)).collect();
            if let Some(batch) = only.get_mut(*name) {
                *batch = filter_record_batch(batch, &mask)
                    .map_err(|error| EngineError::engine("filter a case", error.into()))?;
            }
        }
        match run_one(scenario, case, calendar, dictionary, &only).await? {
            Err(message) => {
                return Ok(Some(format!("with the rows of one locality key alone it did not run: {message}")));
            }
            Ok(findings) => apart.extend(findings.iter().map(gist)),
        }
    }
    let together: BTreeSet<String> = together.iter().map(gist).collect();
    if together == apart {
        return Ok(None);
    }
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>().join("\n    ");
    Ok(Some(format!(
        "the [locality] claim does not hold: rows of different keys change each other's verdict\n  only with all rows:\n    {}\n  only with each key alone:\n    {}",
        only(&together, &apart),
        only(&apart, &together)
    )))
}

fn gist(finding: &Finding) -> String {
    let rows: Vec<String> = finding.evidence.iter().map(|evidence| evidence.row.to_string()).collect();
    format!("{:?} {:?} {:?} rows {}", finding.subject, finding.amount, finding.facts, rows.join(" "))
}

async fn keys(
    batch: &RecordBatch,
    name: &TableName,
    expressions: &[String],
    calendar: &Arc<WorkCalendar>,
) -> Result<Vec<String>, EngineError> {
    let failed = |error| EngineError::engine(format!("evaluate [locality] of {name}"), error);
    let session = session::build(&Limits { threads: 1, ..Limits::default() }, calendar)?;
    session::add_batches(&session, name.as_str(), batch.schema(), vec![batch.clone()])?;
    let list: Vec<String> =
        expressions.iter().enumerate().map(|(at, expression)| format!("{expression} AS k{at}")).collect();
    let sql = format!("SELECT _row, {} FROM {name}", list.join(", "));
    let batches = session::query(&session, &sql, &[]).await.map_err(failed)?.collect().await.map_err(failed)?;
    let mut of_row: BTreeMap<i64, String> = BTreeMap::new();
    for batch in &batches {
        let rows = batch.column(0).as_primitive::<Int64Type>();
        let texts = batch.columns()[1..]
            .iter()
            .map(|column| cast(column, &DataType::Utf8))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| failed(error.into()))?;
        for at in 0..batch.num_rows() {
            let key: Vec<String> = texts
                .iter()
                .map(|text| {
                    if text.is_null(at) { "∅".to_owned() } else { format!("={}", text.as_string::<i32>().value(at)) }
                })
                .collect();
            of_row.insert(rows.value(at), key.join("\u{1f}"));
        }
    }
    let rows = batch.column(0).as_primitive::<Int64Type>();
    Ok(rows.iter().map(|row| row.and_then(|row| of_row.get(&row).cloned()).unwrap_or_default()).collect())
}

/// The findings in the columns a case expects, as text, sorted.
fn table_of(findings: &[Finding], scenario: &Scenario, expected: &SmallTable) -> Vec<Vec<String>> {
    let cell = |finding: &Finding, column: &str| -> String {
        if let Some(value) = finding.subject.get(column) {
            return value.to_string();
        }
        if let Some(fact) = column.strip_prefix("fact_") {
            return finding.facts.get(fact).map(ToString::to_string).unwrap_or_default();
        }
        let is = |name: &Option<TableName>| name.as_ref().is_some_and(|name| name.as_str() == column);
        match column {
            "amount" => finding.amount.map(|amount| amount.to_string()).unwrap_or_default(),
            "currency" => finding.currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
            "occurred_on" => finding.occurred_on.map(|day| day.to_string()).unwrap_or_default(),
            "evidence" => {
                let mut rows: Vec<i64> = finding.evidence.iter().map(|evidence| evidence.row).collect();
                rows.sort_unstable();
                rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            }
            "explanation_ko" => finding.explanation.ko.clone(),
            "explanation_en" => finding.explanation.en.clone(),
            _ if is(&scenario.responsible_unit) => finding.responsible.unit_code.clone().unwrap_or_default(),
            _ if is(&scenario.responsible_person) => finding.responsible.employee_no.clone().unwrap_or_default(),
            _ => "(no such column)".to_owned(),
        }
    };
    let mut rows: Vec<Vec<String>> =
        findings.iter().map(|finding| expected.columns.iter().map(|column| cell(finding, column)).collect()).collect();
    rows.sort();
    rows
}

fn difference(expected: &SmallTable, actual: &[Vec<String>]) -> Option<String> {
    let mut wanted: Vec<Vec<String>> = expected.rows.iter().map(|(_, row)| row.clone()).collect();
    wanted.sort();
    if wanted == actual {
        return None;
    }
    let mut lines = vec![format!("    {}", expected.columns.join(","))];
    for row in &wanted {
        if !actual.contains(row) {
            lines.push(format!("  - {}", row.join(",")));
        }
    }
    for row in actual {
        if !wanted.contains(row) {
            lines.push(format!("  + {}", row.join(",")));
        }
    }
    if lines.len() == 1 {
        lines.push(format!("  the same rows, but {} times expected and {} found", wanted.len(), actual.len()));
    }
    Some(lines.join("\n"))
}

fn to_csv(columns: &[String], rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(columns).and_then(|()| rows.iter().try_for_each(|row| writer.write_record(row)));
    written
        .ok()
        .and_then(|()| writer.into_inner().ok())
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}
