//! Tables that several queries of a run read are read from their parts once and held in memory, as far as there is room.
//!
//! Opening a part and setting up its columns takes about a millisecond, whatever it holds, and a register of twenty-four months
//! is twenty-four parts that ten queries open again. What is held is the few columns that the scenarios declare, in the table's
//! order and as one stream. A large table read twice gains nothing from it; so what saves most a byte is held first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::{Array as _, ArrayRef, AsArray as _, RecordBatch};
use arrow::datatypes::{DataType, SchemaRef};
use async_trait::async_trait;
use datafusion::catalog::{MemTable, Session, TableProvider};
use datafusion::common::Statistics;
use datafusion::datasource::TableType;
use datafusion::error::Result;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::logical_expr::{Expr, TableProviderFilterPushDown};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::{SessionContext, ident};
use futures::TryStreamExt as _;
use haechi_core::ids::TableName;
use haechi_formats::dictionary::Table;
use haechi_formats::scenario::Scenario;

use crate::error::EngineError;
use crate::import::part;

/// The part of a run's memory that held tables may take.
const SHARE: usize = 4;
/// What opening a part, reading a value of it, and bringing a value into memory cost, in nanoseconds (measured over six million
/// rows); only which tables are held depends on it.
const A_PART: u64 = 700_000;
const A_VALUE: u64 = 3;
const A_HELD_VALUE: u64 = 30;

/// How a run's scenarios read a table.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    /// How often it stands in their queries.
    times: u64,
    /// The columns they declare.
    columns: BTreeSet<String>,
}

/// How the scenarios read each table.
pub(crate) fn readers<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> BTreeMap<TableName, Readers> {
    let mut readers: BTreeMap<TableName, Readers> = BTreeMap::new();
    for scenario in scenarios {
        for (table, input) in &scenario.inputs {
            let of_table = readers.entry(table.clone()).or_default();
            of_table.times += times(&scenario.sql, table.as_str());
            of_table.columns.extend(input.columns.iter().map(ToString::to_string));
        }
    }
    readers
}

/// How often `table` stands behind FROM or JOIN.
fn times(sql: &str, table: &str) -> u64 {
    let words: Vec<&str> =
        sql.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let reads = |pair: &&[&str]| matches!(pair[0].to_ascii_uppercase().as_str(), "FROM" | "JOIN") && pair[1] == table;
    words.windows(2).filter(reads).count() as u64
}

/// A table that is worth holding.
#[derive(Debug)]
pub(crate) struct Candidate {
    table: Table,
    columns: Vec<String>,
    /// Bytes it takes at most, about.
    bytes: usize,
    /// Nanoseconds that are saved, about.
    saves: u64,
}

impl Candidate {
    /// `None` where it holds nothing, or is read so seldom that bringing it into memory takes longer than it saves.
    pub(crate) fn of(table: &Table, readers: &Readers, parts: u64, rows: u64) -> Option<Self> {
        let again = readers.times.checked_sub(1).filter(|again| *again > 0)?;
        if rows == 0 {
            return None;
        }
        let schema = part::schema(table);
        let is_wanted = |name: &str| {
            readers.columns.contains(name) || name == part::ROW || table.sort.iter().any(|sort| sort.as_str() == name)
        };
        let fields: Vec<_> = schema.fields().iter().filter(|field| is_wanted(field.name())).collect();
        let width: usize = fields.iter().map(|field| width(field.data_type())).sum();
        let values = rows.saturating_mul(fields.len() as u64);
        let reading = values.saturating_mul(A_VALUE).saturating_add(parts * A_PART);
        let saves = again.saturating_mul(reading).checked_sub(values.saturating_mul(A_HELD_VALUE))?;
        Some(Self {
            table: table.clone(),
            columns: fields.iter().map(|field| field.name().clone()).collect(),
            bytes: width.saturating_mul(usize::try_from(rows).unwrap_or(usize::MAX)),
            saves,
        })
    }
}

/// Bytes a value takes, about: most texts are codes that a view of 16 bytes holds, some are names and keyed hashes.
const fn width(kind: &DataType) -> usize {
    match kind {
        DataType::Utf8 | DataType::Utf8View => 28,
        DataType::Boolean => 1,
        _ => 8,
    }
}

/// Those that fit into `memory` together, what saves most a byte first.
pub(crate) fn choose(mut candidates: Vec<Candidate>, memory: usize) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.saves / (candidate.bytes as u64 / 1_024 + 1)));
    let mut left = memory / SHARE;
    candidates.retain(|candidate| {
        let fits = candidate.bytes <= left;
        left -= if fits { candidate.bytes } else { 0 };
        fits
    });
    candidates
}

/// Reads a table of the session and puts it back held in memory. Where it turns out too large for what is left, it stays as it is.
pub(crate) async fn hold(session: &SessionContext, candidate: &Candidate) -> Result<(), EngineError> {
    let name = candidate.table.name.as_str();
    let failed = |error| EngineError::engine(format!("read the table {name}"), error);
    let Some(held) = Held::read(session, candidate).await.map_err(failed)? else { return Ok(()) };
    crate::session::replace_table(session, name, Arc::new(held)).map_err(failed)
}

