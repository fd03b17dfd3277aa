//! Tables of live databases become snapshots as files do; only what they hold is known when they are read, and not before.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatchReader as _;
use arrow::compute::concat_batches;
use arrow::error::ArrowError;
use haechi_core::digest::Digest;
use haechi_core::ids::SnapshotId;
use haechi_formats::export::live::{LivePlace, LiveTable};
use haechi_formats::export::{Encoding, Format, Layout, Member, RawRow, RowSource, Survey};
use haechi_formats::fault::Fault;
use haechi_formats::mapping::Mapping;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;
use sha2::Digest as _;

use super::load::{Load, TakeOptions, Taken, ended, keep, load_id, table_of};
use super::merge::{Run, new_file, unwritten};
use super::part::{PartWriter, renumbered};
use super::reading::{Harvest, Input, Reading};
use super::{BUFFERED, Progress};
use crate::error::EngineError;
use crate::store::records::{LoadRecord, load_path};
use crate::store::{DataFolder, FolderLock};

/// Takes tables of live databases into the folder: one load, all or nothing. The same rows again change nothing.
///
/// # Errors
///
/// Anything wrong with the database, the mapping or the disk; the view is then what it was. A load past its reject rate is
/// kept with its rejects and does not count.
pub async fn take_tables(
    folder: &DataFolder,
    lock: &FolderLock,
    mapping: &Mapping,
    tables: Vec<LiveTable>,
    options: &TakeOptions,
    progress: &Progress,
) -> Result<Taken, EngineError> {
    let mut inputs = Vec::new();
    for table in &tables {
        inputs.push(input(mapping, &table.place, options)?);
    }
    let swept = folder.begin(lock).await?;
    let outcome = ended(folder, lock, read(folder, mapping, tables, inputs, options, progress).await).await;
    let (load, changed, known) = outcome?;
    Ok(Taken { load, changed, twice: Vec::new(), swept, known })
}

fn input(mapping: &Mapping, place: &LivePlace, options: &TakeOptions) -> Result<Input, Fault> {
    let name = place.to_string();
    let period = mapping.file_period(&name, options.period).map_err(|fault| match fault.code {
        "period-missing" => Fault::new(
            "period-missing",
            &name,
            "Nothing says which period the table covers.",
            "Say it with --period (2017, 2017-Q2 or 2017-03), or let the mapping read it from a column.",
        ),
        _ => fault,
    })?;
    let member = Member { name: None, format: Format::Delimited, encoding: Encoding::Utf8, bytes: 0 };
    // Until its rows are read its digest is that of its name.
    let survey =
        Survey { sha256: Digest::of(name.as_bytes()), file: name, bytes: 0, modified: None, members: vec![member] };
    Ok(Input { path: PathBuf::new(), survey, period, live: Some(place.clone()) })
}

async fn read(
    folder: &DataFolder,
    mapping: &Mapping,
    tables: Vec<LiveTable>,
    mut inputs: Vec<Input>,
    options: &TakeOptions,
    progress: &Progress,
) -> Result<(LoadRecord, Vec<SnapshotId>, bool), EngineError> {
    progress.step("read");
    let table = table_of(folder, mapping)?;
    let key = folder.key()?;
    let spill = Arc::new(folder.spill()?);
    let load = Load { folder, mapping, table, key: &key, inputs: &inputs, progress };
    let reading = load.reading(&spill, BUFFERED);
    // A thread that is none of the runtime's: the rows come from a task of it, and are waited for.
    let read = tokio::task::block_in_place(|| {
        let read = std::thread::scope(|scope| scope.spawn(|| reading.tables(tables)).join());
        read.unwrap_or_else(|_| Err(EngineError::Asked("A reading thread stopped unexpectedly.".to_owned())))
    });
    let (mut harvest, digests) = read?;
    for (at, (input, digest)) in inputs.iter_mut().zip(digests).enumerate() {
        input.survey.sha256 = digest;
        if let Some(record) = harvest.files.get_mut(&(at, 0)) {
            record.sha256 = digest;
        }
    }
    let load = Load { folder, mapping, table, key: &key, inputs: &inputs, progress };
    let id = load_id(mapping, table, &key, &inputs, options);
    let view = folder.view(&mapping.government).await?;
    if let Some(load) = folder.objects.read::<LoadRecord>(&load_path(&id)).await?
        && !load.stopped
        && view.with(&load).is_ok_and(|next| next.shows_the_same(&view))
    {
        return Ok((load, Vec::new(), true));
    }
    tokio::task::block_in_place(|| load.reading(&spill, BUFFERED).renumber(&mut harvest))?;
    let (record, changed) = keep(&load, id, &spill, harvest).await?;
    Ok((record, changed, false))
}

