//! The verbs of exclusions: each one transaction and one event.

use haechi_core::time::Days;

use super::store;
use crate::audit;
use crate::ids::ExclusionId;
use crate::office::Office;
use crate::policy::{Action, Actor, generally};
use crate::problem::Problem;

/// Days after which an exclusion that was kept is looked at again.
const AGAIN: u64 = 90;

/// What a review of an exclusion says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Review {
    /// It stays, and is looked at again in 90 days.
    Keep,
    /// It ends now: what it hid is asked again from the next run on.
    End,
}

impl Review {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::End => "end",
        }
    }
}

/// Reviews an exclusion.
///
/// # Errors
///
/// Not theirs; one that is not there or has ended.
pub(crate) async fn review(office: &Office, actor: &Actor, id: ExclusionId, says: Review) -> Result<(), Problem> {
    let may = generally(actor, Action::ReviewExclusion)?;
    let by = actor.id().ok_or_else(Problem::hidden)?;
    let tx = office.db().write(actor.tenant()).await?;
    let done = match says {
        Review::End => store::end_exclusion(&tx, id, by, office.now()).await?,
        Review::Keep => store::reviewed(&tx, id, by, office.today() + Days::new(AGAIN), office.now()).await?,
    };
    if !done {
        return Err(Problem::hidden());
    }
    let mut entry = may.entry("exclusion", id);
    entry.after = Some(audit::digest(&(id, says.as_str())));
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
