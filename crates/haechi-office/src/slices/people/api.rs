//! People as programs read and change them: units, persons, records of a personnel system, roles.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, NaiveDate, Utc};
use haechi_core::records::Records;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::directory::Appointment;
use super::{Changes, Grantee, PeopleError, store};
use crate::ids::{GrantId, PersonId, RoleRequestId};
use crate::office::Office;
use crate::policy::{Action, authorize, generally};
use crate::problem::ApiError;
use crate::web::wire::{self, Made, Nothing, Part, Text, Who, Written};
use crate::web::{Gate, LARGE, MaySend, Me, Path, Query, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    routes
        .api_get("/api/v1/people/units", Gate::May(Action::ReadPeople), units)
        .api_get("/api/v1/people/persons", Gate::May(Action::ReadPeople), persons)
        .api_post("/api/v1/people/records", Gate::May(Action::ChangePeople), records)
        .api_get("/api/v1/people/grants", Gate::May(Action::ReadPeople), grants)
        .api_post("/api/v1/people/grants", Gate::May(Action::GrantRole), give)
        .api_post("/api/v1/people/grants/{id}/end", Gate::May(Action::GrantRole), end)
        .api_get("/api/v1/people/role-requests", Gate::May(Action::ReadPeople), requests)
        .api_post("/api/v1/people/role-requests", Gate::May(Action::RequestRole), ask)
        .api_post("/api/v1/people/role-requests/{id}/decide", Gate::May(Action::GrantRole), decide);
}

#[derive(OpenApi)]
#[openapi(paths(units, persons, records, grants, give, end, requests, ask, decide))]
struct People;

pub(crate) fn document() -> utoipa::openapi::OpenApi {
    People::openapi()
}

/// A unit.
#[derive(Debug, Serialize, ToSchema)]
struct UnitPart {
    /// Its code in the source systems.
    code: String,
    /// What it is called.
    name: Text,
    /// The unit above it.
    parent: Option<String>,
    /// Its first day.
    from: NaiveDate,
    /// Its last day.
    to: Option<NaiveDate>,
    /// Whether it is the audit office.
    audits: bool,
    /// Who heads it today, or acts for its head.
    head: Option<Who>,
}

/// Units.
#[derive(Debug, Serialize, ToSchema)]
struct UnitList {
    /// Those of today, by their codes.
    items: Vec<UnitPart>,
}

/// The units of today.
#[utoipa::path(get, path = "/api/v1/people/units", tag = "people", responses((status = 200, body = UnitList)))]
async fn units(Me(me): Me) -> Result<Json<UnitList>, ApiError> {
    generally(&me, Action::ReadPeople)?;
    let (directory, day) = (me.directory(), me.day());
    let items = directory.units_on(day).map(|unit| UnitPart {
        code: unit.code.clone(),
        name: Text::from(&unit.name),
        parent: unit.parent.clone(),
        from: unit.from,
        to: unit.to,
        audits: unit.audits,
        head: directory.head(&unit.code, day).map(|head| Who::of(&me, head.id)),
    });
    Ok(Json(UnitList { items: items.collect() }))
}

/// A place somebody has.
#[derive(Debug, Serialize, ToSchema)]
struct PlacePart {
    /// The unit's code.
    unit: String,
    /// As what: `head`, `coordinator`, `staff`.
    post: String,
    /// What they do there, as the source systems name it.
    duties: Vec<String>,
    /// Whether they act for somebody else.
    is_acting: bool,
}

impl From<&Appointment> for PlacePart {
    fn from(place: &Appointment) -> Self {
        Self {
            unit: place.unit.clone(),
            post: place.post.as_str().to_owned(),
            duties: place.duties.iter().cloned().collect(),
            is_acting: place.acting,
        }
    }
}

/// Somebody who works or worked here.
#[derive(Debug, Serialize, ToSchema)]
struct PersonPart {
    /// Which.
    id: PersonId,
    /// Their number in the personnel system.
    employee_no: String,
    /// Their name.
    name: String,
    /// Their last day, where it is known.
    left_on: Option<NaiveDate>,
    /// Their places today.
    places: Vec<PlacePart>,
    /// Whether they are at work today.
    is_there: bool,
}

/// Persons.
#[derive(Debug, Serialize, ToSchema)]
struct PersonList {
    /// By their numbers.
    items: Vec<PersonPart>,
    /// What to send as `after` for the next page; none on the last.
    next: Option<String>,
}

