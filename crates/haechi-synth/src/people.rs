//! Units, employees, and the numbers people have.

use chrono::{Datelike as _, Days, TimeDelta};
use haechi_core::time::Day;

use crate::City;
use crate::random::Chance;
use crate::stories::cast::{self, Part};
use crate::words::{BUREAUS, FAMILIES, GIVEN};

/// A division.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) code: String,
    pub(crate) name: &'static str,
    pub(crate) parent: String,
}

/// The bureaus: code and name.
pub(crate) fn bureaus() -> Vec<(String, &'static str)> {
    BUREAUS.iter().enumerate().map(|(at, (name, _))| (format!("9999{}00", at + 1), *name)).collect()
}

/// The divisions.
pub(crate) fn units() -> Vec<Unit> {
    let mut units = Vec::new();
    for (at, (_, divisions)) in BUREAUS.iter().enumerate() {
        for (below, name) in divisions.iter().enumerate() {
            let code = format!("9999{}{:02}", at + 1, (below + 1) * 2);
            units.push(Unit { code, name, parent: format!("9999{}00", at + 1) });
        }
    }
    units
}

/// How many divisions there are.
pub(crate) const UNITS: u64 = 34;

/// An official.
#[derive(Clone, Debug)]
pub(crate) struct Employee {
    pub(crate) index: u64,
    pub(crate) no: String,
    pub(crate) name: String,
    /// The division at the beginning.
    pub(crate) unit: u64,
    pub(crate) joined_on: Day,
    pub(crate) left_on: Option<Day>,
    /// The part played, and in which case of it.
    pub(crate) part: Option<(Part, u64)>,
}

impl Employee {
    /// Heads of divisions and teams approve. A larger city has more teams.
    pub(crate) fn approves(&self) -> bool {
        self.index < UNITS * 3 || (self.part.is_none() && self.index % 9 == 4)
    }

    pub(crate) fn position(&self) -> &'static str {
        match self.index / UNITS {
            0 => "과장",
            _ if self.approves() => "팀장",
            _ => "주무관",
        }
    }

    pub(crate) fn user_id(&self) -> String {
        format!("e{}", self.no)
    }

    pub(crate) fn pc(&self) -> String {
        format!("PC-{:06}", 100_000 + self.index)
    }

    pub(crate) fn resident_no(&self, city: &City) -> String {
        resident_no(city, Group::Employees, self.index)
    }

    pub(crate) fn account(&self) -> String {
        account("11", self.index)
    }

    /// Whether the person serves on some day of `from` to `to`.
    pub(crate) fn serves(&self, from: Day, to: Day) -> bool {
        self.joined_on <= to && self.left_on.is_none_or(|left| left >= from || left < self.joined_on)
    }

    /// The division on a day: regular transfers come on the first of January and July.
    pub(crate) fn unit_on(&self, city: &City, day: Day) -> u64 {
        self.transfers(city).iter().rev().find(|(on, _)| *on <= day).map_or(self.unit, |(_, unit)| *unit)
    }

    /// When the person is moved by the regular orders, and to which division.
    pub(crate) fn transfers(&self, city: &City) -> Vec<(Day, u64)> {
        let mut moves = Vec::new();
        if self.part.is_some() {
            return moves;
        }
        let mut unit = self.unit;
        for at in 0..city.months {
            let day = city.month(at);
            let mut chance = Chance::of(city.seed, "transfer", self.index * 64 + at as u64);
            let serves = self.joined_on < day && self.left_on.is_none_or(|left| left > day + Days::new(40));
            if matches!(day.month(), 1 | 7) && serves && chance.percent(15) {
                unit = (unit + 1 + chance.below(UNITS - 1)) % UNITS;
                moves.push((day, unit));
            }
        }
        moves
    }
}

/// How many officials the register holds.
pub(crate) fn employees(city: &City) -> u64 {
    let cast = cast::FIRST + cast::Part::ALL.len() as u64 * city.cases();
    (300 + city.residents / 300).max(cast + 80)
}

