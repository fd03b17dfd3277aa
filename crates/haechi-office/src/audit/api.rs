//! The log as programs read it, and the files for who verifies it elsewhere.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use haechi_core::words::Language;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::event::{Event, Record, Via};
use super::{overview, pages, store};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::{ApiError, Problem};
use crate::say::say;
use crate::web::wire::{self, Part, Text, Who};
use crate::web::{Gate, Me, PageError, Query, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let read = Gate::May(Action::ReadLog);
    routes
        .api_get("/api/v1/log", read, log)
        .api_get("/api/v1/log/events", read, events)
        .api_get("/api/v1/log/events.jsonl", read, events_file)
        .api_get("/api/v1/log/checkpoints.txt", read, checkpoints_file);
}

#[derive(OpenApi)]
#[openapi(paths(log, events, events_file, checkpoints_file))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A signature under the log.
#[derive(Debug, Serialize, ToSchema)]
struct CheckpointPart {
    /// Over how many events.
    size: u64,
    /// When it was made.
    at: String,
}

/// A witness of this log.
#[derive(Debug, Serialize, ToSchema)]
struct WitnessPart {
    /// What it is called in its key.
    name: String,
    /// Where it is asked.
    url: String,
    /// Over how many events it signed.
    size: u64,
    /// When it signed last.
    signed_at: Option<DateTime<Utc>>,
    /// When it last did not.
    failed_at: Option<DateTime<Utc>>,
    /// Why it did not.
    problem: Option<Text>,
    /// Whether it failed after it signed last.
    is_failing: bool,
    /// Whether it says that the log was changed.
    is_alarm: bool,
}

/// A log that this installation watches.
#[derive(Debug, Serialize, ToSchema)]
struct WatchedPart {
    /// Which: the name in its key and the government's code.
    origin: String,
    /// How many events it had when it was seen last.
    size: Option<u64>,
    /// When that was.
    seen_at: Option<DateTime<Utc>>,
    /// Each time it was begun anew with, the newest first.
    anew: Vec<AnewPart>,
}

/// That a watched log, which was restored from a backup, was begun anew with.
#[derive(Debug, Serialize, ToSchema)]
struct AnewPart {
    /// When.
    at: DateTime<Utc>,
    /// Events that had been signed.
    size_before: i64,
    /// Events from which it went on.
    size_after: i64,
    /// Why.
    reason: String,
}

/// That this installation was restored from a backup.
#[derive(Debug, Serialize, ToSchema)]
struct RestoredPart {
    /// When.
    at: DateTime<Utc>,
    /// Of when the backup was.
    of_moment: DateTime<Utc>,
    /// Events that the log then held.
    events: i64,
    /// The public key it was signed with before, where that was lost.
    earlier_key: Option<String>,
}

/// The log.
#[derive(Debug, Serialize, ToSchema)]
struct LogPart {
    /// Its events.
    size: u64,
    /// The newest checkpoint.
    signed: Option<CheckpointPart>,
    /// How many of its events some witness signed; what came later, nobody outside has seen.
    witnessed: u64,
    /// The witnesses that are asked.
    witnesses: Vec<WitnessPart>,
    /// Each time this installation was restored from a backup, the newest first.
    restored: Vec<RestoredPart>,
    /// The logs that this installation watches.
    watching: Vec<WatchedPart>,
    /// The public key with which checkpoints are signed.
    key: String,
    /// The public key with which this installation signs what it watches.
    witness_key: String,
}

