//! Backup and restore: an office as one file, of a moment, with the digest of everything in it.
//!
//! The form is the same for both databases, so that a backup of one is restored into the other: rows as lines of JSON, read in one
//! transaction that sees a moment and changes nothing; attachments under their digests; `office.toml`; where asked for, the engine's
//! data folder; `manifest.json` with what each file should be. Keys are not in it unless asked for: whoever has them can sign in
//! this installation's name, and whoever restores without them begins a new key, which everybody has to be told.
//!
//! A file that is being written has another name, and a place that is being restored has a mark: a killed backup leaves nothing that
//! looks whole, and a killed restore is begun again by the same command.

mod archive;
mod error;
mod keys;
mod make;
mod manifest;
mod migrations;
mod restore;
mod store;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

pub use self::error::BackupError;
pub use self::keys::{Keys, KeysGo};
pub use self::make::{Made, Source, make};
pub use self::manifest::{Manifest, Missing};
pub use self::restore::{Backup, Place, Restored, refuse_unfinished, restore};

pub(crate) use self::migrations::migrations;
pub(crate) use self::store::{MadeRow, RestoredRow, last_made, restored};

/// Files beside those of the office, kept with it: the engine's data folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Where it lies.
    pub root: PathBuf,
    /// What is kept of it, as paths below it, in the order in which it is read and restored.
    pub files: Vec<PathBuf>,
    /// Those that are secret; they go where the keys go.
    pub secrets: Vec<PathBuf>,
}

/// How far a long work is, to be looked at while it goes on.
#[derive(Debug, Default)]
pub struct Progress {
    step: Mutex<&'static str>,
    done: AtomicU64,
    all: AtomicU64,
}

impl Progress {
    /// The step in words, how much of it is done, and how much it is.
    pub fn now(&self) -> (&'static str, u64, u64) {
        let step = *self.step.lock().unwrap_or_else(PoisonError::into_inner);
        (step, self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    fn begin(&self, step: &'static str, all: u64) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = step;
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    fn more(&self, by: u64) {
        self.done.fetch_add(by, Ordering::Relaxed);
    }
}
