//! What happens to cases by time alone: steps up the report line, and handlers who are no longer there.

use std::sync::Arc;

use haechi_core::calendar::WorkingDays;
use haechi_core::time::Day;

use super::error::CaseError;
use super::escalation::{Ladder, Pace, Status, Told, whom};
use super::figures;
use super::opening::{entry, event, step};
use super::state::{CaseEvent, CaseState};
use super::store::{self, EntryRow, Row};
use crate::audit;
use crate::db::Transaction;
use crate::ids::{CaseId, PersonId, TenantId};
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
use crate::problem::Problem;
use crate::settings::{Setting, Settings};
use crate::slices::people::{self, Directory, Responsible, Route};

/// Cases that are looked at in one go.
const AT_ONCE: u64 = 200;

/// Takes the steps that are due, each in a transaction of its own: one that fails is said to the log, stays planned and holds up no
/// other. Returns how many were taken.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn fire_steps(office: &Office, tenant: TenantId) -> Result<u64, CaseError> {
    let (mut fired, mut left) = (0, 0);
    loop {
        let tx = office.db().read(tenant).await?;
        let due = store::due(&tx, office.now(), (left, AT_ONCE)).await?;
        drop(tx);
        if due.is_empty() {
            return Ok(fired);
        }
        for case in due {
            match fire(office, tenant, case).await {
                Ok(true) => fired += 1,
                // Another worker took it. Were it still due, the next round comes to it.
                Ok(false) => left += 1,
                Err(error) => {
                    left += 1;
                    Problem::from(error).tell_log();
                }
            }
        }
    }
}

async fn fire(office: &Office, tenant: TenantId, id: CaseId) -> Result<bool, CaseError> {
    let now = office.now();
    let tx = office.db().write(tenant).await?;
    // One worker at a time per government: what another took is then no longer planned.
    tx.alone().await?;
    let Some(row) = store::one(&tx, id).await? else { return Ok(false) };
    let steps = store::steps(&tx, id).await?;
    let Some(planned) = steps.iter().find(|step| step.status == "planned" && step.planned_at <= now) else {
        return Ok(false);
    };
    let state = CaseState::parse(&row.state).unwrap_or(CaseState::Unowned);
    if !state.is_open() {
        store::cancel_steps(&tx, id, now).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let directory = people::directory(office, &tx).await?;
    let settings = Settings::read(&tx).await?;
    let local = office.local(now);
    let period = settings.get(Setting::StepDays, local.date(), Some((&row.scenario, None))).value;
    let pace = Pace { period: WorkingDays(period), calendar: settings.calendar(office), hours: office.hours() };
    let level = usize::try_from(planned.level).unwrap_or(0);
    let mut ladder = Ladder::planned(level, office.local(planned.planned_at));
    // What is kept is told to nobody outside the hands it is kept in.
    let told = |level| match (row.kept, row.outside) {
        (true, true) => row.handler.map_or(Told::AuditOffice, Told::Person),
        (true, false) => {
            let head = row.unit.as_deref().and_then(|unit| directory.head(unit, local.date()));
            head.map_or(Told::AuditOffice, |head| Told::Person(head.id))
        }
        (false, _) => whom(&directory, state, row.answered_by.or(row.handler), row.unit.as_deref(), level, local),
    };
    ladder.fire(local, pace, told)?;
    let mut next = None;
    let mut said = None;
    for one in ladder.steps() {
        match one.status {
            Status::Fired { told, .. } => said = Some(told),
            Status::Planned => next = Some((one.level, one.at)),
            Status::Acknowledged { .. } | Status::Cancelled => {}
        }
    }
    let Some(said) = said else { return Ok(false) };
    let person = match said {
        Told::Person(person) => Some(person),
        Told::AuditOffice => None,
    };
    let message = match person {
        Some(to) => {
            let due = row.due_at.map(|due| office.local(due).format("%Y.%m.%d. %H:%M").to_string()).unwrap_or_default();
            let values = vec![("title", row.title_ko.clone()), ("due", due)];
            let letter = Letter { to, template: Template::Step, values, about: Some(id), once: planned.id.to_string() };
            outbox::put(office, &tx, &letter).await?
        }
        None => None,
    };
    if !store::step_fired(&tx, planned.id, person, message, now).await? {
        return Ok(false);
    }
    figures::climbed(&tx, id).await?;
    if let Some((level, at)) = next {
        let level = i32::try_from(level).unwrap_or(i32::MAX);
        store::add_steps(&tx, vec![step(&row, level, office.moment(at))]).await?;
    }
    let name = person.and_then(|person| directory.person(person)).map(|person| person.name.clone()).unwrap_or_default();
    store::add_entries(&tx, vec![entry(&row, now, "step", &name)]).await?;
    audit::append(&tx, office.clock(), &event("case.step", &row)).await?;
    tx.commit().await?;
    Ok(true)
}

/// What became of the cases that were looked after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LookedAfter {
    /// Cases that were given to somebody else, or to nobody.
    pub(crate) given: u64,
    /// Cases on which somebody acted at that moment: they are to be looked at again.
    pub(crate) left: u64,
}

