//! What programs send: JSON, what stands behind `?`, the revision they saw. What does not fit is refused in our own words.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, header};
use haechi_core::words::Words;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use crate::office::Office;
use crate::problem::{ApiError, Problem};

/// The largest ordinary body, in bytes.
const SMALL: usize = 512 * 1024;
/// The largest body that is read into memory at all, in bytes.
pub(crate) const LARGE: usize = 32 * 1024 * 1024;

/// A JSON body of at most `MOST` bytes.
pub(crate) struct Sent<T, const MOST: usize = SMALL>(pub(crate) T);

impl<T: DeserializeOwned, const MOST: usize> FromRequest<Office> for Sent<T, MOST> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &Office) -> Result<Self, ApiError> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media = media.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/json") {
            return Err(not_json().into());
        }
        let bytes = to_bytes(request.into_body(), MOST).await.map_err(|_| too_large())?;
        Ok(Self(read(&bytes)?))
    }
}

/// A JSON body that may be left out or `null`; then everything in it is left out.
pub(crate) struct MaySend<T>(pub(crate) T);

impl<T: DeserializeOwned + Default> FromRequest<Office> for MaySend<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, office: &Office) -> Result<Self, ApiError> {
        if !request.headers().contains_key(header::CONTENT_TYPE) {
            let bytes = to_bytes(request.into_body(), SMALL).await.map_err(|_| too_large())?;
            return if bytes.is_empty() { Ok(Self(T::default())) } else { Err(not_json().into()) };
        }
        Sent::<Option<T>>::from_request(request, office).await.map(|sent| Self(sent.0.unwrap_or_default()))
    }
}

fn read<T: DeserializeOwned>(bytes: &Bytes) -> Result<T, Problem> {
    let refused = |error: serde_json::Error| {
        let (status, code, happened) = match error.classify() {
            Category::Data => (
                422,
                "request.value",
                ("보낸 내용의 한 항목이 맞지 않습니다.", "Something in what was sent does not fit."),
            ),
            Category::Syntax | Category::Eof | Category::Io => {
                (400, "request.json", ("보낸 JSON을 읽을 수 없습니다.", "What was sent is not JSON."))
            }
        };
        let mut problem = Problem::new(status, code, happened, ("", ""));
        problem.advice = Words::new(error.to_string(), error.to_string());
        problem
    };
    let value: Value = serde_json::from_slice(bytes).map_err(refused)?;
    // A list of values in their order would be read as the fields of what is wanted.
    if value.is_array() {
        return Err(refused(serde::de::Error::custom("a JSON object is wanted, and a list was sent")));
    }
    let sent = serde_json::from_slice(bytes).map_err(refused)?;
    // No text of people holds the character U+0000, and PostgreSQL keeps none that does.
    if holds_nul(&value) {
        return Err(Problem::invalid(
            "request.nul",
            ("쓸 수 없는 문자(U+0000)가 있습니다.", "There is a character that cannot be kept: U+0000."),
        ));
    }
    Ok(sent)
}

fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(all) => all.iter().any(holds_nul),
        Value::Object(all) => all.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What stands behind `?`, each name known.
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let refused = |why: String| {
            let mut problem = Problem::invalid(
                "request.query",
                ("주소의 ‘?’ 뒤에 있는 값이 맞지 않습니다.", "What stands behind ‘?’ does not fit."),
            );
            problem.advice = Words::new(why.clone(), why);
            problem
        };
        if url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
            .any(|(name, value)| name.contains('\0') || value.contains('\0'))
        {
            return Err(refused("U+0000".to_owned()).into());
        }
        match axum::extract::Query::try_from_uri(&parts.uri) {
            Ok(query) => Ok(Self(query.0)),
            Err(error) => Err(refused(error.body_text()).into()),
        }
    }
}

/// A revision as an ETag: `"3"`.
pub(crate) fn tag(revision: i32) -> [(HeaderName, String); 1] {
    [(header::ETAG, format!("\"{revision}\""))]
}

/// The revision that the caller saw, as `If-Match` says it.
#[derive(Clone, Copy)]
pub(crate) struct IfMatch(Option<i32>);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or_default();
        let revision =
            text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).and_then(|text| text.parse().ok());
        match revision {
            Some(revision) => Ok(Self(Some(revision))),
            None => Err(Problem::new(
                400,
                "request.if_match",
                (
                    "‘If-Match’에는 받은 ETag 하나를 그대로 적어야 합니다.",
                    "‘If-Match’ takes the one ETag that was received.",
                ),
                ("예: If-Match: \"3\"", "For example: If-Match: \"3\""),
            )
            .into()),
        }
    }
}

impl IfMatch {
    /// The revision that was seen, from the header or the body.
    ///
    /// # Errors
    ///
    /// None is given (428): who changes a record says which they saw. Two differ.
    pub(crate) fn or(self, body: Option<i32>) -> Result<i32, Problem> {
        match (self.0, body) {
            (Some(header), Some(body)) if header != body => Err(Problem::invalid(
                "request.revisions",
                ("‘If-Match’와 ‘revision’이 서로 다릅니다.", "‘If-Match’ and ‘revision’ differ."),
            )),
            (None, None) => Err(Problem::new(
                428,
                "request.revision",
                ("어느 판을 보고 바꾸는지 알 수 없습니다.", "Which revision you saw is not said."),
                (
                    "먼저 읽고, 그 ETag를 ‘If-Match’에 또는 그 수를 ‘revision’에 적어 보내십시오.",
                    "Read it first; then send its ETag as ‘If-Match’ or its number as ‘revision’.",
                ),
            )),
            (Some(seen), _) | (None, Some(seen)) => Ok(seen),
        }
    }
}

fn not_json() -> Problem {
    Problem::new(
        415,
        "request.media",
        ("JSON만 받습니다.", "Only JSON is taken here."),
        ("‘Content-Type: application/json’으로 보내십시오.", "Send it as ‘Content-Type: application/json’."),
    )
}

/// More was sent than is taken.
pub(crate) fn too_large() -> Problem {
    Problem::new(
        413,
        "request.large",
        ("보낸 내용이 너무 큽니다.", "What was sent is too large."),
        ("줄여서 다시 보내 주십시오.", "Send less."),
    )
}
