//! The calendar as programs read it and add to it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::Settings;
use super::OwnDayError;
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Nothing, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::ChangeSettings);
    routes.api_get("/api/v1/settings/calendar", gate, list).api_post("/api/v1/settings/calendar", gate, add).api_post(
        "/api/v1/settings/calendar/{day}/remove",
        gate,
        remove,
    );
}

#[derive(OpenApi)]
#[openapi(paths(list, add, remove))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A holiday, or a day of the government's own.
#[derive(Debug, Serialize, ToSchema)]
struct SpecialDay {
    /// The day.
    day: NaiveDate,
    /// The holiday's name, or the reason.
    name: String,
    /// Whether nobody works.
    is_off: bool,
    /// Whether it is the government's own.
    is_own: bool,
}

/// A month.
#[derive(Debug, Serialize, ToSchema)]
struct MonthPart {
    /// Its first day.
    month: NaiveDate,
    /// How many working days it has.
    working_days: u32,
    /// Its holidays and own days.
    days: Vec<SpecialDay>,
}

/// The calendar.
#[derive(Debug, Serialize, ToSchema)]
struct CalendarPart {
    /// The months of this year and the next, as far as the calendar lists them.
    months: Vec<MonthPart>,
}

/// The working days and holidays of this year and the next.
#[utoipa::path(get, path = "/api/v1/settings/calendar", tag = "settings", responses((status = 200, body = CalendarPart)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<CalendarPart>, ApiError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let settings = Settings::read(&tx).await?;
    let calendar = settings.calendar(&office);
    let years = [me.day().year(), me.day().year() + 1];
    let months = years.into_iter().filter_map(|year| super::months(calendar, settings.own_days(), year)).flatten();
    let months = months.map(|month| MonthPart {
        month: month.first,
        working_days: month.working,
        days: month
            .special
            .into_iter()
            .map(|(day, name, is_own)| SpecialDay {
                day,
                name,
                is_off: calendar.is_day_off(day).unwrap_or(true),
                is_own,
            })
            .collect(),
    });
    Ok(Json(CalendarPart { months: months.collect() }))
}

/// A day of the government's own.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "day": "2027-05-06", "off": true, "reason": "시민의 날" })))]
struct AddsDay {
    /// The day, which has not passed.
    day: NaiveDate,
    /// Whether nobody works on it; `false` for a weekend or holiday on which the government works.
    off: bool,
    /// Why: it stands beside the due days that are counted by it.
    reason: Written<60>,
}

/// Adds a day on which the government is off, or on which it works all the same. Deadlines are counted by it from now on.
#[utoipa::path(post, path = "/api/v1/settings/calendar", tag = "settings", request_body = AddsDay, responses((status = 204)))]
async fn add(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<AddsDay>) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    super::add(&office, &may, sent.day, sent.off, &sent.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Removes a day of the government's own that has not passed.
#[utoipa::path(post, path = "/api/v1/settings/calendar/{day}/remove", tag = "settings", params(("day" = String, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn remove(
    State(office): State<Office>,
    Me(me): Me,
    Path(day): Path<String>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let day = day.parse().map_err(|_| OwnDayError::Gone)?;
    super::remove(&office, &may, day).await?;
    Ok(StatusCode::NO_CONTENT)
}
