//! What stands before every route: who is it, may they pass, did the form come from our own page.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use haechi_core::words::Language;

use super::first;
use super::limits::Limits;
use super::once::{self, Whose};
use super::page::{self, Shown};
use super::routes::{Gate, Keyed, Kind, Marks};
use crate::health;
use crate::ids::{PersonId, TenantId};
use crate::office::Office;
use crate::policy::{Actor, Denied};
use crate::problem::Problem;
use crate::sign_in::{self, Found, Held, Secret, Session};

/// The cookie of a session: `TENANT.SECRET`.
pub(crate) const SESSION: &str = "haechi";
/// The cookie by which a browser is known again.
pub(crate) const BROWSER: &str = "haechi-browser";
/// The cookie of a form that waits.
pub(crate) const KEPT: &str = "haechi-kept";
/// The cookie of the language.
pub(super) const LANGUAGE: &str = "haechi-language";

/// A route's gate.
#[derive(Clone)]
pub(super) struct At {
    pub(super) office: Office,
    pub(super) gate: Gate,
    pub(super) kind: Kind,
    /// What is done with a request that has a key.
    pub(super) keyed: Keyed,
    pub(super) marks: Marks,
    pub(super) limits: Arc<Limits>,
}

/// Who was let in.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) actor: Actor,
    /// The session; none for a token.
    pub(super) session: Option<Session>,
    /// The token; none for a session.
    pub(super) held: Option<Held>,
}

/// Under which name the browser keeps a cookie that opens something. Over TLS only this very host may have set one of such a name, and not
/// another machine of the same domain, which might give somebody its own session.
pub(crate) fn cookie_name(office: &Office, name: &str) -> String {
    if office.config().is_over_tls() { format!("{OF_HOST}{name}") } else { name.to_owned() }
}

/// The beginning of the names of cookies of one host.
pub(crate) const OF_HOST: &str = "__Host-";

/// The value of a cookie that opens something.
pub(crate) fn own_cookie<'a>(office: &Office, headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    cookie(headers, &cookie_name(office, name))
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// Who asks.
enum Who {
    /// Somebody who was let in.
    Known(Box<Identity>),
    /// Somebody whose session has ended by itself.
    Past(Past),
    /// Nobody that is known.
    Nobody,
}

/// A session that has ended by itself.
pub(super) struct Past {
    pub(super) tenant: TenantId,
    pub(super) person: PersonId,
    /// In whose name they acted.
    pub(super) in_name_of: Option<PersonId>,
    pub(super) secret: Secret,
}

async fn who(at: &At, method: &Method, headers: &HeaderMap) -> Result<Who, Problem> {
    match at.kind {
        Kind::Page => {
            let Some((tenant, secret)) =
                own_cookie(&at.office, headers, SESSION).and_then(|value| value.split_once('.'))
            else {
                return Ok(Who::Nobody);
            };
            let Ok(tenant) = tenant.parse::<TenantId>() else { return Ok(Who::Nobody) };
            let secret = Secret::of(secret);
            Ok(match sign_in::find(&at.office, tenant, secret.clone()).await? {
                Found::Open(session) => {
                    Who::Known(Box::new(Identity { actor: session.actor.clone(), session: Some(*session), held: None }))
                }
                Found::Over(person, in_name_of) => Who::Past(Past { tenant, person, in_name_of, secret }),
                Found::Nothing => Who::Nobody,
            })
        }
        Kind::Api => {
            let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            let Some(token) = token.and_then(|value| value.strip_prefix("Bearer ")) else { return Ok(Who::Nobody) };
            let Some((actor, held)) = sign_in::actor_of_token(&at.office, token.trim()).await? else {
                return Ok(Who::Nobody);
            };
            let needs = if is_read(method) { "read" } else { "write" };
            if !held.is_for("runs") && !held.is_for(needs) {
                return Err(Problem::new(
                    403,
                    "token.scope",
                    ("이 토큰의 범위를 넘는 요청입니다.", "The token is not for this."),
                    ("범위가 맞는 토큰을 만드십시오.", "Make a token whose scope fits."),
                ));
            }
            Ok(Who::Known(Box::new(Identity { actor, session: None, held: Some(held) })))
        }
    }
}

pub(super) fn is_read(method: &Method) -> bool {
    *method == Method::GET || *method == Method::HEAD
}

/// Whether another site's page sent the form. Browsers say so themselves, those before 2023 at least whose page it was; who says
/// nothing is no browser.
fn is_from_elsewhere(office: &Office, method: &Method, headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if is_read(method) {
        return false;
    }
    if let Some(site) = said("sec-fetch-site") {
        return site != "same-origin" && site != "none";
    }
    said("origin").is_some_and(|origin| {
        // A proxy may leave the port away in `host`.
        let is_public = origin == office.config().public_url.trim_end_matches('/');
        let host = origin.split_once("://").map(|(_, host)| host);
        !is_public && (host.is_none() || host != said("host"))
    })
}

