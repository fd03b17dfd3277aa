//! The second step of signing in: setting an app up, codes on paper, taking both away.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::factor::{self, Paper, Setup};
use super::super::session::Session;
use super::super::{SignInError, store};
use super::{Trouble, known_browser};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::slices::people;
use crate::web::first::own_path;
use crate::web::{Asked, Form, Gate, Html, InSession, Marks, Me, Page, PageError, Routes};

pub(super) fn routes(routes: &mut Routes) {
    let (own, secret) = (Gate::May(Action::OwnAccount), Marks::EARLY.and(Marks::SECRET));
    routes
        .marked(Marks::EARLY)
        .get("/account/second-factor", own, page_of)
        // Whoever finds an open desk would set up an app of their own.
        .marked(secret.and(Marks::PROOF))
        .post("/account/second-factor/setup", own, begin)
        .marked(secret)
        .post("/account/second-factor/confirm", own, confirm)
        .marked(secret)
        .post("/account/second-factor/codes", own, renew)
        .marked(secret)
        .post("/account/second-factor/remove", own, remove);
}

#[derive(Template)]
#[template(path = "second_factor.html")]
struct Factor {
    page: Page,
    trouble: Option<Trouble>,
    has_password: bool,
    /// Whether the government wants it, and it is not there yet.
    is_wanted: bool,
    since: Option<String>,
    left: u64,
    next: String,
}

async fn show(
    office: &Office,
    me: &Actor,
    session: &Session,
    page: Page,
    next: &str,
    trouble: Option<Trouble>,
) -> Result<Response, PageError> {
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let has_password = store::account_of(&tx, person).await?.is_some();
    let (since, left) = match factor::since(&tx, person).await? {
        Some((since, left)) => (Some(page.moment(&since)), left),
        None => (None, 0),
    };
    let status = trouble.as_ref().map(|trouble| trouble.status).unwrap_or_default();
    let is_wanted = session.lacks_second;
    let html = Html::of(&Factor { page, trouble, has_password, is_wanted, since, left, next: next.to_owned() })?;
    Ok((status, html).into_response())
}

async fn page_of(
    State(office): State<Office>,
    Me(me): Me,
    InSession(session): InSession,
    page: Page,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    show(&office, &me, &session, page, own_path(asked.text("next")), None).await
}

#[derive(Template)]
#[template(path = "second_factor_setup.html")]
struct SettingUp {
    page: Page,
    trouble: Option<Trouble>,
    setup: Setup,
    next: String,
}

/// As whose app it is shown in the app: the government, and the log-in.
async fn shown_as(office: &Office, me: &Actor, page: &Page) -> Result<(String, String), PageError> {
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let account = store::account_of(&tx, person).await?.ok_or(SignInError::Gone)?;
    let government = people::government(&tx).await?;
    Ok((format!("{} {}", page.say("haechi"), page.words(&government.name)), account.login))
}

async fn begin(
    State(office): State<Office>,
    Me(me): Me,
    InSession(session): InSession,
    page: Page,
    Form(form): Form,
) -> Result<Html, PageError> {
    generally(&me, Action::OwnAccount)?;
    let session = session.ok_or_else(Problem::hidden)?;
    let (issuer, account) = shown_as(&office, &me, &page).await?;
    let setup = factor::begin(&office, &me, &session.secret, &issuer, &account)?;
    Html::of(&SettingUp { page, trouble: None, setup, next: own_path(form.text("next")).to_owned() })
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct Codes {
    page: Page,
    /// Shown this once.
    codes: Vec<String>,
    next: String,
}

fn shown_once(page: Page, Paper(codes): Paper, next: &str) -> Result<Response, PageError> {
    Ok(Html::of(&Codes { page, codes, next: next.to_owned() })?.into_response())
}

async fn confirm(
    State(office): State<Office>,
    Me(me): Me,
    InSession(session): InSession,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    generally(&me, Action::OwnAccount)?;
    let session = session.ok_or_else(Problem::hidden)?;
    let (sealed, next) = (form.text("setup"), own_path(form.text("next")));
    match factor::confirm(&office, &me, &session.secret, sealed, form.text("code")).await {
        Ok(paper) => shown_once(page, paper, next),
        Err(error @ SignInError::Code) => {
            let (issuer, account) = shown_as(&office, &me, &page).await?;
            let setup = factor::again(&office, &me, &session.secret, sealed, (&issuer, &account))?;
            let trouble = Some(Trouble::of(&page, error));
            let html = Html::of(&SettingUp { page, trouble, setup, next: next.to_owned() })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => {
            let trouble = Some(Trouble::of(&page, error));
            show(&office, &me, &session, page, next, trouble).await
        }
    }
}

async fn renew(
    State(office): State<Office>,
    Me(me): Me,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    generally(&me, Action::OwnAccount)?;
    let session = session.ok_or_else(Problem::hidden)?;
    match factor::renew_paper(&office, &me, form.text("code"), known_browser(&headers)).await {
        Ok(paper) => shown_once(page, paper, "/account"),
        Err(error) => {
            let trouble = Some(Trouble::of(&page, error));
            show(&office, &me, &session, page, "/account", trouble).await
        }
    }
}

async fn remove(
    State(office): State<Office>,
    Me(me): Me,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    generally(&me, Action::OwnAccount)?;
    let session = session.ok_or_else(Problem::hidden)?;
    match factor::remove(&office, &me, form.text("code"), known_browser(&headers)).await {
        Ok(()) => Ok(Redirect::to("/account/second-factor").into_response()),
        Err(error) => {
            let trouble = Some(Trouble::of(&page, error));
            show(&office, &me, &session, page, "/account", trouble).await
        }
    }
}
