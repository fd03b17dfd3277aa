//! Figures in the form that Prometheus reads (OpenMetrics text).

use std::sync::atomic::AtomicU64;

use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use super::figures::{OfGovernment, OfInstallation, age, moment};
use crate::office::Office;

type Labels = Vec<(&'static str, String)>;
type Durations = Family<Labels, Histogram, fn() -> Histogram>;
type Value = Gauge<f64, AtomicU64>;

/// Bounds of the durations in seconds: a page should take 15 ms, and nobody waits for ten seconds.
const BOUNDS: [f64; 11] = [0.005, 0.015, 0.03, 0.06, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What is counted while the office serves.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    took: Durations,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let requests = Family::<Labels, Counter>::default();
        let took = Durations::new_with_constructor(|| Histogram::new(BOUNDS));
        let mut registry = Registry::with_prefix("haechi");
        registry.register("http_requests", "Requests that were answered", requests.clone());
        registry.register("http_request_duration_seconds", "How long requests took", took.clone());
        Self { registry, requests, took }
    }
}

impl Metrics {
    /// Counts a request: its method, the pattern of its address, how it ended, how many seconds it took.
    pub(super) fn count(&self, method: &str, route: &str, status: u16, seconds: f64) {
        let labels = vec![("method", method.to_owned()), ("route", route.to_owned())];
        self.took.get_or_create(&labels).observe(seconds);
        let labels = [labels, vec![("status", status.to_string())]].concat();
        self.requests.get_or_create(&labels).inc();
    }

    /// All figures as text.
    pub(super) fn text(
        &self,
        office: &Office,
        installation: &OfInstallation,
        governments: &[OfGovernment],
    ) -> Result<String, std::fmt::Error> {
        let mut now = Now { registry: Registry::with_prefix("haechi") };
        now.installation(office, installation);
        now.governments(office, governments);
        let mut text = String::new();
        encode_registry(&mut text, &self.registry)?;
        encode_registry(&mut text, &now.registry)?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

/// What is so at this moment.
struct Now {
    registry: Registry,
}

/// A monitoring system reads every number as a floating one.
const fn number(count: i64) -> f64 {
    count as f64
}

fn count(count: impl TryInto<i64>) -> f64 {
    number(count.try_into().unwrap_or(i64::MAX))
}

impl Now {
    fn gauge(&mut self, name: &str, help: &str, values: impl IntoIterator<Item = (Labels, Option<f64>)>) {
        let family = Family::<Labels, Value>::default();
        for (labels, value) in values {
            if let Some(value) = value {
                family.get_or_create(&labels).set(value);
            }
        }
        self.registry.register(name, help, family);
    }

    fn one(&mut self, name: &str, help: &str, value: Option<f64>) {
        self.gauge(name, help, [(Vec::new(), value)]);
    }

    fn installation(&mut self, office: &Office, of: &OfInstallation) {
        let (open, idle, most) = of.connections;
        let state = |state: &str, value: u32| (vec![("state", state.to_owned())], Some(f64::from(value)));
        let connections = [state("open", open), state("idle", idle), state("most", most)];
        self.gauge("database_connections", "Connections to the database", connections);
        self.one(
            "clock_drift_seconds",
            "How far the database's clock is ahead of this machine's",
            of.drift.map(number),
        );
        self.one("disk_free_bytes", "Free bytes of the disk that holds attachments", of.disk.map(|disk| count(disk.0)));
        self.one("disk_bytes", "All bytes of that disk", of.disk.map(|disk| count(disk.1)));
        self.one("process_resident_bytes", "Memory that this process holds", of.memory.map(count));
        let round = of.round.map(|at| number(age(office.now(), at)));
        self.one("timed_round_age_seconds", "Seconds since timed work went round", round);
        self.one("migrations_pending", "Changes of the tables that are still to come", Some(count(of.tables.1)));
        let version = vec![("version", env!("CARGO_PKG_VERSION").to_owned()), ("database", of.database.clone())];
        self.gauge("build", "Which version runs", [(version, Some(1.0))]);
    }

    fn governments(&mut self, office: &Office, all: &[OfGovernment]) {
        let now = office.now();
        let mut each = |name: &str, help: &str, of: &dyn Fn(&OfGovernment) -> Option<f64>| {
            let values = all.iter().map(|one| (vec![("government", one.code.clone())], of(one)));
            self.gauge(name, help, values.collect::<Vec<_>>());
        };
        each("cases_open", "Open cases", &|one| Some(count(one.open)));
        each("cases_overdue", "Open cases past their due moment", &|one| Some(count(one.late)));
        each("messages_waiting", "Messages that wait to leave", &|one| Some(count(one.messages.waiting)));
        each("messages_failed", "Messages that were given up", &|one| Some(count(one.messages.failed)));
        each("messages_oldest_waiting_seconds", "How long the oldest of them is due", &|one| {
            one.messages.due_since.map(|since| number(age(now, since)))
        });
        each("webhooks_stopped", "Webhooks that were given up", &|one| Some(count(one.stopped)));
        each("log_events", "Events of the log", &|one| Some(count(one.log.events)));
        each("log_unsigned_events", "Events that no checkpoint covers yet", &|one| Some(count(one.log.unsigned)));
        each("log_unwitnessed_seconds", "Age of the oldest checkpoint that no witness signed", &|one| {
            let since = one.log.unwitnessed_since.as_deref().and_then(moment);
            one.log.has_witnesses.then(|| since.map_or(0.0, |since| number(age(now, since))))
        });
        each("backup_age_seconds", "Age of what the last backup holds", &|one| {
            one.backup.as_ref().map(|backup| number(age(now, backup.of_moment)))
        });
        each("backup_bytes", "Size of the last backup", &|one| one.backup.as_ref().map(|backup| number(backup.bytes)));
        each("run_age_seconds", "Seconds since a run was received", &|one| one.run_at.map(|at| number(age(now, at))));
    }
}
