//! Scenarios as programs read them and change them, and what the engine asks before a run.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use haechi_core::run_report::ParameterWords;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::{Change, InForce, Known, ScenarioChangeId, ScenarioError, What, store};
use crate::ids::RunId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Text, Who, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_get("/api/v1/scenarios", Gate::May(Action::ReadScenarios), list)
        .api_get("/api/v1/scenarios/{scenario}", Gate::May(Action::ReadScenarios), one)
        .api_post("/api/v1/scenarios/{scenario}/changes", Gate::May(Action::ProposeScenario), propose)
        .api_post("/api/v1/scenario-changes/{id}/decide", Gate::May(Action::DecideScenario), decide)
        .api_post("/api/v1/scenario-changes/{id}/withdraw", Gate::May(Action::WithdrawScenario), withdraw)
        .api_get("/api/v1/engine/decided", Gate::May(Action::SubmitRun), decided);
}

#[derive(OpenApi)]
#[openapi(paths(list, one, propose, decide, withdraw, decided))]
struct Scenarios;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    Scenarios::openapi()
}

/// A parameter of a scenario.
#[derive(Debug, Serialize, ToSchema)]
struct ParameterPart {
    /// Its name.
    name: String,
    /// What it means.
    doc: Text,
    /// What it is counted in: `count`, `hours`, `percent`, a currency's code, or `currency` (each value names its own).
    unit: String,
    /// The least it may be.
    least: Option<i64>,
    /// The most it may be.
    most: Option<i64>,
    /// Whether it has values by date.
    dated: bool,
    /// The scenario's own value: a number, or `{from, value, currency}` by date.
    own: serde_json::Value,
    /// What the newest run used, in the same form.
    used: serde_json::Value,
    /// What was decided and holds from the next run on.
    decided: Vec<ValuePart>,
}

/// A value that was decided.
#[derive(Debug, Serialize, ToSchema)]
struct ValuePart {
    /// The value.
    value: i64,
    /// From this day on, where values differ by date.
    from: Option<NaiveDate>,
    /// For this currency, where values differ by currency.
    currency: Option<String>,
}

/// A change that was proposed.
#[derive(Debug, Serialize, ToSchema)]
struct ChangePart {
    /// Which.
    id: ScenarioChangeId,
    /// The scenario.
    scenario: String,
    /// The parameter; none for the switch.
    parameter: Option<String>,
    /// The value: 0 or 1 for the switch; none is the scenario's own again.
    value: Option<i64>,
    /// From this day on.
    from: Option<NaiveDate>,
    /// For this currency.
    currency: Option<String>,
    /// Why.
    reason: String,
    /// Who proposed it.
    proposed_by: Who,
    /// When.
    proposed_at: DateTime<Utc>,
    /// Who decided it.
    decided_by: Option<Who>,
    /// When.
    decided_at: Option<DateTime<Utc>>,
    /// Whether it was approved.
    approved: Option<bool>,
    /// What who decided it said.
    answer: Option<String>,
}

impl ChangePart {
    fn of(me: &Actor, row: store::Row) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Self {
            id: row.id,
            scenario: row.scenario,
            parameter: some(row.parameter),
            value: row.value,
            from: row.first_day,
            currency: some(row.currency),
            reason: row.reason,
            proposed_by: Who::of(me, row.proposed_by),
            proposed_at: row.proposed_at,
            decided_by: row.decided_by.map(|by| Who::of(me, by)),
            decided_at: row.decided_at,
            approved: row.approved,
            answer: row.answer,
        }
    }
}

/// A scenario.
#[derive(Debug, Serialize, ToSchema)]
struct ScenarioPart {
    /// Its id.
    id: String,
    /// Its title.
    title: Text,
    /// Its version.
    version: i32,
    /// `low`, `medium`, `high`.
    severity: String,
    /// Whether it runs.
    on: bool,
    /// What came of it in the newest run that had it.
    outcome: String,
    /// That run.
    run: RunId,
    /// Its parameters.
    parameters: Vec<ParameterPart>,
}

