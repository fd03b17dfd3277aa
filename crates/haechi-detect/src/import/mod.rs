//! Exports become snapshots: one command is one load, all or nothing.
//!
//! Survey (digest, members, encoding), read and map row by row on as many threads as asked, write sorted runs, merge them into
//! one sorted Parquet part a snapshot, put those into the store under their digests, then manifests, the load's record, and last
//! the view. Memory is bounded by [`BUFFERED`] and what a merge holds of each run, whatever the size of the export.

mod live;
pub(crate) mod live_keys;
mod load;
mod merge;
mod parquet_rows;
pub(crate) mod part;
mod reading;

pub(crate) use part::schema;

pub use live::take_tables;
pub use load::{TakeOptions, Taken, take};

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of typed rows a load holds, shared by its reading threads; past it a thread writes its largest period out as a run.
pub const BUFFERED: usize = 64 * 1024 * 1024;

/// How far a load is, for a progress bar on another thread.
#[derive(Debug, Default)]
pub struct Progress {
    step: Mutex<String>,
    bytes_done: AtomicU64,
    bytes_total: AtomicU64,
    rows: AtomicU64,
}

/// A look at [`Progress`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The step in words.
    pub step: String,
    /// Bytes of the exports read, once unpacked.
    pub bytes_done: u64,
    /// Bytes to read.
    pub bytes_total: u64,
    /// Rows read.
    pub rows: u64,
}

impl Progress {
    /// How far it is.
    pub fn now(&self) -> Moment {
        Moment {
            step: self.step.lock().map(|step| step.clone()).unwrap_or_default(),
            bytes_done: self.bytes_done.load(Ordering::Relaxed),
            bytes_total: self.bytes_total.load(Ordering::Relaxed),
            rows: self.rows.load(Ordering::Relaxed),
        }
    }

    pub(crate) fn step(&self, words: &str) {
        if let Ok(mut step) = self.step.lock() {
            words.clone_into(&mut step);
        }
    }

    /// A step over so many bytes begins.
    pub(crate) fn total(&self, bytes: u64) {
        self.bytes_done.store(0, Ordering::Relaxed);
        self.bytes_total.store(bytes, Ordering::Relaxed);
    }

    pub(crate) fn read(&self, bytes: u64) {
        self.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(crate) fn rows(&self, rows: u64) {
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }
}
