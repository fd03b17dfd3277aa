//! The way in and out: the page of sign-in, its second step, the one-time link, signing out.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::session::{Session, Way};
use super::super::{self as sign_in, Entered, Secret, SignInError, store};
use super::{browser, differ, enter, known_browser, leave, refusal};
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::slices::people::{self, GovernmentRow};
use crate::web::first::{address, own_path, set_cookie};
use crate::web::ui::{Button, ErrorSummary, Field, Form as Sheet, Kind, Link, More, Notice, PageHead, Refused, Select};
use crate::web::{Asked, Form, Gate, Html, InSession, KEPT, Marks, Page, PageError, Routes, SESSION, own_cookie};

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

/// A provider by which one can sign in.
struct By {
    link: Link,
    /// That it did not answer a moment ago.
    down: Option<Notice>,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    errors: Option<ErrorSummary>,
    /// The code of what went wrong, for who asks about it.
    code: Option<&'static str>,
    /// Whom to ask.
    ask: Vec<String>,
    head: PageHead,
    /// Why somebody is here who did not ask for it.
    note: Option<Notice>,
    by: Vec<By>,
    /// The form of the office's own passwords, where there is no other way.
    form: Option<Sheet>,
    /// The same behind a few words, where there is.
    local: Option<More>,
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
        let name = page.pick(&config.name_ko, &config.name_en);
        let href = address("/sign-in/oidc", &[("government", &row.code), ("next", next)]);
        let is_down = provider.is_down() && showing.problem.is_none();
        Some((
            provider.is_down(),
            By {
                down: is_down.then(|| Notice::new(Kind::Warn, "").line(page.what("sign-in-down", &name))),
                link: Link::to(href, page.what("sign-in-by", name)).button().away(),
            },
        ))
    };
    // Where somebody comes from a government's page, that government's provider alone is theirs.
    let is_chosen = |row: &&GovernmentRow| showing.chosen.is_empty() || row.code == showing.chosen;
    let (are_down, by): (Vec<bool>, Vec<By>) = governments.iter().filter(is_chosen).filter_map(by).unzip();
    let note = match showing.why {
        "over" => Some(Notice::new(Kind::Info, "").line(page.say("sign-in-over"))),
        "kept" => Some(Notice::new(Kind::Info, "").line(page.say("sign-in-kept"))),
        "changed" => Some(Notice::new(Kind::Good, "").line(page.say("sign-in-changed"))),
        _ => None,
    };
    let is_open = showing.is_local || showing.problem.is_some() || are_down.contains(&true);
    let problem = showing.problem.map(|problem| refusal(problem, "password"));
    let status = problem.as_ref().map(Problem::status).unwrap_or_default();
    let form = local_form(&page, &governments, showing.chosen, showing.login, next);
    let (form, local) = if by.is_empty() {
        (Some(form), None)
    } else {
        let local = More::act(page.say("sign-in-local")).text(page.say("sign-in-local-hint"));
        (None, Some(local.form(form).open(is_open)))
    };
    let shown = SignIn {
        errors: problem.as_ref().map(|problem| ErrorSummary::of(&page, problem, None)),
        code: problem.as_ref().map(|problem| problem.code),
        ask: showing.ask,
        head: PageHead::new(page.say("sign-in")),
        note: note.filter(|_| problem.is_none()),
        by,
        form,
        local,
        page: if problem.is_some() { page.refused() } else { page },
    };
    Ok((status, Html::of(&shown)?).into_response())
}

