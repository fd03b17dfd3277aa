//! Tables of real servers, started for the test, read as they stood at one moment.

#![expect(clippy::unwrap_used, reason = "what a test does not expect ends it")]

mod changes;
mod clerk;
mod refusals;
mod values;
