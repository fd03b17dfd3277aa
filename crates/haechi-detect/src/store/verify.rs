//! Looks whether what is kept is still what was written.

use haechi_core::digest::Digest;
use haechi_core::ids::SnapshotId;
use serde::Serialize;

use super::DataFolder;
use super::purge::Purged;
use super::records::{LoadRecord, Manifest};
use crate::error::EngineError;

/// What `haechi snapshot verify` found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Snapshots looked at.
    pub snapshots: u64,
    /// Parquet files looked at.
    pub parts: u64,
    /// Rows they hold.
    pub rows: u64,
    /// Snapshots whose data was destroyed by `haechi purge`; their manifests stay.
    pub purged: u64,
    /// What is damaged or missing, one sentence each. Empty is well.
    pub damage: Vec<String>,
}

impl DataFolder {
    /// Reads every part of every snapshot that a load names, and compares it with its digest.
    pub async fn verify(&self) -> Result<Verification, EngineError> {
        let mut found = Verification::default();
        let mut ids: Vec<SnapshotId> = Vec::new();
        for load in self.loads().await? {
            if let Some(digest) = load.rejects {
                let path = super::records::rejects_path(&digest);
                match self.objects.bytes(&path).await? {
                    Some(bytes) if Digest::of(&bytes) == digest => {}
                    Some(_) => found.damage.push(format!("{path} is not what was written.")),
                    None if self.purged_load(&load.id).await?.is_some() => {}
                    None => found.damage.push(format!("{path} is missing.")),
                }
            }
            ids.extend(load.snapshots.into_iter().map(|snapshot| snapshot.id));
        }
        for government in self.governments().await? {
            ids.extend(self.view(&government).await?.entries.into_iter().map(|entry| entry.snapshot));
        }
        ids.sort();
        ids.dedup();
        for id in ids {
            let manifest = match self.manifest(&id).await {
                Ok(manifest) => manifest,
                Err(error) => {
                    found.damage.push(error.to_string());
                    continue;
                }
            };
            found.snapshots += 1;
            let purged = self.purged(&id).await?;
            found.purged += u64::from(purged.is_some());
            if purged.is_none() {
                self.verify_parts(&manifest, &mut found).await?;
            }
        }
        Ok(found)
    }

    async fn verify_parts(&self, manifest: &Manifest, found: &mut Verification) -> Result<(), EngineError> {
        let mut rows = 0;
        for part in &manifest.parts {
            let path = part.path();
            found.parts += 1;
            match self.objects.bytes(&path).await? {
                None => found.damage.push(format!("{path} of snapshot {} is missing.", manifest.id)),
                Some(bytes) if Digest::of(&bytes) == part.sha256 => rows += part.rows,
                Some(_) => found.damage.push(format!("{path} of snapshot {} is not what was written.", manifest.id)),
            }
        }
        let of_sources: u64 = manifest.sources.iter().map(|source| source.rows).sum();
        if found.damage.is_empty() && (rows != manifest.rows || of_sources != manifest.rows) {
            found.damage.push(format!("Snapshot {} names {} rows and holds {rows}.", manifest.id, manifest.rows));
        }
        found.rows += rows;
        Ok(())
    }

    /// Every load's record, the earliest first.
    pub async fn loads(&self) -> Result<Vec<LoadRecord>, EngineError> {
        let mut loads: Vec<LoadRecord> = Vec::new();
        for (path, _) in self.objects.list("loads").await? {
            loads.push(self.objects.expect(&path).await?);
        }
        loads.sort_by(|a, b| (&a.taken_at, a.id).cmp(&(&b.taken_at, b.id)));
        Ok(loads)
    }

    /// The record of one load.
    pub async fn load_record(&self, id: &Digest) -> Result<LoadRecord, EngineError> {
        self.objects.expect(&super::records::load_path(id)).await
    }

    /// The rejected rows of a load.
    pub async fn rejects(&self, load: &LoadRecord) -> Result<Vec<super::records::RejectedRow>, EngineError> {
        let Some(digest) = load.rejects else { return Ok(Vec::new()) };
        let path = super::records::rejects_path(&digest);
        let bytes = match self.objects.bytes(&path).await? {
            Some(bytes) => bytes,
            None => match self.purged_load(&load.id).await? {
                Some(Purged { at, .. }) => {
                    return Err(EngineError::Asked(format!(
                        "The rejects of this load were destroyed by `haechi purge` at {at}."
                    )));
                }
                None => return Err(EngineError::Damaged { path, what: "it is missing".to_owned() }),
            },
        };
        let damaged = |error: serde_json::Error| EngineError::Damaged { path: path.clone(), what: error.to_string() };
        bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).map_err(damaged))
            .collect()
    }
}