/// The persons who work or worked here, with their places of today.
#[utoipa::path(get, path = "/api/v1/people/persons", tag = "people", params(Part<String>), responses((status = 200, body = PersonList)))]
async fn persons(Me(me): Me, Query(part): Query<Part<String>>) -> Result<Json<PersonList>, ApiError> {
    generally(&me, Action::ReadPeople)?;
    let (directory, day, most) = (me.directory(), me.day(), part.most()?);
    let behind = |number: &str| part.after.as_deref().is_none_or(|after| number > after);
    let one_more = usize::try_from(most).unwrap_or(usize::MAX).saturating_add(1);
    let found = directory.persons().filter(|person| behind(&person.employee_no)).take(one_more).collect();
    let (found, next) = wire::paged(found, most, |person| person.employee_no.clone());
    let items = found.into_iter().map(|person| PersonPart {
        id: person.id,
        employee_no: person.employee_no.clone(),
        name: person.name.clone(),
        left_on: person.left_on,
        places: directory.appointments_of(person.id, day).into_iter().map(PlacePart::from).collect(),
        is_there: directory.is_there(person.id, day),
    });
    Ok(Json(PersonList { items: items.collect(), next }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct How {
    /// Only say what would change.
    #[serde(default)]
    #[param(required = false)]
    preview: bool,
}

/// What the records change, in names people know.
#[derive(Debug, Serialize, ToSchema)]
struct ChangesPart {
    /// Whether they were taken in; a preview takes nothing in.
    is_done: bool,
    /// Units that come.
    new_units: Vec<String>,
    /// Units whose name or place in the tree changes.
    changed_units: Vec<String>,
    /// Units that end.
    ended_units: Vec<String>,
    /// Persons that come.
    new_persons: Vec<String>,
    /// Persons whose name or addresses change.
    changed_persons: Vec<String>,
    /// Persons that leave.
    left: Vec<String>,
    /// Places that begin.
    new_places: Vec<String>,
    /// Places that end.
    ended_places: Vec<String>,
    /// What is kept by hand, is not in the records, and stays.
    kept_by_hand: Vec<String>,
    /// What was kept by hand and is as the records say from now on.
    taken_over: Vec<String>,
    /// How many absences there are afterwards.
    absences: usize,
}

/// Takes in the records of a personnel system: all of it, or nothing.
#[utoipa::path(
    post, path = "/api/v1/people/records", tag = "people", params(How),
    request_body(content = Object, description = "The records of a whole government, in the format that the command line takes in."),
    responses((status = 200, body = ChangesPart))
)]
async fn records(
    State(office): State<Office>,
    Me(me): Me,
    Query(how): Query<How>,
    Sent(records): Sent<Records, LARGE>,
) -> Result<Json<ChangesPart>, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let changes = if how.preview {
        super::preview(&office, &may, &records).await?
    } else {
        super::take_in(&office, me.tenant(), may.entry("people", &records.government), &records).await?
    };
    let Changes {
        new_units,
        changed_units,
        ended_units,
        new_persons,
        changed_persons,
        left,
        new_places,
        ended_places,
        kept_by_hand,
        taken_over,
        absences,
    } = changes;
    Ok(Json(ChangesPart {
        is_done: !how.preview,
        new_units,
        changed_units,
        ended_units,
        new_persons,
        changed_persons,
        left,
        new_places,
        ended_places,
        kept_by_hand,
        taken_over,
        absences,
    }))
}

/// A role that was given.
#[derive(Debug, Serialize, ToSchema)]
struct GrantPart {
    /// Which.
    id: GrantId,
    /// To whom.
    person: Who,
    /// Which role.
    role: String,
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: Option<NaiveDate>,
    /// Who gave it: a person's id, or `installation`.
    granted_by: String,
    /// Why.
    reason: String,
}

/// Roles that were given.
#[derive(Debug, Serialize, ToSchema)]
struct GrantList {
    /// Those that hold today.
    items: Vec<GrantPart>,
}

/// The roles that hold today by a grant.
#[utoipa::path(get, path = "/api/v1/people/grants", tag = "people", responses((status = 200, body = GrantList)))]
async fn grants(State(office): State<Office>, Me(me): Me) -> Result<Json<GrantList>, ApiError> {
    generally(&me, Action::ReadPeople)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::grants(&tx, me.day()).await?;
    let items = rows.into_iter().map(|row| GrantPart {
        id: row.id,
        person: Who::of(&me, row.person),
        role: row.role,
        from: row.first_day,
        to: row.last_day,
        granted_by: row.granted_by,
        reason: row.reason,
    });
    Ok(Json(GrantList { items: items.collect() }))
}

/// The roles that are given by a grant.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Granted {
    Auditor,
    IntegrityOfficer,
    OutsideConfirmer,
    Inspector,
    Administrator,
}

