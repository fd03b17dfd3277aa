//! Verifies a log from its export, its checkpoints and the public keys alone.
//!
//! What is proved: up to the last checkpoint a witness signed, the export is the log that the witness saw, line by line. What
//! came after it only its installation vouches for, and [`Verdict::witnessed`] says where that begins.

use std::fmt;
use std::io::BufRead;

use signed_note::Note;
use tlog_tiles::Checkpoint;
use tlog_tiles::tlog::{self, Hash};

use super::checkpoint::{CheckpointError, LogKey, is_witnessed, opened};
use super::cosignature::WitnessKey;
use super::event::Line;

/// Whom to believe.
#[derive(Clone)]
pub struct Keys {
    /// The installation that keeps the log.
    pub log: LogKey,
    /// Those that watch it.
    pub witnesses: Vec<WitnessKey>,
}

/// Why nothing could be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// A file that cannot be read.
    #[error("the export cannot be read")]
    Read(#[from] std::io::Error),
    /// There is no checkpoint to compare the export with.
    #[error("there is no checkpoint in the file of checkpoints")]
    NoCheckpoint,
}

/// What is wrong with a log.
#[derive(Debug)]
pub enum Fault {
    /// A line that is no event, or stands in another place than it says: lines were removed, added or moved here.
    Line {
        /// The line, from 1.
        line: u64,
        /// What it should be.
        expected: u64,
        /// The place it says it has, if it is an event at all.
        says: Option<u64>,
    },
    /// The export ends before the checkpoint does: the newest events were removed.
    Missing {
        /// Events of the checkpoint.
        size: u64,
        /// Lines of the export.
        lines: u64,
    },
    /// What the export holds is not what was signed: a line between the two places was changed, or all were.
    Changed {
        /// Up to here the export is as it was signed.
        after: u64,
        /// The size of the checkpoint that it does not fit.
        size: u64,
        /// Whether a witness signed that checkpoint.
        witnessed: bool,
    },
    /// A checkpoint that is none, or that its installation did not sign.
    Checkpoint {
        /// The checkpoint in the file, from 1.
        number: usize,
        /// Why.
        why: CheckpointError,
    },
    /// Checkpoints of two logs.
    Origin {
        /// The first one's.
        first: String,
        /// The other one's.
        other: String,
    },
}

/// What came of it.
#[derive(Debug)]
pub struct Verdict {
    /// Whose log it is.
    pub origin: String,
    /// Lines of the export.
    pub events: u64,
    /// Events up to the last checkpoint that the export fits.
    pub signed: u64,
    /// Events up to the last checkpoint that the export fits and a witness signed.
    pub witnessed: u64,
    /// What is wrong; nothing, if all is well.
    pub faults: Vec<Fault>,
}

/// Wrong lines that are told one by one; after the first, most are only moved.
const MOST_LINES: usize = 10;

struct Head {
    checkpoint: Checkpoint,
    witnessed: bool,
}

/// Compares an export with checkpoints. The export is read once and not held in memory.
///
/// # Errors
///
/// When a file cannot be read or there is no checkpoint. What is wrong with the log is in the verdict.
pub fn verify(mut export: impl BufRead, checkpoints: &str, keys: &Keys) -> Result<Verdict, VerifyError> {
    let mut faults = Vec::new();
    let mut heads = heads(checkpoints, keys, &mut faults);
    let first = heads.first().ok_or(VerifyError::NoCheckpoint)?.checkpoint.origin().to_owned();
    for other in heads.iter().map(|head| head.checkpoint.origin()).filter(|origin| *origin != first) {
        faults.push(Fault::Origin { first: first.clone(), other: other.to_owned() });
    }
    heads.retain(|head| head.checkpoint.origin() == first);
    heads.sort_by_key(|head| head.checkpoint.size());
    let mut verdict = Verdict { origin: first, events: 0, signed: 0, witnessed: 0, faults };
    let mut heads = heads.into_iter().peekable();
    let mut tree = Frontier::default();
    let mut wrong = 0;
    let mut line = Vec::new();
    loop {
        while let Some(head) = heads.next_if(|head| head.checkpoint.size() == verdict.events) {
            verdict.compare(&head, tree.root());
        }
        line.clear();
        if export.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let leaf = line.strip_suffix(b"\n").unwrap_or(&line);
        let says = serde_json::from_slice::<Line<'_>>(leaf).ok().map(|line| line.position);
        if says != Some(verdict.events) {
            if wrong < MOST_LINES {
                verdict.faults.push(Fault::Line { line: verdict.events + 1, expected: verdict.events, says });
            }
            wrong += 1;
        }
        tree.add(leaf);
        verdict.events += 1;
    }
    for head in heads {
        verdict.faults.push(Fault::Missing { size: head.checkpoint.size(), lines: verdict.events });
    }
    Ok(verdict)
}

