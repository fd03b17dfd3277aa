//! What of messages that left has fallen due for destruction, and how one goes: its words are taken away, that it was sent stays.

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder as _, QuerySelect as _, QueryTrait as _};

use super::state::State;
use super::store::message::{self, Column};
use crate::audit;
use crate::db::Transaction;
use crate::ids::MessageId;
use crate::retention::{self, Due, Reach};
use crate::slices::cases;

/// Those to a held person, and those about a held case.
fn held(tx: &Transaction, reach: &Reach<'_>) -> SelectStatement {
    let about = Condition::all()
        .add(Column::About.is_not_null())
        .add(Column::About.in_subquery(cases::held(tx.tenant(), reach.held)));
    message::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Condition::any().add(Column::Person.is_in(reach.held.persons.iter().copied())).add(about))
        .into_query()
}

/// Nothing more happens to it by itself, and it was written and sent in time.
fn fallen_due(tx: &Transaction, reach: &Reach<'_>) -> Condition {
    let ends = State::ALL.into_iter().filter(|state| state.is_end());
    Condition::all()
        .add(Column::Tenant.eq(tx.tenant()))
        .add(Column::DestroyedOn.is_null())
        .add(Column::State.is_in(ends.map(State::as_str)))
        .add(Column::MadeAt.lt(reach.before))
        .add(Condition::any().add(Column::SentAt.is_null()).add(Column::SentAt.lt(reach.before)))
}

/// What has fallen due.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn due(tx: &Transaction, reach: &Reach<'_>) -> Result<Due<Moment>, DbErr> {
    let found = message::Entity::find().filter(fallen_due(tx, reach));
    retention::due(tx, found, Column::MadeAt, Column::Id.in_subquery(held(tx, reach))).await
}

/// The next that have fallen due and are not held, each with the digest of what it said.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn next(tx: &Transaction, reach: &Reach<'_>, most: u64) -> Result<Vec<(MessageId, String)>, DbErr> {
    let rows = message::Entity::find()
        .filter(fallen_due(tx, reach))
        .filter(Column::Id.not_in_subquery(held(tx, reach)))
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.on())
        .await?;
    let digest = |row: &message::Model| {
        audit::digest(&(row.id, row.person, &row.channel, &row.template, &row.subject, &row.body, row.made_at))
    };
    Ok(rows.iter().map(|row| (row.id, digest(row))).collect())
}

/// Takes their words away.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn destroy(tx: &Transaction, ids: &[MessageId], today: Day) -> Result<(), DbErr> {
    message::Entity::update_many()
        .set(message::ActiveModel {
            destroyed_on: Set(Some(today)),
            subject: Set(String::new()),
            body: Set(String::new()),
            fault: Set(None),
            ..Default::default()
        })
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(tx.on())
        .await
        .map(drop)
}
