//! One reason for many cases: each is a step of its own, with its own event, and one that fails holds up none of the others.

use axum::Json;
use axum::extract::State;
use haechi_core::words::Language;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::{self as cases, Answer, CaseError};
use super::steps::{CaseNow, now};
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{Action, Actor};
use crate::problem::{ApiError, Problem, ProblemBody};
use crate::web::wire::Written;
use crate::web::{Gate, Me, Routes, Sent};

/// Cases that one request may be about.
const MOST: usize = 200;

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_post("/api/v1/cases/bulk/approve", Gate::May(Action::ApproveCase), approve)
        .api_post("/api/v1/cases/bulk/confirm", Gate::May(Action::ConfirmCase), confirm)
        .api_post("/api/v1/cases/bulk/explain", Gate::May(Action::AnswerCase), explain);
}

#[derive(OpenApi)]
#[openapi(paths(approve, confirm, explain))]
struct Bulk;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Bulk::openapi()
}

/// A case as it was seen.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeenCase {
    /// Which.
    id: CaseId,
    /// The revision that was read: one that changed since stays as it is.
    revision: i32,
}

/// Cases, and one reason for all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "cases": [{ "id": "01990000-0000-7000-8000-000000000000", "revision": 2 }], "reason": "같은 날 두 모임이었습니다." })))]
struct Many {
    /// Which.
    #[schema(min_items = 1, max_items = 200)]
    cases: Vec<SeenCase>,
    /// Why; it stands in the history of each.
    reason: Written,
}

/// What became of one of them.
#[derive(Debug, Serialize, ToSchema)]
struct Done {
    /// Which.
    id: CaseId,
    /// Where it stands now; none where nothing was done.
    case: Option<CaseNow>,
    /// Why nothing was done.
    problem: Option<ProblemBody>,
}

/// What became of each.
#[derive(Debug, Serialize, ToSchema)]
struct AllDone {
    /// In the order in which they were sent.
    results: Vec<Done>,
}

/// What is done to each.
#[derive(Clone, Copy)]
enum Does {
    Approve,
    Confirm,
    Explain,
}

async fn each(office: &Office, me: &Actor, does: Does, sent: Many) -> Result<Json<AllDone>, ApiError> {
    let Many { cases: seen, reason } = sent;
    if reason.trim().is_empty() {
        return Err(CaseError::Missing("reason").into());
    }
    if !(1..=MOST).contains(&seen.len()) {
        let happened = ("한 번에 1건에서 200건까지 처리합니다.", "One request is about 1 to 200 cases.");
        return Err(Problem::invalid("cases.many", happened).into());
    }
    let answer = Answer::Explained { text: reason.to_string() };
    let mut results = Vec::with_capacity(seen.len());
    for SeenCase { id, revision } in seen {
        let saw = Some(revision);
        let result = match does {
            Does::Approve => cases::approve(office, me, id, saw, &reason).await,
            Does::Confirm => cases::confirm(office, me, id, saw, false, &reason).await,
            Does::Explain => cases::answer(office, me, id, saw, &answer).await,
        };
        results.push(done(office, me, id, result).await?);
    }
    Ok(Json(AllDone { results }))
}

async fn done(office: &Office, me: &Actor, id: CaseId, result: Result<(), CaseError>) -> Result<Done, ApiError> {
    match result.map_err(Problem::from) {
        Ok(()) => Ok(Done { id, case: Some(now(office, me, id).await?.1.0), problem: None }),
        Err(problem) => {
            if problem.status >= 500 {
                problem.tell_log();
            }
            Ok(Done { id, case: None, problem: Some(problem.body(Language::English)) })
        }
    }
}

/// The manager approves many answers.
#[utoipa::path(post, path = "/api/v1/cases/bulk/approve", tag = "cases", request_body = Many, responses((status = 200, body = AllDone)))]
async fn approve(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<Many>) -> Result<Json<AllDone>, ApiError> {
    each(&office, &me, Does::Approve, sent).await
}

/// The audit office confirms many approved answers.
#[utoipa::path(post, path = "/api/v1/cases/bulk/confirm", tag = "cases", request_body = Many, responses((status = 200, body = AllDone)))]
async fn confirm(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<Many>) -> Result<Json<AllDone>, ApiError> {
    each(&office, &me, Does::Confirm, sent).await
}

/// The handler explains many of their cases.
#[utoipa::path(post, path = "/api/v1/cases/bulk/explain", tag = "cases", request_body = Many, responses((status = 200, body = AllDone)))]
async fn explain(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<Many>) -> Result<Json<AllDone>, ApiError> {
    each(&office, &me, Does::Explain, sent).await
}
