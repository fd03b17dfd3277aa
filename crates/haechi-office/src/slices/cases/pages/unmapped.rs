//! Sources that lead to nobody: what a finding names is no unit and no person of the organisation, so that each of its alerts waits
//! until somebody claims it. Who keeps a unit's papers looks through them and claims their own.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;

use super::super::state::CaseState;
use super::super::{Filter, store};
use crate::office::Office;
use crate::policy;
use crate::slices::alerts;
use crate::web::{Html, Me, Page, PageError};

/// Cases that are looked through.
const MOST: u64 = 1_000;

/// A source.
struct Source {
    scenario: String,
    title: String,
    named: String,
    why: String,
    count: u64,
    oldest: String,
    href: String,
}

#[derive(Template)]
#[template(path = "cases/unmapped.html")]
struct Unmapped {
    page: Page,
    sources: Vec<Source>,
}

pub(super) async fn page(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused, now) = (policy::scope(&me), super::super::recused(&tx, &me).await?, office.now());
    let filter = Filter { state: Some(CaseState::Unowned), ..Filter::default() };
    let rows = store::list(&tx, &scope, &recused, &filter, now, (0, MOST)).await?;
    let mut sources: BTreeMap<(String, String, String), Source> = BTreeMap::new();
    let lead_nowhere = |row: &store::Row| matches!(row.routed_why.as_str(), "unmapped" | "unknown-unit");
    let rows: Vec<_> = rows.into_iter().filter(lead_nowhere).collect();
    let asked: Vec<_> = rows.iter().map(|row| row.alert).collect();
    let units = alerts::units(&tx, &asked).await?;
    for row in rows {
        let named = units.get(&row.alert).cloned().flatten().unwrap_or_default();
        let key = (row.scenario.clone(), named.clone(), row.routed_why.clone());
        let opened = page.moment(&row.opened_at);
        let source = sources.entry(key).or_insert_with(|| {
            let only = Filter { state: filter.state, scenario: Some(row.scenario.clone()), ..Filter::default() };
            Source {
                title: page.pick(&row.title_ko, &row.title_en),
                why: page.say(&format!("why-{}", row.routed_why)),
                href: format!("/cases?{}", super::list::query(&only, 1)),
                scenario: row.scenario,
                named,
                count: 0,
                oldest: opened.clone(),
            }
        });
        source.count += 1;
        if opened < source.oldest {
            source.oldest = opened;
        }
    }
    let mut sources: Vec<Source> = sources.into_values().collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.count));
    Html::of(&Unmapped { page, sources })
}
