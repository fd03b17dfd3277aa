//! Rows of cases, their history, steps and attachments.

use haechi_core::time::Moment;
use sea_orm::entity::prelude::*;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    Condition, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
};

use super::state::CaseState;
use super::{CaseError, Filter, Order};
use crate::db::Transaction;
use crate::ids::{AlertId, AttachmentId, CaseId, EntryId, MessageId, PersonId, StepId, TenantId};
use crate::policy::Scope;

pub(crate) mod case_file {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "case_file")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CaseId,
        pub alert: AlertId,
        pub finding_key: String,
        pub state: String,
        pub outcome: Option<String>,
        pub kept: bool,
        pub outside: bool,
        pub unit: Option<String>,
        pub handler: Option<PersonId>,
        pub routed_why: String,
        pub named: Option<PersonId>,
        pub answered_by: Option<PersonId>,
        pub answer_outcome: Option<String>,
        pub approved_by: Option<PersonId>,
        pub first_confirmed_by: Option<PersonId>,
        pub scenario: String,
        pub title_ko: String,
        pub title_en: String,
        pub severity: String,
        pub amount: Option<i64>,
        pub currency: Option<String>,
        pub occurred_on: Option<Date>,
        pub deadline_days: Option<i32>,
        pub vendor: Option<String>,
        pub opened_at: DateTimeUtc,
        pub clock: i32,
        pub clock_at: DateTimeUtc,
        pub due_at: Option<DateTimeUtc>,
        #[sea_orm(column_type = "Text")]
        pub due_how: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub waits_for: Option<String>,
        pub closed_at: Option<DateTimeUtc>,
        pub gone: bool,
        pub revision: i32,
        pub changed_by: Option<PersonId>,
        pub said: String,
        /// Who did a step of it in another's name since it was opened last: their ids with a space between.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub stood_in: String,
        /// Digest of what was found, see `alerts::found`; empty in a case from before it was kept. Left out then, so that the row's
        /// own digest stays what the log says it is.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub found: String,
        /// The day on which what it said was destroyed; none of all others, and left out then.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub destroyed_on: Option<Date>,
        // What statistics count. The history says it too, and is what the log proves.
        #[serde(skip)]
        pub answered_at: Option<DateTimeUtc>,
        #[serde(skip)]
        pub approved_at: Option<DateTimeUtc>,
        #[serde(skip)]
        pub recovered: Option<i64>,
        #[serde(skip)]
        pub levied: Option<i64>,
        #[serde(skip)]
        pub prevented: Option<i64>,
        /// Steps up the report line that were taken.
        #[serde(skip)]
        pub steps: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod case_entry {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "case_entry")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EntryId,
        pub case_id: CaseId,
        pub at: DateTimeUtc,
        pub actor: Option<PersonId>,
        pub actor_name: String,
        pub event: String,
        #[sea_orm(column_type = "Text")]
        pub text: String,
        #[sea_orm(column_type = "Text")]
        pub details: String,
        pub clock: i32,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod case_step {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "case_step")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: StepId,
        pub case_id: CaseId,
        pub clock: i32,
        pub level: i32,
        pub planned_at: DateTimeUtc,
        pub status: String,
        pub fired_at: Option<DateTimeUtc>,
        pub told: Option<PersonId>,
        pub message: Option<MessageId>,
        pub acknowledged_at: Option<DateTimeUtc>,
        pub cancelled_at: Option<DateTimeUtc>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod attachment {
    use super::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize)]
    #[sea_orm(table_name = "attachment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AttachmentId,
        pub case_id: CaseId,
        pub digest: String,
        pub name: String,
        pub media: String,
        pub bytes: i64,
        pub added_by: PersonId,
        pub added_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

impl Row {
    /// The answer no longer stands, nor what was judged of it.
    pub(super) fn take_answer_back(&mut self) {
        (self.answered_by, self.answer_outcome, self.answered_at) = (None, None, None);
        (self.recovered, self.levied, self.prevented) = (None, None, None);
        (self.approved_by, self.approved_at, self.first_confirmed_by) = (None, None, None);
    }

