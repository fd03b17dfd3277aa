//! Rows of proposals, holds, destroyed records and certificates.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{IntoCondition, OnConflict};
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, Select, TryGetable};

use super::{Due, HoldId, RetentionProposalId};
use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};

/// What a proposal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = RetentionProposalKind)]
pub(crate) enum Kind {
    /// For how long a class is kept.
    Period,
    /// That what has fallen due of a class is destroyed.
    Destruction,
    /// That a hold is lifted.
    Lift,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Period, Self::Destruction, Self::Lift];

    /// The word in the database and the words (`retention-kind-period`).
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Destruction => "destruction",
            Self::Lift => "lift",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

mod proposal {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "retention_proposal")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RetentionProposalId,
        pub kind: String,
        /// Empty where it is about a hold.
        pub class: String,
        pub years: Option<i32>,
        pub from_new_year: bool,
        pub first_day: Option<Date>,
        pub until: Option<Date>,
        /// That of nobody where it is about none.
        pub hold: HoldId,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub proposed_by: PersonId,
        pub proposed_at: DateTimeUtc,
        pub decided_by: Option<PersonId>,
        pub decided_at: Option<DateTimeUtc>,
        pub approved: Option<bool>,
        #[sea_orm(column_type = "Text", nullable)]
        pub answer: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod hold {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "legal_hold")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: HoldId,
        pub kind: String,
        pub record: String,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        #[sea_orm(column_type = "Text")]
        pub basis: String,
        pub set_by: PersonId,
        pub set_at: DateTimeUtc,
        pub lifted_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod destroyed {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "destroyed_record")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub record: Uuid,
        pub proposal: RetentionProposalId,
        pub digest: String,
        pub at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod certificate {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "destruction_certificate")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub proposal: RetentionProposalId,
        pub ended_at: DateTimeUtc,
        pub destroyed: i64,
        pub held: i64,
        pub digest: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod doomed {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "doomed_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) use certificate::Model as Certificate;
pub(crate) use hold::Model as Hold;
pub(crate) use proposal::Model as Proposal;

/// What of `found` has fallen due: each is there since `at`, which those found all have, and `held` says of which a hold keeps them.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn due<E, T>(
    tx: &Transaction,
    found: Select<E>,
    at: E::Column,
    held: impl IntoCondition,
) -> Result<Due<T>, DbErr>
where
    E: EntityTrait<Model: Send + Sync>,
    T: TryGetable + Send,
{
    let oldest = found.clone().select_only().column(at).order_by_asc(at).limit(1).into_tuple().one(tx.on()).await?;
    let held = found.clone().filter(held.into_condition()).count(tx.on()).await?;
    Ok(Due { count: found.count(tx.on()).await?, held, oldest })
}

/// Adds a proposal; `false` where one of the same thing waits.
pub(super) async fn add(tx: &Transaction, row: Proposal) -> Result<bool, DbErr> {
    let added = proposal::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.on())
        .await?;
    Ok(added == 1)
}

