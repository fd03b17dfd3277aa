//! The rows behind findings as people read them: labels and texts, personal values masked.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::{Array as _, AsArray as _, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use haechi_core::finding::{Evidence, Finding, LiveRow, Value, place};
use haechi_core::ids::{SnapshotId, TableName};
use haechi_core::masking;
use haechi_core::money::{Currency, Money};
use haechi_core::run_report::RunReport;
use haechi_core::words::Words;
use haechi_formats::dictionary::{Privacy, Table};
use serde::Serialize;

use crate::error::EngineError;
use crate::import::live_keys;
use crate::run::reader::RowSources;
use crate::session::{self, Limits};
use crate::store::DataFolder;
use crate::store::records::Manifest;

/// Rows about one subject shown at most.
const MOST_ABOUT: usize = 50;

/// A row as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowText {
    /// The row's number.
    pub row: i64,
    /// The exported file.
    pub file: String,
    /// The sheet, where it is a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The line in it.
    pub line: u64,
    /// The row of the live table, where it was read from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LiveRow>,
    /// The columns that hold something.
    pub cells: Vec<CellText>,
}

impl RowText {
    /// Where the row stands, for people: `ledger.csv:12`, or the key in its live table.
    pub fn place(&self) -> String {
        match &self.live {
            Some(live) => live.to_string(),
            None => format!("{}:{}", place(&self.file, None, self.sheet.as_deref()), self.line),
        }
    }
}

/// A cell as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellText {
    /// The column's label.
    pub label: Words,
    /// The value, masked where the column is personal.
    pub value: String,
    /// Whether it is masked.
    pub masked: bool,
}

/// The rows that evidence cites, by snapshot and row. Rows of a purged snapshot are left out.
pub async fn texts(
    folder: &DataFolder,
    cited: &[&Evidence],
) -> Result<BTreeMap<(SnapshotId, i64), RowText>, EngineError> {
    let mut by_snapshot: BTreeMap<&SnapshotId, BTreeSet<i64>> = BTreeMap::new();
    for evidence in cited {
        by_snapshot.entry(&evidence.snapshot).or_default().insert(evidence.row);
    }
    let mut by_table: BTreeMap<TableName, (Vec<Manifest>, BTreeSet<i64>)> = BTreeMap::new();
    for (id, rows) in by_snapshot {
        if folder.purged(id).await?.is_some() {
            continue;
        }
        let manifest = folder.manifest(id).await?;
        let entry = by_table.entry(manifest.table.clone()).or_default();
        entry.0.push(manifest);
        entry.1.extend(rows);
    }
    let mut found = BTreeMap::new();
    for (name, (manifests, rows)) in by_table {
        let Some(table) = folder.dictionary.tables.get(&name) else { continue };
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        for chunk in rows.chunks(2_000) {
            let filter = format!("_row IN ({})", chunk.join(", "));
            for (snapshot, text) in select(folder, table, &manifests, &filter).await? {
                found.insert((snapshot, text.row), text);
            }
        }
    }
    Ok(found)
}

/// The rows of a run about the same subject as `finding`: equal in every subject column that its table has.
pub(crate) async fn about(
    folder: &DataFolder,
    report: &RunReport,
    finding: &Finding,
) -> Result<Vec<RowText>, EngineError> {
    let Some(first) = finding.evidence.first() else { return Ok(Vec::new()) };
    let Some(table) = folder.dictionary.tables.get(&first.table) else { return Ok(Vec::new()) };
    let columns = table.columns();
    let mut filters = Vec::new();
    for (name, value) in &finding.subject {
        if let Some(column) = columns.iter().find(|column| column.name.as_str() == name) {
            filters.push(match value {
                Value::Null => format!("{} IS NULL", column.name),
                Value::Bool(value) => format!("{} = {value}", column.name),
                Value::Int(value) => format!("{} = {value}", column.name),
                Value::Text(text) => format!("{} = '{}'", column.name, text.replace('\'', "''")),
            });
        }
    }
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    let mut manifests = Vec::new();
    for used in report.snapshots.iter().filter(|used| used.table == first.table) {
        if folder.purged(&used.id).await?.is_none() {
            manifests.push(folder.manifest(&used.id).await?);
        }
    }
    let mut found: Vec<RowText> =
        select(folder, table, &manifests, &filters.join(" AND ")).await?.into_iter().map(|(_, text)| text).collect();
    found.sort_by(|a, b| (&a.file, &a.sheet, a.line).cmp(&(&b.file, &b.sheet, b.line)));
    found.truncate(MOST_ABOUT);
    Ok(found)
}

