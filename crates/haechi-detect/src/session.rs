//! The one place that builds a DataFusion session and puts tables into it.
//!
//! A session reads and nothing else: no statement but a query runs in it ([`query`]), nothing that answers differently each
//! time is known in it, and no table can be named by a path.

use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::{MemTable, TableProvider};
use datafusion::config::TableParquetOptions;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::DataFusionError;
use datafusion::execution::SendableRecordBatchStream;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::session_state::SessionStateBuilder;
use datafusion::logical_expr::SortExpr;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext, ident};
use datafusion::scalar::ScalarValue;
use haechi_core::calendar::WorkCalendar;
use haechi_formats::dictionary::Table;
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

use crate::error::EngineError;
use crate::import::part::schema_of;
use crate::import::{part, schema};
use crate::one_thread::OneThread;
use crate::sorted_parts::{MOST_FILES, SortedParts};
use crate::store::DataFolder;
use crate::store::records::Part;
use crate::store::spill::SpillFolder;

/// Functions a scenario may not use: they answer differently each time, so a finding could not be recomputed.
const NOT_REPRODUCIBLE: [&str; 8] =
    ["random", "uuid", "now", "current_timestamp", "current_date", "today", "current_time", "version"];

/// Rows that pass from one step of a query to the next at once.
const ROWS_AT_ONCE: usize = 8_192;

/// The same where many wide files are merged and each has some rows waiting.
const ROWS_AT_ONCE_IN_A_MERGE: usize = 1_024;

/// What a run may use.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Queries that run at the same time. Each runs on one thread, see [`build`].
    pub threads: usize,
    /// Memory for grouping, sorting and joining, in bytes; past it they spill to `spill`.
    pub memory: usize,
    /// Where spill files lie; they are gone when the session is. `None`: nothing spills, and what does not fit is an error.
    pub spill: Option<Arc<SpillFolder>>,
}

impl Default for Limits {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self { threads, memory: 2 * 1024 * 1024 * 1024, spill: None }
    }
}

/// An empty session with Haechi's functions.
///
/// A query in it is never split among threads. Where one is, its parts hand rows to each other, and under a memory limit they
/// can wait for each other for ever (a fault of the engine in 55.2, <https://github.com/apache/datafusion/issues/24883>,
/// seen with `welfare.shared-account` over three million rows); and what a query gains from a second thread it mostly loses
/// again by handing rows from one to the other. There are always more queries than threads.
pub fn build(limits: &Limits, calendar: &Arc<WorkCalendar>) -> Result<SessionContext, EngineError> {
    build_with(limits, calendar, ROWS_AT_ONCE)
}

fn build_with(
    limits: &Limits,
    calendar: &Arc<WorkCalendar>,
    rows_at_once: usize,
) -> Result<SessionContext, EngineError> {
    let mut config = SessionConfig::new()
        .with_target_partitions(1)
        .with_batch_size(rows_at_once)
        .with_information_schema(false)
        .with_collect_statistics(true)
        .with_parquet_pruning(true)
        .with_create_default_catalog_and_schema(true);
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = true;
    options.execution.parquet.reorder_filters = true;
    // Parts are sorted; what lies together is grouped and merged as it comes instead of by hashing all of it again.
    options.optimizer.prefer_existing_sort = true;
    options.sql_parser.enable_ident_normalization = true;
    let mut runtime = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(limits.memory)));
    runtime = match &limits.spill {
        Some(spill) => runtime.with_temp_file_path(spill.path()),
        // Else the engine would spill into the system's temporary folder, on another disk and under another mode.
        None => runtime.with_disk_manager_builder(DiskManagerBuilder::default().with_mode(DiskManagerMode::Disabled)),
    };
    let runtime = runtime.build_arc().map_err(|error| EngineError::engine("start", error))?;
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_runtime_env(runtime)
        .with_default_features()
        .with_physical_optimizer_rule(Arc::new(OneThread))
        .build();
    #[expect(clippy::disallowed_methods, reason = "the one place that builds a session")]
    let session = SessionContext::new_with_state(state);
    for name in NOT_REPRODUCIBLE {
        session.deregister_udf(name);
    }
    for function in crate::functions::all(Arc::clone(calendar)) {
        #[expect(clippy::disallowed_methods, reason = "the one place that registers functions")]
        session.register_udf(function);
    }
    Ok(session)
}

