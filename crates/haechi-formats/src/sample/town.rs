//! Who and what there is in the city: units, people, cards and vendors.

use chrono::{Datelike as _, TimeDelta};
use haechi_core::time::Day;

use super::chance::Chance;
use super::days;
use super::words::{BUREAUS, FAMILIES, GIVEN, PLACES, TRADES};

/// Employees.
const PEOPLE: usize = 300;
/// Vendors.
const VENDORS: usize = 400;
/// The vendors that closed, by their place in the list.
pub(super) const CLOSED: std::ops::Range<usize> = 10..16;
/// The vendors that are suspended.
pub(super) const SUSPENDED: std::ops::Range<usize> = 16..18;
/// A vendor that was suspended and came back.
pub(super) const CAME_BACK: usize = 18;
/// The vendors that bear an employee's account, and these employees.
pub(super) const SHARED: [(usize, usize); 2] = [(20, 90), (21, 131)];
/// The first vendor of those that nothing is told about.
pub(super) const ORDINARY: usize = 30;
/// The vendor whose business number has a wrong check digit.
pub(super) const MISTYPED: usize = 7;

/// The city.
#[derive(Debug)]
pub(super) struct Town {
    pub(super) bureaus: Vec<Unit>,
    /// The divisions: those who spend.
    pub(super) units: Vec<Unit>,
    pub(super) people: Vec<Person>,
    pub(super) cards: Vec<Card>,
    pub(super) vendors: Vec<Vendor>,
}

#[derive(Debug)]
pub(super) struct Unit {
    pub(super) code: String,
    pub(super) name: &'static str,
    pub(super) parent: Option<String>,
}

#[derive(Debug)]
pub(super) struct Person {
    pub(super) no: String,
    pub(super) name: String,
    pub(super) unit: usize,
    pub(super) position: &'static str,
    pub(super) resident_no: String,
    pub(super) account_no: String,
    pub(super) joined_on: Day,
    pub(super) left_on: Option<Day>,
}

#[derive(Debug)]
pub(super) struct Card {
    pub(super) no: String,
    pub(super) unit: usize,
    pub(super) holder: usize,
    pub(super) kind: &'static str,
}

#[derive(Debug)]
pub(super) struct Vendor {
    pub(super) no: String,
    pub(super) name: String,
    pub(super) business_no: String,
    pub(super) account_no: String,
    pub(super) closed_on: Option<Day>,
    pub(super) suspended_on: Option<Day>,
    pub(super) resumed_on: Option<Day>,
}

impl Town {
    /// The city of `seed`.
    pub(super) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed, 1);
        let (mut bureaus, mut units) = (Vec::new(), Vec::new());
        for (at, (name, divisions)) in BUREAUS.into_iter().enumerate() {
            let code = format!("9999{}00", at + 1);
            for (below, name) in divisions.iter().enumerate() {
                let parent = Some(code.clone());
                units.push(Unit { code: format!("9999{}{:02}", at + 1, (below + 1) * 10), name, parent });
            }
            bureaus.push(Unit { code, name, parent: None });
        }
        let people: Vec<Person> = (0..PEOPLE).map(|at| person(at, units.len(), &mut chance)).collect();
        let cards = (0..units.len() * 2).map(|at| card(at, units.len(), &mut chance)).collect();
        let mut vendors: Vec<Vendor> = (0..VENDORS).map(|at| vendor(at, &mut chance)).collect();
        for (vendor, employee) in SHARED {
            vendors[vendor].account_no = people[employee].account_no.replace('-', "");
        }
        Self { bureaus, units, people, cards, vendors }
    }

    /// An employee of the unit: its `nth`.
    pub(super) fn person_of(&self, unit: usize, nth: usize) -> &Person {
        &self.people[unit + nth * self.units.len()]
    }
}

