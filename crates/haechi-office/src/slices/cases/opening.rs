//! Alerts become cases: whose they are, who may know, until when.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::TimeDelta;
use haechi_core::time::{Day, Moment};
use sea_orm::DbErr;

use super::state::{CaseState, Outcome};
use super::store::{self, EntryRow, Row, StepRow};
use super::{CaseError, due};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::{AlertId, CaseId, EntryId, PersonId, StepId};
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
use crate::policy::Role;
use crate::settings::{Setting, Settings};
use crate::slices::alerts::{self, Alert, Seen};
use crate::slices::people::{self, Directory, Post, Responsible, Route, Why, Whyless};

/// Weeks over which a backlog is spread at most. What does not fit into them falls evenly upon them, so that nobody waits for years.
const BACKLOG_WEEKS: u32 = 26;

/// Opens the cases of one run.
pub(crate) struct Opening {
    directory: Arc<Directory>,
    settings: Settings,
    today: Day,
    now: Moment,
    /// Who confirms what is about the audit office or the head.
    outside: Option<PersonId>,
    /// Who looks after the data.
    integrity: Option<PersonId>,
    /// Whether old data is taken in for the first time: then not everything is due at once.
    is_backlog: bool,
    /// Cases opened, by who answers for them.
    given: BTreeMap<Option<PersonId>, u32>,
    /// What each is told: how many, and the first due.
    told: BTreeMap<PersonId, (u64, Moment)>,
}

/// Where an alert goes.
struct Way {
    unit: Option<String>,
    handler: Option<PersonId>,
    why: &'static str,
    kept: bool,
    outside: bool,
    named: Option<PersonId>,
}

impl Opening {
    /// Reads what routing needs.
    pub(crate) async fn begin(office: &Office, tx: &Transaction, is_backlog: bool) -> Result<Self, DbErr> {
        let today = office.today();
        let directory = people::directory(office, tx).await?;
        let holder = async |role| -> Result<Option<PersonId>, DbErr> {
            let holders = people::holders(tx, role, today).await?;
            Ok(holders.into_iter().find(|person| directory.is_there(*person, today)))
        };
        let (outside, integrity) = (holder(Role::OutsideConfirmer).await?, holder(Role::IntegrityOfficer).await?);
        Ok(Self {
            directory: directory.clone(),
            settings: Settings::read(tx).await?,
            today,
            now: office.now(),
            outside,
            integrity,
            is_backlog,
            given: BTreeMap::new(),
            told: BTreeMap::new(),
        })
    }

    /// Opens a case for each alert, and says what the log is to keep of it.
    pub(crate) async fn open(
        &mut self,
        office: &Office,
        tx: &Transaction,
        alerts: &[Alert],
    ) -> Result<Vec<Entry>, CaseError> {
        let mut rows = Vec::with_capacity(alerts.len());
        let mut entries = Vec::with_capacity(alerts.len());
        let mut steps = Vec::with_capacity(alerts.len());
        let mut log = Vec::with_capacity(alerts.len());
        for alert in alerts {
            let row = self.row(office, tx, alert)?;
            entries.push(entry(&row, self.now, "opened", &row.routed_why));
            if let Some(due) = row.due_at {
                steps.push(step(&row, 0, due));
            }
            log.push(event("case.open", &row));
            rows.push(row);
        }
        store::add(tx, &rows).await?;
        store::add_entries(tx, entries).await?;
        store::add_steps(tx, steps).await?;
        Ok(log)
    }

    fn row(&mut self, office: &Office, tx: &Transaction, alert: &Alert) -> Result<Row, CaseError> {
        let way = self.way(alert);
        let state = if way.handler.is_some() { CaseState::WithHandler } else { CaseState::Unowned };
        let starts = self.starts(way.handler);
        let mut row = Row {
            tenant: tx.tenant(),
            id: CaseId::new(),
            alert: alert.id,
            finding_key: alert.finding_key.clone(),
            state: state.as_str().to_owned(),
            outcome: None,
            kept: way.kept,
            outside: way.outside,
            unit: way.unit,
            handler: way.handler,
            routed_why: way.why.to_owned(),
            named: way.named,
            answered_by: None,
            answer_outcome: None,
            approved_by: None,
            first_confirmed_by: None,
            scenario: alert.scenario.clone(),
            title_ko: alert.title_ko.clone(),
            title_en: alert.title_en.clone(),
            severity: alert.severity.clone(),
            amount: alert.amount,
            currency: alert.currency.clone(),
            occurred_on: alert.occurred_on,
            deadline_days: alert.deadline_days,
            vendor: vendor(&alert.subject),
            opened_at: self.now,
            clock: 1,
            clock_at: starts,
            due_at: None,
            due_how: String::new(),
            waits_for: None,
            closed_at: None,
            gone: false,
            revision: 1,
            changed_by: None,
            said: String::new(),
            stood_in: String::new(),
            found: alerts::found_digest(alert)?,
            destroyed_on: None,
            answered_at: None,
            approved_at: None,
            recovered: None,
            levied: None,
            prevented: None,
            steps: 0,
        };
        due::set(office, &self.settings, &mut row, starts)?;
        if let (Some(handler), Some(due)) = (row.handler, row.due_at) {
            let told = self.told.entry(handler).or_insert((0, due));
            told.0 += 1;
            told.1 = told.1.min(due);
        }
        Ok(row)
    }

