//! The log and its checkpoints as files for who verifies them elsewhere.

use std::collections::BTreeMap;
use std::io::Write;

use super::log::LogError;
use super::store;
use crate::db::Transaction;

/// Lines that are read at once.
const AT_ONCE: u64 = 5_000;

/// Why a log could not be written out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It could not be written.
    #[error("the export could not be written")]
    Write(#[from] std::io::Error),
}

/// Writes the tenant's events, one line each, and returns how many. A line's bytes without its end are the leaf of the tree.
///
/// # Errors
///
/// When the log cannot be read or the lines not be written.
pub async fn export(tx: &Transaction, to: &mut (impl Write + Send)) -> Result<u64, ExportError> {
    let mut from = 0;
    loop {
        let lines = store::lines(tx, from, AT_ONCE).await.map_err(LogError::from)?;
        if lines.is_empty() {
            return Ok(from);
        }
        for line in &lines {
            to.write_all(line.as_bytes())?;
            to.write_all(b"\n")?;
        }
        from += lines.len() as u64;
    }
}

/// Checkpoints that are read at once.
const CHECKPOINTS: u64 = 500;

/// The tenant's checkpoints with what witnesses signed of them, one after another, an empty line behind each.
///
/// # Errors
///
/// When the database does not answer.
pub async fn checkpoints(tx: &Transaction) -> Result<String, LogError> {
    let mut out = String::new();
    let mut after = 0;
    while let Some((text, last)) = checkpoints_after(tx, after).await? {
        out.push_str(&text);
        after = last;
    }
    Ok(out)
}

/// Some of them, from the one over more than `after` events on, and the size of the last; none when there are no more.
pub(super) async fn checkpoints_after(tx: &Transaction, after: u64) -> Result<Option<(String, u64)>, LogError> {
    let notes = store::checkpoints(tx, after, CHECKPOINTS).await?;
    let (Some((first, _)), Some((last, _))) = (notes.first(), notes.last()) else { return Ok(None) };
    let (first, last) = (*first, *last);
    let mut witnessed: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for (size, line) in store::cosignatures(tx, first, last).await? {
        witnessed.entry(size).or_default().push(line);
    }
    let mut out = String::new();
    for (size, note) in notes {
        out.push_str(&note);
        for line in witnessed.remove(&size).unwrap_or_default() {
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\n');
    }
    Ok(Some((out, last)))
}

/// At most a few thousand events from `from` on, as they stand in an export, and the place after the last; none when there are no
/// more before `end`.
pub(super) async fn lines_from(tx: &Transaction, from: u64, end: u64) -> Result<Option<(String, u64)>, LogError> {
    let lines = store::lines(tx, from, AT_ONCE.min(end.saturating_sub(from))).await?;
    if lines.is_empty() {
        return Ok(None);
    }
    let next = from + lines.len() as u64;
    let mut text = lines.join("\n");
    text.push('\n');
    Ok(Some((text, next)))
}
