//! The months' sheets, and what is not handled, as programs read and close them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::sheets::{self, Line};
use super::super::store::{self, Row};
use super::{MoneyPart, StatisticsQuery};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::{ApiError, Problem};
use crate::web::wire::{Remark, Text, Who};
use crate::web::{Gate, MaySend, Me, Path, Query, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let read = Gate::May(Action::ReadStatistics);
    routes
        .api_get("/api/v1/statistics/unhandled", read, unhandled)
        .api_get("/api/v1/statistics/sheets", read, list)
        .api_get("/api/v1/statistics/sheets/{month}", read, one)
        .api_post("/api/v1/statistics/sheets/{month}/close", Gate::May(Action::CloseMonth), close);
}

#[derive(OpenApi)]
#[openapi(paths(unhandled, list, one, close))]
struct Sheets;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Sheets::openapi()
}

/// Cases that are not handled, of one unit, rule, year and place.
#[derive(Debug, Serialize, ToSchema)]
struct UnhandledPart {
    /// The unit's code; none for cases of no unit.
    unit: Option<String>,
    /// The rule.
    scenario: String,
    /// The year in which they were opened.
    year: i32,
    /// Where they stand.
    state: String,
    /// Why they lie where they lie, where nobody answers for them.
    why: Option<String>,
    /// How many.
    count: u64,
    /// Of them past due.
    late: u64,
}

/// What is not handled.
#[derive(Debug, Serialize, ToSchema)]
struct UnhandledList {
    /// By unit, rule, year and place.
    items: Vec<UnhandledPart>,
}

/// What is not handled, by unit, rule, year and where it stands: what councils ask for.
#[utoipa::path(get, path = "/api/v1/statistics/unhandled", tag = "statistics", params(StatisticsQuery), responses((status = 200, body = UnhandledList)))]
async fn unhandled(
    State(office): State<Office>,
    Me(me): Me,
    Query(asked): Query<StatisticsQuery>,
) -> Result<Json<UnhandledList>, ApiError> {
    generally(&me, Action::ReadStatistics)?;
    let asking = asked.asking(&office)?;
    let tx = office.db().read(me.tenant()).await?;
    let counted = super::super::view::unhandled(&office, &tx, &me, &asking).await?;
    let items = counted.into_iter().map(|(of, (count, late))| UnhandledPart {
        unit: of.unit,
        scenario: of.scenario,
        year: of.year,
        why: (of.state == "unowned").then_some(of.routed_why),
        state: of.state,
        count,
        late,
    });
    Ok(Json(UnhandledList { items: items.collect() }))
}

/// Who closed a month.
#[derive(Debug, Serialize, ToSchema)]
struct MonthClosed {
    /// Who; none where the office did by itself.
    by: Option<Who>,
    /// When.
    at: DateTime<Utc>,
    /// What they said.
    note: String,
}

impl MonthClosed {
    fn of(me: &Actor, row: Row) -> Self {
        Self { by: row.closed_by.map(|person| Who::of(me, person)), at: row.closed_at, note: row.note }
    }
}

/// A closed month in the list.
#[derive(Debug, Serialize, ToSchema)]
struct ClosedMonth {
    /// Which: `2026-11`.
    month: String,
    /// Who closed it.
    closed: MonthClosed,
}

/// Closed months.
#[derive(Debug, Serialize, ToSchema)]
struct ClosedMonthList {
    /// The newest first.
    items: Vec<ClosedMonth>,
}

/// The months that were closed.
#[utoipa::path(get, path = "/api/v1/statistics/sheets", tag = "statistics", responses((status = 200, body = ClosedMonthList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<ClosedMonthList>, ApiError> {
    generally(&me, Action::ReadStatistics)?;
    let tx = office.db().read(me.tenant()).await?;
    let items = store::all(&tx).await?.into_iter();
    let items = items.map(|row| ClosedMonth { month: row.month.clone(), closed: MonthClosed::of(&me, row) });
    Ok(Json(ClosedMonthList { items: items.collect() }))
}

