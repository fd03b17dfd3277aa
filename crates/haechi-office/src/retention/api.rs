//! Retention as programs read and change it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::period::Period;
use super::store::{Kind, Proposal};
use super::view::{self, Destruction, SeenHold, Waiting};
use super::{Class, HoldId, HoldKind, NewHold, RetentionError, RetentionProposalId, What};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Who, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    let (read, propose) = (Gate::May(Action::ReadRetention), Gate::May(Action::ProposeRetention));
    routes
        .api_get("/api/v1/retention", read, overview)
        .api_post("/api/v1/retention/periods", propose, propose_period)
        .api_get("/api/v1/retention/destructions", read, list_destructions)
        .api_post("/api/v1/retention/destructions", propose, propose_destruction)
        .api_get("/api/v1/retention/destructions/{id}", read, one_destruction)
        .api_get("/api/v1/retention/holds", read, list_holds)
        .api_post("/api/v1/retention/holds", Gate::May(Action::SetHold), set_hold)
        .api_post("/api/v1/retention/holds/{id}/lift", Gate::May(Action::LiftHold), lift)
        .api_post("/api/v1/retention/proposals/{id}/decide", Gate::May(Action::DecideRetention), decide)
        .api_post("/api/v1/retention/proposals/{id}/withdraw", Gate::May(Action::WithdrawRetention), withdraw);
}

#[derive(OpenApi)]
#[openapi(paths(
    overview,
    propose_period,
    list_destructions,
    propose_destruction,
    one_destruction,
    list_holds,
    set_hold,
    lift,
    decide,
    withdraw
))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// For how long a class is kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionPeriod)]
struct PeriodPart {
    /// Years; none keeps it until somebody sets some.
    years: Option<u32>,
    /// Whether they count from the first of January after the record's day, and not from that day.
    from_new_year: bool,
    /// The first day on which it holds.
    from: NaiveDate,
}

impl From<Period> for PeriodPart {
    fn from(period: Period) -> Self {
        Self { years: period.years, from_new_year: period.from_new_year, from: period.first_day }
    }
}

/// What of a class has fallen due.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionDue)]
struct DuePart {
    /// The last day up to which records have.
    until: NaiveDate,
    /// How many, those held among them.
    count: u64,
    /// Of them held.
    held: u64,
    /// The day of the oldest.
    oldest: Option<NaiveDate>,
}

/// How a class stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionStanding)]
struct ClassPart {
    /// Which.
    class: Class,
    /// The period that holds today; none where nobody has set one, and it is kept.
    period: Option<PeriodPart>,
    /// One that was approved and holds from a later day on.
    next: Option<PeriodPart>,
    /// What has fallen due; none where it is kept.
    due: Option<DuePart>,
}

/// A hold.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LegalHold)]
struct HoldPart {
    /// Which.
    id: HoldId,
    /// On what.
    kind: HoldKind,
    /// Which: a case's id, a person's id, a scenario. None where the reader may not know.
    record: Option<String>,
    /// Why; none where the reader may not know.
    reason: Option<String>,
    /// On what law or order; none where the reader may not know.
    basis: Option<String>,
    /// Who set it.
    set_by: Who,
    /// When.
    set_at: DateTime<Utc>,
    /// When it was lifted.
    lifted_at: Option<DateTime<Utc>>,
}

impl HoldPart {
    fn of(me: &Actor, hold: SeenHold) -> Result<Self, RetentionError> {
        let SeenHold { row, is_seen, .. } = hold;
        let seen = |text: String| is_seen.then_some(text);
        Ok(Self {
            id: row.id,
            kind: HoldKind::parse(&row.kind).ok_or(RetentionError::Record)?,
            record: seen(row.record),
            reason: seen(row.reason),
            basis: seen(row.basis),
            set_by: Who::of(me, row.set_by),
            set_at: row.set_at,
            lifted_at: row.lifted_at,
        })
    }
}