impl ScenarioPart {
    fn of(known: Known, in_force: &InForce) -> Self {
        let used = |name: &str| known.used.get(name).cloned().unwrap_or_default();
        let decided = |name: &str| {
            let rows = in_force.of(&known.id, name).into_iter();
            let value = |row: &store::Row| {
                let currency = (!row.currency.is_empty()).then(|| row.currency.clone());
                Some(ValuePart { value: row.value?, from: row.first_day, currency })
            };
            rows.filter_map(value).collect()
        };
        let parameters = known.parameters.iter().map(|(name, words): (&String, &ParameterWords)| ParameterPart {
            name: name.clone(),
            doc: Text::from(&words.doc),
            unit: words.unit.clone(),
            least: words.range.map(|range| range.0),
            most: words.range.map(|range| range.1),
            dated: words.dated,
            own: words.own.clone(),
            used: used(name),
            decided: decided(name),
        });
        Self {
            parameters: parameters.collect(),
            on: in_force.is_on(&known.id),
            title: Text::from(&known.title),
            id: known.id,
            version: known.version,
            severity: known.severity,
            outcome: known.outcome,
            run: known.run,
        }
    }
}

/// Scenarios.
#[derive(Debug, Serialize, ToSchema)]
struct ScenarioList {
    /// Every one that a run has shown, by id.
    items: Vec<ScenarioPart>,
    /// Changes that wait for a second person, the oldest first.
    waiting: Vec<ChangePart>,
}

/// Every scenario that a run has shown, and the changes that wait for a second person.
#[utoipa::path(get, path = "/api/v1/scenarios", tag = "scenarios", responses((status = 200, body = ScenarioList)))]
async fn list(State(office): State<Office>, Me(me): Me) -> Result<Json<ScenarioList>, ApiError> {
    generally(&me, Action::ReadScenarios)?;
    let tx = office.db().read(me.tenant()).await?;
    let in_force = InForce::read(&tx).await?;
    let items = store::all(&tx).await?.into_iter().map(|row| ScenarioPart::of(row.into(), &in_force)).collect();
    let waiting = store::waiting(&tx).await?.into_iter().map(|row| ChangePart::of(&me, row)).collect();
    Ok(Json(ScenarioList { items, waiting }))
}

/// A scenario with what was proposed about it.
#[derive(Debug, Serialize, ToSchema)]
struct ScenarioWhole {
    #[serde(flatten)]
    scenario: ScenarioPart,
    /// Its last hundred changes, the newest first.
    changes: Vec<ChangePart>,
}

/// One scenario.
#[utoipa::path(get, path = "/api/v1/scenarios/{scenario}", tag = "scenarios", params(("scenario" = String, Path)), responses((status = 200, body = ScenarioWhole)))]
async fn one(
    State(office): State<Office>,
    Me(me): Me,
    Path(scenario): Path<String>,
) -> Result<Json<ScenarioWhole>, ApiError> {
    generally(&me, Action::ReadScenarios)?;
    let tx = office.db().read(me.tenant()).await?;
    let known = store::one(&tx, &scenario).await?.ok_or(ScenarioError::Unknown)?;
    let changes = store::of_scenario(&tx, &scenario, 100).await?.into_iter().map(|row| ChangePart::of(&me, row));
    let changes = changes.collect();
    Ok(Json(ScenarioWhole { scenario: ScenarioPart::of(known.into(), &InForce::read(&tx).await?), changes }))
}

