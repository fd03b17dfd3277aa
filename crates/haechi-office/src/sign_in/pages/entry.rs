//! The way in and out: the page of sign-in, its second step, the one-time link, signing out.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::session::{Session, Way};
use super::super::{self as sign_in, Entered, Secret, SignInError, store};
use super::{Trouble, browser, enter, known_browser, leave};
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::people::{self, GovernmentRow};
use crate::web::first::{address, own_path, set_cookie};
use crate::web::{Asked, Form, Gate, Html, InSession, KEPT, Marks, Page, PageError, Routes, SESSION, cookie};

/// The cookie between the two steps: `TENANT.SEALED`.
const HALF: &str = "haechi-half";

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/sign-in", Gate::Open, sign_in_page)
        .post("/sign-in", Gate::Open, sign_in_form)
        .get("/sign-in/code", Gate::Open, code_page)
        .post("/sign-in/code", Gate::Open, code_form)
        .get("/start", Gate::Open, start_page)
        .post("/start", Gate::Open, start_form)
        .marked(Marks::EARLY)
        .post("/sign-out", Gate::Signed, sign_out);
}

/// A government one can sign in to.
struct Choice {
    code: String,
    name: String,
}

/// A provider by which one can sign in.
struct By {
    name: String,
    href: String,
    is_down: bool,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    /// Why somebody is here who did not ask for it.
    note: Option<String>,
    trouble: Option<Trouble>,
    /// Whom to ask.
    ask: Vec<String>,
    by: Vec<By>,
    /// Whether the form of the office's own passwords is open.
    is_local_open: bool,
    governments: Vec<Choice>,
    chosen: String,
    login: String,
    next: String,
}

/// What the page of sign-in is shown with.
#[derive(Default)]
pub(super) struct Showing<'a> {
    pub(super) chosen: &'a str,
    pub(super) login: &'a str,
    pub(super) next: &'a str,
    pub(super) why: &'a str,
    pub(super) is_local: bool,
    pub(super) problem: Option<Problem>,
    pub(super) ask: Vec<String>,
}

/// The page of sign-in.
pub(super) async fn show(office: &Office, page: Page, showing: Showing<'_>) -> Result<Response, PageError> {
    let governments = people::governments(office).await?;
    let next = own_path(showing.next);
    let by = |row: &GovernmentRow| {
        let provider = office.oidc().of(&row.code)?;
        let (config, next) = (&provider.config, if next == "/" { "" } else { next });
        Some(By {
            name: page.pick(&config.name_ko, &config.name_en),
            href: address("/sign-in/oidc", &[("government", &row.code), ("next", next)]),
            is_down: provider.is_down(),
        })
    };
    // Where somebody comes from a government's page, that government's provider alone is theirs.
    let is_chosen = |row: &&GovernmentRow| showing.chosen.is_empty() || row.code == showing.chosen;
    let by: Vec<By> = governments.iter().filter(is_chosen).filter_map(by).collect();
    let note = match showing.why {
        "over" => Some(page.say("sign-in-over")),
        "kept" => Some(page.say("sign-in-kept")),
        "changed" => Some(page.say("sign-in-changed")),
        _ => None,
    };
    let governments = governments
        .into_iter()
        .map(|row| Choice { code: row.code, name: row.name.in_language(page.language).to_owned() })
        .collect();
    let trouble = showing.problem.map(|problem| Trouble::of(&page, problem));
    let status = trouble.as_ref().map(|trouble| trouble.status).unwrap_or_default();
    let shown = SignIn {
        note,
        ask: showing.ask,
        is_local_open: showing.is_local || trouble.is_some() || by.iter().any(|one| one.is_down),
        by,
        trouble,
        governments,
        chosen: showing.chosen.to_owned(),
        login: showing.login.to_owned(),
        next: next.to_owned(),
        page,
    };
    Ok((status, Html::of(&shown)?).into_response())
}

async fn sign_in_page(State(office): State<Office>, page: Page, Asked(asked): Asked) -> Result<Response, PageError> {
    let showing = Showing {
        chosen: asked.text("government"),
        next: asked.text("next"),
        why: asked.text("why"),
        is_local: asked.text("way") == Way::Local.as_str(),
        ..Showing::default()
    };
    show(&office, page, showing).await
}

/// The government of a code; where there is one alone it needs none.
pub(super) async fn government(office: &Office, code: &str) -> Result<Option<GovernmentRow>, sea_orm::DbErr> {
    let mut all = people::governments(office).await?;
    Ok(if all.len() == 1 { all.pop() } else { all.into_iter().find(|row| row.code == code) })
}

async fn sign_in_form(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let (code, next) = (form.text("government"), own_path(form.text("next")));
    let tried = match government(&office, code).await? {
        Some(own) => {
            // Passwords may begin and end with white space.
            let password = form.all("password").next().unwrap_or_default();
            let known = known_browser(&headers);
            sign_in::sign_in(&office, own.tenant, form.text("login"), password, known, browser(&headers))
                .await
                .map(|entered| (own.tenant, entered))
        }
        None => Err(SignInError::Wrong),
    };
    match tried {
        Ok((tenant, entered)) => go_on(&office, session.as_ref(), tenant, &entered, next).await,
        Err(error) => {
            let problem = Some(error.into());
            show(
                &office,
                page,
                Showing { chosen: code, login: form.text("login"), next, problem, ..Showing::default() },
            )
            .await
        }
    }
}

