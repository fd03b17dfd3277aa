//! To a government's provider of OpenID Connect and back.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::super::oidc::{self, Brought, Came, OidcError, Purpose};
use super::entry::{self, Showing};
use super::{browser, enter};
use crate::ids::TenantId;
use crate::office::Office;
use crate::policy::Role;
use crate::slices::people;
use crate::web::first::{own_path, set_cookie};
use crate::web::ui::{Link, PageHead};
use crate::web::{Asked, Gate, Html, InSession, Page, PageError, Path, Routes};

/// Visits that a browser may have begun and not ended; of more the others are forgotten.
const BEGUN: usize = 3;

pub(super) fn routes(routes: &mut Routes) {
    routes
        .get("/sign-in/oidc", Gate::Open, leave)
        .get("/sign-in/oidc/callback/{government}", Gate::Open, come_back)
        .get("/signed-out", Gate::Open, signed_out);
}

/// To the provider, or to the page of sign-in with why not.
async fn leave(
    State(office): State<Office>,
    page: Page,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let (code, next) = (asked.text("government"), own_path(asked.text("next")));
    let left = match entry::government(&office, code).await? {
        Some(own) => to_provider(&office, &own, Purpose::SignIn, next, &page, &headers).await,
        None => Err(OidcError::NotSetUp),
    };
    match left {
        Ok(response) => Ok(response),
        Err(OidcError::NotSetUp) => Err(OidcError::NotSetUp.into()),
        Err(error) => {
            let problem = Some(error.into());
            entry::show(&office, page, Showing { chosen: code, next, problem, ..Showing::default() }).await
        }
    }
}

/// Leads the browser to the provider, and has it remember what was begun.
pub(super) async fn to_provider(
    office: &Office,
    own: &people::GovernmentRow,
    purpose: Purpose,
    next: &str,
    page: &Page,
    headers: &HeaderMap,
) -> Result<Response, OidcError> {
    let provider = office.oidc().of(&own.code).ok_or(OidcError::NotSetUp)?;
    let left = oidc::leave(office, provider, own.tenant, purpose, next, page.language).await?;
    let mut response = Redirect::to(left.to.as_str()).into_response();
    let begun = oidc::begun(headers);
    if begun.len() >= BEGUN {
        for name in begun {
            set_cookie(office, &mut response, &name, "", Some(0));
        }
    }
    set_cookie(office, &mut response, &left.name, &left.value, Some(oidc::MOST.num_seconds()));
    Ok(response)
}

async fn come_back(
    State(office): State<Office>,
    Path(government): Path<String>,
    page: Page,
    InSession(session): InSession,
    headers: HeaderMap,
    Asked(asked): Asked,
) -> Result<Response, PageError> {
    let brought = Brought {
        state: asked.text("state"),
        code: asked.text("code"),
        error: asked.text("error"),
        issuer: asked.text("iss"),
        government: &government,
    };
    let (tenant, came) = oidc::come_back(&office, brought, &headers, session.as_ref(), browser(&headers)).await;
    let mut response = match came {
        Ok(Came::In(tenant, opened, next)) => {
            super::leave(&office, session.as_ref()).await?;
            let mut response = Redirect::to(own_path(&next)).into_response();
            enter(&office, tenant, &opened, &mut response);
            response
        }
        Ok(Came::Proved(next)) => Redirect::to(own_path(&next)).into_response(),
        Err(error) => {
            let ask = match tenant {
                Some(tenant) if error.is_for_administrators() => administrators(&office, tenant).await?,
                _ => Vec::new(),
            };
            let problem = Some(error.into());
            entry::show(&office, page, Showing { problem, ask, ..Showing::default() }).await?
        }
    };
    if let Some(name) = oidc::cookie_of(brought.state) {
        set_cookie(&office, &mut response, &name, "", Some(0));
    }
    Ok(response)
}

/// Names of who can help.
async fn administrators(office: &Office, tenant: TenantId) -> Result<Vec<String>, sea_orm::DbErr> {
    let tx = office.db().read(tenant).await?;
    let holders = people::holders(&tx, Role::Administrator, office.today()).await?;
    let directory = people::directory(office, &tx).await?;
    Ok(holders.into_iter().filter_map(|id| directory.person(id).map(|person| person.name.clone())).collect())
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOut {
    page: Page,
    head: PageHead,
    /// Where one signs out there too.
    there: Option<Link>,
    again: Link,
}

/// What is left after signing out of Haechi: the session at the provider, which opens the next one without asking.
async fn signed_out(State(office): State<Office>, page: Page, Asked(asked): Asked) -> Result<Html, PageError> {
    let provider = office.oidc().of(asked.text("government")).ok_or(OidcError::NotSetUp)?;
    let back = format!("{}/sign-in", office.config().public_url.trim_end_matches('/'));
    let href = provider.sign_out(&office, back).await;
    let provider = page.pick(&provider.config.name_ko, &provider.config.name_en);
    Html::of(&SignedOut {
        head: PageHead::new(page.say("signed-out")).lead(page.what("signed-out-provider", &provider)),
        there: href.map(|href| Link::to(href, page.what("signed-out-there", provider)).button().away()),
        again: Link::to("/sign-in", page.say("sign-in-again")),
        page,
    })
}
