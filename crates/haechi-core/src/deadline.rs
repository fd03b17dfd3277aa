//! Until when something is due, and how that was counted.
//!
//! A date nobody can recount is a date nobody believes, so each carries the days that were left out and why.

use chrono::{Datelike as _, NaiveTime, TimeDelta};

use crate::calendar::{CalendarError, WorkCalendar, WorkingDays};
use crate::time::{Day, LocalTime};

/// How a period is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Working days, the first day excluded, due when the office closes: alerts.
    WorkingDays(WorkingDays),
    /// 민원처리법 §19: up to five days in hours from the moment of acceptance, eight a day; six and more in days, the first
    /// day included; days off are left out of both.
    Petition(WorkingDays),
}

/// When an office works. The law counts eight hours a day and does not say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeHours {
    /// The morning's first and last moment.
    pub morning: (NaiveTime, NaiveTime),
    /// The afternoon's.
    pub afternoon: (NaiveTime, NaiveTime),
}

/// A due moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment, Korean time.
    pub at: LocalTime,
    /// From when it was counted.
    pub from: LocalTime,
    /// By which rule.
    pub rule: Rule,
    /// Days between that were left out.
    pub left_out: Vec<DayOff>,
}

/// A day that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOff {
    /// The day.
    pub day: Day,
    /// The holiday's name; none for a Saturday or Sunday that is no holiday.
    pub holiday: Option<String>,
}

impl Default for OfficeHours {
    fn default() -> Self {
        let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN);
        Self { morning: (at(9), at(12)), afternoon: (at(13), at(18)) }
    }
}

impl OfficeHours {
    /// When the office closes.
    pub const fn closes(&self) -> NaiveTime {
        self.afternoon.1
    }
}

impl Rule {
    /// Until when something that begins at `from` is due.
    ///
    /// # Errors
    ///
    /// When a year is reached that the calendar does not list.
    pub fn due(self, from: LocalTime, calendar: &WorkCalendar, hours: &OfficeHours) -> Result<Due, CalendarError> {
        let mut count = Count { calendar, left_out: Vec::new() };
        let at = match self {
            Self::WorkingDays(days) => count.day(from.date(), days.0)?.and_time(hours.closes()),
            Self::Petition(days) if days.0 > 5 => {
                // The first day counts, if it is one on which the office works.
                let first = u32::from(!count.is_off(from.date())?);
                count.day(from.date(), days.0 - first)?.and_time(hours.closes())
            }
            Self::Petition(days) => count.hours(from, days.0, hours)?,
        };
        Ok(Due { at, from, rule: self, left_out: count.left_out })
    }
}

struct Count<'a> {
    calendar: &'a WorkCalendar,
    left_out: Vec<DayOff>,
}

impl Count<'_> {
    /// Whether `day` does not count; it is noted if so.
    fn is_off(&mut self, day: Day) -> Result<bool, CalendarError> {
        let holiday = self.calendar.holiday(day)?;
        let off = self.calendar.is_day_off(day)?;
        if off {
            self.left_out.push(DayOff { day, holiday: holiday.map(str::to_owned) });
        }
        Ok(off)
    }

    /// The day `days` working days after `from`.
    fn day(&mut self, from: Day, days: u32) -> Result<Day, CalendarError> {
        let mut day = from;
        let mut left = days;
        while left > 0 {
            day = self.next(day)?;
            left -= u32::from(!self.is_off(day)?);
        }
        Ok(day)
    }

    fn next(&self, day: Day) -> Result<Day, CalendarError> {
        day.succ_opt().ok_or_else(|| CalendarError::UnknownYear(day.year()))
    }

    /// The moment `days` times eight working hours after `from`.
    fn hours(&mut self, from: LocalTime, days: u32, hours: &OfficeHours) -> Result<LocalTime, CalendarError> {
        let mut left = TimeDelta::hours(i64::from(days) * 8);
        let mut day = from.date();
        loop {
            if !self.is_off(day)? {
                for (opens, closes) in [hours.morning, hours.afternoon] {
                    let start = day.and_time(opens).max(from);
                    let room = day.and_time(closes).signed_duration_since(start).max(TimeDelta::zero());
                    if left <= room {
                        return Ok(start + left);
                    }
                    left -= room;
                }
            }
            day = self.next(day)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar() -> WorkCalendar {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let holidays = [(day("2026-12-25"), "기독탄신일".to_owned()), (day("2026-10-09"), "한글날".to_owned())];
        WorkCalendar::new([2026], holidays)
    }

    fn due(rule: Rule, from: &str) -> Due {
        let from = LocalTime::parse_from_str(from, "%Y-%m-%d %H:%M").unwrap();
        rule.due(from, &calendar(), &OfficeHours::default()).unwrap()
    }

    fn at(due: &Due) -> String {
        due.at.format("%Y-%m-%d %H:%M").to_string()
    }

    #[test]
    fn an_alert_of_tuesday_is_due_on_the_seventh_working_day_after_it_when_the_office_closes() {
        let due = due(Rule::WorkingDays(WorkingDays(7)), "2026-11-24 08:10");
        assert_eq!(at(&due), "2026-12-03 18:00");
        assert_eq!(
            due.left_out.iter().map(|off| off.day.to_string()).collect::<Vec<_>>(),
            ["2026-11-28", "2026-11-29"]
        );
    }

    #[test]
    fn a_holiday_between_is_left_out_and_named() {
        let due = due(Rule::WorkingDays(WorkingDays(3)), "2026-12-23 17:00");
        assert_eq!(at(&due), "2026-12-29 18:00");
        let holiday = due.left_out.first().and_then(|off| off.holiday.as_deref());
        assert_eq!(holiday, Some("기독탄신일"));
    }

    #[test]
    fn a_petition_of_one_day_is_due_eight_working_hours_later() {
        let rule = Rule::Petition(WorkingDays(1));
        assert_eq!(at(&due(rule, "2026-11-23 15:00")), "2026-11-24 15:00");
        assert_eq!(at(&due(rule, "2026-11-27 16:30")), "2026-11-30 16:30", "over a weekend");
        assert_eq!(at(&due(rule, "2026-11-23 12:20")), "2026-11-24 12:00", "at noon nobody works");
        assert_eq!(at(&due(rule, "2026-11-22 10:00")), "2026-11-23 18:00", "accepted on a Sunday");
        assert_eq!(at(&due(rule, "2026-11-23 20:00")), "2026-11-24 18:00", "after closing");
    }

    #[test]
    fn a_petition_of_seven_days_counts_the_first() {
        let rule = Rule::Petition(WorkingDays(7));
        assert_eq!(at(&due(rule, "2026-11-23 15:00")), "2026-12-01 18:00");
        assert_eq!(at(&due(rule, "2026-11-22 15:00")), "2026-12-01 18:00", "a Sunday is no first day");
    }

    #[test]
    fn no_days_are_due_the_same_day_and_an_unlisted_year_is_not_guessed() {
        assert_eq!(at(&due(Rule::WorkingDays(WorkingDays(0)), "2026-11-24 08:10")), "2026-11-24 18:00");
        let late = LocalTime::parse_from_str("2026-12-30 09:00", "%Y-%m-%d %H:%M").unwrap();
        let refused = Rule::WorkingDays(WorkingDays(3)).due(late, &calendar(), &OfficeHours::default());
        assert_eq!(refused, Err(CalendarError::UnknownYear(2027)));
    }
}
