//! Who saw whose personal data, as programs read it; a month is signed, and a case's names are shown.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::review::{self, Counts, Month};
use super::store::{self, Review};
use super::{Look, masked_number};
use crate::ids::{AccessId, CaseId};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::{ApiError, Problem};
use crate::web::wire::{self, Part, Remark, Who, Written};
use crate::web::{Gate, MaySend, Me, Path, Query, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    let review = Gate::May(Action::ReviewAccess);
    routes
        .api_get("/api/v1/access/months", review, months)
        .api_get("/api/v1/access/months/{month}", review, month)
        .api_get("/api/v1/access/months/{month}/reasons", review, reasons)
        .api_post("/api/v1/access/months/{month}/sign", review, sign)
        .api_post("/api/v1/cases/{id}/reveal", Gate::May(Action::RevealPersonal), reveal);
}

#[derive(OpenApi)]
#[openapi(paths(months, month, reasons, sign, reveal))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// Who looked a month through.
#[derive(Debug, Serialize, ToSchema)]
struct SignedPart {
    /// Who.
    by: Who,
    /// When.
    at: DateTime<Utc>,
    /// What they found.
    note: String,
}

impl SignedPart {
    fn of(me: &Actor, row: Review) -> Self {
        Self { by: Who::of(me, row.signed_by), at: row.signed_at, note: row.note }
    }
}

/// A month in the list.
#[derive(Debug, Serialize, ToSchema)]
struct MonthLine {
    /// Which.
    month: Month,
    /// Whether it is over, so that it can be signed.
    is_over: bool,
    /// Who signed it.
    signed: Option<SignedPart>,
}

/// Months.
#[derive(Debug, Serialize, ToSchema)]
struct MonthList {
    /// From this one back to that of the first access.
    items: Vec<MonthLine>,
}

/// The months since somebody first saw somebody's data, and who signed each.
#[utoipa::path(get, path = "/api/v1/access/months", tag = "access", responses((status = 200, body = MonthList)))]
async fn months(State(office): State<Office>, Me(me): Me) -> Result<Json<MonthList>, ApiError> {
    generally(&me, Action::ReviewAccess)?;
    let tx = office.db().read(me.tenant()).await?;
    let this = Month::of(office.today());
    let first = store::first(&tx).await?.map_or(this, |first| Month::of(office.local(first).date()));
    let mut reviews = store::reviews(&tx).await?;
    let mut items = Vec::new();
    let mut month = this;
    while month >= first {
        let at = reviews.iter().position(|row| row.month == month.to_string());
        let signed = at.map(|at| SignedPart::of(&me, reviews.swap_remove(at)));
        items.push(MonthLine { month, is_over: month < this, signed });
        month = month.before();
    }
    Ok(Json(MonthList { items }))
}

/// What somebody looked at in a month.
#[derive(Debug, Serialize, ToSchema)]
struct LookedPart {
    /// Who.
    person: Who,
    /// Cases opened that name somebody else.
    views: u32,
    /// Cases whose names were shown.
    reveals: u32,
    /// Files taken away.
    downloads: u32,
    /// Of all these, between 21 and 7 o'clock.
    at_night: u32,
    /// Of all these, on days off.
    days_off: u32,
    /// Whether the views are many beside what is usual.
    is_many: bool,
    /// Whether somebody should ask.
    is_unusual: bool,
}

/// A month.
#[derive(Debug, Serialize, ToSchema)]
struct MonthWhole {
    #[serde(flatten)]
    line: MonthLine,
    /// Who looked at what, the unusual first.
    people: Vec<LookedPart>,
}

/// A month that has come.
fn come(office: &Office, month: Month) -> Result<Month, Problem> {
    if month <= Month::of(office.today()) { Ok(month) } else { Err(Problem::hidden()) }
}

