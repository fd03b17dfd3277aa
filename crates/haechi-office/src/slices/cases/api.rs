//! Cases as programs read them.

mod bulk;
mod files;
mod lists;
mod steps;

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderName;
use chrono::{DateTime, NaiveDate, Utc};
use haechi_core::finding::Evidence;
use haechi_core::period::Period;
use haechi_core::run_report::ColumnWords;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use self::files::FilePart;
use super::state::{CaseState, Outcome};
use super::store::{self, EntryRow};
use super::verbs::Verbs;
use super::{Case, Filter, Opened, due, load, may_take_proof, recused, views};
use crate::access::{self, Sight};
use crate::ids::{AlertId, CaseId, PersonId};
use crate::office::Office;
use crate::policy::{self, Action, Actor};
use crate::problem::{ApiError, Problem};
use crate::slices::alerts::{self, Alert, RuleWords};
use crate::web::wire::{self, Text, Who};
use crate::web::{Gate, Me, Path, Query, Routes, tag};

/// Linked cases that a case names.
const LINKED: u64 = 10;

pub(super) fn routes(routes: &mut Routes) {
    routes.api_get("/api/v1/cases", Gate::May(Action::ReadCase), list).api_get(
        "/api/v1/cases/{id}",
        Gate::May(Action::ReadCase),
        one,
    );
    lists::routes(routes);
    steps::routes(routes);
    files::routes(routes);
    bulk::routes(routes);
}

#[derive(OpenApi)]
#[openapi(paths(list, one), components(schemas(Matters)))]
struct Reading;

pub(crate) fn documents() -> [utoipa::openapi::OpenApi; 6] {
    [
        Reading::openapi(),
        lists::document(),
        steps::document(),
        files::document(),
        bulk::document(),
        views::api::document(),
    ]
}

/// How much a case matters.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Matters {
    Low,
    Medium,
    High,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Those that stand here; all open ones without it.
    state: Option<CaseState>,
    /// Closed ones too.
    #[serde(default)]
    #[param(required = false)]
    closed: bool,
    /// Only those past their due moment.
    #[serde(default)]
    #[param(required = false)]
    late: bool,
    /// Those opened in this period: `2026`, `2026-Q4`, `2026-11`, `2026-01-01..2026-09-30`.
    #[param(value_type = Option<String>, example = "2026-Q4")]
    opened: Option<Period>,
    /// Those of a unit, by its code.
    unit: Option<String>,
    /// Those of a scenario, by its id.
    scenario: Option<String>,
    /// Those that matter this much.
    severity: Option<Matters>,
    /// Those of a handler.
    handler: Option<PersonId>,
    /// Those with this in their title or scenario.
    text: Option<String>,
    /// From behind this case on: `next` of the page before.
    after: Option<CaseId>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u64>,
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CaseLine {
    /// Which.
    id: CaseId,
    /// Where it stands.
    state: CaseState,
    /// How it ended, where it has.
    outcome: Option<Outcome>,
    /// How often it was changed; who changes it says which they saw.
    revision: i32,
    /// The rule that asked.
    scenario: String,
    /// What it asks about.
    title: Text,
    /// How much it matters: `low`, `medium`, `high`.
    severity: String,
    /// The unit it lies in.
    unit: Option<String>,
    /// Who answers for it.
    handler: Option<Who>,
    /// The money it is about, in the smallest unit of `currency`.
    amount: Option<i64>,
    /// ISO 4217.
    currency: Option<String>,
    /// The day it is about.
    occurred_on: Option<NaiveDate>,
    /// Since when it is there.
    opened_at: DateTime<Utc>,
    /// Until when something has to be done.
    due_at: Option<DateTime<Utc>>,
    /// Whether that has passed.
    is_late: bool,
    /// Whether it is kept from its handler until the audit office releases it.
    is_kept: bool,
    /// Whether it is confirmed outside, since it is about the audit office or the head.
    is_outside: bool,
    /// Whether the last run no longer found what it asks about.
    is_gone: bool,
    /// The day on which what it said was destroyed, since its time was up; none of all others.
    destroyed_on: Option<NaiveDate>,
}

