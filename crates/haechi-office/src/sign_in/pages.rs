//! The page of tokens: which programs may come in, for what, until when.

use askama::Template;
use axum::extract::State;
use axum::response::Redirect;
use haechi_core::time::{Day, Days};

use super::store;
use super::{SignInError, make_token, revoke_token};
use crate::ids::TokenId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::web::{Form, Gate, Html, Me, Page, PageError, Path, Routes};

/// Days a token holds at most: somebody looks once a year whether it is still wanted.
const LONGEST: u64 = 366;

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/settings/tokens", Gate::May(Action::ChangeSettings), tokens)
        .post("/settings/tokens", Gate::May(Action::ChangeSettings), make)
        .post("/settings/tokens/{id}/revoke", Gate::May(Action::ChangeSettings), revoke);
}

/// A token, without its secret.
struct Line {
    id: TokenId,
    name: String,
    whose: String,
    scopes: String,
    made: String,
    by: String,
    until: String,
    holds: bool,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct Tokens {
    page: Page,
    lines: Vec<Line>,
    /// The secret of the one just made.
    made: Option<String>,
    first: String,
    last: String,
}

async fn show(office: &Office, me: &Actor, page: Page, made: Option<String>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let name = |person| me.directory().person(person).map(|person| person.name.clone()).unwrap_or_default();
    let rows = store::tokens(&tx).await?;
    let lines = rows.into_iter().map(|row| Line {
        id: row.id,
        whose: row.person.map_or_else(|| page.say("role-engine"), name),
        by: row.made_by.parse().map_or_else(|_| page.say("by-installation"), name),
        made: page.moment(&row.made_at),
        until: page.moment(&row.expires_at),
        holds: row.expires_at > office.now(),
        name: row.name,
        scopes: row.scopes,
    });
    let (lines, today) = (lines.collect(), me.day());
    let (first, last) = ((today + Days::new(1)).to_string(), (today + Days::new(LONGEST)).to_string());
    Html::of(&Tokens { page, lines, made, first, last })
}

async fn tokens(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    generally(&me, Action::ChangeSettings)?;
    show(&office, &me, page, None).await
}

/// Makes a token of the engine or of oneself, and shows it this once.
async fn make(State(office): State<Office>, Me(me): Me, page: Page, Form(form): Form) -> Result<Html, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    let (whose, scopes): (_, &[&str]) = match form.text("for") {
        "engine" => (None, &["runs"]),
        "read" => (me.id(), &["read"]),
        "write" => (me.id(), &["read", "write"]),
        _ => return Err(SignInError::Scope.into()),
    };
    let until: Day = form.need("until")?;
    let end = until.and_hms_opt(23, 59, 59).filter(|_| until <= me.day() + Days::new(LONGEST));
    let end = office.moment(end.ok_or(SignInError::Scope)?);
    let entry = may.entry("token", "");
    let (_, secret) = make_token(&office, me.tenant(), entry, form.text("name"), whose, scopes, end).await?;
    show(&office, &me, page, Some(secret)).await
}

async fn revoke(
    State(office): State<Office>,
    Me(me): Me,
    Path(id): Path<TokenId>,
    Form(_): Form,
) -> Result<Redirect, PageError> {
    let may = generally(&me, Action::ChangeSettings)?;
    revoke_token(&office, &may, id).await.map_err(Problem::from)?;
    Ok(Redirect::to("/settings/tokens"))
}
