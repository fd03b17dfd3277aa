//! Messages as programs read them: one's own, and those that leave.

mod templates;

use axum::Json;
use axum::extract::State as Of;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use haechi_core::words::Language;
use sea_orm::prelude::Uuid;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::deliver::decide;
use super::fault::Fault;
use super::senders::Channel;
use super::state::State;
use super::store;
use super::ways;
use crate::ids::MessageId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::{ApiError, Problem};
use crate::web::wire::{self, Nothing, Part, Text, Who};
use crate::web::{Gate, MaySend, Me, Path, Query, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let (own, leaving) = (Gate::May(Action::ReadInbox), Gate::May(Action::ReadOutbox));
    routes
        .api_get("/api/v1/inbox", own, inbox)
        .api_post("/api/v1/inbox/read", own, read)
        .api_get("/api/v1/outbox", leaving, outbox)
        .api_get("/api/v1/outbox/messages", leaving, messages)
        .api_post("/api/v1/outbox/messages/{id}/again", leaving, again)
        .api_post("/api/v1/outbox/messages/{id}/give-up", leaving, give_up);
    templates::routes(routes);
}

#[derive(OpenApi)]
#[openapi(paths(inbox, read, outbox, messages, again, give_up), components(schemas(LeavingState)))]
struct Documented;

pub(crate) fn documents() -> [utoipa::openapi::OpenApi; 2] {
    [Documented::openapi(), templates::document()]
}

/// A message to the token's person.
#[derive(Debug, Serialize, ToSchema)]
struct LetterPart {
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
    /// When its reader marked it as read.
    read_at: Option<DateTime<Utc>>,
}

/// Messages to the token's person.
#[derive(Debug, Serialize, ToSchema)]
struct LetterList {
    /// The newest first.
    items: Vec<LetterPart>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<MessageId>,
}

/// One's messages. Reading them here does not mark them as read.
#[utoipa::path(get, path = "/api/v1/inbox", tag = "messages", params(Part<MessageId>), responses((status = 200, body = LetterList)))]
async fn inbox(
    Of(office): Of<Office>,
    Me(me): Me,
    Query(part): Query<Part<MessageId>>,
) -> Result<Json<LetterList>, ApiError> {
    generally(&me, Action::ReadInbox)?;
    let (person, most) = (me.id().ok_or_else(Problem::hidden)?, part.most()?);
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::inbox_page(&tx, person, part.after, most + 1).await?;
    let (rows, next) = wire::paged(rows, most, |row| row.id);
    let items = rows.into_iter().map(|row| LetterPart {
        id: row.id,
        subject: row.subject,
        body: row.body,
        about: row.about,
        made_at: row.made_at,
        read_at: row.read_at,
    });
    Ok(Json(LetterList { items: items.collect(), next }))
}

