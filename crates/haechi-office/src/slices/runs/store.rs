//! Rows of runs.

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};

use crate::db::Transaction;
use crate::ids::{RunId, TenantId};

pub(crate) mod run {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "run")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RunId,
        pub number: i64,
        pub digest: String,
        pub as_of: Date,
        pub received_at: DateTimeUtc,
        pub received_by: String,
        #[sea_orm(column_type = "Text")]
        pub report: String,
        pub findings: i64,
        pub new_alerts: i64,
        pub seen_alerts: i64,
        pub gone_alerts: i64,
        pub hidden_alerts: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A run that is not yet there.
pub(super) struct NewRun {
    pub(super) id: RunId,
    pub(super) digest: String,
    pub(super) as_of: Day,
    pub(super) received_by: String,
    pub(super) report: String,
    pub(super) findings: u64,
    pub(super) counts: super::Counts,
}

pub(super) async fn with_digest(tx: &Transaction, digest: &str) -> Result<Option<run::Model>, DbErr> {
    run::Entity::find()
        .filter(run::Column::Tenant.eq(tx.tenant()))
        .filter(run::Column::Digest.eq(digest))
        .one(tx.on())
        .await
}

pub(super) async fn add(tx: &Transaction, new: NewRun, now: Moment) -> Result<i64, DbErr> {
    let number = newest(tx).await?.map_or(0, |row| row.number) + 1;
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let row = run::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(new.id),
        number: Set(number),
        digest: Set(new.digest),
        as_of: Set(new.as_of),
        received_at: Set(now),
        received_by: Set(new.received_by),
        report: Set(new.report),
        findings: Set(count(new.findings)),
        new_alerts: Set(count(new.counts.new)),
        seen_alerts: Set(count(new.counts.seen)),
        gone_alerts: Set(count(new.counts.gone)),
        hidden_alerts: Set(count(new.counts.hidden)),
    };
    run::Entity::insert(row).exec_without_returning(tx.on()).await?;
    Ok(number)
}

pub(crate) async fn newest(tx: &Transaction) -> Result<Option<run::Model>, DbErr> {
    run::Entity::find()
        .filter(run::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(run::Column::Number)
        .limit(1)
        .one(tx.on())
        .await
}

/// When the newest run was received: its report may be long.
pub(super) async fn newest_at(tx: &Transaction) -> Result<Option<Moment>, DbErr> {
    run::Entity::find()
        .select_only()
        .column(run::Column::ReceivedAt)
        .filter(run::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(run::Column::Number)
        .limit(1)
        .into_tuple()
        .one(tx.on())
        .await
}

/// Runs with numbers below `after`, the newest first.
pub(super) async fn list(tx: &Transaction, after: Option<i64>, most: u64) -> Result<Vec<run::Model>, DbErr> {
    let mut found =
        run::Entity::find().filter(run::Column::Tenant.eq(tx.tenant())).order_by_desc(run::Column::Number).limit(most);
    if let Some(after) = after {
        found = found.filter(run::Column::Number.lt(after));
    }
    found.all(tx.on()).await
}

pub(super) async fn one(tx: &Transaction, id: RunId) -> Result<Option<run::Model>, DbErr> {
    run::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}