impl Reading<'_> {
    /// Reads the tables one after another, and gives the digest of each one's rows.
    fn tables(&self, tables: Vec<LiveTable>) -> Result<(Harvest, Vec<Digest>), EngineError> {
        let mut harvest = Harvest::default();
        let mut open = BTreeMap::new();
        let mut digests = Vec::new();
        for (at, (input, table)) in self.inputs.iter().zip(tables).enumerate() {
            let Some(member) = input.survey.members.first() else { continue };
            let mut rows = Hashed::new(table);
            self.rows((at, 0), input, member, &mut rows, &mut open, &mut harvest)?;
            digests.push(Digest::from_bytes(rows.hasher.finalize().into()));
        }
        self.flush_all(open, &mut harvest)?;
        Ok((harvest, digests))
    }
}

impl Reading<'_> {
    /// Gives rows the numbers that follow from what their tables hold, now that this is known: two states of one table are two
    /// sources, as two files of one name are.
    fn renumber(&self, harvest: &mut Harvest) -> Result<(), EngineError> {
        let mut numbers = BTreeMap::new();
        for ((at, _, period), tally) in &mut harvest.tallies {
            let Some((input, member)) =
                self.inputs.get(*at).and_then(|input| Some((input, input.survey.members.first()?)))
            else {
                continue;
            };
            let number = self.number(input, member, *period);
            numbers.insert(std::mem::replace(&mut tally.number, number), number);
        }
        for runs in harvest.runs.values_mut() {
            let only = runs.len() == 1;
            for run in runs {
                *run = self.renumbered(run, only, &numbers)?;
            }
        }
        Ok(())
    }

    fn renumbered(&self, run: &Run, only: bool, numbers: &BTreeMap<u32, u32>) -> Result<Run, EngineError> {
        let engine = |error: ArrowError| EngineError::engine("number rows", error.into());
        let parquet = |error: ParquetError| EngineError::engine("number rows", error.into());
        let cannot = |path: &Path| {
            let what = format!("Cannot use {}", path.display());
            move |source| EngineError::io(what, source)
        };
        let file = File::open(&run.path).map_err(cannot(&run.path))?;
        let batches = ParquetRecordBatchReaderBuilder::try_new(file).map_err(parquet)?.build().map_err(parquet)?;
        let schema = batches.schema();
        let batches = batches.collect::<Result<Vec<_>, _>>().map_err(engine)?;
        let rows = concat_batches(&schema, &batches).map_err(engine)?;
        let rows = renumbered(self.table, &rows, |number| numbers.get(&number).copied()).map_err(engine)?;
        let path = new_file(self.spill)?;
        let file = BufWriter::new(File::create(&path).map_err(cannot(&path))?);
        let write = || {
            let mut writer = if only { PartWriter::whole(schema, file) } else { PartWriter::run(schema, file) }?;
            writer.write(&rows)?;
            writer.end()?.flush()?;
            Ok(())
        };
        write().map_err(|error| unwritten(&path, error))?;
        std::fs::remove_file(&run.path).map_err(cannot(&run.path))?;
        let bytes = std::fs::metadata(&path).map_err(cannot(&path))?.len();
        Ok(Run { rows: run.rows, path, bytes })
    }
}

/// Rows whose texts are hashed as they pass, in place of a file's bytes.
struct Hashed {
    rows: Box<dyn RowSource + Send>,
    hasher: sha2::Sha256,
}

impl Hashed {
    fn new(table: LiveTable) -> Self {
        let mut hashed = Self { rows: table.rows, hasher: sha2::Sha256::new() };
        let header = hashed.rows.layout().header.clone();
        let key = table.place.key.iter().filter_map(|at| header.get(*at));
        key.for_each(|name| text(&mut hashed.hasher, name));
        hashed.hasher.update([0xff]);
        header.iter().for_each(|name| text(&mut hashed.hasher, name));
        hashed
    }
}

impl RowSource for Hashed {
    fn layout(&self) -> &Layout {
        self.rows.layout()
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        let there = self.rows.next(row)?;
        if there {
            row.fields.iter().for_each(|field| text(&mut self.hasher, field));
        }
        Ok(there)
    }
}

/// A text after its length, so that no two rows read alike.
fn text(hasher: &mut sha2::Sha256, text: &str) {
    hasher.update((text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

#[cfg(test)]
mod tests;
