//! Rows of alerts and exclusions.

use std::collections::HashMap;

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, QueryOrder as _, QuerySelect as _};

use crate::db::Transaction;
use crate::ids::{AlertId, CaseId, ExclusionId, PersonId, RunId, TenantId};

pub(crate) mod alert {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "alert")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AlertId,
        pub finding_key: String,
        pub kind: String,
        pub scenario: String,
        pub scenario_version: i32,
        pub scenario_digest: String,
        pub title_ko: String,
        pub title_en: String,
        pub severity: String,
        pub notify: String,
        pub occurred_on: Option<Date>,
        pub amount: Option<i64>,
        pub currency: Option<String>,
        pub unit_code: Option<String>,
        pub employee_no: Option<String>,
        #[sea_orm(column_type = "Text")]
        pub explanation_ko: String,
        #[sea_orm(column_type = "Text")]
        pub explanation_en: String,
        #[sea_orm(column_type = "Text")]
        pub remedy_ko: String,
        #[sea_orm(column_type = "Text")]
        pub remedy_en: String,
        #[sea_orm(column_type = "Text")]
        pub basis: String,
        pub personal: String,
        pub deadline_days: Option<i32>,
        #[sea_orm(column_type = "Text")]
        pub subject: String,
        #[sea_orm(column_type = "Text")]
        pub facts: String,
        #[sea_orm(column_type = "Text")]
        pub evidence: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub evidence_before: Option<String>,
        pub first_run: RunId,
        pub last_run: RunId,
        pub first_seen_at: DateTimeUtc,
        pub last_seen_at: DateTimeUtc,
        pub times_seen: i32,
        pub changed_at: Option<DateTimeUtc>,
        pub gone_at: Option<DateTimeUtc>,
        pub gone_why: Option<String>,
        /// The day on which what it said was destroyed.
        pub destroyed_on: Option<Date>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod exclusion {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "exclusion")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ExclusionId,
        pub finding_key: String,
        pub scenario: String,
        #[sea_orm(column_type = "Text")]
        pub subject: String,
        pub case_id: CaseId,
        pub owner: PersonId,
        #[sea_orm(column_type = "Text")]
        pub reason: String,
        #[sea_orm(column_type = "Text")]
        pub basis: String,
        pub approver: PersonId,
        pub confirmed_by: PersonId,
        pub made_at: DateTimeUtc,
        pub until: Date,
        pub review_on: Date,
        pub reviewed_at: Option<DateTimeUtc>,
        pub reviewed_by: Option<PersonId>,
        pub hidden: i64,
        pub last_hidden_at: Option<DateTimeUtc>,
        pub ended_at: Option<DateTimeUtc>,
        pub ended_by: Option<PersonId>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod rule {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rule")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub scenario: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub digest: String,
        #[sea_orm(column_type = "Text")]
        pub words: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps what rules say of themselves (id, digest, words), the last said of each.
pub(super) async fn keep_rules(tx: &Transaction, rows: Vec<(String, String, String)>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|(scenario, digest, words)| rule::ActiveModel {
        tenant: Set(tx.tenant()),
        scenario: Set(scenario),
        digest: Set(digest),
        words: Set(words),
    });
    rule::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([rule::Column::Tenant, rule::Column::Scenario, rule::Column::Digest])
                .update_column(rule::Column::Words)
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

/// What a rule says of itself.
pub(super) async fn rule(tx: &Transaction, scenario: &str, digest: &str) -> Result<Option<String>, DbErr> {
    let row = rule::Entity::find_by_id((tx.tenant(), scenario.to_owned(), digest.to_owned())).one(tx.on()).await?;
    Ok(row.map(|row| row.words))
}

/// What is known of the alerts of these finding keys.
pub(super) async fn with_keys(tx: &Transaction, keys: &[String]) -> Result<HashMap<String, alert::Model>, DbErr> {
    let rows = alert::Entity::find()
        .filter(alert::Column::Tenant.eq(tx.tenant()))
        .filter(alert::Column::FindingKey.is_in(keys))
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(|row| (row.finding_key.clone(), row)).collect())
}

/// Writes alerts: those that are there get what is new of them.
pub(super) async fn upsert(tx: &Transaction, rows: Vec<alert::Model>) -> Result<(), DbErr> {
    use alert::Column;
    if rows.is_empty() {
        return Ok(());
    }
    let rows = rows.into_iter().map(|row| sea_orm::IntoActiveModel::into_active_model(row).reset_all());
    alert::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::Tenant, Column::Id])
                .update_columns([
                    Column::ScenarioVersion,
                    Column::ScenarioDigest,
                    Column::TitleKo,
                    Column::TitleEn,
                    Column::Severity,
                    Column::OccurredOn,
                    Column::Amount,
                    Column::Currency,
                    Column::UnitCode,
                    Column::EmployeeNo,
                    Column::ExplanationKo,
                    Column::ExplanationEn,
                    Column::RemedyKo,
                    Column::RemedyEn,
                    Column::Basis,
                    Column::Personal,
                    Column::DeadlineDays,
                    Column::Facts,
                    Column::Evidence,
                    Column::EvidenceBefore,
                    Column::LastRun,
                    Column::LastSeenAt,
                    Column::TimesSeen,
                    Column::ChangedAt,
                    Column::GoneAt,
                    Column::GoneWhy,
                ])
                .to_owned(),
        )
        .exec_without_returning(tx.on())
        .await
        .map(drop)
}