/// The official at `index`.
pub(crate) fn employee(city: &City, index: u64) -> Employee {
    let mut chance = Chance::of(city.seed, "employee", index);
    let part = cast::part(city, index);
    let before = i64::try_from(index % 50).unwrap_or(0) * 150 + chance.between(400, 900);
    let mut joined_on = city.first() - TimeDelta::days(before);
    let mut left_on = None;
    if part.is_none() && index >= cast::FIRST {
        match chance.below(100) {
            0..5 => joined_on = city.open(city.on(usize::try_from(chance.below(city.months as u64)).unwrap_or(0), 1)),
            5..9 => left_on = Some(city.month_end(usize::try_from(chance.below(city.months as u64)).unwrap_or(0))),
            _ => {}
        }
    }
    if let Some((part, case)) = part {
        (joined_on, left_on) = cast::service(city, part, case, joined_on);
    }
    Employee {
        index,
        no: format!("99{:05}", 1_001 + index * 3),
        name: name(&mut chance),
        unit: index % UNITS,
        joined_on,
        left_on,
        part,
    }
}

/// An invented name.
pub(crate) fn name(chance: &mut Chance) -> String {
    format!("{}{}", chance.pick(&FAMILIES), chance.pick(&GIVEN))
}

/// Groups of people. Two groups never share a resident number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    Employees = 0,
    Strangers = 1,
    Citizens = 2,
    Beneficiaries = 8,
    /// Private persons who are paid.
    Creditors = 12,
    /// Those who represent firms.
    Representatives = 14,
    /// Of subsidies, or who represents them: fewer than a hundred thousand.
    Recipients = 30,
    /// Of local tax: up to a million, and others beside them.
    Taxpayers = 24,
}

/// A resident number whose check digit is wrong, so that it is nobody's. Each person of each group has another.
pub(crate) fn resident_no(city: &City, group: Group, index: u64) -> String {
    const WEIGHTS: [usize; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    const STEPS: u64 = 32;
    let block = group as u64 + index / 200_000;
    let (oldest, youngest) = match group {
        Group::Employees => (8_000, 22_000),
        Group::Beneficiaries => (0, 20_000),
        // Multiples of the step, so that the group alone tells their birthdays from others'.
        Group::Creditors | Group::Representatives | Group::Taxpayers => (512, 19_008),
        Group::Strangers | Group::Citizens | Group::Recipients => (500, 19_000),
    };
    let mut chance = Chance::of(city.seed, "born", group as u64 * 10_000_000 + index);
    // Two hundred thousand people have birthdays of their own, so the sex and five digits that follow tell people apart.
    let born = oldest + chance.below((youngest - oldest) / STEPS) * STEPS + block % STEPS;
    let born = Day::from_ymd_opt(1938, 1, 1).unwrap_or_default() + Days::new(born);
    let century = if born.year() < 2000 { 1 } else { 3 } + (index / 100_000 + index) % 2;
    let text = format!("{}{century}{:05}", born.format("%y%m%d"), index % 100_000);
    let sum: usize = text.bytes().zip(WEIGHTS).map(|(byte, weight)| usize::from(byte - b'0') * weight).sum();
    let right = (11 - sum % 11) % 10;
    format!("{}-{}{}", &text[..6], &text[6..], (right + 5) % 10)
}

/// An account in no bank's form.
pub(crate) fn account(kind: &str, index: u64) -> String {
    format!("999-{kind}-{:08}", 10_000_000 + index)
}

/// A business number of a tax office that does not exist (008, 009), with its right check digit.
pub(crate) fn business_no(office: u64, index: u64) -> String {
    const WEIGHTS: [usize; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];
    let text = format!("{office:03}{:02}{:04}", index / 10_000, index % 10_000);
    let digits: Vec<usize> = text.bytes().map(|byte| usize::from(byte - b'0')).collect();
    let sum: usize = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let right = (10 - (sum + digits[8] * 5 / 10) % 10) % 10;
    format!("{}-{}-{}{right}", &text[..3], &text[3..5], &text[5..])
}