    /// A closed case begins anew with a clock of its own; the history keeps the old one.
    pub(super) fn begin_anew(&mut self, now: Moment) {
        self.take_answer_back();
        (self.outcome, self.closed_at) = (None, None);
        self.stood_in.clear();
        self.clock += 1;
        self.clock_at = now;
    }
}

pub(crate) use case_entry::Model as EntryRow;
pub(crate) use case_file::Model as Row;
pub(crate) use case_step::Model as StepRow;

pub(super) async fn one(tx: &Transaction, id: CaseId) -> Result<Option<Row>, DbErr> {
    case_file::Entity::find_by_id((tx.tenant(), id)).one(tx.on()).await
}

pub(super) async fn any_of(tx: &Transaction, handler: PersonId) -> Result<Option<CaseId>, DbErr> {
    case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::Tenant.eq(tx.tenant()))
        .filter(case_file::Column::Handler.eq(handler))
        .filter(case_file::Column::State.eq(CaseState::WithHandler.as_str()))
        .limit(1)
        .into_tuple()
        .one(tx.on())
        .await
}

pub(super) async fn of_alerts(tx: &Transaction, alerts: &[AlertId]) -> Result<Vec<Row>, DbErr> {
    let mut rows = Vec::new();
    for alerts in alerts.chunks(200) {
        let some = case_file::Entity::find()
            .filter(case_file::Column::Tenant.eq(tx.tenant()))
            .filter(case_file::Column::Alert.is_in(alerts.iter().copied()))
            .all(tx.on())
            .await?;
        rows.extend(some);
    }
    Ok(rows)
}

pub(super) async fn add(tx: &Transaction, rows: &[Row]) -> Result<(), DbErr> {
    for rows in rows.chunks(200) {
        let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
        case_file::Entity::insert_many(rows).exec_without_returning(tx.on()).await?;
    }
    Ok(())
}

/// When these cases were answered, each time.
pub(super) async fn answered(tx: &Transaction, ids: &[CaseId]) -> Result<Vec<(CaseId, Moment)>, DbErr> {
    let mut all = Vec::new();
    for ids in ids.chunks(200) {
        let rows: Vec<(CaseId, Moment)> = case_entry::Entity::find()
            .select_only()
            .columns([case_entry::Column::CaseId, case_entry::Column::At])
            .filter(case_entry::Column::Tenant.eq(tx.tenant()))
            .filter(case_entry::Column::CaseId.is_in(ids.iter().copied()))
            .filter(case_entry::Column::Event.eq("answered"))
            .into_tuple()
            .all(tx.on())
            .await?;
        all.extend(rows);
    }
    Ok(all)
}

/// Keeps the digest of what is found now. It is no step of the case, so who has it open is not beaten by it.
pub(super) async fn bind(tx: &Transaction, id: CaseId, found: &str) -> Result<(), DbErr> {
    case_file::Entity::update_many()
        .set(case_file::ActiveModel { found: Set(found.to_owned()), ..Default::default() })
        .filter(case_file::Column::Tenant.eq(tx.tenant()))
        .filter(case_file::Column::Id.eq(id))
        .exec(tx.on())
        .await
        .map(drop)
}

/// What the case's row keeps of what people said to it: the digest of this line of its history and of all before it. The row's digest
/// is in the log, and so their words are bound to it.
pub(super) fn said(before: &str, entry: &EntryRow) -> String {
    crate::audit::bundle::said(
        before,
        &entry.event,
        &entry.text,
        &entry.details,
        entry.actor.map(|actor| actor.to_string()),
    )
}

/// Saves a case as it is after a step, unless someone else stepped first: `row` carries the revision that was read, and of two
/// who act at once exactly one succeeds. Returns it with its new revision.
pub(super) async fn save(tx: &Transaction, mut row: Row, by: Option<PersonId>) -> Result<Row, CaseError> {
    let (id, seen) = (row.id, row.revision);
    row.revision += 1;
    row.changed_by = by;
    let saved = case_file::Entity::update_many()
        // Steps are counted where they are taken, which is no change of revision.
        .set(case_file::ActiveModel { steps: NotSet, ..row.clone().into_active_model().reset_all() })
        .filter(case_file::Column::Tenant.eq(tx.tenant()))
        .filter(case_file::Column::Id.eq(id))
        .filter(case_file::Column::Revision.eq(seen))
        .exec(tx.on())
        .await?;
    match saved.rows_affected {
        1 => Ok(row),
        _ => Err(CaseError::Stale { id, seen }),
    }
}

