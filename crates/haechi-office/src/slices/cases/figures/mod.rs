//! What can be counted of cases, for statistics: nothing that the reader may not see one by one.

mod store;

use haechi_core::time::Moment;

pub(super) use self::store::climbed;
pub(crate) use self::store::{CaseFigures, CaseSums};

use crate::db::Transaction;
use crate::policy::{self, Actor};

/// The cases that `actor` may see and that were opened from `from` on and before `until`.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn figures(
    tx: &Transaction,
    actor: &Actor,
    from: Moment,
    until: Moment,
) -> Result<Vec<CaseFigures>, sea_orm::DbErr> {
    let recused = super::recused(tx, actor).await?;
    store::opened(tx, &policy::scope(actor), &recused, from, until).await
}

/// What decides which cases `actor` sees, as a text that is the same for the same cases.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn eyes(tx: &Transaction, actor: &Actor) -> Result<String, sea_orm::DbErr> {
    let recused = super::recused(tx, actor).await?;
    Ok(format!("{:?} {recused:?}", policy::scope(actor)))
}

/// Every case that is not kept and was opened from `from` on and before `until`: for what the government publishes of itself.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn all_figures(
    tx: &Transaction,
    from: Moment,
    until: Moment,
) -> Result<Vec<CaseFigures>, sea_orm::DbErr> {
    store::opened(tx, &policy::published(), &[], from, until).await
}

/// The sums of [`all_figures`], counted by the database; late is what is past due at `now`.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn all_sums(
    tx: &Transaction,
    from: Moment,
    until: Moment,
    now: Moment,
) -> Result<CaseSums, sea_orm::DbErr> {
    store::summed(tx, &policy::published(), from, until, now).await
}