/// Gives cases whose handler is no longer there to who now does the work, or to the queue of what nobody answers for; and what
/// nobody answered for, to who came to where it lies. Done when people or the day changed.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn look_after(office: &Office, tenant: TenantId) -> Result<LookedAfter, CaseError> {
    let tx = office.db().read(tenant).await?;
    let directory = people::directory(office, &tx).await?;
    let today = office.today();
    let moved: Vec<Row> =
        store::open_cases(&tx).await?.into_iter().filter(|row| is_adrift(&directory, row, today)).collect();
    drop(tx);
    let mut done = LookedAfter::default();
    for row in moved {
        let tx = office.db().write(tenant).await?;
        match give(office, &tx, &directory, row, today).await {
            Ok(()) => tx.commit().await?,
            Err(CaseError::Stale { .. }) => {
                done.left += 1;
                continue;
            }
            Err(error) => return Err(error),
        }
        done.given += 1;
    }
    Ok(done)
}

/// To whom the case's work falls today, whoever did it before.
fn route(directory: &Directory, row: &Row, today: Day) -> Route {
    let duty = row.scenario.split('.').next();
    directory.route(Responsible { employee_no: None, unit: row.unit.as_deref(), duty }, today)
}

/// Whether the case's unit has ended, its handler cannot answer in time, or somebody came who can.
fn is_adrift(directory: &Directory, row: &Row, today: Day) -> bool {
    if row.kept && row.outside {
        return false;
    }
    let unit = row.unit.as_deref();
    let has_moved = unit.is_some_and(|code| directory.unit(code, today).is_some_and(|unit| unit.code != code));
    let state = CaseState::parse(&row.state);
    if state == Some(CaseState::Unowned) && unit.is_some() {
        return has_moved || matches!(route(directory, row, today), Route::To { .. });
    }
    let answers = matches!(state, Some(CaseState::WithHandler | CaseState::Waiting));
    let Some(handler) = row.handler.filter(|_| answers) else { return has_moved };
    let due = row.due_at.map_or(today, |due| due.date_naive().max(today));
    // Who is on leave and back before it is due keeps it.
    let is_there = directory.is_there(handler, today) || directory.is_there(handler, due);
    has_moved || !is_there || unit.is_some_and(|unit| !directory.works_in(handler, unit, today))
}

async fn give(
    office: &Office,
    tx: &Transaction,
    directory: &Arc<Directory>,
    row: Row,
    today: Day,
) -> Result<(), CaseError> {
    let now = office.now();
    let state = CaseState::parse(&row.state).unwrap_or(CaseState::Unowned);
    let (before, old) = (audit::digest(&row), row.handler);
    let mut next = row.clone();
    let mut to: Option<PersonId> = None;
    let answers = matches!(state, CaseState::Unowned | CaseState::WithHandler | CaseState::Waiting);
    match route(directory, &row, today) {
        Route::To { handler, unit, .. } => {
            next.unit = Some(unit);
            if answers {
                next.state = state.apply(CaseEvent::Assign)?.as_str().to_owned();
                next.handler = Some(handler);
                next.routed_why = "moved".to_owned();
                to = Some(handler).filter(|handler| Some(*handler) != old);
            }
        }
        Route::Unowned { unit, .. } => {
            next.unit = unit.or(next.unit);
            if answers && state != CaseState::Unowned {
                next.state = state.apply(CaseEvent::Release)?.as_str().to_owned();
                next.handler = None;
                next.routed_why = "empty".to_owned();
            }
        }
    }
    if next.handler == row.handler && next.unit == row.unit && next.state == row.state {
        return Ok(());
    }
    let saved = store::save(tx, next, None).await?;
    let name = to.and_then(|person| directory.person(person)).map(|person| person.name.clone()).unwrap_or_default();
    let line = EntryRow { ..entry(&saved, now, "moved", &name) };
    store::add_entries(tx, vec![line]).await?;
    if let Some(to) = to {
        let due = saved.due_at.map(|due| office.local(due).format("%Y.%m.%d. %H:%M").to_string()).unwrap_or_default();
        let values = vec![("title", saved.title_ko.clone()), ("due", due)];
        let once = format!("{} {}", saved.id, saved.revision);
        outbox::put(office, tx, &Letter { to, template: Template::Assigned, values, about: Some(saved.id), once })
            .await?;
    }
    let mut moved = event("case.move", &saved);
    moved.before = Some(before);
    audit::append(tx, office.clock(), &moved).await?;
    Ok(())
}
