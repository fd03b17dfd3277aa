//! Units, people, places and absences as programs keep them by hand.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};

use super::super::store::person_row;
use super::{ByHandError, persons, store, units};
use crate::ids::{AbsenceId, AppointmentId, PersonId};
use crate::office::Office;
use crate::policy::{Action, generally};
use crate::problem::ApiError;
use crate::web::wire::{Made, Nothing, Written};
use crate::web::{Gate, MaySend, Me, Path, Routes, Sent};

pub(super) fn routes(routes: &mut Routes) {
    let gate = Gate::May(Action::ChangePeople);
    routes
        .api_post("/api/v1/people/units", gate, add_unit)
        .api_post("/api/v1/people/units/{code}/change", gate, change_unit)
        .api_post("/api/v1/people/units/{code}/end", gate, end_unit)
        .api_post("/api/v1/people/persons", gate, add_person)
        .api_get("/api/v1/people/persons/{id}", gate, one_person)
        .api_post("/api/v1/people/persons/{id}/change", gate, change_person)
        .api_post("/api/v1/people/persons/{id}/leave", gate, leave)
        .api_post("/api/v1/people/persons/{id}/return", gate, come_back)
        .api_post("/api/v1/people/persons/{id}/places", gate, give)
        .api_post("/api/v1/people/places/{id}/end", gate, end_place)
        .api_post("/api/v1/people/persons/{id}/absences", gate, away)
        .api_post("/api/v1/people/absences/{id}/remove", gate, back);
}

#[derive(OpenApi)]
#[openapi(paths(
    add_unit,
    change_unit,
    end_unit,
    add_person,
    one_person,
    change_person,
    leave,
    come_back,
    give,
    end_place,
    away,
    back
))]
struct ByHand;

pub(in super::super) fn document() -> utoipa::openapi::OpenApi {
    ByHand::openapi()
}

/// A name in both languages.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Names {
    /// Korean.
    ko: Written<80>,
    /// English; the Korean name without it.
    #[serde(default)]
    en: Option<Written<80>>,
}

impl Names {
    fn en(&self) -> &str {
        self.en.as_deref().unwrap_or_default()
    }
}

/// A unit to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "code": "9100", "name": { "ko": "청렴추진단", "en": "Integrity Task Force" }, "from": "2027-01-01" })))]
struct NewUnit {
    /// Its code, which no unit has.
    code: Written<80>,
    /// What it is called.
    name: Names,
    /// The unit above it; none for the top.
    #[serde(default)]
    parent: Option<String>,
    /// Its first day; today without it.
    #[serde(default)]
    from: Option<NaiveDate>,
    /// Whether it is the audit office.
    #[serde(default)]
    audits: bool,
}

/// Adds a unit that no personnel register names.
#[utoipa::path(post, path = "/api/v1/people/units", tag = "people", request_body = NewUnit, responses((status = 204)))]
async fn add_unit(State(office): State<Office>, Me(me): Me, Sent(sent): Sent<NewUnit>) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let said = units::Said {
        ko: &sent.name.ko,
        en: sent.name.en(),
        parent: sent.parent.as_deref(),
        audits: sent.audits,
        from: sent.from.unwrap_or_else(|| office.today()),
    };
    units::add(&office, &may, &sent.code, said).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a unit is from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": { "ko": "청렴감사담당관", "en": "Integrity and Audit Office" }, "parent": "9000", "audits": true, "from": "2027-01-01" })))]
struct UnitChange {
    /// What it is called.
    name: Names,
    /// The unit above it; none for the top.
    #[serde(default)]
    parent: Option<String>,
    /// Whether it is the audit office.
    #[serde(default)]
    audits: bool,
    /// From which day on; today without it.
    #[serde(default)]
    from: Option<NaiveDate>,
}

/// Gives a unit another name or another place in the tree from a day on. What it was until then stays.
#[utoipa::path(post, path = "/api/v1/people/units/{code}/change", tag = "people", params(("code" = String, Path)), request_body = UnitChange, responses((status = 204)))]
async fn change_unit(
    State(office): State<Office>,
    Me(me): Me,
    Path(code): Path<String>,
    Sent(sent): Sent<UnitChange>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let said = units::Said {
        ko: &sent.name.ko,
        en: sent.name.en(),
        parent: sent.parent.as_deref(),
        audits: sent.audits,
        from: sent.from.unwrap_or_else(|| office.today()),
    };
    units::change(&office, &may, &code, said).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What becomes of the places in a unit that ends.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PlacesThen {
    /// They end with it.
    #[default]
    End,
    /// They go to the unit that takes over; a head as one of its staff.
    Move,
}

/// How a unit ends.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "from": "2027-01-01", "successor": "9100", "places": "move" })))]
struct UnitEnd {
    /// The first day on which it is no more.
    from: NaiveDate,
    /// The unit that takes over its work and its open cases.
    #[serde(default)]
    successor: Option<String>,
    /// What becomes of its places; without a successor they end.
    #[serde(default)]
    places: PlacesThen,
}

/// Ends a unit from a day on.
#[utoipa::path(post, path = "/api/v1/people/units/{code}/end", tag = "people", params(("code" = String, Path)), request_body = UnitEnd, responses((status = 204)))]
async fn end_unit(
    State(office): State<Office>,
    Me(me): Me,
    Path(code): Path<String>,
    Sent(sent): Sent<UnitEnd>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let places = match sent.places {
        PlacesThen::End => units::Places::End,
        PlacesThen::Move => units::Places::Move,
    };
    units::end(&office, &may, &code, sent.from, sent.successor.as_deref(), places).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "employee_no": "EXT-01", "name": "김외부", "mail": "kim@law.example", "mobile": "010-1234-5678" })))]
