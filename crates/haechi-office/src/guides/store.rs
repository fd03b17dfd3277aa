//! Rows of guides that somebody put away.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::{IntoActiveModel as _, QuerySelect as _};

use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};

mod guide_seen {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "guide_seen")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: PersonId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub role: String,
        pub seen_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The roles whose guides somebody put away.
pub(super) async fn seen(tx: &Transaction, person: PersonId) -> Result<Vec<String>, DbErr> {
    guide_seen::Entity::find()
        .select_only()
        .column(guide_seen::Column::Role)
        .filter(guide_seen::Column::Tenant.eq(tx.tenant()))
        .filter(guide_seen::Column::Person.eq(person))
        .into_tuple()
        .all(tx.on())
        .await
}

pub(super) async fn add(tx: &Transaction, person: PersonId, role: &str, now: Moment) -> Result<(), DbErr> {
    let row = guide_seen::Model { tenant: tx.tenant(), person, role: role.to_owned(), seen_at: now };
    guide_seen::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}
