//! The page of sources that lead to nobody.

use askama::Template;
use axum::extract::State;

use super::super::{Filter, unmapped};
use crate::office::Office;
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
    sources: Vec<Source>,
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
    let sources = sources.collect();
    Html::of(&Unmapped { page, sources })
}
