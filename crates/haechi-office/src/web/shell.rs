//! What is there before any slice: signing in and out, the language, one's account and roles, the style sheet.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::extract::{Asked, Form, Me, SessionSecret};
use super::guard::{BROWSER, LANGUAGE, SESSION, cookie};
use super::page::{Html, Page, PageError, shown_again};
use super::routes::{Gate, Routes};
use super::ui::{
    Button, ErrorSummary, Field, Form as Sheet, Kind, Notice, PageHead, Refused, Select, SummaryList, Value,
};
use super::{look, theme};
use crate::ids::TenantId;
use crate::office::Office;
use crate::policy::{Action, Actor, Role, generally};
use crate::problem::Problem;
use crate::sign_in::{self, Opened, Secret};
use crate::slices::people;

pub(super) fn routes(routes: &mut Routes) {
    routes
        .file("/assets/{digest}/{*name}", look::serve)
        .get("/sign-in", Gate::Open, sign_in_page)
        .post("/sign-in", Gate::Open, sign_in_form)
        .post("/sign-out", Gate::Signed, sign_out)
        .get("/language", Gate::Open, language)
        .get("/theme", Gate::Open, theme::choose)
        .get("/start", Gate::Open, start_page)
        .post("/start", Gate::Open, start_form)
        .post("/demo/day", Gate::May(Action::MoveDay), move_day)
        .get("/roles", Gate::Signed, roles_page)
        .post("/roles", Gate::May(Action::RequestRole), roles_form)
        .get("/account", Gate::May(Action::OwnAccount), account_page)
        .post("/account/password", Gate::May(Action::OwnAccount), password_form)
        .post("/account/sessions", Gate::May(Action::OwnAccount), sessions_form);
}

/// A government one can sign in to.
struct Choice {
    code: String,
    name: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    governments: Vec<Choice>,
    chosen: String,
    login: String,
    next: String,
    problem: Option<String>,
}

async fn sign_in_view(
    office: &Office,
    page: Page,
    chosen: &str,
    login: &str,
    next: &str,
    problem: Option<String>,
) -> Result<Html, PageError> {
    let governments = people::governments(office).await?;
    let governments = governments
        .into_iter()
        .map(|row| Choice { code: row.code, name: row.name.in_language(page.language).to_owned() })
        .collect();
    let (chosen, login, next) = (chosen.to_owned(), login.to_owned(), next.to_owned());
    Html::of(&SignIn { page, governments, chosen, login, next, problem })
}

async fn sign_in_page(State(office): State<Office>, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    sign_in_view(&office, page, asked.text("government"), "", asked.text("next"), None).await
}

/// An address on this site; anything else is the first page.
pub(super) fn own_path(next: &str) -> &str {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    if is_own { next } else { "/" }
}

async fn sign_in_form(
    State(office): State<Office>,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    let code = form.text("government");
    let governments = people::governments(&office).await?;
    let own = match governments.as_slice() {
        [only] => Some(only.tenant),
        all => all.iter().find(|row| row.code == code).map(|row| row.tenant),
    };
    let known = cookie(&headers, BROWSER);
    let tried = match own {
        Some(tenant) => {
            // Passwords may begin and end with white space.
            let password = form.all("password").next().unwrap_or_default();
            sign_in::sign_in(&office, tenant, form.text("login"), password, known, browser(&headers))
                .await
                .map(|opened| (tenant, opened))
        }
        None => Err(sign_in::SignInError::Wrong),
    };
    match tried {
        Ok((tenant, opened)) => {
            Ok(with_cookies(&office, tenant, &opened, Redirect::to(own_path(form.text("next"))).into_response()))
        }
        Err(error) => {
            let problem = Problem::from(error);
            problem.tell_log();
            let told = format!(
                "{} {}",
                problem.happened.in_language(page.language),
                problem.advice.in_language(page.language)
            );
            let view = sign_in_view(&office, page, code, form.text("login"), form.text("next"), Some(told)).await?;
            Ok((problem.status(), view).into_response())
        }
    }
}