impl CaseLine {
    fn of(office: &Office, me: &Actor, case: &Case) -> Self {
        let row = &case.row;
        Self {
            id: row.id,
            state: case.state(),
            outcome: case.outcome(),
            revision: row.revision,
            scenario: row.scenario.clone(),
            title: Text::of(&row.title_ko, &row.title_en),
            severity: row.severity.clone(),
            unit: row.unit.clone(),
            handler: row.handler.map(|id| Who::of(me, id)),
            amount: row.amount,
            currency: row.currency.clone(),
            occurred_on: row.occurred_on,
            opened_at: row.opened_at,
            due_at: row.due_at,
            is_late: case.state().is_open() && row.due_at.is_some_and(|due| due < office.now()),
            is_kept: row.kept,
            is_outside: row.outside,
            is_gone: row.gone,
            destroyed_on: row.destroyed_on,
        }
    }
}

/// A page of cases.
#[derive(Debug, Serialize, ToSchema)]
struct CasePage {
    /// The cases, by their ids, which are in the order of their making.
    items: Vec<CaseLine>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<CaseId>,
}

/// The cases one may see.
#[utoipa::path(get, path = "/api/v1/cases", tag = "cases", params(Wanted), responses((status = 200, body = CasePage)))]
async fn list(
    State(office): State<Office>,
    Me(me): Me,
    Query(wanted): Query<Wanted>,
) -> Result<Json<CasePage>, ApiError> {
    let most = wire::most(wanted.limit)?;
    let severity = wanted.severity.map(|matters| match matters {
        Matters::Low => "low",
        Matters::Medium => "medium",
        Matters::High => "high",
    });
    let filter = Filter {
        state: wanted.state,
        closed: wanted.closed,
        late: wanted.late,
        opened: wanted.opened.map(|period| Opened::within(&office, period)),
        unit: wanted.unit,
        scenario: wanted.scenario,
        severity: severity.map(str::to_owned),
        handler: wanted.handler,
        text: wanted.text.unwrap_or_default(),
        order: super::Order::default(),
    };
    let tx = office.db().read(me.tenant()).await?;
    let recused = recused(&tx, &me).await?;
    let cut = (wanted.after, most + 1);
    let rows = store::page(&tx, &policy::scope(&me), &recused, &filter, office.now(), cut).await?;
    let (rows, next) = wire::paged(rows, most, |row| row.id);
    let items = rows.into_iter().map(|row| CaseLine::of(&office, &me, &Case { row, is_recused: false })).collect();
    Ok(Json(CasePage { items, next }))
}

/// A place in what was handed in.
#[derive(Debug, Serialize, ToSchema)]
struct Place {
    /// The standard table.
    table: String,
    /// The file, with member and sheet where it has them, and the line: `cards.csv:2`.
    place: String,
    /// The row of the table.
    row: i64,
}

impl From<Evidence> for Place {
    fn from(one: Evidence) -> Self {
        Self { table: one.table.to_string(), place: one.place(), row: one.row }
    }
}

/// What asks.
#[derive(Debug, Serialize, ToSchema)]
struct AlertPart {
    /// Which alert.
    id: AlertId,
    /// The version of the rule.
    scenario_version: i32,
    /// Why the rule asks.
    why: Option<Text>,
    /// The question, in words.
    explanation: Text,
    /// What should be done.
    remedy: Text,
    /// What it rests on.
    basis: serde_json::Value,
    /// What it is about.
    subject: serde_json::Value,
    /// What was counted.
    facts: serde_json::Value,
    /// What the values of both are called, as far as the rule says so.
    called: BTreeMap<String, Called>,
    /// Where it stands in what was handed in.
    evidence: Vec<Place>,
    /// The same as it was before it last changed.
    evidence_before: Vec<Place>,
    /// When that was.
    changed_at: Option<DateTime<Utc>>,
    /// When a run first found it.
    first_seen_at: DateTime<Utc>,
    /// When a run last found it.
    last_seen_at: DateTime<Utc>,
    /// How many runs found it.
    times_seen: i32,
    /// When a run no longer found it.
    gone_at: Option<DateTime<Utc>>,
    /// Why it is thought to be gone.
    gone_why: Option<String>,
}

