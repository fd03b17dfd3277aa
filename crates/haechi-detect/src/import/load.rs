//! One `snapshot take`, from the names of files to the view.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use haechi_core::digest::Digest;
use haechi_core::ids::SnapshotId;
use haechi_core::period::Period;
use haechi_formats::dictionary::{Privacy, Table};
use haechi_formats::export::survey::survey;
use haechi_formats::fault::Fault;
use haechi_formats::keys::InstallationKey;
use haechi_formats::mapping::{LoadRule, Mapping};
use serde::Serialize;

use super::merge::Merging;
use super::reading::{Harvest, Input, Reading, SourceKey, Tally};
use super::{BUFFERED, Progress};
use crate::error::EngineError;
use crate::store::records::{FORMAT, LoadRecord, LoadedSnapshot, Manifest, Part, Source, load_path, manifest_path};
use crate::store::{DataFolder, FolderLock, journal};

/// The number of the reading rules: what the same bytes and the same mapping become. Raised when a parser changes its mind.
const READER: &str = "2";

/// How to take a snapshot.
#[derive(Clone, Debug)]
pub struct TakeOptions {
    /// `--period`: what the files cover, where their names and columns do not say.
    pub period: Option<Period>,
    /// Reading threads.
    pub threads: usize,
}

/// What came of a `snapshot take`.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    /// The load.
    pub load: LoadRecord,
    /// The snapshots that are new in view.
    pub changed: Vec<SnapshotId>,
    /// Files given twice under two names, and read once.
    pub twice: Vec<String>,
    /// Objects of a killed import that were swept away first.
    pub swept: usize,
    /// Whether the files were not even read, since this very load is in view.
    pub known: bool,
}

/// Takes the files into the folder: one load, all or nothing.
///
/// # Errors
///
/// Anything wrong with the files, the mapping or the disk; the view is then what it was. A load past its reject rate is
/// kept with its rejects and does not count.
pub async fn take(
    folder: &DataFolder,
    lock: &FolderLock,
    mapping: &Mapping,
    files: &[PathBuf],
    options: &TakeOptions,
    progress: &Progress,
) -> Result<Taken, EngineError> {
    progress.step("survey");
    let table = folder.dictionary.tables.get(&mapping.table).ok_or_else(|| {
        EngineError::Asked(format!(
            "The mapping `{}` fills `{}`, which the dictionary does not have.",
            mapping.name, mapping.table
        ))
    })?;
    let key = folder.key()?;
    let (inputs, twice) = inputs(mapping, files, options)?;
    let id = load_id(mapping, table, &key, &inputs, options);
    let view = folder.view(&mapping.government).await?;
    if let Some(load) = folder.objects.read::<LoadRecord>(&load_path(&id)).await?
        && !load.stopped
        && view.with(&load).is_ok_and(|next| next.shows_the_same(&view))
    {
        return Ok(Taken { load, changed: Vec::new(), twice, swept: 0, known: true });
    }
    let swept = folder.begin(lock).await?;
    let outcome = load(folder, mapping, table, &key, &inputs, options, progress, id).await;
    if outcome.is_ok() {
        folder.end(lock).await?;
    } else {
        folder.give_up(lock).await;
    }
    let (load, changed) = outcome?;
    Ok(Taken { load, changed, twice, swept, known: false })
}

