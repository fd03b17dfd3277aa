//! More requests than can be answered are turned away at once: each that waits would hold memory and a place in the queue of the database,
//! until none is answered in time.
//!
//! What is sent slowly takes no place from others: a form takes its place once all of it is here, and what is too long to wait for in memory
//! (files, runs) has few places of its own.

use std::sync::Arc;

use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Response};
use tokio::sync::Semaphore;

use super::extract::FORM;
use crate::problem::{ApiError, Problem};

/// Seconds after which somebody who was turned away may come again.
const AGAIN: HeaderValue = HeaderValue::from_static("5");

/// How many requests may be under way.
#[derive(Clone)]
pub(super) struct Places {
    /// Pages, forms and what programs ask.
    usual: Arc<Semaphore>,
    /// What is long.
    long: Arc<Semaphore>,
}

impl Places {
    fn new(usual: usize, long: usize) -> Self {
        Self { usual: Arc::new(Semaphore::new(usual)), long: Arc::new(Semaphore::new(long)) }
    }
}

impl Default for Places {
    /// At 200 a second 96 are half a second of them.
    fn default() -> Self {
        Self::new(96, 16)
    }
}

/// What says how the office is must come through whatever waits.
fn is_about_health(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// Lets a request in where there is a place, and turns it away with 503 where there is none.
pub(super) async fn admit(State(places): State<Places>, request: Request, next: Next) -> Response {
    if is_about_health(request.uri().path()) {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let is_short = body.size_hint().exact().is_some_and(|length| length <= FORM as u64);
    let (of, body) = if is_short {
        match to_bytes(body, FORM).await {
            Ok(bytes) => (&places.usual, Body::from(bytes)),
            // Whoever sent it is gone.
            Err(_) => return StatusCode::BAD_REQUEST.into_response(),
        }
    } else {
        (&places.long, body)
    };
    match of.try_acquire() {
        Ok(_place) => next.run(Request::from_parts(head, body)).await,
        Err(_) => turned_away(head.uri.path()),
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
    use tower::ServiceExt as _;

    use super::*;

    async fn answer(places: &Places, request: Request<Body>) -> (u16, String) {
        let all = Router::new().fallback(|body: String| async move { format!("in {}", body.len()) });
        let all = all.layer(from_fn_with_state(places.clone(), admit));
        let answer = all.oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        assert_eq!(answer.headers().contains_key(header::RETRY_AFTER), status == 503);
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn get(path: &str) -> Request<Body> {
        Request::get(path).body(Body::empty()).unwrap()
    }

    #[tokio::test]
    async fn who_finds_no_place_is_told_at_once_to_come_again_and_health_is_always_told() {
        let places = Places::new(1, 1);
        assert_eq!(answer(&places, get("/cases")).await, (200, "in 0".to_owned()));
        let taken = places.usual.try_acquire().unwrap();
        let (status, page) = answer(&places, get("/cases")).await;
        assert!(status == 503 && page.contains("잠시 후") && page.contains("Try again"), "{page}");
        let (status, problem) = answer(&places, get("/api/v1/cases")).await;
        assert!(status == 503 && problem.contains("request.crowd"), "{problem}");
        assert_eq!(answer(&places, get("/healthz")).await.0, 200);
        drop(taken);
        assert_eq!(answer(&places, get("/cases")).await.0, 200, "a place that was left is free");
    }

    #[tokio::test]
    async fn a_form_that_never_ends_and_long_files_leave_the_places_of_pages_alone() {
        let places = Places::new(1, 1);
        let never = Body::from_stream(futures::stream::pending::<Result<String, std::io::Error>>());
        let slow = tokio::spawn({
            let places = places.clone();
            async move { answer(&places, Request::post("/cases/1/attachments").body(never).unwrap()).await }
        });
        while places.long.available_permits() == 1 {
            tokio::task::yield_now().await;
        }
        let file = || Request::post("/api/v1/runs").body(Body::from(vec![b'a'; FORM + 1])).unwrap();
        assert_eq!(answer(&places, file()).await.0, 503, "the one place of long ones is taken");
        assert_eq!(answer(&places, get("/cases")).await.0, 200);
        let form = Request::post("/cases/1/comments").body(Body::from("comment=x")).unwrap();
        assert_eq!(answer(&places, form).await, (200, "in 9".to_owned()));
        slow.abort();
        drop(slow.await);
        assert_eq!(answer(&places, file()).await.0, 200, "who went left their place");
    }
}
