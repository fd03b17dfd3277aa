//! Destruction by class and age, and the legal hold that stops it. Manifests, records and digests stay for ever.

use haechi_core::digest::Digest;
use haechi_core::ids::{Government, SnapshotId};
use haechi_core::time::Day;
use serde::{Deserialize, Serialize};

use super::records::{LoadRecord, Manifest, Part};
use super::{DataFolder, FolderLock, journal};
use crate::error::EngineError;

/// That the data of a snapshot, or the rejects of a load, were destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purged {
    /// When, UTC.
    pub at: String,
    /// By which operating-system user.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A legal hold: nothing it names is destroyed until it is released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Its name: `audit-2026-014`.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Held for this government alone; `None` holds all.
    pub government: Option<Government>,
    /// Held for this retention class alone; `None` holds all.
    pub class: Option<String>,
    /// Since when, UTC.
    pub since: String,
    /// By which operating-system user.
    pub by: String,
    /// When it was released, UTC; `None` while it holds.
    pub released: Option<String>,
}

impl Hold {
    fn names(&self, of: &Government, class: &str) -> bool {
        self.released.is_none()
            && self.government.as_ref().is_none_or(|government| government == of)
            && self.class.as_ref().is_none_or(|held| held == class)
    }
}

/// What `haechi purge` is asked to destroy.
#[derive(Clone, Debug)]
pub struct PurgeOrder {
    /// The dictionary's retention class.
    pub class: String,
    /// What covers no day on or after this one; a full load goes by the day it was taken.
    pub before: Day,
    /// Why, for the record.
    pub reason: String,
    /// Only say what would be destroyed.
    pub dry_run: bool,
}

/// What came of a purge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PurgeReport {
    /// Snapshots destroyed (or that would be).
    pub destroyed: Vec<SnapshotId>,
    /// Loads whose rejected rows were destroyed (or would be).
    pub rejects: Vec<Digest>,
    /// Bytes freed, parts that another snapshot shares not counted.
    pub bytes: u64,
    /// Snapshots old enough, kept by a hold, with its name.
    pub held: Vec<(SnapshotId, String)>,
}

impl DataFolder {
    /// Destroys the data of every snapshot of a class that is old enough and not held.
    ///
    /// The view leaves the snapshot first, so that a purge killed half way shows less, never half.
    pub async fn purge(&self, lock: &FolderLock, order: &PurgeOrder) -> Result<PurgeReport, EngineError> {
        let loads = self.loads().await?;
        let holds = self.holds().await?;
        let mut report = PurgeReport::default();
        let mut doomed: Vec<Manifest> = Vec::new();
        let mut kept_parts: std::collections::BTreeSet<Digest> = std::collections::BTreeSet::new();
        let mut seen = std::collections::BTreeSet::new();
        let mut gone: std::collections::BTreeSet<SnapshotId> = std::collections::BTreeSet::new();
        for load in &loads {
            for snapshot in &load.snapshots {
                if !seen.insert(snapshot.id.clone()) {
                    continue;
                }
                if self.purged(&snapshot.id).await?.is_some() {
                    gone.insert(snapshot.id.clone());
                    continue;
                }
                let manifest = self.manifest(&snapshot.id).await?;
                let class = self.dictionary.tables.get(&manifest.table).map_or("", |table| table.retention.as_str());
                let latest_take =
                    loads.iter().rev().find(|load| load.snapshots.iter().any(|s| s.id == manifest.id)).unwrap_or(load);
                let old = last_day(&manifest, latest_take).is_some_and(|day| day < order.before);
                let hold = holds.iter().find(|hold| hold.names(&manifest.government, class));
                match hold {
                    Some(hold) if class == order.class && old => {
                        report.held.push((manifest.id.clone(), hold.name.clone()))
                    }
                    None if class == order.class && old => {
                        doomed.push(manifest);
                        continue;
                    }
                    _ => {}
                }
                kept_parts.extend(manifest.parts.iter().map(|part| part.sha256));
            }
        }
        let parts: Vec<_> = doomed
            .iter()
            .flat_map(|manifest| &manifest.parts)
            .filter(|part| !kept_parts.contains(&part.sha256))
            .collect();
        report.bytes = parts.iter().map(|part| part.bytes).sum();
        report.destroyed = doomed.iter().map(|manifest| manifest.id.clone()).collect();
        gone.extend(report.destroyed.iter().cloned());
        let rejects = self.doomed_rejects(&loads, &holds, &gone, order).await?;
        report.rejects = rejects.iter().map(|(load, _)| *load).collect();
        if order.dry_run || (doomed.is_empty() && rejects.is_empty()) {
            return Ok(report);
        }
        self.begin_alone(lock).await?;
        let done = self.destroy(&report, &doomed, &parts, &rejects, &order.reason).await;
        self.end_alone(lock, done).await?;
        Ok(report)
    }

