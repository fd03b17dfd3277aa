//! The list of routes. A route says who may pass before it has a handler, so that none is forgotten.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, on};

use super::guard;
use super::limits::Limits;
use crate::office::Office;
use crate::policy::Action;

/// Who may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everybody, also who did not sign in.
    Open,
    /// Who signed in.
    Signed,
    /// A monitoring system, with the token that the environment names. Without one, whoever is on this machine, while nobody
    /// reaches the office by way of a proxy.
    Watcher,
    /// Who may ever do this; the handler asks again about the record.
    May(Action),
}

/// Who a route is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People: cookies, forms, HTML.
    Page,
    /// Programs: tokens, JSON.
    Api,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, with `{id}` where it varies.
    pub path: &'static str,
    /// Who may pass.
    pub gate: Gate,
    /// Who it is for.
    pub kind: Kind,
}

/// Routes as they are added.
#[derive(Debug)]
pub struct Routes {
    office: Office,
    router: Router<Office>,
    list: Vec<Route>,
    limits: Arc<Limits>,
}

impl Routes {
    pub(super) fn new(office: Office) -> Self {
        Self { office, router: Router::new(), list: Vec::new(), limits: Arc::default() }
    }

    /// A page that is read.
    pub fn get<H: Handler<T, Office>, T: 'static>(&mut self, path: &'static str, gate: Gate, handler: H) -> &mut Self {
        self.add(Kind::Page, Method::GET, path, gate, false, handler)
    }

    /// A form that is sent.
    pub fn post<H: Handler<T, Office>, T: 'static>(&mut self, path: &'static str, gate: Gate, handler: H) -> &mut Self {
        self.add(Kind::Page, Method::POST, path, gate, false, handler)
    }

    /// What a program reads.
    pub fn api_get<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::GET, path, gate, false, handler)
    }

    /// What a program does.
    pub fn api_post<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::POST, path, gate, false, handler)
    }

    /// What a program sends that is too large to be held in memory: it is not replayed, so the handler knows it again itself.
    pub fn api_upload<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::POST, path, gate, true, handler)
    }

    /// A file of the program, the same for everybody: no gate asks the database who it is.
    pub fn file<H: Handler<T, Office>, T: 'static>(&mut self, path: &'static str, handler: H) -> &mut Self {
        self.router = std::mem::take(&mut self.router).route(path, on(MethodFilter::GET, handler));
        self.list.push(Route { method: Method::GET, path, gate: Gate::Open, kind: Kind::Page });
        self
    }

    fn add<H: Handler<T, Office>, T: 'static>(
        &mut self,
        kind: Kind,
        method: Method,
        path: &'static str,
        gate: Gate,
        is_upload: bool,
        handler: H,
    ) -> &mut Self {
        let filter = if method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let at = guard::At { office: self.office.clone(), gate, kind, is_upload, limits: self.limits.clone() };
        let guarded = on(filter, handler).layer(from_fn_with_state(at, guard::pass));
        self.router = std::mem::take(&mut self.router).route(path, guarded);
        self.list.push(Route { method, path, gate, kind });
        self
    }

    /// Every route, in the order in which they were added.
    pub fn list(&self) -> &[Route] {
        &self.list
    }

    pub(super) fn into_router(self) -> Router {
        self.router
            .fallback(guard::nothing_here)
            .method_not_allowed_fallback(guard::not_this_way)
            .with_state(self.office)
    }
}
