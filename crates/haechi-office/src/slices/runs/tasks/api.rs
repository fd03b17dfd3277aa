//! What an engine does, as programs ask for it and as engines tell it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{Ended, Step, TaskId, store};
use crate::ids::RunId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Who};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(crate) fn routes(routes: &mut Routes) {
    routes
        .api_get("/api/v1/engine/tasks/newest", Gate::May(Action::ReadRuns), newest)
        .api_post("/api/v1/engine/tasks", Gate::May(Action::StartRun), ask)
        .api_post("/api/v1/engine/tasks/begin", Gate::May(Action::SubmitRun), begin)
        .api_post("/api/v1/engine/tasks/{id}/progress", Gate::May(Action::SubmitRun), progress)
        .api_post("/api/v1/engine/tasks/{id}/end", Gate::May(Action::SubmitRun), end);
}

#[derive(OpenApi)]
#[openapi(paths(newest, ask, begin, progress, end))]
struct Tasks;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Tasks::openapi()
}

/// Something an engine does or did.
#[derive(Debug, Serialize, ToSchema)]
struct TaskPart {
    /// Which.
    id: TaskId,
    /// Who asked for it; none for the clock.
    asked_by: Option<Who>,
    /// When.
    asked_at: DateTime<Utc>,
    /// `waiting`, `running`, `done`, `failed`, `interrupted`.
    state: String,
    /// What it does: `import`, `detect`, `hand_in`; empty before it does anything.
    stage: String,
    /// What it does it with.
    about: String,
    /// How much is done.
    done: i64,
    /// How much there is; 0 where it is not known.
    total: i64,
    /// When it was last heard of.
    seen_at: DateTime<Utc>,
    /// When it ended.
    ended_at: Option<DateTime<Utc>>,
    /// What it says.
    message: String,
    /// The run that came of it.
    run: Option<RunId>,
}

/// The newest.
#[derive(Debug, Serialize, ToSchema)]
struct Newest {
    /// None where nothing was ever done.
    task: Option<TaskPart>,
}

/// What an engine does now, or did last.
#[utoipa::path(get, path = "/api/v1/engine/tasks/newest", tag = "runs", responses((status = 200, body = Newest)))]
async fn newest(State(office): State<Office>, Me(me): Me) -> Result<Json<Newest>, ApiError> {
    generally(&me, Action::ReadRuns)?;
    let tx = office.db().read(me.tenant()).await?;
    let task = store::newest(&tx).await?.map(|row| TaskPart {
        id: row.id,
        asked_by: row.asked_by.map(|by| Who::of(&me, by)),
        asked_at: row.asked_at,
        state: row.state,
        stage: row.stage,
        about: row.about,
        done: row.done,
        total: row.total,
        seen_at: row.seen_at,
        ended_at: row.ended_at,
        message: row.message,
        run: row.run,
    });
    Ok(Json(Newest { task }))
}

/// Asks an engine to import what lies ready and to detect now.
#[utoipa::path(post, path = "/api/v1/engine/tasks", tag = "runs", request_body = Option<Nothing>, responses((status = 201, body = Made<TaskId>)))]
async fn ask(
    State(office): State<Office>,
    Me(me): Me,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<(StatusCode, Json<Made<TaskId>>), ApiError> {
    let id = super::ask(&office, &me).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Whether an engine would begin of its own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "due": false })))]
struct Begins {
    /// It is time for a run by the engine's clock, whether or not somebody asked.
    due: bool,
}

/// What an engine is to do.
#[derive(Debug, Serialize, ToSchema)]
struct Begun {
    /// None where there is nothing to do, or another engine is at work.
    task: Option<TaskId>,
}

/// An engine asks whether it is to begin.
#[utoipa::path(post, path = "/api/v1/engine/tasks/begin", tag = "runs", request_body = Begins, responses((status = 200, body = Begun)))]
async fn begin(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<Begins>) -> Result<Json<Begun>, ApiError> {
    Ok(Json(Begun { task: super::begin(&office, &me, sent.due).await? }))
}

/// An engine says how far it is.
#[utoipa::path(post, path = "/api/v1/engine/tasks/{id}/progress", tag = "runs", params(("id" = TaskId, Path)), request_body = Step, responses((status = 204)))]
async fn progress(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<TaskId>,
    Sent(sent): Sent<Step>,
) -> Result<StatusCode, ApiError> {
    super::progress(&office, &me, id, &sent).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How it ended.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "failed": false })))]
struct Ends {
    /// Whether it failed.
    failed: bool,
    /// The run that was taken in.
    #[serde(default)]
    run: Option<RunId>,
    /// Why it failed, or what is to be looked at; its first 1,000 characters are kept.
    #[serde(default)]
    message: String,
}

/// An engine says that it ended.
#[utoipa::path(post, path = "/api/v1/engine/tasks/{id}/end", tag = "runs", params(("id" = TaskId, Path)), request_body = Ends, responses((status = 204)))]
async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<TaskId>,
    Sent(sent): Sent<Ends>,
) -> Result<StatusCode, ApiError> {
    let message = sent.message;
    let ended = if sent.failed { Ended::Failed { message } } else { Ended::Done { run: sent.run, message } };
    super::end(&office, &me, id, ended).await?;
    Ok(StatusCode::NO_CONTENT)
}