impl Granted {
    const fn as_str(self) -> &'static str {
        use crate::policy::Role;
        match self {
            Self::Auditor => Role::Auditor,
            Self::IntegrityOfficer => Role::IntegrityOfficer,
            Self::OutsideConfirmer => Role::OutsideConfirmer,
            Self::Inspector => Role::Inspector,
            Self::Administrator => Role::Administrator,
        }
        .as_str()
    }
}

/// A role to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "employee_no": "20260012", "role": "auditor", "to": "2027-12-31", "reason": "감사담당관 발령" })))]
struct Gives {
    /// To whom, by their number in the personnel system.
    employee_no: String,
    /// Which role.
    role: Granted,
    /// From which day; today without it.
    #[serde(default)]
    from: Option<NaiveDate>,
    /// Until which day.
    #[serde(default)]
    to: Option<NaiveDate>,
    /// Why.
    reason: Written,
}

/// Gives somebody a role; nobody gives themselves one, and a token makes no administrator: that one could make tokens that do more.
#[utoipa::path(post, path = "/api/v1/people/grants", tag = "people", request_body = Gives, responses((status = 201, body = Made<GrantId>)))]
async fn give(
    State(office): State<Office>,
    Me(me): Me,
    Sent(sent): Sent<Gives>,
) -> Result<(StatusCode, Json<Made<GrantId>>), ApiError> {
    let person = me.directory().with_employee_no(&sent.employee_no).map(|person| person.id);
    let may = authorize(&me, Action::GrantRole, Grantee(person.ok_or(PeopleError::NoPerson)?))?;
    let days = (sent.from.unwrap_or_else(|| me.day()), sent.to);
    let id = super::grant(&office, &may, sent.role.as_str(), days, &sent.reason).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Ends a grant now.
#[utoipa::path(post, path = "/api/v1/people/grants/{id}/end", tag = "people", params(("id" = GrantId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn end(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<GrantId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    super::end_grant(&office, &me, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A request for a role.
#[derive(Debug, Serialize, ToSchema)]
struct RequestPart {
    /// Which.
    id: RoleRequestId,
    /// Who asks.
    person: Who,
    /// For which role.
    role: String,
    /// Why.
    reason: String,
    /// When.
    asked_at: DateTime<Utc>,
}

/// Requests for roles.
#[derive(Debug, Serialize, ToSchema)]
struct RequestList {
    /// Those that nobody decided.
    items: Vec<RequestPart>,
}

/// The requests for roles that nobody decided.
#[utoipa::path(get, path = "/api/v1/people/role-requests", tag = "people", responses((status = 200, body = RequestList)))]
async fn requests(State(office): State<Office>, Me(me): Me) -> Result<Json<RequestList>, ApiError> {
    generally(&me, Action::ReadPeople)?;
    let tx = office.db().read(me.tenant()).await?;
    let rows = store::open_requests(&tx).await?;
    let items = rows.into_iter().map(|row| RequestPart {
        id: row.id,
        person: Who::of(&me, row.person),
        role: row.role,
        reason: row.reason,
        asked_at: row.asked_at,
    });
    Ok(Json(RequestList { items: items.collect() }))
}

/// A role that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "role": "inspector", "reason": "시의회 행정사무감사" })))]
struct Asks {
    /// Which role.
    role: Granted,
    /// Why.
    reason: Written,
}

/// Asks for a role for oneself.
#[utoipa::path(post, path = "/api/v1/people/role-requests", tag = "people", request_body = Asks, responses((status = 201, body = Made<RoleRequestId>)))]
async fn ask(
    State(office): State<Office>,
    Me(me): Me,
    Sent(sent): Sent<Asks>,
) -> Result<(StatusCode, Json<Made<RoleRequestId>>), ApiError> {
    let may = generally(&me, Action::RequestRole)?;
    let id = super::ask(&office, &may, sent.role.as_str(), &sent.reason).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// A decision about a request.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "granted": false, "answer": "부서 업무에 필요하지 않습니다." })))]
struct Decides {
    /// Whether the role is given, from today on.
    granted: bool,
    /// Why, or why not.
    answer: Written,
}

/// Decides a request; nobody decides their own, and a token makes no administrator.
#[utoipa::path(post, path = "/api/v1/people/role-requests/{id}/decide", tag = "people", params(("id" = RoleRequestId, Path)), request_body = Decides, responses((status = 204)))]
async fn decide(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<RoleRequestId>,
    Sent(sent): Sent<Decides>,
) -> Result<StatusCode, ApiError> {
    super::decide(&office, &me, id, sent.granted, &sent.answer).await?;
    Ok(StatusCode::NO_CONTENT)
}
