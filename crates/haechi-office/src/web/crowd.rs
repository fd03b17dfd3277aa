//! More requests than can be answered are turned away at once: each that waits would hold memory and a place in the queue of the database,
//! until none is answered in time.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use tokio::sync::Semaphore;

use crate::problem::{ApiError, Problem};

/// Requests that are under way at a time. At 200 a second that is half a second of them.
pub(super) const PLACES: usize = 96;
/// Seconds after which somebody who was turned away may come again.
const AGAIN: HeaderValue = HeaderValue::from_static("5");

/// What says how the office is must come through whatever waits.
fn is_about_health(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// Lets a request in where there is a place, and turns it away with 503 where there is none.
pub(super) async fn admit(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    if is_about_health(request.uri().path()) {
        return next.run(request).await;
    }
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => turned_away(request.uri().path()),
    }
}

fn turned_away(path: &str) -> Response {
    let problem = Problem::new(
        503,
        "request.crowd",
        (
            "지금은 요청이 많아 처리하지 못했습니다.",
            "Haechi has too much to do at this moment, and did nothing of what you asked.",
        ),
        ("잠시 후 다시 해 주십시오.", "Try again in a few seconds."),
    );
    let mut response = if path.starts_with("/api/") {
        ApiError::from(problem).into_response()
    } else {
        // Without a look-up in the database, which has no time: plain, and both languages at once.
        let page = format!(
            "<!doctype html><html lang=\"ko\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
             <title>{0}</title><h1>{0}</h1><p>{1}</p><p lang=\"en\">{2} {3}</p></html>",
            problem.happened.ko, problem.advice.ko, problem.happened.en, problem.advice.en
        );
        (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
    };
    response.headers_mut().insert(header::RETRY_AFTER, AGAIN);
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::*;

    async fn answer(places: &Arc<Semaphore>, path: &str) -> (u16, String) {
        let all = Router::new().fallback(get(|| async { "in" }));
        let all = all.layer(from_fn_with_state(places.clone(), admit));
        let answer = all.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status().as_u16();
        assert_eq!(answer.headers().contains_key(header::RETRY_AFTER), status == 503);
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn who_finds_no_place_is_told_at_once_to_come_again_and_health_is_always_told() {
        let places = Arc::new(Semaphore::new(1));
        assert_eq!(answer(&places, "/cases").await, (200, "in".to_owned()));
        let taken = places.try_acquire().unwrap();
        let (status, page) = answer(&places, "/cases").await;
        assert!(status == 503 && page.contains("잠시 후") && page.contains("Try again"), "{page}");
        let (status, problem) = answer(&places, "/api/v1/cases").await;
        assert!(status == 503 && problem.contains("request.crowd"), "{problem}");
        assert_eq!(answer(&places, "/healthz").await.0, 200);
        drop(taken);
        assert_eq!(answer(&places, "/cases").await.0, 200, "a place that was left is free");
    }
}
