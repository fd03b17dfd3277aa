//! Rows of closed months.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder as _};

use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};

pub(crate) mod month_sheet {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "month_sheet")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub month: String,
        #[sea_orm(column_type = "Text")]
        pub sheet: String,
        #[sea_orm(column_type = "Text")]
        pub note: String,
        pub closed_by: Option<PersonId>,
        pub closed_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use month_sheet::Model as Row;

pub(super) async fn one(tx: &Transaction, month: &str) -> Result<Option<Row>, DbErr> {
    month_sheet::Entity::find_by_id((tx.tenant(), month.to_owned())).one(tx.on()).await
}

/// Closed months, the newest first.
pub(super) async fn all(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    month_sheet::Entity::find()
        .filter(month_sheet::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(month_sheet::Column::Month)
        .all(tx.on())
        .await
}

pub(super) async fn add(
    tx: &Transaction,
    month: &str,
    sheet: String,
    note: &str,
    by: Option<PersonId>,
    now: Moment,
) -> Result<(), DbErr> {
    let row = month_sheet::ActiveModel {
        tenant: Set(tx.tenant()),
        month: Set(month.to_owned()),
        sheet: Set(sheet),
        note: Set(note.to_owned()),
        closed_by: Set(by),
        closed_at: Set(now),
    };
    month_sheet::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}
