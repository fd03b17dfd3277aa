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

use super::SignInError;
use super::session::{Opened, Session, sign_out};
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::web::{BROWSER, Routes, first, own_cookie};

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
fn known_browser<'a>(office: &Office, headers: &'a HeaderMap) -> Option<&'a str> {
    own_cookie(office, headers, BROWSER)
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

/// What was refused, to be said on the page it was sent from; `field` is what one tries again with.
fn refusal(error: impl Into<Problem>, field: &str) -> Problem {
    let problem = error.into();
    problem.tell_log();
    let is_of_field = matches!(problem.code, "sign_in.code" | "password.old" | "password.wrong");
    if is_of_field { problem.at(field) } else { problem }
}

/// Two passwords that should be the same.
fn differ() -> Problem {
    Problem::invalid("password.differs", ("두 비밀번호가 서로 다릅니다.", "The two passwords differ.")).at("again")
}

/// A password alone that is wrong, where nobody asked for a log-in.
fn wrong_password() -> Problem {
    Problem::new(
        401,
        "password.wrong",
        ("비밀번호가 맞지 않습니다.", "The password is not right."),
        ("다시 입력해 주십시오.", "Enter it again."),
    )
}
