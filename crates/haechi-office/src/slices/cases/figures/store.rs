//! Rows of cases as statistics read them.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{Condition, FromQueryResult, QuerySelect as _};

use super::super::store::{case_file, within};
use crate::db::Transaction;
use crate::ids::{CaseId, PersonId};
use crate::policy::Scope;

/// What is counted of a case.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct CaseFigures {
    /// The rule.
    pub(crate) scenario: String,
    /// What it is called.
    pub(crate) title_ko: String,
    /// The same in English.
    pub(crate) title_en: String,
    /// The unit it lies in.
    pub(crate) unit: Option<String>,
    /// Where it stands.
    pub(crate) state: String,
    /// How it ended.
    pub(crate) outcome: Option<String>,
    /// `high`, `medium`, `low`.
    pub(crate) severity: String,
    /// When it was opened.
    pub(crate) opened_at: DateTimeUtc,
    /// When it was answered; none where no answer stands.
    pub(crate) answered_at: Option<DateTimeUtc>,
    /// When it was approved.
    pub(crate) approved_at: Option<DateTimeUtc>,
    /// When it was closed.
    pub(crate) closed_at: Option<DateTimeUtc>,
    /// Until when it is to be acted on.
    pub(crate) due_at: Option<DateTimeUtc>,
    /// Whom the finding names.
    pub(crate) named: Option<PersonId>,
    /// Why it lies where it lies.
    pub(crate) routed_why: String,
    /// In what its money is counted.
    pub(crate) currency: Option<String>,
    /// Money that came back.
    pub(crate) recovered: Option<i64>,
    /// Money that was levied in addition.
    pub(crate) levied: Option<i64>,
    /// Money that was not paid out.
    pub(crate) prevented: Option<i64>,
    /// Steps up the report line that were taken.
    pub(crate) steps: i32,
    /// For whom it waits.
    pub(crate) waits_for: Option<String>,
}

pub(super) async fn opened(
    tx: &Transaction,
    scope: &Scope,
    recused: &[Uuid],
    from: Moment,
    until: Moment,
) -> Result<Vec<CaseFigures>, DbErr> {
    use case_file::Column;
    let period = Condition::all().add(Column::OpenedAt.gte(from)).add(Column::OpenedAt.lt(until));
    case_file::Entity::find()
        .select_only()
        .columns([
            Column::Scenario,
            Column::TitleKo,
            Column::TitleEn,
            Column::Unit,
            Column::State,
            Column::Outcome,
            Column::Severity,
            Column::OpenedAt,
            Column::AnsweredAt,
            Column::ApprovedAt,
            Column::ClosedAt,
            Column::DueAt,
            Column::Named,
            Column::RoutedWhy,
            Column::Currency,
            Column::Recovered,
            Column::Levied,
            Column::Prevented,
            Column::Steps,
            Column::WaitsFor,
        ])
        .filter(within(tx.tenant(), scope, recused))
        .filter(period)
        .into_model::<CaseFigures>()
        .all(tx.on())
        .await
}

/// Counts a step up the report line.
pub(crate) async fn climbed(tx: &Transaction, id: CaseId) -> Result<(), DbErr> {
    case_file::Entity::update_many()
        .col_expr(case_file::Column::Steps, Expr::col(case_file::Column::Steps).add(1))
        .filter(case_file::Column::Tenant.eq(tx.tenant()))
        .filter(case_file::Column::Id.eq(id))
        .exec(tx.on())
        .await
        .map(drop)
}
