//! Rows of what an engine does.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, QuerySelect as _};

use super::{Step, TaskId};
use crate::db::Transaction;
use crate::ids::{PersonId, RunId, TenantId};

pub(crate) mod task {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "engine_task")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: TaskId,
        pub asked_by: Option<PersonId>,
        pub asked_at: DateTimeUtc,
        pub state: String,
        pub stage: String,
        #[sea_orm(column_type = "Text")]
        pub about: String,
        pub done: i64,
        pub total: i64,
        pub seen_at: DateTimeUtc,
        pub ended_at: Option<DateTimeUtc>,
        #[sea_orm(column_type = "Text")]
        pub message: String,
        pub run: Option<RunId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) use task::Model as Row;

/// Adds one; `false` where one is open.
pub(super) async fn add(
    tx: &Transaction,
    id: TaskId,
    by: Option<PersonId>,
    state: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let row = Row {
        tenant: tx.tenant(),
        id,
        asked_by: by,
        asked_at: now,
        state: state.to_owned(),
        stage: String::new(),
        about: String::new(),
        done: 0,
        total: 0,
        seen_at: now,
        ended_at: None,
        message: String::new(),
        run: None,
    };
    let added = task::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.on())
        .await?;
    Ok(added == 1)
}

/// The one that waits or runs.
pub(super) async fn open(tx: &Transaction) -> Result<Option<Row>, DbErr> {
    task::Entity::find()
        .filter(task::Column::Tenant.eq(tx.tenant()))
        .filter(task::Column::EndedAt.is_null())
        .one(tx.on())
        .await
}

/// The newest, open or ended.
pub(crate) async fn newest(tx: &Transaction) -> Result<Option<Row>, DbErr> {
    task::Entity::find()
        .filter(task::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(task::Column::AskedAt)
        .order_by_desc(task::Column::Id)
        .limit(1)
        .one(tx.on())
        .await
}

/// Ends what runs and was not heard of since.
pub(super) async fn interrupt(tx: &Transaction, since: Moment, now: Moment) -> Result<(), DbErr> {
    task::Entity::update_many()
        .set(task::ActiveModel { state: Set("interrupted".to_owned()), ended_at: Set(Some(now)), ..Default::default() })
        .filter(task::Column::Tenant.eq(tx.tenant()))
        .filter(task::Column::EndedAt.is_null())
        .filter(task::Column::State.eq("running"))
        .filter(task::Column::SeenAt.lt(since))
        .exec(tx.on())
        .await
        .map(drop)
}

/// It is begun; `false` where another began it.
pub(super) async fn run(tx: &Transaction, id: TaskId, now: Moment) -> Result<bool, DbErr> {
    let begun = task::Entity::update_many()
        .set(task::ActiveModel { state: Set("running".to_owned()), seen_at: Set(now), ..Default::default() })
        .filter(task::Column::Tenant.eq(tx.tenant()))
        .filter(task::Column::Id.eq(id))
        .filter(task::Column::State.eq("waiting"))
        .exec(tx.on())
        .await?;
    Ok(begun.rows_affected == 1)
}

/// How far it is; `false` where it does not run.
pub(super) async fn progress(tx: &Transaction, id: TaskId, step: &Step, now: Moment) -> Result<bool, DbErr> {
    let heard = task::Entity::update_many()
        .set(task::ActiveModel {
            stage: Set(step.stage.as_str().to_owned()),
            about: Set(step.about.chars().take(200).collect()),
            done: Set(step.done),
            total: Set(step.total),
            seen_at: Set(now),
            ..Default::default()
        })
        .filter(task::Column::Tenant.eq(tx.tenant()))
        .filter(task::Column::Id.eq(id))
        .filter(task::Column::State.eq("running"))
        .exec(tx.on())
        .await?;
    Ok(heard.rows_affected == 1)
}

/// It ended; `false` where it does not run.
pub(super) async fn end(
    tx: &Transaction,
    id: TaskId,
    state: &str,
    run: Option<RunId>,
    message: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let ended = task::Entity::update_many()
        .set(task::ActiveModel {
            state: Set(state.to_owned()),
            ended_at: Set(Some(now)),
            seen_at: Set(now),
            message: Set(message.to_owned()),
            run: Set(run),
            ..Default::default()
        })
        .filter(task::Column::Tenant.eq(tx.tenant()))
        .filter(task::Column::Id.eq(id))
        .filter(task::Column::State.eq("running"))
        .exec(tx.on())
        .await?;
    Ok(ended.rows_affected == 1)
}
