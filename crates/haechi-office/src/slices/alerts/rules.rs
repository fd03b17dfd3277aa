//! What rules say of themselves: why they matter and what their values are called. Kept once for each version, not with each alert.

use haechi_core::run_report::{ColumnWords, RunReport};
use haechi_core::words::Words;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::store;
use crate::db::Transaction;

/// What a rule says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RuleWords {
    /// Why it matters.
    pub(crate) why: Option<Words>,
    /// What its subject and facts are called, in the order in which they are shown.
    #[serde(default)]
    pub(crate) columns: IndexMap<String, ColumnWords>,
}

/// Keeps what the rules of a run say of themselves.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn keep_rules(tx: &Transaction, report: &RunReport) -> Result<(), sea_orm::DbErr> {
    let mut rows = Vec::new();
    for run in &report.scenarios {
        let Some(follow_up) = &run.follow_up else { continue };
        let words = RuleWords { why: follow_up.why.clone(), columns: follow_up.columns.clone() };
        let words = serde_json::to_string(&words).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
        rows.push((run.scenario.id.to_string(), run.scenario.digest.to_string(), words));
    }
    store::keep_rules(tx, rows).await
}

/// What the rule of this version says of itself; nothing where no run has said it.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn rule_words(tx: &Transaction, scenario: &str, digest: &str) -> Result<RuleWords, sea_orm::DbErr> {
    let words = store::rule(tx, scenario, digest).await?;
    Ok(words.and_then(|words| serde_json::from_str(&words).ok()).unwrap_or_default())
}
