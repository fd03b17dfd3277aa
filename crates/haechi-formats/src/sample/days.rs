//! The year 2026 as the city worked it.

use chrono::{Datelike as _, TimeDelta, Weekday};
use haechi_core::time::Day;

/// The public holidays of 2026 until October that are no Saturday or Sunday: month and day, as `calendar/kr.csv` has
/// them. A test compares the two.
pub(super) const HOLIDAYS: [(u32, u32); 15] = [
    (1, 1),
    (2, 16),
    (2, 17),
    (2, 18),
    (3, 2),
    (5, 1),
    (5, 5),
    (5, 25),
    (6, 3),
    (7, 17),
    (8, 17),
    (9, 24),
    (9, 25),
    (10, 5),
    (10, 9),
];

/// 1 January 2026.
const NEW_YEAR: Day = match Day::from_ymd_opt(2026, 1, 1) {
    Some(day) => day,
    None => Day::MIN,
};

/// The day so many days after 1 January 2026.
pub(super) fn day(number: i64) -> Day {
    NEW_YEAR + TimeDelta::days(number)
}

/// Whether nobody works on this day of 2026.
pub(super) fn is_off(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || HOLIDAYS.contains(&(day.month(), day.day()))
}

/// The days of 2026 until the end of October, in their order, that are days off or that are not.
pub(super) fn days(off: bool) -> Vec<Day> {
    (0..304).map(day).filter(|day| is_off(*day) == off).collect()
}

/// The days of `days` in a month, or in the three months from it on.
pub(super) fn within(days: &[Day], month: u32, months: u32) -> Vec<Day> {
    days.iter().copied().filter(|day| (month..month + months).contains(&day.month())).collect()
}

/// `2026.03.05.`
pub(super) fn dotted(day: Day) -> String {
    day.format("%Y.%m.%d.").to_string()
}
