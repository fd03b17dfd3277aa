//! Rows of accesses and of the months that were looked through.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel as _, QueryOrder as _, QuerySelect as _};

use super::Look;
use crate::db::Transaction;
use crate::ids::{AccessId, CaseId, PersonId, TenantId};

pub(super) mod access_log {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "access_log")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccessId,
        pub person: PersonId,
        pub whose: String,
        pub case_id: CaseId,
        pub action: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod access_review {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "access_review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        pub signed_by: PersonId,
        pub signed_at: DateTimeUtc,
        pub views: i64,
        pub reveals: i64,
        pub downloads: i64,
        #[sea_orm(column_type = "Text")]
        pub note: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use access_log::Model as Row;
pub(super) use access_review::Model as Review;

pub(super) async fn add(tx: &Transaction, row: Row) -> Result<(), DbErr> {
    access_log::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

/// Whether somebody did this to a case since then.
pub(super) async fn is_noted(
    tx: &Transaction,
    person: PersonId,
    case: CaseId,
    look: Look,
    since: Moment,
) -> Result<bool, DbErr> {
    let found = access_log::Entity::find()
        .filter(access_log::Column::Tenant.eq(tx.tenant()))
        .filter(access_log::Column::Person.eq(person))
        .filter(access_log::Column::CaseId.eq(case))
        .filter(access_log::Column::Action.eq(look.as_str()))
        .filter(access_log::Column::At.gt(since))
        .limit(1)
        .one(tx.on())
        .await?;
    Ok(found.is_some())
}

/// Who did what when, from one moment up to another: enough to count, and no text.
pub(super) async fn counted(
    tx: &Transaction,
    from: Moment,
    to: Moment,
) -> Result<Vec<(PersonId, String, Moment)>, DbErr> {
    access_log::Entity::find()
        .select_only()
        .columns([access_log::Column::Person, access_log::Column::Action, access_log::Column::At])
        .filter(access_log::Column::Tenant.eq(tx.tenant()))
        .filter(access_log::Column::At.gte(from))
        .filter(access_log::Column::At.lt(to))
        .into_tuple()
        .all(tx.on())
        .await
}

/// What was revealed or taken away in that time, the newest first.
pub(super) async fn with_reason(tx: &Transaction, from: Moment, to: Moment, most: u64) -> Result<Vec<Row>, DbErr> {
    access_log::Entity::find()
        .filter(access_log::Column::Tenant.eq(tx.tenant()))
        .filter(access_log::Column::At.gte(from))
        .filter(access_log::Column::At.lt(to))
        .filter(access_log::Column::Action.ne(Look::View.as_str()))
        .order_by_desc(access_log::Column::At)
        .order_by_desc(access_log::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// The same a page at a time: those that were noted before `after`, the newest first.
pub(super) async fn reasons_page(
    tx: &Transaction,
    (from, to): (Moment, Moment),
    after: Option<AccessId>,
    most: u64,
) -> Result<Vec<Row>, DbErr> {
    let mut found = access_log::Entity::find()
        .filter(access_log::Column::Tenant.eq(tx.tenant()))
        .filter(access_log::Column::At.gte(from))
        .filter(access_log::Column::At.lt(to))
        .filter(access_log::Column::Action.ne(Look::View.as_str()))
        .order_by_desc(access_log::Column::Id)
        .limit(most);
    if let Some(after) = after {
        found = found.filter(access_log::Column::Id.lt(after));
    }
    found.all(tx.on()).await
}

/// When the first access was.
pub(super) async fn first(tx: &Transaction) -> Result<Option<Moment>, DbErr> {
    access_log::Entity::find()
        .select_only()
        .column(access_log::Column::At)
        .filter(access_log::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(access_log::Column::At)
        .limit(1)
        .into_tuple()
        .one(tx.on())
        .await
}

/// The months that were signed.
pub(super) async fn reviews(tx: &Transaction) -> Result<Vec<Review>, DbErr> {
    access_review::Entity::find()
        .filter(access_review::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(access_review::Column::Month)
        .all(tx.on())
        .await
}

pub(super) async fn add_review(tx: &Transaction, row: Review) -> Result<(), DbErr> {
    access_review::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}
