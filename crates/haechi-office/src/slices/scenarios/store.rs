//! Rows of scenarios and of changes: the only file here that names sea_orm.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, IntoActiveModel as _, QueryOrder as _, QuerySelect as _};

use super::ScenarioChangeId;
use crate::db::Transaction;
use crate::ids::{PersonId, RunId, TenantId};

pub(super) mod known {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "scenario_known")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub scenario: String,
        pub title_ko: String,
        pub title_en: String,
        pub version: i32,
        pub severity: String,
        #[sea_orm(column_type = "Text")]
        pub parameters: String,
        #[sea_orm(column_type = "Text")]
        pub used: String,
        pub outcome: String,
        pub run: RunId,
        pub seen_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) mod change {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, DeriveEntityModel)]
    #[sea_orm(table_name = "scenario_change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ScenarioChangeId,
        pub scenario: String,
        pub parameter: String,
        pub value: Option<i64>,
        pub first_day: Option<Date>,
        pub currency: String,
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

pub(super) use change::Model as Row;

/// Keeps scenarios as a run showed them.
pub(super) async fn keep(tx: &Transaction, rows: Vec<known::Model>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| row.into_active_model().reset_all());
    known::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([known::Column::Tenant, known::Column::Scenario])
                .update_columns([
                    known::Column::TitleKo,
                    known::Column::TitleEn,
                    known::Column::Version,
                    known::Column::Severity,
                    known::Column::Parameters,
                    known::Column::Used,
                    known::Column::Outcome,
                    known::Column::Run,
                    known::Column::SeenAt,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

/// Every scenario that a run showed, by id.
pub(super) async fn all(tx: &Transaction) -> Result<Vec<known::Model>, DbErr> {
    known::Entity::find()
        .filter(known::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(known::Column::Scenario)
        .all(tx.on())
        .await
}

/// A scenario.
pub(super) async fn one(tx: &Transaction, scenario: &str) -> Result<Option<known::Model>, DbErr> {
    known::Entity::find_by_id((tx.tenant(), scenario.to_owned())).one(tx.on()).await
}

/// Adds a change; `false` where one of the same thing waits already.
pub(super) async fn add(tx: &Transaction, row: Row) -> Result<bool, DbErr> {
    let added = change::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.on())
        .await;
    Ok(added? == 1)
}

/// A change.
pub(super) async fn change(tx: &Transaction, id: ScenarioChangeId) -> Result<Option<Row>, DbErr> {
    change::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// Changes that wait, the oldest first.
pub(super) async fn waiting(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    change::Entity::find()
        .filter(change::Column::Tenant.eq(tx.tenant()))
        .filter(change::Column::DecidedAt.is_null())
        .order_by_asc(change::Column::ProposedAt)
        .all(tx.on())
        .await
}

/// Changes that were approved, in the order of their approval.
pub(super) async fn approved(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    change::Entity::find()
        .filter(change::Column::Tenant.eq(tx.tenant()))
        .filter(change::Column::Approved.eq(true))
        .order_by_asc(change::Column::DecidedAt)
        .order_by_asc(change::Column::Id)
        .all(tx.on())
        .await
}

/// Changes of a scenario, the newest first.
pub(super) async fn of_scenario(tx: &Transaction, scenario: &str, most: u64) -> Result<Vec<Row>, DbErr> {
    change::Entity::find()
        .filter(change::Column::Tenant.eq(tx.tenant()))
        .filter(change::Column::Scenario.eq(scenario))
        .order_by_desc(change::Column::ProposedAt)
        .order_by_desc(change::Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// Decides a change; `false` where it is decided already.
pub(super) async fn decide(
    tx: &Transaction,
    id: ScenarioChangeId,
    by: PersonId,
    approved: bool,
    answer: &str,
    now: Moment,
) -> Result<bool, DbErr> {
    let decided = change::Entity::update_many()
        .set(change::ActiveModel {
            decided_by: Set(Some(by)),
            decided_at: Set(Some(now)),
            approved: Set(Some(approved)),
            answer: Set(Some(answer.to_owned())),
            ..Default::default()
        })
        .filter(change::Column::Tenant.eq(tx.tenant()))
        .filter(change::Column::Id.eq(id))
        .filter(change::Column::DecidedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(decided.rows_affected == 1)
}
