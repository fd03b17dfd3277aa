//! How the office itself is: a line for each request, figures for a monitoring system, whether it can serve, and the page that says
//! what its administrator has to do. Nothing of it holds personal data.

pub(crate) mod api;
mod figures;
pub mod logs;
mod machine;
mod metrics;
mod observe;
mod pages;
#[cfg(test)]
mod tests;

use std::sync::{Mutex, PoisonError};

use haechi_core::time::Moment;

pub(crate) use self::observe::{asked_by, observe};

/// What is known of this process while it runs.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    metrics: metrics::Metrics,
    /// When timed work ended its last round.
    round: Mutex<Option<Moment>>,
}

impl Watch {
    /// Notes that timed work went round.
    pub(crate) fn went_round(&self, at: Moment) {
        *self.round.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    fn round(&self) -> Option<Moment> {
        *self.round.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The routes.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}
