//! Sources that lead to nobody: what a finding names is no unit and no person of the organisation, so that each of its alerts waits
//! until somebody claims it. Who keeps a unit's papers looks through them and claims their own.

use std::collections::BTreeMap;

use haechi_core::time::Moment;
use haechi_core::words::Words;

use super::state::CaseState;
use super::{CaseError, Filter, store};
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{self, Actor};
use crate::slices::alerts;

/// Cases that are looked through.
const MOST: u64 = 1_000;

/// A source.
pub(super) struct Source {
    pub(super) scenario: String,
    pub(super) title: Words,
    /// What its findings name as their unit; none where they name nothing.
    pub(super) named: Option<String>,
    /// Why that leads to nobody: `unmapped`, `unknown-unit`.
    pub(super) why: String,
    /// How many cases of it wait.
    pub(super) count: u64,
    /// Since when the oldest does.
    pub(super) oldest: Moment,
}

/// The list in which the cases of unmapped sources are.
pub(super) fn filter() -> Filter {
    Filter { state: Some(CaseState::Unowned), ..Filter::default() }
}

/// The sources whose cases somebody may see, those with the most first.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn sources(office: &Office, tx: &Transaction, me: &Actor) -> Result<Vec<Source>, CaseError> {
    let (scope, recused) = (policy::scope(me), super::recused(tx, me).await?);
    let rows = store::list(tx, &scope, &recused, &filter(), office.now(), (0, MOST)).await?;
    let lead_nowhere = |row: &store::Row| matches!(row.routed_why.as_str(), "unmapped" | "unknown-unit");
    let rows: Vec<_> = rows.into_iter().filter(lead_nowhere).collect();
    let asked: Vec<_> = rows.iter().map(|row| row.alert).collect();
    let units = alerts::units(tx, &asked).await?;
    let mut sources: BTreeMap<(String, Option<String>, String), Source> = BTreeMap::new();
    for row in rows {
        let named = units.get(&row.alert).cloned().flatten().filter(|named| !named.is_empty());
        let key = (row.scenario.clone(), named.clone(), row.routed_why.clone());
        let source = sources.entry(key).or_insert_with(|| Source {
            scenario: row.scenario,
            title: Words::new(row.title_ko, row.title_en),
            named,
            why: row.routed_why,
            count: 0,
            oldest: row.opened_at,
        });
        source.count += 1;
        source.oldest = source.oldest.min(row.opened_at);
    }
    let mut sources: Vec<Source> = sources.into_values().collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.count));
    Ok(sources)
}