/// Puts a standard table into the session: the parts of the snapshots in view.
pub async fn add_table(
    session: &SessionContext,
    folder: &DataFolder,
    table: &Table,
    parts: &[Part],
) -> Result<(), EngineError> {
    let failed = |error| EngineError::engine(format!("open the table {}", table.name), error);
    let schema = views_for_text(&schema(table));
    if parts.is_empty() {
        return add_batches(session, table.name.as_str(), schema, Vec::new());
    }
    folder.objects.expect_parts(parts).await?;
    let mut paths: Vec<String> = parts.iter().map(|part| folder.objects.at(&part.path()).to_string()).collect();
    paths.sort();
    paths.dedup();
    let is_sorted = parts.iter().all(|part| !part.sorted_by.is_empty() && part.sorted_by == table.sort);
    register_files(session, table, schema, folder.objects.store(), &paths, is_sorted).map_err(failed)
}

/// Puts the hidden columns of a table's live rows into the session, under the table's name: number and key.
pub(crate) async fn add_live_keys(
    session: &SessionContext,
    folder: &DataFolder,
    table: &Table,
    parts: &[Part],
) -> Result<(), EngineError> {
    let failed = |error| EngineError::engine(format!("open the keys of {}", table.name), error);
    let all = schema_of(table, true);
    let hidden = |name: &str| all.index_of(name).map(|at| Arc::clone(&all.fields()[at]));
    let fields = [part::ROW, part::KEY].into_iter().map(hidden).collect::<Result<Vec<_>, _>>();
    let schema = Arc::new(Schema::new(fields.map_err(|error| failed(error.into()))?));
    let mut paths: Vec<String> = parts.iter().map(Part::path).collect();
    paths.sort();
    paths.dedup();
    register_files(session, table, schema, folder.objects.store(), &paths, false).map_err(failed)
}

/// Registers Parquet files of a store as `table`. `is_sorted` says that each is sorted by the table's sort columns.
fn register_files(
    session: &SessionContext,
    table: &Table,
    schema: SchemaRef,
    store: Arc<dyn ObjectStore>,
    paths: &[String],
    is_sorted: bool,
) -> Result<(), DataFusionError> {
    let url = ObjectStoreUrl::parse("haechi://data")?;
    session.register_object_store(url.as_ref(), store);
    let urls = paths
        .iter()
        .map(|path| ListingTableUrl::parse(format!("haechi://data/{path}")))
        .collect::<Result<Vec<_>, _>>()?;
    let format = ParquetFormat::default().with_options(TableParquetOptions {
        global: session.copied_config().options().execution.parquet.clone(),
        ..TableParquetOptions::default()
    });
    let mut options = ListingOptions::new(Arc::new(format)).with_file_extension(".parquet");
    let is_sorted = is_sorted && paths.len() <= MOST_FILES;
    if is_sorted {
        options = options.with_file_sort_order(vec![order(table)]);
    }
    let config = ListingTableConfig::new_with_multi_paths(urls).with_listing_options(options).with_schema(schema);
    let files = ListingTable::try_new(config)?;
    let provider: Arc<dyn TableProvider> = if is_sorted { Arc::new(SortedParts::new(files)) } else { Arc::new(files) };
    #[expect(clippy::disallowed_methods, reason = "the one place that registers tables")]
    session.register_table(table.name.as_str(), provider)?;
    Ok(())
}

/// What a part of `table` is sorted by.
fn order(table: &Table) -> Vec<SortExpr> {
    part::sort_columns(table).map(|name| ident(name).sort(true, false)).collect()
}

/// The rows of sorted files in the spill folder, merged into one order.
pub(crate) async fn in_order(
    table: &Table,
    schema: SchemaRef,
    spill: &Arc<SpillFolder>,
    files: &[&Path],
) -> Result<SendableRecordBatchStream, EngineError> {
    let failed = |error| EngineError::engine("sort rows", error);
    let limits = Limits { threads: 1, memory: 256 * 1024 * 1024, spill: Some(Arc::clone(spill)) };
    let session = build_with(&limits, &Arc::new(WorkCalendar::default()), ROWS_AT_ONCE_IN_A_MERGE)?;
    let folder = spill.path();
    let store = LocalFileSystem::new_with_prefix(folder)
        .map_err(|source| EngineError::store(format!("open {}", folder.display()), source))?;
    let names: Vec<String> =
        files.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned()).collect();
    // As text, not as views: what is written is then the same whether or not it was merged.
    register_files(&session, table, schema, Arc::new(store), &names, true).map_err(failed)?;
    let frame = session.table(table.name.as_str()).await.map_err(failed)?;
    frame.sort(order(table)).map_err(failed)?.execute_stream().await.map_err(failed)
}

