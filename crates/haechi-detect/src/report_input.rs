//! Gathers from a data folder what the report of a run says.

use std::collections::BTreeMap;

use arrow::array::{Array as _, AsArray as _};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use haechi_core::finding::{Evidence, Finding};
use haechi_core::ids::{ScenarioId, TableName};
use haechi_core::words::{Language, Words};
use haechi_formats::folder::Folder;
use haechi_formats::scenario::Scenario;

use crate::error::EngineError;
use crate::report::{EvidenceCell, EvidenceRow, Label, LoadSummary, ReportInput, ReportLimits, ScenarioText};
use crate::rows;
use crate::session::{self, Limits};
use crate::store::DataFolder;
use crate::store::records::{LoadRecord, Part};
use crate::store::runs::KeptRun;

/// What the report of `run` says, in `language`.
pub async fn gather(
    folder: &DataFolder,
    run: &KeptRun,
    language: Language,
    limits: ReportLimits,
) -> Result<ReportInput, EngineError> {
    let findings = folder.findings(&run.envelope).await?;
    let loads = folder.loads().await?;
    let used: Vec<&LoadRecord> = loads
        .iter()
        .filter(|load| {
            !load.stopped
                && load.snapshots.iter().any(|made| run.report.snapshots.iter().any(|used| used.id == made.id))
        })
        .collect();
    let government = used.last().map_or_else(
        || Words::new(run.report.government.as_str(), run.report.government.as_str()),
        |load| load.government_name.clone(),
    );
    Ok(ReportInput {
        language,
        made_at: Some(run.envelope.at.clone()),
        government,
        run: run.report.clone(),
        evidence: evidence(folder, &findings, limits).await?,
        findings,
        loads: summaries(folder, run, &used).await?,
        scenarios: scenarios(folder, run).await?,
        units: units(folder, run).await?,
        limits,
    })
}

/// The rows the report shows: of each scenario those it has room for, most money first, as the report orders them.
async fn evidence(
    folder: &DataFolder,
    findings: &[Finding],
    limits: ReportLimits,
) -> Result<BTreeMap<(String, i64), EvidenceRow>, EngineError> {
    let mut by_scenario: BTreeMap<&ScenarioId, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_scenario.entry(&finding.scenario.id).or_default().push(finding);
    }
    let mut cited: Vec<&Evidence> = Vec::new();
    for shown in by_scenario.values_mut() {
        shown.sort_by(|a, b| (b.amount, a.key).cmp(&(a.amount, b.key)));
        let shown = shown.iter().take(limits.findings_per_scenario);
        cited.extend(shown.flat_map(|finding| finding.evidence.iter().take(limits.evidence_per_finding)));
    }
    let texts = rows::texts(folder, &cited).await?;
    let cell = |cell: rows::CellText| EvidenceCell { label: cell.label, value: cell.value, masked: cell.masked };
    Ok(texts
        .into_iter()
        .map(|((snapshot, row), text)| {
            ((snapshot.to_string(), row), EvidenceRow { cells: text.cells.into_iter().map(cell).collect() })
        })
        .collect())
}

/// How often each reason was given, by its Korean and English words.
type Counts = BTreeMap<(String, String), u64>;