impl Verdict {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    fn compare(&mut self, head: &Head, root: Hash) {
        if root != *head.checkpoint.hash() {
            let (after, size) = (self.signed, head.checkpoint.size());
            self.faults.push(Fault::Changed { after, size, witnessed: head.witnessed });
            return;
        }
        self.signed = self.signed.max(head.checkpoint.size());
        if head.witnessed {
            self.witnessed = self.witnessed.max(head.checkpoint.size());
        }
    }
}

/// The whole subtrees that a log of some size consists of, the largest first: all that is needed to go on, however long it is.
#[derive(Default)]
struct Frontier(Vec<(u32, Hash)>);

impl Frontier {
    fn add(&mut self, leaf: &[u8]) {
        let (mut level, mut hash) = (0, tlog::record_hash(leaf));
        while let Some((_, left)) = self.0.pop_if(|last| last.0 == level) {
            (level, hash) = (level + 1, tlog::node_hash(left, hash));
        }
        self.0.push((level, hash));
    }

    fn root(&self) -> Hash {
        let hashes = self.0.iter().map(|whole| whole.1);
        hashes.rev().reduce(|right, left| tlog::node_hash(left, right)).unwrap_or(tlog::EMPTY_HASH)
    }
}

/// The checkpoints of a file that can be believed.
fn heads(text: &str, keys: &Keys, faults: &mut Vec<Fault>) -> Vec<Head> {
    let believed = |text: &str| -> Result<Head, CheckpointError> {
        let (note, checkpoint) = opened(text)?;
        keys.log.verify(&note)?;
        Ok(Head { checkpoint, witnessed: any_witness(&note, keys)? })
    };
    let mut heads = Vec::new();
    for (at, text) in notes(text).iter().enumerate() {
        match believed(text) {
            Ok(head) => heads.push(head),
            Err(why) => faults.push(Fault::Checkpoint { number: at + 1, why }),
        }
    }
    heads
}

fn any_witness(note: &Note, keys: &Keys) -> Result<bool, CheckpointError> {
    for witness in &keys.witnesses {
        if is_witnessed(note, witness)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The notes of a file: each is a text, an empty line, lines of signatures and an empty line.
pub(super) fn notes(text: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = String::new();
    let mut is_signed = false;
    for line in text.lines() {
        if line.is_empty() && is_signed {
            notes.push(std::mem::take(&mut note));
            is_signed = false;
            continue;
        }
        is_signed = line.starts_with("— ");
        note.push_str(line);
        note.push('\n');
    }
    if !note.trim().is_empty() {
        notes.push(note);
    }
    notes
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line { line, expected, says: Some(says) } => write!(
                f,
                "line {line} is event {says}, where event {expected} should stand: events were removed, added or moved here"
            ),
            Self::Line { line, expected, says: None } => {
                write!(f, "line {line} is no event, where event {expected} should stand")
            }
            Self::Missing { size, lines } => write!(
                f,
                "a checkpoint was signed over {size} events, the export holds {lines}: the newest are missing"
            ),
            Self::Changed { after, size, witnessed } => {
                let who = if *witnessed { "a witness signed" } else { "was signed" };
                write!(
                    f,
                    "events {after} to {} are not what {who}: something among them was changed",
                    size.saturating_sub(1)
                )
            }
            Self::Checkpoint { number, why } => write!(f, "checkpoint {number} cannot be believed: {why}"),
            Self::Origin { first, other } => write!(f, "the checkpoints are of two logs, {first} and {other}"),
        }
    }
}
