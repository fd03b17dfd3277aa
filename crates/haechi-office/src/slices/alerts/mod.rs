//! Findings that were received, each once whatever run brings it, and what is not asked again before a day.

mod actions;
pub(crate) mod api;
mod destroy;
mod found;
mod ingest;
pub(crate) mod migrations;
mod own;
mod pages;
mod rules;
mod store;

use std::collections::HashMap;

use haechi_core::time::Day;

use super::Slice;
use crate::db::Transaction;
use crate::ids::{AlertId, CaseId, ExclusionId, PersonId};
use crate::office::Office;

pub(crate) use self::destroy::{cases_excluded, destroy, of_numbers};
pub(crate) use self::found::found;
pub(crate) use self::ingest::{Seen, Taken, data_alert, found_digest, gone, take_in};
pub(crate) use self::own::{Own, ask_of_ourselves};
pub(crate) use self::rules::{RuleWords, keep_rules, rule_words};
pub(crate) use self::store::alert::Model as Alert;

/// The slice.
pub const SLICE: Slice = Slice {
    name: "alerts",
    routes,
    words: (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    migrations: migrations::migrations,
    documents: || vec![api::document()],
    menu: &[],
};

fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// The alert.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn one(tx: &Transaction, id: AlertId) -> Result<Option<Alert>, sea_orm::DbErr> {
    store::one(tx, id).await
}

/// The units that the findings of alerts name, as the source writes them.
pub(crate) async fn units(
    tx: &Transaction,
    ids: &[AlertId],
) -> Result<HashMap<AlertId, Option<String>>, sea_orm::DbErr> {
    store::units(tx, ids).await
}

/// Who had something excluded, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made {
    /// The case.
    pub(crate) case: CaseId,
    /// Who asked.
    pub(crate) owner: PersonId,
    /// Who confirmed.
    pub(crate) confirmed_by: PersonId,
    /// When that was.
    pub(crate) at: haechi_core::time::Moment,
}

/// The exclusions that were made since `from`.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn exclusions_since(
    tx: &Transaction,
    from: haechi_core::time::Moment,
) -> Result<Vec<Made>, sea_orm::DbErr> {
    let rows = store::exclusions_since(tx, from).await?;
    let made = |row: store::exclusion::Model| Made {
        case: row.case_id,
        owner: row.owner,
        confirmed_by: row.confirmed_by,
        at: row.made_at,
    };
    Ok(rows.into_iter().map(made).collect())
}

/// What is not to be asked again.
#[derive(Clone, Debug)]
pub(crate) struct NewExclusion {
    /// The case it was asked for in.
    pub(crate) case: CaseId,
    /// The alert.
    pub(crate) alert: AlertId,
    /// Who asked.
    pub(crate) owner: PersonId,
    /// Why.
    pub(crate) reason: String,
    /// On what law or rule.
    pub(crate) basis: String,
    /// Who approved.
    pub(crate) approver: PersonId,
    /// Who confirmed.
    pub(crate) confirmed_by: PersonId,
    /// The last day on which it is not asked again.
    pub(crate) until: Day,
}

/// Keeps an exclusion. It is looked at again half way, and after 90 days at the latest.
///
/// # Errors
///
/// When the alert is not there or the database does not answer.
pub(crate) async fn exclude(
    office: &Office,
    tx: &Transaction,
    new: NewExclusion,
) -> Result<ExclusionId, sea_orm::DbErr> {
    use sea_orm::ActiveValue::Set;
    let alert = store::one(tx, new.alert).await?;
    let alert = alert.ok_or_else(|| sea_orm::DbErr::RecordNotFound(format!("alert {}", new.alert)))?;
    let (id, today) = (ExclusionId::new(), office.today());
    let half = (new.until - today).num_days().clamp(1, 180) / 2;
    let row = store::exclusion::ActiveModel {
        tenant: Set(tx.tenant()),
        id: Set(id),
        finding_key: Set(alert.finding_key),
        scenario: Set(alert.scenario),
        subject: Set(alert.subject),
        case_id: Set(new.case),
        owner: Set(new.owner),
        reason: Set(new.reason),
        basis: Set(new.basis),
        approver: Set(new.approver),
        confirmed_by: Set(new.confirmed_by),
        made_at: Set(office.now()),
        until: Set(new.until),
        review_on: Set(today + chrono::TimeDelta::days(half)),
        reviewed_at: Set(None),
        reviewed_by: Set(None),
        hidden: Set(0),
        last_hidden_at: Set(None),
        ended_at: Set(None),
        ended_by: Set(None),
    };
    store::add_exclusion(tx, row).await?;
    Ok(id)
}
