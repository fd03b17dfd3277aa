//! Rows of links with a provider's accounts, and of what came back from it.

use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::db::Transaction;
use crate::ids::{LinkId, PersonId, TenantId};

mod oidc_link {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "oidc_link")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LinkId,
        pub person: PersonId,
        pub issuer: String,
        pub subject: String,
        pub made_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod oidc_used {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "oidc_used")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub used_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

fn holding(tx: &Transaction) -> sea_orm::Select<oidc_link::Entity> {
    oidc_link::Entity::find()
        .filter(oidc_link::Column::Tenant.eq(tx.tenant()))
        .filter(oidc_link::Column::EndedAt.is_null())
}

pub(super) async fn of_subject(
    tx: &Transaction,
    issuer: &str,
    subject: &str,
) -> Result<Option<oidc_link::Model>, DbErr> {
    holding(tx)
        .filter(oidc_link::Column::Issuer.eq(issuer))
        .filter(oidc_link::Column::Subject.eq(subject))
        .one(tx.on())
        .await
}

pub(super) async fn of_person(tx: &Transaction, person: PersonId) -> Result<Vec<oidc_link::Model>, DbErr> {
    holding(tx).filter(oidc_link::Column::Person.eq(person)).all(tx.on()).await
}

pub(super) async fn add(
    tx: &Transaction,
    person: PersonId,
    issuer: &str,
    subject: &str,
    now: Moment,
) -> Result<(), DbErr> {
    let row = oidc_link::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(LinkId::new()),
        person: Set(person),
        issuer: Set(issuer.to_owned()),
        subject: Set(subject.to_owned()),
        made_at: Set(now),
        ended_at: Set(None),
    };
    oidc_link::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// Ends somebody's links; `false` where there are none.
pub(super) async fn end(tx: &Transaction, person: PersonId, now: Moment) -> Result<bool, DbErr> {
    let ended = oidc_link::Entity::update_many()
        .set(oidc_link::ActiveModel { ended_at: Set(Some(now)), ..Default::default() })
        .filter(oidc_link::Column::Tenant.eq(tx.tenant()))
        .filter(oidc_link::Column::Person.eq(person))
        .filter(oidc_link::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Notes what came back; `false` where it did before.
pub(super) async fn add_used(tx: &Transaction, digest: &str, now: Moment) -> Result<bool, DbErr> {
    let row = oidc_used::ActiveModel { tenant: Set(tx.tenant()), digest: Set(digest.to_owned()), used_at: Set(now) };
    let key = OnConflict::columns([oidc_used::Column::Tenant, oidc_used::Column::Digest]).do_nothing().to_owned();
    let added = oidc_used::Entity::insert(row).on_conflict(key).exec_without_returning(tx.on()).await?;
    Ok(added == 1)
}

pub(super) async fn forget_used(tx: &Transaction, before: Moment) -> Result<(), DbErr> {
    oidc_used::Entity::delete_many()
        .filter(oidc_used::Column::Tenant.eq(tx.tenant()))
        .filter(oidc_used::Column::UsedAt.lt(before))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Ends somebody's links and takes away whose they were at the provider.
pub(super) async fn forget(tx: &Transaction, person: PersonId, now: Moment) -> Result<(), DbErr> {
    oidc_link::Entity::update_many()
        .set(oidc_link::ActiveModel { subject: Set(String::new()), ended_at: Set(Some(now)), ..Default::default() })
        .filter(oidc_link::Column::Tenant.eq(tx.tenant()))
        .filter(oidc_link::Column::Person.eq(person))
        .exec(tx.on())
        .await
        .map(drop)
}