async fn select(
    folder: &DataFolder,
    table: &Table,
    manifests: &[Manifest],
    filter: &str,
) -> Result<Vec<(SnapshotId, RowText)>, EngineError> {
    let failed = |error| EngineError::engine(format!("read rows of {}", table.name), error);
    let session = session::build(&Limits::default(), &folder.calendar)?;
    let parts: Vec<_> = manifests.iter().flat_map(|manifest| manifest.parts.iter().cloned()).collect();
    session::add_table(&session, folder, table, &parts).await?;
    let sql = format!("SELECT * FROM {} WHERE {filter}", table.name);
    let batches = session::query(&session, &sql, &[]).await.map_err(failed)?.collect().await.map_err(failed)?;
    let sources = RowSources::new(manifests);
    let mut found = Vec::new();
    for batch in &batches {
        found.extend(read(batch, table, &sources).map_err(|error| failed(error.into()))?);
    }
    let live = found.iter().filter(|(_, text)| text.live.is_some()).map(|(_, text)| text.row).collect();
    let wanted = BTreeMap::from([(table.name.clone(), live)]);
    let mut keys = live_keys::look_up(folder, manifests, &wanted, &Limits::default()).await?;
    for (_, text) in &mut found {
        if let Some(live) = &mut text.live {
            live.key = keys.remove(&(table.name.clone(), text.row)).unwrap_or_default();
        }
    }
    Ok(found)
}

fn read(
    batch: &RecordBatch,
    table: &Table,
    sources: &RowSources,
) -> Result<Vec<(SnapshotId, RowText)>, arrow::error::ArrowError> {
    let rows = batch.column(batch.schema().index_of("_row")?).as_primitive::<Int64Type>().clone();
    let currency = match batch.schema().index_of("currency") {
        Ok(at) => Some(cast(batch.column(at), &DataType::Utf8)?),
        Err(_) => None,
    };
    let mut columns = Vec::new();
    for column in table
        .columns()
        .into_iter()
        .filter(|column| column.privacy != Privacy::Identifier && column.name.as_str() != "currency")
    {
        let text = cast(batch.column(batch.schema().index_of(column.name.as_str())?), &DataType::Utf8)?;
        columns.push((column, text));
    }
    let mut found = Vec::with_capacity(batch.num_rows());
    for at in 0..batch.num_rows() {
        let Some(place) = sources.locate(rows.value(at), [&table.name]) else { continue };
        let money_in = currency
            .as_ref()
            .filter(|currency| !currency.is_null(at))
            .and_then(|currency| Currency::from_code(currency.as_string::<i32>().value(at)));
        let mut cells = Vec::new();
        for (column, text) in columns.iter().filter(|(_, text)| !text.is_null(at)) {
            let plain = text.as_string::<i32>().value(at);
            let field = &table.fields[column.field];
            // The masked form of an identifier is a mask already.
            let masked = column.privacy == Privacy::Personal;
            let value = if masked && field.privacy == Privacy::Personal {
                masking::personal(plain)
            } else if let (true, Ok(amount), Some(currency)) = (column.is_money, plain.parse(), money_in) {
                Money { amount, currency }.to_string()
            } else {
                plain.trim_end_matches(":00").replace('T', " ")
            };
            cells.push(CellText { label: field.title.clone(), value, masked });
        }
        found.push((
            place.snapshot,
            RowText { row: place.row, file: place.file, sheet: place.sheet, line: place.line, live: place.live, cells },
        ));
    }
    Ok(found)
}
