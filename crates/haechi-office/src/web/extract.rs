//! What handlers are given of a request; what does not fit is refused in our own words.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use haechi_core::time::Day;
use serde::de::DeserializeOwned;

use super::guard::Identity;
use super::page::PageError;
use crate::office::Office;
use crate::policy::Actor;
use crate::problem::Problem;
use crate::sign_in::{Held, Secret, Session};

/// The largest form without a file, in bytes.
pub(super) const FORM: usize = 512 * 1024;

/// Who acts. Only behind a gate that wants somebody.
pub(crate) struct Me(pub(crate) Actor);

impl<S: Sync> FromRequestParts<S> for Me {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let identity = parts.extensions.get::<Identity>();
        identity.map(|identity| Self(identity.actor.clone())).ok_or_else(|| PageError(Problem::hidden()))
    }
}

/// The session's secret.
pub(crate) struct SessionSecret(pub(crate) Secret);

impl<S: Sync> FromRequestParts<S> for SessionSecret {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let session = parts.extensions.get::<Identity>().and_then(|identity| identity.session.as_ref());
        session.map(|session| Self(session.secret.clone())).ok_or_else(|| PageError(Problem::hidden()))
    }
}

/// The session, where there is one.
pub(crate) struct InSession(pub(crate) Option<Session>);

impl<S: Sync> FromRequestParts<S> for InSession {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Identity>().and_then(|identity| identity.session.clone())))
    }
}

/// Whether a whole page is asked for, or the part of it that a script will put into the page that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// The page.
    Whole,
    /// Its part.
    Part,
}

impl<S: Sync> FromRequestParts<S> for Fragment {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let is_part = parts.headers.get("hx-request-type").is_some_and(|value| value == "partial");
        Ok(if is_part { Self::Part } else { Self::Whole })
    }
}

/// The token of a program.
pub(crate) struct WithToken(pub(crate) Held);

impl<S: Sync> FromRequestParts<S> for WithToken {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let held = parts.extensions.get::<Identity>().and_then(|identity| identity.held.clone());
        held.map(Self).ok_or_else(|| PageError(Problem::hidden()))
    }
}

/// What varies in the path.
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| PageError(Problem::hidden()))
    }
}

/// Names and values of a form or of the part of an address behind `?`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn parse(bytes: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// Whether a character is there that no text of people holds, and that PostgreSQL does not keep.
    pub(super) fn hold_nul(&self) -> bool {
        self.0.iter().any(|(name, value)| name.contains('\0') || value.contains('\0'))
    }

    /// Names and values, in their order.
    pub(super) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// Fields of these names and values.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The value of `name`, without white space around it; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|pair| pair.0 == name).map_or("", |pair| pair.1.trim())
    }

    /// Every value of `name`.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0.iter().filter(move |pair| pair.0 == name).map(|pair| pair.1.as_str())
    }

    /// Whether `name` was sent at all, be it empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|pair| pair.0 == name)
    }

    /// The day that was typed under `name`, in any of the forms people write; none where it is empty.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Day>, Problem> {
        match self.text(name) {
            "" => Ok(None),
            text => super::ui::read_day(text).map(Some).ok_or_else(|| {
                let mut problem = Problem::invalid("form.day", ("날짜를 읽을 수 없습니다.", "The day cannot be read."));
                problem.advice = haechi_core::words::Words::new(
                    "연, 월, 일을 차례로 적어 주십시오. 예: 2026.11.24.",
                    "Write year, month and day, as in 2026.11.24.",
                );
                problem.at(name)
            }),
        }
    }

    /// The value of `name`, read; none where it is empty.
    pub(crate) fn read<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                let mut problem = Problem::invalid(
                    "form.value",
                    ("입력한 값 하나가 맞지 않습니다.", "One of the values does not fit."),
                );
                let shown: String = text.chars().take(60).collect();
                problem.advice = haechi_core::words::Words::new(
                    format!("‘{name}’의 값 ‘{shown}’을(를) 고쳐 주십시오."),
                    format!("Change the value ‘{shown}’ of ‘{name}’."),
                );
                problem.at(name)
            }),
        }
    }

    /// The value of `name`, read.
    pub(crate) fn need<T: std::str::FromStr>(&self, name: &str) -> Result<T, Problem> {
        self.read(name)?.ok_or_else(|| {
            let mut problem =
                Problem::invalid("form.missing", ("입력하지 않은 항목이 있습니다.", "Something was left empty."));
            problem.advice = haechi_core::words::Words::new(
                format!("‘{name}’을(를) 입력해 주십시오."),
                format!("Fill in ‘{name}’."),
            );
            problem.at(name)
        })
    }
}

/// What stands behind `?`.
pub(crate) struct Asked(pub(crate) Fields);

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let fields = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
        if fields.hold_nul() { Err(PageError(Problem::unreadable("U+0000"))) } else { Ok(Self(fields)) }
    }
}

/// A form that one of our own pages sent: it carries the session's token.
pub(crate) struct Form(pub(crate) Fields);

impl FromRequest<Office> for Form {
    type Rejection = PageError;

    async fn from_request(request: Request, office: &Office) -> Result<Self, PageError> {
        let session = request.extensions().get::<Identity>().and_then(|identity| identity.session.as_ref());
        let secret = session.map(|session| session.secret.clone());
        let bytes = Bytes::from_request(request, office).await.map_err(|_| PageError(too_large()))?;
        if bytes.len() > FORM {
            return Err(PageError(too_large()));
        }
        let fields = Fields::parse(&bytes);
        if fields.hold_nul() {
            return Err(PageError(Problem::unreadable("U+0000")));
        }
        match secret {
            Some(secret) if !secret.is_form_token(fields.text("csrf")) => Err(PageError(not_ours())),
            _ => Ok(Self(fields)),
        }
    }
}

fn too_large() -> Problem {
    Problem::new(
        413,
        "form.large",
        ("보낸 내용이 너무 큽니다.", "What was sent is too large."),
        ("줄여서 다시 보내 주십시오.", "Send less."),
    )
}

/// The form did not come from a page of this session.
pub(super) fn not_ours() -> Problem {
    Problem::new(
        403,
        "form.token",
        ("이 양식은 더 이상 유효하지 않습니다.", "This form is no longer valid."),
        ("페이지를 새로 열고 다시 보내 주십시오.", "Open the page again and send it again."),
    )
}
