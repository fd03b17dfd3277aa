//! The monitoring day: what is left for me, for my unit, for the government.

use askama::Template;
use axum::extract::State;

use super::super::{Filter, monitoring};
use super::unit_name;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::ui::{Column, Empty, Link, PageHead, Row, Stat, Stats, Table, Value};
use crate::web::{Html, Me, Page, PageError};

#[derive(Template)]
#[template(path = "cases/monitoring.html")]
struct Monitoring {
    page: Page,
    head: PageHead,
    stats: Stats,
    units: Table,
    unmapped: Link,
}

pub(super) async fn page(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadMonitoring)?;
    let tx = office.db().read(me.tenant()).await?;
    let left = monitoring::left(&office, &tx, &me).await?;
    let own = Filter { handler: me.id(), ..Filter::default() };
    let mut all = monitoring::LeftOfUnit::default();
    let rows: Vec<Row> = left
        .units
        .into_iter()
        .map(|of| {
            all.open += of.open;
            all.late += of.late;
            all.answered += of.answered;
            all.closed += of.closed;
            let filter = Filter { unit: of.unit.clone(), ..Filter::default() };
            let name = unit_name(&me, &page, of.unit.as_deref());
            let late = if of.late > 0 { Value::default().late(page.grouped(of.late)) } else { "0".into() };
            Row::new([
                Link::to(format!("/cases?{}", super::list::query(&filter, 1)), name).into(),
                page.grouped(of.open).into(),
                late,
                page.grouped(of.answered).into(),
                page.grouped(of.closed).into(),
                format!("{}%", of.rate()).into(),
            ])
        })
        .collect();
    let late = format!("/cases?{}", super::list::query(&Filter { late: true, ..Filter::default() }, 1));
    let own = format!("/cases?{}", super::list::query(&own, 1));
    let stats = Stats::new([
        Stat::new(page.say("monitoring-own"), page.grouped(left.mine)).link(own),
        Stat::new(page.say("monitoring-late"), page.grouped(all.late)).link(late).warn_if(all.late > 0),
        Stat::new(page.say("monitoring-open"), page.grouped(all.open)),
        Stat::new(page.say("monitoring-answered"), page.grouped(all.answered)),
        Stat::new(page.say("monitoring-rate"), format!("{}%", all.rate())),
    ]);
    let columns = [
        Column::new(page.say("case-unit")),
        Column::number(page.say("monitoring-open")),
        Column::number(page.say("monitoring-late")),
        Column::number(page.say("monitoring-answered")),
        Column::number(page.say("monitoring-closed")),
        Column::number(page.say("monitoring-rate")),
    ];
    let day = page.say(&format!("weekday-{}", left.weekday));
    let head = PageHead::new(page.say("menu-monitoring"))
        .expected(page.count("monitoring-mine", left.mine))
        .lead(page.of("monitoring-when", day, page.day(&left.next)))
        .printable(&page)
        .help(&page, "monitoring-rate-about");
    let units =
        Table::new(page.say("monitoring-units"), columns).rows(rows).or(Empty::new(page.say("monitoring-none")));
    Html::of(&Monitoring { head, stats, units, unmapped: Link::to("/unmapped", page.say("unmapped-link")), page })
}
