//! The keys of rows that were read from live tables: how they are kept, and how findings get theirs.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::{Array as _, AsArray as _, Int64Array, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Int64Type, Schema};
use haechi_core::ids::TableName;
use indexmap::IndexMap;

use super::part::{KEY, ROW};
use crate::error::EngineError;
use crate::session::{self, Limits};
use crate::store::DataFolder;
use crate::store::records::{Manifest, Part};

/// The key of a row, column by column.
pub(crate) type RowKey = IndexMap<String, String>;

/// The keys of rows, by table and row.
pub(crate) type RowKeys = BTreeMap<(TableName, i64), RowKey>;

/// A key as the hidden column holds it.
pub(super) fn written(key: &RowKey) -> String {
    // Texts under texts are always JSON.
    serde_json::to_string(key).unwrap_or_default()
}

/// Whether rows of a snapshot come from live tables.
pub(crate) fn is_live(manifest: &Manifest) -> bool {
    manifest.sources.iter().any(|source| source.live.is_some())
}

/// Looks the keys of rows up, a question a table, in whichever of the snapshots they lie.
///
/// # Errors
///
/// When a part cannot be read, or a row's key is not what was written.
pub(crate) async fn look_up(
    folder: &DataFolder,
    manifests: &[Manifest],
    wanted: &BTreeMap<TableName, BTreeSet<i64>>,
    limits: &Limits,
) -> Result<RowKeys, EngineError> {
    let mut keys = RowKeys::new();
    for (name, rows) in wanted {
        let Some(table) = folder.dictionary.tables.get(name) else { continue };
        let live = manifests.iter().filter(|manifest| manifest.table == *name && is_live(manifest));
        let parts: Vec<Part> = live.flat_map(|manifest| manifest.parts.iter().cloned()).collect();
        if parts.is_empty() || rows.is_empty() {
            continue;
        }
        let failed = |error| EngineError::engine(format!("look up the keys of {name}"), error);
        let session = session::build(limits, &folder.calendar)?;
        session::add_live_keys(&session, folder, table, &parts).await?;
        let schema = Arc::new(Schema::new(vec![Field::new(ROW, DataType::Int64, false)]));
        let asked: Int64Array = rows.iter().copied().collect();
        let batch = RecordBatch::try_new(Arc::clone(&schema), vec![Arc::new(asked)]);
        let batch = batch.map_err(|error| failed(error.into()))?;
        session::add_batches(&session, "cited_rows", schema, vec![batch])?;
        let sql = format!("SELECT k._row, k._key FROM cited_rows c JOIN {name} k ON k._row = c._row");
        let batches = session::query(&session, &sql, &[]).await.map_err(failed)?.collect().await.map_err(failed)?;
        for batch in &batches {
            let rows = batch.column(0).as_primitive_opt::<Int64Type>();
            let texts = cast(batch.column(1), &DataType::Utf8).map_err(|error| failed(error.into()))?;
            let texts = texts.as_string::<i32>();
            for (at, row) in rows.into_iter().flatten().enumerate() {
                let (Some(row), false) = (row, texts.is_null(at)) else { continue };
                let key = serde_json::from_str(texts.value(at)).map_err(|error| EngineError::Damaged {
                    path: format!("the part of {name}"),
                    what: format!("its column {KEY} cannot be read: {error}"),
                })?;
                keys.insert((name.clone(), row), key);
            }
        }
    }
    Ok(keys)
}
