//! The monitoring day: what is left for me, for my unit, for the government.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;

use super::super::state::CaseState;
use super::super::{Filter, store};
use super::unit_name;
use crate::office::Office;
use crate::policy::{self, Action, generally};
use crate::settings::{Setting, Settings};
use crate::web::{Html, Me, Page, PageError};

/// A unit's line.
struct UnitLine {
    name: String,
    href: String,
    open: u64,
    late: u64,
    answered: u64,
    closed: u64,
    rate: String,
}

#[derive(Template)]
#[template(path = "cases/monitoring.html")]
struct Monitoring {
    page: Page,
    day: String,
    next: String,
    mine: u64,
    units: Vec<UnitLine>,
}

pub(super) async fn page(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadMonitoring)?;
    let tx = office.db().read(me.tenant()).await?;
    let (scope, recused, now) = (policy::scope(&me), super::super::recused(&tx, &me).await?, office.now());
    let settings = Settings::read(&tx).await?;
    let weekday = settings.get(Setting::MonitoringDay, me.day(), None).value;
    let next = super::super::monitoring::next(office.calendar(), me.day(), weekday)?;
    let own = Filter { handler: me.id(), ..Filter::default() };
    let mine = store::count(&tx, &scope, &recused, &own, now).await?;
    // Only what this person may see one by one is counted.
    let mut units: BTreeMap<Option<String>, [u64; 4]> = BTreeMap::new();
    for (unit, state, late, count) in store::by_unit(&tx, &scope, &recused, now).await? {
        let line = units.entry(unit).or_default();
        match CaseState::parse(&state) {
            Some(CaseState::Closed) => line[3] += count,
            Some(CaseState::WithManager | CaseState::WithAudit) => line[2] += count,
            _ => line[0] += count,
        }
        line[1] += late;
    }
    let units = units
        .into_iter()
        .map(|(unit, [open, late, answered, closed])| {
            let all = open + answered + closed;
            let rate = ((answered + closed) * 100).checked_div(all).unwrap_or(100);
            let filter = Filter { unit: unit.clone(), ..Filter::default() };
            UnitLine {
                name: unit_name(&me, &page, unit.as_deref()),
                href: format!("/cases?{}", super::list::query(&filter, 1)),
                open,
                late,
                answered,
                closed,
                rate: format!("{rate}%"),
            }
        })
        .collect();
    let day = page.say(&format!("weekday-{weekday}"));
    Html::of(&Monitoring { day, next: page.day(&next), mine, units, page })
}