pub(super) async fn mark_gone(tx: &Transaction, alerts: &[AlertId], gone: bool) -> Result<(), DbErr> {
    for alerts in alerts.chunks(200) {
        case_file::Entity::update_many()
            .set(case_file::ActiveModel { gone: Set(gone), ..Default::default() })
            .filter(case_file::Column::Tenant.eq(tx.tenant()))
            .filter(case_file::Column::Alert.is_in(alerts.iter().copied()))
            .exec(tx.on())
            .await?;
    }
    Ok(())
}

/// What `scope` lets somebody see, as a condition on rows.
pub(super) fn within(tenant: TenantId, scope: &Scope, recused: &[Uuid]) -> Condition {
    use case_file::Column;
    let open = Column::Kept.eq(false);
    let unowned = || Column::State.eq(CaseState::Unowned.as_str());
    let mut any = Condition::any();
    if let Some(person) = scope.person {
        any = any.add(Column::Handler.eq(person)).add(Column::AnsweredBy.eq(person)).add(Column::ApprovedBy.eq(person));
    }
    if !scope.below.is_empty() {
        any = any.add(Condition::all().add(open.clone()).add(Column::Unit.is_in(scope.below.iter().cloned())));
    }
    if !scope.desk.is_empty() {
        let desk =
            Condition::all().add(open.clone()).add(unowned()).add(Column::Unit.is_in(scope.desk.iter().cloned()));
        any = any.add(desk);
    }
    if scope.unmapped {
        any = any.add(Condition::all().add(open.clone()).add(unowned()).add(Column::Unit.is_null()));
    }
    if scope.elsewhere {
        any = any.add(Condition::all().add(open.clone()).add(Column::Outside.eq(false)));
    }
    if scope.elsewhere_outside {
        any = any.add(Condition::all().add(open).add(Column::Outside.eq(true)));
    }
    // What is kept, and about oneself, is not seen by whom it is about.
    let kept = |outside: bool| {
        let mut kept = Condition::all().add(Column::Kept.eq(true)).add(Column::Outside.eq(outside));
        if let Some(person) = scope.person {
            let not_about = Condition::any().add(Column::Named.is_null()).add(Column::Named.ne(person));
            kept = kept.add(not_about);
        }
        kept
    };
    if scope.kept {
        any = any.add(kept(false));
    }
    if scope.kept_outside {
        any = any.add(kept(true));
    }
    let mut all = Condition::all().add(Column::Tenant.eq(tenant)).add(any);
    if let Some(person) = scope.stand_in {
        let not_about = Condition::any().add(Column::Named.is_null()).add(Column::Named.ne(person));
        all = all.add(not_about.add(Column::Kept.eq(false)));
    }
    if !recused.is_empty() {
        all = all.add(Column::Id.is_not_in(recused.iter().copied()));
    }
    all
}

/// Open cases by the states they can be in, which an index finds among ten times as many closed ones; "not closed" it would not.
fn is_open() -> Expr {
    let open = CaseState::ALL.into_iter().filter(|state| *state != CaseState::Closed);
    case_file::Column::State.is_in(open.map(CaseState::as_str))
}

fn filtered(mut all: Condition, filter: &Filter, now: Moment) -> Condition {
    use case_file::Column;
    if let Some(state) = filter.state {
        all = all.add(Column::State.eq(state.as_str()));
    } else if !filter.closed {
        all = all.add(is_open());
    }
    if filter.late {
        all = all.add(Column::DueAt.lt(now)).add(is_open());
    }
    if let Some(opened) = &filter.opened {
        all = all.add(Column::OpenedAt.gte(opened.from)).add(Column::OpenedAt.lt(opened.until));
    }
    if let Some(unit) = &filter.unit {
        all = all.add(Column::Unit.eq(unit.clone()));
    }
    if let Some(scenario) = &filter.scenario {
        all = all.add(Column::Scenario.eq(scenario.clone()));
    }
    if let Some(severity) = &filter.severity {
        all = all.add(Column::Severity.eq(severity.clone()));
    }
    if let Some(handler) = filter.handler {
        all = all.add(Column::Handler.eq(handler));
    }
    if !filter.text.is_empty() {
        let any = Condition::any()
            .add(Column::TitleKo.contains(&filter.text))
            .add(Column::TitleEn.contains(&filter.text))
            .add(Column::Scenario.contains(&filter.text));
        // What was destroyed has no words any more that somebody looks for.
        all = all.add(any).add(Column::DestroyedOn.is_null());
    }
    all
}