/// Log-in and password; the government too where there are several.
fn local_form(page: &Page, governments: &[GovernmentRow], chosen: &str, login: &str, next: &str) -> Sheet {
    let names = governments.iter().map(|row| (row.code.clone(), page.words(&row.name).to_owned()));
    Sheet::post(page, "/sign-in")
        .narrow()
        .hidden("next", next)
        .part_if(governments.len() > 1, || {
            Select::new("government", page.say("government"), names).chosen(chosen).into()
        })
        .part(Field::login("login", page.say("login")).value(login))
        .part(Field::password("password", page.say("password"), "current-password"))
        .button(Button::new(page.say("sign-in")))
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
            let known = known_browser(&office, &headers);
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
    errors: Option<ErrorSummary>,
    head: PageHead,
    form: Sheet,
    lost: More,
    again: Link,
}

fn second_step(page: Page, next: &str, refused: Refused<'_>) -> Result<Html, PageError> {
    let mut errors = None;
    let form = Sheet::post(&page, "/sign-in/code")
        .narrow()
        .hidden("next", next)
        .part(Field::code("code", page.say("code")).hint(page.say("code-hint")))
        .button(Button::new(page.say("sign-in")))
        .after(&page, refused, &mut errors);
    Html::of(&SecondStep {
        errors,
        head: PageHead::new(page.say("second-step")),
        form,
        lost: More::new(page.say("code-lost")).text(page.say("code-lost-how")),
        again: Link::to(
            address("/sign-in", &[("next", if next == "/" { "" } else { next })]),
            page.say("sign-in-again"),
        ),
        page: if refused.is_some() { page.refused() } else { page },
    })
}

async fn code_page(
    State(office): State<Office>,
    page: Page,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let next = own_path(asked.text("next")).to_owned();
    if own_cookie(&office, &headers, HALF).is_none() {
        return Ok(Redirect::to(&address("/sign-in", &[("next", &next)])).into_response());
    }
    Ok(second_step(page, &next, None)?.into_response())
}

async fn code_form(
    State(office): State<Office>,
    InSession(session): InSession,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let next = own_path(form.text("next"));
    let half = own_cookie(&office, &headers, HALF).and_then(parts);
    let tried = match half {
        Some((tenant, half)) => {
            let known = known_browser(&office, &headers);
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
            let problem = refusal(error, "code");
            let html = second_step(page, next, Some((&form, &problem)))?;
            Ok((problem.status(), html).into_response())
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
    errors: Option<ErrorSummary>,
    head: PageHead,
    /// None where the link does not hold.
    form: Option<Sheet>,
}

/// The page on which a password is set; `login` is none where the link does not hold.
fn start(page: Page, link: &str, login: Option<String>, refused: Refused<'_>) -> Result<Html, PageError> {
    let mut errors = None;
    let form = login.map(|login| {
        Sheet::post(&page, "/start")
            .narrow()
            .hidden("link", link)
            .part(Field::login("login", page.say("login")).value(login).fixed())
            .part(Field::password("password", page.say("password-new"), "new-password").hint(page.say("password-hint")))
            .part(Field::password("again", page.say("password-again"), "new-password"))
            .button(Button::new(page.say("start-set")))
            .after(&page, refused, &mut errors)
    });
    let head = PageHead::new(page.say("start"));
    Html::of(&Start {
        errors,
        head: head.lead(page.say(if form.is_some() { "start-about" } else { "start-gone" })),
        form,
        page: if refused.is_some() { page.refused() } else { page },
    })
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
    start(page, &link, login, None)
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
        Some(_) if form.all("again").next().unwrap_or_default() != password => Err(differ()),
        Some((tenant, secret)) => sign_in::use_link(&office, tenant, secret, password, browser(&headers))
            .await
            .map(|entered| (tenant, entered))
            .map_err(|error| Problem::from(error).at("password")),
        None => Err(SignInError::Link.into()),
    };
    match tried {
        Ok((tenant, entered)) => go_on(&office, session.as_ref(), tenant, &entered, "/").await,
        Err(problem) => {
            let problem = refusal(problem, "password");
            let login = login_of(&office, &link).await?;
            let view = start(page, &link, login, Some((&form, &problem)))?;
            Ok((problem.status(), view).into_response())
        }
    }
}
