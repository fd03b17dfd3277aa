//! A scenario folder: what it is (`scenario.toml`), its query, its page, its cases and its lock.

mod cases;
mod explain;
mod file;
#[cfg(test)]
mod fixture;
mod lint;
mod lock;
mod parameters;
mod scaffold;
mod sql_text;
mod tree;
mod why;

use haechi_core::digest::Digest;
use haechi_core::finding::Severity;
use haechi_core::ids::{Government, ScenarioId, TableName};
use haechi_core::run_report::Notify;
use haechi_core::time::Day;
use haechi_core::words::Words;
use indexmap::IndexMap;

pub use cases::{CASE_GOVERNMENT, CaseRow, CaseTable, ScenarioCase, output_columns, scenario_cases};
pub use explain::{PARTICLES, nothing, shown, shown_day};
pub use file::{FACT_UNITS, PARAMETER_UNITS};
pub use lint::{CHECKS, Fix, Level, Lint, apply_fixes, lint};
pub use lock::{check_lock, lock};
pub use parameters::{AS_OF, Expanded, Override, Overrides};
pub use scaffold::new_scenario;
pub use tree::{scenario_folders, shipped_folders};
pub use why::why_it_matters;

/// The files whose content is a scenario's meaning; their digest is cited by every finding and held by the lock.
pub const RULE_FILES: [&str; 2] = ["scenario.toml", "query.sql"];

/// A scenario, checked against the dictionary and ready to run.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its id.
    pub id: ScenarioId,
    /// Its version; a published one never changes meaning under the same version.
    pub version: u32,
    /// Where it stands in its life.
    pub status: Status,
    /// Its rows of the catalogue: `CARD-05`.
    pub catalogue: Vec<String>,
    /// The area of the catalogue it belongs to, also its folder's parent: `card`.
    pub area: String,
    /// Who keeps it up: a team or body, for questions about the rule itself.
    pub owner: String,
    /// How much it matters if true.
    pub severity: Severity,
    /// Whom to tell first.
    pub notify: Notify,
    /// What it is called, after what it finds.
    pub title: Words,
    /// What the person asked should do.
    pub remedy: Words,
    /// The question, with `{column}` for subject columns, `amount`, `occurred_on` and facts (`{payments}` is `fact_payments`).
    pub explanation: Words,
    /// What it rests on: laws with article, or `to be confirmed`.
    pub basis: Vec<Basis>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// How many findings a middle-sized city should expect a month, so that a flood is noticed as one.
    pub expected_a_month: Option<u32>,
    /// Working days to answer.
    pub deadline_working_days: u32,
    /// The columns that say what a finding is about, in order.
    pub subject: Vec<TableName>,
    /// The output column that names the unit to ask.
    pub responsible_unit: Option<TableName>,
    /// The output column that names the official to ask.
    pub responsible_person: Option<TableName>,
    /// The facts it shows, by name without `fact_`.
    pub facts: IndexMap<TableName, Fact>,
    /// The tables it reads.
    pub inputs: IndexMap<TableName, Input>,
    /// Its parameters.
    pub parameters: IndexMap<TableName, Parameter>,
    /// Per input table the expressions whose equality decides which rows can change the verdict on one subject.
    /// `None`: it judges a whole distribution and runs in batch only.
    pub locality: Option<IndexMap<TableName, Vec<String>>>,
    /// Per input table the date column it looks up in the working calendar, so that unlisted years are counted.
    pub calendar: IndexMap<TableName, TableName>,
    /// `query.sql` as written, with `$name` and `@name(column)`.
    pub sql: String,
    /// Digest of [`RULE_FILES`].
    pub digest: Digest,
}

/// Where a scenario stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; runs only when asked for by name.
    Draft,
    /// Runs, may still change.
    Preview,
    /// Runs; a change needs a new version.
    Stable,
    /// Kept for what cites it; does not run.
    Retired,
}

/// What a scenario rests on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// The law's name, or `to be confirmed`.
    pub law: String,
    /// The article: `제30조 제1항`.
    pub article: Option<String>,
    /// The first day it holds.
    pub from: Option<Day>,
    /// The last day it holds.
    pub to: Option<Day>,
}

/// What `law`, `basis` and calendar sources say where nobody has checked the citation yet.
pub const TO_BE_CONFIRMED: &str = "to be confirmed";

/// A fact beside the subject.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its label.
    pub title: Words,
    /// `count`, `people`, `days`, `percent`; `money` for an amount in the finding's currency; none for text.
    pub unit: Option<String>,
}

/// A table a scenario reads.
#[derive(Clone, Debug)]
pub struct Input {
    /// The columns it reads; each must be supplied by some source, or the scenario cannot be judged.
    pub columns: Vec<TableName>,
    /// Those of [`Input::columns`] it can do without; where no source supplies one, it reads null.
    pub optional: Vec<TableName>,
    /// The data may end at most this many days before the as-of day.
    pub fresh_within_days: Option<u32>,
    /// More rejects than this make it unjudgeable, in parts of ten thousand; none means the mapping's own limit is enough.
    pub max_reject_per_10_000: Option<u32>,
    /// Whether its rows are flagged as evidence (`false` for reference tables).
    pub flagged: bool,
}

/// A parameter of a scenario.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// What it means.
    pub doc: Words,
    /// `KRW`, `count`, `hours`, `percent`, `currency` (then each value names its currency).
    pub unit: String,
    /// One number for all dates, or values by date, government and currency.
    pub value: ParameterValue,
    /// Smallest and largest sensible value.
    pub range: Option<(i64, i64)>,
}

/// What a parameter is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    /// `$name` in the query.
    Scalar(i64),
    /// `@name(date column)` or `@name(date column, currency column)` in the query.
    Dated(Vec<DatedValue>),
}

/// A value in force from a day on.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedValue {
    /// The first day.
    pub from: Day,
    /// For this government alone; a value of its own wins over one for all.
    pub government: Option<Government>,
    /// For amounts in this currency alone.
    pub currency: Option<String>,
    /// The value; money in the currency's smallest unit.
    pub value: i64,
    /// What it rests on: a law and article that `domain.md` has, or `to be confirmed`.
    pub basis: Option<String>,
}
