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

/// The tenant's checkpoints with what witnesses signed of them, one after another, an empty line behind each.
///
/// # Errors
///
/// When the database does not answer.
pub async fn checkpoints(tx: &Transaction) -> Result<String, LogError> {
    let mut witnessed: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for (size, line) in store::cosignatures(tx).await? {
        witnessed.entry(size).or_default().push(line);
    }
    let mut out = String::new();
    for (size, note) in store::checkpoints(tx).await? {
        out.push_str(&note);
        for line in witnessed.remove(&size).unwrap_or_default() {
            out.push_str(&line);
            out.push('\n');
        }
        out.push('\n');
    }
    Ok(out)
}
