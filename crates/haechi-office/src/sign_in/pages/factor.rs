//! The second step of signing in: setting an app up, codes on paper, taking both away.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::factor::{self, Paper, Setup};
use super::super::session::Session;
use super::super::{SignInError, store};
use super::{known_browser, refusal};
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;
use crate::slices::people;
use crate::web::first::own_path;
use crate::web::ui::{
    Button, Codes, Crumbs, ErrorSummary, Field, Form as Sheet, Kind, Link, More, Notice, PageHead, QrCode, Refused,
    SummaryList,
};
use crate::web::{Asked, Fields, Form, Gate, Html, InSession, Marks, Me, Page, PageError, Routes};

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
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    head: PageHead,
    /// That the government wants it, and it is not there yet.
    wanted: Option<Notice>,
    /// Since when it is there.
    known: SummaryList,
    /// To set it up, or up anew; none for who has no password of the office's own.
    setup: Option<Sheet>,
    acts: Vec<More>,
}

fn crumbs(page: &Page, here: &str) -> Crumbs {
    Crumbs::new(page, [Link::to("/account", page.say("account"))], page.say(here))
}

/// Which form of the page was refused, and why.
type RefusedForm<'a> = Option<(&'static str, &'a Fields, &'a Problem)>;

async fn show(
    office: &Office,
    me: &Actor,
    session: &Session,
    page: Page,
    next: &str,
    refused: RefusedForm<'_>,
) -> Result<Response, PageError> {
    let person = me.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().read(me.tenant()).await?;
    let has_password = store::account_of(&tx, person).await?.is_some();
    let since = factor::since(&tx, person).await?;
    let mut errors = None;
    let mut act = |words: &str, what: &'static str, button: Button| {
        let of_this = refused.filter(|(which, ..)| *which == what).map(|(_, typed, problem)| (typed, problem));
        let form = Sheet::post(&page, format!("/account/second-factor/{what}"))
            .narrow()
            .part(Field::code("code", page.say("code")).hint(page.say("code-hint")))
            .button(button)
            .prefix(what)
            .after(&page, of_this, &mut errors);
        More::act(page.say(words)).form(form).open(of_this.is_some())
    };
    let acts = since.is_some().then(|| {
        [
            act("recovery-renew", "codes", Button::second(page.say("recovery-renew"))),
            act("second-factor-remove", "remove", Button::danger(page.say("second-factor-remove"))),
        ]
    });
    if let Some((_, _, problem)) = refused.filter(|(which, ..)| *which == "setup") {
        errors = Some(ErrorSummary::of(&page, problem, None));
    }
    let known = since.as_ref().map(|(since, left)| {
        SummaryList::new(&page)
            .row(page.say("second-factor-app-row"), page.what("second-factor-since", page.moment(since)))
            .row(page.say("recovery-codes"), page.count("second-factor-left", left))
    });
    let again = if since.is_some() {
        Button::second(page.say("second-factor-again"))
    } else {
        Button::new(page.say("second-factor-set"))
    };
    let setup =
        has_password.then(|| Sheet::post(&page, "/account/second-factor/setup").hidden("next", next).button(again));
    let wanted = session.lacks_second.then(|| Notice::new(Kind::Warn, "").line(page.say("second-factor-wanted")));
    let about = if has_password { "second-factor-about" } else { "second-factor-provider" };
    let status = refused.map(|(.., problem)| problem.status()).unwrap_or_default();
    let html = Html::of(&Factor {
        crumbs: crumbs(&page, "second-factor"),
        errors,
        head: PageHead::new(page.say("second-factor")).lead(page.say(about)),
        wanted,
        known: known.unwrap_or_default(),
        setup,
        acts: acts.into_iter().flatten().collect(),
        page: if refused.is_some() { page.refused() } else { page },
    })?;
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
    crumbs: Crumbs,
    errors: Option<ErrorSummary>,
    head: PageHead,
    picture: QrCode,
    form: Sheet,
}

fn setting_up(page: Page, setup: &Setup, next: &str, refused: Refused<'_>) -> Result<Html, PageError> {
    let mut errors = None;
    let form = Sheet::post(&page, "/account/second-factor/confirm")
        .narrow()
        .hidden("setup", &setup.sealed)
        .hidden("next", next)
        .part(Field::code("code", page.say("code")).hint(page.say("second-factor-enter")))
        .button(Button::new(page.say("second-factor-confirm")))
        .after(&page, refused, &mut errors);
    Html::of(&SettingUp {
        crumbs: crumbs(&page, "second-factor-set"),
        errors,
        head: PageHead::new(page.say("second-factor-set")),
        picture: QrCode::new(
            page.say("second-factor-picture"),
            &setup.picture,
            page.say("second-factor-typed"),
            &setup.text,
        ),
        form,
        page: if refused.is_some() { page.refused() } else { page },
    })
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
    setting_up(page, &setup, own_path(form.text("next")), None)
}

#[derive(Template)]
#[template(path = "recovery_codes.html")]
struct Written {
    page: Page,
    head: PageHead,
    once: Notice,
    codes: Codes,
    on: Link,
}

fn shown_once(page: Page, Paper(codes): Paper, next: &str) -> Result<Response, PageError> {
    let html = Html::of(&Written {
        head: PageHead::new(page.say("recovery-codes")).lead(page.say("recovery-about")).printable(&page),
        once: Notice::new(Kind::Warn, page.say("recovery-once")),
        codes: Codes::new(codes),
        on: Link::to(next, page.say("recovery-done")).button(),
        page,
    })?;
    Ok(html.into_response())
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
            let problem = refusal(error, "code");
            let html = setting_up(page, &setup, next, Some((&form, &problem)))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
        Err(error) => {
            let problem = refusal(error, "code");
            show(&office, &me, &session, page, next, Some(("setup", &form, &problem))).await
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
    match factor::renew_paper(&office, &me, form.text("code"), known_browser(&office, &headers)).await {
        Ok(paper) => shown_once(page, paper, "/account"),
        Err(error) => {
            let problem = refusal(error, "code");
            show(&office, &me, &session, page, "/account", Some(("codes", &form, &problem))).await
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
    match factor::remove(&office, &me, form.text("code"), known_browser(&office, &headers)).await {
        Ok(()) => Ok(Redirect::to("/account/second-factor").into_response()),
        Err(error) => {
            let problem = refusal(error, "code");
            show(&office, &me, &session, page, "/account", Some(("remove", &form, &problem))).await
        }
    }
}
