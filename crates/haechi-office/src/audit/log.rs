//! Adding events, and what the tree says of them.

use std::collections::HashMap;

use haechi_core::time::Clock;
use sea_orm::DbErr;
use tlog_tiles::tlog::{self, Hash, HashReader, TreeProof};

use super::event::{Entry, Event};
use super::store;
use crate::db::Transaction;

/// Why the log could not be added to or read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The database said no.
    #[error("the log could not be reached")]
    Database(#[from] DbErr),
    /// The hashes that lie beside the events do not belong to them, or some are missing.
    #[error("the hashes of the log are not whole: {0}")]
    Hashes(#[from] tlog::Error),
    /// An event that cannot be written as JSON.
    #[error("the event cannot be written")]
    Event(#[from] serde_json::Error),
}

/// Hashes that were read before they are asked for: the tree's functions do not wait for a database.
pub(super) struct Read(HashMap<u64, Hash>);

impl HashReader for Read {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        let hash = |index: &u64| self.0.get(index).copied().ok_or(tlog::Error::IndexesNotInTree);
        indexes.iter().map(hash).collect()
    }
}

/// Notes which hashes a function of the tree asks for, so that they can be read at once.
#[derive(Default)]
struct Asked(std::cell::RefCell<Vec<u64>>);

impl HashReader for Asked {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        self.0.borrow_mut().extend(indexes);
        Ok(vec![Hash::default(); indexes.len()])
    }
}

/// What `of` answers from the hashes of the log: it is asked once for the places it needs, and once with them.
pub(super) async fn with_hashes<T>(
    tx: &Transaction,
    of: impl Fn(&dyn HashReader) -> Result<T, tlog::Error>,
) -> Result<T, LogError> {
    let needs = {
        let asked = Asked::default();
        // What comes of made-up hashes does not matter.
        let _ = of(&asked);
        asked.0.into_inner()
    };
    Ok(of(&Read(store::hashes(tx, &needs).await?))?)
}

/// Adds what was done to the tenant's log, in the transaction that does it, and returns its place.
///
/// Transactions of one tenant that add to the log come one after another from here to their end, so it belongs at the end of an
/// action.
///
/// # Errors
///
/// When the log cannot be read or written. The transaction must then not be committed.
pub async fn append(tx: &Transaction, clock: &dyn Clock, entry: &Entry) -> Result<u64, LogError> {
    append_all(tx, clock, std::slice::from_ref(entry)).await
}

/// Adds many events at once, as [`append`] would one after another, and returns the first one's place.
///
/// # Errors
///
/// When the log cannot be read or written. The transaction must then not be committed.
pub async fn append_all(tx: &Transaction, clock: &dyn Clock, entries: &[Entry]) -> Result<u64, LogError> {
    tx.alone().await?;
    let first = store::size(tx).await?;
    // What the new events are hashed with: the whole subtrees that stand now, then what they complete among themselves.
    let needs = {
        let asked = Asked::default();
        let _ = tlog::tree_hash(first, &Reader(&asked));
        asked.0.into_inner()
    };
    let mut known = Read(store::hashes(tx, &needs).await?);
    let stamp = clock.stamp();
    for (at, chunk) in (first..).step_by(AT_ONCE).zip(entries.chunks(AT_ONCE)) {
        let mut lines = Vec::with_capacity(chunk.len());
        let mut hashes = Vec::with_capacity(chunk.len() * 2);
        for (position, entry) in (at..).zip(chunk) {
            let line = serde_json::to_string(&Event::new(entry, position, stamp.clone()))?;
            let new = tlog::stored_hashes(position, line.as_bytes(), &Reader(&known))?;
            for (place, hash) in (tlog::stored_hash_index(0, position)..).zip(new) {
                known.0.insert(place, hash);
                hashes.push((place, hash));
            }
            lines.push(store::NewLine { position, about: entry.record.about(), line });
        }
        store::add_all(tx, lines, hashes).await?;
    }
    Ok(first)
}

/// Events that a statement writes.
const AT_ONCE: usize = 200;

/// The tree's functions want a reader of a known type.
pub(super) struct Reader<'a>(pub(super) &'a dyn HashReader);

impl HashReader for Reader<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, tlog::Error> {
        self.0.read_hashes(indexes)
    }
}

/// How many events the tenant's log holds.
///
/// # Errors
///
/// When the database does not answer.
pub async fn size(tx: &Transaction) -> Result<u64, LogError> {
    Ok(store::size(tx).await?)
}

/// How many events the tenant's log holds, and its root as a checkpoint writes it.
///
/// # Errors
///
/// When the log cannot be read, or its hashes are not whole.
pub(crate) async fn head(tx: &Transaction) -> Result<(u64, String), LogError> {
    let size = store::size(tx).await?;
    Ok((size, root(tx, size).await?.to_string()))
}

/// How many events the tenant's log holds, and its root when it held `size`.
///
/// # Errors
///
/// When the log cannot be read, is shorter than that, or its hashes are not whole.
pub(crate) async fn head_at(tx: &Transaction, size: u64) -> Result<(u64, String), LogError> {
    Ok((store::size(tx).await?, root(tx, size).await?.to_string()))
}

/// The tree's root when it held `size` events.
pub(super) async fn root(tx: &Transaction, size: u64) -> Result<Hash, LogError> {
    with_hashes(tx, |reader| tlog::tree_hash(size, &Reader(reader))).await
}

/// The proof that the event at `position` is in the log of `size` events.
pub(super) async fn inclusion(tx: &Transaction, size: u64, position: u64) -> Result<tlog::RecordProof, LogError> {
    with_hashes(tx, |reader| tlog::prove_record(size, position, &Reader(reader))).await
}

/// The proof that the log of `size` events begins with the log of `before` events: what a witness asks for.
///
/// # Errors
///
/// When the log is shorter than that, or its hashes are not whole.
pub async fn consistency(tx: &Transaction, size: u64, before: u64) -> Result<TreeProof, LogError> {
    if before == 0 {
        return Ok(TreeProof::default());
    }
    with_hashes(tx, |reader| tlog::prove_tree(size, before, &Reader(reader))).await
}