/// A table held in memory, and its files for who wants a column that is not held.
#[derive(Debug)]
struct Held {
    files: Arc<dyn TableProvider>,
    memory: MemTable,
    /// Where each column of the files is in memory.
    places: Vec<Option<usize>>,
    /// What it has of the run's memory; given back with it.
    _memory: MemoryReservation,
}

impl Held {
    async fn read(session: &SessionContext, candidate: &Candidate) -> Result<Option<Self>> {
        let files = session.table_provider(candidate.table.name.as_str()).await?;
        let columns: Vec<Expr> = candidate.columns.iter().map(ident).collect();
        let order: Vec<_> = part::sort_columns(&candidate.table).map(|name| ident(name).sort(true, false)).collect();
        let frame = session.read_table(Arc::clone(&files))?.select(columns)?.sort(order.clone())?;
        let schema: SchemaRef = Arc::new(frame.schema().as_arrow().clone());
        let reservation =
            MemoryConsumer::new(format!("table {}", candidate.table.name)).register(&session.runtime_env().memory_pool);
        let mut batches = Vec::new();
        let mut rows = frame.execute_stream().await?;
        while let Some(batch) = rows.try_next().await? {
            let batch = by_itself(&batch)?;
            if reservation.try_grow(batch.get_array_memory_size()).is_err() {
                return Ok(None);
            }
            batches.push(batch);
        }
        let places = files.schema().fields().iter().map(|field| schema.index_of(field.name()).ok()).collect();
        let memory = MemTable::try_new(schema, vec![batches])?.with_sort_order(vec![order]);
        Ok(Some(Self { files, memory, places, _memory: reservation }))
    }
}

/// The batch with texts of its own. A view keeps all of the page it was read from.
fn by_itself(batch: &RecordBatch) -> Result<RecordBatch> {
    let own = |column: &ArrayRef| -> ArrayRef {
        match column.data_type() {
            DataType::Utf8View => Arc::new(column.as_string_view().gc()),
            _ => Arc::clone(column),
        }
    };
    Ok(RecordBatch::try_new(batch.schema(), batch.columns().iter().map(own).collect())?)
}

#[async_trait]
impl TableProvider for Held {
    fn schema(&self) -> SchemaRef {
        self.files.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let all: Vec<usize> = (0..self.places.len()).collect();
        let wanted: Option<Vec<usize>> =
            projection.unwrap_or(&all).iter().map(|column| self.places.get(*column).copied().flatten()).collect();
        match wanted {
            Some(wanted) => self.memory.scan(state, Some(&wanted), &[], limit).await,
            None => self.files.scan(state, projection, filters, limit).await,
        }
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        // The files skip pages by them; rows in memory are filtered above. So none is ever relied upon.
        Ok(vec![TableProviderFilterPushDown::Inexact; filters.len()])
    }

    fn statistics(&self) -> Option<Statistics> {
        self.files.statistics()
    }
}

#[cfg(test)]
mod tests {
    use haechi_formats::cell::Cell;

    use super::*;
    use crate::import::part::{PartBuilder, PartWriter};
    use crate::session::{Limits, add_table, build, query};
    use crate::store::DataFolder;
    use crate::store::records::Part;

    fn table(name: &str) -> Table {
        let text = format!(
            r#"
format = 1
name = "{name}"
title = {{ ko = "방문", en = "Visits" }}
description = {{ ko = "방문", en = "Visits" }}
retention = "reference"
sort = ["door"]
fields = [
  {{ name = "door", title = {{ ko = "문", en = "Door" }}, type = "integer", privacy = "public" }},
  {{ name = "guest", title = {{ ko = "손님", en = "Guest" }}, type = "string", privacy = "public" }},
  {{ name = "note", title = {{ ko = "메모", en = "Note" }}, type = "string", privacy = "public" }},
]
"#
        );
        Table::parse(&format!("{name}.toml"), &text).unwrap()
    }

    async fn part(folder: &DataFolder, doors: std::ops::Range<i64>) -> Part {
        let mut rows = PartBuilder::new(&table("visit"));
        for door in doors {
            let guest = format!("a guest with a long name {}", door % 7);
            rows.push(door, [0; 16], &[Cell::Int(door), Cell::Text(guest.into()), Cell::Null]).unwrap();
        }
        let mut bytes = Vec::new();
        let count = rows.write_sorted(|schema| PartWriter::whole(schema, &mut bytes)).unwrap();
        let len = bytes.len() as u64;
        let sha256 = folder.objects.put("parts", "parquet", bytes).await.unwrap();
        Part { sha256, rows: count, bytes: len, sorted_by: table("visit").sort }
    }

    fn readers(times: u64, columns: &[&str]) -> Readers {
        Readers { times, columns: columns.iter().map(ToString::to_string).collect() }
    }

