//! Rows of a government's own days.

use haechi_core::time::Day;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel as _, QueryOrder as _};

use crate::db::Transaction;
use crate::ids::TenantId;

mod own_day {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "own_day")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Date,
        /// Whether the government is off; else it works.
        pub off: bool,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub set_by: String,
        pub set_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) use own_day::Model as Row;

pub(super) async fn all(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    own_day::Entity::find()
        .filter(own_day::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(own_day::Column::Day)
        .all(tx.on())
        .await
}

pub(super) async fn add(tx: &Transaction, row: Row) -> Result<(), DbErr> {
    own_day::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn remove(tx: &Transaction, day: Day) -> Result<(), DbErr> {
    own_day::Entity::delete_by_id((tx.tenant(), day)).exec(tx.on()).await.map(drop)
}
