//! What a program reads about whom it acts for: who they are, their messages.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use sea_orm::prelude::Uuid;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::extract::Me;
use super::routes::{Gate, Routes};
use super::wire::Text;
use crate::ids::{MessageId, PersonId};
use crate::office::Office;
use crate::outbox;
use crate::policy::{Action, generally};
use crate::problem::{ApiError, Problem};
use crate::slices::people;

/// Messages that the list holds.
const MOST: u64 = 200;

pub(super) fn routes(routes: &mut Routes) {
    routes.api_get("/api/v1/me", Gate::Signed, me).api_get("/api/v1/inbox", Gate::May(Action::ReadInbox), inbox);
}

#[derive(OpenApi)]
#[openapi(paths(me, inbox))]
struct Own;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Own::openapi()
}

/// A place one has.
#[derive(Debug, Serialize, ToSchema)]
struct OwnPlace {
    /// The unit's code.
    unit: String,
    /// As what: `head`, `coordinator`, `staff`.
    post: String,
}

/// Whom the token acts for.
#[derive(Debug, Serialize, ToSchema)]
struct Myself {
    /// Which person; none for the engine.
    person: Option<PersonId>,
    /// Their name, or that of the engine's token.
    name: String,
    /// The government's code.
    government: String,
    /// Its name.
    government_name: Text,
    /// What they are today.
    roles: Vec<String>,
    /// Where they are today.
    places: Vec<OwnPlace>,
    /// What they may ever do, as the log names it; about a record they may be told otherwise.
    may: Vec<String>,
}

/// Whom the token acts for, and what they may do.
#[utoipa::path(get, path = "/api/v1/me", tag = "about", responses((status = 200, body = Myself)))]
async fn me(State(office): State<Office>, Me(me): Me) -> Result<Json<Myself>, ApiError> {
    let tx = office.db().read(me.tenant()).await?;
    let government = people::government(&tx).await?;
    let places = me.id().map(|person| me.directory().places_of(person, me.day())).unwrap_or_default();
    let may = Action::ALL.iter().filter(|action| me.may_ever(**action)).map(|action| action.as_str().to_owned());
    Ok(Json(Myself {
        person: me.id(),
        name: me.name().to_owned(),
        government_name: Text::from(&government.name),
        government: government.code,
        roles: me.roles().map(|role| role.as_str().to_owned()).collect(),
        places: places.into_iter().map(|(unit, post)| OwnPlace { unit, post: post.as_str().to_owned() }).collect(),
        may: may.collect(),
    }))
}

/// A message.
#[derive(Debug, Serialize, ToSchema)]
struct MessagePart {
    /// Which.
    id: MessageId,
    /// What it is about.
    subject: String,
    /// What it says.
    body: String,
    /// The case it is about.
    about: Option<Uuid>,
    /// When it was written.
    made_at: DateTime<Utc>,
    /// When its reader saw it on the page.
    read_at: Option<DateTime<Utc>>,
}

/// Messages.
#[derive(Debug, Serialize, ToSchema)]
struct MessageList {
    /// At most 200, the newest first.
    items: Vec<MessagePart>,
}

/// One's messages. Reading them here does not mark them as read.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "about", responses((status = 200, body = MessageList)))]
async fn inbox(State(office): State<Office>, Me(me): Me) -> Result<Json<MessageList>, ApiError> {
    generally(&me, Action::ReadInbox)?;
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = outbox::store::inbox(&tx, person, MOST).await?;
    let items = rows.into_iter().map(|row| MessagePart {
        id: row.id,
        subject: row.subject,
        body: row.body,
        about: row.about,
        made_at: row.made_at,
        read_at: row.read_at,
    });
    Ok(Json(MessageList { items: items.collect() }))
}
