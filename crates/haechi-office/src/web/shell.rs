//! What is there before any slice: the language, one's roles, the style sheet.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::extract::{Asked, Form, Me};
use super::first::own_path;
use super::guard::LANGUAGE;
use super::page::{Html, Page, PageError, shown_again};
use super::routes::{Gate, Routes};
use super::ui::{
    Button, ErrorSummary, Field, Form as Sheet, Kind, Notice, PageHead, Refused, Select, SummaryList, Value,
};
use super::{look, theme};
use crate::office::Office;
use crate::policy::{Action, Actor, Role, generally};
use crate::problem::Problem;
use crate::slices::people;

pub(super) fn routes(routes: &mut Routes) {
    routes
        .file("/assets/{digest}/{*name}", look::serve)
        .get("/language", Gate::Open, language)
        .get("/theme", Gate::Open, theme::choose)
        .post("/demo/day", Gate::May(Action::MoveDay), move_day)
        .get("/roles", Gate::Signed, roles_page)
        .post("/roles", Gate::May(Action::RequestRole), roles_form);
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
