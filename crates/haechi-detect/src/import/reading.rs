//! Reads the files of a load on several threads: rows into parts, what does not fit into rejects.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufWriter};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use haechi_core::digest::Digest;
use haechi_core::finding::LiveRow;
use haechi_core::ids::TableName;
use haechi_core::period::Period;
use haechi_formats::cell::Cell;
use haechi_formats::dictionary::Table;
use haechi_formats::export::archive::for_each_member;
use haechi_formats::export::live::LivePlace;
use haechi_formats::export::workbook::with_sheet;
use haechi_formats::export::{Encoding, Format, Member, RawRow, ReadRule, RowSource, Survey};
use haechi_formats::fault::Fault;
use haechi_formats::keys::InstallationKey;
use haechi_formats::mapping::{Mapping, RowPeriod};
use sha2::Digest as _;

use super::merge::{Run, new_file, unwritten};
use super::part::{PartBuilder, PartWriter};
use super::{Progress, live_keys, parquet_rows};
use crate::error::EngineError;
use crate::store::records::{FileRecord, LiveSource, RejectedRow};
use crate::store::spill::SpillFolder;

/// A file to read, surveyed.
pub(super) struct Input {
    pub(super) path: PathBuf,
    pub(super) survey: Survey,
    pub(super) period: Option<Period>,
    /// The live table, where it is no file and so has no path.
    pub(super) live: Option<LivePlace>,
}

impl Input {
    /// The live table as records keep it; its key's columns are those of `header`.
    fn live_source(&self, header: &[String]) -> Option<LiveSource> {
        let place = self.live.as_ref()?;
        let key = place.key.iter().filter_map(|at| header.get(*at).cloned()).collect();
        Some(LiveSource { database: place.database.clone(), table: place.table.clone(), key })
    }
}

/// What all reading threads share.
pub(super) struct Reading<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) table: &'a Table,
    pub(super) key: &'a InstallationKey,
    pub(super) inputs: &'a [Input],
    pub(super) spill: &'a SpillFolder,
    /// Bytes of typed rows a thread may hold.
    pub(super) buffered: usize,
    pub(super) progress: &'a Progress,
}

/// What one source gave to one period.
pub(super) struct Tally {
    pub(super) number: u32,
    pub(super) rows: u64,
    hasher: sha2::Sha256,
}

impl Tally {
    /// The digest of its rows, by line and content.
    pub(super) fn content(self) -> Digest {
        Digest::from_bytes(self.hasher.finalize().into())
    }
}

/// Where in the load a source stands: the file, the member in it, the period.
pub(super) type SourceKey = (usize, usize, Option<Period>);

/// What came of the reading.
#[derive(Default)]
pub(super) struct Harvest {
    pub(super) files: BTreeMap<(usize, usize), FileRecord>,
    pub(super) tallies: BTreeMap<SourceKey, Tally>,
    pub(super) runs: BTreeMap<Option<Period>, Vec<Run>>,
    pub(super) rejects: Vec<((usize, usize), RejectedRow)>,
    pub(super) supplied: BTreeSet<TableName>,
}

impl Harvest {
    fn merge(&mut self, other: Self) {
        self.files.extend(other.files);
        self.tallies.extend(other.tallies);
        for (period, runs) in other.runs {
            self.runs.entry(period).or_default().extend(runs);
        }
        self.rejects.extend(other.rejects);
        self.supplied.extend(other.supplied);
    }
}

/// Rejects kept before the share allowed is looked at while reading, so that a wrong file ends early.
const EARLY: usize = 20_000;

