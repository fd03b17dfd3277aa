//! Scenarios as a government runs them (시나리오 관리): which run and with which values. What one person proposes with a reason, a second
//! person decides; the engine asks for what holds before each run, and its report says what it used.
//!
//! ```text
//! proposed ──approve──► holds from the next run on
//!     │
//!     └────refuse, withdraw──► nothing changes
//! ```
//!
//! The office knows a scenario from the runs that were handed in: what its parameters mean, may be, and were.

mod actions;
pub(crate) mod api;
mod error;
pub(crate) mod migrations;
mod pages;
mod store;
#[cfg(test)]
mod tests;

pub use self::actions::{Change, What, decide, propose, withdraw};
pub use self::error::ScenarioError;

use std::collections::BTreeMap;

use haechi_core::decided::{Decided, DecidedValue};
use haechi_core::ids::{ScenarioId, TableName};
use haechi_core::run_report::{ParameterWords, RunReport};
use haechi_core::time::Day;
use haechi_core::words::Words;
use indexmap::IndexMap;

use super::Slice;
use crate::db::Transaction;
use crate::ids::{PersonId, RunId};
use crate::office::Office;
use crate::policy::{Action, Actor, Standing, Subject};

ids! {
    /// A change of a scenario that was proposed.
    ScenarioChangeId,
}

/// The slice.
pub const SLICE: Slice = Slice {
    name: "scenarios",
    routes,
    words: (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    migrations: migrations::migrations,
    documents: || vec![api::document()],
    menu: &[("/scenarios", "menu-scenarios", Some(Action::ReadScenarios))],
};

fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// A change that somebody proposed: nobody decides their own.
#[derive(Clone, Copy, Debug)]
pub struct ProposedBy(pub PersonId);

impl Subject for ProposedBy {
    const READ: Action = Action::ReadScenarios;

    fn standing(&self, actor: &Actor) -> Standing {
        if actor.is_or_is_done_by(Some(self.0)) { Standing::Own } else { Standing::General }
    }
}

/// Keeps what a run shows of its scenarios.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn keep(
    office: &Office,
    tx: &Transaction,
    run: RunId,
    report: &RunReport,
) -> Result<(), sea_orm::DbErr> {
    let json = |error: serde_json::Error| sea_orm::DbErr::Json(error.to_string());
    let mut rows = Vec::new();
    for one in &report.scenarios {
        let parameters = one.follow_up.as_ref().map(|follow_up| &follow_up.parameters);
        rows.push(store::known::Model {
            tenant: tx.tenant(),
            scenario: one.scenario.id.to_string(),
            title_ko: one.title.ko.clone(),
            title_en: one.title.en.clone(),
            version: i32::try_from(one.scenario.version).unwrap_or(i32::MAX),
            severity: one.severity.as_str().to_owned(),
            parameters: serde_json::to_string(&parameters).map_err(json)?,
            used: serde_json::to_string(&one.parameters).map_err(json)?,
            outcome: one.outcome.word().to_owned(),
            run,
            seen_at: office.now(),
        });
    }
    store::keep(tx, rows).await
}

/// A scenario as the newest run that had it showed it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: String,
    pub(crate) title: Words,
    pub(crate) version: i32,
    pub(crate) severity: String,
    /// What its parameters mean and may be.
    pub(crate) parameters: IndexMap<String, ParameterWords>,
    /// The values it ran with.
    pub(crate) used: IndexMap<String, serde_json::Value>,
    /// The word of what came of it.
    pub(crate) outcome: String,
    pub(crate) run: RunId,
    pub(crate) seen_at: haechi_core::time::Moment,
}

impl From<store::known::Model> for Known {
    fn from(row: store::known::Model) -> Self {
        Self {
            id: row.scenario,
            title: Words::new(row.title_ko, row.title_en),
            version: row.version,
            severity: row.severity,
            parameters: serde_json::from_str::<Option<_>>(&row.parameters).ok().flatten().unwrap_or_default(),
            used: serde_json::from_str(&row.used).unwrap_or_default(),
            outcome: row.outcome,
            run: row.run,
            seen_at: row.seen_at,
        }
    }
}

/// The parameter of a switch: none.
const SWITCH: &str = "";

/// What was decided and holds, of all scenarios: the newest decision for each switch, number, and value of a day and currency.
#[derive(Clone, Debug, Default)]
pub(crate) struct InForce(BTreeMap<(String, String, String, Option<Day>), store::Row>);

impl InForce {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn read(tx: &Transaction) -> Result<Self, sea_orm::DbErr> {
        let mut all = BTreeMap::new();
        // In the order of their decisions: a later one replaces an earlier one.
        for row in store::approved(tx).await? {
            all.insert((row.scenario.clone(), row.parameter.clone(), row.currency.clone(), row.first_day), row);
        }
        // One that says "the scenario's own again" leaves nothing.
        all.retain(|_, row| row.value.is_some());
        Ok(Self(all))
    }

    /// Whether the scenario runs.
    pub(crate) fn is_on(&self, scenario: &str) -> bool {
        let key = (scenario.to_owned(), SWITCH.to_owned(), String::new(), None);
        self.0.get(&key).is_none_or(|row| row.value != Some(0))
    }

    /// The decisions about a parameter that hold, the latest day last.
    pub(crate) fn of(&self, scenario: &str, parameter: &str) -> Vec<&store::Row> {
        let mut rows: Vec<_> =
            self.0.values().filter(|row| row.scenario == scenario && row.parameter == parameter).collect();
        rows.sort_by_key(|row| row.first_day);
        rows
    }

    /// As the engine is told. What is no name of a scenario or parameter was never taken in, so nothing is left out here.
    pub(crate) fn told(&self) -> Decided {
        let mut decided = Decided { format: haechi_core::decided::FORMAT, ..Decided::default() };
        for row in self.0.values() {
            let Ok(scenario) = ScenarioId::parse(&row.scenario) else { continue };
            if row.parameter == SWITCH {
                if row.value == Some(0) {
                    decided.off.push(scenario);
                }
                continue;
            }
            let (Ok(parameter), Some(value)) = (TableName::parse(&row.parameter), row.value) else { continue };
            let currency = (!row.currency.is_empty()).then(|| row.currency.clone());
            decided.values.push(DecidedValue { scenario, parameter, value, from: row.first_day, currency });
        }
        decided
    }
}

/// What the engine is told before a run.
///
/// # Errors
///
/// When the database does not answer.
pub async fn decided(tx: &Transaction) -> Result<Decided, sea_orm::DbErr> {
    Ok(InForce::read(tx).await?.told())
}