/// Marks all of one's messages as read.
#[utoipa::path(post, path = "/api/v1/inbox/read", tag = "messages", request_body = Option<Nothing>, responses((status = 204)))]
async fn read(
    Of(office): Of<Office>,
    Me(me): Me,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::mark_read(&office, &generally(&me, Action::ReadInbox)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A way out of the office.
#[derive(Debug, Serialize, ToSchema)]
struct Way {
    /// Which.
    channel: Channel,
    /// Whether the installation has it.
    is_set: bool,
    /// How many messages stand where.
    counts: Vec<WayCount>,
    /// How it is closed, where it is.
    closed: Option<WayClosed>,
}

/// How many messages stand somewhere.
#[derive(Debug, Serialize, ToSchema)]
struct WayCount {
    /// Where.
    state: State,
    /// How many.
    count: i64,
}

/// A way out that is closed.
#[derive(Debug, Serialize, ToSchema)]
struct WayClosed {
    /// Since when.
    since: DateTime<Utc>,
    /// Until when it is left alone.
    until: DateTime<Utc>,
    /// What went wrong the last time.
    fault: Text,
}

/// The ways out of the office.
#[derive(Debug, Serialize, ToSchema)]
struct WayList {
    /// Each there is.
    items: Vec<Way>,
}

fn words(fault: Fault) -> Text {
    Text::of(&fault.words(Language::Korean), &fault.words(Language::English))
}

/// The ways out of the office, what waits on each, and which is closed.
#[utoipa::path(get, path = "/api/v1/outbox", tag = "messages", responses((status = 200, body = WayList)))]
async fn outbox(Of(office): Of<Office>, Me(me): Me) -> Result<Json<WayList>, ApiError> {
    generally(&me, Action::ReadOutbox)?;
    let all = ways::all(&office).await?;
    let tx = office.db().read(me.tenant()).await?;
    let counts = store::counts(&tx).await?;
    let mut items = Vec::new();
    for (channel, way) in all {
        let count = |state: State| {
            let of = counts.iter().find(|row| row.channel == channel.as_str() && row.state == state.as_str());
            of.map(|row| WayCount { state, count: row.count })
        };
        let is_set = office.senders().has(channel);
        let down = way.down().filter(|_| is_set);
        items.push(Way {
            channel,
            is_set,
            counts: State::ALL.into_iter().filter_map(count).collect(),
            closed: down.map(|down| WayClosed { since: down.since, until: down.until, fault: words(down.fault) }),
        });
    }
    Ok(Json(WayList { items }))
}

/// Where a message stands that somebody may do something about.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LeavingState {
    /// It waits for its time, or is on its way.
    Waiting,
    /// It is not tried again by itself.
    Failed,
    /// It was held in trial mode and never leaves.
    Held,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Those that stand here; those that wait or failed without it.
    state: Option<LeavingState>,
    /// From behind this message on: `next` of the page before.
    after: Option<MessageId>,
    /// How many at most; 50 where it is not said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A message that leaves. What it says is between its writer and its reader.
#[derive(Debug, Serialize, ToSchema)]
struct LeavingPart {
    /// Which.
    id: MessageId,
    /// To whom.
    person: Who,
    /// By which way.
    channel: String,
    /// Which kind, as the templates name it.
    template: String,
    /// Where it stands: `queued`, `sending`, `failed`, `held`.
    state: String,
    /// When it was written.
    made_at: DateTime<Utc>,
    /// When it is tried next.
    next_at: DateTime<Utc>,
    /// How often it was tried.
    attempts: i32,
    /// What went wrong the last time.
    fault: Option<Text>,
    /// The mail it was joined into; it goes where that one goes.
    joined: Option<MessageId>,
}

/// Messages that leave.
#[derive(Debug, Serialize, ToSchema)]
struct LeavingList {
    /// The oldest first.
    items: Vec<LeavingPart>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<MessageId>,
}

/// Messages that wait to leave, failed, or were held.
#[utoipa::path(get, path = "/api/v1/outbox/messages", tag = "messages", params(Wanted), responses((status = 200, body = LeavingList)))]
async fn messages(
    Of(office): Of<Office>,
    Me(me): Me,
    Query(wanted): Query<Wanted>,
) -> Result<Json<LeavingList>, ApiError> {
    generally(&me, Action::ReadOutbox)?;
    let most = wire::most(wanted.limit)?;
    let states: &[State] = match wanted.state {
        Some(LeavingState::Waiting) => &[State::Queued, State::Sending],
        Some(LeavingState::Failed) => &[State::Failed],
        Some(LeavingState::Held) => &[State::Held],
        None => &[State::Queued, State::Sending, State::Failed],
    };
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::leaving_page(&tx, states, wanted.after, most + 1).await?;
    let (rows, next) = wire::paged(rows, most, |row| row.id);
    let items = rows.into_iter().map(|row| LeavingPart {
        id: row.id,
        person: Who::of(&me, row.person),
        channel: row.channel,
        template: row.template,
        state: row.state,
        made_at: row.made_at,
        next_at: row.next_at,
        attempts: row.attempts,
        fault: row.fault.as_deref().and_then(Fault::parse).map(words),
        joined: row.joined,
    });
    Ok(Json(LeavingList { items: items.collect(), next }))
}

/// Tries a message again from the beginning.
#[utoipa::path(post, path = "/api/v1/outbox/messages/{id}/again", tag = "messages", params(("id" = MessageId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn again(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(id): Path<MessageId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    decide(&office, &generally(&me, Action::ReadOutbox)?, id, true).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a message up: it need not leave any more.
#[utoipa::path(post, path = "/api/v1/outbox/messages/{id}/give-up", tag = "messages", params(("id" = MessageId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn give_up(
    Of(office): Of<Office>,
    Me(me): Me,
    Path(id): Path<MessageId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    decide(&office, &generally(&me, Action::ReadOutbox)?, id, false).await?;
    Ok(StatusCode::NO_CONTENT)
}
