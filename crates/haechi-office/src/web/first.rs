//! What has to come first: signing in, a second factor, a fresh proof of who it is. Somebody is led there and back, and what they typed
//! waits for them (`sign_in/kept`): they see it again and send it with one button.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::extract::{FORM, Fields, not_ours};
use super::guard::{At, Identity, KEPT, Past, SESSION, cookie_name, is_read, own_cookie};
use super::page::{self, Shown};
use super::routes::{Gate, Kind};
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;
use crate::sign_in::{Kept, Secret, kept};
use crate::slices::people;

/// Where somebody is shown what waits for them.
const WAITING: &str = "/kept";
/// What stands behind the address of a form that is sent again.
pub(crate) const AGAIN: &str = "kept=1";

/// An address on this site; anything else is the first page.
pub(crate) fn own_path(next: &str) -> &str {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if is_own { next } else { "/" }
}

/// `path` with values behind it.
pub(crate) fn address(path: &str, values: &[(&str, &str)]) -> String {
    let mut behind = url::form_urlencoded::Serializer::new(String::new());
    let behind = behind.extend_pairs(values.iter().filter(|(_, value)| !value.is_empty())).finish();
    if behind.is_empty() { path.to_owned() } else { format!("{path}?{behind}") }
}

/// A cookie that ends after so many seconds; with the browser where none are said.
pub(crate) fn set_cookie(office: &Office, response: &mut Response, name: &str, value: &str, seconds: Option<i64>) {
    let secure = if office.config().is_over_tls() { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let name = cookie_name(office, name);
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The page from which the form was sent, as the browser says it. Forms of other sites do not come so far.
fn page_of(headers: &HeaderMap) -> Option<String> {
    own_part(headers.get(header::REFERER)?)
}

/// What of an address may be one of ours.
fn own_part(said: &HeaderValue) -> Option<String> {
    let said = said.to_str().ok()?;
    let said = url::Url::parse(said).ok()?;
    let path = said.query().map_or_else(|| said.path().to_owned(), |query| format!("{}?{query}", said.path()));
    Some(own_path(&path).to_owned())
}

/// Leads a browser to `to`. A script that wants a part of a page is told to leave the page for it: it would put all of `to` into it.
fn lead(headers: &HeaderMap, to: &str) -> Response {
    if !is_part(headers) {
        return Redirect::to(to).into_response();
    }
    let mut response = StatusCode::OK.into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert("hx-redirect", to);
    }
    response
}

/// Whether a script wants a part of the page that is there.
fn is_part(headers: &HeaderMap) -> bool {
    headers.get("hx-request-type").is_some_and(|value| value == "partial")
}

/// Where somebody comes back to who read `shown`: to the whole page, where a script wanted a part of it.
fn back_to(headers: &HeaderMap, shown: &Shown) -> String {
    let page = headers.get("hx-current-url").filter(|_| is_part(headers)).and_then(own_part);
    page.unwrap_or_else(|| shown.path.clone())
}

/// What came of a form that has to wait.
enum Waits {
    /// It does, under this secret.
    Yes(Secret),
    /// It cannot: it holds a file or secrets, or is no form.
    No,
}

/// Keeps the form of a request for who sent it, if one of our own pages did.
async fn keep(at: &At, request: Request, shown: &Shown, from: &Past) -> Result<Waits, Problem> {
    let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = media.split(';').next().unwrap_or_default().trim() == "application/x-www-form-urlencoded";
    if at.marks.is_secret || !is_form || request.method() != Method::POST {
        return Ok(Waits::No);
    }
    let page = page_of(request.headers());
    let bytes = to_bytes(request.into_body(), FORM).await.map_err(|_| super::too_large())?;
    let fields = Fields::parse(&bytes);
    if !from.secret.is_form_token(fields.text("csrf")) {
        return Err(not_ours());
    }
    if fields.hold_nul() {
        return Err(Problem::unreadable("U+0000"));
    }
    let path = shown.path.strip_suffix(AGAIN).map_or(shown.path.as_str(), |path| path.trim_end_matches(['?', '&']));
    let fields = fields.into_pairs().into_iter().filter(|(name, _)| name != "csrf").collect();
    let form = Kept { path: path.to_owned(), fields, page, in_name_of: from.in_name_of };
    Ok(Waits::Yes(kept::keep(&at.office, from.tenant, from.person, &form).await?))
}

fn with_kept(office: &Office, to: &str, secret: &Secret) -> Response {
    let mut response = Redirect::to(to).into_response();
    set_cookie(office, &mut response, KEPT, secret.text(), Some(kept::WAITS.num_seconds()));
    response
}

/// Leads somebody who is not signed in to where they can. What was typed in a session that ended by itself waits for its holder.
pub(super) async fn sign_in(
    at: &At,
    request: Request,
    shown: &Shown,
    past: Option<Past>,
    problem: &Problem,
) -> Response {
    let is_form = !is_read(request.method());
    let government = match &past {
        Some(past) => match at.office.db().read(past.tenant).await {
            Ok(tx) => people::government(&tx).await.map(|own| own.code).unwrap_or_default(),
            Err(_) => String::new(),
        },
        None => String::new(),
    };
    if !is_form {
        let why = if past.is_some() { "over" } else { "" };
        let (headers, next) = (request.headers(), back_to(request.headers(), shown));
        let to = [("next", next.as_str()), ("why", why), ("government", &government)];
        return lead(headers, &address("/sign-in", &to));
    }
    let Some(past) = past else { return page::refused(&at.office, shown, None, problem).await };
    match keep(at, request, shown, &past).await {
        Ok(Waits::Yes(secret)) => {
            let to = [("next", WAITING), ("why", "kept"), ("government", &government)];
            with_kept(&at.office, &address("/sign-in", &to), &secret)
        }
        Ok(Waits::No) => page::refused(&at.office, shown, None, problem).await,
        Err(problem) => page::refused(&at.office, shown, None, &problem).await,
    }
}

/// The page somebody who is signed in has to go through first, where there is one.
pub(super) fn wanted(at: &At, identity: &Identity) -> Option<&'static str> {
    let session = identity.session.as_ref().filter(|_| at.kind == Kind::Page && at.gate != Gate::Open)?;
    if session.lacks_second && !at.marks.is_early {
        return Some("/account/second-factor");
    }
    (at.marks.wants_proof && !session.is_proved).then_some("/proof")
}

