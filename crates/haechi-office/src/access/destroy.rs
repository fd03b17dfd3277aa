//! What of the access log has fallen due for destruction, and goes. That it was there stands in the log, by its digest.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{Condition, QueryOrder as _, QuerySelect as _, QueryTrait as _};

use super::store::access_log::{self, Column};
use crate::audit;
use crate::db::Transaction;
use crate::ids::AccessId;
use crate::retention::{self, Due, Reach};
use crate::slices::cases;

/// Those by and about a held person, and those of a held case.
fn held(tx: &Transaction, reach: &Reach<'_>) -> SelectStatement {
    let any = Condition::any()
        .add(Column::Person.is_in(reach.held.persons.iter().copied()))
        .add(Column::Whose.is_in(reach.held.numbers.iter().map(String::as_str)))
        .add(Column::CaseId.in_subquery(cases::held(tx.tenant(), reach.held)));
    access_log::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(any)
        .into_query()
}

fn fallen_due(tx: &Transaction, reach: &Reach<'_>) -> Condition {
    Condition::all().add(Column::Tenant.eq(tx.tenant())).add(Column::At.lt(reach.before))
}

/// What has fallen due.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn due(tx: &Transaction, reach: &Reach<'_>) -> Result<Due<Moment>, DbErr> {
    let found = access_log::Entity::find().filter(fallen_due(tx, reach));
    retention::due(tx, found, Column::At, Column::Id.in_subquery(held(tx, reach))).await
}

/// The next that have fallen due and are not held, each with the digest that the log has of it.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn next(tx: &Transaction, reach: &Reach<'_>, most: u64) -> Result<Vec<(AccessId, String)>, DbErr> {
    let rows = access_log::Entity::find()
        .filter(fallen_due(tx, reach))
        .filter(Column::Id.not_in_subquery(held(tx, reach)))
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.on())
        .await?;
    Ok(rows.iter().map(|row| (row.id, audit::digest(row))).collect())
}

/// Takes rows away, whose ids are among those destroyed already.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn destroy(tx: &Transaction, ids: &[AccessId]) -> Result<u64, DbErr> {
    let gone = access_log::Entity::delete_many()
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx.on())
        .await?;
    Ok(gone.rows_affected)
}
