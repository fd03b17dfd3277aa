//! Rows of steps that somebody said to have done.

use sea_orm::IntoActiveModel as _;
use sea_orm::entity::prelude::*;

use crate::db::Transaction;
use crate::ids::TenantId;

mod setup_step {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "setup_step")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub step: String,
        pub said_by: String,
        pub said_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use setup_step::Model as Row;

pub(super) async fn all(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    setup_step::Entity::find().filter(setup_step::Column::Tenant.eq(tx.tenant())).all(tx.on()).await
}

pub(super) async fn add(tx: &Transaction, row: Row) -> Result<(), DbErr> {
    setup_step::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}
