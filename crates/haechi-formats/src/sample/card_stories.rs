//! What is told in the card ledger. Each story counts the findings it makes.

use chrono::Datelike as _;
use haechi_core::time::Day;

use super::card_ledger::{CardLedger, Use};
use super::days;
use super::times;
use super::town::Town;
use super::words::{EVENTS, UNCOUNTED};

impl CardLedger {
    /// All stories, as often as a ledger of so many rows has them.
    pub(super) fn stories(&mut self, town: &Town, rows: u32) {
        let plan: [(&'static str, u32, Story); 8] = [
            ("card.split-payment", times(3, 8, rows), split),
            ("card.late-night", times(3, 15, rows), late_night),
            ("card.holiday", times(3, 66, rows), holiday),
            ("card.just-below-limit", times(1, 2, rows).min(20), just_below),
            ("card.per-head", times(3, 20, rows), per_head),
            ("card.duplicate", times(3, 5, rows), duplicate),
            ("card.over-limit-without-headcount", times(3, 10, rows), without_headcount),
            ("card.date-outside-ledger", times(3, 10, rows).min(170), outside_ledger),
        ];
        for (scenario, often, story) in plan {
            let told = (0..often).filter(|nth| story(self, town, *nth)).count();
            self.told.insert(scenario, u32::try_from(told).unwrap_or(u32::MAX));
        }
        // Twice in a quarter is a near miss. Story 25 of `just_below` never comes, so its unit and quarter are free.
        if rows >= 1_000 {
            near_the_limit(self, town, 25, 2);
        }
    }

    /// Somewhere on a working day.
    fn somewhere(&mut self) -> (usize, usize, Day) {
        let workdays = std::mem::take(&mut self.workdays);
        let at = self.fresh(&workdays);
        self.workdays = workdays;
        at
    }

    /// Books an expense in the ledger of its own month.
    fn book_where_it_belongs(&mut self, one: Use) {
        self.book(one.day.month(), one);
    }
}

/// Tells its `nth` time; `false` where too few rows are left.
type Story = fn(&mut CardLedger, &Town, u32) -> bool;

/// The parts of the first split payment.
const FIRST: [i64; 3] = [186_000, 172_000, 164_000];

fn split(ledger: &mut CardLedger, town: &Town, nth: u32) -> bool {
    if ledger.left < 3 {
        return false;
    }
    let (at, parts) = if nth == 0 {
        let at = (0, 0, days::day(70));
        ledger.take(at.0, at.1, at.2);
        (at, FIRST.to_vec())
    } else {
        let many = ledger.chance.amount(2, 3, 1);
        let parts = (0..many).map(|_| ledger.chance.amount(510_000 / many / 500 * 500 + 500, 380_000, 500)).collect();
        (ledger.somewhere(), parts)
    };
    let start = u32::try_from(ledger.chance.amount(18 * 60, 20 * 60, 1)).unwrap_or(0);
    for (amount, after) in parts.into_iter().zip((0..).step_by(13)) {
        let one = ledger.usual(town, at, amount);
        let minute = Some(start + after);
        ledger.book_where_it_belongs(Use { minute, first_split: nth == 0, ..one });
    }
    true
}

fn late_night(ledger: &mut CardLedger, town: &Town, nth: u32) -> bool {
    if ledger.left < 1 {
        return false;
    }
    let at = ledger.somewhere();
    let amount = ledger.chance.amount(20_000, 240_000, 500);
    let one = ledger.usual(town, at, amount);
    // Two in three are of the evening before midnight; 00:00 would be a time nobody knows.
    let minute = if nth % 3 == 2 {
        ledger.chance.amount(1, 5 * 60 + 59, 1)
    } else {
        ledger.chance.amount(23 * 60, 23 * 60 + 59, 1)
    };
    ledger.book_where_it_belongs(Use { minute: u32::try_from(minute).ok(), ..one });
    true
}

fn holiday(ledger: &mut CardLedger, town: &Town, nth: u32) -> bool {
    if ledger.left < 3 {
        return false;
    }
    let days_off = std::mem::take(&mut ledger.days_off);
    let at = ledger.fresh(&days_off);
    ledger.days_off = days_off;
    let purpose = EVENTS[nth as usize % EVENTS.len()];
    for hour in [10, 12, 17] {
        let amount = ledger.chance.amount(12_000, 130_000, 500);
        let one = ledger.usual(town, at, amount);
        let minute = Some(hour * 60 + u32::try_from(ledger.chance.amount(0, 59, 1)).unwrap_or(0));
        ledger.book_where_it_belongs(Use { minute, purpose, ..one });
    }
    true
}

fn just_below(ledger: &mut CardLedger, town: &Town, nth: u32) -> bool {
    ledger.left >= 3 && near_the_limit(ledger, town, nth, 3)
}

/// So many payments just below the limit, of one unit in one quarter: no two `nth` below 100 have both the same.
fn near_the_limit(ledger: &mut CardLedger, town: &Town, nth: u32, many: u32) -> bool {
    let nth = nth as usize;
    let unit = (nth * 7 + 6) % ledger.units;
    let first_month = ((nth / ledger.units + nth) % 3) as u32 * 3 + 1;
    let quarter = days::within(&ledger.workdays, first_month, 3);
    for _ in 0..many {
        let mut at = ledger.fresh(&quarter);
        at.0 = unit;
        while !ledger.take(at.0, at.1, at.2) {
            at = ledger.fresh(&quarter);
            at.0 = unit;
        }
        let amount = ledger.chance.amount(490_000, 499_500, 500);
        let one = ledger.usual(town, at, amount);
        ledger.book_where_it_belongs(one);
    }
    true
}

fn per_head(ledger: &mut CardLedger, town: &Town, _nth: u32) -> bool {
    if ledger.left < 1 {
        return false;
    }
    let at = ledger.somewhere();
    let people = ledger.chance.amount(2, 6, 1);
    let amount = people * ledger.chance.amount(42_000, 69_000, 500);
    let attendees = ledger.attendees(town, at.0, people);
    let one = ledger.usual(town, at, amount);
    ledger.book_where_it_belongs(Use { attendees, ..one });
    true
}

fn duplicate(ledger: &mut CardLedger, town: &Town, _nth: u32) -> bool {
    if ledger.left < 2 {
        return false;
    }
    let at = ledger.somewhere();
    let amount = ledger.chance.amount(30_000, 240_000, 500);
    let one = ledger.usual(town, at, amount);
    ledger.book_where_it_belongs(one.clone());
    ledger.book_where_it_belongs(one);
    true
}

fn without_headcount(ledger: &mut CardLedger, town: &Town, nth: u32) -> bool {
    if ledger.left < 1 {
        return false;
    }
    let at = ledger.somewhere();
    let amount = if nth == 0 { 500_000 } else { ledger.chance.amount(500_000, 900_000, 500) };
    let attendees = ledger.chance.pick(&UNCOUNTED).to_owned();
    let one = ledger.usual(town, at, amount);
    ledger.book_where_it_belongs(Use { attendees, ..one });
    true
}

/// A row in another month's ledger: no two `nth` below 170 have the same unit and ledger.
fn outside_ledger(ledger: &mut CardLedger, town: &Town, nth: u32) -> bool {
    if ledger.left < 1 {
        return false;
    }
    let number = nth as usize;
    let unit = (number * 5 + 2) % ledger.units;
    let month = u32::try_from(number % 10 + 1).unwrap_or(1);
    let before = days::within(&ledger.workdays, month.saturating_sub(1).max(1), 1);
    let day = match (nth % 5, month) {
        // The year is mistyped, 2062 for 2026.
        (4, _) => Day::from_ymd_opt(2062, month, 9).unwrap_or(Day::MIN),
        // January has no month before in this ledger, but 29 to 31 December were working days.
        (_, 1) => days::day(-1 - i64::from(nth % 3)),
        (3, 2..10) => days::within(&ledger.workdays, month + 1, 1)[0],
        _ => before[before.len() - 1 - number % 3],
    };
    let mut place = ledger.chance.below(100);
    while !ledger.take(unit, place, day) {
        place += 1;
    }
    let amount = ledger.chance.amount(20_000, 240_000, 500);
    let one = ledger.usual(town, (unit, place, day), amount);
    ledger.book(month, one);
    true
}