/// What the gate says.
fn admitted(at: &At, identity: Option<&Identity>) -> Result<(), Problem> {
    match (at.gate, identity) {
        (Gate::Open, _) | (Gate::Signed, Some(_)) => Ok(()),
        (Gate::May(action), Some(known)) if known.actor.may_ever(action) => Ok(()),
        (Gate::May(action), Some(_)) => Err(Denied::Forbidden(action).into()),
        (Gate::Signed | Gate::May(_), None) => Err(Problem::new(
            401,
            "sign_in.needed",
            ("로그인이 필요합니다.", "You need to sign in."),
            ("로그인한 뒤 다시 시도해 주십시오.", "Sign in and try again."),
        )),
    }
}

/// Lets a request through, or says why not; turns what went wrong behind the gate into a page.
pub(super) async fn pass(State(at): State<At>, mut request: Request, next: Next) -> Response {
    let shown = Shown::of(request.headers(), request.uri());
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let (found, elsewhere) = (who(&at, &method, &headers).await, is_from_elsewhere(&at.office, &method, &headers));
    let (identity, past, found) = match found {
        Ok(Who::Known(identity)) => (Some(*identity), None, Ok(())),
        Ok(Who::Past(past)) => (None, Some(past), Ok(())),
        Ok(Who::Nobody) => (None, None, Ok(())),
        Err(problem) => (None, None, Err(problem)),
    };
    let admitted =
        if elsewhere { Err(from_elsewhere()) } else { found.and_then(|()| admitted(&at, identity.as_ref())) };
    match admitted {
        Ok(()) => {}
        Err(problem) if at.kind == Kind::Api => return api_refused(&headers, &problem),
        Err(problem) if problem.status == 401 => {
            return first::sign_in(&at, request, &shown, past, &problem).await;
        }
        Err(problem) => return page::refused(&at.office, &shown, identity.as_ref(), &problem).await,
    }
    if let Some(identity) = &identity {
        health::asked_by(&identity.actor);
        if let Some(to) = first::wanted(&at, identity) {
            return first::go(&at, request, &shown, identity, to).await;
        }
        request.extensions_mut().insert(identity.clone());
    }
    request.extensions_mut().insert(shown.clone());
    if let Some(Identity { actor, held: Some(held), .. }) = &identity {
        let whose = (actor.tenant(), held.digest.as_str());
        return api(&at, &headers, whose, request, next)
            .await
            .unwrap_or_else(|problem| api_refused(&headers, &problem));
    }
    let response = next.run(request).await;
    match response.extensions().get::<Problem>() {
        Some(problem) if at.kind == Kind::Api => api_refused(&headers, problem),
        Some(problem) => page::refused(&at.office, &shown, identity.as_ref(), problem).await,
        None => first::sent_again(&at, &shown, &headers, identity.as_ref(), response).await,
    }
}

fn from_elsewhere() -> Problem {
    Problem::new(
        403,
        "form.elsewhere",
        ("다른 사이트에서 보낸 요청입니다.", "Another site sent this."),
        ("해치의 페이지에서 다시 시도해 주십시오.", "Try again from a page of Haechi."),
    )
}

/// A program's request: within its share of a minute, and once where it has a key.
async fn api(
    at: &At,
    headers: &HeaderMap,
    (tenant, token): (TenantId, &str),
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if let Err(seconds) = at.limits.take(token, at.office.now(), at.office.config().requests_a_minute) {
        let mut response = api_refused(headers, &too_many());
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    let is_keyed = !is_read(request.method()) && at.keyed != Keyed::No;
    let run = async |request: Request| {
        let response = next.run(request).await;
        response.extensions().get::<Problem>().map(|problem| api_refused(headers, problem)).unwrap_or(response)
    };
    match once::key(headers)?.filter(|_| is_keyed) {
        Some(key) => once::answer(&at.office, Whose { tenant, token, key }, at.keyed, request, run).await,
        None => Ok(run(request).await),
    }
}

fn too_many() -> Problem {
    Problem::new(
        429,
        "request.rate",
        ("이 토큰의 요청이 너무 많습니다.", "This token makes too many requests."),
        ("‘Retry-After’의 초만큼 기다렸다가 다시 보내 주십시오.", "Wait as many seconds as ‘Retry-After’ says."),
    )
}

/// A refusal as programs read it, in the language they asked for.
fn api_refused(headers: &HeaderMap, problem: &Problem) -> Response {
    problem.tell_log();
    let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let language = if asked.trim_start().starts_with("ko") { Language::Korean } else { Language::English };
    let mut response = problem.answer(language);
    if problem.status == 401 {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// What is at an address that no route has.
pub(super) async fn nothing_here(State(office): State<Office>, request: Request) -> Response {
    let shown = Shown::of(request.headers(), request.uri());
    if request.uri().path().starts_with("/api/") {
        return api_refused(request.headers(), &Problem::hidden());
    }
    if request.uri().path().starts_with("/assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    page::refused(&office, &shown, None, &Problem::hidden()).await
}

/// An address that is there, but not for this method.
pub(super) async fn not_this_way(State(office): State<Office>, request: Request) -> Response {
    let problem = Problem::new(
        405,
        "request.method",
        ("이 주소는 그런 요청을 받지 않습니다.", "This address does not take such a request."),
        ("다른 방법으로 요청해 주십시오.", "Use another method."),
    );
    if request.uri().path().starts_with("/api/") {
        return api_refused(request.headers(), &problem);
    }
    page::refused(&office, &Shown::of(request.headers(), request.uri()), None, &problem).await
}
