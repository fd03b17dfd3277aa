//! Rows of keys and what was answered.

use chrono::TimeDelta;
use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, Condition};

use super::Whose;
use crate::db::Transaction;
use crate::ids::TenantId;

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How long a request may be under way before its key is free again.
const RUNNING: TimeDelta = TimeDelta::minutes(5);

mod idempotency {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub token: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub digest: String,
        pub made_at: DateTimeUtc,
        pub status: Option<i32>,
        pub media: Option<String>,
        pub tag: Option<String>,
        #[sea_orm(column_type = "Text", nullable)]
        pub answer: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use idempotency::Model as Row;

use idempotency::{ActiveModel, Column, Entity};

/// What is known of a key.
pub(super) enum Kept {
    /// It is the caller's to use.
    Free,
    /// It was used.
    Used(Row),
}

/// What was answered.
pub(super) struct Answer {
    pub(super) status: i32,
    pub(super) media: Option<String>,
    pub(super) tag: Option<String>,
    /// None where it is not kept.
    pub(super) text: Option<String>,
}

fn of(whose: Whose<'_>) -> Condition {
    Condition::all()
        .add(Column::Tenant.eq(whose.tenant))
        .add(Column::Token.eq(whose.token))
        .add(Column::Name.eq(whose.key))
}

/// Takes the key, or says what it was used for. Of two who ask at once one gets it. What was answered a day ago is forgotten.
pub(super) async fn reserve(tx: &Transaction, whose: Whose<'_>, digest: &str, now: Moment) -> Result<Kept, DbErr> {
    Entity::update_many()
        .set(ActiveModel { answer: Set(None), ..Default::default() })
        .filter(Column::Tenant.eq(whose.tenant))
        .filter(Column::MadeAt.lte(now - KEPT))
        .filter(Column::Answer.is_not_null())
        .exec(tx.on())
        .await?;
    let row = ActiveModel {
        tenant: Set(whose.tenant),
        token: Set(whose.token.to_owned()),
        name: Set(whose.key.to_owned()),
        digest: Set(digest.to_owned()),
        made_at: Set(now),
        status: Set(None),
        media: Set(None),
        tag: Set(None),
        answer: Set(None),
    };
    let key = OnConflict::columns([Column::Tenant, Column::Token, Column::Name]).do_nothing().to_owned();
    if Entity::insert(row.clone()).on_conflict(key).exec_without_returning(tx.on()).await? == 1 {
        return Ok(Kept::Free);
    }
    let is_stuck = Condition::all().add(Column::Status.is_null()).add(Column::MadeAt.lte(now - RUNNING));
    let is_over = Condition::any().add(Column::MadeAt.lte(now - KEPT)).add(is_stuck);
    let again = Entity::update_many().set(row).filter(of(whose)).filter(is_over).exec(tx.on()).await?;
    if again.rows_affected == 1 {
        return Ok(Kept::Free);
    }
    let row = Entity::find().filter(of(whose)).one(tx.on()).await?;
    Ok(row.map_or(Kept::Free, Kept::Used))
}

/// Keeps what was answered.
pub(super) async fn keep(tx: &Transaction, whose: Whose<'_>, said: Answer) -> Result<(), DbErr> {
    let Answer { status, media, tag, text } = said;
    let row = ActiveModel {
        status: Set(Some(status)),
        media: Set(media),
        tag: Set(tag),
        answer: Set(text),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(of(whose)).exec(tx.on()).await.map(drop)
}

/// Lets the key be used again.
pub(super) async fn free(tx: &Transaction, whose: Whose<'_>) -> Result<(), DbErr> {
    let row = ActiveModel { made_at: Set(Moment::UNIX_EPOCH), ..Default::default() };
    Entity::update_many().set(row).filter(of(whose)).exec(tx.on()).await.map(drop)
}