fn person(at: usize, units: usize, chance: &mut Chance) -> Person {
    let position = match at / units {
        0 => "과장",
        1 | 2 => "팀장",
        _ => "주무관",
    };
    // Those who sign, hold cards or bear a shared account serve all year.
    let left = at >= units * 5 && chance.percent(8);
    let born = days::day(-chance.amount(9_500, 21_000, 1));
    let joined_on = days::day(-chance.amount(60, 9_000, 1)).max(born + TimeDelta::days(20 * 365));
    Person {
        no: format!("99{:05}", 1_001 + at * 3),
        name: format!("{}{}", chance.pick(&FAMILIES), chance.pick(&GIVEN)),
        unit: at % units,
        position,
        resident_no: resident_no(born, chance),
        account_no: account_no(100_000 + at * 37),
        joined_on,
        left_on: left.then(|| days::day(chance.amount(20, 270, 1))),
    }
}

/// A resident number whose check digit is wrong, so that it is nobody's.
fn resident_no(born: Day, chance: &mut Chance) -> String {
    const WEIGHTS: [usize; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let century = if born.year() < 2000 { 1 } else { 3 };
    let text = format!("{}{}{:05}", born.format("%y%m%d"), century + chance.below(2), chance.below(100_000));
    let sum: usize = text.bytes().zip(WEIGHTS).map(|(byte, weight)| usize::from(byte - b'0') * weight).sum();
    let right = (11 - sum % 11) % 10;
    format!("{}-{}{}", &text[..6], &text[6..], (right + 5) % 10)
}

/// An account in no bank's form.
fn account_no(number: usize) -> String {
    format!("999-{:02}-{number:06}", number % 89 + 10)
}

fn card(at: usize, units: usize, chance: &mut Chance) -> Card {
    let text = format!("99990000{:04}{:03}", at * 53 % 10_000, chance.below(1_000));
    // From the right, every second digit counts twice; the last is made wrong, so that no such card can exist.
    let sum: usize = text
        .bytes()
        .enumerate()
        .map(|(at, byte)| usize::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 })
        .map(|number| number / 10 + number % 10)
        .sum();
    let wrong = ((10 - sum % 10) % 10 + 5) % 10;
    let no = format!("{}-{}-{}-{}{wrong}", &text[..4], &text[4..8], &text[8..12], &text[12..]);
    let unit = at % units;
    Card {
        no, unit, holder: unit + (at / units + 1) * units, kind: if at < units { "부서카드" } else { "개인카드" }
    }
}

fn vendor(at: usize, chance: &mut Chance) -> Vendor {
    let name = format!("{}{}", PLACES[at % PLACES.len()], TRADES[(at / PLACES.len()) % TRADES.len()]);
    let name = if at.is_multiple_of(3) { format!("(주){name}") } else { name };
    let name = if at >= PLACES.len() * TRADES.len() { format!("{name} {}호점", at / 100) } else { name };
    let closing = || days::day(40 + i64::try_from(at).unwrap_or(0) * 3);
    Vendor {
        no: format!("V{:05}", 10_001 + at * 7),
        name,
        business_no: business_no(at, chance.below(100)),
        account_no: account_no(500_000 + at * 37),
        closed_on: CLOSED.contains(&at).then(closing),
        suspended_on: (SUSPENDED.contains(&at) || at == CAME_BACK).then(closing),
        resumed_on: (at == CAME_BACK).then(|| closing() + TimeDelta::days(30)),
    }
}

/// A business number of tax office 009, which there is not, with its right check digit but for one vendor.
fn business_no(at: usize, kind: usize) -> String {
    const WEIGHTS: [usize; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];
    let text = format!("009{kind:02}{:04}", at + 1);
    let digits: Vec<usize> = text.bytes().map(|byte| usize::from(byte - b'0')).collect();
    let sum: usize = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let sum = sum + digits[8] * 5 / 10;
    let right = (10 - sum % 10) % 10;
    let last = if at == MISTYPED { (right + 1) % 10 } else { right };
    format!("{}-{}-{}{last}", &text[..3], &text[3..5], &text[5..])
}
