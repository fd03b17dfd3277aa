//! One's own account: where one is signed in, the password, how one signs in.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::session::{Way, is_over};
use super::super::store::session;
use super::super::{self as sign_in, SignInError, device, factor, oidc, store};
use super::{differ, known_browser, wrong_password};
use crate::office::Office;
use crate::policy::{Action, Actor};
use crate::problem::Problem;
use crate::slices::people;
use crate::web::ui::{
    Button, Column, Empty, ErrorSummary, Field, Form as Sheet, Kind, Link, PageHead, Refused, Row, SummaryList, Table,
    Value,
};
use crate::web::{Form, Gate, Html, Marks, Me, Page, PageError, Routes, SessionSecret};

pub(super) fn routes(routes: &mut Routes) {
    let own = Gate::May(Action::OwnAccount);
    routes.get("/account", own, account_page).marked(Marks::SECRET).post("/account/password", own, password_form).post(
        "/account/sessions",
        own,
        sessions_form,
    );
}

/// Sessions as a page lists them, without those that have ended by themselves; each of one's own (`own`) with a button that ends it.
pub(super) fn listed(office: &Office, page: &Page, rows: Vec<session::Model>, own: Option<&str>) -> Table {
    let open = rows.into_iter().filter(|row| !is_over(office, row));
    let rows = open.map(|row| {
        let (made, seen) = (page.moment(&row.made_at), page.moment(&row.seen_at));
        let browser = device::words(&row.browser).unwrap_or_else(|| page.say("browser-unknown"));
        let way = page.say(match (Way::parse(&row.way), row.second_at) {
            (Way::Oidc, _) => "way-oidc",
            (Way::Local, Some(_)) => "way-local-code",
            (Way::Local, None) => "way-local",
        });
        let end = own.map(|_| {
            let button = Button::plain(page.say("session-end")).sends("session", &row.digest);
            Sheet::inline(page, "/account/sessions").button(button.of(page.of("session-end-one", &browser, &made)))
        });
        let is_this = own == Some(row.digest.as_str());
        let browser = Value::from(browser).tag_if(is_this, Kind::Info, page.say("session-this"));
        Row::new(
            [browser, way.into(), made.into(), seen.into()]
                .into_iter()
                .chain(end.map(|end| Value::default().form(end))),
        )
    });
    let columns = ["browser", "session-way", "session-made", "session-seen"].map(|name| Column::new(page.say(name)));
    let end = own.map(|_| Column::new(page.say("action")).unseen());
    Table::new(page.say("sessions"), columns.into_iter().chain(end))
        .rows(rows)
        .or(Empty::new(page.say("sessions-none")))
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    errors: Option<ErrorSummary>,
    head: PageHead,
    /// How one signs in, beside the password.
    ways: SummaryList,
    sessions: Table,
    end_all: Sheet,
    /// None where there is no password of the office's own.
    password: Option<Sheet>,
}

async fn account(office: &Office, me: &Actor, own: &str, page: Page, refused: Refused<'_>) -> Result<Html, PageError> {
    let tx = office.db().read(me.tenant()).await?;
    let person = me.id().ok_or_else(Problem::hidden)?;
    let has_password = store::account_of(&tx, person).await?.is_some();
    let mut ways = SummaryList::new(&page);
    if let Some(since) = oidc::linked_since(&tx, person).await? {
        let government = people::government(&tx).await?;
        let name = office.oidc().of(&government.code);
        let name = name.map(|provider| page.pick(&provider.config.name_ko, &provider.config.name_en));
        ways = ways.row(
            page.say("account-linked"),
            page.of("account-linked-since", name.unwrap_or_default(), page.moment(&since)),
        );
    }
    if has_password {
        let value = match factor::since(&tx, person).await? {
            Some((since, left)) => Value::from(page.what("second-factor-since", page.moment(&since)))
                .soft(page.count("second-factor-left", left)),
            None => page.say("second-factor-none").into(),
        };
        let manage = Link::to("/account/second-factor", page.say("second-factor-manage"));
        ways = ways.changeable(page.say("second-factor"), value, manage);
    }
    let mut errors = None;
    let password = has_password.then(|| {
        Sheet::post(&page, "/account/password")
            .narrow()
            .part(Field::password("old", page.say("password-old"), "current-password"))
            .part(Field::password("new", page.say("password-new"), "new-password").hint(page.say("password-hint")))
            .part(Field::password("again", page.say("password-again"), "new-password"))
            .button(Button::new(page.say("password-change")))
            .after(&page, refused, &mut errors)
    });
    let all = Button::second(page.say("sessions-end-all")).sends("session", "all");
    Html::of(&Account {
        errors,
        head: PageHead::new(page.say("account")).link(Link::to("/stand-ins", page.say("stand-ins"))),
        ways,
        sessions: listed(office, &page, store::sessions(&tx, person).await?, Some(own)),
        end_all: Sheet::post(&page, "/account/sessions").button(all),
        password,
        page: if refused.is_some() { page.refused() } else { page },
    })
}

async fn account_page(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    page: Page,
) -> Result<Html, PageError> {
    account(&office, &me, &secret.digest(), page, None).await
}

async fn password_form(
    State(office): State<Office>,
    Me(me): Me,
    SessionSecret(secret): SessionSecret,
    page: Page,
    headers: HeaderMap,
    Form(form): Form,
) -> Result<Response, PageError> {
    // Passwords may begin and end with white space.
    let value = |name| form.all(name).next().unwrap_or_default();
    let changed = if value("new") == value("again") {
        sign_in::change_password(&office, &me, value("old"), value("new"), known_browser(&office, &headers))
            .await
            .map_err(|error| match error {
                SignInError::Wrong => wrong_password().at("old"),
                SignInError::Password(error) => Problem::from(SignInError::from(error)).at("new"),
                error => error.into(),
            })
    } else {
        Err(differ())
    };
    let Err(problem) = changed else { return Ok(Redirect::to("/sign-in?why=changed").into_response()) };
    if !matches!(problem.status, 401 | 422 | 429) {
        return Err(problem.into());
    }
    problem.tell_log();
    let view = account(&office, &me, &secret.digest(), page, Some((&form, &problem))).await?;
    Ok((problem.status(), view).into_response())
}

async fn sessions_form(State(office): State<Office>, Me(me): Me, Form(form): Form) -> Result<Redirect, PageError> {
    let one = form.text("session");
    sign_in::end_session(&office, &me, (one != "all").then_some(one)).await?;
    Ok(Redirect::to("/account"))
}
