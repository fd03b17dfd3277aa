//! The card company: official cards, and what was paid with them, a ledger a month.

use std::path::Path;

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::{code, month_words, monthly, register, sheet};
use crate::export::{Form, Written};
use crate::people::{UNITS, Unit, employee, units};
use crate::random::Chance;
use crate::stories::card::{self as stories, Use, counted};
use crate::words::PLACES;
use crate::{City, SynthError};

/// How the company writes files.
const FORM: Form = Form::Cp949Compact;

/// What is paid for at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trade {
    Meals,
    Drinks,
    Goods,
}

/// Places by their trade, what the ledger calls it, and what is bought there. A purchase card pays below 500,000 won; what costs
/// more is ordered and paid by transfer.
const SHOPS: [(&str, Trade, &str, &str); stories::TRADES as usize] = [
    ("한정식", Trade::Meals, "한식", ""),
    ("국밥", Trade::Meals, "한식", ""),
    ("칼국수", Trade::Meals, "한식", ""),
    ("갈비", Trade::Meals, "한식", ""),
    ("중화요리", Trade::Meals, "중식", ""),
    ("도시락", Trade::Meals, "도시락", ""),
    ("커피", Trade::Drinks, "커피전문점", ""),
    ("제과", Trade::Drinks, "제과점", ""),
    ("문구", Trade::Goods, "문구용품", "사무용품 구입"),
    ("주유소", Trade::Goods, "주유", "관용차량 주유"),
    ("마트", Trade::Goods, "슈퍼마켓", "행사 물품 구입"),
    ("인쇄", Trade::Goods, "인쇄", "회의 자료 인쇄"),
    ("철물", Trade::Goods, "철물", "현장 자재 구입"),
    ("꽃집", Trade::Goods, "화원", "행사장 화분 구입"),
    ("택배", Trade::Goods, "운송", "자료 발송"),
    ("사무기기", Trade::Goods, "사무기기", "소모품 구입"),
];

/// What meals and drinks were for.
const MEETINGS: [&str; 8] = [
    "업무 협의 간담회",
    "주요 시책 추진 간담회",
    "현장 점검 직원 격려",
    "유관기관 업무 협의",
    "예산 편성 관련 회의",
    "민원 해결을 위한 주민 간담회",
    "행사 준비 회의 다과",
    "자문위원 간담회",
];

/// People without a number.
const UNCOUNTED: [&str; 4] = ["부서 직원", "유관기관 관계자 등", "간담회 참석자", "자문위원 등"];

/// Writes all exports.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(cards(city, out, &units)?);
    let told = stories::told(city, places(city));
    for month in 0..city.months {
        done(approvals(city, out, &units, &told, month)?);
    }
    Ok(())
}

/// How many places ordinary payments are made at; a unit pays at none twice in a day.
pub(crate) fn places(city: &City) -> u64 {
    // A prime above the payments of a unit in a day, so that a step of any length goes round all of them.
    if city.residents < 200_000 { 769 } else { 6_151 }
}

/// The name of a place.
pub(crate) fn place_name(place: u64) -> String {
    let (many, names) = (SHOPS.len() as u64, PLACES.len() as u64);
    let name = |at: u64| PLACES[usize::try_from(at % names).unwrap_or(0)];
    let (first, apart) = (place / many, place / many / names % names);
    let second = if apart == 0 { "" } else { name(first + apart) };
    let name = format!("{}{second}{}", name(first), shop(place).0);
    match place / many / names / names {
        0 => name,
        branch => format!("{name} {}호점", branch + 1),
    }
}

fn shop(place: u64) -> (&'static str, Trade, &'static str, &'static str) {
    SHOPS[usize::try_from(place % SHOPS.len() as u64).unwrap_or(0)]
}

/// Cards of a unit. Every other one pays for goods.
fn cards_of_unit(city: &City) -> u64 {
    4 + city.residents / 25_000
}

fn card_no(unit: u64, nth: u64) -> String {
    format!("9999-{:04}-{nth:04}-{:04}", 1_000 + unit, (unit * 7_919 + nth * 1_291) % 10_000)
}

/// Heads of divisions and teams hold the cards.
fn holder(city: &City, unit: u64, nth: u64) -> String {
    employee(city, unit + UNITS * (nth % 3)).no
}

fn cards(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &["카드번호", "부서코드", "사용자번호", "카드구분", "발급일", "유효기간"];
    let mut file = sheet(FORM, out, "synth-card", &register(city, "card-register"), "해치시 공용카드 대장", header)?;
    for unit in 0..UNITS {
        for nth in 0..cards_of_unit(city) {
            let mut chance = Chance::of(city.seed, "card", unit * 1_000 + nth);
            let issued = city.first() - Days::new(20 + chance.below(600));
            let kind = if nth.is_multiple_of(2) { "업무추진" } else { "구매" };
            file.texts(&[&card_no(unit, nth), code(units, unit), &holder(city, unit, nth), kind]);
            file.day(issued).day(issued + Days::new(1_825)).end()?;
        }
    }
    file.finish()
}

/// How many ordinary payments a unit makes in a month: most at the year's end, few in January.
fn payments_of_unit(city: &City, month: usize) -> u64 {
    let season = match city.month(month).month() {
        12 => 165,
        11 => 130,
        3 | 6 | 9 => 115,
        1 => 60,
        8 => 80,
        _ => 95,
    };
    (16 + city.residents / 330) * season / 100
}

