//! The page of what is not asked again.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::actions::{self, Review};
use super::store;
use crate::ids::ExclusionId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::ui::{Button, Column, Empty, Form as Sheet, Kind, Link, PageHead, Row, Table, Value};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes.get("/exclusions", Gate::May(Action::ReadExclusions), list).post(
        "/exclusions/{id}",
        Gate::May(Action::ReviewExclusion),
        review,
    );
}

#[derive(Template)]
#[template(path = "alerts/exclusions.html")]
struct List {
    page: Page,
    head: PageHead,
    lines: Table,
}

/// Exclusions that a page lists.
const MOST: u64 = 500;

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ReadExclusions)?;
    let tx = office.db().read(me.tenant()).await?;
    let today = me.day();
    let name = |person| me.directory().person(person).map(|person| person.name.clone()).unwrap_or_default();
    let rows = store::exclusions(&tx, MOST).await?;
    let may_review = me.may_ever(Action::ReviewExclusion);
    let due = |row: &store::exclusion::Model| row.ended_at.is_none() && row.review_on <= today && row.until >= today;
    let waiting = rows.iter().filter(|row| due(row)).count();
    let line = |row: &store::exclusion::Model| {
        let holds = row.ended_at.is_none() && row.until >= today;
        let until = Value::from(page.day(&row.until)).tag_if(!holds, Kind::Plain, page.say("exclusion-over"));
        let until = if due(row) {
            until.late(page.say("exclusion-review-due"))
        } else {
            until.soft(page.what("exclusion-review-on", page.day(&row.review_on)))
        };
        let people = [row.owner, row.approver, row.confirmed_by].map(name).join(" → ");
        let subject = crate::slices::subject_text(&row.subject);
        let review = Sheet::inline(&page, format!("/exclusions/{}", row.id))
            .button(Button::plain(page.say("exclusion-keep")).sends("do", "keep").of(&subject))
            .button(Button::plain(page.say("exclusion-end")).sends("do", "end").of(&subject));
        Row::new([
            Value::from(Link::to(format!("/cases/{}", row.case_id), &row.scenario)).soft(&subject),
            Value::from(row.reason.as_str()).soft(&row.basis),
            people.into(),
            until,
            page.grouped(u64::try_from(row.hidden).unwrap_or(0)).into(),
            if may_review && holds { Value::default().form(review) } else { Value::default() },
        ])
    };
    let columns = [
        Column::new(page.say("scenario")),
        Column::new(page.say("exclusion-why")),
        Column::new(page.say("exclusion-who")),
        Column::new(page.say("exclusion-until")),
        Column::number(page.say("exclusion-hidden")),
        Column::new(page.say("action")).unseen(),
    ];
    let lines = Table::new(page.say("menu-exclusions"), columns)
        .rows(rows.iter().map(line))
        .or(Empty::new(page.say("exclusions-none")).text(page.say("exclusions-none-about")));
    let mut head = PageHead::new(page.say("menu-exclusions")).lead(page.say("exclusions-about"));
    if may_review && waiting > 0 {
        head = head.expected(page.count("exclusions-expected", waiting));
    }
    Html::of(&List { head, lines, page })
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