/// A proposal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetentionProposal)]
struct ProposalPart {
    /// Which.
    id: RetentionProposalId,
    /// What it is about.
    kind: Kind,
    /// The class; none where it is about a hold.
    class: Option<Class>,
    /// The period it would set.
    period: Option<PeriodPart>,
    /// The last day of what it would destroy.
    until: Option<NaiveDate>,
    /// The hold it would lift.
    hold: Option<HoldId>,
    /// Why; none where it is about a hold of which the reader may not know.
    reason: Option<String>,
    /// Who proposed it.
    proposed_by: Who,
    /// When.
    proposed_at: DateTime<Utc>,
    /// Whether the token's person may decide it.
    may_decide: bool,
}

impl ProposalPart {
    fn of(me: &Actor, waiting: Waiting) -> Result<Self, RetentionError> {
        let Waiting { row, hold, may_decide, .. } = waiting;
        let kind = Kind::parse(&row.kind).ok_or(RetentionError::Unknown)?;
        let period = row.first_day.map(|from| PeriodPart {
            years: row.years.and_then(|years| u32::try_from(years).ok()),
            from_new_year: row.from_new_year,
            from,
        });
        let is_hidden = hold.is_some_and(|hold| !hold.is_seen);
        Ok(Self {
            id: row.id,
            kind,
            class: Class::parse(&row.class),
            period,
            until: row.until,
            hold: (kind == Kind::Lift).then_some(row.hold),
            reason: (!is_hidden).then_some(row.reason),
            proposed_by: Who::of(me, row.proposed_by),
            proposed_at: row.proposed_at,
            may_decide,
        })
    }
}

/// How retention stands.
#[derive(Debug, Serialize, ToSchema)]
struct RetentionOverview {
    /// Each class.
    classes: Vec<ClassPart>,
    /// Proposals that wait for a second person, the oldest first.
    waiting: Vec<ProposalPart>,
}

/// For how long each class is kept, what has fallen due, and what waits for a second person. The log, its checkpoints, closed months and the
/// reports of runs are no class: they stay.
#[utoipa::path(get, path = "/api/v1/retention", tag = "retention", responses((status = 200, body = RetentionOverview)))]
async fn overview(State(office): State<Office>, Me(me): Me) -> Result<Json<RetentionOverview>, ApiError> {
    generally(&me, Action::ReadRetention)?;
    let tx = office.db().read(me.tenant()).await?;
    let classes = view::standings(&office, &tx).await?.into_iter().map(|one| ClassPart {
        class: one.class,
        period: one.period.map(Into::into),
        next: one.next.map(Into::into),
        due: one.due.map(|(until, due)| DuePart { until, count: due.count, held: due.held, oldest: due.oldest }),
    });
    let classes = classes.collect();
    let waiting = view::waiting(&office, &tx, &me).await?;
    let waiting = waiting.into_iter().map(|one| ProposalPart::of(&me, one)).collect::<Result<_, _>>()?;
    Ok(Json(RetentionOverview { classes, waiting }))
}

/// A period to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "class": "cases", "years": 5, "from_new_year": true, "from": "2027-01-01", "reason": "기록물 보존기간에 맞춥니다" })))]
struct NewPeriod {
    /// The class.
    class: Class,
    /// Years; without them it is kept.
    #[serde(default)]
    years: Option<u32>,
    /// Whether they count from the first of January after the record's day.
    #[serde(default)]
    from_new_year: bool,
    /// The first day on which it holds.
    from: NaiveDate,
    /// Why.
    reason: Written<2000>,
}

