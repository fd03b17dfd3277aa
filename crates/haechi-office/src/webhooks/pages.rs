//! The page of webhooks: where what was done is told, how far each was told, and what holds it up.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::{actions, store};
use crate::ids::WebhookId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::web::ui::{
    Button, Column, Crumbs, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, Notice, PageHead, Refused, Row,
    Table, Tabs, Tag, Value,
};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes, shown_again};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/settings/webhooks", Gate::May(Action::ChangeSettings), list)
        .post("/settings/webhooks", Gate::May(Action::ChangeSettings), make)
        .post("/settings/webhooks/{id}/end", Gate::May(Action::ChangeSettings), end)
        .post("/settings/webhooks/{id}/resume", Gate::May(Action::ChangeSettings), resume);
}

#[derive(Template)]
#[template(path = "webhooks.html")]
struct List {
    page: Page,
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    /// The secret of the one just made.
    made: Option<Notice>,
    head: PageHead,
    tabs: Tabs,
    lines: Table,
    form: Sheet,
}

async fn show(
    office: &Office,
    me: &Actor,
    page: Page,
    made: Option<String>,
    refused: Refused<'_>,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::list(&tx).await?;
    let stopped = rows.iter().filter(|row| row.state == "stopped").count();
    let rows = rows.into_iter().map(|row| {
        let kind = match row.state.as_str() {
            "stopped" => Kind::Danger,
            "failing" => Kind::Warn,
            _ => Kind::Good,
        };
        let mut state = Value::from(Tag::new(kind, page.say(&format!("webhook-{}", row.state))));
        state = state.soft(row.fault.unwrap_or_default());
        if row.state == "failing" {
            state = state.soft(page.what("webhook-next", page.moment(&row.next_at)));
        }
        let at = |what: &str| format!("/settings/webhooks/{}/{what}", row.id);
        let mut acts = Value::default();
        if row.state == "stopped" {
            let resume =
                Sheet::inline(&page, at("resume")).button(Button::plain(page.say("webhook-resume")).of(&row.url));
            acts = acts.form(resume);
        }
        let end = Sheet::inline(&page, at("end")).button(Button::plain(page.say("webhook-end")).of(&row.url));
        Row::new([
            Value::from(row.url.as_str()),
            if row.events.is_empty() { page.say("webhook-all").into() } else { Value::default().code(row.events) },
            state,
            row.sent_at.map(|at| page.moment(&at)).unwrap_or_default().into(),
            acts.form(end),
        ])
    });
    let columns = [
        Column::new(page.say("webhook-url")),
        Column::new(page.say("webhook-events")),
        Column::new(page.say("webhook-state")),
        Column::day(page.say("webhook-sent")),
        Column::new(page.say("action")).unseen(),
    ];
    let lines = Table::new(page.say("webhooks"), columns).rows(rows).or(Empty::new(page.say("webhooks-none")));
    let mut errors = None;
    let form = Sheet::post(&page, "/settings/webhooks")
        .part(Field::url("url", page.say("webhook-url")).most(500))
        .part(
            Field::text("events", page.say("webhook-events"))
                .hint(page.say("webhook-events-hint"))
                .exact()
                .optional(&page),
        )
        .button(Button::new(page.say("webhook-make")))
        .after(&page, refused, &mut errors);
    let mut head = PageHead::new(page.say("webhooks")).lead(page.say("webhooks-about"));
    if stopped > 0 {
        head = head.expected(page.count("webhooks-expected", stopped));
    }
    let made =
        made.map(|secret| Notice::new(Kind::Good, page.say("webhook-once")).line(Value::default().code(secret)).said());
    Html::of(&List {
        crumbs: Crumbs::new(&page, [Link::to("/settings", page.say("menu-settings"))], page.say("webhooks")),
        errors,
        made,
        head,
        tabs: crate::settings::pages::tabs(&page, "/settings/webhooks"),
        lines,
        form,
        page,
    })
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    show(&office, &me, page, None, None).await
}

async fn make(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Response, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let events: Vec<&str> = form.text("events").split([' ', ',']).filter(|event| !event.is_empty()).collect();
    match actions::make(&office, &may, form.text("url"), &events).await {
        Ok((_, secret)) => Ok(show(&office, &me, page, Some(secret), None).await?.into_response()),
        Err(error) => {
            let problem = shown_again(error)?;
            let view = show(&office, &me, page.refused(), None, Some((&form, &problem))).await?;
            Ok((problem.status(), view).into_response())
        }
    }
}

async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<WebhookId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    actions::end(&office, &generally(&me, Action::ChangeSettings)?, id).await?;
    Ok(Redirect::to("/settings/webhooks"))
}

async fn resume(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<WebhookId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    actions::resume(&office, &generally(&me, Action::ChangeSettings)?, id).await?;
    Ok(Redirect::to("/settings/webhooks"))
}
