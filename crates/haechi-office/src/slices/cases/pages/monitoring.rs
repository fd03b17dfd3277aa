//! The monitoring day: what is left for me, for my unit, for the government.

use askama::Template;
use axum::extract::State;

use super::super::{Filter, monitoring};
use super::unit_name;
use crate::office::Office;
use crate::policy::{Action, generally};
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
    let left = monitoring::left(&office, &tx, &me).await?;
    let units = left
        .units
        .into_iter()
        .map(|unit| {
            let filter = Filter { unit: unit.unit.clone(), ..Filter::default() };
            UnitLine {
                name: unit_name(&me, &page, unit.unit.as_deref()),
                href: format!("/cases?{}", super::list::query(&filter, 1)),
                open: unit.open,
                late: unit.late,
                answered: unit.answered,
                closed: unit.closed,
                rate: format!("{}%", unit.rate()),
            }
        })
        .collect();
    let day = page.say(&format!("weekday-{}", left.weekday));
    Html::of(&Monitoring { day, next: page.day(&left.next), mine: left.mine, units, page })
}
