//! Periods as they were decided, and up to which day a class has fallen due by them.

use chrono::{Datelike as _, Months};
use haechi_core::time::Day;

use super::class::Class;
use super::store::{Kind, Proposal};

/// For how long a class is kept, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// Years; none keeps it until somebody sets some.
    pub(crate) years: Option<u32>,
    /// Whether they count from the first of January after the record's day, and not from that day.
    pub(crate) from_new_year: bool,
    /// The first day on which it holds.
    pub(crate) first_day: Day,
}

impl Period {
    /// The last day whose records have fallen due on `today`; none where they are kept.
    pub(crate) fn last_due(&self, today: Day) -> Option<Day> {
        let years = self.years?;
        if self.from_new_year {
            let year = today.year().checked_sub(i32::try_from(years).ok()?)?.checked_sub(1)?;
            return Day::from_ymd_opt(year, 12, 31);
        }
        today.checked_sub_months(Months::new(years.checked_mul(12)?))
    }

    fn of(row: &Proposal) -> Option<Self> {
        let years = row.years.map(u32::try_from).transpose().ok()?;
        Some(Self { years, from_new_year: row.from_new_year, first_day: row.first_day? })
    }
}

/// The period of a class that holds on `day`, and the next that is to hold after it, of the proposals that were approved.
pub(super) fn of(rows: &[Proposal], class: Class, day: Day) -> (Option<Period>, Option<Period>) {
    let approved = || {
        let of = |row: &&Proposal| {
            row.approved == Some(true) && row.kind == Kind::Period.as_str() && row.class == class.as_str()
        };
        rows.iter().filter(of).filter_map(|row| Some((Period::of(row)?, row.decided_at)))
    };
    // Of two from the same day the one that was decided last.
    let holds = approved()
        .filter(|(period, _)| period.first_day <= day)
        .max_by_key(|(period, decided)| (period.first_day, *decided));
    let next = approved()
        .filter(|(period, _)| period.first_day > day)
        .min_by_key(|(period, decided)| (period.first_day, std::cmp::Reverse(*decided)));
    (holds.map(|found| found.0), next.map(|found| found.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_count_from_the_day_itself_or_from_the_new_year_after_it() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let period = |years, from_new_year| Period { years, from_new_year, first_day: day("2026-01-01") };
        let due = |years, from_new_year, today| period(years, from_new_year).last_due(day(today));
        assert_eq!(due(Some(5), false, "2031-11-30"), Some(day("2026-11-30")));
        assert_eq!(due(Some(1), false, "2025-02-28"), Some(day("2024-02-28")), "a leap day waits for March");
        assert_eq!(due(Some(1), false, "2025-03-01"), Some(day("2024-03-01")));
        assert_eq!(due(Some(5), true, "2031-12-31"), Some(day("2025-12-31")));
        assert_eq!(due(Some(5), true, "2032-01-01"), Some(day("2026-12-31")));
        assert_eq!(due(None, true, "2099-01-01"), None, "kept until somebody says for how long");
    }
}