/// Puts `table` in the place of the one of that name.
pub(crate) fn replace_table(
    session: &SessionContext,
    name: &str,
    table: Arc<dyn TableProvider>,
) -> Result<(), DataFusionError> {
    session.deregister_table(name)?;
    #[expect(clippy::disallowed_methods, reason = "the one place that registers tables")]
    session.register_table(name, table)?;
    Ok(())
}

/// Puts a small table into the session, for test cases.
pub fn add_batches(
    session: &SessionContext,
    name: &str,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
) -> Result<(), EngineError> {
    let failed = |error: DataFusionError| EngineError::engine(format!("open the table {name}"), error);
    let table = MemTable::try_new(schema, vec![batches]).map_err(failed)?;
    #[expect(clippy::disallowed_methods, reason = "the one place that registers tables")]
    session.register_table(name, Arc::new(table)).map_err(failed)?;
    Ok(())
}

/// Plans a query. DDL, DML and every other statement is refused.
///
/// # Errors
///
/// What the engine says of a text that is not one query over the session's tables.
pub async fn query(
    session: &SessionContext,
    sql: &str,
    scalars: &[(String, i64)],
) -> Result<DataFrame, DataFusionError> {
    let read_only = SQLOptions::new().with_allow_ddl(false).with_allow_dml(false).with_allow_statements(false);
    let frame = session.sql_with_options(sql, read_only).await?;
    if scalars.is_empty() {
        return Ok(frame);
    }
    let scalars: Vec<(String, ScalarValue)> =
        scalars.iter().map(|(name, value)| (name.clone(), ScalarValue::Int64(Some(*value)))).collect();
    frame.with_param_values(scalars)
}

/// Text columns as views into their pages, which filters and groupings need not copy.
fn views_for_text(schema: &SchemaRef) -> SchemaRef {
    let fields: Vec<Field> = schema
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 => field.as_ref().clone().with_data_type(DataType::Utf8View),
            _ => field.as_ref().clone(),
        })
        .collect();
    Arc::new(Schema::new(fields))
}

#[cfg(test)]
mod tests {
    use haechi_formats::cell::Cell;

    use super::*;
    use crate::import::part::{PartBuilder, PartWriter};

    fn table(sort: &str) -> Table {
        let text = format!(
            r#"
format = 1
name = "visit"
title = {{ ko = "방문", en = "Visits" }}
description = {{ ko = "방문", en = "Visits" }}
retention = "reference"
sort = ["{sort}"]
fields = [
  {{ name = "door", title = {{ ko = "문", en = "Door" }}, type = "integer", privacy = "public" }},
  {{ name = "guest", title = {{ ko = "손님", en = "Guest" }}, type = "integer", privacy = "public" }},
]
"#
        );
        Table::parse("visit.toml", &text).unwrap()
    }

    /// Two guests in turn at so many doors that they come in several batches, written by a dictionary that sorts by `sort`.
    async fn kept(folder: &DataFolder, sort: &str) -> Part {
        kept_from(folder, sort, 0).await
    }

    async fn kept_from(folder: &DataFolder, sort: &str, first: i64) -> Part {
        let mut rows = PartBuilder::new(&table(sort));
        for door in first..first + 30_000 {
            rows.push(door, [0; 16], &[Cell::Int(door), Cell::Int(door % 2)]).unwrap();
        }
        let mut bytes = Vec::new();
        let count = rows.write_sorted(|schema| PartWriter::whole(schema, &mut bytes)).unwrap();
        let len = bytes.len() as u64;
        let sha256 = folder.objects.put("parts", "parquet", bytes).await.unwrap();
        Part { sha256, rows: count, bytes: len, sorted_by: table(sort).sort }
    }

