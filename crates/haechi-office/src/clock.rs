//! A clock that can be moved forward: in tests, and in the office of an invented government.

use std::sync::atomic::{AtomicI64, Ordering};

use haechi_core::time::Clock;

/// Another clock, moved forward by so many seconds. It never goes back.
#[derive(Debug)]
pub struct MovedClock<C> {
    inner: C,
    seconds: AtomicI64,
}

impl<C: Clock> MovedClock<C> {
    /// `inner`, moved by `seconds`.
    pub const fn new(inner: C, seconds: i64) -> Self {
        Self { inner, seconds: AtomicI64::new(seconds) }
    }

    /// By how much it is moved.
    pub fn moved(&self) -> i64 {
        self.seconds.load(Ordering::SeqCst)
    }

    /// Moves it forward, and says by how much it is moved in all.
    pub fn forward(&self, seconds: i64) -> i64 {
        let seconds = seconds.max(0);
        self.seconds.fetch_add(seconds, Ordering::SeqCst) + seconds
    }
}

impl<C: Clock> Clock for MovedClock<C> {
    fn unix_seconds(&self) -> i64 {
        self.inner.unix_seconds() + self.moved()
    }
}
