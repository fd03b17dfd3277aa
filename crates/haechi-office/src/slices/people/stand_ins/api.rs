//! Who stands in for whom, as programs read and name it. To stand in is for people alone.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::store;
use super::{Named, StandInError};
use crate::ids::StandInId;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Who, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_get("/api/v1/people/stand-ins", Gate::May(Action::StandIn), list)
        .api_post("/api/v1/people/stand-ins", Gate::May(Action::StandIn), name)
        .api_post("/api/v1/people/stand-ins/{id}/end", Gate::May(Action::StandIn), end);
}

#[derive(OpenApi)]
#[openapi(paths(list, name, end))]
struct StandIns;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    StandIns::openapi()
}

/// Somebody who stands in.
#[derive(Debug, Serialize, ToSchema)]
struct StandIn {
    /// Which.
    id: StandInId,
    /// For whom.
    person: Who,
    /// Who.
    stand_in: Who,
    /// From this day.
    from: NaiveDate,
    /// To this day.
    to: NaiveDate,
    /// Why.
    reason: String,
}

/// Who stands in.
#[derive(Debug, Serialize, ToSchema)]
struct StandInList {
    /// Those that have not ended, the next to end first.
    items: Vec<StandIn>,
}

/// Who stands in for whom: one's own; all, for who looks after the people.
#[utoipa::path(get, path = "/api/v1/people/stand-ins", tag = "people", responses((status = 200, body = StandInList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<StandInList>, ApiError> {
    generally(&me, Action::StandIn)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::of(&tx, me.id().filter(|_| !me.may_ever(Action::ChangePeople)), me.day()).await?;
    let items = rows.into_iter().map(|row| StandIn {
        id: row.id,
        person: Who::of(&me, row.person),
        stand_in: Who::of(&me, row.stand_in),
        from: row.first_day,
        to: row.last_day,
        reason: row.reason,
    });
    Ok(Json(StandInList { items: items.collect() }))
}

/// Who is to stand in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "stand_in": "20260012", "to": "2026-12-04", "reason": "연가" })))]
struct NewStandIn {
    /// For whom, by the number of the personnel system; oneself without it.
    person: Option<String>,
    /// Who, by the number of the personnel system.
    stand_in: String,
    /// From this day; today without it.
    from: Option<NaiveDate>,
    /// To this day, at most 92 days later.
    to: NaiveDate,
    /// Why.
    reason: Written,
}

/// Names who stands in for oneself, or for somebody who is away.
#[utoipa::path(post, path = "/api/v1/people/stand-ins", tag = "people", request_body = NewStandIn, responses((status = 201, body = Made<StandInId>)))]
async fn name(
    State(office): State<Office>,
    Me(me): Me,
    Sent(new): Sent<NewStandIn>,
) -> Result<(StatusCode, Json<Made<StandInId>>), ApiError> {
    let with = |number: &str| me.directory().with_employee_no(number).map(|person| person.id);
    let named = Named {
        person: new.person.as_deref().map_or_else(|| me.id(), with).ok_or(StandInError::Who)?,
        stand_in: with(&new.stand_in).ok_or(StandInError::Who)?,
        first: new.from.unwrap_or_else(|| me.day()),
        last: new.to,
        reason: &new.reason,
    };
    let id = super::name(&office, &me, named).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Ends it before its last day.
#[utoipa::path(post, path = "/api/v1/people/stand-ins/{id}/end", tag = "people", params(("id" = StandInId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<StandInId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::end(&office, &me, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
