//! What programs do to a case in somebody's name: the same verbs as the pages, each on the revision that was seen.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::state::{CaseState, Outcome};
use super::super::{self as cases, Answer, CaseError};
use crate::ids::{CaseId, PersonId};
use crate::office::Office;
use crate::policy::{Action, Actor};
use crate::problem::{ApiError, Problem};
use crate::web::{Gate, IfMatch, MaySend, Me, Path, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_post("/api/v1/cases/{id}/answer", Gate::May(Action::AnswerCase), answer)
        .api_post("/api/v1/cases/{id}/wait", Gate::May(Action::WaitCase), wait)
        .api_post("/api/v1/cases/{id}/resume", Gate::May(Action::WaitCase), resume)
        .api_post("/api/v1/cases/{id}/approve", Gate::May(Action::ApproveCase), approve)
        // The manager or the audit office: the verb asks which of them it takes.
        .api_post("/api/v1/cases/{id}/return", Gate::May(Action::ReadCase), send_back)
        .api_post("/api/v1/cases/{id}/confirm", Gate::May(Action::ConfirmCase), confirm)
        .api_post("/api/v1/cases/{id}/reopen", Gate::May(Action::ReopenCase), reopen)
        .api_post("/api/v1/cases/{id}/claim", Gate::May(Action::ClaimCase), claim)
        .api_post("/api/v1/cases/{id}/hand-over", Gate::May(Action::HandOverCase), hand_over)
        .api_post("/api/v1/cases/{id}/release", Gate::May(Action::ReleaseCase), release)
        .api_post("/api/v1/cases/{id}/comments", Gate::May(Action::CommentCase), comment);
}

#[derive(OpenApi)]
#[openapi(paths(answer, wait, resume, approve, send_back, confirm, reopen, claim, hand_over, release, comment))]
struct Steps;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Steps::openapi()
}

/// Where a case stands after a step.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseNow {
    /// Which.
    id: CaseId,
    /// Where it stands.
    state: CaseState,
    /// How it ended, where it has.
    outcome: Option<Outcome>,
    /// Its revision now.
    revision: i32,
    /// Until when something has to be done.
    due_at: Option<DateTime<Utc>>,
}

/// A case after a step, with its ETag.
type Now = Result<([(HeaderName, String); 1], Json<CaseNow>), ApiError>;

/// The case as it stands now. Whoever just took a step on it is told, also where it is no longer theirs to see.
pub(super) async fn now(office: &Office, me: &Actor, id: CaseId) -> Now {
    let tx = office.db().read(me.tenant()).await?;
    let case = cases::load(&tx, me, id).await?;
    let now = CaseNow {
        id,
        state: case.state(),
        outcome: case.outcome(),
        revision: case.revision(),
        due_at: case.row.due_at,
    };
    Ok((super::tag(&case.row), Json(now)))
}

/// Which revision was seen, where nothing else is to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Saw {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
}

/// A step with words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reasoned {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// Why.
    #[schema(min_length = 1)]
    reason: String,
}

/// What a handler answers with.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Says {
    /// 조치: it was put right.
    Corrected,
    /// 소명: it was in order.
    Explained,
    /// 제외: not to be asked again before a day.
    Excluded,
}

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Answered {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// With what.
    outcome: Says,
    /// What was done, or why it was in order, or why it is not to be asked again.
    #[schema(min_length = 1)]
    text: String,
    /// Corrected: money that came back, in the smallest unit.
    #[serde(default)]
    #[schema(minimum = 0)]
    recovered: Option<i64>,
    /// Corrected: money that was levied in addition.
    #[serde(default)]
    #[schema(minimum = 0)]
    levied: Option<i64>,
    /// Corrected: money that was not paid out.
    #[serde(default)]
    #[schema(minimum = 0)]
    prevented: Option<i64>,
    /// Excluded: the law or rule it rests on.
    #[serde(default)]
    basis: Option<String>,
    /// Excluded: the last day on which it is not asked, at most a year away.
    #[serde(default)]
    until: Option<NaiveDate>,
}

impl Answered {
    fn answer(self) -> Result<Answer, Problem> {
        let Self { outcome, text, recovered, levied, prevented, basis, until, .. } = self;
        let money = [recovered, levied, prevented];
        let does_not_fit = match outcome {
            Says::Corrected => basis.is_some() || until.is_some() || money.iter().flatten().any(|sum| *sum < 0),
            Says::Explained => basis.is_some() || until.is_some() || money.iter().any(Option::is_some),
            Says::Excluded => money.iter().any(Option::is_some),
        };
        if does_not_fit {
            let happened = ("이 답변에 맞지 않는 항목이 있습니다.", "Something does not belong to this answer.");
            return Err(Problem::invalid("case.answer", happened));
        }
        Ok(match outcome {
            Says::Corrected => Answer::Corrected { text, recovered, levied, prevented },
            Says::Explained => Answer::Explained { text },
            Says::Excluded => Answer::Exclude {
                text,
                basis: basis.ok_or(CaseError::Missing("basis"))?,
                until: until.ok_or(CaseError::Missing("until"))?,
            },
        })
    }
}

