//! A bundle is verified: from its files and the public keys alone.

use std::collections::BTreeSet;
use std::path::Path;

use haechi_core::digest::Digest;
use serde::Deserialize;
use serde_json::value::RawValue;
use tlog_tiles::Checkpoint;
use tlog_tiles::tlog::{self, Hash};

use super::prove::Proof;
use super::source::Source;
use super::{BundleError, BundleFault, bag, name};
use crate::audit::checkpoint::{CheckpointError, is_witnessed, opened};
use crate::audit::event::{Event, digest};
use crate::audit::verify::Keys;

/// What came of it.
#[derive(Debug, Default)]
pub struct BundleVerdict {
    /// Whose log it is.
    pub origin: String,
    /// Which case it says it is about.
    pub case: String,
    /// Files that are what their manifest says.
    pub files: usize,
    /// Events about the case that are in the signed log.
    pub events: usize,
    /// How many of them a witness saw.
    pub witnessed: usize,
    /// Events of the log that was signed.
    pub size: u64,
    /// When the newest event was, by the installation's clock.
    pub newest: String,
    /// Attachments that the installation no longer had when it made the bundle.
    pub absent: Vec<String>,
    /// Whether what was found is that of the log. In a case from before the log held it, it is as the installation gave it.
    pub is_finding_proved: bool,
    /// What is wrong; nothing, if all is well.
    pub faults: Vec<BundleFault>,
}

impl BundleVerdict {
    /// Whether nothing is wrong.
    pub const fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// `case.json`, as far as it is proved.
#[derive(Deserialize)]
struct CaseFile<'a> {
    #[serde(borrow)]
    case: &'a RawValue,
    entries: Vec<Entry>,
    attachments: Vec<Listed>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    /// What people said to it, see [`said`].
    #[serde(default)]
    said: String,
    /// The digest of what was found.
    #[serde(default)]
    found: String,
}

/// `alert.json`, as far as it is proved.
#[derive(Deserialize)]
struct AlertFile<'a> {
    #[serde(borrow)]
    found: &'a RawValue,
}

#[derive(Deserialize)]
struct Entry {
    event: String,
    text: String,
    #[serde(default)]
    details: String,
    actor: Option<String>,
}

impl Entry {
    /// Whether the row keeps it. What the office itself notes has nobody's name; comments and files have events of their own.
    fn is_said(&self) -> bool {
        self.actor.is_some() && !matches!(self.event.as_str(), "comment" | "attached")
    }
}

/// The digest that a case's row keeps of a line of its history and of all before it.
pub(crate) fn said(before: &str, event: &str, text: &str, details: &str, actor: Option<String>) -> String {
    digest(&(before, event, text, details, actor))
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    name: String,
    digest: String,
    file: Option<String>,
}

/// Verifies the bundle at `path`, a zip archive or the folder that came out of it.
///
/// # Errors
///
/// When it cannot be read or is no bundle. What is wrong with it is in the verdict.
pub fn verify(path: &Path, keys: &Keys) -> Result<BundleVerdict, BundleError> {
    let mut source = Source::open(path)?;
    let mut verdict = BundleVerdict::default();
    manifests(&mut source, &mut verdict)?;
    let events = log(&mut source, keys, &mut verdict)?;
    case(&mut source, &events, &mut verdict)?;
    Ok(verdict)
}

/// Whether every file is there and undamaged, and none beside.
fn manifests(source: &mut Source, verdict: &mut BundleVerdict) -> Result<(), BundleError> {
    let declared = text(source, bag::BAGIT, verdict)?;
    if !declared.starts_with("BagIt-Version: 1.0\n") {
        verdict.faults.push(BundleFault::Form(format!("`{}` names no version that is known", bag::BAGIT)));
    }
    let mut named = BTreeSet::from([bag::TAG_MANIFEST.to_owned()]);
    for manifest in [bag::TAG_MANIFEST, bag::MANIFEST] {
        let files = match bag::parse(&text(source, manifest, verdict)?) {
            Ok(files) => files,
            Err(line) => {
                verdict.faults.push(BundleFault::Form(format!("`{manifest}` has the line `{line}`")));
                continue;
            }
        };
        for (path, digest) in files {
            match source.digest(&path)? {
                Some(found) if found == digest => verdict.files += 1,
                Some(_) => verdict.faults.push(BundleFault::Damaged(path.clone())),
                None => verdict.faults.push(BundleFault::Missing(path.clone())),
            }
            named.insert(path);
        }
    }
    let extra = source.files().iter().filter(|file| !named.contains(*file));
    verdict.faults.extend(extra.map(|file| BundleFault::Extra(file.clone())));
    Ok(())
}

