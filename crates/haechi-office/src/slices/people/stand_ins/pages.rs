//! The page of who stands in for whom.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::store;
use super::{Named, StandInError};
use crate::ids::StandInId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes, SessionSecret};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/stand-ins", Gate::May(Action::StandIn), list)
        .post("/stand-ins", Gate::May(Action::StandIn), name)
        .post("/stand-ins/stop", Gate::Signed, stop)
        .post("/stand-ins/{id}/begin", Gate::May(Action::StandIn), begin)
        .post("/stand-ins/{id}/end", Gate::May(Action::StandIn), end);
}

struct Line {
    id: StandInId,
    person: String,
    stand_in: String,
    from: String,
    to: String,
    reason: String,
    may_begin: bool,
}

#[derive(Template)]
#[template(path = "people/stand_ins.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    may_name_others: bool,
    today: String,
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::StandIn)?;
    let may_name_others = me.may_ever(Action::ChangePeople);
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::of(&tx, me.id().filter(|_| !may_name_others), me.day()).await?;
    let name = |id| me.directory().person(id).map(|person| format!("{} ({})", person.name, person.employee_no));
    let lines = rows.into_iter().map(|row| Line {
        id: row.id,
        may_begin: me.id().is_some_and(|who| super::holds(&row, who, me.day())),
        person: name(row.person).unwrap_or_default(),
        stand_in: name(row.stand_in).unwrap_or_default(),
        from: page.day(&row.first_day),
        to: page.day(&row.last_day),
        reason: row.reason,
    });
    let lines = lines.collect();
    Html::of(&List { page, lines, may_name_others, today: me.day().to_string() })
}

async fn name(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let with = |number: &str| me.directory().with_employee_no(number).map(|person| person.id);
    let person = match form.text("person") {
        "" => me.id(),
        number => with(number),
    };
    let new = Named {
        person: person.ok_or(StandInError::Who)?,
        stand_in: with(form.text("stand_in")).ok_or(StandInError::Who)?,
        first: form.read("from")?.unwrap_or_else(|| me.day()),
        last: form.need("to")?,
        reason: form.text("reason"),
    };
    super::name(&office, &me, new).await?;
    Ok(Redirect::to("/stand-ins"))
}

async fn begin(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    Path(id): Path<StandInId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::begin(&office, &me, &secret.digest(), id).await?;
    Ok(Redirect::to("/"))
}

async fn stop(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::stop(&office, &me, &secret.digest()).await?;
    Ok(Redirect::to("/"))
}

async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<StandInId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    super::end(&office, &me, id).await?;
    Ok(Redirect::to("/stand-ins"))
}