/// A proposal.
pub(super) async fn one(tx: &Transaction, id: RetentionProposalId) -> Result<Option<Proposal>, DbErr> {
    proposal::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// Every proposal there was, the newest first: as few as two people make.
pub(super) async fn all(tx: &Transaction) -> Result<Vec<Proposal>, DbErr> {
    proposal::Entity::find()
        .filter(proposal::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(proposal::Column::ProposedAt)
        .order_by_desc(proposal::Column::Id)
        .all(tx.on())
        .await
}

/// Decides a proposal; `false` where it is decided already.
pub(super) async fn decide(
    tx: &Transaction,
    id: RetentionProposalId,
    by: PersonId,
    approved: bool,
    answer: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let decided = proposal::Entity::update_many()
        .set(proposal::ActiveModel {
            decided_by: Set(Some(by)),
            decided_at: Set(Some(now)),
            approved: Set(Some(approved)),
            answer: Set(Some(answer.to_owned())),
            ..Default::default()
        })
        .filter(proposal::Column::Tenant.eq(tx.tenant()))
        .filter(proposal::Column::Id.eq(id))
        .filter(proposal::Column::DecidedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(decided.rows_affected == 1)
}

/// Destructions that were approved and have not ended, the one that was approved first first.
pub(super) async fn running(tx: &Transaction) -> Result<Vec<Proposal>, DbErr> {
    let ended: Vec<RetentionProposalId> = certificates(tx).await?.into_iter().map(|row| row.proposal).collect();
    proposal::Entity::find()
        .filter(proposal::Column::Tenant.eq(tx.tenant()))
        .filter(proposal::Column::Kind.eq(Kind::Destruction.as_str()))
        .filter(proposal::Column::Approved.eq(true))
        .filter(proposal::Column::Id.is_not_in(ended))
        .order_by_asc(proposal::Column::DecidedAt)
        .order_by_asc(proposal::Column::Id)
        .all(tx.on())
        .await
}

pub(super) async fn add_hold(tx: &Transaction, row: Hold) -> Result<(), DbErr> {
    hold::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn hold(tx: &Transaction, id: HoldId) -> Result<Option<Hold>, DbErr> {
    hold::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// Every hold there was, those that hold first, the newest first.
pub(super) async fn holds(tx: &Transaction) -> Result<Vec<Hold>, DbErr> {
    let mut rows = hold::Entity::find()
        .filter(hold::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(hold::Column::SetAt)
        .order_by_desc(hold::Column::Id)
        .all(tx.on())
        .await?;
    rows.sort_by_key(|row| row.lifted_at.is_some());
    Ok(rows)
}

/// Lifts a hold; `false` where it is lifted.
pub(super) async fn lift(tx: &Transaction, id: HoldId, now: Moment) -> Result<bool, DbErr> {
    let lifted = hold::Entity::update_many()
        .set(hold::ActiveModel { lifted_at: Set(Some(now)), ..Default::default() })
        .filter(hold::Column::Tenant.eq(tx.tenant()))
        .filter(hold::Column::Id.eq(id))
        .filter(hold::Column::LiftedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(lifted.rows_affected == 1)
}

/// Notes which records a destruction takes, each with the digest of what it was: before they go, and each once.
pub(super) async fn add_destroyed(
    tx: &Transaction,
    proposal: RetentionProposalId,
    records: &[(Uuid, String)],
    now: Moment,
) -> Result<(), DbErr> {
    for records in records.chunks(200) {
        let rows = records.iter().map(|(record, digest)| destroyed::ActiveModel {
            tenant: Set(tx.tenant()),
            record: Set(*record),
            proposal: Set(proposal),
            digest: Set(digest.clone()),
            at: Set(now),
        });
        destroyed::Entity::insert_many(rows).exec_without_returning(tx.on()).await?;
    }
    Ok(())
}

/// The records that a destruction took, by their ids.
pub(super) async fn destroyed(tx: &Transaction, proposal: RetentionProposalId) -> Result<Vec<Uuid>, DbErr> {
    destroyed::Entity::find()
        .select_only()
        .column(destroyed::Column::Record)
        .filter(destroyed::Column::Tenant.eq(tx.tenant()))
        .filter(destroyed::Column::Proposal.eq(proposal))
        .order_by_asc(destroyed::Column::Record)
        .into_tuple()
        .all(tx.on())
        .await
}

/// How many a destruction took.
pub(super) async fn count_destroyed(tx: &Transaction, proposal: RetentionProposalId) -> Result<u64, DbErr> {
    destroyed::Entity::find()
        .filter(destroyed::Column::Tenant.eq(tx.tenant()))
        .filter(destroyed::Column::Proposal.eq(proposal))
        .count(tx.on())
        .await
}

/// By which destruction a record went.
pub(super) async fn destroyed_by(tx: &Transaction, record: Uuid) -> Result<Option<RetentionProposalId>, DbErr> {
    let row = destroyed::Entity::find_by_id((tx.tenant(), record)).one(tx.on()).await?;
    Ok(row.map(|row| row.proposal))
}

pub(super) async fn certify(tx: &Transaction, row: Certificate) -> Result<(), DbErr> {
    certificate::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn certificate(tx: &Transaction, id: RetentionProposalId) -> Result<Option<Certificate>, DbErr> {
    certificate::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// Every certificate, the newest first.
pub(super) async fn certificates(tx: &Transaction) -> Result<Vec<Certificate>, DbErr> {
    certificate::Entity::find()
        .filter(certificate::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(certificate::Column::EndedAt)
        .order_by_desc(certificate::Column::Proposal)
        .all(tx.on())
        .await
}

/// Notes files that go if nothing else points at them.
pub(super) async fn doom(tx: &Transaction, digests: &[String]) -> Result<(), DbErr> {
    for digest in digests {
        let row = doomed::ActiveModel { tenant: Set(tx.tenant()), digest: Set(digest.clone()) };
        let key = OnConflict::columns([doomed::Column::Tenant, doomed::Column::Digest]).do_nothing().to_owned();
        doomed::Entity::insert(row).on_conflict(key).exec_without_returning(tx.on()).await?;
    }
    Ok(())
}

/// The files that are to go.
pub(super) async fn doomed(tx: &Transaction, most: u64) -> Result<Vec<String>, DbErr> {
    doomed::Entity::find()
        .select_only()
        .column(doomed::Column::Digest)
        .filter(doomed::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(doomed::Column::Digest)
        .limit(most)
        .into_tuple()
        .all(tx.on())
        .await
}

/// Notes that a file is dealt with.
pub(super) async fn undoom(tx: &Transaction, digest: &str) -> Result<(), DbErr> {
    doomed::Entity::delete_by_id((tx.tenant(), digest.to_owned())).exec(tx.on()).await.map(drop)
}
