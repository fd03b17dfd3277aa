//! The monitoring day: a reminder the day before, and a message to each of what is left for them.

use chrono::{Datelike as _, Timelike as _};
use haechi_core::calendar::{CalendarError, WorkCalendar};
use haechi_core::time::{Day, Days};

use super::error::CaseError;
use super::store;
use crate::audit::{self, Entry, Record, Via};
use crate::ids::TenantId;
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
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
    let calendar = office.calendar();
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
