//! A request that is sent again with the same key is answered as the first was, and done once.
//!
//! The answer is kept beside what was done, not in its transaction: where the office stops between the two, the key is free again
//! after five minutes, and the revision that a case wants keeps even then anything from being done twice.

pub(crate) mod migrations;
mod store;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use haechi_core::digest::Digest;

use self::store::Kept;
use super::routes::Keyed;
use super::sent::{LARGE, too_large};
use crate::ids::TenantId;
use crate::office::Office;
use crate::problem::Problem;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The key of a request, where it has one.
///
/// # Errors
///
/// One that is empty, longer than a hundred characters, or holds others than visible ASCII.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(KEY) else { return Ok(None) };
    let fits = |key: &&str| (1..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    let key = value.to_str().ok().filter(fits).ok_or_else(|| {
        Problem::new(
            400,
            "idempotency.key",
            ("‘Idempotency-Key’의 형식이 맞지 않습니다.", "That is no ‘Idempotency-Key’."),
            ("보이는 ASCII 문자 100자까지 쓸 수 있습니다.", "It has up to a hundred visible ASCII characters."),
        )
    })?;
    Ok(Some(key))
}

/// Whose key it is.
#[derive(Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) tenant: TenantId,
    pub(super) token: &'a str,
    pub(super) key: &'a str,
}

/// The answer that was kept, or that of `run`, which is then kept.
///
/// # Errors
///
/// The key was used with another request, or that request is under way; the body is too large.
pub(super) async fn answer(
    office: &Office,
    whose: Whose<'_>,
    keyed: Keyed,
    request: Request,
    run: impl AsyncFnOnce(Request) -> Response,
) -> Result<Response, Problem> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGE).await.map_err(|_| too_large())?;
    let address = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let digest = Digest::of_parts([address.as_bytes(), &body]).to_string();
    let tx = office.db().write(whose.tenant).await?;
    let kept = store::reserve(&tx, whose, &digest, office.now()).await?;
    tx.commit().await?;
    match kept {
        Kept::Free => {}
        Kept::Used(row) if row.digest != digest => {
            return Err(Problem::new(
                422,
                "idempotency.reused",
                ("이 키는 다른 요청에 쓰였습니다.", "The key was used with another request."),
                ("새 키로 보내 주십시오.", "Use another key."),
            ));
        }
        Kept::Used(row) => return replayed(row),
    }
    let response = run(Request::from_parts(parts, Body::from(body))).await;
    if keyed == Keyed::Once && response.status().is_success() {
        let done = store::Answer { status: response.status().as_u16().into(), media: None, tag: None, text: None };
        let tx = office.db().write(whose.tenant).await?;
        store::keep(&tx, whose, done).await?;
        tx.commit().await?;
        return Ok(response);
    }
    let (parts, answer) = response.into_parts();
    let answer = to_bytes(answer, LARGE).await.unwrap_or_default();
    let tx = office.db().write(whose.tenant).await?;
    if parts.status.is_server_error() {
        // What failed inside may go well the next time.
        store::free(&tx, whose).await?;
    } else {
        let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let said = store::Answer {
            status: i32::from(parts.status.as_u16()),
            media: text(header::CONTENT_TYPE),
            tag: text(header::ETAG),
            text: Some(String::from_utf8_lossy(&answer).into_owned()),
        };
        store::keep(&tx, whose, said).await?;
    }
    tx.commit().await?;
    Ok(Response::from_parts(parts, Body::from(answer)))
}

fn shown_once() -> Problem {
    Problem::new(
        409,
        "idempotency.done",
        (
            "이 키의 요청은 이미 처리되었고, 그 답은 한 번만 보여 줍니다.",
            "The request of this key was done, and what it answered is shown once.",
        ),
        (
            "답을 받지 못했으면 목록에서 만들어진 것을 끝내고, 새 키로 다시 보내 주십시오.",
            "If it did not arrive, end what was made in the list, and send it again with another key.",
        ),
    )
}

fn replayed(row: store::Row) -> Result<Response, Problem> {
    let Some(status) = row.status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok()) else {
        return Err(Problem::new(
            409,
            "idempotency.running",
            ("같은 키의 요청이 아직 처리되고 있습니다.", "The request of this key is still under way."),
            ("잠시 후 다시 보내 주십시오.", "Send it again shortly."),
        ));
    };
    let Some(answer) = row.answer else { return Err(shown_once()) };
    let mut response = (status, Bytes::from(answer)).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, text) in [(header::CONTENT_TYPE, row.media), (header::ETAG, row.tag)] {
        if let Some(value) = text.and_then(|text| HeaderValue::from_str(&text).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}
