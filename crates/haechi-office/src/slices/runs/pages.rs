//! The pages of runs.

use askama::Template;
use axum::extract::State;
use haechi_core::run_report::{Outcome, RunReport};

use super::store;
use crate::ids::RunId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::Problem;
use crate::web::ui::{Column, Crumbs, Empty, Kind, Link, PageHead, Row, Table, Tabs, Value};
use crate::web::{Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/runs", Gate::May(Action::ReadRuns), list).get("/runs/{id}", Gate::May(Action::ReadRuns), one);
}

#[derive(Template)]
#[template(path = "runs/list.html")]
struct List {
    page: Page,
    head: PageHead,
    tabs: Tabs,
    runs: Table,
}

/// Runs that a page lists.
const MOST: u64 = 100;

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let count = |count: i64| Value::from(page.grouped(u64::try_from(count).unwrap_or(0)));
    let rows = store::list(&tx, None, MOST).await?.into_iter().map(|row| {
        Row::new([
            Link::to(format!("/runs/{}", row.id), page.what("run-name", row.number)).into(),
            page.day(&row.as_of).into(),
            page.moment(&row.received_at).into(),
            count(row.findings),
            count(row.new_alerts),
            count(row.gone_alerts),
            count(row.hidden_alerts),
        ])
    });
    let columns = [
        Column::new(page.say("run-number")),
        Column::day(page.say("run-as-of")),
        Column::day(page.say("run-received")),
        Column::number(page.say("run-findings")),
        Column::number(page.say("run-new")),
        Column::number(page.say("run-gone")),
        Column::number(page.say("run-hidden")),
    ];
    let nothing = Empty::new(page.say("runs-none")).text(page.say("runs-none-about"));
    let runs = Table::new(page.say("menu-runs"), columns).rows(rows).or(nothing);
    let head = PageHead::new(page.say("menu-runs")).lead(page.say("runs-about"));
    Html::of(&List { head, tabs: super::sources::tabs(&page, "/runs"), runs, page })
}

/// A scenario in a run.
struct Judged {
    id: String,
    title: String,
    outcome: &'static str,
    said: String,
}

#[derive(Template)]
#[template(path = "runs/one.html")]
struct One {
    page: Page,
    title: String,
    crumbs: Crumbs,
    head: PageHead,
    scenarios: Table,
}

async fn one(State(office): State<Office>, Me(me): Me, Path(id): Path<RunId>, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let row = store::one(&tx, id).await?.ok_or_else(Problem::hidden)?;
    let report: RunReport = serde_json::from_str(&row.report)?;
    let mut judged: Vec<Judged> = report
        .scenarios
        .iter()
        .map(|run| {
            let (outcome, said) = match &run.outcome {
                Outcome::Findings { count, .. } => ("findings", page.count("run-found", count)),
                Outcome::Clean { .. } => ("clean", page.say("run-clean")),
                Outcome::CannotBeJudged { reasons } => {
                    let words: Vec<&str> = reasons.iter().map(|reason| page.words(&reason.words)).collect();
                    ("unjudged", words.join(" "))
                }
                Outcome::Failed { code, .. } => ("failed", page.what("run-failed", code)),
            };
            Judged { id: run.scenario.id.to_string(), title: page.words(&run.title).to_owned(), outcome, said }
        })
        .collect();
    // What could not be judged is what somebody has to do something about.
    judged.sort_by_key(|run| match run.outcome {
        "failed" => 0,
        "unjudged" => 1,
        "findings" => 2,
        _ => 3,
    });
    let unjudged = judged.iter().filter(|run| matches!(run.outcome, "failed" | "unjudged")).count();
    let rows = judged.into_iter().map(|run| {
        let said = match run.outcome {
            "failed" | "unjudged" => Value::default().late(page.say("run-unjudged")).line(run.said),
            "findings" => Value::from(Link::to(format!("/cases?scenario={}&closed=yes", run.id), run.said)),
            _ => Value::from(run.said),
        };
        Row::new([Value::from(run.title).soft(run.id), said])
    });
    let columns = [Column::new(page.say("scenario")), Column::new(page.say("run-outcome"))];
    let title = page.what("run-name", row.number);
    let mut head = PageHead::new(&title).lead(page.of("run-when", page.day(&row.as_of), page.moment(&row.received_at)));
    if unjudged > 0 {
        head = head
            .expected(page.count("run-expected", unjudged))
            .tag(crate::web::ui::Tag::new(Kind::Warn, page.say("run-unjudged")));
    }
    Html::of(&One {
        crumbs: Crumbs::new(&page, [Link::to("/runs", page.say("menu-runs"))], &title),
        scenarios: Table::new(&title, columns).rows(rows),
        title,
        head,
        page,
    })
}