/// What a value is called.
#[derive(Debug, Serialize, ToSchema)]
struct Called {
    /// In words.
    title: Text,
    /// What it counts: `count`, `people`, `days`, `hours`, `minutes`, `percent`, `money` in the case's currency, or a currency's code.
    unit: Option<String>,
}

impl From<ColumnWords> for Called {
    fn from(words: ColumnWords) -> Self {
        Self { title: Text::from(&words.title), unit: words.unit }
    }
}

impl AlertPart {
    /// The alert, personal data masked as `sight` says, with what its rule says of itself.
    fn of(alert: Alert, rule: RuleWords, sight: Sight) -> Self {
        let json = |text: &str| serde_json::from_str(text).unwrap_or_default();
        let places = |text: &str| -> Vec<Place> {
            let rows: Vec<Evidence> = serde_json::from_str(text).unwrap_or_default();
            rows.into_iter().map(Place::from).collect()
        };
        Self {
            id: alert.id,
            scenario_version: alert.scenario_version,
            why: rule.why.as_ref().map(Text::from),
            called: rule.columns.into_iter().map(|(name, words)| (name, words.into())).collect(),
            explanation: Text::of(
                &sight.question(&alert, &alert.explanation_ko),
                &sight.question(&alert, &alert.explanation_en),
            ),
            remedy: Text::of(&alert.remedy_ko, &alert.remedy_en),
            basis: json(&alert.basis),
            subject: serde_json::json!(sight.values(&alert.subject, &alert.personal)),
            facts: serde_json::json!(sight.values(&alert.facts, &alert.personal)),
            evidence: places(&alert.evidence),
            evidence_before: alert.evidence_before.as_deref().map(places).unwrap_or_default(),
            changed_at: alert.changed_at,
            first_seen_at: alert.first_seen_at,
            last_seen_at: alert.last_seen_at,
            times_seen: alert.times_seen,
            gone_at: alert.gone_at,
            gone_why: alert.gone_why,
        }
    }
}

/// How the due moment was counted.
#[derive(Debug, Serialize, ToSchema)]
struct Counted {
    /// From when.
    from: Option<DateTime<Utc>>,
    /// Working days.
    days: u32,
    /// Who says so: `government`, `scenario`, `default`, `waiting`.
    by: String,
    /// Days that were left out.
    left_out: Vec<DayOff>,
    /// Days that count though the calendar has them off: the government works on them.
    worked: Vec<DayWorked>,
}

/// A day that was left out.
#[derive(Debug, Serialize, ToSchema)]
struct DayOff {
    /// The day.
    day: NaiveDate,
    /// The holiday's name; none on a weekend.
    holiday: Option<String>,
    /// Whether it is a day of the government's own.
    is_own: bool,
}

/// A day that counts though the calendar has it off.
#[derive(Debug, Serialize, ToSchema)]
struct DayWorked {
    /// The day.
    day: NaiveDate,
    /// Why the government works on it.
    reason: String,
}

/// A line of a case's history.
#[derive(Debug, Serialize, ToSchema)]
struct Happened {
    /// When.
    at: DateTime<Utc>,
    /// Who; none for what the office does by itself.
    who: Option<Who>,
    /// What: `answered`, `approved`, `confirmed`.
    event: String,
    /// What they wrote.
    text: String,
    /// What else they said.
    details: serde_json::Value,
    /// Of which of its lives: a case that was opened again begins another.
    clock: i32,
}

impl From<EntryRow> for Happened {
    fn from(row: EntryRow) -> Self {
        let details = serde_json::from_str(&row.details).unwrap_or_default();
        let who = row.actor.map(|id| Who::named(id, &row.actor_name));
        Self { at: row.at, who, event: row.event, text: row.text, details, clock: row.clock }
    }
}

/// A step up the report line.
#[derive(Debug, Serialize, ToSchema)]
struct Climbed {
    /// Where it stands: `planned`, `fired`, `acknowledged`.
    status: String,
    /// When it is or was taken.
    at: DateTime<Utc>,
    /// Who was told; none where it is planned, or the audit office was.
    told: Option<Who>,
}

