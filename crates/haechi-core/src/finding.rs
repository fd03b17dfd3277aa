//! What the engine found: the one type that passes from detection to everything after it.
//!
//! No clock and no history in it: the same snapshots, scenarios, parameters and installation key give the same bytes
//! on any machine. A finding is a question to the person responsible, never an accusation.

use std::fmt;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::ids::{Government, ScenarioId, SnapshotId, TableName};
use crate::money::Currency;
use crate::time::Day;
use crate::words::Words;

/// The number of this wire format.
pub const FORMAT: u32 = 1;

/// One thing that deserves a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// [`FORMAT`].
    pub format: u32,
    /// Who it is, for ever: see [`key_of`].
    pub key: Digest,
    /// Whose data.
    pub government: Government,
    /// Which scenario, in which version, with which content.
    pub scenario: ScenarioRef,
    /// The declared subject columns in the scenario's order: what the finding is about.
    pub subject: IndexMap<String, Value>,
    /// Whom to ask.
    pub responsible: Responsible,
    /// The day it happened, in local time; `None` where the record has no date.
    #[schemars(with = "Option<String>")]
    pub occurred_on: Option<Day>,
    /// The money at risk in the currency's smallest unit.
    pub amount: Option<i64>,
    /// Of which currency; present exactly when `amount` is.
    pub currency: Option<Currency>,
    /// How much it matters if true.
    pub severity: Severity,
    /// What the query shows beside the subject (its `fact_*` columns), in the scenario's order.
    pub facts: IndexMap<String, Value>,
    /// Every flagged row, by file and line, in the order of snapshot, file and line.
    pub evidence: Vec<Evidence>,
    /// A question in both languages.
    pub explanation: Words,
}

/// A scenario as it was when it spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRef {
    /// Its id.
    pub id: ScenarioId,
    /// Its version.
    pub version: u32,
    /// The digest of its folder's rule files.
    pub digest: Digest,
}

/// Whom to ask first. Both may be missing: then the finding has no owner yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Responsible {
    /// The unit, by the code the source uses.
    pub unit_code: Option<String>,
    /// The official, by employee number.
    pub employee_no: Option<String>,
}

/// One flagged row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The snapshot that holds the row.
    pub snapshot: SnapshotId,
    /// The standard table it lies in.
    pub table: TableName,
    /// The row's number in that table (`_row`).
    pub row: i64,
    /// The exported file's name; `database:table` of a row that was read from a live table.
    pub file: String,
    /// The member, where the file is an archive.
    pub member: Option<String>,
    /// The sheet, where the file is a workbook.
    pub sheet: Option<String>,
    /// The line the row begins on, counted from 1; of a row of a live table its place in the order of the key.
    pub line: u64,
    /// The row of the live table, where it was read from one: its key stays true when lines shift.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub live: Option<LiveRow>,
}

impl Evidence {
    /// Where the row stands, for people: `ledger.csv:12`, `all.zip!ledger.csv:12`, `book.xlsx!3월:12`,
    /// `efinance:public.payment (no 4711)`.
    pub fn place(&self) -> String {
        match &self.live {
            Some(live) => live.to_string(),
            None => format!("{}:{}", place(&self.file, self.member.as_deref(), self.sheet.as_deref()), self.line),
        }
    }
}

/// A row of a live database, named so that it is found again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LiveRow {
    /// The database's name in `databases.toml`.
    pub database: String,
    /// The table, with its schema where the database has schemas.
    pub table: String,
    /// The row's key, column by column. A value that is a personal identifier is masked and followed by `#` and the beginning
    /// of its keyed hash, which tells people apart and names nobody.
    pub key: IndexMap<String, String>,
}

impl fmt::Display for LiveRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.database, self.table)?;
        for (at, (column, value)) in self.key.iter().enumerate() {
            write!(f, "{}{column} {value}", if at == 0 { " (" } else { ", " })?;
        }
        f.write_str(if self.key.is_empty() { "" } else { ")" })
    }
}

/// A file, and what in it: `file`, `archive!member`, `workbook!sheet`.
pub fn place(file: &str, member: Option<&str>, sheet: Option<&str>) -> String {
    [Some(file), member, sheet].into_iter().flatten().collect::<Vec<_>>().join("!")
}

/// How much a finding matters if true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A look when there is time.
    Low,
    /// A look this month.
    Medium,
    /// A look now.
    High,
}

impl Severity {
    /// The word in the wire format.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// A value of a subject or fact column. There are no floats: rates are counted in whole units the scenario declares.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text; days and local times are texts of the form `2026-11-22` and `2026-11-22T14:05`.
    Text(String),
    /// Nothing there.
    Null,
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
            Self::Null => Ok(()),
        }
    }
}

/// The finding's key: SHA-256 of government, scenario id and the declared subject columns.
///
/// Never of version, parameters or evidence, so that a better rule or a late row does not make a new finding of an old one.
pub fn key_of(government: &Government, scenario: &ScenarioId, subject: &IndexMap<String, Value>) -> Digest {
    let mut parts = vec![b"haechi finding key 1".to_vec(), government.as_str().into(), scenario.as_str().into()];
    for (name, value) in subject {
        parts.push(name.as_bytes().to_vec());
        parts.push(match value {
            Value::Null => vec![0],
            Value::Bool(value) => vec![1, u8::from(*value)],
            Value::Int(value) => [&[2], value.to_le_bytes().as_slice()].concat(),
            Value::Text(value) => [&[3], value.as_bytes()].concat(),
        });
    }
    Digest::of_parts(parts)
}
