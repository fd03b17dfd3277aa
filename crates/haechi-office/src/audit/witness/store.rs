//! Rows of what was seen of others' logs, and of what one's own witnesses answered.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder as _};
use tlog_tiles::tlog::Hash;

use super::super::cosignature::Seen;
use crate::db::Transaction;
use crate::ids::TenantId;

mod witness_seen {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "witness_seen")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub origin: String,
        pub size: i64,
        pub root: Vec<u8>,
        pub seen_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod witness_answer {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "witness_answer")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub witness: String,
        pub tried_at: DateTimeUtc,
        pub tried_size: i64,
        pub signed_at: Option<DateTimeUtc>,
        pub signed_size: Option<i64>,
        pub failed_at: Option<DateTimeUtc>,
        pub problem: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod anew {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "witness_begun_anew")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub origin: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub begun_at: DateTimeUtc,
        pub size_before: i64,
        pub root_before: Vec<u8>,
        pub size_after: i64,
        pub root_after: Vec<u8>,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) use anew::Model as AnewRow;
pub(crate) use witness_answer::Model as Answer;

fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn memory(row: witness_seen::Model) -> Option<Seen> {
    Some(Seen { size: u64::try_from(row.size).ok()?, root: Hash(row.root.try_into().ok()?) })
}

/// What was seen of a log; none where nothing was.
pub(super) async fn seen(tx: &Transaction, origin: &str) -> Result<Option<Seen>, DbErr> {
    let row = witness_seen::Entity::find_by_id((tx.tenant(), origin.to_owned())).one(tx.on()).await?;
    // A memory that cannot be read must not become that of a log never seen.
    row.map(|row| memory(row).ok_or_else(|| DbErr::Custom(format!("what was seen of {origin} cannot be read"))))
        .transpose()
}

/// What was seen of every log: its name, its size, when.
pub(crate) async fn seen_all(tx: &Transaction) -> Result<Vec<(String, u64, Moment)>, DbErr> {
    let rows = witness_seen::Entity::find()
        .filter(witness_seen::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(witness_seen::Column::Origin)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(|row| (row.origin, u64::try_from(row.size).unwrap_or(0), row.seen_at)).collect())
}

/// Remembers what is seen `now`, if the memory is still `before`; `false` where another request was first.
pub(super) async fn remember(
    tx: &Transaction,
    origin: &str,
    before: Option<Seen>,
    now: Seen,
    at: Moment,
) -> Result<bool, DbErr> {
    use witness_seen::Column;
    let row = witness_seen::ActiveModel {
        tenant: Set(tx.tenant()),
        origin: Set(origin.to_owned()),
        size: Set(number(now.size)),
        root: Set(now.root.0.to_vec()),
        seen_at: Set(at),
    };
    let changed = match before {
        None => {
            witness_seen::Entity::insert(row)
                .on_conflict(OnConflict::columns([Column::Tenant, Column::Origin]).do_nothing().to_owned())
                .exec_without_returning(tx.on())
                .await?
        }
        Some(before) => {
            witness_seen::Entity::update_many()
                .set(row)
                .filter(Column::Tenant.eq(tx.tenant()))
                .filter(Column::Origin.eq(origin))
                .filter(Column::Size.eq(number(before.size)))
                .filter(Column::Root.eq(before.root.0.to_vec()))
                .exec(tx.on())
                .await?
                .rows_affected
        }
    };
    Ok(changed == 1)
}

/// Keeps that a log was begun anew with.
pub(super) async fn keep_anew(
    tx: &Transaction,
    origin: &str,
    (before, now): (Seen, Seen),
    reason: &str,
    at: Moment,
) -> Result<(), DbErr> {
    let row = anew::ActiveModel {
        tenant: Set(tx.tenant()),
        origin: Set(origin.to_owned()),
        begun_at: Set(at),
        size_before: Set(number(before.size)),
        root_before: Set(before.root.0.to_vec()),
        size_after: Set(number(now.size)),
        root_after: Set(now.root.0.to_vec()),
        reason: Set(reason.to_owned()),
    };
    anew::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// Every log that was begun anew with, the newest first.
pub(crate) async fn begun_anew(tx: &Transaction) -> Result<Vec<AnewRow>, DbErr> {
    anew::Entity::find()
        .filter(anew::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(anew::Column::BegunAt)
        .all(tx.on())
        .await
}

/// What the witnesses of the tenant's log answered last.
pub(crate) async fn answers(tx: &Transaction) -> Result<Vec<Answer>, DbErr> {
    witness_answer::Entity::find().filter(witness_answer::Column::Tenant.eq(tx.tenant())).all(tx.on()).await
}

/// Keeps what a witness answered to the checkpoint of `size`: that it signed, or why not. The last of each kind stays, so that a
/// success does not hide that there was a failure, and the other way round.
pub(super) async fn keep_answer(
    tx: &Transaction,
    witness: &str,
    size: u64,
    problem: Option<&str>,
    at: Moment,
) -> Result<(), DbErr> {
    use witness_answer::Column;
    let signed = problem.is_none();
    let row = witness_answer::ActiveModel {
        tenant: Set(tx.tenant()),
        witness: Set(witness.to_owned()),
        tried_at: Set(at),
        tried_size: Set(number(size)),
        signed_at: Set(signed.then_some(at)),
        signed_size: Set(signed.then_some(number(size))),
        failed_at: Set((!signed).then_some(at)),
        problem: Set(problem.map(str::to_owned)),
    };
    let of_kind = if signed { [Column::SignedAt, Column::SignedSize] } else { [Column::FailedAt, Column::Problem] };
    let conflict = OnConflict::columns([Column::Tenant, Column::Witness])
        .update_columns([Column::TriedAt, Column::TriedSize])
        .update_columns(of_kind)
        .to_owned();
    witness_answer::Entity::insert(row).on_conflict(conflict).exec_without_returning(tx.on()).await.map(drop)
}