    fn candidate(name: &str, times: u64, rows: u64) -> Option<Candidate> {
        Candidate::of(&table(name), &readers(times, &["guest"]), 24, rows)
    }

    #[test]
    fn a_table_stands_in_a_query_as_often_as_it_is_read_there() {
        let sql = "SELECT a.visit FROM visit a\nJOIN visit b ON true join visits c -- FROM\n, (SELECT 1 FROM  visit)";
        assert_eq!(times(sql, "visit"), 3);
        assert_eq!(times(sql, "visits"), 1);
    }

    #[test]
    fn what_is_read_once_or_holds_nothing_is_not_worth_it_nor_much_that_is_read_twice() {
        assert!(candidate("visit", 2, 1_000).is_some());
        assert!(candidate("visit", 2, 10_000_000).is_none());
        assert!(candidate("visit", 1, 1_000).is_none());
        assert!(candidate("visit", 0, 1_000).is_none());
        assert!(candidate("visit", 5, 0).is_none());
    }

    #[test]
    fn small_tables_that_are_read_often_come_before_large_ones_and_none_that_does_not_fit() {
        let candidates = || {
            let named = [("large", 20, 4_000_000), ("often", 9, 1_000), ("small", 2, 1_000), ("huge", 20, 1 << 40)];
            named.into_iter().filter_map(|(name, times, rows)| candidate(name, times, rows)).collect::<Vec<_>>()
        };
        let names = |memory| -> Vec<String> {
            choose(candidates(), memory).iter().map(|candidate| candidate.table.name.to_string()).collect()
        };
        assert_eq!(names(2 << 30), ["often", "small", "large"]);
        assert_eq!(names(256 << 20), ["often", "small"]);
        assert!(names(0).is_empty());
    }

    /// A session over three parts, and the plan of a query and its rows.
    async fn asked(folder: &DataFolder, memory: usize, hold_it: bool, sql: &str) -> (String, String) {
        let session = build(&Limits { threads: 1, memory, spill: None }, &folder.calendar).unwrap();
        let parts = [part(folder, 0..900).await, part(folder, 300..500).await, part(folder, 700..2_000).await];
        add_table(&session, folder, &table("visit"), &parts).await.unwrap();
        if hold_it {
            let candidate = Candidate::of(&table("visit"), &readers(2, &["guest"]), 3, 2_400).unwrap();
            hold(&session, &candidate).await.unwrap();
        }
        let frame = query(&session, sql, &[]).await.unwrap();
        let plan = frame.clone().create_physical_plan().await.unwrap();
        let plan = datafusion::physical_plan::displayable(plan.as_ref()).indent(false).to_string();
        let rows = frame.collect().await.unwrap();
        (plan, arrow::util::pretty::pretty_format_batches(&rows).unwrap().to_string())
    }

    const GUESTS: &str = "SELECT guest, count(*), min(door), array_agg(_row ORDER BY _row)[2] FROM visit
        WHERE door > 5 AND guest LIKE '%name 3' GROUP BY guest ORDER BY guest";

    #[tokio::test]
    async fn a_held_table_answers_as_its_parts_do_without_opening_them_again() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let (from_parts, in_parts) = asked(&folder, 64 << 20, false, GUESTS).await;
        let (from_memory, in_memory) = asked(&folder, 64 << 20, true, GUESTS).await;
        assert!(from_parts.contains("parquet") && !from_memory.contains("parquet"), "{from_memory}");
        assert_eq!(in_parts, in_memory);
    }

    #[tokio::test]
    async fn rows_in_memory_lie_in_the_order_of_the_table() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let (plan, _) = asked(&folder, 64 << 20, true, "SELECT door, count(*) FROM visit GROUP BY door").await;
        assert!(plan.contains("ordering_mode=Sorted"), "{plan}");
    }

    #[tokio::test]
    async fn a_column_nobody_declared_is_read_from_the_parts() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let (plan, rows) = asked(&folder, 64 << 20, true, "SELECT max(note), min(guest) FROM visit").await;
        assert!(plan.contains("parquet"), "{plan}");
        assert!(rows.contains("a guest with a long name 0"), "{rows}");
    }

    #[tokio::test]
    async fn a_table_for_which_there_is_no_memory_left_stays_as_it_is() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let session = build(&Limits { threads: 1, memory: 64 << 20, spill: None }, &folder.calendar).unwrap();
        let parts = [part(&folder, 0..900).await];
        add_table(&session, &folder, &table("visit"), &parts).await.unwrap();
        let taken = MemoryConsumer::new("all").register(&session.runtime_env().memory_pool);
        taken.try_grow((64 << 20) - 1_000).unwrap();
        let candidate = Candidate::of(&table("visit"), &readers(2, &["guest"]), 1, 900).unwrap();
        hold(&session, &candidate).await.unwrap();
        drop(taken);
        let frame = query(&session, "SELECT guest FROM visit", &[]).await.unwrap();
        let plan = frame.create_physical_plan().await.unwrap();
        assert!(datafusion::physical_plan::displayable(plan.as_ref()).indent(false).to_string().contains("parquet"));
    }
}
