//! How retention stands, as pages and the API show it.

use super::RetentionProposalId;
use super::class::{Class, Reach, Standing};
use super::error::RetentionError;
use super::holds::{self, Held};
use super::store::{self, Certificate, Hold, Kind, Proposal};
use super::{HoldKind, Proposed, period};
use crate::db::Transaction;
use crate::ids::CaseId;
use crate::office::Office;
use crate::policy::{Action, Actor, Subject as _};
use crate::slices::cases;

/// A proposal, and what the reader may do about it.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) row: Proposal,
    /// The hold that it would lift, as far as the reader may know of it.
    pub(super) hold: Option<SeenHold>,
    pub(super) may_decide: bool,
    pub(super) may_withdraw: bool,
}

/// A hold, as far as the reader may know of it.
#[derive(Clone, Debug)]
pub(super) struct SeenHold {
    pub(super) row: Hold,
    /// Whether they may know what it is on and why.
    pub(super) is_seen: bool,
    /// What its case asks about, where it is on one that they see.
    pub(super) case: Option<(CaseId, haechi_core::words::Words)>,
}

/// A destruction that was approved, and its certificate once it has ended.
#[derive(Clone, Debug)]
pub(super) struct Destruction {
    pub(super) row: Proposal,
    /// How many records went.
    pub(super) destroyed: u64,
    pub(super) certificate: Option<Certificate>,
}

/// How each class stands.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn standings(office: &Office, tx: &Transaction) -> Result<Vec<Standing>, RetentionError> {
    let (rows, held, today) = (store::all(tx).await?, Held::read(tx).await?, office.today());
    let mut all = Vec::new();
    for class in Class::ALL {
        let (period, next) = period::of(&rows, class, today);
        let due = match period.and_then(|period| period.last_due(today)) {
            Some(until) => Some((until, class.due(office, tx, &Reach::new(office, until, &held)).await?)),
            None => None,
        };
        all.push(Standing { class, period, next, due });
    }
    Ok(all)
}

/// The proposals that wait, the oldest first.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn waiting(office: &Office, tx: &Transaction, me: &Actor) -> Result<Vec<Waiting>, RetentionError> {
    let mut all = Vec::new();
    for row in store::all(tx).await?.into_iter().rev().filter(|row| row.decided_at.is_none()) {
        let subject = Proposed::of(office, tx, me, &row).await?;
        let standing = subject.standing(me);
        let hold = match Kind::parse(&row.kind) {
            Some(Kind::Lift) => match store::hold(tx, row.hold).await? {
                Some(hold) => Some(seen(tx, me, hold).await?),
                None => None,
            },
            _ => None,
        };
        all.push(Waiting {
            row,
            hold,
            may_decide: me.may(Action::DecideRetention, standing),
            may_withdraw: me.may(Action::WithdrawRetention, standing),
        });
    }
    Ok(all)
}

async fn seen(tx: &Transaction, me: &Actor, row: Hold) -> Result<SeenHold, RetentionError> {
    let is_seen = holds::is_seen(tx, me, &row).await?;
    let case = match (HoldKind::parse(&row.kind), row.record.parse::<CaseId>()) {
        (Some(HoldKind::Case), Ok(id)) if is_seen => Some((id, cases::load(tx, me, id).await?.title())),
        _ => None,
    };
    Ok(SeenHold { row, is_seen, case })
}

/// The holds, those that hold first.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn holds(tx: &Transaction, me: &Actor) -> Result<Vec<SeenHold>, RetentionError> {
    let mut all = Vec::new();
    for row in store::holds(tx).await? {
        all.push(seen(tx, me, row).await?);
    }
    Ok(all)
}

/// The destructions that were approved, the newest first.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn destructions(tx: &Transaction) -> Result<Vec<Destruction>, RetentionError> {
    let certificates = store::certificates(tx).await?;
    let is_one = |row: &Proposal| row.kind == Kind::Destruction.as_str() && row.approved == Some(true);
    let mut all = Vec::new();
    for row in store::all(tx).await?.into_iter().filter(is_one) {
        let certificate = certificates.iter().find(|one| one.proposal == row.id).cloned();
        let destroyed = store::count_destroyed(tx, row.id).await?;
        all.push(Destruction { row, destroyed, certificate });
    }
    Ok(all)
}

/// A destruction that was approved.
///
/// # Errors
///
/// There is none of that id.
pub(super) async fn destruction(tx: &Transaction, id: RetentionProposalId) -> Result<Destruction, RetentionError> {
    let row = store::one(tx, id).await?.filter(|row| row.approved == Some(true));
    let row = row.filter(|row| row.kind == Kind::Destruction.as_str()).ok_or(RetentionError::Unknown)?;
    let (destroyed, certificate) = (store::count_destroyed(tx, id).await?, store::certificate(tx, id).await?);
    Ok(Destruction { row, destroyed, certificate })
}
