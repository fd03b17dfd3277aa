//! How long what is kept (보존기간), its destruction when that is over (파기), and what may not be destroyed (법적 보존).
//!
//! ```text
//! period       proposed ──approve──► holds from its day on
//! destruction  proposed ──approve──► carried out, some at a time ──► certificate
//! hold         set by one ──► lifting proposed ──approve──► lifted
//! ```
//!
//! What one person proposes, a second decides; a hold alone is set by one, since it only keeps. The log, its checkpoints, the sheets of
//! closed months and the reports of runs have no period: they stay for ever, and hold nobody's name.
//!
//! Reading order: [`Class`] and [`period`], `actions.rs` (who proposes and decides), `holds.rs`, `destroy.rs` (how it is carried out).
//! What goes of a record, and what of it has fallen due, is said where the record lives: `destroy.rs` of cases, messages, accesses and
//! people.

mod actions;
pub(crate) mod api;
mod class;
mod destroy;
mod error;
mod holds;
pub(crate) mod migrations;
mod pages;
mod period;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub(crate) use crate::ids::{HoldId, RetentionProposalId};

pub(crate) use self::actions::{Proposed, What, decide, propose, withdraw};
pub(crate) use self::class::{Class, Due, Reach};
pub(crate) use self::destroy::{carry_out, take_files_away};
pub(crate) use self::error::RetentionError;
pub(crate) use self::holds::{Held, HoldKind, NewHold, on_case, set_hold};
pub(crate) use self::pages::case_notice;
pub(crate) use self::store::due;

/// By which destruction a record went.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn destroyed_by(
    tx: &crate::db::Transaction,
    record: sea_orm::prelude::Uuid,
) -> Result<Option<RetentionProposalId>, sea_orm::DbErr> {
    store::destroyed_by(tx, record).await
}

pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}
