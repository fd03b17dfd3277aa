//! One folder per integrity module, in reading order: a slice calls the public face of those before it alone.

pub mod people;

pub mod runs;

pub mod alerts;

pub mod cases;

pub mod statistics;

use crate::web::Routes;

/// What a slice adds to the office.
pub struct Slice {
    /// Its name.
    pub name: &'static str,
    /// Adds its routes.
    pub routes: fn(&mut Routes),
}

/// Every slice, in reading order.
pub const ALL: &[Slice] = &[people::SLICE, runs::SLICE, alerts::SLICE, cases::SLICE, statistics::SLICE];

/// The subject of a finding (a JSON object) as people read it: its values with a point between.
pub(crate) fn subject_text(subject: &str) -> String {
    values_text(&serde_json::from_str(subject).unwrap_or_default())
}

/// Values as people read them, with a point between.
pub(crate) fn values_text(values: &indexmap::IndexMap<String, serde_json::Value>) -> String {
    let values = values.values().filter(|value| !value.is_null());
    values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect::<Vec<_>>().join(" · ")
}
