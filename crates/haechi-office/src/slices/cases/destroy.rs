//! What of closed cases has fallen due for destruction, what of it is held, and how a case goes: its row stays, without a person or a word in
//! it, so that what is counted of it, and the log, still hold.

use haechi_core::time::{Day, Moment};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ActiveValue::Set, Condition, IntoActiveModel as _, QueryOrder as _, QuerySelect as _, QueryTrait as _};

use super::state::CaseState;
use super::store::{self, Row, attachment, case_entry, case_file, case_step};
use crate::audit;
use crate::db::Transaction;
use crate::ids::{CaseId, PersonId, TenantId};
use crate::retention::{self, Due, Held, Reach};
use crate::slices::{alerts, people};

use case_file::Column;

/// The ids of the cases that a hold keeps: those that are named, those of a rule, and those that name a person or were handled by them.
pub(crate) fn held(tenant: TenantId, held: &Held) -> SelectStatement {
    let persons = || held.persons.iter().copied();
    let acted = case_entry::Entity::find()
        .select_only()
        .column(case_entry::Column::CaseId)
        .filter(case_entry::Column::Tenant.eq(tenant))
        .filter(case_entry::Column::Actor.is_in(persons()))
        .into_query();
    let any = Condition::any()
        .add(Column::Id.is_in(held.cases.iter().copied()))
        .add(Column::Scenario.is_in(held.rules.iter().map(String::as_str)))
        .add(Column::Named.is_in(persons()))
        .add(Column::Handler.is_in(persons()))
        .add(Column::AnsweredBy.is_in(persons()))
        .add(Column::ApprovedBy.is_in(persons()))
        .add(Column::FirstConfirmedBy.is_in(persons()))
        .add(Column::Id.in_subquery(acted))
        .add(Column::Alert.in_subquery(alerts::of_numbers(tenant, &held.numbers)));
    ids(Condition::all().add(Column::Tenant.eq(tenant)).add(any))
}

fn ids(all: Condition) -> SelectStatement {
    case_file::Entity::find().select_only().column(Column::Id).filter(all).into_query()
}

/// Who is named by, or answers for, a case that is not closed: they are needed.
pub(crate) fn needed(tenant: TenantId) -> [SelectStatement; 4] {
    let of = |column: Column| {
        case_file::Entity::find()
            .select_only()
            .column(column)
            .filter(Column::Tenant.eq(tenant))
            .filter(Column::State.ne(CaseState::Closed.as_str()))
            .filter(column.is_not_null())
            .into_query()
    };
    [of(Column::Named), of(Column::Handler), of(Column::AnsweredBy), of(Column::ApprovedBy)]
}

/// Closed, not destroyed, closed in time, and no exclusion of it holds.
fn fallen_due(tx: &Transaction, reach: &Reach<'_>) -> Condition {
    Condition::all()
        .add(Column::Tenant.eq(tx.tenant()))
        .add(Column::State.eq(CaseState::Closed.as_str()))
        .add(Column::DestroyedOn.is_null())
        .add(Column::ClosedAt.lt(reach.before))
        .add(Column::Id.not_in_subquery(alerts::cases_excluded(tx.tenant(), reach.today)))
}

/// What has fallen due.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn due(tx: &Transaction, reach: &Reach<'_>) -> Result<Due<Moment>, DbErr> {
    let found = case_file::Entity::find().filter(fallen_due(tx, reach));
    retention::due(tx, found, Column::ClosedAt, Column::Id.in_subquery(held(tx.tenant(), reach.held))).await
}

/// Whether one of these cases, or one that names the person, is among what has fallen due.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn is_about(
    tx: &Transaction,
    reach: &Reach<'_>,
    recused: &[Uuid],
    person: PersonId,
) -> Result<bool, DbErr> {
    let theirs = Condition::any().add(Column::Id.is_in(recused.iter().copied())).add(Column::Named.eq(person));
    Ok(case_file::Entity::find().filter(fallen_due(tx, reach)).filter(theirs).count(tx.on()).await? > 0)
}