    /// When a case's clock begins: at once, or, of a backlog, in its batch's week.
    fn starts(&mut self, handler: Option<PersonId>) -> Moment {
        let given = self.given.entry(handler).or_default();
        let before = *given;
        *given += 1;
        if !self.is_backlog {
            return self.now;
        }
        let batch = self.settings.get(Setting::BacklogBatch, self.today, None).value.max(1);
        self.now + TimeDelta::weeks(i64::from(before / batch % BACKLOG_WEEKS))
    }

    fn way(&self, alert: &Alert) -> Way {
        let (directory, today) = (&self.directory, self.today);
        if alert.kind == "data" {
            let unit = self.integrity.and_then(|person| directory.unit_of(person, today));
            return Way { unit, handler: self.integrity, why: "data", kept: false, outside: false, named: None };
        }
        let responsible = Responsible {
            employee_no: alert.employee_no.as_deref(),
            unit: alert.unit_code.as_deref(),
            duty: alert.scenario.split('.').next(),
        };
        let named =
            responsible.employee_no.and_then(|number| directory.with_employee_no(number)).map(|person| person.id);
        let is_for_outside = alert.notify == "outside_first";
        let outside = is_for_outside || self.is_for_outside(responsible.unit, named);
        if is_for_outside || alert.notify == "audit_first" {
            return self.kept_way(named, outside);
        }
        match directory.route(responsible, today) {
            Route::To { handler, unit, why } => {
                let why = match why {
                    Why::Named => "named",
                    Why::Duty => "duty",
                    Why::Coordinator => "coordinator",
                };
                Way { unit: Some(unit), handler: Some(handler), why, kept: false, outside, named }
            }
            Route::Unowned { unit, why } => {
                let why = match why {
                    Whyless::Unmapped => "unmapped",
                    Whyless::UnknownUnit => "unknown-unit",
                    Whyless::Empty => "empty",
                };
                Way { unit, handler: None, why, kept: false, outside, named }
            }
        }
    }

    /// What the handler is not to know yet: the audit office's own desk, or the outside confirmer's.
    fn kept_way(&self, named: Option<PersonId>, outside: bool) -> Way {
        let (directory, today) = (&self.directory, self.today);
        if outside {
            return Way { unit: None, handler: self.outside, why: "outside", kept: true, outside, named };
        }
        let office = directory.audit_office(today).map(|unit| unit.code.clone());
        let desk = |unit: &String| {
            let places: Vec<_> =
                directory.places(unit, today).filter(|place| directory.is_there(place.person, today)).collect();
            let is_other = |person: PersonId| Some(person) != named;
            let with = |post| {
                places.iter().find(|place| place.post == post && is_other(place.person)).map(|place| place.person)
            };
            with(Post::Coordinator).or_else(|| with(Post::Staff)).or_else(|| with(Post::Head))
        };
        let handler = office.as_ref().and_then(desk);
        Way { unit: office, handler, why: "audit-first", kept: true, outside, named }
    }

    /// Whether it is about the audit office or the head of the government, so that others have to confirm it.
    fn is_for_outside(&self, unit: Option<&str>, named: Option<PersonId>) -> bool {
        let (directory, today) = (&self.directory, self.today);
        let audit: BTreeSet<String> =
            directory.audit_office(today).map(|office| directory.below(&office.code, today)).unwrap_or_default();
        let is_top = |code: &str| directory.unit(code, today).is_some_and(|unit| unit.parent.is_none());
        let unit = unit.and_then(|code| directory.unit(code, today)).map(|unit| unit.code.as_str());
        let named_places = named.map(|person| directory.places_of(person, today)).unwrap_or_default();
        unit.is_some_and(|code| audit.contains(code))
            || named_places.iter().any(|(code, post)| audit.contains(code) || (*post == Post::Head && is_top(code)))
    }

    /// Tells each handler once what the run brought them.
    pub(crate) async fn tell(self, office: &Office, tx: &Transaction, run: crate::ids::RunId) -> Result<(), DbErr> {
        for (to, (count, due)) in self.told {
            let due = office.local(due).format("%Y.%m.%d. %H:%M").to_string();
            let letter = Letter {
                to,
                template: Template::AssignedMany,
                values: vec![("count", count.to_string()), ("due", due)],
                about: None,
                once: run.to_string(),
            };
            outbox::put(office, tx, &letter).await?;
        }
        Ok(())
    }
}

