//! Rows of ways out. They are nobody's: the tenant of their transaction is that of no government.

use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::super::fault::{Fault, What};
use super::super::senders::Channel;
use super::{Down, Way};
use crate::db::Transaction;
use crate::ids::TenantId;

mod way_out {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "way_out")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub channel: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub server: String,
        pub since: DateTimeUtc,
        /// The next attempt; none where the way is open.
        pub until: Option<DateTimeUtc>,
        pub tried: i32,
        #[sea_orm(column_type = "Text", nullable)]
        pub fault: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// How a way out is.
pub(super) async fn way(tx: &Transaction, channel: Channel, server: &str) -> Result<Way, DbErr> {
    let key = (tx.tenant(), channel.as_str().to_owned(), server.to_owned());
    let Some(row) = way_out::Entity::find_by_id(key).one(tx.on()).await? else { return Ok(Way::Open { since: None }) };
    let Some(until) = row.until else { return Ok(Way::Open { since: Some(row.since) }) };
    // A word of another version of the program is still a closed way.
    let fault = row.fault.as_deref().and_then(Fault::parse).unwrap_or_else(|| What::Connection.into());
    Ok(Way::Closed(Down { since: row.since, until, tried: u32::try_from(row.tried).unwrap_or(0), fault }))
}

/// Keeps how a way out is.
pub(super) async fn put(tx: &Transaction, channel: Channel, server: &str, way: Way) -> Result<(), DbErr> {
    let since = match way {
        Way::Open { since: None } => return Ok(()),
        Way::Open { since: Some(since) } | Way::Closed(Down { since, .. }) => since,
    };
    let down = way.down();
    let row = way_out::ActiveModel {
        tenant: Set(tx.tenant()),
        channel: Set(channel.as_str().to_owned()),
        server: Set(server.to_owned()),
        since: Set(since),
        until: Set(down.map(|down| down.until)),
        tried: Set(down.map_or(0, |down| i32::try_from(down.tried).unwrap_or(i32::MAX))),
        fault: Set(down.map(|down| down.fault.to_string())),
    };
    let replace = OnConflict::columns([way_out::Column::Tenant, way_out::Column::Channel, way_out::Column::Server])
        .update_columns([
            way_out::Column::Since,
            way_out::Column::Until,
            way_out::Column::Tried,
            way_out::Column::Fault,
        ])
        .to_owned();
    way_out::Entity::insert(row).on_conflict(replace).exec_without_returning(tx.on()).await.map(drop)
}
