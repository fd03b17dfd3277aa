//! Rows of settings.

use haechi_core::time::{Day, Moment};
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::db::Transaction;
use crate::ids::TenantId;

pub(super) mod setting {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "setting")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub scope: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub first_day: Date,
        pub value: String,
        pub set_by: String,
        pub set_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use setting::Model as Row;

pub(super) async fn all(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    setting::Entity::find().filter(setting::Column::Tenant.eq(tx.tenant())).all(tx.on()).await
}

pub(super) async fn set(
    tx: &Transaction,
    name: &str,
    scope: &str,
    from: Day,
    value: &str,
    by: &str,
    now: Moment,
) -> Result<(), DbErr> {
    let row = setting::ActiveModel {
        tenant: Set(tx.tenant()),
        name: Set(name.to_owned()),
        scope: Set(scope.to_owned()),
        first_day: Set(from),
        value: Set(value.to_owned()),
        set_by: Set(by.to_owned()),
        set_at: Set(now),
    };
    setting::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([
                setting::Column::Tenant,
                setting::Column::Name,
                setting::Column::Scope,
                setting::Column::FirstDay,
            ])
            .update_columns([setting::Column::Value, setting::Column::SetBy, setting::Column::SetAt])
            .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}
