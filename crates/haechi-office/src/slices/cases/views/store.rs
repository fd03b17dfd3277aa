//! Rows of saved views.

use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _};

use crate::db::Transaction;
use crate::ids::{PersonId, SavedViewId, TenantId};

mod saved_view {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "saved_view")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SavedViewId,
        pub person: PersonId,
        #[sea_orm(column_type = "Text")]
        pub name: String,
        #[sea_orm(column_type = "Text")]
        pub query: String,
        pub made_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(in super::super) use saved_view::Model as Row;

/// Somebody's views, in the order in which they were saved.
pub(super) async fn of(tx: &Transaction, person: PersonId) -> Result<Vec<Row>, DbErr> {
    saved_view::Entity::find()
        .filter(saved_view::Column::Tenant.eq(tx.tenant()))
        .filter(saved_view::Column::Person.eq(person))
        .order_by_asc(saved_view::Column::Id)
        .all(tx.on())
        .await
}

pub(super) async fn add(tx: &Transaction, row: Row) -> Result<(), DbErr> {
    saved_view::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn rename(tx: &Transaction, id: SavedViewId, name: &str) -> Result<(), DbErr> {
    saved_view::Entity::update_many()
        .set(saved_view::ActiveModel { name: Set(name.to_owned()), ..Default::default() })
        .filter(saved_view::Column::Tenant.eq(tx.tenant()))
        .filter(saved_view::Column::Id.eq(id))
        .exec(tx.on())
        .await
        .map(drop)
}

pub(super) async fn remove(tx: &Transaction, id: SavedViewId) -> Result<(), DbErr> {
    saved_view::Entity::delete_by_id((tx.tenant(), id)).exec(tx.on()).await.map(drop)
}
