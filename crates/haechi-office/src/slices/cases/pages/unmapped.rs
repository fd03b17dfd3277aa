//! The page of sources that lead to nobody.

use askama::Template;
use axum::extract::State;

use super::super::{Filter, unmapped};
use crate::office::Office;
use crate::web::ui::{Column, Crumbs, Empty, Link, PageHead, Row, Table, Value};
use crate::web::{Html, Me, Page, PageError};

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
    crumbs: Crumbs,
    head: PageHead,
    sources: Table,
}

pub(super) async fn page(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let sources = unmapped::sources(&office, &tx, &me).await?;
    let sources = sources.into_iter().map(|source| {
        let only = Filter { scenario: Some(source.scenario.clone()), ..unmapped::filter() };
        Source {
            title: page.words(&source.title).to_owned(),
            named: source.named.unwrap_or_default(),
            why: page.say(&format!("why-{}", source.why)),
            count: source.count,
            oldest: page.moment(&source.oldest),
            href: format!("/cases?{}", super::list::query(&only, 1)),
            scenario: source.scenario,
        }
    });
    let rows = sources.map(|one| {
        Row::new([
            Value::from(Link::to(one.href, one.title)).soft(one.scenario),
            Value::from(one.named).soft(one.why),
            page.grouped(one.count).into(),
            one.oldest.into(),
        ])
    });
    let columns = [
        Column::new(page.say("scenario")),
        Column::new(page.say("unmapped-named")),
        Column::number(page.say("unmapped-count")),
        Column::day(page.say("unmapped-oldest")),
    ];
    let sources = Table::new(page.say("unmapped"), columns).rows(rows).or(Empty::new(page.say("unmapped-none")));
    let crumbs = Crumbs::new(&page, [Link::to("/monitoring", page.say("menu-monitoring"))], page.say("unmapped"));
    let head = PageHead::new(page.say("unmapped")).lead(page.say("unmapped-about"));
    Html::of(&Unmapped { crumbs, head, sources, page })
}
