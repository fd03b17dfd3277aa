//! Rows of who stands in for whom.

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, Condition, QueryOrder as _};

use crate::db::Transaction;
use crate::ids::{PersonId, StandInId, TenantId};

pub(crate) mod stand_in {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stand_in")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StandInId,
        pub person: PersonId,
        pub stand_in: PersonId,
        pub first_day: Date,
        pub last_day: Date,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        pub made_by: PersonId,
        pub made_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        pub ended_by: Option<PersonId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod standing_in {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "standing_in")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub session: String,
        pub stand_in: StandInId,
        pub since: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use stand_in::Model as Row;

pub(super) async fn add(tx: &Transaction, row: Row) -> Result<(), DbErr> {
    let row = sea_orm::IntoActiveModel::into_active_model(row).reset_all();
    stand_in::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

pub(super) async fn one(tx: &Transaction, id: StandInId) -> Result<Option<Row>, DbErr> {
    stand_in::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// Those that `who` named or is named in, or all, that have not ended before `day`; the next to end first.
pub(super) async fn of(tx: &Transaction, who: Option<PersonId>, day: Day) -> Result<Vec<Row>, DbErr> {
    let mut all = Condition::all()
        .add(stand_in::Column::Tenant.eq(tx.tenant()))
        .add(stand_in::Column::EndedAt.is_null())
        .add(stand_in::Column::LastDay.gte(day));
    if let Some(who) = who {
        all = all.add(Condition::any().add(stand_in::Column::Person.eq(who)).add(stand_in::Column::StandIn.eq(who)));
    }
    stand_in::Entity::find().filter(all).order_by_asc(stand_in::Column::LastDay).all(tx.on()).await
}

/// Ends one; `false` where it has ended.
pub(super) async fn end(tx: &Transaction, id: StandInId, by: PersonId, now: Moment) -> Result<bool, DbErr> {
    let ended = stand_in::Entity::update_many()
        .set(stand_in::ActiveModel { ended_at: Set(Some(now)), ended_by: Set(Some(by)), ..Default::default() })
        .filter(stand_in::Column::Tenant.eq(tx.tenant()))
        .filter(stand_in::Column::Id.eq(id))
        .filter(stand_in::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Notes that the session stands in.
pub(super) async fn begin(tx: &Transaction, session: &str, id: StandInId, now: Moment) -> Result<(), DbErr> {
    let row = standing_in::ActiveModel {
        tenant: Set(tx.tenant()),
        session: Set(session.to_owned()),
        stand_in: Set(id),
        since: Set(now),
    };
    standing_in::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([standing_in::Column::Tenant, standing_in::Column::Session])
                .update_columns([standing_in::Column::StandIn, standing_in::Column::Since])
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

/// The session stands in no more.
pub(super) async fn stop(tx: &Transaction, session: &str) -> Result<bool, DbErr> {
    let gone = standing_in::Entity::delete_by_id((tx.tenant(), session.to_owned())).exec(tx.on()).await?;
    Ok(gone.rows_affected == 1)
}

/// Which one the session uses.
pub(super) async fn of_session(tx: &Transaction, session: &str) -> Result<Option<StandInId>, DbErr> {
    let row = standing_in::Entity::find_by_id((tx.tenant(), session.to_owned())).one(tx.on()).await?;
    Ok(row.map(|row| row.stand_in))
}

/// Takes the reasons away for which somebody named who stands in for them.
pub(crate) async fn blank(tx: &Transaction, person: PersonId) -> Result<(), DbErr> {
    stand_in::Entity::update_many()
        .set(stand_in::ActiveModel { reason: Set(String::new()), ..Default::default() })
        .filter(stand_in::Column::Tenant.eq(tx.tenant()))
        .filter(stand_in::Column::Person.eq(person))
        .exec(tx.on())
        .await
        .map(drop)
}