/// Cases that somebody may see, as they asked for them, from `after` on.
pub(super) async fn list(
    tx: &Transaction,
    scope: &Scope,
    recused: &[Uuid],
    filter: &Filter,
    now: Moment,
    (skip, most): (u64, u64),
) -> Result<Vec<Row>, DbErr> {
    use case_file::Column;
    let found = case_file::Entity::find().filter(filtered(within(tx.tenant(), scope, recused), filter, now));
    let ordered = match filter.order {
        Order::Due => found.order_by_asc(Column::DueAt).order_by_asc(Column::Id),
        Order::Newest => found.order_by_desc(Column::OpenedAt).order_by_desc(Column::Id),
        Order::Amount => found.order_by_desc(Column::Amount).order_by_asc(Column::Id),
    };
    ordered.offset(skip).limit(most).all(tx.on()).await
}

/// Cases that somebody may see with ids beyond `after`, by id: pages that stay the same while cases change.
pub(super) async fn page(
    tx: &Transaction,
    scope: &Scope,
    recused: &[Uuid],
    filter: &Filter,
    now: Moment,
    (after, most): (Option<CaseId>, u64),
) -> Result<Vec<Row>, DbErr> {
    let mut all = filtered(within(tx.tenant(), scope, recused), filter, now);
    if let Some(after) = after {
        all = all.add(case_file::Column::Id.gt(after));
    }
    case_file::Entity::find().filter(all).order_by_asc(case_file::Column::Id).limit(most).all(tx.on()).await
}

pub(super) async fn count(
    tx: &Transaction,
    scope: &Scope,
    recused: &[Uuid],
    filter: &Filter,
    now: Moment,
) -> Result<u64, DbErr> {
    case_file::Entity::find().filter(filtered(within(tx.tenant(), scope, recused), filter, now)).count(tx.on()).await
}

/// How many cases that somebody may see stand where, by unit: unit, state, how many of them are late, how many in all.
pub(super) async fn by_unit(
    tx: &Transaction,
    scope: &Scope,
    recused: &[Uuid],
    now: Moment,
) -> Result<Vec<(Option<String>, String, u64, u64)>, DbErr> {
    use case_file::Column;
    let counted = async |late: bool| -> Result<Vec<(Option<String>, String, i64)>, DbErr> {
        let mut found = case_file::Entity::find()
            .select_only()
            .column(Column::Unit)
            .column(Column::State)
            .column_as(Column::Id.count(), "count")
            .filter(within(tx.tenant(), scope, recused));
        if late {
            found = found.filter(Column::DueAt.lt(now));
        }
        found.group_by(Column::Unit).group_by(Column::State).into_tuple().all(tx.on()).await
    };
    let late = counted(true).await?;
    let all = counted(false).await?;
    let number = |count: i64| u64::try_from(count).unwrap_or(0);
    Ok(all
        .into_iter()
        .map(|(unit, state, count)| {
            let late = late.iter().find(|one| one.0 == unit && one.1 == state).map_or(0, |one| one.2);
            (unit, state, number(late), number(count))
        })
        .collect())
}