/// Alerts of these scenarios that the run did not bring and that were not gone: their ids.
pub(super) async fn not_in_run(
    tx: &Transaction,
    scenarios: &[String],
    kind: &str,
    run: RunId,
) -> Result<Vec<(AlertId, String, i32, String)>, DbErr> {
    alert::Entity::find()
        .select_only()
        .columns([
            alert::Column::Id,
            alert::Column::Scenario,
            alert::Column::ScenarioVersion,
            alert::Column::ScenarioDigest,
        ])
        .filter(alert::Column::Tenant.eq(tx.tenant()))
        .filter(alert::Column::Kind.eq(kind))
        .filter(alert::Column::Scenario.is_in(scenarios))
        .filter(alert::Column::LastRun.ne(run))
        .filter(alert::Column::GoneAt.is_null())
        .order_by_asc(alert::Column::Id)
        .into_tuple()
        .all(tx.on())
        .await
}

pub(super) async fn gone(tx: &Transaction, ids: &[AlertId], why: &str, now: Moment) -> Result<(), DbErr> {
    for ids in ids.chunks(200) {
        alert::Entity::update_many()
            .set(alert::ActiveModel {
                gone_at: Set(Some(now)),
                gone_why: Set(Some(why.to_owned())),
                ..Default::default()
            })
            .filter(alert::Column::Tenant.eq(tx.tenant()))
            .filter(alert::Column::Id.is_in(ids.iter().copied()))
            .exec(tx.on())
            .await?;
    }
    Ok(())
}

pub(super) async fn one(tx: &Transaction, id: AlertId) -> Result<Option<alert::Model>, DbErr> {
    alert::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

/// The units that alerts name.
pub(super) async fn units(tx: &Transaction, ids: &[AlertId]) -> Result<HashMap<AlertId, Option<String>>, DbErr> {
    let mut units = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(200) {
        let rows: Vec<(AlertId, Option<String>)> = alert::Entity::find()
            .select_only()
            .columns([alert::Column::Id, alert::Column::UnitCode])
            .filter(alert::Column::Tenant.eq(tx.tenant()))
            .filter(alert::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(tx.on())
            .await?;
        units.extend(rows);
    }
    Ok(units)
}

/// The exclusions that hold on `day` for these finding keys, by key.
pub(super) async fn excluded(
    tx: &Transaction,
    keys: &[String],
    day: Day,
) -> Result<HashMap<String, ExclusionId>, DbErr> {
    let rows: Vec<(String, ExclusionId)> = exclusion::Entity::find()
        .select_only()
        .columns([exclusion::Column::FindingKey, exclusion::Column::Id])
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .filter(exclusion::Column::FindingKey.is_in(keys))
        .filter(exclusion::Column::EndedAt.is_null())
        .filter(exclusion::Column::Until.gte(day))
        .into_tuple()
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn hid(tx: &Transaction, ids: &[ExclusionId], now: Moment) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    exclusion::Entity::update_many()
        .col_expr(exclusion::Column::Hidden, Expr::col(exclusion::Column::Hidden).add(1))
        .col_expr(exclusion::Column::LastHiddenAt, Expr::value(now))
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .filter(exclusion::Column::Id.is_in(ids.iter().copied()))
        .exec(tx.on())
        .await
        .map(drop)
}

pub(super) async fn add_exclusion(tx: &Transaction, row: exclusion::ActiveModel) -> Result<(), DbErr> {
    exclusion::Entity::insert(row).exec_without_returning(tx.on()).await.map(drop)
}

/// Exclusions that were made since `from`, the oldest first.
pub(super) async fn exclusions_since(tx: &Transaction, from: Moment) -> Result<Vec<exclusion::Model>, DbErr> {
    exclusion::Entity::find()
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .filter(exclusion::Column::MadeAt.gte(from))
        .order_by_asc(exclusion::Column::MadeAt)
        .order_by_asc(exclusion::Column::Id)
        .all(tx.on())
        .await
}

/// Exclusions, those that hold first, the newest first.
pub(super) async fn exclusions(tx: &Transaction, most: u64) -> Result<Vec<exclusion::Model>, DbErr> {
    exclusion::Entity::find()
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .order_by_asc(exclusion::Column::EndedAt)
        .order_by_desc(exclusion::Column::MadeAt)
        .limit(most)
        .all(tx.on())
        .await
}

/// Exclusions that were made before `after`, the newest first.
pub(super) async fn exclusions_page(
    tx: &Transaction,
    after: Option<ExclusionId>,
    most: u64,
) -> Result<Vec<exclusion::Model>, DbErr> {
    let mut found = exclusion::Entity::find()
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .order_by_desc(exclusion::Column::Id)
        .limit(most);
    if let Some(after) = after {
        found = found.filter(exclusion::Column::Id.lt(after));
    }
    found.all(tx.on()).await
}

/// Ends an exclusion; `false` where it has ended.
pub(super) async fn end_exclusion(tx: &Transaction, id: ExclusionId, by: PersonId, now: Moment) -> Result<bool, DbErr> {
    let ended = exclusion::Entity::update_many()
        .set(exclusion::ActiveModel { ended_at: Set(Some(now)), ended_by: Set(Some(by)), ..Default::default() })
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .filter(exclusion::Column::Id.eq(id))
        .filter(exclusion::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(ended.rows_affected == 1)
}

/// Notes that an exclusion was looked at and stays; `false` where it has ended.
pub(super) async fn reviewed(
    tx: &Transaction,
    id: ExclusionId,
    by: PersonId,
    next: Day,
    now: Moment,
) -> Result<bool, DbErr> {
    let kept = exclusion::Entity::update_many()
        .set(exclusion::ActiveModel {
            reviewed_at: Set(Some(now)),
            reviewed_by: Set(Some(by)),
            review_on: Set(next),
            ..Default::default()
        })
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .filter(exclusion::Column::Id.eq(id))
        .filter(exclusion::Column::EndedAt.is_null())
        .exec(tx.on())
        .await?;
    Ok(kept.rows_affected == 1)
}
