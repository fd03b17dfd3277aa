//! Settings as programs read and change them.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{Setting, Settings, store};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::{Gate, Me, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    routes.api_get("/api/v1/settings", Gate::May(Action::ChangeSettings), list).api_post(
        "/api/v1/settings",
        Gate::May(Action::ChangeSettings),
        set,
    );
}

#[derive(OpenApi)]
#[openapi(paths(list, set))]
struct Documented;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Documented::openapi()
}

/// A value that was set.
#[derive(Debug, Serialize, ToSchema)]
struct Value {
    /// The scenario it is for; empty for all.
    scenario: String,
    /// From which day on.
    from: NaiveDate,
    /// The value.
    value: String,
    /// Who set it.
    set_by: String,
    /// When.
    set_at: DateTime<Utc>,
}

impl From<store::Row> for Value {
    fn from(row: store::Row) -> Self {
        Self { scenario: row.scope, from: row.first_day, value: row.value, set_by: row.set_by, set_at: row.set_at }
    }
}

/// A setting.
#[derive(Debug, Serialize, ToSchema)]
struct SettingPart {
    /// Its name.
    name: Setting,
    /// What holds today for all scenarios that say nothing themselves.
    value: u32,
    /// Who says so: `government` or `default`.
    by: String,
    /// The least it may be.
    least: u32,
    /// The most it may be.
    most: u32,
    /// What was set, the newest first.
    history: Vec<Value>,
}

/// Settings.
#[derive(Debug, Serialize, ToSchema)]
struct SettingList {
    /// Every one.
    items: Vec<SettingPart>,
}

/// Every setting, what holds today and what was set.
#[utoipa::path(get, path = "/api/v1/settings", tag = "settings", responses((status = 200, body = SettingList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<SettingList>, ApiError> {
    generally(&me, Action::ChangeSettings)?;
    let tx = office.db().read(me.tenant()).await?;
    let settings = Settings::read(&tx).await?;
    let items = Setting::ALL.into_iter().map(|name| {
        let (found, (least, most)) = (settings.get(name, me.day(), None), name.range());
        let history = settings.history(name).into_iter().map(Value::from).collect();
        SettingPart { name, value: found.value, by: found.by.to_owned(), least, most, history }
    });
    Ok(Json(SettingList { items: items.collect() }))
}

/// A value to be set.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "handler-days", "value": 5, "from": "2027-01-01" })))]
struct Sets {
    /// Which setting.
    name: Setting,
    /// The value, within the setting's range.
    value: u32,
    /// From which day on; today without it, and never one that has passed.
    #[serde(default)]
    from: Option<NaiveDate>,
    /// For one scenario, by its id; for all without it.
    #[serde(default)]
    scenario: Option<String>,
}

/// Sets a value from a day on. What was counted before stays as it was counted.
#[utoipa::path(post, path = "/api/v1/settings", tag = "settings", request_body = Sets, responses((status = 204)))]
async fn set(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<Sets>) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let (from, scenario) = (sent.from.unwrap_or_else(|| office.today()), sent.scenario.unwrap_or_default());
    super::set(&office, &may, sent.name, &scenario, from, sent.value).await?;
    Ok(StatusCode::NO_CONTENT)
}
