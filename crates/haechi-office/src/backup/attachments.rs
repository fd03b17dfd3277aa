//! Attachments as a backup sees them: the one place that knows how they lie.

use std::io::Write as _;
use std::path::PathBuf;

use haechi_core::digest::Digest;

use super::error::BackupError;
use crate::files::Files;

/// The attachments that lie there, in the order of their digests, each with its path and size.
pub(super) fn list(files: &Files) -> Result<Vec<(Digest, PathBuf, u64)>, BackupError> {
    let mut all = Vec::new();
    let root = files.folder();
    let folders = match std::fs::read_dir(root) {
        Ok(folders) => folders,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(all),
        Err(error) => return Err(BackupError::file("read", root)(error)),
    };
    for folder in folders {
        let folder = folder.map_err(BackupError::file("read", root))?.path();
        // Beside the folders lie files that are just being written.
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&folder).map_err(BackupError::file("read", &folder))? {
            let file = file.map_err(BackupError::file("read", &folder))?;
            let Some(digest) = file.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
            let bytes = file.metadata().map_err(BackupError::file("read", &file.path()))?.len();
            all.push((digest, file.path(), bytes));
        }
    }
    all.sort_by_key(|file| file.0);
    Ok(all)
}

/// An attachment that is being restored. Dropped before it is kept, it leaves nothing.
pub(super) struct Restoring {
    part: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Restoring {
    pub(super) fn begin(files: &Files, digest: &Digest) -> Result<Self, BackupError> {
        let name = digest.to_string();
        let folder = files.folder().join(name.get(..2).unwrap_or("00"));
        std::fs::create_dir_all(&folder).map_err(BackupError::file("make", &folder))?;
        let part = tempfile::NamedTempFile::new_in(files.folder()).map_err(BackupError::file("write", &folder))?;
        Ok(Self { part, path: folder.join(name) })
    }

    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.part.write_all(bytes).map_err(BackupError::file("write", &self.path))
    }

    pub(super) fn keep(self) -> Result<(), BackupError> {
        self.part.as_file().sync_all().map_err(BackupError::file("write", &self.path))?;
        self.part.persist(&self.path).map_err(|error| BackupError::file("write", &self.path)(error.error))?;
        Ok(())
    }
}
