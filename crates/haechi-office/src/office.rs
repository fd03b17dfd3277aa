//! What every part of the office works with.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use haechi_core::calendar::WorkCalendar;
use haechi_core::deadline::OfficeHours;
use haechi_core::time::{Clock, Day, LocalTime, Moment};

use crate::audit::{Signer, Witness};
use crate::config::Config;
use crate::db::Database;
use crate::files::Files;
use crate::ids::TenantId;
use crate::slices::people::Directory;

/// An office: its database, clock, calendar, settings and key. Cheap to clone.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

struct Inner {
    db: Database,
    clock: Arc<dyn Clock>,
    calendar: WorkCalendar,
    hours: OfficeHours,
    config: Config,
    signer: Signer,
    witness: Witness,
    files: Files,
    directories: Mutex<BTreeMap<TenantId, (i64, Arc<Directory>)>>,
}

/// Directories that are kept in memory; of more governments than these the one used longest ago is read again.
const DIRECTORIES: usize = 300;

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").finish_non_exhaustive()
    }
}

impl Office {
    /// An office of these parts.
    pub fn new(
        db: Database,
        clock: Arc<dyn Clock>,
        calendar: WorkCalendar,
        config: Config,
        signer: Signer,
        witness: Witness,
        files: Files,
    ) -> Self {
        let (hours, directories) = (OfficeHours::default(), Mutex::default());
        Self(Arc::new(Inner { db, clock, calendar, hours, config, signer, witness, files, directories }))
    }

    /// Its database.
    pub fn db(&self) -> &Database {
        &self.0.db
    }

    /// Its clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Its days off.
    pub fn calendar(&self) -> &WorkCalendar {
        &self.0.calendar
    }

    /// Its hours.
    pub fn hours(&self) -> &OfficeHours {
        &self.0.hours
    }

    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The key with which it signs its logs.
    pub fn signer(&self) -> &Signer {
        &self.0.signer
    }

    /// The key with which it signs what others' logs show it.
    pub fn witness(&self) -> &Witness {
        &self.0.witness
    }

    /// Where attachments lie.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// Now.
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }

    /// A moment as the clock on the wall shows it.
    pub fn local(&self, moment: Moment) -> LocalTime {
        moment.naive_utc() + chrono::TimeDelta::minutes(i64::from(self.0.config.zone_minutes))
    }

    /// A time on the wall as a moment.
    pub fn moment(&self, local: LocalTime) -> Moment {
        (local - chrono::TimeDelta::minutes(i64::from(self.0.config.zone_minutes))).and_utc()
    }

    /// Now, as the clock on the wall shows it.
    pub fn local_now(&self) -> LocalTime {
        self.local(self.now())
    }

    /// Today.
    pub fn today(&self) -> Day {
        self.local_now().date()
    }

    /// The same office with other settings.
    #[cfg(test)]
    pub(crate) fn clone_with(&self, config: Config) -> Self {
        self.remade(config, self.signer().clone())
    }

    /// The same office with another key.
    #[cfg(test)]
    pub(crate) fn clone_signing(&self, signer: Signer) -> Self {
        self.remade(self.config().clone(), signer)
    }

    #[cfg(test)]
    fn remade(&self, config: Config, signer: Signer) -> Self {
        let of = &*self.0;
        Self::new(
            of.db.clone(),
            of.clock.clone(),
            of.calendar.clone(),
            config,
            signer,
            of.witness.clone(),
            of.files.clone(),
        )
    }

    pub(crate) fn kept_directory(&self, tenant: TenantId, version: i64) -> Option<Arc<Directory>> {
        let kept = self.0.directories.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&tenant).filter(|kept| kept.0 == version).map(|kept| kept.1.clone())
    }

    pub(crate) fn keep_directory(&self, tenant: TenantId, version: i64, directory: Arc<Directory>) {
        let mut kept = self.0.directories.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= DIRECTORIES {
            kept.pop_first();
        }
        kept.insert(tenant, (version, directory));
    }
}