/// Into the office, or to the second step.
async fn go_on(
    office: &Office,
    session: Option<&Session>,
    tenant: TenantId,
    entered: &Entered,
    next: &str,
) -> Result<Response, PageError> {
    Ok(match entered {
        Entered::Open(opened) => {
            leave(office, session).await?;
            let mut response = Redirect::to(next).into_response();
            enter(office, tenant, opened, &mut response);
            response
        }
        Entered::Second(sealed) => {
            let next = if next == "/" { "" } else { next };
            let mut response = Redirect::to(&address("/sign-in/code", &[("next", next)])).into_response();
            set_cookie(office, &mut response, HALF, &format!("{tenant}.{sealed}"), Some(5 * 60));
            response
        }
    })
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct SecondStep {
    page: Page,
    trouble: Option<Trouble>,
    next: String,
}

async fn code_page(page: Page, headers: HeaderMap, Asked(asked): Asked) -> Result<Response, PageError> {
    let next = own_path(asked.text("next")).to_owned();
    if cookie(&headers, HALF).is_none() {
        return Ok(Redirect::to(&address("/sign-in", &[("next", &next)])).into_response());
    }
    Ok(Html::of(&SecondStep { page, trouble: None, next })?.into_response())
}

async fn code_form(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let next = own_path(form.text("next"));
    let half = cookie(&headers, HALF).and_then(parts);
    let tried = match half {
        Some((tenant, half)) => {
            let known = known_browser(&headers);
            sign_in::second_step(&office, tenant, half, form.text("code"), known, browser(&headers))
                .await
                .map(|opened| (tenant, opened))
        }
        None => Err(SignInError::Late),
    };
    match tried {
        Ok((tenant, opened)) => {
            let mut response = go_on(&office, session.as_ref(), tenant, &Entered::Open(opened), next).await?;
            set_cookie(&office, &mut response, HALF, "", Some(0));
            Ok(response)
        }
        Err(error @ SignInError::Late) => {
            show(&office, page, Showing { next, problem: Some(error.into()), is_local: true, ..Showing::default() })
                .await
        }
        Err(error) => {
            let trouble = Trouble::of(&page, error);
            let status = trouble.status;
            let html = Html::of(&SecondStep { page, trouble: Some(trouble), next: next.to_owned() })?;
            Ok((status, html).into_response())
        }
    }
}

/// Ends the session. Who came by a provider is shown how to sign out there too.
async fn sign_out(
    State(office): State<Office>,
    InSession(session): InSession,
    Form(_): Form,
) -> Result<Response, PageError> {
    let session = session.ok_or_else(Problem::hidden)?;
    sign_in::sign_out(&office, &session).await?;
    let to = match session.way {
        Way::Local => "/sign-in".to_owned(),
        Way::Oidc => {
            let tx = office.db().read(session.actor.tenant()).await?;
            address("/signed-out", &[("government", &people::government(&tx).await?.code)])
        }
    };
    let mut response = Redirect::to(&to).into_response();
    for name in [SESSION, KEPT] {
        set_cookie(&office, &mut response, name, "", Some(0));
    }
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

#[derive(Template)]
#[template(path = "start.html")]
struct Start {
    page: Page,
    link: String,
    login: Option<String>,
    problem: Option<String>,
}

/// `TENANT.SECRET`.
fn parts(link: &str) -> Option<(TenantId, &str)> {
    let (tenant, secret) = link.split_once('.')?;
    Some((tenant.parse().ok()?, secret))
}

async fn login_of(office: &Office, link: &str) -> Result<Option<String>, PageError> {
    let Some((tenant, secret)) = parts(link) else { return Ok(None) };
    let tx = office.db().read(tenant).await?;
    let Some(person) = store::link_of(&tx, &Secret::of(secret).digest(), office.now()).await? else {
        return Ok(None);
    };
    Ok(people::store::person_row(&tx, person).await?.map(|row| row.employee_no))
}

async fn start_page(State(office): State<Office>, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    let link = asked.text("link").to_owned();
    let login = login_of(&office, &link).await?;
    Html::of(&Start { page, link, login, problem: None })
}

async fn start_form(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let link = form.text("link").to_owned();
    let password = form.all("password").next().unwrap_or_default();
    let tried = match parts(&link) {
        Some(_) if form.all("again").next().unwrap_or_default() != password => {
            Err(Problem::invalid("password.differs", ("두 비밀번호가 서로 다릅니다.", "The two passwords differ.")))
        }
        Some((tenant, secret)) => sign_in::use_link(&office, tenant, secret, password, browser(&headers))
            .await
            .map(|entered| (tenant, entered))
            .map_err(Into::into),
        None => Err(SignInError::Link.into()),
    };
    match tried {
        Ok((tenant, entered)) => go_on(&office, session.as_ref(), tenant, &entered, "/").await,
        Err(problem) => {
            problem.tell_log();
            let told = problem.happened.in_language(page.language).to_owned();
            let login = login_of(&office, &link).await?;
            let view = Html::of(&Start { page, link, login, problem: Some(told) })?;
            Ok((problem.status(), view).into_response())
        }
    }
}