/// A line a file of each load that is still behind a snapshot of the run.
async fn summaries(folder: &DataFolder, run: &KeptRun, loads: &[&LoadRecord]) -> Result<Vec<LoadSummary>, EngineError> {
    let mut summaries: Vec<LoadSummary> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for load in loads.iter().rev() {
        let table = folder.dictionary.tables.get(&load.table).map_or_else(Words::default, |table| table.title.clone());
        let mut reasons: BTreeMap<(&str, Option<&str>), Counts> = BTreeMap::new();
        let rejects = match folder.purged_load(&load.id).await? {
            Some(_) => Vec::new(),
            None => folder.rejects(load).await?,
        };
        for row in rejects.iter().filter(|row| row.reject.counts) {
            let reason = (row.reject.reason.ko.clone(), row.reject.reason.en.clone());
            *reasons.entry((&row.file, row.member.as_deref())).or_default().entry(reason).or_default() += 1;
        }
        for file in &load.files {
            let behind = run.report.snapshots.iter().any(|used| {
                used.table == load.table
                    && used.source == load.source
                    && load
                        .snapshots
                        .iter()
                        .any(|made| made.id == used.id && (file.period.is_none() || made.period == file.period))
            });
            if !behind || !seen.insert((load.source.clone(), file.file.clone(), file.member.clone())) {
                continue;
            }
            let of_file = reasons.remove(&(file.file.as_str(), file.member.as_deref())).unwrap_or_default();
            summaries.push(LoadSummary {
                source: load.source_title.clone(),
                table: table.clone(),
                file: file.file.clone(),
                member: file.member.clone().or_else(|| file.sheet.clone()),
                period: file.period.map(|period| period.to_string()),
                rows_in: file.rows_in,
                rows_out: file.rows_out,
                rejected: file.rejected,
                set_aside: file.set_aside,
                reject_reasons: of_file.into_iter().map(|((ko, en), count)| (Words::new(ko, en), count)).collect(),
                encoding: file.encoding.clone(),
            });
        }
    }
    summaries.sort_by(|a, b| (&a.table.en, &a.file, &a.member).cmp(&(&b.table.en, &b.file, &b.member)));
    Ok(summaries)
}

/// The scenarios as they were when they ran.
async fn scenarios(folder: &DataFolder, run: &KeptRun) -> Result<Vec<ScenarioText>, EngineError> {
    let archive = folder.archive(&run.envelope).await?;
    let mut texts = Vec::new();
    for (id, files) in archive.scenarios {
        let scenario = Scenario::parse(&Folder { name: id.replacen('.', "/", 1), files }, &folder.dictionary)?;
        let label = |table: &TableName, name: &str| {
            let table = folder.dictionary.tables.get(table)?;
            let column = table.columns().into_iter().find(|column| column.name.as_str() == name)?;
            Some(table.fields[column.field].title.clone())
        };
        let subject = scenario.subject.iter().filter_map(|name| {
            let title = scenario.inputs.keys().find_map(|table| label(table, name.as_str()))?;
            Some((name.to_string(), title))
        });
        texts.push(ScenarioText {
            subject: subject.collect(),
            facts: scenario
                .facts
                .iter()
                .map(|(name, fact)| (name.to_string(), Label { title: fact.title.clone(), unit: fact.unit.clone() }))
                .collect(),
            parameters: scenario
                .parameters
                .iter()
                .map(|(name, parameter)| {
                    (name.to_string(), Label { title: parameter.doc.clone(), unit: Some(parameter.unit.clone()) })
                })
                .collect(),
            id: scenario.id,
            title: scenario.title,
            remedy: scenario.remedy,
            notify: scenario.notify,
            deadline_working_days: scenario.deadline_working_days,
        });
    }
    Ok(texts)
}

/// The names of units, where a register of departments is in view.
async fn units(folder: &DataFolder, run: &KeptRun) -> Result<BTreeMap<String, String>, EngineError> {
    let Some(table) = folder.dictionary.table("department") else { return Ok(BTreeMap::new()) };
    let mut parts: Vec<Part> = Vec::new();
    for used in run.report.snapshots.iter().filter(|used| used.table == table.name) {
        if folder.purged(&used.id).await?.is_none() {
            parts.extend(folder.manifest(&used.id).await?.parts);
        }
    }
    if parts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let failed = |error| EngineError::engine("read the names of units", error);
    let session = session::build(&Limits::default(), &folder.calendar)?;
    session::add_table(&session, folder, table, &parts).await?;
    let sql =
        "SELECT unit_code, max(unit_name) AS unit_name FROM department WHERE unit_name IS NOT NULL GROUP BY unit_code";
    let batches = session::query(&session, sql, &[]).await.map_err(failed)?.collect().await.map_err(failed)?;
    let mut units = BTreeMap::new();
    for batch in &batches {
        let text = |at: usize| cast(batch.column(at), &DataType::Utf8).map_err(|error| failed(error.into()));
        let (codes, names) = (text(0)?, text(1)?);
        for row in (0..batch.num_rows()).filter(|row| !codes.is_null(*row)) {
            units
                .insert(codes.as_string::<i32>().value(row).to_owned(), names.as_string::<i32>().value(row).to_owned());
        }
    }
    Ok(units)
}
