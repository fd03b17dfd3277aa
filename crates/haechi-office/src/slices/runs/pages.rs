//! The pages of runs.

use askama::Template;
use axum::extract::State;
use haechi_core::run_report::{Outcome, RunReport};

use super::store;
use crate::ids::RunId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::Problem;
use crate::web::{Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/runs", Gate::May(Action::ReadRuns), list).get("/runs/{id}", Gate::May(Action::ReadRuns), one);
}

/// A line of the list.
struct Line {
    id: RunId,
    number: i64,
    as_of: String,
    received: String,
    findings: i64,
    new: i64,
    gone: i64,
    hidden: i64,
}

#[derive(Template)]
#[template(path = "runs/list.html")]
struct List {
    page: Page,
    runs: Vec<Line>,
}

/// Runs that a page lists.
const MOST: u64 = 100;

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let runs = store::list(&tx, None, MOST).await?;
    let runs = runs
        .into_iter()
        .map(|row| Line {
            id: row.id,
            number: row.number,
            as_of: page.day(&row.as_of),
            received: page.moment(&row.received_at),
            findings: row.findings,
            new: row.new_alerts,
            gone: row.gone_alerts,
            hidden: row.hidden_alerts,
        })
        .collect();
    Html::of(&List { page, runs })
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
    number: i64,
    as_of: String,
    received: String,
    scenarios: Vec<Judged>,
}

async fn one(State(office): State<Office>, Me(me): Me, Path(id): Path<RunId>, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let row = store::one(&tx, id).await?.ok_or_else(Problem::hidden)?;
    let report: RunReport = serde_json::from_str(&row.report)?;
    let mut scenarios: Vec<Judged> = report
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
    scenarios.sort_by_key(|run| match run.outcome {
        "failed" => 0,
        "unjudged" => 1,
        "findings" => 2,
        _ => 3,
    });
    Html::of(&One {
        number: row.number,
        as_of: page.day(&row.as_of),
        received: page.moment(&row.received_at),
        scenarios,
        page,
    })
}
