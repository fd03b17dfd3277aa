//! Which persons who left have fallen due for destruction, and how one goes: all that names them, while their id stays where they were and
//! what they did.

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder as _, QuerySelect as _};

use super::stand_ins;
use super::store::person::{self, Column};
use super::store::{absence, people_changed, recusal, role_grant, role_request};
use crate::audit;
use crate::db::Transaction;
use crate::ids::PersonId;
use crate::retention::{self, Due, Reach};
use crate::slices::cases;

/// Left in time, not destroyed, and no open case needs them.
fn fallen_due(tx: &Transaction, reach: &Reach<'_>) -> Condition {
    let due = Condition::all()
        .add(Column::Tenant.eq(tx.tenant()))
        .add(Column::DestroyedOn.is_null())
        .add(Column::LeftOn.lte(reach.until));
    cases::needed(tx.tenant()).into_iter().fold(due, |due, needed| due.add(Column::Id.not_in_subquery(needed)))
}

/// What has fallen due.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn due(tx: &Transaction, reach: &Reach<'_>) -> Result<Due<Day>, DbErr> {
    let found = person::Entity::find().filter(fallen_due(tx, reach));
    retention::due(tx, found, Column::LeftOn, Column::Id.is_in(reach.held.persons.iter().copied())).await
}

/// The next that have fallen due and are not held, each with the digest of their row.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn next(tx: &Transaction, reach: &Reach<'_>, most: u64) -> Result<Vec<(PersonId, String)>, DbErr> {
    let rows = person::Entity::find()
        .filter(fallen_due(tx, reach))
        .filter(Column::Id.is_not_in(reach.held.persons.iter().copied()))
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.on())
        .await?;
    let digest = |row: &person::Model| {
        audit::digest(&(row.id, &row.employee_no, &row.name, &row.mail, &row.mobile, row.left_on))
    };
    Ok(rows.iter().map(|row| (row.id, digest(row))).collect())
}

/// Takes away what names somebody, and what they and others wrote about their roles and absences. Their roles end.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn destroy(tx: &Transaction, id: PersonId, today: Day, now: Moment) -> Result<(), DbErr> {
    person::Entity::update_many()
        .set(person::ActiveModel {
            destroyed_on: Set(Some(today)),
            // No two have the same number, and nobody has this one.
            employee_no: Set(format!("gone-{id}")),
            name: Set(String::new()),
            mail: Set(None),
            mobile: Set(None),
            ..Default::default()
        })
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Id.eq(id))
        .exec(tx.on())
        .await?;
    let nothing = || Set(String::new());
    role_grant::Entity::update_many()
        .set(role_grant::ActiveModel { reason: nothing(), ..Default::default() })
        .filter(role_grant::Column::Tenant.eq(tx.tenant()))
        .filter(role_grant::Column::Person.eq(id))
        .exec(tx.on())
        .await?;
    role_grant::Entity::update_many()
        .set(role_grant::ActiveModel {
            ended_by: Set(Some("office".to_owned())),
            ended_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(role_grant::Column::Tenant.eq(tx.tenant()))
        .filter(role_grant::Column::Person.eq(id))
        .filter(role_grant::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    role_request::Entity::update_many()
        .set(role_request::ActiveModel { reason: nothing(), answer: Set(None), ..Default::default() })
        .filter(role_request::Column::Tenant.eq(tx.tenant()))
        .filter(role_request::Column::Person.eq(id))
        .exec(tx.on())
        .await?;
    absence::Entity::delete_many()
        .filter(absence::Column::Tenant.eq(tx.tenant()))
        .filter(absence::Column::Person.eq(id))
        .exec(tx.on())
        .await?;
    stand_ins::blank(tx, id).await?;
    people_changed(tx).await
}

/// Takes the reasons away for which people keep away from a record. That they do stays.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn blank_recusals(tx: &Transaction, record: Uuid) -> Result<(), DbErr> {
    recusal::Entity::update_many()
        .col_expr(recusal::Column::Reason, Expr::value(""))
        .filter(recusal::Column::Tenant.eq(tx.tenant()))
        .filter(recusal::Column::Record.eq(record))
        .exec(tx.on())
        .await
        .map(drop)
}
