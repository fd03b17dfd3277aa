//! People and units of a government as a personnel system has them: what the engine reads from an HR export and the office takes in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::Government;
use crate::time::Day;
use crate::words::Words;

/// The number of this wire format.
pub const FORMAT: u32 = 1;

/// Everything a personnel system says, as of a day. Whoever or whatever is not in it is no longer there from that day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// [`FORMAT`].
    pub format: u32,
    /// Whose.
    pub government: Government,
    /// The day on which it was so.
    #[schemars(with = "String")]
    pub as_of: Day,
    /// Units, in the order of their codes.
    pub units: Vec<UnitRecord>,
    /// Persons, in the order of their numbers.
    pub persons: Vec<PersonRecord>,
    /// Places, in the order of number, unit and first day.
    pub places: Vec<PlaceRecord>,
    /// Absences, in the order of number and first day.
    pub absences: Vec<AbsenceRecord>,
}

/// A bureau, department or team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitRecord {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: Words,
    /// The code of the unit above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// Its first day.
    #[schemars(with = "String")]
    pub from: Day,
    /// Its last day, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub to: Option<Day>,
    /// The unit that took over its work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Whether it is the audit office.
    #[serde(default)]
    pub audits: bool,
}

/// Somebody who works or worked there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonRecord {
    /// Their number in the personnel system.
    pub employee_no: String,
    /// Their name.
    pub name: String,
    /// Their address for mail at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
    /// Their number for messages at work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    /// Their last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub left_on: Option<Day>,
}

/// Somebody's place in a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceRecord {
    /// Who.
    pub employee_no: String,
    /// The unit's code.
    pub unit: String,
    /// As what.
    pub post: PostRecord,
    /// The duties that are theirs.
    #[serde(default)]
    pub duties: Vec<String>,
    /// The first day.
    #[schemars(with = "String")]
    pub from: Day,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub to: Option<Day>,
    /// Whether it is held for somebody who is away or not yet named.
    #[serde(default)]
    pub acting: bool,
}

/// What somebody is in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PostRecord {
    /// Its head.
    Head,
    /// Keeps its papers.
    Coordinator,
    /// Everybody else.
    Staff,
}

/// Days on which somebody is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceRecord {
    /// Who.
    pub employee_no: String,
    /// The first day.
    #[schemars(with = "String")]
    pub from: Day,
    /// The last day.
    #[schemars(with = "String")]
    pub to: Day,
}
