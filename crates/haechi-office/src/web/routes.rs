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
use crate::policy::{self, Action};

/// Who may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Everybody, also who did not sign in.
    Open,
    /// Who signed in.
    Signed,
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

/// What is done with a program's request that has an idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyed {
    /// It is done once, and who sends it again is answered as the first was.
    Answered,
    /// It is done once. What it answers is a secret or a large file and is not kept: who sends it again is told that it was done.
    Once,
    /// Its body is too large to be held in memory, so the key is not looked at: the handler knows it again itself.
    No,
}

/// What a route of people wants beside its gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Who passes has proved within the last minutes who they are.
    pub(super) wants_proof: bool,
    /// Its form holds secrets: it is never kept for later.
    pub(super) is_secret: bool,
    /// It is open before a second factor that is wanted was set up.
    pub(super) is_early: bool,
}

impl Marks {
    const NONE: Self = Self { wants_proof: false, is_secret: false, is_early: false };
    /// Who passes has proved within the last minutes who they are. A form for which [`policy::wants_proof`] needs no mark.
    pub const PROOF: Self = Self { wants_proof: true, ..Self::NONE };
    /// Its form holds secrets: it is never kept for later.
    pub const SECRET: Self = Self { is_secret: true, ..Self::NONE };
    /// It is open before a second factor that is wanted was set up.
    pub const EARLY: Self = Self { is_early: true, ..Self::NONE };

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            wants_proof: self.wants_proof || other.wants_proof,
            is_secret: self.is_secret || other.is_secret,
            is_early: self.is_early || other.is_early,
        }
    }
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
    /// What is done with a request that has a key.
    pub keyed: Keyed,
    /// What it wants beside its gate.
    pub marks: Marks,
}

/// Routes as they are added.
#[derive(Debug)]
pub struct Routes {
    office: Office,
    router: Router<Office>,
    list: Vec<Route>,
    limits: Arc<Limits>,
    /// Those of the next route.
    marks: Marks,
}

impl Routes {
    pub(super) fn new(office: Office) -> Self {
        Self { office, router: Router::new(), list: Vec::new(), limits: Arc::default(), marks: Marks::NONE }
    }

    /// Marks the route that is added next.
    pub fn marked(&mut self, marks: Marks) -> &mut Self {
        self.marks = marks;
        self
    }

    /// A page that is read.
    pub fn get<H: Handler<T, Office>, T: 'static>(&mut self, path: &'static str, gate: Gate, handler: H) -> &mut Self {
        self.add(Kind::Page, Method::GET, path, gate, Keyed::No, handler)
    }

    /// A form that is sent.
    pub fn post<H: Handler<T, Office>, T: 'static>(&mut self, path: &'static str, gate: Gate, handler: H) -> &mut Self {
        self.add(Kind::Page, Method::POST, path, gate, Keyed::No, handler)
    }

    /// What a program reads.
    pub fn api_get<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::GET, path, gate, Keyed::No, handler)
    }

    /// What a program does.
    pub fn api_post<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::POST, path, gate, Keyed::Answered, handler)
    }

    /// What a program does and what answers with a secret or a large file, which is not kept for who sends it again.
    pub fn api_post_once<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::POST, path, gate, Keyed::Once, handler)
    }

    /// What a program sends that is too large to be held in memory: it is not replayed, so the handler knows it again itself.
    pub fn api_upload<H: Handler<T, Office>, T: 'static>(
        &mut self,
        path: &'static str,
        gate: Gate,
        handler: H,
    ) -> &mut Self {
        self.add(Kind::Api, Method::POST, path, gate, Keyed::No, handler)
    }

    /// A file of the program, the same for everybody: no gate asks the database who it is.
    pub fn file<H: Handler<T, Office>, T: 'static>(&mut self, path: &'static str, handler: H) -> &mut Self {
        self.router = std::mem::take(&mut self.router).route(path, on(MethodFilter::GET, handler));
        let (gate, kind) = (Gate::Open, Kind::Page);
        self.list.push(Route { method: Method::GET, path, gate, kind, keyed: Keyed::No, marks: Marks::NONE });
        self
    }

    fn add<H: Handler<T, Office>, T: 'static>(
        &mut self,
        kind: Kind,
        method: Method,
        path: &'static str,
        gate: Gate,
        keyed: Keyed,
        handler: H,
    ) -> &mut Self {
        let filter = if method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let mut marks = std::mem::take(&mut self.marks);
        if let Gate::May(action) = gate
            && kind == Kind::Page
            && method == Method::POST
        {
            marks.wants_proof |= policy::wants_proof(action);
        }
        let at = guard::At { office: self.office.clone(), gate, kind, keyed, marks, limits: self.limits.clone() };
        let guarded = on(filter, handler).layer(from_fn_with_state(at, guard::pass));
        self.router = std::mem::take(&mut self.router).route(path, guarded);
        self.list.push(Route { method, path, gate, kind, keyed, marks });
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