/// Open cases by who has to act on them, for work in nobody's name: handler, how many, how many late.
pub(super) async fn open_by_handler(tx: &Transaction, now: Moment) -> Result<Vec<(PersonId, u64, u64)>, DbErr> {
    use case_file::Column;
    let rows: Vec<(PersonId, Option<DateTimeUtc>)> = case_file::Entity::find()
        .select_only()
        .columns([Column::Handler, Column::DueAt])
        .filter(Column::Tenant.eq(tx.tenant()))
        .filter(Column::Handler.is_not_null())
        .filter(Column::State.is_in([CaseState::WithHandler.as_str(), CaseState::Waiting.as_str()]))
        .into_tuple()
        .all(tx.on())
        .await?;
    let mut found: std::collections::BTreeMap<PersonId, (u64, u64)> = std::collections::BTreeMap::new();
    for (handler, due) in rows {
        let line = found.entry(handler).or_default();
        line.0 += 1;
        line.1 += u64::from(due.is_some_and(|due| due < now));
    }
    Ok(found.into_iter().map(|(handler, (count, late))| (handler, count, late)).collect())
}

/// Cases of the same named person, vendor, or rule and unit, that somebody may see.
pub(super) async fn linked(
    tx: &Transaction,
    scope: &Scope,
    recused: &[Uuid],
    row: &Row,
    most: u64,
) -> Result<Vec<Row>, DbErr> {
    use case_file::Column;
    let mut same = Condition::any();
    if let Some(named) = row.named {
        same = same.add(Column::Named.eq(named));
    }
    if let Some(vendor) = &row.vendor {
        same = same.add(Column::Vendor.eq(vendor.clone()));
    }
    if let Some(unit) = &row.unit {
        same = same
            .add(Condition::all().add(Column::Scenario.eq(row.scenario.clone())).add(Column::Unit.eq(unit.clone())));
    }
    if same.is_empty() {
        return Ok(Vec::new());
    }
    case_file::Entity::find()
        .filter(within(tx.tenant(), scope, recused))
        .filter(same)
        .filter(Column::Id.ne(row.id))
        .filter(Column::DestroyedOn.is_null())
        .order_by_desc(Column::OpenedAt)
        .limit(most)
        .all(tx.on())
        .await
}

/// Every open case of the tenant, for work that is done in nobody's name.
pub(crate) async fn open_cases(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    case_file::Entity::find()
        .filter(case_file::Column::Tenant.eq(tx.tenant()))
        .filter(case_file::Column::State.ne(CaseState::Closed.as_str()))
        .order_by_asc(case_file::Column::DueAt)
        .all(tx.on())
        .await
}

/// How many cases are open, and how many of them are past their due moment at `now`.
pub(super) async fn burden(tx: &Transaction, now: Moment) -> Result<(u64, u64), DbErr> {
    use sea_orm::PaginatorTrait as _;
    let open =
        [CaseState::Unowned, CaseState::WithHandler, CaseState::Waiting, CaseState::WithManager, CaseState::WithAudit];
    let of = case_file::Entity::find()
        .filter(case_file::Column::Tenant.eq(tx.tenant()))
        .filter(case_file::Column::State.is_in(open.map(CaseState::as_str)));
    let late = of.clone().filter(case_file::Column::DueAt.lt(now));
    Ok((of.count(tx.on()).await?, late.count(tx.on()).await?))
}

/// The digests of all files.
pub(super) async fn attached(tx: &Transaction) -> Result<Vec<String>, DbErr> {
    attachment::Entity::find()
        .select_only()
        .column(attachment::Column::Digest)
        .distinct()
        .filter(attachment::Column::Tenant.eq(tx.tenant()))
        .into_tuple()
        .all(tx.on())
        .await
}

/// Every case there is.
#[cfg(test)]
pub(crate) async fn every(tx: &Transaction) -> Result<Vec<Row>, DbErr> {
    case_file::Entity::find().filter(case_file::Column::Tenant.eq(tx.tenant())).all(tx.on()).await
}

pub(super) async fn add_entries(tx: &Transaction, rows: Vec<EntryRow>) -> Result<(), DbErr> {
    for rows in rows.chunks(200) {
        let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
        case_entry::Entity::insert_many(rows).exec_without_returning(tx.on()).await?;
    }
    Ok(())
}

/// What happened to a case, the oldest first.
pub(crate) async fn entries(tx: &Transaction, case: CaseId) -> Result<Vec<EntryRow>, DbErr> {
    case_entry::Entity::find()
        .filter(case_entry::Column::Tenant.eq(tx.tenant()))
        .filter(case_entry::Column::CaseId.eq(case))
        .order_by_asc(case_entry::Column::Id)
        .all(tx.on())
        .await
}

