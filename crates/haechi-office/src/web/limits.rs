//! How many requests a token may make. Kept in memory: after a restart everybody begins anew.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use haechi_core::time::Moment;

/// Tokens that are remembered before those at rest are forgotten.
const REMEMBERED: usize = 10_000;
const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// For each token the moment until which its requests are spoken for: each request takes its share of a minute from there, and
/// none may reach further than a minute ahead. That is a bucket that fills evenly, without a count to keep.
#[derive(Debug, Default)]
pub(super) struct Limits(Mutex<HashMap<String, Moment>>);

impl Limits {
    /// Takes one request of `token`.
    ///
    /// # Errors
    ///
    /// When it made its share: the seconds to wait.
    pub(super) fn take(&self, token: &str, now: Moment, a_minute: u32) -> Result<(), i64> {
        let share = TimeDelta::microseconds(60_000_000 / i64::from(a_minute.max(1)));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|_, until| *until > now);
        }
        let until = all.get(token).copied().unwrap_or(now).max(now) + share;
        let over = until - now - MINUTE;
        if over > TimeDelta::zero() {
            return Err(over.num_seconds() + 1);
        }
        all.insert(token.to_owned(), until);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_of_a_minutes_share_passes_and_then_one_at_a_time() {
        let (limits, start) = (Limits::default(), Moment::UNIX_EPOCH);
        for _ in 0..4 {
            assert_eq!(limits.take("a", start, 4), Ok(()));
        }
        assert_eq!(limits.take("a", start, 4), Err(16));
        assert_eq!(limits.take("b", start, 4), Ok(()), "another token has a share of its own");
        let later = start + TimeDelta::seconds(15);
        assert_eq!(limits.take("a", later, 4), Ok(()));
        assert_eq!(limits.take("a", later, 4), Err(16));
        let rested = start + TimeDelta::hours(1);
        for _ in 0..4 {
            assert_eq!(limits.take("a", rested, 4), Ok(()));
        }
    }
}
