//! The one place that builds a DataFusion session and puts tables into it.
//!
//! A session reads and nothing else: no statement but a query runs in it ([`query`]), nothing that answers differently each
//! time is known in it, and no table can be named by a path.

use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::catalog::MemTable;
use datafusion::config::TableParquetOptions;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl};
use datafusion::error::DataFusionError;
use datafusion::execution::context::SQLOptions;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::object_store::ObjectStoreUrl;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use datafusion::scalar::ScalarValue;
use haechi_core::calendar::WorkCalendar;
use haechi_formats::dictionary::Table;

use crate::error::EngineError;
use crate::import::schema;
use crate::store::DataFolder;
use crate::store::records::Part;

/// Functions a scenario may not use: they answer differently each time, so a finding could not be recomputed.
const NOT_REPRODUCIBLE: [&str; 8] =
    ["random", "uuid", "now", "current_timestamp", "current_date", "today", "current_time", "version"];

/// What a session may use.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Threads.
    pub threads: usize,
    /// Memory for grouping, sorting and joining, in bytes; past it they spill to `spill`.
    pub memory: usize,
    /// Where spill files lie; they are gone when the session is.
    pub spill: Option<PathBuf>,
}

impl Default for Limits {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        Self { threads, memory: 2 * 1024 * 1024 * 1024, spill: None }
    }
}

/// An empty session with Haechi's functions.
pub fn build(limits: &Limits, calendar: &Arc<WorkCalendar>) -> Result<SessionContext, EngineError> {
    let mut config = SessionConfig::new()
        .with_target_partitions(limits.threads.max(1))
        .with_information_schema(false)
        .with_collect_statistics(true)
        .with_parquet_pruning(true)
        .with_create_default_catalog_and_schema(true);
    let options = config.options_mut();
    options.execution.parquet.pushdown_filters = true;
    options.execution.parquet.reorder_filters = true;
    options.sql_parser.enable_ident_normalization = true;
    let mut runtime = RuntimeEnvBuilder::new().with_memory_pool(Arc::new(FairSpillPool::new(limits.memory)));
    if let Some(spill) = &limits.spill {
        runtime = runtime.with_temp_file_path(spill);
    }
    let runtime = runtime.build_arc().map_err(|error| EngineError::engine("start", error))?;
    #[expect(clippy::disallowed_methods, reason = "the one place that builds a session")]
    let session = SessionContext::new_with_config_rt(config, runtime);
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
    let url = ObjectStoreUrl::parse("haechi://data").map_err(failed)?;
    session.register_object_store(url.as_ref(), folder.objects.store());
    let mut paths: Vec<String> = parts.iter().map(Part::path).collect();
    paths.sort();
    paths.dedup();
    let paths = paths
        .iter()
        .map(|path| ListingTableUrl::parse(format!("haechi://data/{path}")))
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    let format = ParquetFormat::default().with_options(TableParquetOptions {
        global: session.copied_config().options().execution.parquet.clone(),
        ..TableParquetOptions::default()
    });
    let options = ListingOptions::new(Arc::new(format)).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(paths).with_listing_options(options).with_schema(schema);
    let listing = ListingTable::try_new(config).map_err(failed)?;
    #[expect(clippy::disallowed_methods, reason = "the one place that registers tables")]
    session.register_table(table.name.as_str(), Arc::new(listing)).map_err(failed)?;
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