/// The handler answers.
#[utoipa::path(post, path = "/api/v1/cases/{id}/answer", tag = "cases", params(("id" = CaseId, Path)), request_body = Answered, responses((status = 200, body = CaseNow)))]
async fn answer(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    Sent(sent): Sent<Answered>,
) -> Now {
    let saw = seen.or(sent.revision)?;
    cases::answer(&office, &me, id, saw, &sent.answer()?).await?;
    now(&office, &me, id).await
}

/// Somebody else is waited for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Waits {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// For whom or what.
    #[schema(min_length = 1)]
    whom: String,
    /// Until when, at most 60 days after the case's clock began.
    until: NaiveDate,
}

/// The handler waits for somebody else, at most until 60 days after the clock began.
#[utoipa::path(post, path = "/api/v1/cases/{id}/wait", tag = "cases", params(("id" = CaseId, Path)), request_body = Waits, responses((status = 200, body = CaseNow)))]
async fn wait(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    Sent(sent): Sent<Waits>,
) -> Now {
    cases::wait(&office, &me, id, seen.or(sent.revision)?, &sent.whom, sent.until).await?;
    now(&office, &me, id).await
}

/// What was waited for came.
#[utoipa::path(post, path = "/api/v1/cases/{id}/resume", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Saw>, responses((status = 200, body = CaseNow)))]
async fn resume(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    MaySend(sent): MaySend<Saw>,
) -> Now {
    cases::resume(&office, &me, id, seen.or(sent.revision)?).await?;
    now(&office, &me, id).await
}

/// A step that may have words.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Approves {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// What there is to say.
    #[serde(default)]
    text: String,
}

/// The manager approves the answer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/approve", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Approves>, responses((status = 200, body = CaseNow)))]
async fn approve(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    MaySend(sent): MaySend<Approves>,
) -> Now {
    cases::approve(&office, &me, id, seen.or(sent.revision)?, &sent.text).await?;
    now(&office, &me, id).await
}

/// The manager, or the audit office, wants another answer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/return", tag = "cases", params(("id" = CaseId, Path)), request_body = Reasoned, responses((status = 200, body = CaseNow)))]
async fn send_back(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    Sent(sent): Sent<Reasoned>,
) -> Now {
    cases::send_back(&office, &me, id, seen.or(sent.revision)?, &sent.reason).await?;
    now(&office, &me, id).await
}

/// A confirmation.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Confirms {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// Whether it is for somebody else: an investigation, another body. Then `text` says for whom and why.
    #[serde(default)]
    refer: bool,
    /// What there is to say.
    #[serde(default)]
    text: String,
}

/// The audit office confirms. What matters much and was not corrected takes two of them.
#[utoipa::path(post, path = "/api/v1/cases/{id}/confirm", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Confirms>, responses((status = 200, body = CaseNow)))]
async fn confirm(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    MaySend(sent): MaySend<Confirms>,
) -> Now {
    cases::confirm(&office, &me, id, seen.or(sent.revision)?, sent.refer, &sent.text).await?;
    now(&office, &me, id).await
}

/// A closed case is opened again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reopen", tag = "cases", params(("id" = CaseId, Path)), request_body = Reasoned, responses((status = 200, body = CaseNow)))]
async fn reopen(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    Sent(sent): Sent<Reasoned>,
) -> Now {
    cases::reopen(&office, &me, id, seen.or(sent.revision)?, &sent.reason).await?;
    now(&office, &me, id).await
}

/// Somebody takes what nobody answers for.
#[utoipa::path(post, path = "/api/v1/cases/{id}/claim", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Saw>, responses((status = 200, body = CaseNow)))]
async fn claim(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    MaySend(sent): MaySend<Saw>,
) -> Now {
    cases::claim(&office, &me, id, seen.or(sent.revision)?).await?;
    now(&office, &me, id).await
}

/// A case given to somebody else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandsOver {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// To whom.
    to: PersonId,
    /// Why.
    #[schema(min_length = 1)]
    reason: String,
}

/// A case is given to somebody else.
#[utoipa::path(post, path = "/api/v1/cases/{id}/hand-over", tag = "cases", params(("id" = CaseId, Path)), request_body = HandsOver, responses((status = 200, body = CaseNow)))]
async fn hand_over(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    Sent(sent): Sent<HandsOver>,
) -> Now {
    cases::hand_over(&office, &me, id, seen.or(sent.revision)?, sent.to, &sent.reason).await?;
    now(&office, &me, id).await
}

/// The audit office lets the handler see what was kept for it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/release", tag = "cases", params(("id" = CaseId, Path)), request_body = Reasoned, responses((status = 200, body = CaseNow)))]
async fn release(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    seen: IfMatch,
    Sent(sent): Sent<Reasoned>,
) -> Now {
    cases::release(&office, &me, id, seen.or(sent.revision)?, &sent.reason).await?;
    now(&office, &me, id).await
}

/// A comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Comments {
    /// What is said.
    #[schema(min_length = 1)]
    text: String,
}

/// Writes beneath a case. It changes nothing of it, so no revision is asked for.
#[utoipa::path(post, path = "/api/v1/cases/{id}/comments", tag = "cases", params(("id" = CaseId, Path)), request_body = Comments, responses((status = 200, body = CaseNow)))]
async fn comment(State(office): State<Office>, Me(me): Me, Path(id): Path<CaseId>, Sent(sent): Sent<Comments>) -> Now {
    cases::comment(&office, &me, id, &sent.text).await?;
    now(&office, &me, id).await
}