/// Proposes for how long a class is kept. It holds once a second person approved it.
#[utoipa::path(post, path = "/api/v1/retention/periods", tag = "retention", request_body = NewPeriod, responses((status = 201, body = Made<RetentionProposalId>)))]
async fn propose_period(
    State(office): State<Office>,
    Me(me): Me,
    Sent(new): Sent<NewPeriod>,
) -> Result<(StatusCode, Json<Made<RetentionProposalId>>), ApiError> {
    let NewPeriod { class, years, from_new_year, from: first_day, reason } = new;
    let what = What::Period { class, years, from_new_year, first_day };
    let id = super::propose(&office, &me, what, &reason).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// A destruction to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "class": "messages", "until": "2021-12-31", "reason": "보존기간이 끝났습니다" })))]
struct NewDestruction {
    /// The class.
    class: Class,
    /// The last day of what is destroyed: not later than `until` of what has fallen due.
    until: NaiveDate,
    /// Why.
    reason: Written<2000>,
}

/// Proposes that what has fallen due of a class is destroyed. Nothing goes before a second person approved it.
#[utoipa::path(post, path = "/api/v1/retention/destructions", tag = "retention", request_body = NewDestruction, responses((status = 201, body = Made<RetentionProposalId>)))]
async fn propose_destruction(
    State(office): State<Office>,
    Me(me): Me,
    Sent(new): Sent<NewDestruction>,
) -> Result<(StatusCode, Json<Made<RetentionProposalId>>), ApiError> {
    let what = What::Destruction { class: new.class, until: new.until };
    let id = super::propose(&office, &me, what, &new.reason).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// A destruction that was approved: its certificate once `ended_at` is there.
#[derive(Debug, Serialize, ToSchema)]
struct CertificatePart {
    /// Its number.
    id: RetentionProposalId,
    /// The class.
    class: Class,
    /// The last day of what is destroyed.
    until: Option<NaiveDate>,
    /// Why.
    reason: String,
    /// Who proposed it.
    proposed_by: Who,
    /// When.
    proposed_at: DateTime<Utc>,
    /// Who approved it.
    decided_by: Option<Who>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// What they said.
    answer: Option<String>,
    /// Records that were destroyed.
    destroyed: u64,
    /// Records that were left because they are held; none before it has ended.
    held: Option<i64>,
    /// When it ended; none while it is carried out.
    ended_at: Option<DateTime<Utc>>,
    /// SHA-256 over the ids of the records destroyed, in their order, a line each.
    digest: Option<String>,
}

impl CertificatePart {
    fn of(me: &Actor, found: Destruction) -> Result<Self, RetentionError> {
        let Destruction { row, destroyed, certificate } = found;
        let Proposal { id, class, until, reason, proposed_by, proposed_at, decided_by, decided_at, answer, .. } = row;
        Ok(Self {
            id,
            class: Class::parse(&class).ok_or(RetentionError::Class)?,
            until,
            reason,
            proposed_by: Who::of(me, proposed_by),
            proposed_at,
            decided_by: decided_by.map(|by| Who::of(me, by)),
            decided_at,
            answer,
            destroyed,
            held: certificate.as_ref().map(|one| one.held),
            ended_at: certificate.as_ref().map(|one| one.ended_at),
            digest: certificate.map(|one| one.digest),
        })
    }
}

/// Destructions that were approved.
#[derive(Debug, Serialize, ToSchema)]
struct CertificateList {
    /// The newest first.
    items: Vec<CertificatePart>,
}

/// The destructions that were approved, with their certificates.
#[utoipa::path(get, path = "/api/v1/retention/destructions", tag = "retention", responses((status = 200, body = CertificateList)))]
async fn list_destructions(State(office): State<Office>, Me(me): Me) -> Result<Json<CertificateList>, ApiError> {
    generally(&me, Action::ReadRetention)?;
    let tx = office.db().read(me.tenant()).await?;
    let all = view::destructions(&tx).await?.into_iter().map(|one| CertificatePart::of(&me, one));
    Ok(Json(CertificateList { items: all.collect::<Result<_, _>>()? }))
}

/// One destruction that was approved, with its certificate.
#[utoipa::path(get, path = "/api/v1/retention/destructions/{id}", tag = "retention", params(("id" = RetentionProposalId, Path)), responses((status = 200, body = CertificatePart)))]
async fn one_destruction(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RetentionProposalId>,
) -> Result<Json<CertificatePart>, ApiError> {
    generally(&me, Action::ReadRetention)?;
    let tx = office.db().read(me.tenant()).await?;
    Ok(Json(CertificatePart::of(&me, view::destruction(&tx, id).await?)?))
}

/// Holds.
#[derive(Debug, Serialize, ToSchema)]
struct HoldList {
    /// Those that hold first, the newest first.
    items: Vec<HoldPart>,
}

/// The holds. Of a case that the reader may not see, and of themselves, they learn that there is one and no more.
#[utoipa::path(get, path = "/api/v1/retention/holds", tag = "retention", responses((status = 200, body = HoldList)))]
async fn list_holds(State(office): State<Office>, Me(me): Me) -> Result<Json<HoldList>, ApiError> {
    generally(&me, Action::ReadRetention)?;
    let tx = office.db().read(me.tenant()).await?;
    let all = view::holds(&tx, &me).await?.into_iter().map(|one| HoldPart::of(&me, one));
    Ok(Json(HoldList { items: all.collect::<Result<_, _>>()? }))
}

/// A hold to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "kind": "rule", "record": "card.split-payment", "reason": "감사가 진행 중입니다", "basis": "감사담당관-1234" })))]
struct NewLegalHold {
    /// On what.
    kind: HoldKind,
    /// Which: a case's id, a person's id or employee number, a scenario.
    record: Written<200>,
    /// Why.
    reason: Written<2000>,
    /// On what law or order.
    basis: Written<2000>,
}

/// Keeps something from being destroyed, at once, also where its destruction was approved.
#[utoipa::path(post, path = "/api/v1/retention/holds", tag = "retention", request_body = NewLegalHold, responses((status = 201, body = Made<HoldId>)))]
async fn set_hold(
    State(office): State<Office>,
    Me(me): Me,
    Sent(new): Sent<NewLegalHold>,
) -> Result<(StatusCode, Json<Made<HoldId>>), ApiError> {
    let hold = NewHold { kind: new.kind, record: &new.record, reason: &new.reason, basis: &new.basis };
    let id = super::set_hold(&office, &me, hold).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Why a hold is to be lifted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "reason": "감사가 끝났습니다" })))]
