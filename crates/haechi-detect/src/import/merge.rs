//! Sorted runs become one sorted part a snapshot.
//!
//! A reading thread holds little and writes often, so a large export leaves many small runs, each sorted in itself. Merged into
//! one file they are read by a few large steps instead of thousands of small ones, and the engine may rely on their order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::common::runtime::SpawnedTask;
use datafusion::error::DataFusionError;
use futures::TryStreamExt as _;
use haechi_core::digest::Digest;
use haechi_core::period::Period;
use haechi_formats::dictionary::Table;
use parquet::errors::ParquetError;
use sha2::Digest as _;

use super::Progress;
use super::part::{PartWriter, schema_of};
use crate::error::EngineError;
use crate::session;
use crate::store::objects::Objects;
use crate::store::records::Part;
use crate::store::spill::SpillFolder;

/// Runs merged at once at most. More are merged in several passes, so that memory stays bounded.
const FAN_IN: usize = 32;

/// A sorted file in the spill folder.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) path: PathBuf,
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

/// Where runs are written and merged.
pub(super) struct Merging<'a> {
    pub(super) table: &'a Table,
    /// Whether the rows come from live tables and have their keys.
    pub(super) live: bool,
    pub(super) spill: &'a Arc<SpillFolder>,
    pub(super) objects: &'a Objects,
    pub(super) progress: &'a Progress,
}

impl Merging<'_> {
    /// One part a period that has rows, written to the store under its digest.
    ///
    /// # Errors
    ///
    /// A disk that is full or fails; what was written then names nothing.
    pub(super) async fn parts(
        &self,
        runs: BTreeMap<Option<Period>, Vec<Run>>,
    ) -> Result<BTreeMap<Option<Period>, Vec<Part>>, EngineError> {
        self.progress.step("sort");
        let several = runs.values().filter(|runs| runs.len() > 1).flatten();
        self.progress.total(several.map(|run| run.bytes).sum());
        // One after another: a merge reads its runs on every thread already, and two at once would hold twice as much.
        let mut parts = BTreeMap::new();
        for (period, runs) in runs {
            let part = match self.one(runs).await? {
                Some(run) => vec![self.store(&run).await?],
                None => Vec::new(),
            };
            parts.insert(period, part);
        }
        Ok(parts)
    }

    /// All rows in one run.
    async fn one(&self, mut runs: Vec<Run>) -> Result<Option<Run>, EngineError> {
        while runs.len() > 1 {
            let few: Vec<Run> = runs.drain(..runs.len().min(FAN_IN)).collect();
            let read = few.iter().map(|run| run.bytes).sum();
            let (table, live, spill) = (self.table.clone(), self.live, Arc::clone(self.spill));
            let task = SpawnedTask::spawn(async move { merge(&table, live, &spill, few).await });
            let stopped = |error| EngineError::Asked(format!("Sorting stopped unexpectedly: {error}."));
            runs.push(task.join().await.map_err(stopped)??);
            self.progress.read(read);
        }
        Ok(runs.pop())
    }

    async fn store(&self, run: &Run) -> Result<Part, EngineError> {
        let sha256 = digest_of(&run.path)?;
        let part = Part { sha256, rows: run.rows, bytes: run.bytes, sorted_by: self.table.sort.clone() };
        self.objects.put_file(&part.path(), &run.path).await?;
        remove(&run.path)?;
        Ok(part)
    }
}

/// Merges sorted runs into one.
async fn merge(table: &Table, live: bool, spill: &Arc<SpillFolder>, runs: Vec<Run>) -> Result<Run, EngineError> {
    let failed = |error: DataFusionError| EngineError::engine("sort rows", error);
    let paths: Vec<&Path> = runs.iter().map(|run| run.path.as_path()).collect();
    let mut batches = session::in_order(table, schema_of(table, live), spill, &paths).await?;
    let path = new_file(spill)?;
    let cannot = |source| EngineError::io(format!("Cannot write {}", path.display()), source);
    let file = BufWriter::with_capacity(1 << 20, File::create(&path).map_err(cannot)?);
    let unwritten = |error| unwritten(&path, error);
    let mut writer = PartWriter::whole(schema_of(table, live), file).map_err(unwritten)?;
    let mut rows = 0;
    while let Some(batch) = batches.try_next().await.map_err(failed)? {
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(unwritten)?;
    }
    let mut file = writer.end().map_err(unwritten)?;
    file.flush().map_err(cannot)?;
    drop(file);
    for run in &runs {
        remove(&run.path)?;
    }
    let bytes = std::fs::metadata(&path).map_err(cannot)?.len();
    Ok(Run { path, rows, bytes })
}

/// What went wrong with writing Parquet to `path`: most often the disk.
pub(super) fn unwritten(path: &Path, error: ParquetError) -> EngineError {
    match error {
        ParquetError::External(error) => match error.downcast() {
            Ok(source) => EngineError::io(format!("Cannot write {}", path.display()), *source),
            Err(error) => EngineError::engine("write Parquet", ParquetError::External(error).into()),
        },
        error => EngineError::engine("write Parquet", error.into()),
    }
}

/// A name in the spill folder that nothing bears yet.
pub(super) fn new_file(spill: &SpillFolder) -> Result<PathBuf, EngineError> {
    let cannot = |source| EngineError::io(format!("Cannot make a file in {}", spill.path().display()), source);
    let file = tempfile::Builder::new().suffix(".parquet").tempfile_in(spill.path()).map_err(cannot)?;
    let (_, path) = file.keep().map_err(|error| cannot(error.error))?;
    Ok(path)
}

fn digest_of(path: &Path) -> Result<Digest, EngineError> {
    let cannot = |source| EngineError::io(format!("Cannot read {}", path.display()), source);
    let mut hasher = sha2::Sha256::new();
    let mut file = File::open(path).map_err(cannot)?;
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece).map_err(cannot)? {
            0 => break,
            read => hasher.update(&piece[..read]),
        }
    }
    Ok(Digest::from_bytes(hasher.finalize().into()))
}

fn remove(path: &Path) -> Result<(), EngineError> {
    std::fs::remove_file(path).map_err(|source| EngineError::io(format!("Cannot remove {}", path.display()), source))
}
