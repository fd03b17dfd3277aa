//! Rows of forms that wait.

use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::{QueryOrder as _, QuerySelect as _};

use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};

mod kept_form {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "kept_form")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub person: PersonId,
        /// Sealed.
        #[sea_orm(column_type = "Text")]
        pub form: String,
        pub made_at: DateTimeUtc,
        pub expires_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

use kept_form::{ActiveModel, Column, Entity};

pub(super) async fn add(
    tx: &Transaction,
    digest: String,
    person: PersonId,
    form: String,
    (made_at, expires_at): (Moment, Moment),
) -> Result<(), DbErr> {
    let row = ActiveModel {
        tenant: Set(tx.tenant()),
        digest: Set(digest),
        person: Set(person),
        form: Set(form),
        made_at: Set(made_at),
        expires_at: Set(expires_at),
    };
    Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn one(tx: &Transaction, digest: &str) -> Result<Option<kept_form::Model>, DbErr> {
    Entity::find_by_id((tx.tenant(), digest.to_owned())).one(tx.on()).await
}

pub(super) async fn remove(tx: &Transaction, person: PersonId, digest: &str) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Digest.eq(digest))
        .filter(Column::Person.eq(person))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Removes all of somebody's but the newest `left`.
pub(super) async fn make_room(tx: &Transaction, person: PersonId, left: usize) -> Result<(), DbErr> {
    let own = Entity::find()
        .select_only()
        .column(Column::Digest)
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Person.eq(person))
        .order_by_desc(Column::MadeAt)
        .order_by_desc(Column::Digest);
    let own: Vec<String> = own.into_tuple().all(tx.on()).await?;
    let Some(old) = own.get(left..).filter(|old| !old.is_empty()) else { return Ok(()) };
    Entity::delete_many()
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Digest.is_in(old.to_vec()))
        .exec(tx.on())
        .await
        .map(drop)
}

pub(super) async fn is_any_late(tx: &Transaction, now: Moment) -> Result<bool, DbErr> {
    let late = Entity::find().filter(Column::Tenant.eq(tx.tenant())).filter(Column::ExpiresAt.lte(now));
    Ok(late.limit(1).one(tx.on()).await?.is_some())
}

pub(super) async fn remove_late(tx: &Transaction, now: Moment) -> Result<(), DbErr> {
    Entity::delete_many()
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::ExpiresAt.lte(now))
        .exec(tx.on())
        .await
        .map(drop)
}
