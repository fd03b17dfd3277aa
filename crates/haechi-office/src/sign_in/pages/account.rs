//! One's own account: where one is signed in, the password, how one signs in.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Redirect;

use super::super::session::{Way, is_over};
use super::super::store::session;
use super::super::{self as sign_in, device, factor, oidc, store};
use super::known_browser;
use crate::office::Office;
use crate::policy::Action;
use crate::problem::Problem;
use crate::slices::people;
use crate::web::{Form, Gate, Html, Marks, Me, Page, PageError, Routes, SessionSecret};

pub(super) fn routes(routes: &mut Routes) {
    let own = Gate::May(Action::OwnAccount);
    routes.get("/account", own, account_page).marked(Marks::SECRET).post("/account/password", own, password_form).post(
        "/account/sessions",
        own,
        sessions_form,
    );
}

/// A session, for who holds it.
pub(super) struct OpenSession {
    pub(super) id: String,
    pub(super) browser: String,
    pub(super) way: String,
    pub(super) made: String,
    pub(super) seen: String,
    pub(super) is_this: bool,
}

/// Sessions as a page lists them, without those that have ended by themselves.
pub(super) fn listed(office: &Office, page: &Page, rows: Vec<session::Model>, own: &str) -> Vec<OpenSession> {
    let open = rows.into_iter().filter(|row| !is_over(office, row));
    open.map(|row| OpenSession {
        is_this: row.digest == own,
        browser: device::words(&row.browser).unwrap_or_else(|| page.say("browser-unknown")),
        way: page.say(match (Way::parse(&row.way), row.second_at) {
            (Way::Oidc, _) => "way-oidc",
            (Way::Local, Some(_)) => "way-local-code",
            (Way::Local, None) => "way-local",
        }),
        made: page.moment(&row.made_at),
        seen: page.moment(&row.seen_at),
        id: row.digest,
    })
    .collect()
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    sessions: Vec<OpenSession>,
    /// Whether there is a password of the office's own.
    has_password: bool,
    /// Since when there is a second factor, and how many codes on paper are left.
    second: Option<(String, u64)>,
    /// Since when the provider's account is linked, and what it is called.
    linked: Option<(String, String)>,
}

async fn account_page(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    page: Page,
) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let person = me.id().ok_or_else(Problem::hidden)?;
    let sessions = listed(&office, &page, store::sessions(&tx, person).await?, &secret.digest());
    let has_password = store::account_of(&tx, person).await?.is_some();
    let second = factor::since(&tx, person).await?.map(|(since, left)| (page.moment(&since), left));
    let linked = match (oidc::linked_since(&tx, person).await?, people::government(&tx).await?) {
        (Some(since), own) => office
            .oidc()
            .of(&own.code)
            .map(|provider| (page.moment(&since), page.pick(&provider.config.name_ko, &provider.config.name_en))),
        (None, _) => None,
    };
    Html::of(&Account { page, sessions, has_password, second, linked })
}

async fn password_form(
    State(office): State<Office>,
    Me(me): Me,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Redirect, PageError> {
    let value = |name| form.all(name).next().unwrap_or_default();
    if value("new") != value("again") {
        return Err(Problem::invalid(
            "password.differs",
            ("두 비밀번호가 서로 다릅니다.", "The two passwords differ."),
        )
        .into());
    }
    sign_in::change_password(&office, &me, value("old"), value("new"), known_browser(&headers)).await?;
    Ok(Redirect::to("/sign-in?why=changed"))
}

async fn sessions_form(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let one = form.text("session");
    sign_in::end_session(&office, &me, (one != "all").then_some(one)).await?;
    Ok(Redirect::to("/account"))
}
