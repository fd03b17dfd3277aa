//! One's own views, as programs read and keep them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use crate::ids::SavedViewId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(in super::super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::OwnAccount);
    routes
        .api_get("/api/v1/me/views", gate, list)
        .api_post("/api/v1/me/views", gate, save)
        .api_post("/api/v1/me/views/{id}/rename", gate, rename)
        .api_post("/api/v1/me/views/{id}/remove", gate, remove);
}

#[derive(OpenApi)]
#[openapi(paths(list, save, rename, remove))]
struct Documented;

pub(in super::super) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// Conditions of the list of cases under a name.
#[derive(Debug, Serialize, ToSchema)]
struct ViewPart {
    /// Which.
    id: SavedViewId,
    /// What it is called.
    name: String,
    /// The conditions, as they stand behind `/cases?` and `/api/v1/cases?`.
    query: String,
    /// When it was saved.
    made_at: DateTime<Utc>,
}

/// Views.
#[derive(Debug, Serialize, ToSchema)]
struct ViewList {
    /// One's own, in the order in which they were saved.
    items: Vec<ViewPart>,
}

/// One's own views of the list of cases.
#[utoipa::path(get, path = "/api/v1/me/views", tag = "cases", responses((status = 200, body = ViewList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<ViewList>, ApiError> {
    generally(&me, Action::OwnAccount)?;
    let tx = office.db().read(me.tenant()).await?;
    let items = super::of(&tx, me.id()).await?.into_iter().map(|view| ViewPart {
        id: view.id,
        name: view.name,
        query: view.query,
        made_at: view.made_at,
    });
    Ok(Json(ViewList { items: items.collect() }))
}

/// A view to be saved.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "기한 지난 것", "query": "late=yes&order=amount" })))]
struct NewView {
    /// What it is called.
    name: Written<60>,
    /// The conditions; what the list does not know is left out.
    query: Written<2000>,
}

/// Saves conditions of the list of cases under a name, for oneself. At most twenty are kept.
#[utoipa::path(post, path = "/api/v1/me/views", tag = "cases", request_body = NewView, responses((status = 201, body = Made<SavedViewId>)))]
async fn save(
    State(office): State<Office>,
    Me(me): Me,
    Sent(sent): Sent<NewView>,
) -> Result<(StatusCode, Json<Made<SavedViewId>>), ApiError> {
    let may = generally(&me, Action::OwnAccount)?;
    let known = super::known(&office, &super::read(&sent.query))?;
    let id = super::save(&office, &may, &sent.name, &known).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Another name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "이번 주에 볼 것" })))]
struct NewName {
    /// What it is called from now on.
    name: Written<60>,
}

/// Gives one of one's own views another name.
#[utoipa::path(post, path = "/api/v1/me/views/{id}/rename", tag = "cases", params(("id" = SavedViewId, Path)), request_body = NewName, responses((status = 204)))]
async fn rename(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<SavedViewId>,
    Sent(sent): Sent<NewName>,
) -> Result<StatusCode, ApiError> {
    super::rename(&office, &generally(&me, Action::OwnAccount)?, id, &sent.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes one of one's own views.
#[utoipa::path(post, path = "/api/v1/me/views/{id}/remove", tag = "cases", params(("id" = SavedViewId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn remove(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<SavedViewId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::remove(&office, &generally(&me, Action::OwnAccount)?, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
