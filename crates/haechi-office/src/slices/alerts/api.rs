//! Exclusions as programs read and review them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::actions::{self, Review};
use super::store;
use crate::ids::{CaseId, ExclusionId};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{self, Nothing, Part, Who};
use crate::web::{Gate, MaySend, Me, Path, Query, Routes};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_get("/api/v1/exclusions", Gate::May(Action::ReadExclusions), list)
        .api_post("/api/v1/exclusions/{id}/end", Gate::May(Action::ReviewExclusion), end)
        .api_post("/api/v1/exclusions/{id}/keep", Gate::May(Action::ReviewExclusion), keep);
}

#[derive(OpenApi)]
#[openapi(paths(list, end, keep))]
struct Exclusions;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Exclusions::openapi()
}

/// What is not asked again before a day.
#[derive(Debug, Serialize, ToSchema)]
struct Exclusion {
    /// Which.
    id: ExclusionId,
    /// The rule that asked.
    scenario: String,
    /// What it asked about.
    subject: serde_json::Value,
    /// The case it was asked for in.
    case: CaseId,
    /// Who asked for it.
    owner: Who,
    /// Why.
    reason: String,
    /// The law or rule it rests on.
    basis: String,
    /// Who approved.
    approver: Who,
    /// Who confirmed.
    confirmed_by: Who,
    /// Since when it holds.
    made_at: DateTime<Utc>,
    /// The last day on which it is not asked.
    until: NaiveDate,
    /// The day on which it is to be looked at.
    review_on: NaiveDate,
    /// How often it hid a finding.
    hidden: i64,
    /// When it ended, where it was ended.
    ended_at: Option<DateTime<Utc>>,
    /// Whether it holds today.
    holds: bool,
}

/// Exclusions.
#[derive(Debug, Serialize, ToSchema)]
struct ExclusionList {
    /// The newest first.
    items: Vec<Exclusion>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<ExclusionId>,
}

/// What is not asked again.
#[utoipa::path(get, path = "/api/v1/exclusions", tag = "exclusions", params(Part<ExclusionId>), responses((status = 200, body = ExclusionList)))]
async fn list(
    State(office): State<Office>,
    Me(me): Me,
    Query(part): Query<Part<ExclusionId>>,
) -> Result<Json<ExclusionList>, ApiError> {
    generally(&me, Action::ReadExclusions)?;
    let most = part.most()?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::exclusions_page(&tx, part.after, most + 1).await?;
    let (rows, next) = wire::paged(rows, most, |row| row.id);
    let items = rows.into_iter().map(|row| Exclusion {
        id: row.id,
        subject: serde_json::from_str(&row.subject).unwrap_or_default(),
        scenario: row.scenario,
        case: row.case_id,
        owner: Who::of(&me, row.owner),
        reason: row.reason,
        basis: row.basis,
        approver: Who::of(&me, row.approver),
        confirmed_by: Who::of(&me, row.confirmed_by),
        made_at: row.made_at,
        until: row.until,
        review_on: row.review_on,
        hidden: row.hidden,
        ended_at: row.ended_at,
        holds: row.ended_at.is_none() && row.until >= me.day(),
    });
    Ok(Json(ExclusionList { items: items.collect(), next }))
}

/// Ends an exclusion: what it hid is asked again from the next run on.
#[utoipa::path(post, path = "/api/v1/exclusions/{id}/end", tag = "exclusions", params(("id" = ExclusionId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ExclusionId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    actions::review(&office, &me, id, Review::End).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Looks at an exclusion and keeps it; it is looked at again in 90 days.
#[utoipa::path(post, path = "/api/v1/exclusions/{id}/keep", tag = "exclusions", params(("id" = ExclusionId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn keep(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ExclusionId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    actions::review(&office, &me, id, Review::Keep).await?;
    Ok(StatusCode::NO_CONTENT)
}