/// A case.
#[derive(Debug, Serialize, ToSchema)]
struct CaseWhole {
    #[serde(flatten)]
    line: CaseLine,
    /// For whom its handler waits.
    waits_for: Option<String>,
    /// Why it came to its handler.
    routed_why: String,
    /// Who gave the answer that stands.
    answered_by: Option<Who>,
    /// What the answer says.
    answer: Option<String>,
    /// Who approved it.
    approved_by: Option<Who>,
    /// Who confirmed it first, where it takes two.
    first_confirmed_by: Option<Who>,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
    /// How the due moment was counted.
    due: Counted,
    /// What asks.
    alert: AlertPart,
    /// What happened, the oldest first.
    history: Vec<Happened>,
    /// How it climbs the report line where nobody acts, the first step first.
    steps: Vec<Climbed>,
    /// The files with it.
    files: Vec<FilePart>,
    /// At most ten cases of the same person, vendor, or rule and unit.
    linked: Vec<CaseLine>,
    /// Whether names and numbers are masked.
    is_masked: bool,
    /// What the token's person may do now: the last part of the address, as in `answer` of `/api/v1/cases/{id}/answer`.
    may: Vec<&'static str>,
}

/// One case, with what asks, what happened and how its due moment was counted.
#[utoipa::path(
    get, path = "/api/v1/cases/{id}", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = CaseWhole, headers(("ETag" = String, description = "The revision, for `If-Match`."))))
)]
async fn one(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<CaseId>,
) -> Result<([(HeaderName, String); 1], Json<CaseWhole>), ApiError> {
    let tx = office.db().read(me.tenant()).await?;
    let case = policy::authorize(&me, Action::ReadCase, load(&tx, &me, id).await?)?;
    let tx = access::seen(&office, tx, &me, &case).await?;
    let sight = access::sight(&office, &tx, &me, &case).await?;
    let alert = alerts::one(&tx, case.row.alert).await?.ok_or_else(Problem::hidden)?;
    let rule = alerts::rule_words(&tx, &alert.scenario, &alert.scenario_digest).await?;
    let history = store::entries(&tx, id).await?.into_iter().map(Happened::from).collect();
    let files = store::attachments(&tx, id).await?.into_iter().map(FilePart::from).collect();
    let row = &case.row;
    let (scope, recused) = (policy::scope(&me), recused(&tx, &me).await?);
    let linked = store::linked(&tx, &scope, &recused, row, LINKED).await?;
    let linked = linked.into_iter().map(|row| CaseLine::of(&office, &me, &Case { row, is_recused: false }));
    let steps = store::steps(&tx, id).await?.into_iter().filter(|step| step.status != "cancelled");
    let steps = steps.map(|step| Climbed {
        at: step.fired_at.unwrap_or(step.planned_at),
        told: step.told.map(|person| Who::of(&me, person)),
        status: step.status,
    });
    let mut may: Vec<&str> = Verbs::of(&me, &case).addresses().collect();
    may.extend(sight.may_reveal().then_some("reveal"));
    may.extend(may_take_proof(&me, &case).then_some("proof"));
    let how = due::how(row);
    let is_own = |day| how.own.contains(&day);
    let left_out =
        how.left_out.into_iter().map(|(day, holiday)| DayOff { is_own: is_own(day), day, holiday }).collect();
    let worked = how.worked.into_iter().map(|(day, reason)| DayWorked { day, reason }).collect();
    let who = |person: Option<PersonId>| person.map(|id| Who::of(&me, id));
    let whole = CaseWhole {
        line: CaseLine::of(&office, &me, &case),
        waits_for: row.waits_for.clone(),
        routed_why: row.routed_why.clone(),
        answered_by: who(row.answered_by),
        answer: row.answer_outcome.clone(),
        approved_by: who(row.approved_by),
        first_confirmed_by: who(row.first_confirmed_by),
        closed_at: row.closed_at,
        due: Counted { from: how.from.map(|from| office.moment(from)), days: how.days, by: how.by, left_out, worked },
        alert: AlertPart::of(alert, rule, sight),
        history,
        steps: steps.collect(),
        files,
        linked: linked.collect(),
        is_masked: !sight.is_open(),
        may,
    };
    Ok((tag(row.revision), Json(whole)))
}
