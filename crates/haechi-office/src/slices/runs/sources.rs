//! The page of sources: what the newest run saw of each, how old it is, what is missing; and the button that imports and detects now.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use haechi_core::run_report::{Outcome, RunReport};
use haechi_core::time::Day;

use super::{store, tasks};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::ui::{Column, Empty, Kind, PageHead, Row, Table, Tabs, Tag, Value};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/runs/sources", Gate::May(Action::ReadRuns), page_of_sources)
        .get("/runs/sources/engine", Gate::May(Action::ReadRuns), engine)
        .post("/runs/sources/now", Gate::May(Action::StartRun), now);
}

/// The pages of the area, beside each other.
pub(super) fn tabs(page: &Page, here: &str) -> Tabs {
    [("/runs", "menu-runs"), ("/runs/sources", "sources")]
        .into_iter()
        .fold(Tabs::new(page.say("menu-runs")), |all, (href, word)| all.tab(href, page.say(word), href == here))
}

#[derive(Template)]
#[template(path = "runs/sources.html")]
struct Sources {
    page: Page,
    head: PageHead,
    tabs: Tabs,
    task: tasks::Shown,
    sources: Table,
    missing: Option<Table>,
}

/// What a run saw of a source.
#[derive(Default)]
struct Seen {
    rows: u64,
    rejected: u64,
    snapshots: u64,
    /// The last day that is covered; none where everything is loaded whole.
    until: Option<Day>,
}

/// Days after which a source that covers periods is called old, where no scenario says so itself: a month and some days to export it.
const OLD: i64 = 45;

async fn page_of_sources(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let task = tasks::shown(&me, &page, tasks::store::newest(&tx).await?.as_ref());
    let report = match store::newest(&tx).await? {
        Some(row) => Some(serde_json::from_str::<RunReport>(&row.report)?),
        None => None,
    };
    let mut seen: BTreeMap<(String, String), Seen> = BTreeMap::new();
    let mut reasons: BTreeMap<(String, String), (String, u64)> = BTreeMap::new();
    for snapshot in report.iter().flat_map(|report| &report.snapshots) {
        let of = seen.entry((snapshot.source.to_string(), snapshot.table.to_string())).or_default();
        of.rows += snapshot.rows;
        of.rejected += snapshot.rejected;
        of.snapshots += 1;
        of.until = of.until.max(snapshot.period.map(|period| period.to()));
    }
    for run in report.iter().flat_map(|report| &report.scenarios) {
        let Outcome::CannotBeJudged { reasons: why } = &run.outcome else { continue };
        for one in why {
            let words = page.words(&one.words).to_owned();
            reasons.entry((one.table.to_string(), one.code.clone())).or_insert((words, 0)).1 += 1;
        }
    }
    let day = report.as_ref().map_or(page.today, |report| report.as_of);
    let is_stale = |table: &str| reasons.contains_key(&(table.to_owned(), "stale".to_owned()));
    let rows: Vec<Row> = seen
        .iter()
        .map(|((source, table), seen)| {
            let age = seen.until.map(|until| (page.today - until).num_days());
            let until = match (seen.until, age) {
                (Some(until), Some(age)) => Value::from(page.day(&until)).soft(if age > 0 {
                    page.count("source-days-ago", age)
                } else {
                    String::new()
                }),
                _ => Value::from(page.say("source-whole")),
            };
            let until = until.tag_if(is_stale(table), Kind::Danger, page.say("source-stale"));
            let is_old = !is_stale(table) && age.is_some_and(|age| age > OLD);
            Row::new([
                Value::from(source.as_str()).soft(table.as_str()),
                until.tag_if(is_old, Kind::Warn, page.say("source-old")),
                page.grouped(seen.snapshots).into(),
                page.grouped(seen.rows).into(),
                if seen.rejected > 0 { Value::default().late(page.grouped(seen.rejected)) } else { "0".into() },
            ])
        })
        .collect();
    let columns = [
        Column::new(page.say("source")),
        Column::day(page.say("source-until")),
        Column::number(page.say("source-snapshots")),
        Column::number(page.say("source-rows")),
        Column::number(page.say("source-rejected")),
    ];
    let nothing = Empty::new(page.say("sources-none")).text(page.say("sources-none-about"));
    let mut head = PageHead::new(page.say("sources")).lead(page.what("sources-about", page.day(&day)));
    if !reasons.is_empty() {
        head = head.expected(page.count("sources-expected", reasons.len()));
    }
    let missing = (!reasons.is_empty()).then(|| {
        let rows = reasons.into_iter().map(|((table, code), (words, scenarios))| {
            let word = page.say(&format!("source-why-{}", code.replace('_', "-")));
            Row::new([
                Value::from(table),
                Value::default().tag(Tag::new(Kind::Warn, word)).line(words),
                page.grouped(scenarios).into(),
            ])
        });
        let columns = [
            Column::new(page.say("source-table")),
            Column::new(page.say("source-why")),
            Column::number(page.say("source-scenarios")),
        ];
        Table::new(page.say("sources-missing"), columns).rows(rows)
    });
    let sources = Table::new(page.say("sources-known"), columns).rows(rows).or(nothing);
    Html::of(&Sources { head, tabs: tabs(&page, "/runs/sources"), task, sources, missing, page })
}

/// The part of the page that changes while an engine is at work.
async fn engine(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    Html::of(&tasks::shown(&me, &page, tasks::store::newest(&tx).await?.as_ref()))
}

async fn now(State(office): State<Office>, Me(me): Me, Form(_): Form) -> Result<Redirect, PageError> {
    match tasks::ask(&office, &me).await {
        // Whoever clicks while one is at work wants to see it.
        Ok(_) | Err(tasks::TaskError::Busy) => Ok(Redirect::to("/runs/sources")),
        Err(error) => Err(error.into()),
    }
}
