//! What stands around every request: a number for it, its line in the log, its figures.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::Instrument as _;
use tracing::field::Empty;

use crate::office::Office;
use crate::policy::Actor;

/// The header with a request's number, so that who is told of a failure can name its line.
const NUMBER: &str = "x-request-id";

/// Addresses that machines ask again and again, and files of the look: counted, but no line each.
fn is_quiet(route: &str) -> bool {
    ["/healthz", "/readyz", "/metrics"].contains(&route) || route.starts_with("/assets/")
}

/// Lets a request pass and notes how it went. A number that came with it is not believed: it could hold anything.
pub(crate) async fn observe(State(office): State<Office>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let number = uuid::Uuid::now_v7().simple().to_string();
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let method = method(request.method());
    let span = tracing::info_span!("request", number, tenant = Empty, actor = Empty);
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::error!(parent: &span, method, route, status, ms, "answered");
    } else if !is_quiet(&route) {
        tracing::info!(parent: &span, method, route, status, ms, "answered");
    }
    office.watch().metrics.count(method, &route, status, took.as_secs_f64());
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, number);
    }
    response
}

/// Notes with the request at hand whose it is: every line about it says so from here on.
pub(crate) fn asked_by(actor: &Actor) {
    let span = tracing::Span::current();
    span.record("tenant", tracing::field::display(actor.tenant()));
    if let Some(person) = actor.id() {
        span.record("actor", tracing::field::display(person));
    }
}

/// A method's name; one of another's making is none of ours.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