/// A file's text; empty, and a fault, where it is not there or is none.
fn text(source: &mut Source, path: &str, verdict: &mut BundleVerdict) -> Result<String, BundleError> {
    let Some(bytes) = source.bytes(path)? else {
        verdict.faults.push(BundleFault::Missing(path.to_owned()));
        return Ok(String::new());
    };
    Ok(String::from_utf8(bytes).unwrap_or_else(|_| {
        verdict.faults.push(BundleFault::Form(format!("`{path}` is no text")));
        String::new()
    }))
}

/// The events that are in the signed log, each with its digest of what the bundle shows.
fn log(source: &mut Source, keys: &Keys, verdict: &mut BundleVerdict) -> Result<Vec<Event>, BundleError> {
    let note = text(source, name::CHECKPOINT, verdict)?;
    let head = match believed(&note, keys) {
        Ok(head) => head,
        Err(why) => {
            verdict.faults.push(BundleFault::Checkpoint { file: name::CHECKPOINT, why });
            return Ok(Vec::new());
        }
    };
    (verdict.origin, verdict.size) = (head.checkpoint.origin().to_owned(), head.checkpoint.size());
    let proof = text(source, name::PROOF, verdict)?;
    let proof = match serde_json::from_str::<Proof>(&proof) {
        Ok(proof) => proof,
        Err(error) => {
            verdict.faults.push(BundleFault::Form(format!("`{}`: {error}", name::PROOF)));
            return Ok(Vec::new());
        }
    };
    let witnessed = witnessed(source, keys, &head, &proof, verdict)?;
    let lines = text(source, name::EVENTS, verdict)?;
    let lines: Vec<&str> = lines.lines().collect();
    if lines.len() != proof.events.len() {
        let what = format!("{} events and {} proofs", lines.len(), proof.events.len());
        verdict.faults.push(BundleFault::Form(what));
    }
    let (size, root) = (verdict.size, *head.checkpoint.hash());
    let mut events: Vec<Event> = Vec::new();
    for (line, one) in lines.into_iter().zip(&proof.events) {
        let event = serde_json::from_str::<Event>(line).ok().filter(|event| event.position == one.position);
        let hashes = hashes(&one.proof);
        let leaf = tlog::record_hash(line.as_bytes());
        let holds = hashes.is_some_and(|proof| tlog::check_record(&proof, size, root, one.position, leaf).is_ok());
        match event.filter(|_| holds) {
            Some(event) => {
                verdict.events += 1;
                verdict.witnessed += usize::from(event.position < witnessed);
                events.push(event);
            }
            None => verdict.faults.push(BundleFault::NotInLog { position: one.position }),
        }
    }
    events.sort_by_key(|event| event.position);
    Ok(events)
}

fn hashes(words: &[String]) -> Option<Vec<Hash>> {
    words.iter().map(|word| Hash::parse_hash(word).ok()).collect()
}

/// A checkpoint that its installation signed.
struct Head {
    checkpoint: Checkpoint,
    is_witnessed: bool,
}

fn believed(note: &str, keys: &Keys) -> Result<Head, CheckpointError> {
    let (note, checkpoint) = opened(note)?;
    keys.log.verify(&note)?;
    let mut witnessed = false;
    for witness in &keys.witnesses {
        witnessed |= is_witnessed(&note, witness)?;
    }
    Ok(Head { checkpoint, is_witnessed: witnessed })
}