/// Looks at each file once, on as many threads as asked, and finds the period its name declares.
fn inputs(
    mapping: &Mapping,
    files: &[PathBuf],
    options: &TakeOptions,
) -> Result<(Vec<Input>, Vec<String>), EngineError> {
    let mut files = files.to_vec();
    files.sort();
    files.dedup();
    if files.is_empty() {
        return Err(EngineError::Asked("No file was named. Name the exports to take.".to_owned()));
    }
    let threads = options.threads.clamp(1, files.len());
    let share = files.len().div_ceil(threads);
    let surveys: Vec<_> = std::thread::scope(|scope| {
        let handles: Vec<_> = files
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(|path| survey(path)).collect::<Vec<_>>()))
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    });
    let mut inputs: Vec<Input> = Vec::new();
    let mut twice = Vec::new();
    let mut faults = Vec::new();
    for (path, survey) in files.into_iter().zip(surveys) {
        let found = survey.and_then(|survey| {
            let period = mapping.file_period(&survey.file, options.period)?;
            Ok(Input { path, survey, period })
        });
        match found {
            Err(fault) => faults.push(fault),
            Ok(input)
                if inputs
                    .iter()
                    .any(|other| other.survey.sha256 == input.survey.sha256 && other.period == input.period) =>
            {
                twice.push(input.survey.file);
            }
            Ok(input) => {
                if let Some(other) = inputs.iter().find(|other| other.survey.file == input.survey.file) {
                    faults.push(Fault::new(
                        "file-name-twice",
                        &input.survey.file,
                        format!(
                            "Two different files have this name ({} and {}).",
                            other.path.display(),
                            input.path.display()
                        ),
                        "Rename one: evidence cites files by name.",
                    ));
                }
                inputs.push(input);
            }
        }
    }
    for (at, input) in inputs.iter().enumerate() {
        for other in &inputs[..at] {
            if let (Some(a), Some(b)) = (input.period, other.period)
                && a != b
                && a.overlaps(&b)
            {
                faults.push(Fault::new(
                    "periods-overlap",
                    &input.survey.file,
                    format!("It covers {a}, and {} covers {b}.", other.survey.file),
                    "Take files whose periods are the same or apart.",
                ));
            }
        }
    }
    if faults.is_empty() { Ok((inputs, twice)) } else { Err(faults.into()) }
}

/// The same files by the same rules are the same load.
fn load_id(mapping: &Mapping, table: &Table, key: &InstallationKey, inputs: &[Input], options: &TakeOptions) -> Digest {
    let mut parts = vec![
        "haechi load 1".to_owned(),
        READER.to_owned(),
        mapping.government.to_string(),
        mapping.name.to_string(),
        mapping.digest.to_string(),
        key.id(),
        options.period.map(|period| period.to_string()).unwrap_or_default(),
    ];
    parts.extend(table.columns().iter().map(|column| format!("{}:{:?}", column.name, column.kind)));
    for input in inputs {
        parts.push(input.survey.file.clone());
        parts.push(input.survey.sha256.to_string());
    }
    Digest::of_parts(parts)
}

#[expect(clippy::too_many_arguments, reason = "the state of one load, used once")]
async fn load(
    folder: &DataFolder,
    mapping: &Mapping,
    table: &Table,
    key: &InstallationKey,
    inputs: &[Input],
    options: &TakeOptions,
    progress: &Progress,
    id: Digest,
) -> Result<(LoadRecord, Vec<SnapshotId>), EngineError> {
    progress.step("read");
    progress.total(inputs.iter().flat_map(|input| &input.survey.members).map(|member| member.bytes).sum());
    let spill = Arc::new(folder.spill()?);
    let reading =
        Reading { mapping, table, key, inputs, spill: &spill, buffered: BUFFERED / options.threads.max(1), progress };
    let mut harvest = tokio::task::block_in_place(|| reading.run(options.threads))?;
    let (rejected, rows) =
        harvest.files.values().fold((0, 0), |(rejected, rows), file| (rejected + file.rejected, rows + file.rows_in));
    let mut record = LoadRecord {
        format: FORMAT,
        id,
        taken_at: folder.clock.stamp(),
        taken_by: journal::os_user(),
        government: mapping.government.clone(),
        government_name: mapping.government_name.clone(),
        country: mapping.country.clone(),
        table: mapping.table.clone(),
        source: mapping.name.clone(),
        source_title: mapping.title.clone(),
        mapping: mapping.digest,
        stopped: reading.is_too_many(rejected, rows),
        files: harvest.files.values().cloned().collect(),
        snapshots: Vec::new(),
        rejects: None,
    };
    if !harvest.rejects.is_empty() {
        let mut text = Vec::new();
        for (_, row) in &harvest.rejects {
            serde_json::to_writer(&mut text, row)
                .map_err(|error| EngineError::Asked(format!("A reject cannot be written as JSON: {error}.")))?;
            text.push(b'\n');
        }
        record.rejects = Some(folder.objects.put("rejects", "jsonl", text).await?);
        folder.unpurge_load(&id).await?;
    }
    if record.stopped {
        folder.objects.replace(&load_path(&id), &record).await?;
        return Err(EngineError::TooManyRejects {
            mapping: mapping.name.to_string(),
            rejected,
            rows,
            allowed: format!("{}.{:02} %", mapping.max_reject_per_10_000 / 100, mapping.max_reject_per_10_000 % 100),
            load: id.short(),
        });
    }
    let runs = std::mem::take(&mut harvest.runs);
    let merging = Merging { table, spill: &spill, objects: &folder.objects, progress };
    let parts = merging.parts(runs).await?;
    progress.step("write");
    let manifests = manifests(mapping, table, key, inputs, &mut harvest, parts)?;
    for manifest in &manifests {
        folder.objects.replace(&manifest_path(&manifest.id), manifest).await?;
        folder.unpurge(&manifest.id).await?;
        record.snapshots.push(LoadedSnapshot { period: manifest.period, id: manifest.id.clone(), rows: manifest.rows });
    }
    let before: BTreeSet<SnapshotId> =
        folder.view(&mapping.government).await?.entries.into_iter().map(|entry| entry.snapshot).collect();
    // A refusal to overlap must come before the record, so that a load that never counted is not listed as one.
    folder.view(&mapping.government).await?.with(&record)?;
    folder.objects.replace(&load_path(&id), &record).await?;
    progress.step("commit");
    let view = folder.commit(&record).await?;
    let changed = view.entries.into_iter().map(|entry| entry.snapshot).filter(|id| !before.contains(id)).collect();
    Ok((record, changed))
}

