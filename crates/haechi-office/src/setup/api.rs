//! The steps of setting an office up, as programs read them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::Step;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::Nothing;
use crate::web::{Gate, MaySend, Me, Path, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::ChangeSettings);
    routes.api_get("/api/v1/setup", gate, list).api_post("/api/v1/setup/{step}/done", gate, done);
}

#[derive(OpenApi)]
#[openapi(paths(list, done))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A step.
#[derive(Debug, Serialize, ToSchema)]
struct StepPart {
    /// Which.
    step: Step,
    /// Whether it is done.
    is_done: bool,
}

/// The steps of setting the office up.
#[derive(Debug, Serialize, ToSchema)]
struct StepList {
    /// In their order.
    items: Vec<StepPart>,
}

/// The steps of setting the office up, and whether each is done.
#[utoipa::path(get, path = "/api/v1/setup", tag = "settings", responses((status = 200, body = StepList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<StepList>, ApiError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let standing = super::standing(&office, &tx, &me).await?;
    let items = Step::ALL.into_iter().map(|step| StepPart { step, is_done: standing.is_done(step) });
    Ok(Json(StepList { items: items.collect() }))
}

/// Says that a step is done that leaves no fact of its own: `deadlines`, `backup`.
#[utoipa::path(post, path = "/api/v1/setup/{step}/done", tag = "settings", params(("step" = String, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn done(
    State(office): State<Office>,
    Me(me): Me,
    Path(step): Path<String>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::say_done(&office, &generally(&me, Action::ChangeSettings)?, &step).await?;
    Ok(StatusCode::NO_CONTENT)
}
