//! Until when a case is due where it stands, and how that was counted.

use haechi_core::calendar::{CalendarError, WorkingDays};
use haechi_core::deadline::Rule;
use haechi_core::time::{Day, LocalTime, Moment};
use serde::{Deserialize, Serialize};

use super::state::CaseState;
use super::store::Row;
use crate::office::Office;
use crate::settings::{Setting, Settings};

/// How a due moment was counted, as the row keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct How {
    /// From when.
    pub(crate) from: Option<LocalTime>,
    /// Working days.
    pub(crate) days: u32,
    /// Who says so: `government`, `scenario`, `default`, `waiting`.
    pub(crate) by: String,
    /// Days that were left out, with the holiday's name.
    pub(crate) left_out: Vec<(Day, Option<String>)>,
    /// Those of them that the government itself is off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) own: Vec<Day>,
    /// Days that count though the calendar has them off, because the government works, each with its reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) worked: Vec<(Day, String)>,
}

/// Counts the due moment of a case from `from` on and puts it into the row.
///
/// # Errors
///
/// A year that the calendar does not list.
pub(super) fn set(office: &Office, settings: &Settings, row: &mut Row, from: Moment) -> Result<(), CalendarError> {
    let local = office.local(from);
    let says = row.deadline_days.and_then(|days| u32::try_from(days).ok());
    let setting = match CaseState::parse(&row.state) {
        Some(CaseState::WithManager) => Setting::ManagerDays,
        Some(CaseState::WithAudit) => Setting::AuditDays,
        Some(CaseState::Closed) => {
            row.due_at = None;
            row.due_how = String::new();
            return Ok(());
        }
        Some(CaseState::Unowned | CaseState::WithHandler | CaseState::Waiting) | None => Setting::HandlerDays,
    };
    let says = says.filter(|_| setting == Setting::HandlerDays);
    let found = settings.get(setting, local.date(), Some((&row.scenario, says)));
    let due = Rule::WorkingDays(WorkingDays(found.value)).due(local, settings.calendar(office), office.hours())?;
    let between = |day: Day| day > local.date() && day <= due.at.date();
    let own = |off: bool| settings.own_days().iter().filter(move |own| own.off == off && between(own.day));
    let how = How {
        from: Some(local),
        days: found.value,
        by: found.by.to_owned(),
        own: own(true).map(|own| own.day).collect(),
        worked: own(false).map(|own| (own.day, own.reason.clone())).collect(),
        left_out: due.left_out.into_iter().map(|off| (off.day, off.holiday)).collect(),
    };
    row.due_at = Some(office.moment(due.at));
    row.due_how = serde_json::to_string(&how).unwrap_or_default();
    Ok(())
}

/// How the row's due moment was counted.
pub(crate) fn how(row: &Row) -> How {
    serde_json::from_str(&row.due_how).unwrap_or_default()
}
