//! The page of who stands in for whom.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::store;
use super::{Named, StandInError};
use crate::ids::StandInId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::ui::{
    Button, Column, DateField, Empty, ErrorSummary, Field, Form as Sheet, PageHead, Refused, Row, Table, Tabs, Value,
};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes, SessionSecret, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/stand-ins", Gate::May(Action::StandIn), list)
        .post("/stand-ins", Gate::May(Action::StandIn), name)
        .post("/stand-ins/stop", Gate::Signed, stop)
        .post("/stand-ins/{id}/begin", Gate::May(Action::StandIn), begin)
        .post("/stand-ins/{id}/end", Gate::May(Action::StandIn), end);
}

#[derive(Template)]
#[template(path = "people/stand_ins.html")]
struct List {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    tabs: Tabs,
    lines: Table,
    form: Sheet,
}

async fn show(office: &Office, me: &Actor, page: Page, refused: Refused<'_>) -> Result<Html, PageError> {
    let may_name_others = me.may_ever(Action::ChangePeople);
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::of(&tx, me.id().filter(|_| !may_name_others), me.day()).await?;
    let name = |id| me.directory().person(id).map(|person| format!("{} ({})", person.name, person.employee_no));
    let rows = rows.into_iter().map(|row| {
        let person = name(row.person).unwrap_or_default();
        let at = |what: &str| format!("/stand-ins/{}/{what}", row.id);
        let mut acts = Value::default();
        if me.id().is_some_and(|who| super::holds(&row, who, me.day())) {
            let begin =
                Sheet::inline(&page, at("begin")).button(Button::second(page.say("stand-in-begin")).of(&person));
            acts = acts.form(begin);
        }
        let end = Sheet::inline(&page, at("end")).button(Button::plain(page.say("stand-in-end")).of(&person));
        Row::new([
            Value::from(person.as_str()),
            name(row.stand_in).unwrap_or_default().into(),
            format!("{} – {}", page.day(&row.first_day), page.day(&row.last_day)).into(),
            row.reason.into(),
            acts.form(end),
        ])
    });
    let columns = [
        Column::new(page.say("stand-in-for")),
        Column::new(page.say("stand-in-who")),
        Column::day(page.say("grant-days")),
        Column::new(page.say("reason")),
        Column::new(page.say("action")).unseen(),
    ];
    let lines = Table::new(page.say("stand-ins"), columns).rows(rows).or(Empty::new(page.say("stand-ins-none")));
    let mut errors = None;
    let form = Sheet::post(&page, "/stand-ins")
        .part_if(may_name_others, || {
            let field = Field::text("person", page.say("stand-in-for-number")).hint(page.say("stand-in-for-hint"));
            field.short().exact().into()
        })
        .part(Field::text("stand_in", page.say("stand-in-number")).short().exact())
        .part(DateField::new(&page, "from", page.say("stand-in-from"), &page.today).day(&page, Some(&page.today)))
        .part(DateField::new(&page, "to", page.say("stand-in-to"), &page.today))
        .part(Field::text("reason", page.say("reason")))
        .button(Button::new(page.say("stand-in-name")))
        .after(&page, refused, &mut errors);
    let head = PageHead::new(page.say("stand-ins")).lead(page.say("stand-ins-about"));
    Html::of(&List { errors, head, tabs: super::super::pages::tabs(me, &page, "/stand-ins"), lines, form, page })
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::StandIn)?;
    show(&office, &me, page, None).await
}

async fn name(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let tried: Result<(), Problem> = async {
        let with = |number: &str| me.directory().with_employee_no(number).map(|person| person.id);
        let who = |field: &'static str| move || Problem::from(StandInError::Who).at(field);
        let person = match form.text("person") {
            "" => me.id(),
            number => with(number),
        };
        let new = Named {
            person: person.ok_or_else(who("person"))?,
            stand_in: with(form.text("stand_in")).ok_or_else(who("stand_in"))?,
            first: form.day("from")?.unwrap_or_else(|| me.day()),
            last: match form.day("to")? {
                Some(day) => day,
                None => form.need("to")?,
            },
            reason: form.text("reason"),
        };
        super::name(&office, &me, new).await?;
        Ok(())
    }
    .await;
    let Err(problem) = tried else { return Ok(Redirect::to("/stand-ins").into_response()) };
    let problem = shown_again(problem)?;
    let view = show(&office, &me, page.refused(), Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
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
