//! How long a step took, for the person waiting. No verdict depends on it.

use std::time::{Duration, Instant};

/// Started when made.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts.
    #[expect(clippy::disallowed_methods, reason = "shown to the person waiting; nothing is decided by it")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub(crate) fn read(&self) -> Duration {
        self.0.elapsed()
    }
}

/// `3.2 s`, or `8 min 54 s` from a minute on.
pub(crate) fn words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        return format!("{}.{} s", seconds, duration.subsec_millis() / 100);
    }
    format!("{} min {} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_times_are_in_seconds_and_long_ones_in_minutes() {
        assert_eq!(words(Duration::from_millis(3_210)), "3.2 s");
        assert_eq!(words(Duration::from_secs(534)), "8 min 54 s");
    }
}
