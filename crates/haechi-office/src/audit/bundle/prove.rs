//! The events about some records, each with the proof that it is in the signed log.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tlog_tiles::tlog::Hash;

use super::BundleError;
use crate::audit::event::Record;
use crate::audit::{checkpoint, log, store};
use crate::db::Transaction;

/// Events and what proves them, as the files of a bundle have it.
#[derive(Clone, Debug)]
pub struct Proven {
    /// The events' lines, the oldest first.
    pub(super) events: String,
    /// `proof.json`.
    pub(super) proof: Proof,
    /// The newest checkpoint, with what witnesses signed of it.
    pub(super) checkpoint: String,
    /// The newest checkpoint that a witness signed, where that is another.
    pub(super) witnessed: Option<String>,
}

/// `proof.json`. Hashes are in base64.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proof {
    /// The form: [`super::FORMAT`].
    pub(super) format: u32,
    /// For each event, in the order of `events.jsonl`.
    pub(super) events: Vec<Inclusion>,
    /// That the newest checkpoint goes on from the witnessed one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) consistency: Vec<String>,
}

/// That an event is in the log under the newest checkpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Inclusion {
    /// The event's place.
    pub(super) position: u64,
    /// The hashes beside its way to the root.
    pub(super) proof: Vec<String>,
}

fn words(hashes: &[Hash]) -> Vec<String> {
    hashes.iter().map(ToString::to_string).collect()
}

/// The events about `records` and their proofs. Events behind the newest checkpoint are left out, so it is made before.
///
/// # Errors
///
/// When the log cannot be read, or was never signed.
pub async fn prove(tx: &Transaction, records: &[Record]) -> Result<Proven, BundleError> {
    let (size, note) = checkpoint::latest(tx).await?.ok_or(BundleError::NoCheckpoint)?;
    let records: Vec<String> = records.iter().map(Record::about).collect();
    let mut lines = BTreeMap::new();
    for records in records.chunks(200) {
        lines.extend(store::about(tx, records).await.map_err(log::LogError::from)?);
    }
    let mut proof = Proof { format: super::FORMAT, events: Vec::new(), consistency: Vec::new() };
    let mut events = String::new();
    for (position, line) in lines.range(..size) {
        let hashes = log::inclusion(tx, size, *position).await?;
        proof.events.push(Inclusion { position: *position, proof: words(&hashes) });
        events.push_str(line);
        events.push('\n');
    }
    let mut witnessed = None;
    let seen = store::witnessed(tx).await.map_err(log::LogError::from)?.into_values().max();
    if let Some(before) = seen.filter(|before| *before < size) {
        proof.consistency = words(&log::consistency(tx, size, before).await?);
        let note = store::checkpoint_of(tx, before).await.map_err(log::LogError::from)?;
        let note = note.ok_or(BundleError::NoCheckpoint)?;
        witnessed = Some(with_cosignatures(tx, before, note).await?);
    }
    Ok(Proven { events, proof, checkpoint: with_cosignatures(tx, size, note).await?, witnessed })
}

async fn with_cosignatures(tx: &Transaction, size: u64, mut note: String) -> Result<String, BundleError> {
    for (_, line) in store::cosignatures(tx, size, size).await.map_err(log::LogError::from)? {
        note.push_str(&line);
        note.push('\n');
    }
    Ok(note)
}