/// Leads somebody there, and what they typed waits.
pub(super) async fn go(at: &At, request: Request, shown: &Shown, identity: &Identity, to: &str) -> Response {
    if is_read(request.method()) {
        let next = back_to(request.headers(), shown);
        return lead(request.headers(), &address(to, &[("next", &next)]));
    }
    let page = page_of(request.headers());
    let Some(session) = &identity.session else {
        return page::refused(&at.office, shown, Some(identity), &Problem::hidden()).await;
    };
    let from = Past {
        tenant: session.actor.tenant(),
        person: session.person,
        in_name_of: session.in_name_of(),
        secret: session.secret.clone(),
    };
    match keep(at, request, shown, &from).await {
        Ok(Waits::Yes(secret)) => with_kept(&at.office, &address(to, &[("next", WAITING)]), &secret),
        Ok(Waits::No) => {
            let why = if at.marks.is_secret { "" } else { "file" };
            let next = page.unwrap_or_else(|| "/".to_owned());
            Redirect::to(&address(to, &[("next", &next), ("why", why)])).into_response()
        }
        Err(problem) => page::refused(&at.office, shown, Some(identity), &problem).await,
    }
}

/// Forgets a form that waited, once it was sent again and taken.
pub(super) async fn sent_again(
    at: &At,
    shown: &Shown,
    headers: &HeaderMap,
    identity: Option<&Identity>,
    mut response: Response,
) -> Response {
    let status = response.status();
    let is_taken = status.is_success() || status.is_redirection();
    let waited =
        own_cookie(&at.office, headers, KEPT).filter(|_| is_taken && shown.path.ends_with(AGAIN)).map(Secret::of);
    let session = identity.and_then(|identity| identity.session.as_ref());
    if let (Some(secret), Some(session)) = (waited, session) {
        if let Err(error) = kept::forget(&at.office, session.actor.tenant(), session.person, &secret).await {
            // It goes by itself within the hour.
            Problem::from(error).tell_log();
        }
        set_cookie(&at.office, &mut response, KEPT, "", Some(0));
    }
    response
}

/// The cookie of the session: `TENANT.SECRET`.
pub(crate) fn set_session(office: &Office, response: &mut Response, tenant: TenantId, secret: &Secret) {
    set_cookie(office, response, SESSION, &format!("{tenant}.{}", secret.text()), None);
}
