//! What went wrong, in words for people: the one thing pages and API say when they refuse (RFC 9457).

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use haechi_core::words::{Language, Words};
use serde::Serialize;

/// A refusal. The code is stable; the words are for people and say what happened, then what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `case.stale`; programs compare this.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What happened.
    pub happened: Words,
    /// What to do now; empty where there is nothing.
    pub advice: Words,
    /// The field of a form that it is about; none where it is about no single one.
    pub field: Option<String>,
    /// For the log alone.
    pub inner: Option<String>,
}

/// What the API answers: `application/problem+json`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// The code as a URI.
    #[serde(rename = "type")]
    kind: String,
    /// The stable code.
    code: &'static str,
    /// The HTTP status.
    status: u16,
    /// What happened.
    title: String,
    /// What to do now.
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
}

impl Problem {
    /// A refusal with `status`.
    pub fn new(status: u16, code: &'static str, happened: (&str, &str), advice: (&str, &str)) -> Self {
        let words = |(ko, en): (&str, &str)| Words::new(ko, en);
        Self { code, status, happened: words(happened), advice: words(advice), field: None, inner: None }
    }

    /// There is no such thing, or it is not theirs to see: nobody can tell which.
    pub fn hidden() -> Self {
        Self::new(
            404,
            "hidden",
            ("찾으시는 것이 없거나 볼 권한이 없습니다.", "There is no such thing, or it is not yours to see."),
            ("주소를 확인하거나 목록에서 다시 찾아 주십시오.", "Check the address, or find it in the list again."),
        )
    }

    /// What was sent cannot be read.
    pub fn unreadable(what: &str) -> Self {
        let mut problem = Self::new(
            400,
            "request.unreadable",
            ("보낸 내용을 읽을 수 없습니다.", "What was sent cannot be read."),
            ("다시 시도해 주십시오.", "Try again."),
        );
        problem.advice = Words::new(what, what);
        problem
    }

    /// A value does not fit.
    pub fn invalid(code: &'static str, happened: (&str, &str)) -> Self {
        Self::new(422, code, happened, ("고친 뒤 다시 보내 주십시오.", "Change it and send it again."))
    }

    /// The same, about this field of a form.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The machine's fault.
    pub fn internal(code: &'static str, source: &(dyn std::error::Error + 'static)) -> Self {
        let mut problem = Self::new(
            500,
            code,
            ("시스템 안에서 오류가 났습니다. 저장된 것은 없습니다.", "Something failed inside. Nothing was saved."),
            (
                "잠시 후 다시 시도하고, 계속되면 관리자에게 알려 주십시오.",
                "Try again shortly; if it stays, tell your administrator.",
            ),
        );
        let mut text = source.to_string();
        let mut cause = source.source();
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        problem.inner = Some(text);
        problem
    }

    /// The status as the web counts it.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Says to the log what people are not told.
    pub(crate) fn tell_log(&self) {
        let Some(inner) = &self.inner else { return };
        let (code, error) = (self.code, crate::health::logs::bare(inner));
        if self.status >= 500 { tracing::error!(code, error, "failed") } else { tracing::info!(code, error, "refused") }
    }

    /// The API's answer.
    pub(crate) fn answer(&self, language: Language) -> Response {
        let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CONTENT_LANGUAGE, language.tag())];
        (self.status(), headers, Json(self.body(language))).into_response()
    }

    /// The same as an answer of the API.
    pub fn body(&self, language: Language) -> ProblemBody {
        ProblemBody {
            kind: format!("urn:haechi:problem:{}", self.code),
            code: self.code,
            status: self.status,
            title: self.happened.in_language(language).to_owned(),
            detail: self.advice.in_language(language).to_owned(),
        }
    }
}

impl From<sea_orm::DbErr> for Problem {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::internal("database", &error)
    }
}

impl From<crate::audit::LogError> for Problem {
    fn from(error: crate::audit::LogError) -> Self {
        Self::internal("log", &error)
    }
}

impl From<crate::audit::CheckpointError> for Problem {
    fn from(error: crate::audit::CheckpointError) -> Self {
        Self::internal("log.checkpoint", &error)
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Self {
        Self::internal("page", &error)
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::internal("json", &error)
    }
}

impl From<haechi_core::calendar::CalendarError> for Problem {
    fn from(error: haechi_core::calendar::CalendarError) -> Self {
        let mut problem = Self::new(
            503,
            "calendar.year",
            ("달력에 없는 해가 필요합니다.", "A year is needed that the calendar does not list."),
            (
                "관리자가 달력에 그 해의 공휴일을 더해야 합니다.",
                "The administrator has to add the holidays of that year.",
            ),
        );
        problem.inner = Some(error.to_string());
        problem
    }
}

/// A problem as the API's answer.
#[derive(Debug)]
pub struct ApiError(pub Problem);

impl<E: Into<Problem>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The guard before the route says it in the language that was asked for.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.0.answer(Language::English);
        response.extensions_mut().insert(self.0);
        response
    }
}
