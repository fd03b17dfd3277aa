//! What goes of an alert when its case is destroyed, and what a run may bring back of it: nothing.

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, SelectStatement};
use sea_orm::{ActiveValue::Set, QuerySelect as _, QueryTrait as _};

use super::store::{alert, exclusion};
use crate::db::Transaction;
use crate::ids::{AlertId, CaseId, RunId, TenantId};

/// The ids of alerts that name these employee numbers.
pub(crate) fn of_numbers(tenant: TenantId, numbers: &[String]) -> SelectStatement {
    alert::Entity::find()
        .select_only()
        .column(alert::Column::Id)
        .filter(alert::Column::Tenant.eq(tenant))
        .filter(alert::Column::EmployeeNo.is_in(numbers.iter().map(String::as_str)))
        .into_query()
}

/// The ids of cases with an exclusion that holds on `day`.
pub(crate) fn cases_excluded(tenant: TenantId, day: Day) -> SelectStatement {
    exclusion::Entity::find()
        .select_only()
        .column(exclusion::Column::CaseId)
        .filter(exclusion::Column::Tenant.eq(tenant))
        .filter(exclusion::Column::EndedAt.is_null())
        .filter(exclusion::Column::Until.gte(day))
        .into_query()
}

/// Takes away what was found and what was said to exclude it. The rule, the day and the money stay.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn destroy(tx: &Transaction, id: AlertId, case: CaseId, today: Day) -> Result<(), DbErr> {
    let nothing = || Set("{}".to_owned());
    alert::Entity::update_many()
        .set(alert::ActiveModel {
            destroyed_on: Set(Some(today)),
            employee_no: Set(None),
            unit_code: Set(None),
            explanation_ko: Set(String::new()),
            explanation_en: Set(String::new()),
            subject: nothing(),
            facts: nothing(),
            evidence: Set("[]".to_owned()),
            evidence_before: Set(None),
            ..Default::default()
        })
        .filter(alert::Column::Tenant.eq(tx.tenant()))
        .filter(alert::Column::Id.eq(id))
        .exec(tx.on())
        .await?;
    exclusion::Entity::update_many()
        .set(exclusion::ActiveModel {
            subject: nothing(),
            reason: Set(String::new()),
            basis: Set(String::new()),
            ..Default::default()
        })
        .filter(exclusion::Column::Tenant.eq(tx.tenant()))
        .filter(exclusion::Column::CaseId.eq(case))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Notes that a run still brings what was destroyed, and nothing of what it says.
pub(super) async fn still_there(tx: &Transaction, ids: &[AlertId], run: RunId, now: Moment) -> Result<(), DbErr> {
    if ids.is_empty() {
        return Ok(());
    }
    alert::Entity::update_many()
        .col_expr(alert::Column::LastRun, Expr::value(run))
        .col_expr(alert::Column::LastSeenAt, Expr::value(now))
        .col_expr(alert::Column::TimesSeen, Expr::col(alert::Column::TimesSeen).add(1))
        .filter(alert::Column::Tenant.eq(tx.tenant()))
        .filter(alert::Column::Id.is_in(ids.iter().copied()))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Leaves the key of what was destroyed to a new question.
pub(super) async fn give_key_up(tx: &Transaction, rows: &[alert::Model]) -> Result<(), DbErr> {
    for row in rows {
        alert::Entity::update_many()
            .set(alert::ActiveModel {
                finding_key: Set(format!("{} {}", row.finding_key, row.id)),
                ..Default::default()
            })
            .filter(alert::Column::Tenant.eq(tx.tenant()))
            .filter(alert::Column::Id.eq(row.id))
            .exec(tx.on())
            .await?;
    }
    Ok(())
}
