//! What programs do to a case in somebody's name: the same verbs as the pages, each on the revision that was seen.
//!
//! Every step is taken at one place ([`At`]: who, on which case, on what they saw of it) and answers where the case then stands.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::state::{CaseState, Outcome};
use super::super::{self as cases, Answer, CaseError, actions};
use crate::ids::{CaseId, PersonId};
use crate::office::Office;
use crate::policy::{self, Action, Actor};
use crate::problem::{ApiError, Problem};
use crate::web::wire::{Nothing, Remark, Written};
use crate::web::{Gate, IfMatch, MaySend, Me, PageError, Path, Routes, Sent, tag};

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
        .api_post("/api/v1/cases/{id}/comments", Gate::May(Action::CommentCase), comment)
        .api_post("/api/v1/cases/{id}/acknowledge", Gate::May(Action::ReadCase), acknowledge)
        .api_post("/api/v1/cases/{id}/recusal", Gate::May(Action::Recuse), recuse);
}

#[derive(OpenApi)]
#[openapi(paths(
    answer,
    wait,
    resume,
    approve,
    send_back,
    confirm,
    reopen,
    claim,
    hand_over,
    release,
    comment,
    acknowledge,
    recuse
))]
struct Steps;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Steps::openapi()
}

/// Where a step is taken: by whom, on which case, on which revision of it.
struct At {
    office: Office,
    me: Actor,
    id: CaseId,
    seen: IfMatch,
}

impl FromRequestParts<Office> for At {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, office: &Office) -> Result<Self, ApiError> {
        let refused = |PageError(problem)| ApiError(problem);
        let Me(me) = Me::from_request_parts(parts, office).await.map_err(refused)?;
        let Path(id) = Path::from_request_parts(parts, office).await.map_err(refused)?;
        let seen = IfMatch::from_request_parts(parts, office).await?;
        Ok(Self { office: office.clone(), me, id, seen })
    }
}

impl At {
    /// The revision that was seen, from the header or the body.
    fn saw(&self, body: Option<i32>) -> Result<Option<i32>, Problem> {
        self.seen.or(body).map(Some)
    }

    /// Where the case stands once the step was taken.
    async fn now(&self) -> Now {
        now(&self.office, &self.me, self.id).await
    }
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
    Ok((tag(case.revision()), Json(now)))
}

/// Which revision was seen, where nothing else is to be said.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 1 })))]
struct Saw {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
}

/// A step with words.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 2, "reason": "영수증을 붙여 주십시오." })))]
struct Reasoned {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// Why.
    reason: Written,
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
#[schema(examples(
    json!({ "revision": 1, "outcome": "explained", "text": "같은 날 열린 서로 다른 모임이었습니다." }),
    json!({ "revision": 1, "outcome": "corrected", "text": "차액을 돌려받았습니다.", "recovered": 120000 }),
    json!({ "revision": 1, "outcome": "excluded", "text": "월례 행사입니다.", "basis": "업무추진비 집행 지침", "until": "2027-03-31" })
))]
struct Answered {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// With what.
    outcome: Says,
    /// What was done, or why it was in order, or why it is not to be asked again.
    text: Written,
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
    basis: Option<Written<1_000>>,
    /// Excluded: the last day on which it is not asked, at most a year away.
    #[serde(default)]
    until: Option<NaiveDate>,
}

impl Answered {
    fn answer(&self) -> Result<Answer, Problem> {
        let Self { outcome, recovered, levied, prevented, ref basis, until, .. } = *self;
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
        let text = self.text.to_string();
        Ok(match outcome {
            Says::Corrected => Answer::Corrected { text, recovered, levied, prevented },
            Says::Explained => Answer::Explained { text },
            Says::Excluded => Answer::Exclude {
                text,
                basis: basis.as_ref().ok_or(CaseError::Missing("basis"))?.to_string(),
                until: until.ok_or(CaseError::Missing("until"))?,
            },
        })
    }
}

/// The handler answers.
#[utoipa::path(post, path = "/api/v1/cases/{id}/answer", tag = "cases", params(("id" = CaseId, Path)), request_body = Answered, responses((status = 200, body = CaseNow)))]
async fn answer(at: At, Sent(sent): Sent<Answered>) -> Now {
    let saw = at.saw(sent.revision)?;
    cases::answer(&at.office, &at.me, at.id, saw, &sent.answer()?).await?;
    at.now().await
}

/// Somebody else is waited for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 1, "whom": "거래 은행의 회신", "until": "2026-12-04" })))]
struct Waits {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// For whom or what.
    whom: Written<1_000>,
    /// Until when, at most 60 days after the case's clock began.
    until: NaiveDate,
}

/// The handler waits for somebody else, at most until 60 days after the clock began.
#[utoipa::path(post, path = "/api/v1/cases/{id}/wait", tag = "cases", params(("id" = CaseId, Path)), request_body = Waits, responses((status = 200, body = CaseNow)))]
async fn wait(at: At, Sent(sent): Sent<Waits>) -> Now {
    cases::wait(&at.office, &at.me, at.id, at.saw(sent.revision)?, &sent.whom, sent.until).await?;
    at.now().await
}

/// What was waited for came.
#[utoipa::path(post, path = "/api/v1/cases/{id}/resume", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Saw>, responses((status = 200, body = CaseNow)))]
async fn resume(at: At, MaySend(sent): MaySend<Saw>) -> Now {
    cases::resume(&at.office, &at.me, at.id, at.saw(sent.revision)?).await?;
    at.now().await
}