/// The next that have fallen due and are not held, by their ids.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn next(tx: &Transaction, reach: &Reach<'_>, most: u64) -> Result<Vec<Row>, DbErr> {
    case_file::Entity::find()
        .filter(fallen_due(tx, reach))
        .filter(Column::Id.not_in_subquery(held(tx.tenant(), reach.held)))
        .order_by_asc(Column::Id)
        .limit(most)
        .all(tx.on())
        .await
}

/// What went with a case.
pub(crate) struct Gone {
    /// The digest of its row as it is now.
    pub(crate) after: String,
    /// The digests of its files.
    pub(crate) files: Vec<String>,
}

/// Takes a case's words, names, evidence and files away, whose record is among those destroyed already; none where somebody stepped first.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn destroy(tx: &Transaction, row: Row, today: Day) -> Result<Option<Gone>, DbErr> {
    let (id, alert, seen) = (row.id, row.alert, row.revision);
    let next = Row {
        destroyed_on: Some(today),
        revision: seen + 1,
        finding_key: String::new(),
        handler: None,
        named: None,
        answered_by: None,
        approved_by: None,
        first_confirmed_by: None,
        changed_by: None,
        vendor: None,
        waits_for: None,
        due_how: String::new(),
        stood_in: String::new(),
        said: String::new(),
        found: String::new(),
        ..row
    };
    let saved = case_file::Entity::update_many()
        .set(next.clone().into_active_model().reset_all())
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Id.eq(id))
        .filter(Column::Revision.eq(seen))
        .exec(tx.on())
        .await?;
    if saved.rows_affected != 1 {
        return Ok(None);
    }
    let files = store::attachments(tx, id).await?.into_iter().map(|file| file.digest).collect();
    case_entry::Entity::delete_many()
        .filter(case_entry::Column::Tenant.eq(tx.tenant()))
        .filter(case_entry::Column::CaseId.eq(id))
        .exec(tx.on())
        .await?;
    attachment::Entity::delete_many()
        .filter(attachment::Column::Tenant.eq(tx.tenant()))
        .filter(attachment::Column::CaseId.eq(id))
        .exec(tx.on())
        .await?;
    case_step::Entity::update_many()
        .set(case_step::ActiveModel { told: Set(None), message: Set(None), ..Default::default() })
        .filter(case_step::Column::Tenant.eq(tx.tenant()))
        .filter(case_step::Column::CaseId.eq(id))
        .exec(tx.on())
        .await?;
    people::blank_recusals(tx, id.uuid()).await?;
    alerts::destroy(tx, alert, id, today).await?;
    Ok(Some(Gone { after: audit::digest(&next), files }))
}

/// Whether a file is with a case of the tenant.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn is_attached(tx: &Transaction, digest: &str) -> Result<bool, DbErr> {
    let with = attachment::Entity::find()
        .filter(attachment::Column::Tenant.eq(tx.tenant()))
        .filter(attachment::Column::Digest.eq(digest));
    Ok(with.count(tx.on()).await? > 0)
}

/// Whom a case names, and who handled it: for who asks what holds it.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn persons(tx: &Transaction, id: CaseId) -> Result<Vec<PersonId>, DbErr> {
    let Some(row) = store::one(tx, id).await? else { return Ok(Vec::new()) };
    let acted = store::entries(tx, id).await?.into_iter().filter_map(|entry| entry.actor);
    let of_row = [row.named, row.handler, row.answered_by, row.approved_by, row.first_confirmed_by];
    let mut all: Vec<PersonId> = of_row.into_iter().flatten().chain(acted).collect();
    // Whom the finding names by a number that nobody had when it came.
    if let Some(number) = alerts::one(tx, row.alert).await?.and_then(|alert| alert.employee_no) {
        all.extend(people::store::with_employee_no(tx, &number).await?);
    }
    Ok(all)
}
