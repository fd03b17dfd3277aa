//! What a program reads about whom it acts for.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::extract::Me;
use super::routes::{Gate, Routes};
use super::wire::{Text, Who};
use crate::ids::PersonId;
use crate::office::Office;
use crate::policy::{Action, Role};
use crate::problem::ApiError;
use crate::slices::people;

pub(super) fn routes(routes: &mut Routes) {
    routes.api_get("/api/v1/me", Gate::Signed, me);
}

#[derive(OpenApi)]
#[openapi(paths(me))]
struct Own;

pub(super) fn document() -> utoipa::openapi::OpenApi {
    Own::openapi()
}

/// A place one has.
#[derive(Debug, Serialize, ToSchema)]
struct OwnPlace {
    /// The unit's code.
    unit: String,
    /// As what: `head`, `coordinator`, `staff`.
    post: String,
}

/// Whom the token acts for.
#[derive(Debug, Serialize, ToSchema)]
struct Myself {
    /// Which person; none for the engine.
    person: Option<PersonId>,
    /// Their name, or that of the engine's token.
    name: String,
    /// The government's code.
    government: String,
    /// Its name.
    government_name: Text,
    /// What they are today.
    roles: Vec<String>,
    /// Where they are today.
    places: Vec<OwnPlace>,
    /// What they may ever do, as the log names it; about a record they may be told otherwise.
    may: Vec<String>,
    /// Who gives roles: whoever lacks one asks for it (`POST /api/v1/people/role-requests`).
    granters: Vec<Who>,
    /// The roles they asked for and nobody decided about.
    asked: Vec<String>,
}

/// Whom the token acts for, and what they may do.
#[utoipa::path(get, path = "/api/v1/me", tag = "about", responses((status = 200, body = Myself)))]
async fn me(State(office): State<Office>, Me(me): Me) -> Result<Json<Myself>, ApiError> {
    let tx = office.db().read(me.tenant()).await?;
    let government = people::government(&tx).await?;
    let places = me.id().map(|person| me.directory().places_of(person, me.day())).unwrap_or_default();
    // The engine asks nobody for a role.
    let granters = match me.id() {
        Some(_) => people::holders(&tx, Role::Administrator, me.day()).await?,
        None => Vec::new(),
    };
    let asked = people::store::open_requests(&tx).await?;
    let may = Action::ALL.iter().filter(|action| me.may_ever(**action)).map(|action| action.as_str().to_owned());
    Ok(Json(Myself {
        person: me.id(),
        name: me.name().to_owned(),
        government_name: Text::from(&government.name),
        government: government.code,
        roles: me.roles().map(|role| role.as_str().to_owned()).collect(),
        places: places.into_iter().map(|(unit, post)| OwnPlace { unit, post: post.as_str().to_owned() }).collect(),
        may: may.collect(),
        granters: granters.into_iter().map(|person| Who::of(&me, person)).collect(),
        asked: asked.into_iter().filter(|row| me.is(Some(row.person))).map(|row| row.role).collect(),
    }))
}
