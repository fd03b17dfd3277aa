//! Clears away what a killed import left: objects that nothing names, and half-written texts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use haechi_core::digest::Digest;

use super::records::{LoadRecord, Manifest};
use super::{DataFolder, FolderLock};
use crate::error::EngineError;

/// Named while an import is on its way; found at the next start it says that one was killed.
const UNFINISHED: &str = "unfinished.json";

impl DataFolder {
    /// Says that a change begins; sweeps first if the last one did not end. Gives the number of objects swept.
    pub(crate) async fn begin(&self, _lock: &FolderLock) -> Result<usize, EngineError> {
        if let Some(bucket) = self.objects.bucket() {
            return self.begin_shared(bucket).await;
        }
        let unfinished = self.objects.bytes(UNFINISHED).await?.is_some();
        let swept = if unfinished { self.sweep().await? } else { 0 };
        self.objects.replace(UNFINISHED, &self.clock.stamp()).await?;
        Ok(swept)
    }

    /// As [`Self::begin`], for who removes what others may rely on.
    pub(crate) async fn begin_alone(&self, lock: &FolderLock) -> Result<(), EngineError> {
        self.begin(lock).await?;
        let Some(bucket) = self.objects.bucket() else { return Ok(()) };
        let alone = self.be_alone(bucket).await;
        if alone.is_err() {
            self.end_shared(bucket).await.ok();
        }
        alone
    }

    /// Says that the change ended, well or with an error that was told.
    pub(crate) async fn end(&self, _lock: &FolderLock) -> Result<(), EngineError> {
        match self.objects.bucket() {
            Some(bucket) => self.end_shared(bucket).await,
            None => self.objects.remove(UNFINISHED).await,
        }
    }

    /// As [`Self::end`], after [`Self::begin_alone`] and with what came of it. After an error a sweep is still to come.
    pub(crate) async fn end_alone<T>(
        &self,
        lock: &FolderLock,
        outcome: Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        match (self.objects.bucket(), &outcome) {
            (Some(bucket), Ok(_)) => {
                self.let_others(bucket).await?;
                self.end(lock).await?;
            }
            (Some(_), Err(_)) => self.end(lock).await.unwrap_or_default(),
            (None, Ok(_)) => self.end(lock).await?,
            (None, Err(_)) => {}
        }
        outcome
    }

    /// Ends a change that failed: what it wrote names nothing that counts (of a stopped load, its rejects alone) and is swept. If
    /// even that fails, the next import repeats it.
    pub(crate) async fn give_up(&self, lock: &FolderLock) {
        if self.sweep().await.is_ok() || self.objects.bucket().is_some() {
            self.end(lock).await.ok();
        }
    }

    /// Removes parts, manifests and rejects that no load names, and empties `tmp` but for the
    /// spill folders of runs that live.
    ///
    /// # Errors
    ///
    /// In a shared store [`EngineError::Busy`] while others change it: what they are writing is not yet named either.
    pub(crate) async fn sweep(&self) -> Result<usize, EngineError> {
        let Some(bucket) = self.objects.bucket() else { return self.sweep_alone().await };
        self.be_alone(bucket).await?;
        let swept = self.sweep_alone().await?;
        self.let_others(bucket).await?;
        Ok(swept)
    }

    async fn sweep_alone(&self) -> Result<usize, EngineError> {
        let mut named: BTreeSet<String> = BTreeSet::new();
        for (path, _) in self.objects.list("loads").await? {
            let load: LoadRecord = self.objects.expect(&path).await?;
            named.extend(load.rejects.map(|digest: Digest| super::records::rejects_path(&digest)));
            named.extend(load.snapshots.iter().map(|snapshot| super::records::manifest_path(&snapshot.id)));
        }
        let mut orphans = Vec::new();
        for (path, _) in self.objects.list("snapshots").await? {
            if named.contains(&path) {
                let manifest: Manifest = self.objects.expect(&path).await?;
                named.extend(manifest.parts.iter().map(super::records::Part::path));
            } else {
                orphans.push(path);
            }
        }
        for folder in ["parts", "rejects"] {
            let there = self.objects.list(folder).await?;
            orphans.extend(there.into_iter().map(|(path, _)| path).filter(|path| !named.contains(path)));
        }
        self.objects.remove_all(&orphans).await?;
        let halves = match self.objects.bucket() {
            Some(_) => Vec::new(),
            None => half_written(&self.root.join("store"))?,
        };
        for path in &halves {
            std::fs::remove_file(path)
                .map_err(|source| EngineError::io(format!("Cannot remove {}", path.display()), source))?;
        }
        super::spill::clear(&self.tmp()?)?;
        Ok(orphans.len() + halves.len())
    }
}

/// What the local store leaves of a file whose writer was killed: its name, `#` and a number.
fn half_written(store: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let mut found = Vec::new();
    let mut folders = vec![store.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |source| EngineError::io(format!("Cannot read {}", folder.display()), source);
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            if entry.file_type().map_err(unreadable)?.is_dir() {
                folders.push(entry.path());
            } else if entry.file_name().to_string_lossy().contains('#') {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}
