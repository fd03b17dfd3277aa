//! The verbs of cases: each one transaction, one step of the state, one line of history, one event of the log.

use haechi_core::time::{Day, Days, Moment};
use serde::Serialize;

use super::due;
use super::error::CaseError;
use super::opening::{self, step};
use super::state::{CaseEvent, CaseState, Outcome};
use super::store::{self, EntryRow, Row};
use super::{Case, load};
use crate::audit::{self, Entry};
use crate::db::Transaction;
use crate::ids::{CaseId, PersonId};
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
use crate::policy::{self, Action, Actor, Authorized, Role, Subject as _};
use crate::settings::Settings;
use crate::slices::alerts::{self, NewExclusion};
use crate::slices::people;

/// What a handler answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 조치: it was put right.
    Corrected {
        /// What was done.
        text: String,
        /// Money that came back, in the smallest unit.
        recovered: Option<i64>,
        /// Money that was levied in addition.
        levied: Option<i64>,
        /// Money that was not paid out.
        prevented: Option<i64>,
    },
    /// 소명: it was in order.
    Explained {
        /// Why.
        text: String,
    },
    /// 제외: not to be asked again.
    Exclude {
        /// Why.
        text: String,
        /// On what law or rule.
        basis: String,
        /// Until which day.
        until: Day,
    },
}

impl Answer {
    const fn outcome(&self) -> Outcome {
        match self {
            Self::Corrected { .. } => Outcome::Corrected,
            Self::Explained { .. } => Outcome::Explained,
            Self::Exclude { .. } => Outcome::Excluded,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Corrected { text, .. } | Self::Explained { text } | Self::Exclude { text, .. } => text,
        }
    }
}

/// What an answer says beside its text, as the history keeps it.
#[derive(Debug, Default, Serialize, serde::Deserialize)]
pub(super) struct Details {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) outcome: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) recovered: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) levied: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) prevented: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) until: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) to: Option<String>,
    /// Whose hand it was, where somebody stood in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) stand_in: Option<String>,
}

impl Details {
    /// `self`, with who stood in for `by`.
    pub(super) fn by(self, by: &Actor) -> Self {
        let name = by.stand_in().and_then(|person| by.directory().person(person)).map(|person| person.name.clone());
        Self { stand_in: name, ..self }
    }

    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A step that is being taken.
struct Doing<'a> {
    office: &'a Office,
    tx: Transaction,
    may: Authorized<'a, Case>,
    before: String,
    now: Moment,
}

/// What a step leaves behind.
struct Left<'a> {
    event: &'static str,
    text: &'a str,
    details: Details,
    letters: Vec<(PersonId, Template)>,
    clock: Clock,
}

/// What a step does to what climbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clock {
    /// The case is due anew where it now stands: what was planned is cancelled, and the climb begins from there.
    Anew,
    /// It is due when it was, and climbs from where it was: who only passes it on wins no time.
    GoesOn,
}

impl<'a> Left<'a> {
    fn new(event: &'static str, text: &'a str) -> Self {
        Self { event, text, details: Details::default(), letters: Vec::new(), clock: Clock::Anew }
    }
}

impl<'a> Doing<'a> {
    /// Reads the case, asks whether `actor` may, and whether it is still as they `saw` it.
    async fn begin(
        office: &'a Office,
        actor: &'a Actor,
        id: CaseId,
        saw: Option<i32>,
        action: Action,
    ) -> Result<Self, CaseError> {
        let tx = office.db().write(actor.tenant()).await?;
        let case = load(&tx, actor, id).await?;
        let revision = case.revision();
        let may = policy::authorize(actor, action, case)?;
        may.still_there()?;
        if let Some(seen) = saw.filter(|seen| *seen != revision) {
            return Err(beaten(office, &tx, id, seen).await?);
        }
        let before = audit::digest(&may.row);
        Ok(Self { office, tx, may, before, now: office.now() })
    }

