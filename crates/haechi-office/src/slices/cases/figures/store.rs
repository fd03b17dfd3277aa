//! Rows of cases as statistics read them.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{ExprTrait as _, Func, SimpleExpr};
use sea_orm::{Condition, FromQueryResult, QuerySelect as _};

use super::super::state::CaseState;
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

/// What the database counts of one rule's cases.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct RuleSums {
    /// Cases that were opened.
    pub(crate) opened: i64,
    /// Answered, or closed.
    pub(crate) answered: i64,
    /// Approved, or closed.
    pub(crate) approved: i64,
    /// Closed.
    pub(crate) confirmed: i64,
    /// Open and past due.
    pub(crate) late: i64,
    /// Closed as corrected.
    pub(crate) corrected: i64,
    /// Closed as explained.
    pub(crate) explained: i64,
    /// Closed as excluded.
    pub(crate) excluded: i64,
    /// Closed as referred elsewhere.
    pub(crate) referred: i64,
    /// Steps up the report line.
    pub(crate) steps: i64,
    /// Cases that name somebody.
    pub(crate) naming: i64,
    /// How many persons they name.
    pub(crate) persons: i64,
    /// Cases whose account, card or unit belongs to nobody.
    pub(crate) unmapped: i64,
}

/// Money of one currency.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct MoneySums {
    /// The currency.
    pub(crate) currency: String,
    /// Came back.
    pub(crate) recovered: i64,
    /// Levied in addition.
    pub(crate) levied: i64,
    /// Not paid out.
    pub(crate) prevented: i64,
}

/// How many cases were closed so many hours after they were opened.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub(crate) struct HourSums {
    /// Hours, begun ones whole.
    pub(crate) hours: i64,
    /// Cases.
    pub(crate) closed: i64,
}

/// What the database counts of a government's cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CaseSums {
    /// By rule.
    pub(crate) rules: Vec<RuleSums>,
    /// By currency.
    pub(crate) money: Vec<MoneySums>,
    /// By hours.
    pub(crate) hours: Vec<HourSums>,
}

pub(super) async fn summed(
    tx: &Transaction,
    scope: &Scope,
    from: Moment,
    until: Moment,
    now: Moment,
) -> Result<CaseSums, DbErr> {
    use case_file::Column;
    let found = || {
        case_file::Entity::find()
            .select_only()
            .filter(within(tx.tenant(), scope, &[]))
            .filter(Column::OpenedAt.gte(from))
            .filter(Column::OpenedAt.lt(until))
    };
    let closed = || Column::State.eq(CaseState::Closed.as_str());
    let how_many = |of: SimpleExpr| Func::count(Expr::case(of, 1));
    let ended = |outcome: &str| how_many(closed().and(Column::Outcome.eq(outcome)));
    let rules = found()
        .expr_as(Func::count(Expr::col(Column::Id)), "opened")
        .expr_as(how_many(closed().or(Column::AnsweredAt.is_not_null())), "answered")
        .expr_as(how_many(closed().or(Column::ApprovedAt.is_not_null())), "approved")
        .expr_as(how_many(closed()), "confirmed")
        .expr_as(how_many(closed().not().and(Column::DueAt.lt(now))), "late")
        .expr_as(ended("corrected"), "corrected")
        .expr_as(ended("explained"), "explained")
        .expr_as(ended("excluded"), "excluded")
        .expr_as(ended("referred"), "referred")
        .expr_as(Func::sum(Expr::col(Column::Steps)), "steps")
        .expr_as(Func::count(Expr::col(Column::Named)), "naming")
        .expr_as(Func::count_distinct(Expr::col(Column::Named)), "persons")
        .expr_as(how_many(Column::RoutedWhy.is_in(["unmapped", "unknown-unit"])), "unmapped")
        .group_by(Column::Scenario)
        .into_model::<RuleSums>()
        .all(tx.on())
        .await?;
    let sum = |column: Column| {
        let sum = Func::coalesce([Func::sum(Expr::col(column)).into(), Expr::val(0_i64)]);
        Expr::expr(sum).cast_as("bigint")
    };
    // In the text of the query: two parameters are two expressions to PostgreSQL, one to select and another to group by.
    let in_won = || Expr::cust("coalesce(currency, 'KRW')");
    let amounts = [Column::Recovered, Column::Levied, Column::Prevented];
    let some = amounts.into_iter().fold(Condition::any(), |any, column| any.add(column.is_not_null()));
    let money = found()
        .expr_as(in_won(), "currency")
        .expr_as(sum(Column::Recovered), "recovered")
        .expr_as(sum(Column::Levied), "levied")
        .expr_as(sum(Column::Prevented), "prevented")
        .filter(some)
        .group_by(in_won())
        .into_model::<MoneySums>()
        .all(tx.on())
        .await?;
    let minutes = if tx.is_postgres() {
        "CAST(trunc(extract(epoch FROM closed_at - opened_at) / 60) AS bigint)"
    } else {
        "CAST((unixepoch(closed_at, 'subsec') - unixepoch(opened_at, 'subsec')) / 60 AS bigint)"
    };
    let hours = Expr::cust(format!("({minutes} + 59) / 60"));
    let hours = found()
        .expr_as(hours.clone(), "hours")
        .expr_as(Func::count(Expr::col(Column::Id)), "closed")
        .filter(closed())
        .filter(Column::ClosedAt.is_not_null())
        .group_by(hours)
        .into_model::<HourSums>()
        .all(tx.on())
        .await?;
    Ok(CaseSums { rules, money, hours })
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