fn browser(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn with_cookies(office: &Office, tenant: TenantId, opened: &Opened, mut response: Response) -> Response {
    let secure = if office.config().is_over_tls() { "; Secure" } else { "" };
    let year = 365 * 24 * 60 * 60;
    for line in [
        format!("{SESSION}={tenant}.{}; Path=/; HttpOnly; SameSite=Lax{secure}", opened.secret.text()),
        format!("{BROWSER}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={year}{secure}", opened.browser.text()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&line) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

async fn sign_out(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    Form(_): Form,
) -> Result<Response, PageError> {
    sign_in::sign_out(&office, &me, &secret).await?;
    let mut response = Redirect::to("/sign-in").into_response();
    let gone = format!("{SESSION}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    if let Ok(value) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

async fn language(Asked(asked): Asked) -> Response {
    let to = if asked.text("to") == "en" { "en" } else { "ko" };
    let mut response = Redirect::to(own_path(asked.text("back"))).into_response();
    let line = format!("{LANGUAGE}={to}; Path=/; SameSite=Lax; Max-Age={}", 365 * 24 * 60 * 60);
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// Moves the day of an invented government forward, a day at a time, and does what falls due on each.
async fn move_day(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    generally(&me, Action::MoveDay)?;
    let days = form.read::<u8>("days")?.unwrap_or(1).clamp(1, 31);
    for _ in 0..days {
        // By way of the hour at which things fall due, so that each happens on its own day.
        let now = chrono::Timelike::num_seconds_from_midnight(&office.local_now().time());
        let closing = 18 * 60 * 60 + 60;
        let (first, rest) =
            if now < closing { (closing - now, 24 * 60 * 60 - (closing - now)) } else { (0, 24 * 60 * 60) };
        for seconds in [first, rest].into_iter().filter(|seconds| *seconds > 0) {
            if !office.move_forward(i64::from(seconds)) {
                return Err(Problem::hidden().into());
            }
            crate::timed::tick(&office).await?;
        }
    }
    Ok(Redirect::to(own_path(form.text("back"))))
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
    let Some(person) = sign_in::store::link_of(&tx, &Secret::of(secret).digest(), office.now()).await? else {
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
            .map(|opened| (tenant, opened))
            .map_err(Into::into),
        None => Err(sign_in::SignInError::Link.into()),
    };
    match tried {
        Ok((tenant, opened)) => Ok(with_cookies(&office, tenant, &opened, Redirect::to("/").into_response())),
        Err(problem) => {
            problem.tell_log();
            let told = problem.happened.in_language(page.language).to_owned();
            let login = login_of(&office, &link).await?;
            let view = Html::of(&Start { page, link, login, problem: Some(told) })?;
            Ok((problem.status(), view).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "roles.html")]
struct Roles {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    held: SummaryList,
    granters: Vec<String>,
    asked: Option<Notice>,
    form: Sheet,
}

/// What one may do, who grants what one may not, and a form to ask for it: nobody is left with a page of zeros.
async fn roles_view(office: &Office, me: &Actor, page: Page, refused: Refused<'_>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let name = |role: Role| page.say(&format!("role-{}", role.as_str()));
    let grants = people::store::grants(&tx, me.day()).await?;
    let granters = grants
        .iter()
        .filter(|grant| grant.role == Role::Administrator.as_str())
        .filter_map(|grant| me.directory().person(grant.person).map(|person| person.name.clone()))
        .collect();
    let asked = people::store::open_requests(&tx).await?;
    let asked: Vec<String> =
        asked.iter().filter(|row| me.is(Some(row.person))).filter_map(|row| Role::parse(&row.role)).map(name).collect();
    let units = me.id().map(|person| me.directory().places_of(person, me.day())).unwrap_or_default();
    let places = units.iter().filter_map(|(code, post)| {
        let unit = me.directory().unit(code, me.day())?;
        let post = page.say(&format!("post-{}", post.as_str()));
        Some(format!("{} · {post}", page.words(&unit.name)))
    });
    let places = places.fold(Value::default(), |value, place| value.line(place));
    let held = page.roles.iter().fold(Value::default(), |value, role| value.line(role));
    let mut errors = None;
    let choices = Role::GRANTED.iter().map(|role| (role.as_str().to_owned(), name(*role)));
    let form = Sheet::post(&page, "/roles")
        .part(Select::new("role", page.say("role"), choices))
        .part(Field::area("reason", page.say("reason"), 3).hint(page.say("roles-reason-hint")))
        .button(Button::new(page.say("roles-send")))
        .after(&page, refused, &mut errors);
    let head = PageHead::new(page.say("roles"));
    let has_none = units.is_empty() && page.roles.is_empty();
    let head = if has_none { head.expected(page.say("roles-none")) } else { head };
    Html::of(&Roles {
        errors,
        head,
        held: SummaryList::new(&page).row(page.say("roles-places"), places).row(page.say("roles-held"), held),
        granters,
        asked: (!asked.is_empty()).then(|| Notice::new(Kind::Info, page.say("roles-asked")).line(asked.join(", "))),
        form,
        page,
    })
}

async fn roles_page(State(office): State<Office>, Me(me): Me, page: Page) -> Result<Html, PageError> {
    roles_view(&office, &me, page, None).await
}

async fn roles_form(
    State(office): State<Office>,
    Me(me): Me,
    page: Page,
    Form(form): Form,
) -> Result<Response, PageError> {
    let may = generally(&me, Action::RequestRole)?;
    let Err(error) = people::ask(&office, &may, form.text("role"), form.text("reason")).await else {
        return Ok(Redirect::to("/roles").into_response());
    };
    let problem = shown_again(error)?;
    let view = roles_view(&office, &me, page.refused(), Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}

/// A session, for who holds it.
struct OpenSession {
    id: String,
    browser: String,
    made: String,
    seen: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    sessions: Vec<OpenSession>,
}

async fn account_page(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    page: Page,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let person = me.id().ok_or_else(Problem::hidden)?;
    let sessions = sign_in::store::sessions(&tx, person).await?;
    let own = secret.digest();
    let sessions = sessions
        .into_iter()
        .map(|row| OpenSession {
            is_this: row.digest == own,
            browser: row.browser,
            made: page.moment(&row.made_at),
            seen: page.moment(&row.seen_at),
            id: row.digest,
        })
        .collect();
    Html::of(&Account { page, sessions })
}

async fn password_form(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let value = |name| form.all(name).next().unwrap_or_default();
    if value("new") != value("again") {
        return Err(Problem::invalid(
            "password.differs",
            ("두 비밀번호가 서로 다릅니다.", "The two passwords differ."),
        )
        .into());
    }
    sign_in::change_password(&office, &me, value("old"), value("new")).await?;
    Ok(Redirect::to("/sign-in"))
}

async fn sessions_form(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let one = form.text("session");
    sign_in::end_session(&office, &me, (one != "all").then_some(one)).await?;
    Ok(Redirect::to("/account"))
}
