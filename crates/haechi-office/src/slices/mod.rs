//! One folder per integrity module, in reading order: a slice calls the public face of those before it alone.

pub mod people;

pub mod runs;

pub mod alerts;

pub mod scenarios;

pub mod cases;

pub mod statistics;

use sea_orm_migration::MigrationTrait;

use crate::policy::Action;
use crate::web::Routes;

/// All that a slice adds to the office: nothing else there has to be told of it.
pub struct Slice {
    /// Its name: that of its folder.
    pub name: &'static str,
    /// Adds its routes.
    pub routes: fn(&mut Routes),
    /// Its words, Korean and English: no message has the name of another's.
    pub words: (&'static str, &'static str),
    /// Its migrations, in the order of their names.
    pub migrations: fn() -> Vec<Box<dyn MigrationTrait>>,
    /// What it adds to the document of the API.
    pub documents: fn() -> Vec<utoipa::openapi::OpenApi>,
    /// Its places in the menu: address, message, and the action that shows it.
    pub menu: &'static [(&'static str, &'static str, Option<Action>)],
}

/// Every slice, in reading order.
pub const ALL: &[Slice] =
    &[people::SLICE, runs::SLICE, alerts::SLICE, scenarios::SLICE, cases::SLICE, statistics::SLICE];

/// The subject of a finding (a JSON object) as people read it: its values with a point between.
pub(crate) fn subject_text(subject: &str) -> String {
    values_text(&serde_json::from_str(subject).unwrap_or_default())
}

/// Values as people read them, with a point between.
pub(crate) fn values_text(values: &indexmap::IndexMap<String, serde_json::Value>) -> String {
    let values = values.values().filter(|value| !value.is_null());
    values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect::<Vec<_>>().join(" · ")
}
