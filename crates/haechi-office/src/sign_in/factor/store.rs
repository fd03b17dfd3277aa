//! Rows of second factors and codes on paper.

use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;

use crate::db::Transaction;
use crate::ids::{PersonId, TenantId};

mod second_factor {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "second_factor")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person: PersonId,
        /// The app's secret, sealed.
        pub secret: String,
        pub made_at: DateTimeUtc,
        /// The step of the last code that was taken.
        pub last_step: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod recovery_code {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recovery_code")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        pub person: PersonId,
        pub made_at: DateTimeUtc,
        pub used_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) async fn factor(tx: &Transaction, person: PersonId) -> Result<Option<second_factor::Model>, DbErr> {
    second_factor::Entity::find_by_id((tx.tenant(), person)).one(tx.on()).await
}

/// Keeps a second factor in place of the one there. The step of the code that confirmed it is used.
pub(super) async fn keep_factor(
    tx: &Transaction,
    person: PersonId,
    secret: String,
    step: i64,
    now: Moment,
) -> Result<(), DbErr> {
    let row = second_factor::ActiveModel {
        tenant: Set(tx.tenant()),
        person: Set(person),
        secret: Set(secret),
        made_at: Set(now),
        last_step: Set(step),
    };
    second_factor::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([second_factor::Column::Tenant, second_factor::Column::Person])
                .update_columns([
                    second_factor::Column::Secret,
                    second_factor::Column::MadeAt,
                    second_factor::Column::LastStep,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

/// Uses the code of a step up; `false` where it, or a later one, was used before.
pub(super) async fn use_step(tx: &Transaction, person: PersonId, step: i64) -> Result<bool, DbErr> {
    let used = second_factor::Entity::update_many()
        .set(second_factor::ActiveModel { last_step: Set(step), ..Default::default() })
        .filter(second_factor::Column::Tenant.eq(tx.tenant()))
        .filter(second_factor::Column::Person.eq(person))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(tx.on())
        .await?;
    Ok(used.rows_affected == 1)
}

/// Takes somebody's second factor and codes on paper away; `false` where there was none.
pub(super) async fn remove(tx: &Transaction, person: PersonId) -> Result<bool, DbErr> {
    remove_paper(tx, person).await?;
    let gone = second_factor::Entity::delete_by_id((tx.tenant(), person)).exec(tx.on()).await?;
    Ok(gone.rows_affected == 1)
}

async fn remove_paper(tx: &Transaction, person: PersonId) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::Tenant.eq(tx.tenant()))
        .filter(recovery_code::Column::Person.eq(person))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Keeps codes on paper in place of those there.
pub(super) async fn replace_paper(
    tx: &Transaction,
    person: PersonId,
    digests: impl Iterator<Item = String>,
    now: Moment,
) -> Result<(), DbErr> {
    remove_paper(tx, person).await?;
    let rows = digests.map(|digest| recovery_code::ActiveModel {
        tenant: Set(tx.tenant()),
        digest: Set(digest),
        person: Set(person),
        made_at: Set(now),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx.on()).await.map(drop)
}

/// Uses a code on paper up; `false` where there is none such, or it was used.
pub(super) async fn use_paper(tx: &Transaction, person: PersonId, digest: &str, now: Moment) -> Result<bool, DbErr> {
    let used = recovery_code::Entity::update_many()
        .set(recovery_code::ActiveModel { used_at: Set(Some(now)), ..Default::default() })
        .filter(recovery_code::Column::Tenant.eq(tx.tenant()))
        .filter(recovery_code::Column::Digest.eq(digest))
        .filter(recovery_code::Column::Person.eq(person))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(used.rows_affected == 1)
}

/// Codes on paper that were not used.
pub(super) async fn paper_left(tx: &Transaction, person: PersonId) -> Result<u64, DbErr> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::Tenant.eq(tx.tenant()))
        .filter(recovery_code::Column::Person.eq(person))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(tx.on())
        .await
}
