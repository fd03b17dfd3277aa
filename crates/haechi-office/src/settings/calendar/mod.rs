//! The days by which a government counts: the public holidays that come with the program, and its own, each with its reason.
//!
//! What was counted stays as it was counted; a day that is added counts from then on.

mod api;
mod pages;
mod store;
#[cfg(test)]
mod tests;

use chrono::Datelike as _;
use haechi_core::calendar::{CalendarError, WorkCalendar};
use haechi_core::time::{Day, Days};

use crate::audit::{self, Entry, Record};
use crate::db::Transaction;
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::problem::Problem;

pub(crate) use self::api::document;
pub(crate) use self::store::Row as OwnDay;

pub(super) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// The most characters of a reason: it stands beside due days.
const LONGEST: usize = 60;

/// Why a day was not added or removed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OwnDayError {
    /// A day that has passed: what was counted then stays as it was.
    #[error("a day that has passed is not changed")]
    Past,
    /// Without a reason, or with one that is too long.
    #[error("a reason is needed, of at most {LONGEST} characters")]
    Reason,
    /// It is so already.
    #[error("the day is so already")]
    Already,
    /// There is no such day.
    #[error("there is no such day")]
    Gone,
    /// A year that the calendar does not list.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// The database said no.
    #[error("the calendar could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<OwnDayError> for Problem {
    fn from(error: OwnDayError) -> Self {
        match error {
            OwnDayError::Past => Self::invalid(
                "calendar.past",
                ("지난 날짜는 바꿀 수 없습니다.", "A day that has passed cannot be changed."),
            )
            .at("day"),
            OwnDayError::Reason => Self::invalid(
                "calendar.reason",
                ("사유를 60자까지 적어 주십시오.", "Give a reason of at most 60 characters."),
            )
            .at("reason"),
            OwnDayError::Already => Self::invalid(
                "calendar.already",
                ("그날은 이미 그렇습니다. 달력을 확인해 주십시오.", "The day is so already. Look at the calendar."),
            )
            .at("day"),
            OwnDayError::Gone => Self::hidden(),
            OwnDayError::Calendar(CalendarError::UnknownYear(_)) => {
                Self::invalid("calendar.unlisted", ("달력에 없는 해입니다.", "The calendar does not list that year."))
                    .at("day")
            }
            OwnDayError::Database(error) => error.into(),
            OwnDayError::Log(error) => error.into(),
        }
    }
}

/// The government's own days, the earliest first.
pub(super) async fn own_days(tx: &Transaction) -> Result<Vec<OwnDay>, sea_orm::DbErr> {
    store::all(tx).await
}

/// The calendar with a government's own days in it.
pub(super) fn with_own(shipped: &WorkCalendar, own: &[OwnDay]) -> WorkCalendar {
    let off = own.iter().filter(|own| own.off).map(|own| (own.day, own.reason.clone()));
    shipped.with_own(off, own.iter().filter(|own| !own.off).map(|own| own.day))
}

/// Adds a day of the government's own: one on which it is off, or one on which it works though the calendar has it off.
///
/// # Errors
///
/// A day that has passed, or is so already; no reason; a year that the calendar does not list.
pub(super) async fn add(
    office: &Office,
    may: &Authorized<'_, General>,
    day: Day,
    off: bool,
    reason: &str,
) -> Result<(), OwnDayError> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST || reason.contains(char::is_control) {
        return Err(OwnDayError::Reason);
    }
    if day < office.today() {
        return Err(OwnDayError::Past);
    }
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    let own = own_days(&tx).await?;
    if own.iter().any(|one| one.day == day) || office.calendar().is_day_off(day)? == off {
        return Err(OwnDayError::Already);
    }
    let row = OwnDay {
        tenant: tx.tenant(),
        day,
        off,
        reason: reason.to_owned(),
        set_by: may.by().id().map(|id| id.to_string()).unwrap_or_default(),
        set_at: office.now(),
    };
    let after = audit::digest(&(day, off, reason));
    store::add(&tx, row).await?;
    told(office, may, tx, "calendar.add", day, [None, Some(after)]).await
}

/// Removes a day of the government's own that has not passed.
///
/// # Errors
///
/// One that is not there; one that has passed.
pub(super) async fn remove(office: &Office, may: &Authorized<'_, General>, day: Day) -> Result<(), OwnDayError> {
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    let row = own_days(&tx).await?.into_iter().find(|one| one.day == day).ok_or(OwnDayError::Gone)?;
    if day < office.today() {
        return Err(OwnDayError::Past);
    }
    store::remove(&tx, day).await?;
    let before = audit::digest(&(day, row.off, &row.reason));
    told(office, may, tx, "calendar.remove", day, [Some(before), None]).await
}

async fn told(
    office: &Office,
    may: &Authorized<'_, General>,
    tx: Transaction,
    action: &str,
    day: Day,
    [before, after]: [Option<String>; 2],
) -> Result<(), OwnDayError> {
    let entry = may.entry("own_day", "");
    let record = Record { kind: "own_day".to_owned(), id: day.to_string() };
    let entry = Entry { action: action.to_owned(), record, before, after, ..entry };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// A month, and the days in it that are off besides weekends or worked besides the others.
pub(super) struct MonthOf {
    /// Its first day.
    pub(super) first: Day,
    /// Working days in it.
    pub(super) working: u32,
    /// Holidays by name, own days with their reason: the day, the name, and whether it is the government's own.
    pub(super) special: Vec<(Day, String, bool)>,
}

/// The months of a year; none where the calendar does not list it.
pub(super) fn months(calendar: &WorkCalendar, own: &[OwnDay], year: i32) -> Option<Vec<MonthOf>> {
    let month = |number| {
        let first = Day::from_ymd_opt(year, number, 1)?;
        let (mut working, mut special) = (0, Vec::new());
        for day in first.iter_days().take_while(|day| day.month() == number) {
            working += u32::from(!calendar.is_day_off(day).ok()?);
            let own = own.iter().find(|own| own.day == day);
            let name = own.map(|own| own.reason.clone()).or_else(|| calendar.holiday(day).ok()?.map(str::to_owned));
            special.extend(name.map(|name| (day, name, own.is_some())));
        }
        Some(MonthOf { first, working, special })
    };
    (1..=12).map(month).collect()
}

/// The first year after today's that the calendar does not list, where that is near: its holidays are to be brought in time.
pub(super) fn missing(calendar: &WorkCalendar, today: Day) -> Option<i32> {
    let ahead = (today + Days::new(90)).year();
    (today.year()..=ahead).find(|year| calendar.years().all(|listed| listed != *year))
}