pub(super) async fn steps(tx: &Transaction, case: CaseId) -> Result<Vec<StepRow>, DbErr> {
    case_step::Entity::find()
        .filter(case_step::Column::Tenant.eq(tx.tenant()))
        .filter(case_step::Column::CaseId.eq(case))
        .order_by_asc(case_step::Column::Id)
        .all(tx.on())
        .await
}

pub(super) async fn add_steps(tx: &Transaction, rows: Vec<StepRow>) -> Result<(), DbErr> {
    for rows in rows.chunks(200) {
        let rows = rows.iter().map(|row| row.clone().into_active_model().reset_all());
        case_step::Entity::insert_many(rows).exec_without_returning(tx.on()).await?;
    }
    Ok(())
}

/// Cancels what is planned for a case.
pub(super) async fn cancel_steps(tx: &Transaction, case: CaseId, now: Moment) -> Result<(), DbErr> {
    case_step::Entity::update_many()
        .set(case_step::ActiveModel {
            status: Set("cancelled".to_owned()),
            cancelled_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(case_step::Column::Tenant.eq(tx.tenant()))
        .filter(case_step::Column::CaseId.eq(case))
        .filter(case_step::Column::Status.eq("planned"))
        .exec(tx.on())
        .await
        .map(drop)
}

/// Notes that a step was taken; `false` where another worker took it.
pub(super) async fn step_fired(
    tx: &Transaction,
    id: StepId,
    told: Option<PersonId>,
    message: Option<MessageId>,
    now: Moment,
) -> Result<bool, DbErr> {
    let fired = case_step::Entity::update_many()
        .set(case_step::ActiveModel {
            status: Set("fired".to_owned()),
            fired_at: Set(Some(now)),
            told: Set(told),
            message: Set(message),
            ..Default::default()
        })
        .filter(case_step::Column::Tenant.eq(tx.tenant()))
        .filter(case_step::Column::Id.eq(id))
        .filter(case_step::Column::Status.eq("planned"))
        .exec(tx.on())
        .await?;
    Ok(fired.rows_affected == 1)
}

/// Steps that told somebody of a case and were not acknowledged.
pub(super) async fn acknowledge(tx: &Transaction, case: CaseId, person: PersonId, now: Moment) -> Result<u64, DbErr> {
    let seen = case_step::Entity::update_many()
        .set(case_step::ActiveModel {
            status: Set("acknowledged".to_owned()),
            acknowledged_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(case_step::Column::Tenant.eq(tx.tenant()))
        .filter(case_step::Column::CaseId.eq(case))
        .filter(case_step::Column::Told.eq(person))
        .filter(case_step::Column::Status.eq("fired"))
        .exec(tx.on())
        .await?;
    Ok(seen.rows_affected)
}

/// The cases with a step that is due.
pub(super) async fn due(tx: &Transaction, now: Moment, (skip, most): (u64, u64)) -> Result<Vec<CaseId>, DbErr> {
    case_step::Entity::find()
        .select_only()
        .column(case_step::Column::CaseId)
        .filter(case_step::Column::Tenant.eq(tx.tenant()))
        .filter(case_step::Column::Status.eq("planned"))
        .filter(case_step::Column::PlannedAt.lte(now))
        .order_by_asc(case_step::Column::PlannedAt)
        .order_by_asc(case_step::Column::Id)
        .offset(skip)
        .limit(most)
        .into_tuple()
        .all(tx.on())
        .await
}

pub(crate) async fn attachments(tx: &Transaction, case: CaseId) -> Result<Vec<attachment::Model>, DbErr> {
    attachment::Entity::find()
        .filter(attachment::Column::Tenant.eq(tx.tenant()))
        .filter(attachment::Column::CaseId.eq(case))
        .order_by_asc(attachment::Column::Id)
        .all(tx.on())
        .await
}

pub(super) async fn add_attachment(tx: &Transaction, row: attachment::Model) -> Result<(), DbErr> {
    attachment::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx.on()).await.map(drop)
}