/// A line of a sheet.
#[derive(Debug, Serialize, ToSchema)]
struct SheetLine {
    /// Whose: the unit's code, or the rule's id; empty for all, or for cases of no unit.
    of: String,
    /// What that is called.
    name: Text,
    /// Cases that were opened.
    opened: u64,
    /// Of them answered.
    answered: u64,
    /// Approved.
    approved: u64,
    /// Confirmed, which closes them.
    confirmed: u64,
    /// Open and past due.
    late: u64,
    /// Closed as excluded.
    excluded: u64,
    /// Hours from opening to closing that half did not exceed.
    hours_half: Option<i64>,
    /// Money, by currency.
    money: BTreeMap<String, MoneyPart>,
}

impl From<Line> for SheetLine {
    fn from(line: Line) -> Self {
        let money = line.money.into_iter().map(|(currency, [recovered, levied, prevented])| {
            let part = MoneyPart { recovered, levied, prevented };
            (currency, part)
        });
        Self {
            name: Text::of(&line.ko, &line.en),
            opened: line.opened,
            answered: line.answered,
            approved: line.approved,
            confirmed: line.confirmed,
            late: line.late,
            excluded: line.excluded,
            hours_half: line.hours,
            money: money.collect(),
            of: line.of,
        }
    }
}

/// A month's sheet.
#[derive(Debug, Serialize, ToSchema)]
struct MonthSheet {
    /// Which: `2026-11`.
    month: String,
    /// Who closed it; while nobody did, it is a draft of what it would be now.
    closed: Option<MonthClosed>,
    /// In all.
    all: SheetLine,
    /// The same month a year before.
    year_before: SheetLine,
    /// By unit.
    units: Vec<SheetLine>,
    /// By rule.
    scenarios: Vec<SheetLine>,
}

/// A month's sheet: as it was closed, else, for who may close it, as it would be now.
#[utoipa::path(
    get, path = "/api/v1/statistics/sheets/{month}", tag = "statistics",
    params(("month" = String, Path, description = "`2026-11`.", pattern = r"^\d{4}-(0[1-9]|1[0-2])$")),
    responses((status = 200, body = MonthSheet))
)]
async fn one(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<String>,
) -> Result<Json<MonthSheet>, ApiError> {
    generally(&me, Action::ReadStatistics)?;
    let month = sheets::month(&month)?;
    let tx = office.db().read(me.tenant()).await?;
    let sheets::Shown { sheet, closed } = sheets::sheet(&office, &tx, &month).await?;
    // Until it is closed it is a draft of who closes it; afterwards everybody's.
    if closed.is_none() && !me.may_ever(Action::CloseMonth) {
        return Err(Problem::hidden().into());
    }
    Ok(Json(MonthSheet {
        month: sheet.month,
        closed: closed.map(|row| MonthClosed::of(&me, row)),
        all: sheet.all.into(),
        year_before: sheet.before.into(),
        units: sheet.units.into_iter().map(SheetLine::from).collect(),
        scenarios: sheet.scenarios.into_iter().map(SheetLine::from).collect(),
    }))
}

/// What is said of a month that is closed.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "note": "휴가철이라 처리가 늦었습니다." })))]
struct ClosesMonth {
    /// In words.
    #[serde(default)]
    note: Remark,
}

/// Closes a month that is over: its sheet stays as it is now, and the head of each unit is told. Each is closed once.
#[utoipa::path(
    post, path = "/api/v1/statistics/sheets/{month}/close", tag = "statistics",
    params(("month" = String, Path, description = "`2026-11`.", pattern = r"^\d{4}-(0[1-9]|1[0-2])$")),
    request_body = Option<ClosesMonth>, responses((status = 204))
)]
async fn close(
    State(office): State<Office>,
    Me(me): Me,
    Path(month): Path<String>,
    MaySend(sent): MaySend<ClosesMonth>,
) -> Result<StatusCode, ApiError> {
    sheets::close(&office, &me, &sheets::month(&month)?, &sent.note).await?;
    Ok(StatusCode::NO_CONTENT)
}