struct NewPerson {
    /// Their number, which nobody has; they sign in with it.
    employee_no: Written<80>,
    /// Their name.
    name: Written<80>,
    /// Their address for mail.
    #[serde(default)]
    mail: Option<String>,
    /// Their number for text messages.
    #[serde(default)]
    mobile: Option<String>,
}

/// Adds somebody who is in no personnel register: an outside confirmer, an ombudsman.
#[utoipa::path(post, path = "/api/v1/people/persons", tag = "people", request_body = NewPerson, responses((status = 201, body = Made<PersonId>)))]
async fn add_person(
    State(office): State<Office>,
    Me(me): Me,
    Sent(sent): Sent<NewPerson>,
) -> Result<(StatusCode, Json<Made<PersonId>>), ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let said = persons::Said {
        name: &sent.name,
        mail: sent.mail.as_deref().unwrap_or_default(),
        mobile: sent.mobile.as_deref().unwrap_or_default(),
    };
    let id = persons::add(&office, &may, &sent.employee_no, said).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// A place somebody had, has or will have.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceRow {
    /// Which.
    id: AppointmentId,
    /// The unit's code.
    unit: String,
    /// As what: `head`, `coordinator`, `staff`.
    post: String,
    /// What they do there.
    duties: Vec<String>,
    /// Whether they act for somebody else.
    is_acting: bool,
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: Option<NaiveDate>,
    /// Whether it was given by hand.
    by_hand: bool,
}

/// Days on which somebody is not there.
#[derive(Debug, Serialize, ToSchema)]
struct AbsenceRow {
    /// Which.
    id: AbsenceId,
    /// The first day.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
    /// Whether it was entered by hand.
    by_hand: bool,
}

/// All that is kept of somebody.
#[derive(Debug, Serialize, ToSchema)]
struct WholePerson {
    /// Which.
    id: PersonId,
    /// Their number.
    employee_no: String,
    /// Their name.
    name: String,
    /// Their address for mail at work.
    mail: Option<String>,
    /// Their number for messages at work.
    mobile: Option<String>,
    /// Their last day, where it is known.
    left_on: Option<NaiveDate>,
    /// Whether they are kept by hand and in no register.
    by_hand: bool,
    /// Their places, the newest first.
    places: Vec<PlaceRow>,
    /// Their absences, the newest first.
    absences: Vec<AbsenceRow>,
}

/// Somebody with their places and absences.
#[utoipa::path(get, path = "/api/v1/people/persons/{id}", tag = "people", params(("id" = PersonId, Path)), responses((status = 200, body = WholePerson)))]
async fn one_person(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
) -> Result<Json<WholePerson>, ApiError> {
    generally(&me, Action::ChangePeople)?;
    let tx = office.db().read(me.tenant()).await?;
    let row = person_row(&tx, id).await?.ok_or(ByHandError::Gone)?;
    let places = store::places_of(&tx, id).await?.into_iter().map(|row| PlaceRow {
        id: row.id,
        unit: row.unit,
        post: row.post,
        duties: row.duties.split_whitespace().map(str::to_owned).collect(),
        is_acting: row.acting,
        from: row.first_day,
        to: row.last_day,
        by_hand: row.by_hand,
    });
    let absences = store::absences_of(&tx, id).await?.into_iter().map(|row| AbsenceRow {
        id: row.id,
        from: row.first_day,
        to: row.last_day,
        by_hand: row.by_hand,
    });
    Ok(Json(WholePerson {
        id,
        employee_no: row.employee_no,
        name: row.name,
        mail: row.mail,
        mobile: row.mobile,
        left_on: row.left_on,
        by_hand: row.by_hand,
        places: places.collect(),
        absences: absences.collect(),
    }))
}