    async fn by_guest(folder: &DataFolder, part: Part) -> DataFrame {
        let limits = Limits { threads: 1, ..Limits::default() };
        let session = build(&limits, &folder.calendar).unwrap();
        add_table(&session, folder, &table("guest"), &[part]).await.unwrap();
        query(&session, "SELECT guest, count(*) FROM visit GROUP BY guest", &[]).await.unwrap()
    }

    async fn groups(folder: &DataFolder, part: Part) -> usize {
        by_guest(folder, part).await.collect().await.unwrap().iter().map(RecordBatch::num_rows).sum()
    }

    #[tokio::test]
    async fn rows_are_grouped_as_they_come_where_their_part_says_that_they_lie_in_order() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let mut modes = Vec::new();
        for sort in ["guest", "door"] {
            let plan = by_guest(&folder, kept(&folder, sort).await).await.create_physical_plan().await.unwrap();
            let shown = datafusion::physical_plan::displayable(plan.as_ref()).indent(false).to_string();
            modes.push(shown.contains("ordering_mode=Sorted"));
        }
        assert_eq!(modes, [true, false], "by guest, then by door");
    }

    async fn plan_of(folder: &DataFolder, parts: &[Part], sql: &str) -> String {
        let limits = Limits { threads: 8, ..Limits::default() };
        let session = build(&limits, &folder.calendar).unwrap();
        add_table(&session, folder, &table("door"), parts).await.unwrap();
        let plan = query(&session, sql, &[]).await.unwrap().create_physical_plan().await.unwrap();
        datafusion::physical_plan::displayable(plan.as_ref()).indent(false).to_string()
    }

    #[tokio::test]
    async fn a_query_is_never_split_among_threads_since_its_parts_could_wait_for_each_other() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let parts = [kept(&folder, "door").await, kept_from(&folder, "door", 1).await];
        let sql = "SELECT a.guest, count(*) FROM visit a JOIN visit b ON b.guest = a.guest AND b.door > a.door GROUP BY a.guest";
        let plan = plan_of(&folder, &parts, sql).await;
        assert!(plan.contains("HashJoinExec") && !plan.contains("RepartitionExec"), "{plan}");
    }

    #[tokio::test]
    async fn rows_of_several_parts_are_grouped_once() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let parts = [kept(&folder, "door").await, kept_from(&folder, "door", 1).await];
        let plan = plan_of(&folder, &parts, "SELECT guest, count(*), max(door) FROM visit GROUP BY guest").await;
        assert!(plan.contains("mode=Single,") && !plan.contains("mode=Partial"), "{plan}");
        let whole = plan_of(&folder, &parts, "SELECT count(*), max(guest + door) FROM visit WHERE door > 3").await;
        assert!(whole.contains("mode=Partial"), "nothing to group by is left as the engine has it: {whole}");
    }

    #[tokio::test]
    async fn groups_of_several_parts_are_those_of_all_rows() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let parts = [kept(&folder, "door").await, kept_from(&folder, "door", 1).await];
        let session = build(&Limits::default(), &folder.calendar).unwrap();
        add_table(&session, &folder, &table("door"), &parts).await.unwrap();
        let sql =
            "SELECT door % 3 AS d, count(*) AS n, count(DISTINCT guest) AS g, array_agg(_row ORDER BY _row)[1] AS first
            FROM visit WHERE door BETWEEN 1 AND 30 GROUP BY door % 3 ORDER BY d";
        let batches = query(&session, sql, &[]).await.unwrap().collect().await.unwrap();
        let shown = arrow::util::pretty::pretty_format_batches(&batches).unwrap().to_string();
        let rows: Vec<Vec<&str>> =
            shown.lines().skip(3).take(3).map(|line| line.split('|').map(str::trim).collect()).collect();
        for (at, row) in rows.iter().enumerate() {
            let first = if at == 0 { "3".to_owned() } else { at.to_string() };
            assert_eq!(row[1..5], [&at.to_string(), "20", "2", &first], "{shown}");
        }
    }

    #[tokio::test]
    async fn rows_that_were_sorted_by_another_column_are_grouped_as_they_should() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        assert_eq!(groups(&folder, kept(&folder, "guest").await).await, 2);
        assert_eq!(groups(&folder, kept(&folder, "door").await).await, 2, "a new sort order was trusted for old rows");
        let before = Part { sorted_by: Vec::new(), ..kept(&folder, "door").await };
        assert_eq!(groups(&folder, before).await, 2, "a part that does not say its order was trusted");
    }
}