/// The vendor a finding is about, as its subject names it.
fn vendor(subject: &str) -> Option<String> {
    let subject: BTreeMap<String, serde_json::Value> = serde_json::from_str(subject).ok()?;
    let value = subject.into_iter().find(|(name, _)| name.contains("vendor"))?.1;
    value.as_str().map(str::to_owned)
}

pub(super) fn entry(row: &Row, at: Moment, event: &str, text: &str) -> EntryRow {
    EntryRow {
        tenant: row.tenant,
        id: EntryId::new(),
        case_id: row.id,
        at,
        actor: None,
        actor_name: String::new(),
        event: event.to_owned(),
        text: text.to_owned(),
        details: "{}".to_owned(),
        clock: row.clock,
    }
}

pub(super) fn step(row: &Row, level: i32, at: Moment) -> StepRow {
    StepRow {
        tenant: row.tenant,
        id: StepId::new(),
        case_id: row.id,
        clock: row.clock,
        level,
        planned_at: at,
        status: "planned".to_owned(),
        fired_at: None,
        told: None,
        message: None,
        acknowledged_at: None,
        cancelled_at: None,
    }
}

/// An event in nobody's name.
pub(super) fn event(action: &str, row: &Row) -> Entry {
    Entry {
        action: action.to_owned(),
        actor: "office".to_owned(),
        true_actor: None,
        via: Via::Job,
        record: Record { kind: "case".to_owned(), id: row.id.to_string() },
        before: None,
        after: Some(audit::digest(row)),
    }
}

/// What a run says again, or no more, of cases that are there. Returns what the log is to keep, and the alerts that have no case yet.
///
/// # Errors
///
/// When the database does not answer, or a new due day cannot be counted.
pub(crate) async fn seen_again(
    office: &Office,
    tx: &Transaction,
    settings: &Settings,
    seen: &[Seen],
    gone: &[(AlertId, &'static str)],
) -> Result<(Vec<Entry>, Vec<AlertId>), CaseError> {
    let now = office.now();
    let mut log = Vec::new();
    let mut entries = Vec::new();
    let by_alert: BTreeMap<AlertId, &Seen> = seen.iter().map(|one| (one.alert, one)).collect();
    let ids: Vec<AlertId> = by_alert.keys().copied().collect();
    let rows = store::of_alerts(tx, &ids).await?;
    let mut without: BTreeSet<AlertId> = by_alert.values().filter(|one| !one.excluded).map(|one| one.alert).collect();
    let back: Vec<AlertId> = by_alert.values().filter(|one| one.back).map(|one| one.alert).collect();
    store::mark_gone(tx, &back, false).await?;
    for mut row in rows {
        without.remove(&row.alert);
        let Some(one) = by_alert.get(&row.alert) else { continue };
        let is_bound = row.found == one.found;
        if !is_bound {
            row.found.clone_from(&one.found);
            store::bind(tx, row.id, &one.found).await?;
        }
        if one.back {
            row.gone = false;
            entries.push(entry(&row, now, "back", ""));
        } else if one.changed {
            entries.push(entry(&row, now, "evidence", ""));
        }
        let is_closed = row.state == CaseState::Closed.as_str();
        let was_excluded = row.outcome.as_deref() == Some(Outcome::Excluded.as_str());
        let is_opened = is_closed && !one.excluded && (was_excluded || one.back);
        if !is_opened {
            // Where the row changed the log has to say what it is now.
            let what = match (one.back, one.changed, is_bound) {
                (true, ..) => Some("case.back"),
                (_, true, _) => Some("case.evidence"),
                (_, _, false) => Some("case.found"),
                _ => None,
            };
            log.extend(what.map(|what| event(what, &row)));
        } else {
            let mut again = row;
            let state = if again.handler.is_some() { CaseState::WithHandler } else { CaseState::Unowned };
            again.state = state.as_str().to_owned();
            again.begin_anew(now);
            due::set(office, settings, &mut again, now)?;
            let saved = store::save(tx, again, None).await?;
            if let Some(due) = saved.due_at {
                store::add_steps(tx, vec![step(&saved, 0, due)]).await?;
            }
            entries.push(entry(&saved, now, "reopened", if was_excluded { "exclusion-over" } else { "back" }));
            log.push(event("case.reopen", &saved));
        }
    }
    let ids: Vec<AlertId> = gone.iter().map(|one| one.0).collect();
    let why: BTreeMap<AlertId, &str> = gone.iter().copied().collect();
    store::mark_gone(tx, &ids, true).await?;
    for row in store::of_alerts(tx, &ids).await? {
        let why = why.get(&row.alert).copied().unwrap_or_default();
        // What was destroyed has no history any more.
        if row.destroyed_on.is_none() {
            entries.push(entry(&row, now, "gone", why));
        }
        log.push(event("case.gone", &row));
    }
    store::add_entries(tx, entries).await?;
    Ok((log, without.into_iter().collect()))
}
