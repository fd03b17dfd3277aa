//! Rows of the log, its hashes and its checkpoints.

use std::collections::{BTreeMap, HashMap};

use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};
use tlog_tiles::tlog::Hash;

use crate::db::Transaction;
use crate::ids::TenantId;

mod event {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        #[sea_orm(column_type = "Text")]
        pub line: String,
        pub about: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod hash {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_hash")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub position: i64,
        pub hash: Vec<u8>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod checkpoint {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_checkpoint")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub size: i64,
        pub made_at: String,
        #[sea_orm(column_type = "Text")]
        pub note: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod cosignature {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_cosignature")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub size: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub witness: String,
        #[sea_orm(column_type = "Text")]
        pub line: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A number as the databases keep it. A log does not reach 2^63 events.
fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn count(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

/// How many events the log holds.
pub(super) async fn size(tx: &Transaction) -> Result<u64, DbErr> {
    let last: Option<i64> = event::Entity::find()
        .select_only()
        .column(event::Column::Position)
        .filter(event::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(event::Column::Position)
        .limit(1)
        .into_tuple()
        .one(tx.on())
        .await?;
    Ok(last.map_or(0, |last| count(last) + 1))
}

/// The stored hashes at `positions`; one that is missing is left out.
pub(super) async fn hashes(tx: &Transaction, positions: &[u64]) -> Result<HashMap<u64, Hash>, DbErr> {
    if positions.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = hash::Entity::find()
        .filter(hash::Column::Tenant.eq(tx.tenant()))
        .filter(hash::Column::Position.is_in(positions.iter().map(|position| number(*position))))
        .all(tx.on())
        .await?;
    let hash = |row: hash::Model| Some((count(row.position), Hash(row.hash.try_into().ok()?)));
    Ok(rows.into_iter().filter_map(hash).collect())
}

/// An event's place, what it is about, and its line.
pub(super) struct NewLine {
    pub(super) position: u64,
    pub(super) about: String,
    pub(super) line: String,
}

impl NewLine {
    fn row(self, tenant: TenantId) -> event::ActiveModel {
        event::ActiveModel {
            tenant: Set(tenant),
            position: Set(number(self.position)),
            line: Set(self.line),
            about: Set(Some(self.about)),
        }
    }
}

/// Adds events and the hashes they complete.
pub(super) async fn add_all(tx: &Transaction, lines: Vec<NewLine>, hashes: Vec<(u64, Hash)>) -> Result<(), DbErr> {
    let rows = lines.into_iter().map(|line| line.row(tx.tenant()));
    event::Entity::insert_many(rows).exec_without_returning(tx.on()).await?;
    let rows = hashes.into_iter().map(|(position, hash)| hash::ActiveModel {
        tenant: Set(tx.tenant()),
        position: Set(number(position)),
        hash: Set(hash.0.to_vec()),
    });
    hash::Entity::insert_many(rows).exec_without_returning(tx.on()).await?;
    Ok(())
}

/// At most `most` lines from `from` on.
pub(crate) async fn lines(tx: &Transaction, from: u64, most: u64) -> Result<Vec<String>, DbErr> {
    event::Entity::find()
        .select_only()
        .column(event::Column::Line)
        .filter(event::Column::Tenant.eq(tx.tenant()))
        .filter(event::Column::Position.gte(number(from)))
        .order_by_asc(event::Column::Position)
        .limit(most)
        .into_tuple()
        .all(tx.on())
        .await
}

/// The events about these records (`kind/id`), the oldest first: position and line.
pub(super) async fn about(tx: &Transaction, records: &[String]) -> Result<Vec<(u64, String)>, DbErr> {
    let rows = event::Entity::find()
        .filter(event::Column::Tenant.eq(tx.tenant()))
        .filter(event::Column::About.is_in(records.iter().map(String::as_str)))
        .order_by_asc(event::Column::Position)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(|row| (count(row.position), row.line)).collect())
}

/// At most `most` lines before `before`, the newest first.
pub(super) async fn newest_lines(tx: &Transaction, before: u64, most: u64) -> Result<Vec<String>, DbErr> {
    event::Entity::find()
        .select_only()
        .column(event::Column::Line)
        .filter(event::Column::Tenant.eq(tx.tenant()))
        .filter(event::Column::Position.lt(number(before)))
        .order_by_desc(event::Column::Position)
        .limit(most)
        .into_tuple()
        .all(tx.on())
        .await
}

/// Keeps a checkpoint.
pub(super) async fn keep_checkpoint(tx: &Transaction, size: u64, at: String, note: String) -> Result<(), DbErr> {
    let row = checkpoint::ActiveModel {
        tenant: Set(tx.tenant()),
        size: Set(number(size)),
        made_at: Set(at),
        note: Set(note),
    };
    checkpoint::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// At most `most` checkpoints over more than `after` events as they were made, the oldest first: size and note.
pub(super) async fn checkpoints(tx: &Transaction, after: u64, most: u64) -> Result<Vec<(u64, String)>, DbErr> {
    let rows = checkpoint::Entity::find()
        .filter(checkpoint::Column::Tenant.eq(tx.tenant()))
        .filter(checkpoint::Column::Size.gt(number(after)))
        .order_by_asc(checkpoint::Column::Size)
        .limit(most)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(|row| (count(row.size), row.note)).collect())
}

/// The note of the checkpoint over `size` events.
pub(super) async fn checkpoint_of(tx: &Transaction, size: u64) -> Result<Option<String>, DbErr> {
    let row = checkpoint::Entity::find_by_id((tx.tenant(), number(size))).one(tx.on()).await?;
    Ok(row.map(|row| row.note))
}

/// The newest checkpoint.
pub(super) async fn last_checkpoint(tx: &Transaction) -> Result<Option<(u64, String)>, DbErr> {
    let row = checkpoint::Entity::find()
        .filter(checkpoint::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(checkpoint::Column::Size)
        .limit(1)
        .one(tx.on())
        .await?;
    Ok(row.map(|row| (count(row.size), row.note)))
}

/// When the newest checkpoint was made, and over how many events.
pub(super) async fn last_made(tx: &Transaction) -> Result<Option<(u64, String)>, DbErr> {
    let row = checkpoint::Entity::find()
        .filter(checkpoint::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(checkpoint::Column::Size)
        .limit(1)
        .one(tx.on())
        .await?;
    Ok(row.map(|row| (count(row.size), row.made_at)))
}

/// When the first checkpoint over more than `size` events was made.
pub(super) async fn first_made_after(tx: &Transaction, size: u64) -> Result<Option<String>, DbErr> {
    checkpoint::Entity::find()
        .select_only()
        .column(checkpoint::Column::MadeAt)
        .filter(checkpoint::Column::Tenant.eq(tx.tenant()))
        .filter(checkpoint::Column::Size.gt(number(size)))
        .order_by_asc(checkpoint::Column::Size)
        .limit(1)
        .into_tuple()
        .one(tx.on())
        .await
}

/// Over how many events each witness signed a checkpoint last.
pub(super) async fn witnessed(tx: &Transaction) -> Result<BTreeMap<String, u64>, DbErr> {
    let rows: Vec<(String, i64)> = cosignature::Entity::find()
        .select_only()
        .column(cosignature::Column::Witness)
        .column_as(cosignature::Column::Size.max(), "size")
        .filter(cosignature::Column::Tenant.eq(tx.tenant()))
        .group_by(cosignature::Column::Witness)
        .into_tuple()
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(|(witness, size)| (witness, count(size))).collect())
}

/// Keeps a witness's signature line of the checkpoint of `size`.
pub(super) async fn keep_cosignature(tx: &Transaction, size: u64, witness: String, line: String) -> Result<(), DbErr> {
    let row = cosignature::ActiveModel {
        tenant: Set(tx.tenant()),
        size: Set(number(size)),
        witness: Set(witness),
        line: Set(line),
    };
    // A witness that is asked again signs again; the first line stays.
    let twice = [cosignature::Column::Tenant, cosignature::Column::Size, cosignature::Column::Witness];
    cosignature::Entity::insert(row)
        .on_conflict(OnConflict::columns(twice).do_nothing().to_owned())
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

/// The witnesses' lines of checkpoints over `from` to `to` events, by size.
pub(super) async fn cosignatures(tx: &Transaction, from: u64, to: u64) -> Result<Vec<(u64, String)>, DbErr> {
    let rows = cosignature::Entity::find()
        .filter(cosignature::Column::Tenant.eq(tx.tenant()))
        .filter(cosignature::Column::Size.between(number(from), number(to)))
        .order_by_asc(cosignature::Column::Size)
        .order_by_asc(cosignature::Column::Witness)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(|row| (count(row.size), row.line)).collect())
}
