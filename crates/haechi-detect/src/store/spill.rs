//! Where a run puts what does not fit into memory: a folder of its own, which the sweep leaves alone while the run lives.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::DataFolder;
use crate::error::EngineError;

/// Held locked by the run a spill folder belongs to; the system lets go of it when the run is killed.
const IN_USE: &str = "in-use";

/// A spill folder; it is gone when the last who knows it is.
#[derive(Debug)]
pub struct SpillFolder {
    // First, so that it is removed before the lock is let go of.
    folder: tempfile::TempDir,
    _lock: File,
}

impl SpillFolder {
    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl DataFolder {
    /// A new spill folder on the data folder's disk.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn spill(&self) -> Result<SpillFolder, EngineError> {
        let tmp = self.tmp()?;
        let cannot = |source| EngineError::io(format!("Cannot make a folder in {}", tmp.display()), source);
        loop {
            let folder = tempfile::Builder::new().prefix("run-").tempdir_in(&tmp).map_err(cannot)?;
            let path = folder.path().join(IN_USE);
            // A sweep may come between any two of these steps; then there is another folder to be had.
            let lock = match File::create_new(&path) {
                Ok(lock) => lock,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(error) => return Err(cannot(error)),
            };
            if lock.try_lock().is_ok() && path.exists() {
                return Ok(SpillFolder { folder, _lock: lock });
            }
        }
    }
}

/// What lies at `path` in `tmp`, to be removed: `None` where it is the spill folder of a run that lives. The lock that comes with
/// it is held until it is removed, so that no run begins to use it meanwhile.
pub(super) fn left_over(path: &Path) -> Option<LeftOver> {
    let Ok(lock) = OpenOptions::new().read(true).write(true).open(path.join(IN_USE)) else {
        return Some(LeftOver { _lock: None });
    };
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        _ => Some(LeftOver { _lock: Some(lock) }),
    }
}

/// Something in `tmp` that nobody uses any more.
pub(super) struct LeftOver {
    _lock: Option<File>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sweep_leaves_the_spill_folder_of_a_living_run_and_takes_that_of_a_killed_one() {
        let place = tempfile::tempdir().unwrap();
        let data = DataFolder::init(&place.path().join("data")).unwrap();
        let living = data.spill().unwrap();
        std::fs::write(living.path().join("half.arrow"), "rows").unwrap();
        let killed = data.tmp().unwrap().join("run-killed");
        std::fs::create_dir(&killed).unwrap();
        std::fs::write(killed.join(IN_USE), "").unwrap();
        data.sweep().await.unwrap();
        assert!(living.path().join("half.arrow").exists(), "a living run lost its spill file");
        assert!(!killed.exists(), "what a killed run left is still there");
        let path = living.path().to_owned();
        drop(living);
        assert!(!path.exists(), "a run that ended left its spill folder");
    }
}
