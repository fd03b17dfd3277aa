//! What every part of the office works with.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use haechi_core::calendar::WorkCalendar;
use haechi_core::deadline::OfficeHours;
use haechi_core::time::{Clock, Day, LocalTime, Moment};

use crate::audit::{Signer, Witness};
use crate::config::Config;
use crate::db::Database;
use crate::files::Files;
use crate::health::Watch;
use crate::ids::TenantId;
use crate::outbox::Senders;
use crate::seal::SealKey;
use crate::sign_in::Providers;
use crate::slices::people::Directory;

/// An office: its database, clock, calendar, settings and key. Cheap to clone.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

/// The keys of an installation, each secret in a file of its own.
#[derive(Clone)]
pub struct OwnKeys {
    /// With which it signs its logs.
    pub log: Signer,
    /// With which it signs what others' logs show it.
    pub witness: Witness,
    /// With which it seals what it alone reads.
    pub seal: SealKey,
}

struct Inner {
    db: Database,
    clock: Arc<dyn Clock>,
    calendar: WorkCalendar,
    hours: OfficeHours,
    config: Config,
    keys: OwnKeys,
    files: Files,
    senders: Senders,
    oidc: Providers,
    directories: Mutex<BTreeMap<TenantId, (i64, Arc<Directory>)>>,
    /// What timed work did last, by tenant and kind: see [`Office::did`].
    done: Mutex<BTreeMap<(TenantId, &'static str), String>>,
    /// What was worked out of rows: see [`Office::recall`].
    worked_out: Mutex<HashMap<(TenantId, String), WorkedOut>>,
    moved: Option<Moved>,
    watch: Watch,
}

/// What holds while the tenant's log has so many events, and before a moment.
struct WorkedOut {
    events: u64,
    before: Moment,
    what: Arc<dyn Any + Send + Sync>,
}

/// How the day of an invented government is moved.
struct Moved {
    /// How far it is, in seconds.
    by: Box<dyn Fn() -> i64 + Send + Sync>,
    /// Moves it by so many more.
    forward: Box<dyn Fn(i64) + Send + Sync>,
}

/// Things worked out that are kept in memory; beyond these any one makes room. A year's statistics of somebody are some 15 KB.
const WORKED_OUT: usize = 2_000;

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
        keys: OwnKeys,
        files: Files,
        senders: Senders,
    ) -> Self {
        let hours = OfficeHours::default();
        let (directories, done, worked_out) = (Mutex::default(), Mutex::default(), Mutex::default());
        let (moved, watch) = (None, Watch::default());
        let oidc = Providers::new(&config);
        Self(Arc::new(Inner {
            db,
            clock,
            calendar,
            hours,
            config,
            keys,
            files,
            senders,
            oidc,
            directories,
            done,
            worked_out,
            moved,
            watch,
        }))
    }

    /// The same office, whose day can be moved forward by `forward` (seconds); `by` says how far it is. For an invented government alone.
    #[must_use]
    pub fn movable(
        mut self,
        by: impl Fn() -> i64 + Send + Sync + 'static,
        forward: impl Fn(i64) + Send + Sync + 'static,
    ) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.0) {
            inner.moved = Some(Moved { by: Box::new(by), forward: Box::new(forward) });
        }
        self
    }

    /// Moves the day forward; `false` where it is the machine's.
    pub(crate) fn move_forward(&self, seconds: i64) -> bool {
        self.0.moved.as_ref().is_some_and(|moved| {
            (moved.forward)(seconds);
            true
        })
    }

    /// Whether this process did `what` for the tenant already as of `state`. A memory to save work and no more: whatever is done again
    /// after a restart changes nothing.
    pub(crate) fn did(&self, tenant: TenantId, what: &'static str, state: &str) -> bool {
        let done = self.0.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.get(&(tenant, what)).is_some_and(|done| done == state)
    }

    /// Notes that it was done.
    pub(crate) fn note_done(&self, tenant: TenantId, what: &'static str, state: String) {
        let mut done = self.0.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.insert((tenant, what), state);
    }

    /// What was worked out of a tenant's rows under this key, where its log still holds as many events: every write has its event, so that
    /// nothing was written since. The key says everything else that it depends on: whose eyes, which day.
    pub(crate) fn recall<T: Send + Sync + 'static>(&self, tenant: TenantId, key: &str, events: u64) -> Option<Arc<T>> {
        let kept = self.0.worked_out.lock().unwrap_or_else(PoisonError::into_inner);
        let found =
            kept.get(&(tenant, key.to_owned())).filter(|one| one.events == events && self.now() < one.before)?;
        found.what.clone().downcast().ok()
    }

    /// Keeps it, until something is written or `before`.
    pub(crate) fn keep_in_mind<T: Send + Sync + 'static>(
        &self,
        (tenant, key): (TenantId, String),
        events: u64,
        before: Moment,
        what: Arc<T>,
    ) {
        let mut kept = self.0.worked_out.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= WORKED_OUT
            && let Some(any) = kept.keys().next().cloned()
        {
            kept.remove(&any);
        }
        kept.insert((tenant, key), WorkedOut { events, before, what });
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

    /// What is known of this process while it runs.
    pub(crate) fn watch(&self) -> &Watch {
        &self.0.watch
    }

    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The key with which it signs its logs.
    pub fn signer(&self) -> &Signer {
        &self.0.keys.log
    }

    /// The key with which it signs what others' logs show it.
    pub fn witness(&self) -> &Witness {
        &self.0.keys.witness
    }

    /// The key with which it seals what it alone reads.
    pub(crate) fn seal(&self) -> &SealKey {
        &self.0.keys.seal
    }

    /// Providers by which people sign in.
    pub(crate) fn oidc(&self) -> &Providers {
        &self.0.oidc
    }

    /// Where attachments lie.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// The ways by which messages leave.
    pub fn senders(&self) -> &Senders {
        &self.0.senders
    }

    /// Now.
    pub fn now(&self) -> Moment {
        self.0.clock.now()
    }

    /// What the clocks of people's telephones say: now, also where the office's day was moved.
    pub fn telephones_now(&self) -> Moment {
        let by = self.0.moved.as_ref().map_or(0, |moved| (moved.by)());
        self.now() - chrono::TimeDelta::seconds(by)
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
        let senders = Senders::new(&config, crate::outbox::Passwords::default()).unwrap();
        Self::new(
            of.db.clone(),
            of.clock.clone(),
            of.calendar.clone(),
            config,
            OwnKeys { log: signer, witness: of.keys.witness.clone(), seal: of.keys.seal.clone() },
            of.files.clone(),
            senders,
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
