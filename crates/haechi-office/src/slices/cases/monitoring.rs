//! The monitoring day: a reminder the day before, and a message to each of what is left for them.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Timelike as _};
use haechi_core::calendar::{CalendarError, WorkCalendar};
use haechi_core::time::{Day, Days};

use super::error::CaseError;
use super::state::CaseState;
use super::{Filter, store};
use crate::audit::{self, Entry, Record, Via};
use crate::db::Transaction;
use crate::ids::TenantId;
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
use crate::policy::{self, Actor};
use crate::settings::{Setting, Settings};

/// The hour from which the day's messages are written.
const MORNING: u32 = 9;
/// The hour from which one is reminded of tomorrow.
const AFTERNOON: u32 = 15;

/// The next monitoring day from `day` on: the weekday, or the working day before where that is off.
pub(super) fn next(calendar: &WorkCalendar, day: Day, weekday: u32) -> Result<Day, CalendarError> {
    for ahead in 0..14 {
        let wanted = day + Days::new(ahead);
        if wanted.weekday().number_from_monday() != weekday {
            continue;
        }
        let mut held = wanted;
        while calendar.is_day_off(held)? && held > wanted - Days::new(7) {
            held = held - Days::new(1);
        }
        if held >= day {
            return Ok(held);
        }
    }
    Ok(day)
}

/// What is left of a unit's cases, of those that somebody may see one by one.
#[derive(Default)]
pub(super) struct LeftOfUnit {
    /// The unit's code; none for cases of no unit.
    pub(super) unit: Option<String>,
    /// Those that wait for an answer.
    pub(super) open: u64,
    /// Those past their due moment.
    pub(super) late: u64,
    /// Those that are answered and not confirmed.
    pub(super) answered: u64,
    /// Those that are confirmed.
    pub(super) closed: u64,
}

impl LeftOfUnit {
    /// How many in a hundred are answered or confirmed.
    pub(super) fn rate(&self) -> u64 {
        let all = self.open + self.answered + self.closed;
        ((self.answered + self.closed) * 100).checked_div(all).unwrap_or(100)
    }
}

/// What is left.
pub(super) struct Left {
    /// The weekday of the monitoring day: 1 is Monday.
    pub(super) weekday: u32,
    /// The next one.
    pub(super) next: Day,
    /// How many open cases are the reader's own.
    pub(super) mine: u64,
    /// By unit.
    pub(super) units: Vec<LeftOfUnit>,
}

/// What is left for `me`, for their unit, for the government, as far as they may see it one by one.
///
/// # Errors
///
/// When the database does not answer, or the calendar does not list the year.
pub(super) async fn left(office: &Office, tx: &Transaction, me: &Actor) -> Result<Left, CaseError> {
    let (scope, recused, now) = (policy::scope(me), super::recused(tx, me).await?, office.now());
    let settings = Settings::read(tx).await?;
    let weekday = settings.get(Setting::MonitoringDay, me.day(), None).value;
    let own = Filter { handler: me.id(), ..Filter::default() };
    let mine = store::count(tx, &scope, &recused, &own, now).await?;
    let mut units: BTreeMap<Option<String>, LeftOfUnit> = BTreeMap::new();
    for (unit, state, late, count) in store::by_unit(tx, &scope, &recused, now).await? {
        let nothing = LeftOfUnit { unit: unit.clone(), open: 0, late: 0, answered: 0, closed: 0 };
        let line = units.entry(unit).or_insert(nothing);
        match CaseState::parse(&state) {
            Some(CaseState::Closed) => line.closed += count,
            Some(CaseState::WithManager | CaseState::WithAudit) => line.answered += count,
            _ => line.open += count,
        }
        line.late += late;
    }
    let next = next(settings.calendar(office), me.day(), weekday)?;
    Ok(Left { weekday, next, mine, units: units.into_values().collect() })
}

/// Writes what the hour calls for; each message once, however often it is asked. Returns how many were written.
///
/// # Errors
///
/// When the database does not answer, or the calendar does not list the year.
pub(crate) async fn monitor(office: &Office, tenant: TenantId) -> Result<u64, CaseError> {
    let local = office.local_now();
    let today = local.date();
    let hour = local.time().hour();
    if hour < MORNING {
        return Ok(0);
    }
    let tx = office.db().read(tenant).await?;
    let settings = Settings::read(&tx).await?;
    let weekday = settings.get(Setting::MonitoringDay, today, None).value;
    let calendar = settings.calendar(office);
    let is_today = next(calendar, today, weekday)? == today;
    let tomorrow = calendar.due(today, haechi_core::calendar::WorkingDays(1))?;
    let is_tomorrow = !calendar.is_day_off(today)? && next(calendar, tomorrow, weekday)? == tomorrow;
    let kind = match (is_today, is_tomorrow && hour >= AFTERNOON) {
        (true, _) => Some(Template::Digest),
        (_, true) => Some(Template::Reminder),
        _ => None,
    };
    let state = format!("{today} {:?}", kind.map(Template::as_str));
    if office.did(tenant, "monitoring day", &state) {
        return Ok(0);
    }
    let mut letters = Vec::new();
    if let Some(template) = kind {
        for (to, count, late) in store::open_by_handler(&tx, office.now()).await? {
            let values = vec![("count", count.to_string()), ("late", late.to_string())];
            letters.push(Letter { to, template, values, about: None, once: today.to_string() });
        }
    }
    drop(tx);
    let written = if letters.is_empty() { 0 } else { write(office, tenant, today, &letters).await? };
    office.note_done(tenant, "monitoring day", state);
    Ok(written)
}

/// Writes the letters, each once whatever was written before.
async fn write(office: &Office, tenant: TenantId, today: Day, letters: &[Letter]) -> Result<u64, CaseError> {
    let tx = office.db().write(tenant).await?;
    let mut written = 0;
    for letter in letters {
        written += u64::from(outbox::put(office, &tx, letter).await?.is_some());
    }
    if written > 0 {
        let entry = Entry {
            action: "monitoring.tell".to_owned(),
            actor: "office".to_owned(),
            true_actor: None,
            via: Via::Job,
            record: Record { kind: "monitoring_day".to_owned(), id: today.to_string() },
            before: None,
            after: Some(audit::digest(&written)),
        };
        audit::append(&tx, office.clock(), &entry).await?;
        tx.commit().await?;
    }
    Ok(written)
}
