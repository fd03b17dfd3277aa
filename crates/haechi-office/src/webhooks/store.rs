//! Rows of webhooks.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel as _, QueryOrder as _};

use crate::db::Transaction;
use crate::ids::{TenantId, WebhookId};

mod webhook {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "webhook")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: WebhookId,
        pub url: String,
        pub secret: String,
        pub events: String,
        pub made_by: String,
        pub made_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub place: i64,
        pub state: String,
        pub attempts: i32,
        pub next_at: DateTimeUtc,
        pub sent_at: Option<DateTimeUtc>,
        pub fault: Option<String>,
        /// A trial keeps, or kept, it from telling.
        pub held: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use webhook::Model as Row;

use webhook::{ActiveModel, Column, Entity};

fn of(tx: &Transaction, id: WebhookId) -> Condition {
    Condition::all().add(Column::Tenant.eq(tx.tenant())).add(Column::Id.eq(id)).add(Column::EndedAt.is_null())
}

pub(super) async fn add(tx: &Transaction, row: Row) -> Result<(), DbErr> {
    Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

/// Those that have not ended, the oldest first.
pub(super) async fn list(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    Entity::find()
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::EndedAt.is_null())
        .order_by_asc(Column::Id)
        .all(tx.on())
        .await
}

/// Ends a webhook and forgets its secret; `false` where it has ended.
pub(super) async fn end(tx: &Transaction, id: WebhookId, now: Moment) -> Result<bool, DbErr> {
    let row = ActiveModel { ended_at: Set(Some(now)), secret: Set(String::new()), ..Default::default() };
    Ok(Entity::update_many().set(row).filter(of(tx, id)).exec(tx.on()).await?.rows_affected == 1)
}

/// Tries one that was given up again; `false` where it was not.
pub(super) async fn resume(tx: &Transaction, id: WebhookId, now: Moment) -> Result<bool, DbErr> {
    let row =
        ActiveModel { state: Set("active".to_owned()), attempts: Set(0), next_at: Set(now), ..Default::default() };
    let stopped = of(tx, id).add(Column::State.eq("stopped"));
    Ok(Entity::update_many().set(row).filter(stopped).exec(tx.on()).await?.rows_affected == 1)
}

/// Passes over what was done up to `place`, in a trial or after one.
pub(super) async fn pass_over(tx: &Transaction, row: &Row, place: i64, held: bool) -> Result<(), DbErr> {
    let passed = ActiveModel { place: Set(place), held: Set(held), ..Default::default() };
    Entity::update_many().set(passed).filter(of(tx, row.id)).exec(tx.on()).await.map(drop)
}

/// Takes a webhook that is due until `until`; `false` where another worker has it.
pub(super) async fn take(tx: &Transaction, row: &Row, now: Moment, until: Moment) -> Result<bool, DbErr> {
    let due =
        of(tx, row.id).add(Column::State.ne("stopped")).add(Column::Place.eq(row.place)).add(Column::NextAt.lte(now));
    let taken = ActiveModel { next_at: Set(until), ..Default::default() };
    Ok(Entity::update_many().set(taken).filter(due).exec(tx.on()).await?.rows_affected == 1)
}

/// Notes how far a webhook was told and how that went.
pub(super) async fn note(tx: &Transaction, row: &Row) -> Result<(), DbErr> {
    let noted = ActiveModel {
        place: Set(row.place),
        state: Set(row.state.clone()),
        attempts: Set(row.attempts),
        next_at: Set(row.next_at),
        sent_at: Set(row.sent_at),
        fault: Set(row.fault.clone()),
        ..Default::default()
    };
    Entity::update_many().set(noted).filter(of(tx, row.id)).exec(tx.on()).await.map(drop)
}