/// Up to which event a witness saw the log.
fn witnessed(
    source: &mut Source,
    keys: &Keys,
    head: &Head,
    proof: &Proof,
    verdict: &mut BundleVerdict,
) -> Result<u64, BundleError> {
    let (size, root) = (head.checkpoint.size(), *head.checkpoint.hash());
    if head.is_witnessed {
        return Ok(size);
    }
    if !source.files().contains(name::WITNESSED) {
        return Ok(0);
    }
    let before = match believed(&text(source, name::WITNESSED, verdict)?, keys) {
        Ok(before) => before,
        Err(why) => {
            verdict.faults.push(BundleFault::Checkpoint { file: name::WITNESSED, why });
            return Ok(0);
        }
    };
    let (seen, seen_root) = (before.checkpoint.size(), *before.checkpoint.hash());
    let hashes = hashes(&proof.consistency);
    let goes_on = before.checkpoint.origin() == head.checkpoint.origin()
        && hashes.is_some_and(|proof| tlog::check_tree(&proof, size, root, seen, seen_root).is_ok());
    if !goes_on {
        verdict.faults.push(BundleFault::NotConsistent { witnessed: seen, size });
        return Ok(0);
    }
    // Of a witness that was not named nothing follows.
    Ok(if before.is_witnessed { seen } else { 0 })
}

/// Whether the case is what its events say.
fn case(source: &mut Source, events: &[Event], verdict: &mut BundleVerdict) -> Result<(), BundleError> {
    let file = text(source, name::CASE, verdict)?;
    let read = serde_json::from_str::<CaseFile<'_>>(&file).and_then(|case| {
        let row = serde_json::from_str::<Row>(case.case.get())?;
        Ok((case, row))
    });
    let (case, Row { id, said: kept, found }) = match read {
        Ok(read) => read,
        Err(error) => {
            verdict.faults.push(BundleFault::Form(format!("`{}`: {error}", name::CASE)));
            return Ok(());
        }
    };
    verdict.case.clone_from(&id);
    let file = text(source, name::ALERT, verdict)?;
    verdict.is_finding_proved = !found.is_empty();
    match serde_json::from_str::<AlertFile<'_>>(&file) {
        Ok(alert) if found.is_empty() || Digest::of(alert.found.get()).to_string() == found => {}
        Ok(_) => verdict.faults.push(BundleFault::Found),
        // A bundle from before it was kept says what was found in other words.
        Err(_) if found.is_empty() => {}
        Err(error) => verdict.faults.push(BundleFault::Form(format!("`{}`: {error}", name::ALERT))),
    }
    let own = events.iter().filter(|event| event.record.kind == "case" && event.record.id == id);
    let (comments, changes): (Vec<&Event>, Vec<&Event>) = own.partition(|event| event.action == "case.comment");
    rows(&changes, case.case, verdict);
    let spoken = case.entries.iter().filter(|entry| entry.is_said()).fold(String::new(), |before, entry| {
        said(&before, &entry.event, &entry.text, &entry.details, entry.actor.clone())
    });
    if spoken != kept {
        verdict.faults.push(BundleFault::Said);
    }
    let written: BTreeSet<String> =
        case.entries.iter().filter(|entry| entry.event == "comment").map(|entry| digest(&(&entry.text, &id))).collect();
    for comment in comments {
        if comment.after.as_ref().is_none_or(|after| !written.contains(after)) {
            verdict.faults.push(BundleFault::Comment { position: comment.position });
        }
    }
    let attached: BTreeSet<(&str, &str)> = events
        .iter()
        .filter(|event| event.record.kind == "attachment")
        .filter_map(|event| Some((event.record.id.as_str(), event.after.as_deref()?)))
        .collect();
    for one in case.attachments {
        let is_said = attached.contains(&(one.id.as_str(), one.digest.as_str()));
        let found = match &one.file {
            Some(file) => source.digest(file)?.map(|found| found.to_string()),
            None => {
                verdict.absent.push(one.name.clone());
                Some(one.digest.clone())
            }
        };
        if !is_said || found.as_ref() != Some(&one.digest) {
            verdict.faults.push(BundleFault::Attachment(one.name));
        }
    }
    Ok(())
}

/// Whether the events follow one from another, and the row from the last.
fn rows(events: &[&Event], row: &RawValue, verdict: &mut BundleVerdict) {
    let mut last: Option<(u64, &str)> = None;
    for event in events {
        let Some(after) = &event.after else { continue };
        if let (Some(before), Some((_, left))) = (&event.before, last)
            && before != left
        {
            verdict.faults.push(BundleFault::Gap { position: event.position });
        }
        last = Some((event.position, after));
    }
    if let Some(newest) = events.last() {
        verdict.newest.clone_from(&newest.at);
    }
    match last {
        Some((_, said)) if said == Digest::of(row.get()).to_string() => {}
        Some((position, _)) => verdict.faults.push(BundleFault::Changed { position }),
        None => verdict.faults.push(BundleFault::Unsaid),
    }
}
