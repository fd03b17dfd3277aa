//! One line of the log.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The number of the line's form.
pub const FORMAT: u32 = 1;

/// By which way it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// A page.
    Web,
    /// The API, with a token.
    Api,
    /// Timed work.
    Job,
    /// The command line.
    Cli,
}

/// What it was done to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// What kind of record: `case`, `exclusion`, `grant`.
    pub kind: String,
    /// Its name among those of its kind.
    pub id: String,
}

impl Record {
    /// The two as one word, by which the events of a record are found: `case/0199…`.
    pub(super) fn about(&self) -> String {
        format!("{}/{}", self.kind, self.id)
    }
}

/// What an action says of itself, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The action, as the policy names it: `case.confirm`.
    pub action: String,
    /// In whose name: a person's id, or the name of a worker.
    pub actor: String,
    /// Who did it in truth, where that is another.
    pub true_actor: Option<String>,
    /// By which way.
    pub via: Via,
    /// What it was done to.
    pub record: Record,
    /// SHA-256 of the record before, in hex; none where there was none.
    pub before: Option<String>,
    /// The same after; none where it is gone.
    pub after: Option<String>,
}

/// An event as it stands in the log: one line of JSON, whose bytes are the leaf. Never a name, an identifier or a text a person
/// wrote: those are in the record, which can be destroyed when its time is up, and the log still verifies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// The form: [`FORMAT`].
    pub format: u32,
    /// Its place in the tenant's log, from 0.
    pub position: u64,
    /// When, UTC: `2026-11-24T05:03:54Z`.
    pub at: String,
    /// See [`Entry`].
    pub action: String,
    /// See [`Entry`].
    pub actor: String,
    /// See [`Entry`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub true_actor: Option<String>,
    /// See [`Entry`].
    pub via: Via,
    /// See [`Entry`].
    pub record: Record,
    /// See [`Entry`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// See [`Entry`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// An [`Event`] as it is checked: of the same form, its texts left where they stand. A log has millions of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    #[serde(rename = "format")]
    _format: u32,
    pub(super) position: u64,
    #[serde(borrow, rename = "at")]
    _at: Cow<'a, str>,
    #[serde(borrow, rename = "action")]
    _action: Cow<'a, str>,
    #[serde(borrow, rename = "actor")]
    _actor: Cow<'a, str>,
    #[serde(borrow, default, rename = "true_actor")]
    _true_actor: Option<Cow<'a, str>>,
    #[serde(rename = "via")]
    _via: Via,
    #[serde(borrow, rename = "record")]
    _record: LineRecord<'a>,
    #[serde(borrow, default, rename = "before")]
    _before: Option<Cow<'a, str>>,
    #[serde(borrow, default, rename = "after")]
    _after: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineRecord<'a> {
    #[serde(borrow, rename = "kind")]
    _kind: Cow<'a, str>,
    #[serde(borrow, rename = "id")]
    _id: Cow<'a, str>,
}

impl Event {
    pub(crate) fn new(entry: &Entry, position: u64, at: String) -> Self {
        let Entry { action, actor, true_actor, via, record, before, after } = entry.clone();
        Self { format: FORMAT, position, at, action, actor, true_actor, via, record, before, after }
    }
}

/// SHA-256 of a record as JSON, in hex: what an event says of a record before and after. Empty where it cannot be written as JSON.
pub fn digest(record: &impl Serialize) -> String {
    serde_json::to_vec(record).map(|bytes| haechi_core::digest::Digest::of(bytes).to_string()).unwrap_or_default()
}