fn approvals(city: &City, out: &Path, units: &[Unit], told: &[Use], month: usize) -> Result<Written, SynthError> {
    let header = &[
        "승인번호",
        "집행연도",
        "집행월",
        "부서코드",
        "부서명",
        "사용자번호",
        "카드번호",
        "승인일자",
        "승인시각",
        "가맹점명",
        "업종",
        "집행목적",
        "집행대상",
        "결제수단",
        "승인금액",
    ];
    let title = format!("해치시 공용카드 승인 내역 ({})", month_words(city, month));
    let name = monthly(city, "card-approvals", month);
    let mut file = sheet(FORM, out, "synth-card-expense", &name, &title, header)?;
    let first = city.month(month);
    let (stem, year, words) = (first.format("%Y%m").to_string(), first.year().to_string(), first.month().to_string());
    let (mut at, mut total) = (0, 0);
    let mut line = |one: &Use| {
        at += 1;
        let (_, trade, shop, _) = shop(one.place);
        let nth = at % cards_of_unit(city) / 2 * 2 + u64::from(trade == Trade::Goods);
        let unit = one.unit.and_then(|unit| units.get(usize::try_from(unit).ok()?));
        let (code, name) = unit.map_or(("", ""), |unit| (unit.code.as_str(), unit.name));
        // A card of no unit is in no register.
        let card = card_no(one.unit.unwrap_or(900), nth);
        let holder = one.unit.map(|unit| holder(city, unit, nth)).unwrap_or_default();
        file.texts(&[&format!("{stem}-{at:07}"), &year, &words, code, name, &holder, &card]).day(one.day);
        let time = one.minute.map(|minute| format!("{:02}:{:02}", minute / 60, minute % 60));
        file.texts(&[time.as_deref().unwrap_or_default(), &place_name(one.place), shop, one.purpose, &one.attendees]);
        total += one.amount;
        file.text(if nth % 5 == 4 { "체크" } else { "신용" }).won(one.amount).end()
    };
    for one in told.iter().filter(|one| one.month == month) {
        line(one)?;
    }
    let days = city.working_days(month);
    for unit in 0..UNITS {
        for nth in 0..payments_of_unit(city, month) {
            line(&ordinary(city, unit, month, nth, &days))?;
        }
    }
    file.texts(&["합계", "", "", "", "", "", "", "", "", "", "", "", "", ""]).won(total).end()?;
    file.finish()
}

/// A payment on a working day by daylight, with so many people that nobody asks. No two of a unit and day are at one place.
fn ordinary(city: &City, unit: u64, month: usize, nth: u64, days: &[Day]) -> Use {
    let (day, round) = (nth % days.len() as u64, nth / days.len() as u64);
    let mut chance = Chance::of(city.seed, "card-use", (month as u64 * UNITS + unit) * 100_000 + nth);
    let place = (unit * 131 + month as u64 * 37 + day * 53 + round * 101) % places(city);
    let (_, trade, _, bought) = shop(place);
    let minute = match chance.below(10) {
        0..=4 => chance.between(11 * 60 + 30, 13 * 60),
        5..=7 => chance.between(18 * 60, 20 * 60 + 50),
        _ => chance.between(9 * 60, 17 * 60),
    };
    let thousands = |chance: &mut Chance, from: i64, to: i64| chance.between(from * 2, to * 2) * 500;
    let (purpose, attendees, amount) = match (trade, chance.below(100)) {
        (Trade::Goods, _) => (bought, String::new(), thousands(&mut chance, 4, 290)),
        // A large meeting, its people counted: at or above the limit, and nothing to ask.
        (Trade::Meals, 0 | 1) => {
            let people = chance.between(26, 45);
            (chance.pick(&MEETINGS), people_words(&mut chance, people), people * thousands(&mut chance, 20, 35))
        }
        (_, 2..12) => (chance.pick(&MEETINGS), chance.pick(&UNCOUNTED).to_owned(), thousands(&mut chance, 5, 150)),
        (trade, _) => {
            let people = chance.between(2, 13);
            let (from, to) = if trade == Trade::Meals { (8, 36) } else { (3, 12) };
            (chance.pick(&MEETINGS), people_words(&mut chance, people), people * thousands(&mut chance, from, to))
        }
    };
    let is_credit = amount < 100_000 && chance.percent(1);
    Use {
        unit: Some(unit),
        place,
        day: days.get(usize::try_from(day).unwrap_or(0)).copied(),
        // Tolls and what is booked later have no time.
        minute: Some(minute).filter(|_| !chance.percent(3)),
        purpose,
        attendees,
        amount: if is_credit { -amount } else { amount },
        month,
    }
}

/// A text that says how many people there were.
fn people_words(chance: &mut Chance, people: i64) -> String {
    match chance.below(4) {
        0 => counted(people),
        1 => format!("부서 직원 등 {people}명"),
        2 => format!("팀장외 {}인", people - 1),
        _ => format!("과장 외 {}명", people - 1),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_unit_pays_at_no_place_twice_in_a_day_but_where_it_is_told() {
        for residents in [5_000, 199_999, 2_000_000] {
            let city = City::new(7, residents, 12).unwrap();
            let told: BTreeSet<u64> = stories::told(&city, places(&city)).iter().map(|one| one.place).collect();
            let mut seen = BTreeSet::new();
            // December has the most payments, and units differ in nothing but where they begin.
            let days = city.working_days(1);
            for nth in 0..payments_of_unit(&city, 1) {
                let one = ordinary(&city, 5, 1, nth, &days);
                assert!(seen.insert((one.place, one.day)), "{residents}: {one:?}");
                assert!(!told.contains(&one.place), "{one:?}");
            }
        }
    }

    #[test]
    fn no_two_places_have_one_name() {
        let city = City::new(7, 2_000_000, 36).unwrap();
        let last = stories::told(&city, places(&city)).iter().map(|one| one.place).max().unwrap();
        let names: BTreeSet<String> = (0..=last).map(place_name).collect();
        assert_eq!(names.len() as u64, last + 1);
    }
}
