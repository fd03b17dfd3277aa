//! How people and programs reach the office: routes with their gates, forms, pages.
//!
//! A route is made by [`Routes`] alone, which wants to know who may pass; the same list is swept by the tests.

mod about;
mod crowd;
mod extract;
pub(crate) mod first;
mod gallery;
mod guard;
mod limits;
mod look;
pub(crate) mod once;
pub(crate) mod openapi;
mod own;
mod page;
mod routes;
mod sent;
mod shell;
#[cfg(test)]
pub(crate) mod tests;
mod theme;
pub(crate) mod ui;
pub(crate) mod wire;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::from_fn_with_state;
use tower_http::set_header::SetResponseHeaderLayer;

pub(crate) use self::extract::{Asked, Fields, Form, Fragment, InSession, Me, Path, SessionSecret, WithToken};
#[cfg(test)]
pub(crate) use self::guard::cookie_name;
pub(crate) use self::guard::{BROWSER, KEPT, OF_HOST, SESSION, own_cookie};
pub(crate) use self::page::{Html, Page, PageError, shown_again};
pub(crate) use self::sent::{IfMatch, LARGE, MaySend, Query, Sent, tag, too_large};

pub use self::look::is_built;
pub use self::routes::{Gate, Keyed, Kind, Marks, Route, Routes};

use crate::office::Office;
use crate::{access, audit, health, outbox, slices};

/// No script but the office's own files, nothing from elsewhere, no framing.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// Every route of the office.
pub fn routes(office: &Office) -> Routes {
    let mut routes = Routes::new(office.clone());
    shell::routes(&mut routes);
    about::routes(&mut routes);
    gallery::routes(&mut routes);
    outbox::routes(&mut routes);
    audit::routes(&mut routes);
    health::routes(&mut routes);
    access::routes(&mut routes);
    slices::cases::proof_routes(&mut routes);
    openapi::routes(&mut routes);
    own::routes(&mut routes);
    crate::settings::routes(&mut routes);
    crate::retention::routes(&mut routes);
    crate::setup::routes(&mut routes);
    crate::guides::routes(&mut routes);
    crate::sign_in::routes(&mut routes);
    crate::webhooks::routes(&mut routes);
    for slice in slices::ALL {
        (slice.routes)(&mut routes);
    }
    routes
}

/// The office as a service.
pub fn service(office: &Office) -> Router {
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    routes(office)
        .into_router()
        .layer(from_fn_with_state(crowd::Places::default(), crowd::admit))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        // A part of a page is not the page.
        .layer(fixed(header::VARY, "hx-request-type"))
        // Pages hold what is not for the next person at this desk.
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(from_fn_with_state(office.clone(), health::observe))
}

/// Serves the office on `listener` until `ended`.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    office: &Office,
    ended: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, service(office)).with_graceful_shutdown(ended).await
}
