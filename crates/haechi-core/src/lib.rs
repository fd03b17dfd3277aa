//! The words the engine and the office share, and nothing that touches the world.
//!
//! No I/O, no async, no SQL, no HTTP. What is serialised here ([`finding`], [`run_report`], [`records`]) is a promise:
//! its JSON Schema lies in `docs/generated/`, its `format` number changes when its meaning does.

pub mod calendar;
pub mod chart;
pub mod deadline;
pub mod decided;
pub mod digest;
pub mod finding;
pub mod ids;
pub mod masking;
pub mod money;
pub mod period;
pub mod records;
pub mod run_report;
pub mod time;
pub mod words;
