//! Webhooks as programs read, make and end them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::actions::{self, WebhookError};
use super::store;
use crate::ids::WebhookId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Nothing, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

/// Actions that a webhook may name.
const EVENTS: usize = 50;

pub(super) fn routes(routes: &mut Routes) {
    let settings = Gate::May(Action::ChangeSettings);
    routes
        .api_get("/api/v1/webhooks", settings, list)
        .api_post_once("/api/v1/webhooks", settings, make)
        .api_post("/api/v1/webhooks/{id}/end", settings, end)
        .api_post("/api/v1/webhooks/{id}/resume", settings, resume);
}

#[derive(OpenApi)]
#[openapi(paths(list, make, end, resume))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// An address that is told what is done, without its secret.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookPart {
    /// Which.
    id: WebhookId,
    /// The address.
    url: String,
    /// The actions it is told of; none for all.
    events: Vec<String>,
    /// How it goes: `active`, `failing`, `stopped`.
    state: String,
    /// Since when it is there.
    made_at: DateTime<Utc>,
    /// The place in the log of the next event that it is told.
    place: i64,
    /// When it was told something last.
    sent_at: Option<DateTime<Utc>>,
    /// When it is tried again, where it fails.
    next_at: Option<DateTime<Utc>>,
    /// What went wrong the last time.
    fault: Option<String>,
}

/// Webhooks.
#[derive(Debug, Serialize, ToSchema)]
struct WebhookList {
    /// Those that have not ended, the oldest first; there are at most twenty.
    items: Vec<WebhookPart>,
}

/// The addresses that are told what is done.
#[utoipa::path(get, path = "/api/v1/webhooks", tag = "webhooks", responses((status = 200, body = WebhookList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<WebhookList>, ApiError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let items = store::list(&tx).await?.into_iter().map(|row| WebhookPart {
        id: row.id,
        events: row.events.split_whitespace().map(str::to_owned).collect(),
        made_at: row.made_at,
        place: row.place,
        sent_at: row.sent_at,
        next_at: (row.state == "failing").then_some(row.next_at),
        fault: row.fault,
        url: row.url,
        state: row.state,
    });
    Ok(Json(WebhookList { items: items.collect() }))
}

/// A webhook to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "url": "https://example.org/haechi", "events": ["case.confirm"] })))]
struct MakesWebhook {
    /// The address: `https`, and none of the own network.
    #[schema(value_type = String, format = "uri", min_length = 1, max_length = 500, pattern = "^https?://")]
    url: Written<500>,
    /// The actions it is told of, as the log names them; all without it.
    #[serde(default)]
    #[schema(max_items = 50)]
    events: Vec<EventName>,
}

/// An action, as the log names it: `case.confirm`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 1, max_length = 50, pattern = "^[a-z._]+$")]
struct EventName(String);

/// A webhook that was set.
#[derive(Debug, Serialize, ToSchema)]
struct MadeWebhook {
    /// Which.
    id: WebhookId,
    /// The secret with which what it is told is signed; it is shown this once.
    secret: String,
}

/// Sets a webhook, which is told what is done from now on. It goes on after the token with which it was made has ended.
#[utoipa::path(post, path = "/api/v1/webhooks", tag = "webhooks", request_body = MakesWebhook, responses((status = 201, body = MadeWebhook)))]
async fn make(
    State(office): State<Office>,
    Me(me): Me,
    Sent(sent): Sent<MakesWebhook>,
) -> Result<(StatusCode, Json<MadeWebhook>), ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    if sent.events.len() > EVENTS {
        return Err(WebhookError::Events(format!("{} of them", sent.events.len())).into());
    }
    let events: Vec<&str> = sent.events.iter().map(|event| event.0.as_str()).collect();
    let (id, secret) = actions::make(&office, &may, &sent.url, &events).await?;
    Ok((StatusCode::CREATED, Json(MadeWebhook { id, secret })))
}

/// Ends a webhook; its secret is forgotten.
#[utoipa::path(post, path = "/api/v1/webhooks/{id}/end", tag = "webhooks", params(("id" = WebhookId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<WebhookId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    actions::end(&office, &generally(&me, Action::ChangeSettings)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Tries a webhook that was given up again, from where it stopped.
#[utoipa::path(post, path = "/api/v1/webhooks/{id}/resume", tag = "webhooks", params(("id" = WebhookId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn resume(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<WebhookId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    actions::resume(&office, &generally(&me, Action::ChangeSettings)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
