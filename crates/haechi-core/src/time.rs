//! Days, and the one place that asks the machine for the time.

pub use chrono::Days;
pub use chrono::NaiveDate as Day;
pub use chrono::NaiveDateTime as LocalTime;

/// A moment, the same everywhere.
pub type Moment = chrono::DateTime<chrono::Utc>;

/// Where "now" comes from. The engine's verdicts never ask; manifests and the journal do.
pub trait Clock: Send + Sync {
    /// Seconds since 1970-01-01T00:00:00Z.
    fn unix_seconds(&self) -> i64;

    /// Now, to the second: what goes into a database comes back the same from each.
    fn now(&self) -> Moment {
        Moment::from_timestamp(self.unix_seconds(), 0).unwrap_or_default()
    }

    /// Now as `2026-11-22T05:03:54Z`, always UTC, so that files of two machines compare.
    fn stamp(&self) -> String {
        self.now().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask")]
    fn unix_seconds(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still, for tests.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub i64);

impl Clock for FixedClock {
    fn unix_seconds(&self) -> i64 {
        self.0
    }
}
