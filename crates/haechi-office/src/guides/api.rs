//! Guides as programs read them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use haechi_core::words::Language;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::say::say;
use crate::web::wire::{Nothing, Text};
use crate::web::{Gate, MaySend, Me, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::OwnAccount);
    routes.api_get("/api/v1/me/guides", gate, list).api_post("/api/v1/me/guides/{role}/seen", gate, seen);
}

#[derive(OpenApi)]
#[openapi(paths(list, seen))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// What the day of a role is like.
#[derive(Debug, Serialize, ToSchema)]
struct GuidePart {
    /// The role.
    role: String,
    /// A few sentences, one a line.
    text: Text,
    /// Whether it was put away.
    is_seen: bool,
}

/// Guides.
#[derive(Debug, Serialize, ToSchema)]
struct GuideList {
    /// Those of one's own roles.
    items: Vec<GuidePart>,
}

/// The guides of one's own roles.
#[utoipa::path(get, path = "/api/v1/me/guides", tag = "people", responses((status = 200, body = GuideList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<GuideList>, ApiError> {
    generally(&me, Action::OwnAccount)?;
    let tx = office.db().read(me.tenant()).await?;
    let items = super::of(&tx, &me).await?.into_iter().map(|(role, is_seen)| {
        let text = |language| say(language, &format!("guide-{}", role.as_str()), &[]);
        let text = Text::of(&text(Language::Korean), &text(Language::English));
        GuidePart { role: role.as_str().to_owned(), text, is_seen }
    });
    Ok(Json(GuideList { items: items.collect() }))
}

/// Puts a guide of one's own roles away.
#[utoipa::path(post, path = "/api/v1/me/guides/{role}/seen", tag = "people", params(("role" = String, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn seen(
    State(office): State<Office>,
    Me(me): Me,
    Path(role): Path<String>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::put_away(&office, &generally(&me, Action::OwnAccount)?, &role).await?;
    Ok(StatusCode::NO_CONTENT)
}