/// What somebody is called and how they are reached.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "김외부", "mail": "kim@law.example" })))]
struct PersonChange {
    /// Their name.
    name: Written<80>,
    /// Their address for mail at work; none takes it away.
    #[serde(default)]
    mail: Option<String>,
    /// Their number for messages at work; none takes it away.
    #[serde(default)]
    mobile: Option<String>,
}

/// Changes somebody's name, mail and mobile.
#[utoipa::path(post, path = "/api/v1/people/persons/{id}/change", tag = "people", params(("id" = PersonId, Path)), request_body = PersonChange, responses((status = 204)))]
async fn change_person(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    Sent(sent): Sent<PersonChange>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let said = persons::Said {
        name: &sent.name,
        mail: sent.mail.as_deref().unwrap_or_default(),
        mobile: sent.mobile.as_deref().unwrap_or_default(),
    };
    persons::change(&office, &may, id, said).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// From which day something is no more.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "from": "2027-01-01" })))]
struct NoMore {
    /// The first day on which it is no more.
    from: NaiveDate,
}

/// Lets somebody leave from a day on; their places end, and their open cases go to who does the work.
#[utoipa::path(post, path = "/api/v1/people/persons/{id}/leave", tag = "people", params(("id" = PersonId, Path)), request_body = NoMore, responses((status = 204)))]
async fn leave(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    Sent(sent): Sent<NoMore>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    persons::leave(&office, &may, id, Some(sent.from)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Somebody who left is here again, without a place.
#[utoipa::path(post, path = "/api/v1/people/persons/{id}/return", tag = "people", params(("id" = PersonId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn come_back(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    persons::leave(&office, &may, id, None).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What somebody is in a unit.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PostWord {
    Head,
    Coordinator,
    Staff,
}

/// A place to be given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "unit": "9100", "post": "staff", "duties": ["card"], "from": "2027-01-01" })))]
struct NewPlace {
    /// The unit's code.
    unit: String,
    /// As what.
    post: PostWord,
    /// The duties that are theirs.
    #[serde(default)]
    #[schema(max_items = 20)]
    duties: Vec<String>,
    /// Whether they act for somebody else.
    #[serde(default)]
    acting: bool,
    /// The first day; today without it.
    #[serde(default)]
    from: Option<NaiveDate>,
    /// The last day, where it is known.
    #[serde(default)]
    to: Option<NaiveDate>,
}

/// Gives somebody a place in a unit.
#[utoipa::path(post, path = "/api/v1/people/persons/{id}/places", tag = "people", params(("id" = PersonId, Path)), request_body = NewPlace, responses((status = 201, body = Made<AppointmentId>)))]
async fn give(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    Sent(sent): Sent<NewPlace>,
) -> Result<(StatusCode, Json<Made<AppointmentId>>), ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let post = match sent.post {
        PostWord::Head => "head",
        PostWord::Coordinator => "coordinator",
        PostWord::Staff => "staff",
    };
    let place = persons::Place {
        unit: &sent.unit,
        post,
        duties: &sent.duties.join(","),
        acting: sent.acting,
        from: sent.from.unwrap_or_else(|| office.today()),
        to: sent.to,
    };
    let id = persons::give(&office, &may, id, place).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Ends a place from a day on.
#[utoipa::path(post, path = "/api/v1/people/places/{id}/end", tag = "people", params(("id" = AppointmentId, Path)), request_body = NoMore, responses((status = 204)))]
async fn end_place(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<AppointmentId>,
    Sent(sent): Sent<NoMore>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    persons::end(&office, &may, id, sent.from).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Days on which somebody will not be there.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "from": "2027-01-04", "to": "2027-01-08" })))]
struct NewAbsence {
    /// The first day; days that have passed are left out.
    from: NaiveDate,
    /// The last day.
    to: NaiveDate,
}

/// Enters days on which somebody is not there.
#[utoipa::path(post, path = "/api/v1/people/persons/{id}/absences", tag = "people", params(("id" = PersonId, Path)), request_body = NewAbsence, responses((status = 201, body = Made<AbsenceId>)))]
async fn away(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<PersonId>,
    Sent(sent): Sent<NewAbsence>,
) -> Result<(StatusCode, Json<Made<AbsenceId>>), ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    let id = persons::away(&office, &may, id, (sent.from, sent.to)).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// Removes an absence that is not over; the days of it that have passed stay.
#[utoipa::path(post, path = "/api/v1/people/absences/{id}/remove", tag = "people", params(("id" = AbsenceId, Path)), request_body = Option<Nothing>, responses((status = 204)))]
async fn back(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<AbsenceId>,
    MaySend(Nothing {}): MaySend<Nothing>,
) -> Result<StatusCode, ApiError> {
    let may = generally(&me, Action::ChangePeople)?;
    persons::back(&office, &may, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
