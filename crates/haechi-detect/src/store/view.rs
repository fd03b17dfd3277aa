//! What counts now: per government, which snapshots are in view. A numbered file each time it changes; the highest counts.

use std::collections::BTreeMap;

use haechi_core::digest::Digest;
use haechi_core::ids::{Government, SnapshotId, SourceName, TableName};
use haechi_core::period::Period;
use serde::{Deserialize, Serialize};

use super::DataFolder;
use super::objects::Created;
use super::records::{LoadRecord, Manifest, manifest_path};
use crate::error::EngineError;

/// The snapshots of one government that count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// [`super::records::FORMAT`].
    pub format: u32,
    /// Whose.
    pub government: Government,
    /// Its number; 0 is the empty view before the first load.
    pub number: u32,
    /// In the order of table, source and period.
    pub entries: Vec<Entry>,
}

/// A snapshot in view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The standard table.
    pub table: TableName,
    /// The mapping.
    pub source: SourceName,
    /// What it covers; `None` for a full load.
    pub period: Option<Period>,
    /// Its id.
    pub snapshot: SnapshotId,
    /// The load that put it here.
    pub load: Digest,
}

impl View {
    /// The view once `load` counts: a full load replaces its table and source, a period load the periods it declares.
    ///
    /// # Errors
    ///
    /// When a declared period overlaps another one without being it: half of a quarter cannot be replaced.
    pub fn with(&self, load: &LoadRecord) -> Result<Self, EngineError> {
        let mut next = self.clone();
        next.number += 1;
        for snapshot in &load.snapshots {
            let same_source = |entry: &Entry| entry.table == load.table && entry.source == load.source;
            let clash = next.entries.iter().find(|entry| {
                same_source(entry)
                    && entry.period != snapshot.period
                    && matches!((entry.period, snapshot.period), (Some(a), Some(b)) if a.overlaps(&b))
            });
            if let Some(Entry { period: Some(there), .. }) = clash {
                return Err(EngineError::Asked(format!(
                    "The load covers {}, which overlaps {there} that is already loaded from `{}`. A period can only be replaced whole: \
                     take files that cover {there}. Nothing was replaced.",
                    snapshot.period.map(|period| period.to_string()).unwrap_or_default(),
                    load.source
                )));
            }
            next.entries.retain(|entry| {
                !(same_source(entry)
                    && (snapshot.period.is_none() || entry.period.is_none() || entry.period == snapshot.period))
            });
        }
        next.entries.extend(load.snapshots.iter().map(|snapshot| Entry {
            table: load.table.clone(),
            source: load.source.clone(),
            period: snapshot.period,
            snapshot: snapshot.id.clone(),
            load: load.id,
        }));
        next.entries.sort();
        Ok(next)
    }

    /// Whether it shows the same snapshots as `other`, whoever loaded them.
    pub fn shows_the_same(&self, other: &Self) -> bool {
        let shown = |view: &Self| -> Vec<_> {
            view.entries.iter().map(|e| (e.table.clone(), e.source.clone(), e.period, e.snapshot.clone())).collect()
        };
        shown(self) == shown(other)
    }
}

impl DataFolder {
    /// The governments that have a view.
    pub async fn governments(&self) -> Result<Vec<Government>, EngineError> {
        let mut found: Vec<Government> = self
            .objects
            .list("views")
            .await?
            .iter()
            .filter_map(|(path, _)| Government::parse(path.split('/').nth(1)?).ok())
            .collect();
        found.dedup();
        Ok(found)
    }

    /// The view of `government` that counts now.
    pub async fn view(&self, government: &Government) -> Result<View, EngineError> {
        match self.objects.latest(&format!("views/{government}")).await? {
            Some(number) => self.objects.expect(&view_path(government, number)).await,
            None => Ok(View {
                format: super::records::FORMAT,
                government: government.clone(),
                number: 0,
                entries: Vec::new(),
            }),
        }
    }

    /// Makes `load` count. Of two at once each is put on top of the other's, in the order they arrive.
    pub(crate) async fn commit(&self, load: &LoadRecord) -> Result<View, EngineError> {
        loop {
            let now = self.view(&load.government).await?;
            let next = now.with(load)?;
            if next.shows_the_same(&now) {
                return Ok(now);
            }
            match self.objects.create(&view_path(&load.government, next.number), &next).await? {
                Created::Yes => return Ok(next),
                Created::Taken => {}
            }
        }
    }

    /// Puts `view` on top of the one it was made from.
    ///
    /// # Errors
    ///
    /// [`EngineError::Busy`] when somebody else changed the view meanwhile.
    pub(crate) async fn replace_view(&self, view: &View) -> Result<(), EngineError> {
        match self.objects.create(&view_path(&view.government, view.number), view).await? {
            Created::Yes => Ok(()),
            Created::Taken => Err(EngineError::Busy { holder: "the view changed meanwhile".to_owned() }),
        }
    }

    /// The manifests of the snapshots in `view`, by id.
    pub async fn manifests(&self, view: &View) -> Result<BTreeMap<SnapshotId, Manifest>, EngineError> {
        let mut found = BTreeMap::new();
        for entry in &view.entries {
            found.insert(entry.snapshot.clone(), self.manifest(&entry.snapshot).await?);
        }
        Ok(found)
    }

    /// The manifest of a snapshot.
    pub async fn manifest(&self, id: &SnapshotId) -> Result<Manifest, EngineError> {
        self.objects.expect(&manifest_path(id)).await
    }
}

fn view_path(government: &Government, number: u32) -> String {
    format!("views/{government}/{number:08}.json")
}