/// A month, counted.
#[utoipa::path(get, path = "/api/v1/access/months/{month}", tag = "access", params(("month" = Month, Path)), responses((status = 200, body = MonthWhole)))]
async fn month(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<Month>,
) -> Result<Json<MonthWhole>, ApiError> {
    generally(&me, Action::ReviewAccess)?;
    let month = come(&office, month)?;
    let tx = office.db().read(me.tenant()).await?;
    let signed = store::reviews(&tx).await?.into_iter().find(|row| row.month == month.to_string());
    let people = review::counts(&office, &tx, month).await?.into_iter().map(|(person, counts)| {
        let Counts { views, reveals, downloads, at_night, days_off, is_many } = counts;
        let (person, is_unusual) = (Who::of(&me, person), counts.is_unusual());
        LookedPart { person, views, reveals, downloads, at_night, days_off, is_many, is_unusual }
    });
    let is_over = month < Month::of(office.today());
    let line = MonthLine { month, is_over, signed: signed.map(|row| SignedPart::of(&me, row)) };
    Ok(Json(MonthWhole { line, people: people.collect() }))
}

/// What was shown or taken away, and why.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonPart {
    /// Which access.
    id: AccessId,
    /// When.
    at: DateTime<Utc>,
    /// Who.
    person: Who,
    /// What they did.
    look: Look,
    /// Whose it was: the number, masked. The review is about who looked.
    whose: String,
    /// The case.
    case: CaseId,
    /// Why, in their words.
    reason: String,
}

/// What was shown or taken away.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonList {
    /// The newest first.
    items: Vec<ReasonPart>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<AccessId>,
}

/// What was shown or taken away in a month, with the reasons that were given.
#[utoipa::path(
    get, path = "/api/v1/access/months/{month}/reasons", tag = "access",
    params(("month" = Month, Path), Part<AccessId>), responses((status = 200, body = ReasonList))
)]
async fn reasons(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<Month>,
    Query(part): Query<Part<AccessId>>,
) -> Result<Json<ReasonList>, ApiError> {
    generally(&me, Action::ReviewAccess)?;
    let ((from, to), most) = (come(&office, month)?.span(&office), part.most()?);
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::reasons_page(&tx, (from, to), part.after, most + 1).await?;
    let (rows, next) = wire::paged(rows, most, |row| row.id);
    let items = rows.into_iter().filter_map(|row| {
        Some(ReasonPart {
            id: row.id,
            at: row.at,
            person: Who::of(&me, row.person),
            look: Look::parse(&row.action)?,
            whose: masked_number(&row.whose),
            case: row.case_id,
            reason: row.reason,
        })
    });
    Ok(Json(ReasonList { items: items.collect(), next }))
}

/// What somebody found who looked a month through.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "note": "밤 열람 1건 확인" })))]
struct Signs {
    /// In words.
    #[serde(default)]
    note: Remark,
}

/// Signs that a month was looked through. It has to be over, and each is signed once.
#[utoipa::path(post, path = "/api/v1/access/months/{month}/sign", tag = "access", params(("month" = Month, Path)), request_body = Option<Signs>, responses((status = 204)))]
async fn sign(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<Month>,
    MaySend(sent): MaySend<Signs>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ReviewAccess)?;
    review::sign(&office, &may, month, &sent.note).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// For what work somebody has personal data shown or takes it away. Who reviews the month reads it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "reason": "결재 전에 본인을 확인합니다." })))]
pub(crate) struct Why {
    /// In four letters or more.
    #[schema(value_type = String, min_length = 4, max_length = 1_000, pattern = r"\S[\s\S]{2,}\S")]
    pub(crate) reason: Written<1_000>,
}

/// Has a case's names and numbers shown to the token's person for an hour: reading the case then holds them.
#[utoipa::path(post, path = "/api/v1/cases/{id}/reveal", tag = "cases", params(("id" = CaseId, Path)), request_body = Why, responses((status = 204)))]
async fn reveal(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
    Sent(sent): Sent<Why>,
) -> Result<StatusCode, ApiError> {
    super::reveal(&office, &me, id, &sent.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