/// How far the log is signed, and by whom.
#[utoipa::path(get, path = "/api/v1/log", tag = "log", responses((status = 200, body = LogPart)))]
async fn log(State(office): State<Office>, Me(me): Me) -> Result<Json<LogPart>, ApiError> {
    generally(&me, Action::ReadLog)?;
    let tx = office.db().read(me.tenant()).await?;
    let found = overview::overview(&office, &tx).await?;
    drop(tx);
    let in_language =
        |language, (word, about): &(String, String)| say(language, word, &[("what", about.clone().into())]);
    let witnessed = found.witnessed();
    let witnesses = found.witnesses.into_iter().map(|one| WitnessPart {
        problem: one.problem.map(|problem| {
            Text::of(&in_language(Language::Korean, &problem), &in_language(Language::English, &problem))
        }),
        name: one.name,
        url: one.url,
        size: one.size,
        signed_at: one.signed_at,
        failed_at: one.failed_at,
        is_failing: one.is_failing,
        is_alarm: one.is_alarm,
    });
    let watching = overview::watching(&office).await?.into_iter().map(|one| WatchedPart {
        origin: one.origin,
        size: one.seen.map(|seen| seen.0),
        seen_at: one.seen.map(|seen| seen.1),
        anew: one
            .anew
            .into_iter()
            .map(|row| AnewPart {
                at: row.begun_at,
                size_before: row.size_before,
                size_after: row.size_after,
                reason: row.reason,
            })
            .collect(),
    });
    let restored = found.restored.into_iter().map(|row| RestoredPart {
        at: row.restored_at,
        of_moment: row.of_moment,
        events: row.events,
        earlier_key: row.earlier_key,
    });
    Ok(Json(LogPart {
        size: found.size,
        signed: found.signed.map(|(size, at)| CheckpointPart { size, at }),
        witnessed,
        witnesses: witnesses.collect(),
        restored: restored.collect(),
        watching: watching.collect(),
        key: office.signer().key().to_owned(),
        witness_key: office.witness().key().to_string(),
    }))
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
struct EventPart {
    /// Its place in the log, from 0.
    position: u64,
    /// When, UTC.
    at: String,
    /// What was done: `case.confirm`.
    action: String,
    /// In whose name: a person's id, or the name of a worker.
    actor: String,
    /// The person, where it was one.
    person: Option<Who>,
    /// Who did it in truth, where that is another.
    true_actor: Option<String>,
    /// By which way.
    via: Via,
    /// To what.
    record: Record,
    /// SHA-256 of the record before; none where there was none.
    before: Option<String>,
    /// The same after; none where it is gone.
    after: Option<String>,
}

/// Events.
#[derive(Debug, Serialize, ToSchema)]
struct EventList {
    /// The newest first.
    items: Vec<EventPart>,
    /// What to send as `after` for the next page, of older ones; none on the last.
    next: Option<u64>,
}

/// What was done, the newest first.
#[utoipa::path(get, path = "/api/v1/log/events", tag = "log", params(Part<u64>), responses((status = 200, body = EventList)))]
async fn events(
    State(office): State<Office>,
    Me(me): Me,
    Query(part): Query<Part<u64>>,
) -> Result<Json<EventList>, ApiError> {
    generally(&me, Action::ReadLog)?;
    let most = part.most()?;
    let tx = office.db().read(me.tenant()).await?;
    // No log has a place beyond this, and the databases count no further.
    let last = i64::MAX.unsigned_abs();
    let before = part.after.unwrap_or(last);
    if before > last {
        return Err(Problem::invalid("log.after", ("‘after’가 너무 큽니다.", "‘after’ is too large.")).into());
    }
    let lines = store::newest_lines(&tx, before, most + 1).await?;
    let found = lines.iter().map(|line| serde_json::from_str(line)).collect::<Result<Vec<Event>, _>>()?;
    let (found, next) = wire::paged(found, most, |event| event.position);
    let items = found.into_iter().map(|event| EventPart {
        position: event.position,
        at: event.at,
        action: event.action,
        person: event.actor.parse().ok().map(|person| Who::of(&me, person)),
        actor: event.actor,
        true_actor: event.true_actor,
        via: event.via,
        record: event.record,
        before: event.before,
        after: event.after,
    });
    Ok(Json(EventList { items: items.collect(), next }))
}

/// The whole log as a file for `haechi verify log`, one event a line, whose bytes are the leaves of the tree. That it was taken is an
/// event too.
#[utoipa::path(
    get, path = "/api/v1/log/events.jsonl", tag = "log",
    responses((status = 200, body = String, content_type = "application/jsonl", description = "JSON Lines."))
)]
async fn events_file(office: State<Office>, me: Me) -> Result<Response, ApiError> {
    pages::events(office, me).await.map_err(|PageError(problem)| ApiError(problem))
}

/// The checkpoints as a file for `haechi verify log`, with what witnesses signed of them. That it was taken is an event too.
#[utoipa::path(
    get, path = "/api/v1/log/checkpoints.txt", tag = "log",
    responses((status = 200, body = String, content_type = "text/plain; charset=utf-8", description = "C2SP notes, an empty line behind each."))
)]
async fn checkpoints_file(office: State<Office>, me: Me) -> Result<Response, ApiError> {
    pages::checkpoints(office, me).await.map_err(|PageError(problem)| ApiError(problem))
}