impl Reading<'_> {
    /// Reads every input on `threads` threads. The first error ends it.
    pub(super) fn run(&self, threads: usize) -> Result<Harvest, EngineError> {
        let next = AtomicUsize::new(0);
        let workers = threads.clamp(1, self.inputs.len().max(1));
        let mut harvest = Harvest::default();
        let results: Vec<Result<Harvest, EngineError>> = std::thread::scope(|scope| {
            let handles: Vec<_> = (0..workers).map(|_| scope.spawn(|| self.work(&next))).collect();
            handles
                .into_iter()
                .map(|handle| {
                    handle.join().unwrap_or_else(|_| {
                        Err(EngineError::Asked("A reading thread stopped unexpectedly.".to_owned()))
                    })
                })
                .collect()
        });
        for result in results {
            harvest.merge(result?);
        }
        harvest.rejects.sort_by(|(a, x), (b, y)| (a, x.line).cmp(&(b, y.line)));
        Ok(harvest)
    }

    fn work(&self, next: &AtomicUsize) -> Result<Harvest, EngineError> {
        let mut harvest = Harvest::default();
        let mut open: BTreeMap<Option<Period>, PartBuilder> = BTreeMap::new();
        let result = loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = self.inputs.get(at) else { break Ok(()) };
            if let Err(error) = self.file(at, input, &mut open, &mut harvest) {
                // The other threads need not begin another file.
                next.store(usize::MAX / 2, Ordering::Relaxed);
                break Err(error);
            }
        };
        result?;
        self.flush_all(open, &mut harvest)?;
        Ok(harvest)
    }

    /// Writes out what is left when everything is read.
    pub(super) fn flush_all(
        &self,
        open: BTreeMap<Option<Period>, PartBuilder>,
        harvest: &mut Harvest,
    ) -> Result<(), EngineError> {
        for (period, mut builder) in open {
            self.flush(period, &mut builder, harvest, Last::Yes)?;
        }
        Ok(())
    }

    fn file(
        &self,
        at: usize,
        input: &Input,
        open: &mut BTreeMap<Option<Period>, PartBuilder>,
        harvest: &mut Harvest,
    ) -> Result<(), EngineError> {
        let rule = self.mapping.read_rule();
        if input.survey.members.iter().any(|member| member.sheet().is_some()) {
            let read = |index, member: &Member, rows: &mut dyn RowSource| {
                self.rows((at, index), input, member, rows, open, harvest)
            };
            with_sheet(&input.path, &input.survey, &rule, read)?;
            self.progress.read(input.survey.members.iter().map(|member| member.bytes).sum());
            return Ok(());
        }
        for_each_member::<EngineError>(&input.path, &input.survey, |index, member, reader| {
            if member.format == Format::Parquet {
                if member.name.is_some() {
                    return Err(Fault::new(
                        "parquet-in-archive",
                        &input.survey.file,
                        "A Parquet file lies inside an archive.",
                        "Unpack it and take the Parquet file itself.",
                    )
                    .into());
                }
                let mut rows = parquet_rows::open(&input.path, &input.survey.file)?;
                return self.rows((at, index), input, member, &mut rows, open, harvest);
            }
            let mut counted = Counted { reader, progress: self.progress };
            self.text((at, index), input, member, &mut counted, &rule, open, harvest)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one file's reading, used once")]
    fn text(
        &self,
        place: (usize, usize),
        input: &Input,
        member: &Member,
        reader: &mut dyn BufRead,
        rule: &ReadRule,
        open: &mut BTreeMap<Option<Period>, PartBuilder>,
        harvest: &mut Harvest,
    ) -> Result<(), EngineError> {
        let mut rows = haechi_formats::export::open_rows(&input.survey.file, member, reader, rule)?;
        self.rows(place, input, member, rows.as_mut(), open, harvest)
    }

    pub(super) fn rows(
        &self,
        place: (usize, usize),
        input: &Input,
        member: &Member,
        rows: &mut dyn RowSource,
        open: &mut BTreeMap<Option<Period>, PartBuilder>,
        harvest: &mut Harvest,
    ) -> Result<(), EngineError> {
        let file = &input.survey.file;
        let mut record = self.record(input, member, rows);
        let reader = self.mapping.bind(self.table, self.key, file, rows.layout(), input.period)?;
        harvest.supplied.extend(reader.supplied().iter().cloned());
        if let Some(period) = input.period {
            harvest
                .tallies
                .entry((place.0, place.1, Some(period)))
                .or_insert_with(|| self.tally(input, member, Some(period)));
        }
        let mut raw = RawRow::default();
        let mut spare: Vec<Cell<'static>> = Vec::new();
        let mut last: Option<(Option<Period>, Tally)> = None;
        let mut told = 0;
        while rows.next(&mut raw)? {
            record.rows_in += 1;
            if record.rows_in.is_multiple_of(4096) {
                self.progress.rows(4096);
                told += 4096;
            }
            let mut cells: Vec<Cell<'_>> = recycle(spare);
            match reader.read(&raw, &mut cells) {
                Ok(period) => {
                    let period = match period {
                        RowPeriod::Whole => None,
                        RowPeriod::Of(period) => Some(period),
                    };
                    if last.as_ref().is_none_or(|(current, _)| *current != period) {
                        put_back(&mut last, place, harvest);
                        let key = (place.0, place.1, period);
                        let tally = harvest.tallies.remove(&key).unwrap_or_else(|| self.tally(input, member, period));
                        last = Some((period, tally));
                    }
                    let content = reader.content_hash(&cells);
                    let (_, tally) = last.get_or_insert_with(|| (period, self.tally(input, member, period)));
                    let line = u32::try_from(raw.line).map_err(|_| {
                        Fault::new("too-many-lines", file, "The file has more than four billion lines.", "Split it.")
                    })?;
                    tally.rows += 1;
                    tally.hasher.update(raw.line.to_le_bytes());
                    tally.hasher.update(content);
                    let row = i64::from(tally.number) << 32 | i64::from(line);
                    let live = input.live.as_ref();
                    let builder = open.entry(period).or_insert_with(|| PartBuilder::of(self.table, live.is_some()));
                    builder
                        .push(row, content, &cells)
                        .map_err(|error| EngineError::engine("hold a row", error.into()))?;
                    if let Some(live) = live {
                        builder.push_key(&live_keys::written(&reader.live_key(&raw, &live.key)));
                    }
                    record.rows_out += 1;
                }
                Err(reject) => {
                    if reject.counts {
                        record.rejected += 1;
                    } else {
                        record.set_aside += 1;
                    }
                    let live = input.live.as_ref().map(|place| LiveRow {
                        database: place.database.clone(),
                        table: place.table.clone(),
                        key: reader.live_key(&raw, &place.key),
                    });
                    let row = RejectedRow {
                        file: file.clone(),
                        member: member.path().map(str::to_owned),
                        sheet: member.sheet().map(str::to_owned),
                        line: raw.line,
                        live,
                        reject,
                    };
                    harvest.rejects.push((place, row));
                    if harvest.rejects.len() >= EARLY && is_too_many(self.mapping, record.rejected, record.rows_in) {
                        break;
                    }
                }
            }
            spare = recycle(cells);
            if record.rows_in.is_multiple_of(1024) {
                self.make_room(open, harvest)?;
            }
        }
        put_back(&mut last, place, harvest);
        self.progress.rows(record.rows_in - told);
        harvest.files.insert(place, record);
        Ok(())
    }

    fn record(&self, input: &Input, member: &Member, rows: &dyn RowSource) -> FileRecord {
        let layout = rows.layout();
        FileRecord {
            file: input.survey.file.clone(),
            member: member.path().map(str::to_owned),
            sheet: member.sheet().map(str::to_owned),
            sha256: input.survey.sha256,
            bytes: member.bytes,
            encoding: match (member.format, member.encoding) {
                _ if input.live.is_some() => "a live table",
                (Format::Parquet, _) => "Parquet",
                (Format::Sheet { book, .. }, _) => book.as_str(),
                (_, Encoding::Utf8) => "UTF-8",
                (_, Encoding::Utf8Bom) => "UTF-8 with a mark",
                (_, Encoding::Cp949) => "CP949",
            }
            .to_owned(),
            header_line: layout.header_line,
            money_unit: layout.money_unit,
            period: input.period,
            rows_in: 0,
            rows_out: 0,
            rejected: 0,
            set_aside: 0,
            left_out: layout.left_out.clone(),
            live: input.live_source(&layout.header),
        }
    }

    fn tally(&self, input: &Input, member: &Member, period: Option<Period>) -> Tally {
        Tally { number: self.number(input, member, period), rows: 0, hasher: sha2::Sha256::new() }
    }

    /// The number of a source: the upper bits of the `_row` of its rows.
    pub(super) fn number(&self, input: &Input, member: &Member, period: Option<Period>) -> u32 {
        let period = period.map(|period| period.to_string()).unwrap_or_default();
        let digest = Digest::of_parts([
            b"haechi source 1".as_slice(),
            self.mapping.name.as_str().as_bytes(),
            input.survey.sha256.as_bytes(),
            input.survey.file.as_bytes(),
            member.name.as_deref().unwrap_or_default().as_bytes(),
            period.as_bytes(),
        ]);
        let [a, b, c, d, ..] = *digest.as_bytes();
        u32::from_be_bytes([a, b, c, d]) >> 1
    }

    /// Writes the largest periods out until the thread holds no more than it may.
    fn make_room(
        &self,
        open: &mut BTreeMap<Option<Period>, PartBuilder>,
        harvest: &mut Harvest,
    ) -> Result<(), EngineError> {
        while open.values().map(PartBuilder::bytes).sum::<usize>() > self.buffered {
            let Some((period, builder)) = open.iter_mut().max_by_key(|(_, builder)| builder.bytes()) else { break };
            self.flush(*period, builder, harvest, Last::No)?;
        }
        Ok(())
    }

    fn flush(
        &self,
        period: Option<Period>,
        builder: &mut PartBuilder,
        harvest: &mut Harvest,
        last: Last,
    ) -> Result<(), EngineError> {
        let runs = harvest.runs.entry(period).or_default();
        if builder.rows() == 0 {
            return Ok(());
        }
        let path = new_file(self.spill)?;
        let cannot = |source| EngineError::io(format!("Cannot write {}", path.display()), source);
        let file = BufWriter::new(File::create(&path).map_err(cannot)?);
        let rows = builder.write_sorted(|schema| match last {
            // Most often the only run of its period, which then is the part.
            Last::Yes if runs.is_empty() => PartWriter::whole(schema, file),
            _ => PartWriter::run(schema, file),
        });
        let rows = rows.map_err(|error| unwritten(&path, error))?;
        let bytes = std::fs::metadata(&path).map_err(cannot)?.len();
        runs.push(Run { path, rows, bytes });
        Ok(())
    }
}

/// Whether more rows are rejected than the mapping allows.
pub(super) fn is_too_many(mapping: &Mapping, rejected: u64, rows: u64) -> bool {
    u128::from(rejected) * 10_000 > u128::from(rows) * u128::from(mapping.max_reject_per_10_000)
}

/// Whether a thread has read all it will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    Yes,
    No,
}

fn put_back(last: &mut Option<(Option<Period>, Tally)>, place: (usize, usize), harvest: &mut Harvest) {
    if let Some((period, tally)) = last.take() {
        harvest.tallies.insert((place.0, place.1, period), tally);
    }
}

/// The same allocation, empty, for cells that borrow from another row.
fn recycle<'b>(mut cells: Vec<Cell<'_>>) -> Vec<Cell<'b>> {
    cells.clear();
    cells.into_iter().map(|_| Cell::Null).collect()
}

/// Tells the progress bar how much was read.
struct Counted<'a> {
    reader: &'a mut dyn BufRead,
    progress: &'a Progress,
}

impl std::io::Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.progress.read(read as u64);
        Ok(read)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.progress.read(amount as u64);
        self.reader.consume(amount);
    }
}