/// A step that may have words.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 2 })))]
struct Approves {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// What there is to say.
    #[serde(default)]
    text: Remark,
}

/// The manager approves the answer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/approve", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Approves>, responses((status = 200, body = CaseNow)))]
async fn approve(at: At, MaySend(sent): MaySend<Approves>) -> Now {
    cases::approve(&at.office, &at.me, at.id, at.saw(sent.revision)?, &sent.text).await?;
    at.now().await
}

/// The manager, or the audit office, wants another answer.
#[utoipa::path(post, path = "/api/v1/cases/{id}/return", tag = "cases", params(("id" = CaseId, Path)), request_body = Reasoned, responses((status = 200, body = CaseNow)))]
async fn send_back(at: At, Sent(sent): Sent<Reasoned>) -> Now {
    cases::send_back(&at.office, &at.me, at.id, at.saw(sent.revision)?, &sent.reason).await?;
    at.now().await
}

/// A confirmation.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 3 })))]
struct Confirms {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// Whether it is for somebody else: an investigation, another body. Then `text` says for whom and why.
    #[serde(default)]
    refer: bool,
    /// What there is to say.
    #[serde(default)]
    text: Remark,
}

/// The audit office confirms. What matters much and was not corrected takes two of them.
#[utoipa::path(post, path = "/api/v1/cases/{id}/confirm", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Confirms>, responses((status = 200, body = CaseNow)))]
async fn confirm(at: At, MaySend(sent): MaySend<Confirms>) -> Now {
    cases::confirm(&at.office, &at.me, at.id, at.saw(sent.revision)?, sent.refer, &sent.text).await?;
    at.now().await
}

/// A closed case is opened again.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reopen", tag = "cases", params(("id" = CaseId, Path)), request_body = Reasoned, responses((status = 200, body = CaseNow)))]
async fn reopen(at: At, Sent(sent): Sent<Reasoned>) -> Now {
    cases::reopen(&at.office, &at.me, at.id, at.saw(sent.revision)?, &sent.reason).await?;
    at.now().await
}

/// Somebody takes what nobody answers for.
#[utoipa::path(post, path = "/api/v1/cases/{id}/claim", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Saw>, responses((status = 200, body = CaseNow)))]
async fn claim(at: At, MaySend(sent): MaySend<Saw>) -> Now {
    cases::claim(&at.office, &at.me, at.id, at.saw(sent.revision)?).await?;
    at.now().await
}

/// A case given to somebody else.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "revision": 1, "to": "01990000-0000-7000-8000-000000000000", "reason": "담당이 바뀌었습니다." })))]
struct HandsOver {
    /// The revision that was read; or `If-Match`.
    #[serde(default)]
    revision: Option<i32>,
    /// To whom.
    to: PersonId,
    /// Why.
    reason: Written,
}

/// A case is given to somebody else.
#[utoipa::path(post, path = "/api/v1/cases/{id}/hand-over", tag = "cases", params(("id" = CaseId, Path)), request_body = HandsOver, responses((status = 200, body = CaseNow)))]
async fn hand_over(at: At, Sent(sent): Sent<HandsOver>) -> Now {
    cases::hand_over(&at.office, &at.me, at.id, at.saw(sent.revision)?, sent.to, &sent.reason).await?;
    at.now().await
}

/// The audit office lets the handler see what was kept for it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/release", tag = "cases", params(("id" = CaseId, Path)), request_body = Reasoned, responses((status = 200, body = CaseNow)))]
async fn release(at: At, Sent(sent): Sent<Reasoned>) -> Now {
    cases::release(&at.office, &at.me, at.id, at.saw(sent.revision)?, &sent.reason).await?;
    at.now().await
}

/// A comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "text": "영수증을 찾고 있습니다." })))]
struct Comments {
    /// What is said.
    text: Written,
}

/// Writes beneath a case. It changes nothing of it, so no revision is asked for.
#[utoipa::path(post, path = "/api/v1/cases/{id}/comments", tag = "cases", params(("id" = CaseId, Path)), request_body = Comments, responses((status = 200, body = CaseNow)))]
async fn comment(at: At, Sent(sent): Sent<Comments>) -> Now {
    cases::comment(&at.office, &at.me, at.id, &sent.text).await?;
    at.now().await
}

/// Says that who was told of a case by a step up the report line has seen it, as opening its page does. Reading it here does not.
#[utoipa::path(post, path = "/api/v1/cases/{id}/acknowledge", tag = "cases", params(("id" = CaseId, Path)), request_body = Option<Nothing>, responses((status = 200, body = CaseNow)))]
async fn acknowledge(at: At, MaySend(Nothing {}): MaySend<Nothing>) -> Now {
    let tx = at.office.db().read(at.me.tenant()).await?;
    policy::authorize(&at.me, Action::ReadCase, cases::load(&tx, &at.me, at.id).await?)?;
    drop(tx);
    cases::acknowledge(&at.office, &at.me, at.id).await?;
    at.now().await
}

/// Why somebody keeps away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "reason": "거래처 대표가 친척입니다." })))]
struct KeepsAway {
    /// In words.
    reason: Written,
}

/// The token's person keeps away from a case (회피): from then on it is out of their sight.
#[utoipa::path(post, path = "/api/v1/cases/{id}/recusal", tag = "cases", params(("id" = CaseId, Path)), request_body = KeepsAway, responses((status = 204)))]
async fn recuse(at: At, Sent(sent): Sent<KeepsAway>) -> Result<StatusCode, ApiError> {
    actions::recuse(&at.office, &at.me, at.id, &sent.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