struct Lifting {
    /// Why.
    reason: Written<2000>,
}

/// Proposes that a hold is lifted. It holds until a second person approved that.
#[utoipa::path(post, path = "/api/v1/retention/holds/{id}/lift", tag = "retention", params(("id" = HoldId, Path)), request_body = Lifting, responses((status = 201, body = Made<RetentionProposalId>)))]
async fn lift(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<HoldId>,
    Sent(sent): Sent<Lifting>,
) -> Result<(StatusCode, Json<Made<RetentionProposalId>>), ApiError> {
    let id = super::propose(&office, &me, What::Lift(id), &sent.reason).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// A decision about a proposal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RetentionDecision, examples(json!({ "approve": true, "answer": "확인했습니다" })))]
struct Decision {
    /// Whether it is approved.
    approve: bool,
    /// What who proposed it reads.
    answer: Written<2000>,
}

/// Approves what somebody else proposed about retention or a hold, or refuses it.
#[utoipa::path(post, path = "/api/v1/retention/proposals/{id}/decide", tag = "retention", params(("id" = RetentionProposalId, Path)), request_body = Decision, responses((status = 204)))]
async fn decide(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RetentionProposalId>,
    Sent(sent): Sent<Decision>,
) -> Result<StatusCode, ApiError> {
    super::decide(&office, &me, id, sent.approve, &sent.answer).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back what one proposed oneself.
#[utoipa::path(post, path = "/api/v1/retention/proposals/{id}/withdraw", tag = "retention", params(("id" = RetentionProposalId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn withdraw(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RetentionProposalId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::withdraw(&office, &me, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