    /// The row after `event`, with the due moment of where it then stands.
    async fn apply(&self, event: CaseEvent) -> Result<Row, CaseError> {
        let state = self.may.state().apply(event)?;
        let mut row = self.may.row.clone();
        row.state = state.as_str().to_owned();
        if state != CaseState::Waiting {
            row.waits_for = None;
        }
        let settings = Settings::read(&self.tx).await?;
        due::set(self.office, &settings, &mut row, self.now)?;
        Ok(row)
    }

    /// Saves, and keeps history, steps, messages and the log.
    async fn end(self, row: Row, left: Left<'_>) -> Result<(), CaseError> {
        let Self { office, tx, may, before, now } = self;
        let (by, id) = (may.by(), row.id);
        let entry = EntryRow {
            actor: by.id(),
            actor_name: by.name().to_owned(),
            details: left.details.by(by).json(),
            ..opening::entry(&row, now, left.event, left.text)
        };
        let mut row = Row { said: store::said(&row.said, &entry), ..row };
        if let Some(person) = by.stand_in().map(|person| person.to_string())
            && !row.stood_in.contains(&person)
        {
            row.stood_in = format!("{} {person}", row.stood_in).trim().to_owned();
        }
        let row = match store::save(&tx, row, by.id()).await {
            Err(CaseError::Stale { id, seen }) => return Err(beaten(office, &tx, id, seen).await?),
            saved => saved?,
        };
        store::add_entries(&tx, vec![entry]).await?;
        if left.clock == Clock::Anew {
            store::cancel_steps(&tx, id, now).await?;
            if let Some(due) = row.due_at {
                store::add_steps(&tx, vec![step(&row, 0, due)]).await?;
            }
        }
        for (to, template) in left.letters {
            let due = row.due_at.map(|due| office.local(due).format("%Y.%m.%d. %H:%M").to_string()).unwrap_or_default();
            let letter = Letter {
                to,
                template,
                values: vec![("title", row.title_ko.clone()), ("due", due)],
                about: Some(id),
                once: format!("{id} {}", row.revision),
            };
            outbox::put(office, &tx, &letter).await?;
        }
        let entry = Entry { before: Some(before), after: Some(audit::digest(&row)), ..may.entry("case", id) };
        audit::append(&tx, office.clock(), &entry).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Who was first, for who comes second.
async fn beaten(office: &Office, tx: &Transaction, id: CaseId, seen: i32) -> Result<CaseError, CaseError> {
    let entries = store::entries(tx, id).await?;
    let Some(last) = entries.last() else { return Ok(CaseError::Stale { id, seen }) };
    let at = office.local(last.at).format("%m.%d. %H:%M").to_string();
    Ok(CaseError::Beaten { who: last.actor_name.clone(), event: last.event.clone(), at })
}

fn needed<'a>(text: &'a str, what: &'static str) -> Result<&'a str, CaseError> {
    match text.trim() {
        "" => Err(CaseError::Missing(what)),
        text => Ok(text),
    }
}

/// The manager who has to approve: the nearest head above the handler.
pub(super) fn manager(by: &Actor, row: &Row) -> Option<PersonId> {
    let (directory, day) = (by.directory(), by.day());
    let unit = row.unit.as_deref()?;
    match row.answered_by.or(row.handler) {
        Some(handler) => directory.report_line(handler, unit, day).into_iter().next(),
        None => directory.whole_line(unit, day).into_iter().next(),
    }
}

/// The handler answers.
///
/// # Errors
///
/// Not theirs; someone was first; something left empty; an exclusion beyond a year.
pub async fn answer(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    answer: &Answer,
) -> Result<(), CaseError> {
    needed(answer.text(), "reason")?;
    let mut details = Details { outcome: Some(answer.outcome().as_str().to_owned()), ..Details::default() };
    match answer {
        Answer::Corrected { recovered, levied, prevented, .. } => {
            (details.recovered, details.levied, details.prevented) = (*recovered, *levied, *prevented);
        }
        Answer::Explained { .. } => {}
        Answer::Exclude { basis, until, .. } => {
            let today = office.today();
            if *until <= today || *until > today + Days::new(366) {
                return Err(CaseError::Day);
            }
            details.basis = Some(needed(basis, "basis")?.to_owned());
            details.until = Some(*until);
        }
    }
    let doing = Doing::begin(office, actor, id, saw, Action::AnswerCase).await?;
    let mut row = doing.apply(CaseEvent::Answer).await?;
    row.answered_by = actor.id();
    row.answer_outcome = details.outcome.clone();
    row.answered_at = Some(doing.now);
    (row.recovered, row.levied, row.prevented) = (details.recovered, details.levied, details.prevented);
    let letters = manager(actor, &row).into_iter().map(|to| (to, Template::ToApprove)).collect();
    doing.end(row, Left { details, letters, ..Left::new("answered", answer.text().trim()) }).await
}

/// The handler waits for somebody else, until a day at most 60 days after the case's clock began.
///
/// # Errors
///
/// Not theirs; someone was first; no reason; a day that does not fit.
pub async fn wait(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    whom: &str,
    until: Day,
) -> Result<(), CaseError> {
    let whom = needed(whom, "whom")?;
    let doing = Doing::begin(office, actor, id, saw, Action::WaitCase).await?;
    // From when the case's clock began: who waits again and again would never have to answer.
    let last = office.local(doing.may.row.clock_at).date() + Days::new(60);
    if until <= office.today() || until > last {
        return Err(CaseError::Wait { last });
    }
    let mut row = doing.apply(CaseEvent::Wait).await?;
    row.waits_for = Some(whom.to_owned());
    // Who waits forever would never be asked again: the wait has an end, and climbs from there.
    row.due_at = until.and_hms_opt(18, 0, 0).map(|end| office.moment(end));
    row.due_how = serde_json::json!({ "from": null, "days": 0, "by": "waiting", "left_out": [] }).to_string();
    let details = Details { until: Some(until), ..Details::default() };
    doing.end(row, Left { details, ..Left::new("waiting", whom) }).await
}

/// What was waited for came.
///
/// # Errors
///
/// Not theirs; someone was first.
pub async fn resume(office: &Office, actor: &Actor, id: CaseId, saw: Option<i32>) -> Result<(), CaseError> {
    let doing = Doing::begin(office, actor, id, saw, Action::WaitCase).await?;
    let row = doing.apply(CaseEvent::Resume).await?;
    doing.end(row, Left::new("resumed", "")).await
}

/// The manager approves.
///
/// # Errors
///
/// Not theirs; someone was first; not answered.
pub async fn approve(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    text: &str,
) -> Result<(), CaseError> {
    let doing = Doing::begin(office, actor, id, saw, Action::ApproveCase).await?;
    let mut row = doing.apply(CaseEvent::Approve).await?;
    row.approved_by = actor.id();
    row.approved_at = Some(doing.now);
    doing.end(row, Left::new("approved", text.trim())).await
}

/// The manager, or the audit office, wants another answer.
///
/// # Errors
///
/// Not theirs; someone was first; no reason; nothing to send back.
pub async fn send_back(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    reason: &str,
) -> Result<(), CaseError> {
    let reason = needed(reason, "reason")?;
    // Who may depends on where it stands: the manager before approval, the audit office after.
    let tx = office.db().read(actor.tenant()).await?;
    let case = policy::authorize(actor, Action::ReadCase, load(&tx, actor, id).await?)?;
    // Who comes second is told who was first, and not that it is no longer theirs to send back.
    if let Some(seen) = saw.filter(|seen| *seen != case.revision()) {
        return Err(beaten(office, &tx, id, seen).await?);
    }
    let state = case.state();
    drop(tx);
    let action = if state == CaseState::WithAudit { Action::RejectCase } else { Action::ReturnCase };
    let doing = Doing::begin(office, actor, id, saw, action).await?;
    let by_whom = doing.may.state();
    let mut row = doing.apply(CaseEvent::Return).await?;
    let letters = row.handler.into_iter().map(|to| (to, Template::Returned)).collect();
    row.take_answer_back();
    let event = if by_whom == CaseState::WithAudit { "rejected" } else { "returned" };
    doing.end(row, Left { letters, ..Left::new(event, reason) }).await
}

/// The audit office confirms, with the answer's outcome or by referring it elsewhere. What matters much and was not corrected
/// takes two: the first confirmation is noted, the second, by another, closes.
///
/// # Errors
///
/// Not theirs; someone was first; not approved; referring without a reason.
pub async fn confirm(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    refer: bool,
    text: &str,
) -> Result<(), CaseError> {
    let text = if refer { needed(text, "reason")? } else { text.trim() };
    let doing = Doing::begin(office, actor, id, saw, Action::ConfirmCase).await?;
    let given = doing.may.row.answer_outcome.as_deref().and_then(Outcome::parse).unwrap_or(Outcome::Explained);
    let outcome = if refer { Outcome::Referred } else { given };
    let closed = doing.apply(CaseEvent::Confirm).await?;
    let takes_two = doing.may.row.severity == "high" && outcome != Outcome::Corrected;
    let details = Details { outcome: Some(outcome.as_str().to_owned()), ..Details::default() };
    match (takes_two, doing.may.row.first_confirmed_by) {
        (true, None) => {
            let mut row = doing.may.row.clone();
            row.first_confirmed_by = actor.id();
            // The second has as long as the first had.
            due::set(office, &Settings::read(&doing.tx).await?, &mut row, doing.now)?;
            return doing.end(row, Left { details, ..Left::new("confirmed-first", text) }).await;
        }
        (true, first) if actor.is_or_is_done_by(first) => {
            return Err(policy::Denied::Forbidden(Action::ConfirmCase).into());
        }
        _ => {}
    }
    let mut row = closed;
    row.outcome = details.outcome.clone();
    row.closed_at = Some(doing.now);
    if outcome == Outcome::Excluded {
        exclude(&doing, &row).await?;
    }
    let letters = row.handler.into_iter().map(|to| (to, Template::Closed)).collect();
    doing.end(row, Left { details, letters, ..Left::new("confirmed", text) }).await
}

/// Keeps the exclusion that was asked for, approved and is now confirmed.
async fn exclude(doing: &Doing<'_>, row: &Row) -> Result<(), CaseError> {
    let entries = store::entries(&doing.tx, row.id).await?;
    let asked = entries.iter().rev().find(|entry| entry.event == "answered").ok_or(CaseError::Missing("basis"))?;
    let details: Details = serde_json::from_str(&asked.details).unwrap_or_default();
    let (Some(owner), Some(approver), Some(confirmed_by)) = (row.answered_by, row.approved_by, doing.may.by().id())
    else {
        return Err(CaseError::Missing("approver"));
    };
    let new = NewExclusion {
        case: row.id,
        alert: row.alert,
        owner,
        reason: asked.text.clone(),
        basis: details.basis.ok_or(CaseError::Missing("basis"))?,
        approver,
        confirmed_by,
        until: details.until.ok_or(CaseError::Missing("until"))?,
    };
    alerts::exclude(doing.office, &doing.tx, new).await?;
    Ok(())
}

/// A closed case is opened again: a new clock begins, the old stays in the history.
///
/// # Errors
///
/// Not theirs; someone was first; not closed; no reason.
pub async fn reopen(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    reason: &str,
) -> Result<(), CaseError> {
    let reason = needed(reason, "reason")?;
    let doing = Doing::begin(office, actor, id, saw, Action::ReopenCase).await?;
    let mut row = doing.apply(CaseEvent::Reopen).await?;
    row.begin_anew(doing.now);
    let letters = row.handler.into_iter().map(|to| (to, Template::Reopened)).collect();
    doing.end(row, Left { letters, ..Left::new("reopened", reason) }).await
}

/// Somebody takes what nobody answers for.
///
/// # Errors
///
/// Not theirs; someone was first.
pub async fn claim(office: &Office, actor: &Actor, id: CaseId, saw: Option<i32>) -> Result<(), CaseError> {
    let doing = Doing::begin(office, actor, id, saw, Action::ClaimCase).await?;
    if doing.may.state() != CaseState::Unowned {
        return Err(super::state::TransitionError { from: doing.may.state(), event: CaseEvent::Assign }.into());
    }
    let mut row = doing.apply(CaseEvent::Assign).await?;
    row.handler = actor.id();
    if row.unit.is_none() {
        row.unit = actor.id().and_then(|person| actor.directory().unit_of(person, actor.day()));
    }
    doing.end(row, Left::new("claimed", "")).await
}

/// A case is given to somebody else, in the unit where it lies or another.
///
/// # Errors
///
/// Not theirs to give; someone was first; no reason; who cannot take it.
pub async fn hand_over(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    to: PersonId,
    reason: &str,
) -> Result<(), CaseError> {
    let reason = needed(reason, "reason")?;
    let doing = Doing::begin(office, actor, id, saw, Action::HandOverCase).await?;
    let mut row = doing.apply(CaseEvent::Assign).await?;
    let (directory, day) = (actor.directory(), actor.day());
    // Who confirms from outside is in no unit, and may give what is kept outside to another who does.
    let is_confirmer = row.outside && people::holders(&doing.tx, Role::OutsideConfirmer, day).await?.contains(&to);
    let unit = match row.unit.as_deref() {
        _ if is_confirmer => row.unit.clone(),
        Some(unit) if directory.works_in(to, unit, day) => Some(unit.to_owned()),
        _ => directory.unit_of(to, day),
    };
    // What is kept stays in the hands of who may know it.
    let stays_kept = !row.kept || (row.named != Some(to) && unit == row.unit && (is_confirmer || !row.outside));
    let is_recused = people::store::recused_from(&doing.tx, to).await?.contains(&id.uuid());
    if (unit.is_none() && !is_confirmer) || !directory.is_there(to, day) || !stays_kept || is_recused {
        return Err(CaseError::CannotTake);
    }
    let name = directory.person(to).map(|person| person.name.clone());
    row.handler = Some(to);
    row.unit = unit;
    row.routed_why = "handed-over".to_owned();
    let details = Details { to: name, ..Details::default() };
    let letters = vec![(to, Template::Assigned)];
    let clock = match doing.may.state() {
        CaseState::Unowned => Clock::Anew,
        // Two who hand a case to each other would otherwise never be late.
        _ => {
            (row.due_at, row.due_how) = (doing.may.row.due_at, doing.may.row.due_how.clone());
            Clock::GoesOn
        }
    };
    doing.end(row, Left { details, letters, clock, ..Left::new("handed-over", reason) }).await
}

/// The audit office lets the handler see what was kept for it: the case goes where it would have gone, with a clock of its own.
///
/// # Errors
///
/// Not theirs; someone was first; no reason; not kept.
pub async fn release(
    office: &Office,
    actor: &Actor,
    id: CaseId,
    saw: Option<i32>,
    reason: &str,
) -> Result<(), CaseError> {
    let reason = needed(reason, "reason")?;
    let doing = Doing::begin(office, actor, id, saw, Action::ReleaseCase).await?;
    let state = doing.may.state();
    if !doing.may.row.kept || !matches!(state, CaseState::Unowned | CaseState::WithHandler | CaseState::Waiting) {
        return Err(super::state::TransitionError { from: state, event: CaseEvent::Release }.into());
    }
    let alert = alerts::one(&doing.tx, doing.may.row.alert).await?.ok_or(CaseError::Unknown(id))?;
    let route = actor.directory().route(
        people::Responsible {
            employee_no: alert.employee_no.as_deref(),
            unit: alert.unit_code.as_deref(),
            duty: alert.scenario.split('.').next(),
        },
        actor.day(),
    );
    let mut row = doing.may.row.clone();
    row.kept = false;
    row.waits_for = None;
    let letters = match route {
        people::Route::To { handler, unit, .. } => {
            (row.handler, row.unit) = (Some(handler), Some(unit));
            row.state = CaseState::WithHandler.as_str().to_owned();
            vec![(handler, Template::Assigned)]
        }
        people::Route::Unowned { unit, .. } => {
            (row.handler, row.unit) = (None, unit);
            row.state = CaseState::Unowned.as_str().to_owned();
            Vec::new()
        }
    };
    row.routed_why = "released".to_owned();
    row.clock_at = doing.now;
    let settings = Settings::read(&doing.tx).await?;
    due::set(office, &settings, &mut row, doing.now)?;
    doing.end(row, Left { letters, ..Left::new("released", reason) }).await
}

/// Writes beneath a case. It changes nothing of it, so two may at once.
///
/// # Errors
///
/// Not theirs; nothing written.
pub async fn comment(office: &Office, actor: &Actor, id: CaseId, text: &str) -> Result<(), CaseError> {
    let text = needed(text, "text")?;
    let tx = office.db().write(actor.tenant()).await?;
    // What is written while the case is destroyed would stay.
    tx.alone().await?;
    let may = policy::authorize(actor, Action::CommentCase, load(&tx, actor, id).await?)?;
    may.still_there()?;
    let entry = EntryRow {
        actor: actor.id(),
        actor_name: actor.name().to_owned(),
        details: Details::default().by(actor).json(),
        ..opening::entry(&may.row, office.now(), "comment", text)
    };
    let after = audit::digest(&(&entry.text, id));
    store::add_entries(&tx, vec![entry]).await?;
    audit::append(&tx, office.clock(), &Entry { after: Some(after), ..may.entry("case", id) }).await?;
    tx.commit().await?;
    Ok(())
}

/// Declares that `actor` keeps away from a case: it is then out of their sight.
///
/// # Errors
///
/// Not theirs; no reason.
pub(super) async fn recuse(office: &Office, actor: &Actor, id: CaseId, reason: &str) -> Result<(), CaseError> {
    let tx = office.db().read(actor.tenant()).await?;
    let case = load(&tx, actor, id).await?;
    drop(tx);
    let may = policy::authorize(actor, Action::Recuse, case)?;
    may.still_there()?;
    let person = actor.id().ok_or(CaseError::Unknown(id))?;
    Ok(people::recuse(office, &may, person, id.uuid(), reason).await?)
}

/// Notes that somebody who was told of a case by a step has seen it.
///
/// # Errors
///
/// When the database does not answer.
pub async fn acknowledge(office: &Office, actor: &Actor, id: CaseId) -> Result<(), CaseError> {
    let Some(person) = actor.id() else { return Ok(()) };
    let tx = office.db().read(actor.tenant()).await?;
    let waits = store::steps(&tx, id).await?.iter().any(|step| step.told == Some(person) && step.status == "fired");
    drop(tx);
    if !waits {
        return Ok(());
    }
    let tx = office.db().write(actor.tenant()).await?;
    let case = load(&tx, actor, id).await?;
    if !actor.may(Action::ReadCase, case.standing(actor)) {
        return Ok(());
    }
    if store::acknowledge(&tx, id, person, office.now()).await? > 0 {
        let entry = Entry { action: "case.acknowledge".to_owned(), ..actor.entry(Action::ReadCase, "case", id) };
        audit::append(&tx, office.clock(), &entry).await?;
        tx.commit().await?;
    }
    Ok(())
}
