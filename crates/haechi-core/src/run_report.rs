//! What a run did: per scenario findings, clean, cannot be judged or failed. Silence is never read as clean.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::finding::{ScenarioRef, Severity};
use crate::ids::{Government, SnapshotId, SourceName, TableName};
use crate::money::Money;
use crate::period::Period;
use crate::time::Day;
use crate::words::Words;

/// The number of this wire format.
pub const FORMAT: u32 = 1;

/// One run over one government's data. Without a clock: when it ran is in the run's envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunReport {
    /// [`FORMAT`].
    pub format: u32,
    /// Whose data.
    pub government: Government,
    /// The day the run looked from; freshness counts from it.
    #[schemars(with = "String")]
    pub as_of: Day,
    /// Digest of the working calendar used.
    pub calendar: Digest,
    /// Every snapshot in view, in the order of table, source and period.
    pub snapshots: Vec<SnapshotUse>,
    /// Every scenario asked for, by id.
    pub scenarios: Vec<ScenarioRun>,
    /// How many findings in all.
    pub findings: u64,
    /// SHA-256 of the findings as JSON Lines.
    pub findings_digest: Digest,
}

/// A snapshot the run saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SnapshotUse {
    /// Its id, the digest of its content.
    pub id: SnapshotId,
    /// The standard table.
    pub table: TableName,
    /// The mapping that read it.
    pub source: SourceName,
    /// What it covers; `None` for a full load.
    pub period: Option<Period>,
    /// Rows in it.
    pub rows: u64,
    /// Rows of its files that did not fit.
    pub rejected: u64,
}

/// One scenario in the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRun {
    /// Id, version, digest.
    pub scenario: ScenarioRef,
    /// Its title.
    pub title: Words,
    /// Its severity.
    pub severity: Severity,
    /// Whom to tell first.
    pub notify: Notify,
    /// Its rows of the catalogue: `CARD-05`.
    pub catalogue: Vec<String>,
    /// The parameters used, as written: a number, or the dated values in force.
    pub parameters: IndexMap<String, serde_json::Value>,
    /// How what it finds is followed up; none in reports from before there was an office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<FollowUp>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What who answers needs to know of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Working days to answer.
    pub deadline_working_days: u32,
    /// What should be done.
    pub remedy: Words,
    /// What it rests on: `지방계약법 시행령 제30조`, or `to be confirmed`.
    pub basis: Vec<String>,
    /// Its subject and fact columns that hold personal data, which are masked on screen until a reason is given.
    #[serde(default)]
    pub personal: Vec<String>,
    /// Why it matters, in one paragraph; none in reports from before it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Words>,
    /// What its subject and fact columns are called, in the order in which they are shown.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub columns: IndexMap<String, ColumnWords>,
    /// What its parameters mean and may be; none in reports from before a government could decide about them.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub parameters: IndexMap<String, ParameterWords>,
}

/// What a parameter means and may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterWords {
    /// What it means.
    pub doc: Words,
    /// `count`, `hours`, `percent`, a currency's code, or `currency` (then each value names its own).
    pub unit: String,
    /// The least and the most it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<(i64, i64)>,
    /// Whether it has values by date.
    pub dated: bool,
    /// The scenario's own: a number, or the dated values in force.
    pub own: serde_json::Value,
}

/// What a value of a finding is called, and what it is counted in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnWords {
    /// What it is called.
    pub title: Words,
    /// `count`, `people`, `days`, `hours`, `minutes`, `percent`, `money` (in the finding's currency) or a currency's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Whom to tell first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Notify {
    /// The official who handled it, then the manager, then the auditor.
    #[default]
    Handler,
    /// Only the audit office, until it releases the finding: the handler may be the suspect.
    AuditFirst,
}

/// What came of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// It found something.
    Findings {
        /// How many.
        count: u64,
        /// The money at risk, a sum per currency.
        at_risk: Vec<Money>,
        /// Rows whose date lies in a year the calendar does not list, and so were not judged.
        outside_calendar: u64,
    },
    /// It looked at everything it needs and found nothing.
    Clean {
        /// Rows whose date lies in a year the calendar does not list, and so were not judged.
        outside_calendar: u64,
    },
    /// What it needs is missing, stale or too full of rejects.
    CannotBeJudged {
        /// Why, one a cause.
        reasons: Vec<Reason>,
    },
    /// It broke.
    Failed {
        /// Stable code: `plan`, `contract`, `run`, `timeout`, `memory`.
        code: String,
        /// What went wrong, for the scenario's owner.
        message: String,
    },
}

impl Outcome {
    /// The word for tables: `findings`, `clean`, `cannot be judged`, `failed`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Findings { .. } => "findings",
            Self::Clean { .. } => "clean",
            Self::CannotBeJudged { .. } => "cannot be judged",
            Self::Failed { .. } => "failed",
        }
    }
}

/// Why a scenario cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Stable code: `table_missing`, `column_missing`, `stale`, `too_many_rejects`, `purged`.
    pub code: String,
    /// The table it is about.
    pub table: TableName,
    /// In words.
    pub words: Words,
}