    async fn destroy(
        &self,
        report: &PurgeReport,
        doomed: &[Manifest],
        parts: &[&Part],
        rejects: &[(Digest, Digest)],
        reason: &str,
    ) -> Result<(), EngineError> {
        for government in self.governments().await? {
            let mut view = self.view(&government).await?;
            let before = view.entries.len();
            view.entries.retain(|entry| !report.destroyed.contains(&entry.snapshot));
            if view.entries.len() < before {
                view.number += 1;
                self.replace_view(&view).await?;
            }
        }
        let note = Purged { at: self.clock.stamp(), by: journal::os_user(), reason: reason.to_owned() };
        for manifest in doomed {
            self.objects.replace(&purged_path(manifest.id.as_str()), &note).await?;
        }
        for part in parts {
            self.objects.remove(&part.path()).await?;
        }
        for (load, _) in rejects {
            self.objects.replace(&purged_path(&load.to_string()), &note).await?;
        }
        for (_, digest) in rejects {
            self.objects.remove(&super::records::rejects_path(digest)).await?;
        }
        Ok(())
    }

    /// The loads whose rejects are to go, with what they are: of a load that counted, once all its snapshots are `gone`;
    /// of one that was stopped, by its table's class and the day it was taken. Rejects that a load which stays shares stay.
    async fn doomed_rejects(
        &self,
        loads: &[LoadRecord],
        holds: &[Hold],
        gone: &std::collections::BTreeSet<SnapshotId>,
        order: &PurgeOrder,
    ) -> Result<Vec<(Digest, Digest)>, EngineError> {
        let mut doomed = Vec::new();
        let mut kept = std::collections::BTreeSet::new();
        for load in loads {
            let Some(rejects) = load.rejects else { continue };
            let class = self.dictionary.tables.get(&load.table).map_or("", |table| table.retention.as_str());
            let old =
                load.taken_at.get(..10).and_then(|day| day.parse::<Day>().ok()).is_some_and(|day| day < order.before);
            let held = holds.iter().any(|hold| hold.names(&load.government, class));
            let all_gone = load.snapshots.iter().all(|snapshot| gone.contains(&snapshot.id));
            let due = if load.snapshots.is_empty() { old } else { all_gone };
            let goes = class == order.class && !held && due;
            if self.purged_load(&load.id).await?.is_some() {
                continue;
            }
            if goes {
                doomed.push((load.id, rejects));
            } else {
                kept.insert(rejects);
            }
        }
        doomed.retain(|(_, rejects)| !kept.contains(rejects));
        Ok(doomed)
    }

    /// That the data of a snapshot were destroyed, if they were.
    pub async fn purged(&self, id: &SnapshotId) -> Result<Option<Purged>, EngineError> {
        self.objects.read(&purged_path(id.as_str())).await
    }

    /// That the rejects of a load were destroyed, if they were.
    pub(crate) async fn purged_load(&self, id: &Digest) -> Result<Option<Purged>, EngineError> {
        self.objects.read(&purged_path(&id.to_string())).await
    }

    /// Forgets that a snapshot was destroyed: the same export was taken again.
    pub(crate) async fn unpurge(&self, id: &SnapshotId) -> Result<(), EngineError> {
        self.objects.remove(&purged_path(id.as_str())).await
    }

    /// Forgets that the rejects of a load were destroyed: the same export was taken again.
    pub(crate) async fn unpurge_load(&self, id: &Digest) -> Result<(), EngineError> {
        self.objects.remove(&purged_path(&id.to_string())).await
    }

    /// Every hold, released ones too.
    pub async fn holds(&self) -> Result<Vec<Hold>, EngineError> {
        let mut holds = Vec::new();
        for (path, _) in self.objects.list("holds").await? {
            holds.push(self.objects.expect(&path).await?);
        }
        Ok(holds)
    }

    /// Places a hold.
    ///
    /// # Errors
    ///
    /// When a hold of this name is there.
    pub async fn place_hold(&self, hold: &Hold) -> Result<(), EngineError> {
        let fit = !hold.name.is_empty() && hold.name.chars().all(|c| c.is_alphanumeric() || c == '-');
        if !fit {
            return Err(EngineError::Asked(format!(
                "`{}` cannot name a hold: use letters, digits and hyphens.",
                hold.name
            )));
        }
        match self.objects.create(&format!("holds/{}.json", hold.name), hold).await? {
            super::objects::Created::Yes => Ok(()),
            super::objects::Created::Taken => {
                Err(EngineError::Asked(format!("A hold named `{}` is there already.", hold.name)))
            }
        }
    }

    /// Releases a hold; its record stays.
    ///
    /// # Errors
    ///
    /// When no hold of this name holds.
    pub async fn release_hold(&self, name: &str) -> Result<(), EngineError> {
        let path = format!("holds/{name}.json");
        match self.objects.read::<Hold>(&path).await? {
            Some(mut hold) if hold.released.is_none() => {
                hold.released = Some(self.clock.stamp());
                self.objects.replace(&path, &hold).await
            }
            _ => Err(EngineError::Asked(format!("No hold named `{name}` is in force. `haechi hold list` shows them."))),
        }
    }
}

fn purged_path(id: &str) -> String {
    format!("purged/{id}.json")
}

/// The last day a snapshot covers, or the day it was taken.
fn last_day(manifest: &Manifest, load: &LoadRecord) -> Option<Day> {
    match manifest.period {
        Some(period) => Some(period.to()),
        None => load.taken_at.get(..10)?.parse().ok(),
    }
}
