//! The page of webhooks: where what was done is told, how far each was told, and what holds it up.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;

use super::{actions, store};
use crate::ids::WebhookId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/settings/webhooks", Gate::May(Action::ChangeSettings), list)
        .post("/settings/webhooks", Gate::May(Action::ChangeSettings), make)
        .post("/settings/webhooks/{id}/end", Gate::May(Action::ChangeSettings), end)
        .post("/settings/webhooks/{id}/resume", Gate::May(Action::ChangeSettings), resume);
}

/// A webhook, without its secret.
struct Line {
    id: WebhookId,
    url: String,
    events: String,
    state: String,
    is_stopped: bool,
    sent: String,
    fault: String,
    next: String,
}

#[derive(Template)]
#[template(path = "webhooks.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    /// The secret of the one just made.
    made: Option<String>,
}

async fn show(office: &Office, me: &Actor, page: Page, made: Option<String>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let lines = store::list(&tx).await?.into_iter().map(|row| Line {
        id: row.id,
        url: row.url,
        events: if row.events.is_empty() { page.say("webhook-all") } else { row.events },
        state: page.say(&format!("webhook-{}", row.state)),
        is_stopped: row.state == "stopped",
        sent: row.sent_at.map(|at| page.moment(&at)).unwrap_or_default(),
        next: if row.state == "failing" { page.moment(&row.next_at) } else { String::new() },
        fault: row.fault.unwrap_or_default(),
    });
    let lines = lines.collect();
    Html::of(&List { page, lines, made })
}

async fn list(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    show(&office, &me, page, None).await
}

async fn make(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Html, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let events: Vec<&str> = form.text("events").split([' ', ',']).filter(|event| !event.is_empty()).collect();
    let (_, secret) = actions::make(&office, &may, form.text("url"), &events).await?;
    show(&office, &me, page, Some(secret)).await
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
