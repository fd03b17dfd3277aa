//! The colours of pages: light, dark, high contrast, or what the reader's system prefers. A choice lies in a cookie of its own, for
//! this browser and whoever sits at it.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::extract::Asked;
use super::first::own_path;
use super::guard::cookie;

/// The cookie of the choice.
const THEME: &str = "haechi-theme";

/// Colours that were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// White on black, thicker lines.
    Contrast,
}

impl Theme {
    pub(super) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Contrast];

    /// The word in the cookie and on `html`.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }
}

/// What a browser chose.
pub(super) fn of(headers: &HeaderMap) -> Option<Theme> {
    cookie(headers, THEME).and_then(Theme::parse)
}

/// `GET /theme?to=dark&back=/cases`; any other word is the system's own choice again.
pub(super) async fn choose(Asked(asked): Asked) -> Response {
    let mut response = Redirect::to(own_path(asked.text("back"))).into_response();
    let line = match Theme::parse(asked.text("to")) {
        Some(theme) => format!("{THEME}={}; Path=/; SameSite=Lax; Max-Age={}", theme.as_str(), 365 * 24 * 60 * 60),
        None => format!("{THEME}=; Path=/; SameSite=Lax; Max-Age=0"),
    };
    if let Ok(value) = HeaderValue::from_str(&line) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
