//! The page of what is not asked again.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::actions::{self, Review};
use super::store;
use crate::ids::ExclusionId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/exclusions", Gate::May(Action::ReadExclusions), list).post(
        "/exclusions/{id}",
        Gate::May(Action::ReviewExclusion),
        review,
    );
}

/// A line of the list.
struct Line {
    id: ExclusionId,
    scenario: String,
    subject: String,
    case: String,
    owner: String,
    approver: String,
    confirmed_by: String,
    reason: String,
    basis: String,
    until: String,
    review_on: String,
    is_due: bool,
    hidden: i64,
    holds: bool,
}

#[derive(Template)]
#[template(path = "alerts/exclusions.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    may_review: bool,
}

/// Exclusions that a page lists.
const MOST: u64 = 500;

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadExclusions)?;
    let tx = office.db().read(me.tenant()).await?;
    let today = me.day();
    let name = |person| me.directory().person(person).map(|person| person.name.clone()).unwrap_or_default();
    let lines = store::exclusions(&tx, MOST).await?;
    let lines = lines
        .into_iter()
        .map(|row| Line {
            id: row.id,
            case: row.case_id.to_string(),
            owner: name(row.owner),
            approver: name(row.approver),
            confirmed_by: name(row.confirmed_by),
            until: page.day(&row.until),
            review_on: page.day(&row.review_on),
            holds: row.ended_at.is_none() && row.until >= today,
            is_due: row.ended_at.is_none() && row.review_on <= today && row.until >= today,
            scenario: row.scenario,
            subject: crate::slices::subject_text(&row.subject),
            reason: row.reason,
            basis: row.basis,
            hidden: row.hidden,
        })
        .collect();
    let may_review = me.may_ever(Action::ReviewExclusion);
    Html::of(&List { page, lines, may_review })
}

async fn review(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ExclusionId>,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    let says = if form.text("do") == "end" { Review::End } else { Review::Keep };
    actions::review(&office, &me, id, says).await?;
    Ok(Redirect::to("/exclusions"))
}
