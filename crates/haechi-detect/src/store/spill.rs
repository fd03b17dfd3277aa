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
        clear(&tmp)?;
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

/// Removes all in `tmp` but the spill folders of runs that live: what a killed run or import left.
pub(super) fn clear(tmp: &Path) -> Result<(), EngineError> {
    let cannot = |source| EngineError::io(format!("Cannot empty {}", tmp.display()), source);
    for entry in std::fs::read_dir(tmp).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let Some(_left_over) = left_over(&path) else { continue };
        let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
        match removed {
            // Two may clear at once, and a run that ends removes its own.
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(cannot(error)),
            _ => {}
        }
    }
    Ok(())
}

/// What lies at `path` in `tmp`, to be removed: `None` where it is the spill folder of a run that lives. The lock that comes with
/// it is held until it is removed, so that no run begins to use it meanwhile.
fn left_over(path: &Path) -> Option<LeftOver> {
    let Ok(lock) = OpenOptions::new().read(true).write(true).open(path.join(IN_USE)) else {
        return Some(LeftOver { _lock: None });
    };
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => None,
        _ => Some(LeftOver { _lock: Some(lock) }),
    }
}

/// Something in `tmp` that nobody uses any more.
struct LeftOver {
    _lock: Option<File>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_run_removes_what_a_killed_one_left() {
        let place = tempfile::tempdir().unwrap();
        let data = DataFolder::init(&place.path().join("data")).unwrap();
        let killed = data.tmp().unwrap().join("run-killed");
        std::fs::create_dir(&killed).unwrap();
        std::fs::write(killed.join(IN_USE), "").unwrap();
        let living = data.spill().unwrap();
        let beside = data.spill().unwrap();
        assert!(!killed.exists() && living.path().exists() && beside.path().exists());
    }

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