/// A change to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(
    json!({ "parameter": "min_payments", "value": 3, "reason": "두 건은 거의 모두 정당했습니다" }),
    json!({ "on": false, "reason": "이 기관에는 해당 업무가 없습니다" })
))]
struct NewChange {
    /// Whether the scenario is to run; for a change of the switch, without a parameter.
    #[serde(default)]
    on: Option<bool>,
    /// The parameter.
    #[serde(default)]
    parameter: Option<String>,
    /// Its value, money in the currency's smallest unit; without it the scenario's own again.
    #[serde(default)]
    value: Option<i64>,
    /// From this day on, where values differ by date.
    #[serde(default)]
    from: Option<NaiveDate>,
    /// For this currency, where values differ by currency.
    #[serde(default)]
    currency: Option<String>,
    /// Why.
    reason: Written,
}

/// Proposes a change. Nothing changes before a second person approves it.
#[utoipa::path(post, path = "/api/v1/scenarios/{scenario}/changes", tag = "scenarios", params(("scenario" = String, Path)), request_body = NewChange, responses((status = 201, body = Made<ScenarioChangeId>)))]
async fn propose(
    State(office): State<Office>,
    Me(me): Me,
    Path(scenario): Path<String>,
    Sent(new): Sent<NewChange>,
) -> Result<(StatusCode, Json<Made<ScenarioChangeId>>), ApiError> {
    let what = match (new.on, new.parameter) {
        (Some(on), None) => What::Switch(on),
        (None, Some(parameter)) => What::Value { parameter, value: new.value, from: new.from, currency: new.currency },
        _ => return Err(ScenarioError::Parameter.into()),
    };
    let change = Change { scenario: &scenario, what, reason: &new.reason };
    let id = super::propose(&office, &me, change).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// A decision about a change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "approve": true, "answer": "확인했습니다" })))]
struct Decision {
    /// Whether it is approved.
    approve: bool,
    /// What who proposed it reads.
    answer: Written,
}

/// Approves a change of somebody else, which then holds from the next run on, or refuses it.
#[utoipa::path(post, path = "/api/v1/scenario-changes/{id}/decide", tag = "scenarios", params(("id" = ScenarioChangeId, Path)), request_body = Decision, responses((status = 204)))]
async fn decide(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ScenarioChangeId>,
    Sent(sent): Sent<Decision>,
) -> Result<StatusCode, ApiError> {
    super::decide(&office, &me, id, sent.approve, &sent.answer).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a change back that one proposed oneself.
#[utoipa::path(post, path = "/api/v1/scenario-changes/{id}/withdraw", tag = "scenarios", params(("id" = ScenarioChangeId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn withdraw(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<ScenarioChangeId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::withdraw(&office, &me, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was decided about scenarios.
#[derive(Debug, Serialize, ToSchema)]
struct DecidedPart {
    /// The number of this format.
    format: u32,
    /// Scenarios that do not run, by id.
    off: Vec<String>,
    /// Values of the government's own.
    values: Vec<DecidedValuePart>,
}

/// A value of the government's own.
#[derive(Debug, Serialize, ToSchema)]
struct DecidedValuePart {
    /// The scenario.
    scenario: String,
    /// The parameter.
    parameter: String,
    /// The value.
    value: i64,
    /// From this day on.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<NaiveDate>,
    /// For this currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
}

/// What an engine asks before a run: which scenarios do not run, and values of the government's own.
#[utoipa::path(get, path = "/api/v1/engine/decided", tag = "scenarios", responses((status = 200, body = DecidedPart)))]
async fn decided(State(office): State<Office>, Me(me): Me) -> Result<Json<DecidedPart>, ApiError> {
    generally(&me, Action::SubmitRun)?;
    let tx = office.db().read(me.tenant()).await?;
    let told = super::decided(&tx).await?;
    let values = told.values.into_iter().map(|one| DecidedValuePart {
        scenario: one.scenario.to_string(),
        parameter: one.parameter.to_string(),
        value: one.value,
        from: one.from,
        currency: one.currency,
    });
    let off = told.off.iter().map(ToString::to_string).collect();
    Ok(Json(DecidedPart { format: told.format, off, values: values.collect() }))
}
