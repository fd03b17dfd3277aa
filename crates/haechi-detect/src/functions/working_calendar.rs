//! The working calendar as a table by day, so that a question about a day is a look-up and one about a range a subtraction.

use std::collections::BTreeSet;

use haechi_core::calendar::WorkCalendar;
use haechi_core::time::Day;

/// Days since 1970-01-01, as `Date32` holds them.
pub(super) type EpochDay = i32;

/// What the calendar says of every day from its first listed year to its last.
pub(super) struct DayTable {
    /// The day of the first entry.
    first: EpochDay,
    days: Vec<Entry>,
}

#[derive(Clone, Copy)]
struct Entry {
    /// `None` in a year that is not listed.
    off: Option<bool>,
    /// Working days from the table's first day up to and including this one.
    working: i32,
    /// Days of unlisted years, counted the same way.
    unlisted: i32,
}

impl DayTable {
    /// The table of `calendar`; empty where it lists no year.
    pub(super) fn new(calendar: &WorkCalendar) -> Self {
        let years: BTreeSet<i32> = calendar.years().collect();
        let bounds = years
            .first()
            .zip(years.last())
            .and_then(|(first, last)| Some((Day::from_ymd_opt(*first, 1, 1)?, Day::from_ymd_opt(*last, 12, 31)?)));
        let Some((first, last)) = bounds else { return Self { first: 0, days: Vec::new() } };
        let (mut working, mut unlisted) = (0, 0);
        let days = first
            .iter_days()
            .take_while(|day| *day <= last)
            .map(|day| {
                let off = calendar.is_day_off(day).ok();
                working += i32::from(off == Some(false));
                unlisted += i32::from(off.is_none());
                Entry { off, working, unlisted }
            })
            .collect();
        Self { first: first.to_epoch_days(), days }
    }

    fn index(&self, day: EpochDay) -> Option<usize> {
        let at = usize::try_from(day.checked_sub(self.first)?).ok()?;
        (self.days.get(at)?.off.is_some()).then_some(at)
    }

    /// Whether nobody is at work on `day`; `None` in a year that is not listed.
    pub(super) fn is_day_off(&self, day: EpochDay) -> Option<bool> {
        self.days[self.index(day)?].off
    }

    /// Working days after `from` up to and including `to`, negative when `to` is earlier; `None` where a year is not listed.
    pub(super) fn working_days_between(&self, from: EpochDay, to: EpochDay) -> Option<i64> {
        let (from, to) = (self.days[self.index(from)?], self.days[self.index(to)?]);
        let (early, late, sign) =
            if from.unlisted <= to.unlisted && from.working <= to.working { (from, to, 1) } else { (to, from, -1) };
        (early.unlisted == late.unlisted).then(|| sign * i64::from(late.working - early.working))
    }

    /// The working day `count` working days after `from`, or before it if negative; zero gives `from` back.
    /// `None` where the walk would meet a year that is not listed.
    pub(super) fn add_working_days(&self, from: EpochDay, count: i64) -> Option<EpochDay> {
        let start = self.index(from)?;
        if count == 0 {
            return Some(from);
        }
        // Working days are numbered from the table's first; the one sought has the number `wanted`.
        let here = self.days[start];
        let before_here = i64::from(here.working) - i64::from(here.off == Some(false));
        let wanted = if count > 0 {
            i64::from(here.working).checked_add(count)?
        } else {
            before_here.checked_add(count)?.checked_add(1)?
        };
        if wanted < 1 {
            return None;
        }
        let at = self.days.partition_point(|entry| i64::from(entry.working) < wanted);
        let there = self.days.get(at)?;
        if there.unlisted != here.unlisted {
            return None;
        }
        self.first.checked_add(i32::try_from(at).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use haechi_core::calendar::WorkingDays;
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn calendar() -> WorkCalendar {
        let holidays = [
            ("2016-09-15", "추석"),
            ("2017-01-27", "설날"),
            ("2017-01-30", "대체공휴일"),
            ("2019-05-06", "대체공휴일"),
        ];
        WorkCalendar::new([2016, 2017, 2019], holidays.map(|(date, name)| (day(date), name.to_owned())))
    }

    #[test]
    fn an_empty_calendar_knows_no_day() {
        let table = DayTable::new(&WorkCalendar::default());
        assert_eq!(table.is_day_off(0), None);
        assert_eq!(table.working_days_between(0, 0), None);
        assert_eq!(table.add_working_days(0, 0), None);
    }

    #[test]
    fn counting_back_passes_over_a_holiday_and_a_weekend() {
        let table = DayTable::new(&calendar());
        let back = |from: &str, count| table.add_working_days(day(from).to_epoch_days(), count);
        assert_eq!(back("2017-01-31", -1), Some(day("2017-01-26").to_epoch_days()));
        assert_eq!(back("2017-01-28", -1), Some(day("2017-01-26").to_epoch_days()));
        assert_eq!(back("2016-01-04", -2), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_table_says_of_every_day_what_the_calendar_says(from in 16_700_i32..18_400, to in 16_700_i32..18_400, count in 0_u32..300) {
            let (calendar, days) = (calendar(), |day| Day::from_epoch_days(day).unwrap());
            let table = DayTable::new(&calendar);
            prop_assert_eq!(table.is_day_off(from), calendar.is_day_off(days(from)).ok());
            prop_assert_eq!(table.working_days_between(from, to), calendar.working_days_between(days(from), days(to)).ok());
            if calendar.is_day_off(days(from)).is_ok() {
                let due = calendar.due(days(from), WorkingDays(count)).ok().map(|day| day.to_epoch_days());
                prop_assert_eq!(table.add_working_days(from, i64::from(count)), due);
            }
        }
    }
}
