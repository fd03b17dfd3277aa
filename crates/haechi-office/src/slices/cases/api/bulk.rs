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
use crate::web::{Gate, Me, Routes, Sent};

/// Cases that one request may be about.
const MOST: usize = 200;

pub(super) fn routes(routes: &mut Routes) {
    routes.api_post("/api/v1/cases/bulk/approve", Gate::May(Action::ApproveCase), approve).api_post(
        "/api/v1/cases/bulk/explain",
        Gate::May(Action::AnswerCase),
        explain,
    );
}

#[derive(OpenApi)]
#[openapi(paths(approve, explain))]
struct Bulk;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Bulk::openapi()
}

/// Cases, and one reason for all of them.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Many {
    /// Which.
    #[schema(min_items = 1, max_items = 200)]
    ids: Vec<CaseId>,
    /// Why; it stands in the history of each.
    #[schema(min_length = 1)]
    reason: String,
}

impl Many {
    fn checked(self) -> Result<Self, Problem> {
        if self.reason.trim().is_empty() {
            return Err(CaseError::Missing("reason").into());
        }
        if !(1..=MOST).contains(&self.ids.len()) {
            let happened = ("한 번에 1건에서 200건까지 처리합니다.", "One request is about 1 to 200 cases.");
            return Err(Problem::invalid("cases.many", happened));
        }
        Ok(self)
    }
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
    let Many { ids, reason } = sent.checked()?;
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        let result = cases::approve(&office, &me, id, None, &reason).await;
        results.push(done(&office, &me, id, result).await?);
    }
    Ok(Json(AllDone { results }))
}

/// The handler explains many of their cases.
#[utoipa::path(post, path = "/api/v1/cases/bulk/explain", tag = "cases", request_body = Many, responses((status = 200, body = AllDone)))]
async fn explain(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<Many>) -> Result<Json<AllDone>, ApiError> {
    let Many { ids, reason } = sent.checked()?;
    let mut results = Vec::with_capacity(ids.len());
    let answer = Answer::Explained { text: reason };
    for id in ids {
        let result = cases::answer(&office, &me, id, None, &answer).await;
        results.push(done(&office, &me, id, result).await?);
    }
    Ok(Json(AllDone { results }))
}
