//! The pages of signing in, of one's own account, and of tokens.

mod account;
mod entry;
mod factor;
mod oidc;
mod others;
mod proof;
mod token;

use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::session::{Opened, Session, sign_out};
use super::SignInError;
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::web::{BROWSER, Page, Routes, cookie, first};

pub(crate) fn routes(routes: &mut Routes) {
    entry::routes(routes);
    oidc::routes(routes);
    proof::routes(routes);
    account::routes(routes);
    factor::routes(routes);
    others::routes(routes);
    token::routes(routes);
}

/// What the browser calls itself.
fn browser(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The secret by which the browser is known again.
fn known_browser(headers: &HeaderMap) -> Option<&str> {
    cookie(headers, BROWSER)
}

/// Gives the browser the session, and the secret by which it is known again.
fn enter(office: &Office, tenant: TenantId, opened: &Opened, response: &mut Response) {
    first::set_session(office, response, tenant, &opened.secret);
    if let Some(browser) = &opened.browser {
        first::set_cookie(office, response, BROWSER, browser.text(), Some(365 * 24 * 60 * 60));
    }
}

/// Ends the session that the browser held until now, whoever's it was: otherwise one stays open that nobody can reach.
async fn leave(office: &Office, session: Option<&Session>) -> Result<(), SignInError> {
    let Some(session) = session else { return Ok(()) };
    match sign_out(office, session).await {
        // A new password has ended it already.
        Err(SignInError::Gone) => Ok(()),
        left => left,
    }
}

/// What went wrong and what to do, in the page's language.
struct Trouble {
    happened: String,
    advice: String,
    code: &'static str,
    status: axum::http::StatusCode,
}

impl Trouble {
    fn of(page: &Page, problem: impl Into<Problem>) -> Self {
        let problem = problem.into();
        problem.tell_log();
        Self {
            happened: page.words(&problem.happened).to_owned(),
            advice: page.words(&problem.advice).to_owned(),
            code: problem.code,
            status: problem.status(),
        }
    }
}