/// One manifest a period. A file that was read and gave no row still declares its period.
fn manifests(
    mapping: &Mapping,
    table: &Table,
    key: &InstallationKey,
    inputs: &[Input],
    harvest: &mut Harvest,
    mut parts: BTreeMap<Option<Period>, Vec<Part>>,
) -> Result<Vec<Manifest>, EngineError> {
    let identifiers = table
        .columns()
        .iter()
        .any(|column| column.privacy == Privacy::Identifier && harvest.supplied.contains(&column.name));
    let mut by_period: BTreeMap<Option<Period>, Vec<(SourceKey, Tally)>> = BTreeMap::new();
    for (source, tally) in std::mem::take(&mut harvest.tallies) {
        by_period.entry(source.2).or_default().push((source, tally));
    }
    let nothing = by_period.values().flatten().all(|(_, tally)| tally.rows == 0);
    if by_period.is_empty() || (nothing && matches!(mapping.load, LoadRule::Full)) {
        let file = inputs.first().map(|input| input.survey.file.clone()).unwrap_or_default();
        return Err(Fault::new(
            "no-rows",
            file,
            "No row of the load fits, so it would leave nothing.",
            "Check that it is the right export; `haechi purge` is the way to remove data.",
        )
        .into());
    }
    let supplied: Vec<_> = harvest.supplied.iter().cloned().collect();
    let mut manifests = Vec::new();
    for (period, tallies) in by_period {
        let mut identity = vec![
            "haechi snapshot 1".to_owned(),
            mapping.government.to_string(),
            mapping.table.to_string(),
            mapping.name.to_string(),
            period.map(|period| period.to_string()).unwrap_or_default(),
            if identifiers { key.id() } else { String::new() },
        ];
        identity.extend(supplied.iter().map(ToString::to_string));
        let mut sources = Vec::new();
        for ((file, member, _), tally) in tallies {
            let survey = &inputs[file].survey;
            let source = Source {
                number: tally.number,
                file: survey.file.clone(),
                member: survey.members.get(member).and_then(|member| member.name.clone()),
                sha256: survey.sha256,
                rows: tally.rows,
            };
            identity.extend([
                source.file.clone(),
                source.member.clone().unwrap_or_default(),
                source.sha256.to_string(),
                source.rows.to_string(),
            ]);
            identity.push(tally.content().to_string());
            sources.push(source);
        }
        let mut numbers: Vec<u32> = sources.iter().map(|source| source.number).collect();
        numbers.sort_unstable();
        if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(EngineError::Asked(
                "Two files of this load have the same source number by chance. Rename one of them and take them again."
                    .to_owned(),
            ));
        }
        manifests.push(Manifest {
            format: FORMAT,
            id: Digest::of_parts(identity).into(),
            government: mapping.government.clone(),
            table: mapping.table.clone(),
            source: mapping.name.clone(),
            period,
            key_id: identifiers.then(|| key.id()),
            supplied: supplied.clone(),
            rows: sources.iter().map(|source| source.rows).sum(),
            sources,
            parts: parts.remove(&period).unwrap_or_default(),
        });
    }
    Ok(manifests)
}
