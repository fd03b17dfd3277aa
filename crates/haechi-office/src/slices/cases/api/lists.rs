//! What is to be done, counted and listed as the pages do: today, the monitoring day, sources that lead to nobody.

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::super::expected::{self, Expects};
use super::super::{Case, monitoring, unmapped};
use super::CaseLine;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::Text;
use crate::web::{Gate, Me, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let read = Gate::May(Action::ReadCase);
    routes
        .api_get("/api/v1/today", read, today)
        .api_get("/api/v1/monitoring", Gate::May(Action::ReadMonitoring), left)
        .api_get("/api/v1/unmapped", read, sources);
}

#[derive(OpenApi)]
#[openapi(paths(today, left, sources))]
struct Lists;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Lists::openapi()
}

/// Cases that wait for the token's person.
#[derive(Debug, Serialize, ToSchema)]
struct ExpectedPart {
    /// Why they do.
    why: Expects,
    /// How many there are.
    count: u64,
    /// The first ten of them.
    items: Vec<CaseLine>,
}

/// What is expected of somebody today.
#[derive(Debug, Serialize, ToSchema)]
struct Expected {
    /// The most pressing first; empty where there is nothing to do.
    parts: Vec<ExpectedPart>,
}

/// What is expected of the token's person today.
#[utoipa::path(get, path = "/api/v1/today", tag = "cases", responses((status = 200, body = Expected)))]
async fn today(State(office): State<Office>, Me(me): Me) -> Result<Json<Expected>, ApiError> {
    let tx = office.db().read(me.tenant()).await?;
    let line = |row| CaseLine::of(&office, &me, &Case { row, is_recused: false });
    let parts = expected::parts(&office, &tx, &me).await?.into_iter().map(|part| ExpectedPart {
        why: part.why,
        count: part.all,
        items: part.rows.into_iter().map(line).collect(),
    });
    Ok(Json(Expected { parts: parts.collect() }))
}

/// What is left of a unit's cases.
#[derive(Debug, Serialize, ToSchema)]
struct LeftPart {
    /// The unit's code; none for cases of no unit.
    unit: Option<String>,
    /// Those that wait for an answer.
    open: u64,
    /// Those past their due moment.
    late: u64,
    /// Those that are answered and not confirmed.
    answered: u64,
    /// Those that are confirmed.
    closed: u64,
    /// How many in a hundred are answered or confirmed.
    rate: u64,
}

/// What is left.
#[derive(Debug, Serialize, ToSchema)]
struct MonitoringPart {
    /// The weekday of the monitoring day: 1 is Monday.
    weekday: u32,
    /// The next one.
    next: NaiveDate,
    /// How many open cases are one's own.
    mine: u64,
    /// By unit, of the cases that one may see.
    units: Vec<LeftPart>,
}

/// What is left for the token's person and each unit, as the monitoring day says it.
#[utoipa::path(get, path = "/api/v1/monitoring", tag = "cases", responses((status = 200, body = MonitoringPart)))]
async fn left(State(office): State<Office>, Me(me): Me) -> Result<Json<MonitoringPart>, ApiError> {
    generally(&me, Action::ReadMonitoring)?;
    let tx = office.db().read(me.tenant()).await?;
    let monitoring::Left { weekday, next, mine, units } = monitoring::left(&office, &tx, &me).await?;
    let units = units.into_iter().map(|unit| LeftPart {
        rate: unit.rate(),
        unit: unit.unit,
        open: unit.open,
        late: unit.late,
        answered: unit.answered,
        closed: unit.closed,
    });
    Ok(Json(MonitoringPart { weekday, next, mine, units: units.collect() }))
}

/// A source that leads to nobody.
#[derive(Debug, Serialize, ToSchema)]
struct SourcePart {
    /// The rule whose findings name it.
    scenario: String,
    /// What that asks about.
    title: Text,
    /// The unit that they name; none where they name nothing.
    named: Option<String>,
    /// Why that leads to nobody: `unmapped`, `unknown-unit`.
    why: String,
    /// How many cases wait.
    count: u64,
    /// Since when the oldest does.
    oldest: DateTime<Utc>,
}

/// Sources that lead to nobody.
#[derive(Debug, Serialize, ToSchema)]
struct SourceList {
    /// Those with the most cases first.
    items: Vec<SourcePart>,
}

/// What findings name that is no unit and no person here, so that its cases wait until somebody claims them.
#[utoipa::path(get, path = "/api/v1/unmapped", tag = "cases", responses((status = 200, body = SourceList)))]
async fn sources(State(office): State<Office>, Me(me): Me) -> Result<Json<SourceList>, ApiError> {
    let tx = office.db().read(me.tenant()).await?;
    let items = unmapped::sources(&office, &tx, &me).await?.into_iter().map(|source| SourcePart {
        scenario: source.scenario,
        title: Text::from(&source.title),
        named: source.named,
        why: source.why,
        count: source.count,
        oldest: source.oldest,
    });
    Ok(Json(SourceList { items: items.collect() }))
}
