//! Working days: which days are off, and what an unlisted year means (an error, never a guess).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Weekday};

use crate::time::Day;

/// How many working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkingDays(pub u32);

/// A question the calendar cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The year is not listed. An unlisted year is not a year without holidays.
    #[error("the calendar does not list {0}")]
    UnknownYear(i32),
}

/// Saturdays, Sundays and the public holidays of the years it lists.
///
/// - **Source.** The rows of `calendar/kr.csv`, each of which cites its source or says "to be confirmed".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkCalendar {
    years: BTreeSet<i32>,
    holidays: BTreeMap<Day, String>,
    /// Saturdays, Sundays and holidays that are worked all the same.
    worked: BTreeSet<Day>,
}

impl WorkCalendar {
    /// A calendar that lists `years` whole, with `holidays` in them by name.
    pub fn new(years: impl IntoIterator<Item = i32>, holidays: impl IntoIterator<Item = (Day, String)>) -> Self {
        let (years, holidays) = (years.into_iter().collect(), holidays.into_iter().collect());
        Self { years, holidays, worked: BTreeSet::new() }
    }

    /// The same calendar with the days of one government: those it is off besides, by name, and those it works all the same. Of a
    /// year that is not listed they say nothing.
    #[must_use]
    pub fn with_own(
        &self,
        off: impl IntoIterator<Item = (Day, String)>,
        worked: impl IntoIterator<Item = Day>,
    ) -> Self {
        let mut own = self.clone();
        own.holidays.extend(off);
        own.worked.extend(worked);
        own
    }

    /// The years listed, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.iter().copied()
    }

    /// The holiday's name, if `day` is one that is not worked.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`] for a year that is not listed.
    pub fn holiday(&self, day: Day) -> Result<Option<&str>, CalendarError> {
        if self.years.contains(&day.year()) {
            Ok(self.holidays.get(&day).filter(|_| !self.worked.contains(&day)).map(String::as_str))
        } else {
            Err(CalendarError::UnknownYear(day.year()))
        }
    }

    /// Whether nobody is at work on `day`: Saturday, Sunday or public holiday.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`] for a year that is not listed, even on a Sunday.
    pub fn is_day_off(&self, day: Day) -> Result<bool, CalendarError> {
        let holiday = self.holiday(day)?.is_some();
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(holiday || (weekend && !self.worked.contains(&day)))
    }

    /// The last day on which something due in `days` working days is still on time.
    ///
    /// - **Units.** `days` are working days; `from` itself is day 0 and need not be one.
    /// - **Shape.** The result is always a working day, never before `from`, except that
    ///   zero days gives `from` back. More days never give an earlier date.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`] if the walk reaches a year that is not listed.
    pub fn due(&self, from: Day, days: WorkingDays) -> Result<Day, CalendarError> {
        let mut day = from;
        for _ in 0..days.0 {
            day = self.next_working(day)?;
        }
        Ok(day)
    }

    /// Working days after `from` up to and including `to`; negative when `to` is earlier.
    ///
    /// # Errors
    ///
    /// [`CalendarError::UnknownYear`] if a day between lies in a year that is not listed.
    pub fn working_days_between(&self, from: Day, to: Day) -> Result<i64, CalendarError> {
        let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        for year in first.year()..=last.year() {
            if !self.years.contains(&year) {
                return Err(CalendarError::UnknownYear(year));
            }
        }
        let mut count = 0;
        for day in first.iter_days().skip(1).take_while(|day| *day <= last) {
            count += i64::from(!self.is_day_off(day)?);
        }
        Ok(sign * count)
    }

    fn next_working(&self, day: Day) -> Result<Day, CalendarError> {
        let mut next = day;
        loop {
            next = next.succ_opt().ok_or(CalendarError::UnknownYear(day.year() + 1))?;
            if !self.is_day_off(next)? {
                return Ok(next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap_or_default()
    }

    fn october() -> WorkCalendar {
        WorkCalendar::new([2026], [(day("2026-10-09"), "한글날".to_owned())])
    }

    #[test]
    fn a_holiday_and_a_weekend_push_the_due_day_on() {
        assert_eq!(october().due(day("2026-10-08"), WorkingDays(1)), Ok(day("2026-10-12")));
    }

    #[test]
    fn a_governments_own_days_are_left_out_or_worked() {
        let own =
            october().with_own([(day("2026-10-12"), "시민의 날".to_owned())], [day("2026-10-10"), day("2026-10-09")]);
        assert_eq!(own.due(day("2026-10-08"), WorkingDays(1)), Ok(day("2026-10-09")), "the holiday is worked");
        assert_eq!(own.due(day("2026-10-08"), WorkingDays(3)), Ok(day("2026-10-13")), "a Saturday is, a Monday is not");
        assert_eq!(own.holiday(day("2026-10-12")), Ok(Some("시민의 날")));
        let unlisted = october().with_own([], [day("2027-01-02")]);
        assert_eq!(unlisted.is_day_off(day("2027-01-02")), Err(CalendarError::UnknownYear(2027)));
    }

    #[test]
    fn zero_days_give_the_same_day_back_even_on_a_sunday() {
        assert_eq!(october().due(day("2026-10-11"), WorkingDays(0)), Ok(day("2026-10-11")));
    }

    #[test]
    fn an_unlisted_year_is_an_error_even_on_a_sunday() {
        assert_eq!(october().is_day_off(day("2027-01-03")), Err(CalendarError::UnknownYear(2027)));
        assert_eq!(october().due(day("2026-12-31"), WorkingDays(1)), Err(CalendarError::UnknownYear(2027)));
    }

    #[test]
    fn counting_backwards_is_the_negative_of_counting_forwards() {
        assert_eq!(october().working_days_between(day("2026-10-08"), day("2026-10-13")), Ok(2));
        assert_eq!(october().working_days_between(day("2026-10-13"), day("2026-10-08")), Ok(-2));
    }
}
