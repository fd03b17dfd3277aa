//! What a government decided about its scenarios, as the office tells the engine: which do not run, and values of its own.

use serde::{Deserialize, Serialize};

use crate::ids::{ScenarioId, TableName};
use crate::time::Day;

/// The number of this wire format.
pub const FORMAT: u32 = 1;

/// Everything that was decided and holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// [`FORMAT`].
    pub format: u32,
    /// Scenarios that do not run, by id.
    pub off: Vec<ScenarioId>,
    /// Values of the government's own, in the order of scenario, parameter and first day.
    pub values: Vec<DecidedValue>,
}

/// A value of the government's own for a parameter of a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecidedValue {
    /// The scenario.
    pub scenario: ScenarioId,
    /// The parameter.
    pub parameter: TableName,
    /// The value; money in the currency's smallest unit.
    pub value: i64,
    /// The first day on which it holds, for a parameter with values by date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The currency it is for, where values differ by currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}
