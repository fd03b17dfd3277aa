//! What a backup keeps of a data folder.

use std::path::{Path, PathBuf};

use super::{DataFolder, FolderLock, settings};
use crate::error::EngineError;

/// What a backup keeps of a data folder, as paths below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToKeep {
    /// Its files. What makes others count comes first, so that whatever is named is there though a run ends meanwhile.
    pub files: Vec<PathBuf>,
    /// The installation key.
    pub secrets: Vec<PathBuf>,
    /// The bucket where its store lies, which keeps itself: what is there is not among the files.
    pub bucket: Option<String>,
}

/// Records that name what lies elsewhere in the store.
const FIRST: [&str; 4] = ["store/views", "store/runs", "store/loads", "store/snapshots"];
/// What is of one machine and one moment, and what is secret.
const NOT: [&str; 4] = ["lock", "tmp", "keys", "unfinished.json"];
/// The installation key.
const KEY: &str = "keys/installation.key";

impl DataFolder {
    /// What a backup keeps. Who holds the lock can copy it in peace: nothing is removed meanwhile.
    ///
    /// # Errors
    ///
    /// When a folder cannot be read.
    pub fn to_keep(&self, _: &FolderLock) -> Result<ToKeep, EngineError> {
        let root = self.root();
        let file = root.join(settings::FILE);
        let text = std::fs::read_to_string(&file)
            .map_err(|source| EngineError::io(format!("Cannot read {}", file.display()), source))?;
        let store = settings::parse(root, &text)?.store;
        let mut skip: Vec<PathBuf> = NOT.iter().map(PathBuf::from).collect();
        // The access key of a bucket is its owner's to keep.
        skip.extend(store.iter().filter_map(|store| store.credentials.clone()));
        let mut kept = ToKeep { bucket: store.map(|store| store.bucket), ..ToKeep::default() };
        for first in FIRST {
            walk(root, Path::new(first), &[], &mut kept.files)?;
        }
        skip.extend(FIRST.iter().map(PathBuf::from));
        walk(root, Path::new(""), &skip, &mut kept.files)?;
        if root.join(KEY).is_file() {
            kept.secrets.push(PathBuf::from(KEY));
        }
        Ok(kept)
    }
}

/// The files below `at`, in the order of their names, without what is skipped.
fn walk(root: &Path, at: &Path, skip: &[PathBuf], files: &mut Vec<PathBuf>) -> Result<(), EngineError> {
    let folder = root.join(at);
    let cannot = |source| EngineError::io(format!("Cannot read {}", folder.display()), source);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(cannot)?.file_name());
    }
    names.sort();
    for name in names {
        let path = at.join(name);
        if skip.contains(&path) {
            continue;
        }
        let there = root.join(&path);
        if there.is_dir() {
            walk(root, &path, skip, files)?;
        } else if there.is_file() {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_comes_first_and_no_secret_lock_or_leftover_is_kept() {
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::init(&place.path().join("data")).unwrap();
        let write = |path: &str| {
            let path = folder.root().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        };
        for path in ["store/parts/ab.parquet", "store/views/3110000/1.json", "tmp/spill", "scenarios/a/query.sql"] {
            write(path);
        }
        let lock = folder.lock(false, |_| ()).unwrap();
        let kept = folder.to_keep(&lock).unwrap();
        let files: Vec<String> = kept.files.iter().map(|path| path.display().to_string()).collect();
        let expected = ["store/views/3110000/1.json", "haechi.toml", "scenarios/a/query.sql", "store/parts/ab.parquet"];
        assert_eq!(files, expected);
        assert_eq!((kept.secrets, kept.bucket), (vec![PathBuf::from(KEY)], None));
    }
}
