//! Ordinary subsidies: what programmes there are, and to whom they give how much.

use chrono::{Datelike as _, Days, Months};
use haechi_core::time::Day;

use crate::City;
use crate::people::UNITS;
use crate::random::Chance;
use crate::stories::subsidy::{self as stories, Body, Settlement, Subsidy, told};

/// How the money of a programme is spent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Wages and rents the year round, paid in instalments.
    Running,
    /// A few months of work.
    Project,
    /// One thing is bought.
    Purchase,
}

/// A programme, and what it gives at least and at most, in thousands of won.
pub(super) struct Program {
    purpose: &'static str,
    pub(super) name: &'static str,
    body: Body,
    pub(super) pace: Pace,
    amount: (i64, i64),
}

const fn program(purpose: &'static str, name: &'static str, body: Body, pace: Pace, amount: (i64, i64)) -> Program {
    Program { purpose, name, body, pace, amount }
}

/// How many programmes there are for each kind of recipient; those of a kind stand together.
const OF_A_KIND: u64 = 4;
const PROGRAMS: [Program; 12] = [
    program("P001", "청년 창업 지원", Body::Person, Pace::Project, (5_000, 20_000)),
    program("P002", "친환경 농자재 지원", Body::Person, Pace::Purchase, (1_000, 6_000)),
    program("P003", "노후주택 수리 지원", Body::Person, Pace::Project, (3_000, 12_000)),
    program("P004", "예술인 창작 지원", Body::Person, Pace::Project, (2_000, 10_000)),
    program("P011", "소상공인 시설개선 지원", Body::Business, Pace::Purchase, (2_000, 15_000)),
    program("P012", "어린이집 운영비 지원", Body::Business, Pace::Running, (40_000, 300_000)),
    program("P013", "지역 일자리 창출 지원", Body::Business, Pace::Running, (20_000, 90_000)),
    program("P014", "수출 상담회 참가 지원", Body::Business, Pace::Project, (3_000, 20_000)),
    program("P021", "지역아동센터 운영비 지원", Body::Association, Pace::Running, (60_000, 200_000)),
    program("P022", "주민 축제 지원", Body::Association, Pace::Project, (5_000, 90_000)),
    program("P023", "생활체육 교실 운영", Body::Association, Pace::Running, (15_000, 60_000)),
    program("P024", "경로당 기능보강", Body::Association, Pace::Purchase, (2_000, 30_000)),
];

/// The programme of a purpose; what is told has purposes of its own.
pub(super) fn program_of(purpose: Option<&str>) -> Option<&'static Program> {
    PROGRAMS.iter().find(|program| Some(program.purpose) == purpose)
}

/// Ordinary subsidies decided in a year.
pub(super) fn of_a_year(city: &City) -> u64 {
    60 + city.residents / 100
}

/// All subsidies, one after another, of the years exported.
pub(super) fn subsidies(city: &City) -> impl Iterator<Item = Subsidy> + '_ {
    let years = u64::try_from(city.last().year() - city.first().year() + 1).unwrap_or(1);
    let ordinary = (0..years * of_a_year(city)).map(|at| ordinary(city, at));
    (0..told(city)).filter_map(|index| stories::subsidy(city, index)).chain(ordinary)
}

/// An ordinary subsidy. Of two recipients one has two in a year, for two purposes.
pub(super) fn ordinary(city: &City, at: u64) -> Subsidy {
    let (year, nth) = (at / of_a_year(city), at % of_a_year(city));
    let (pair, which) = (nth / 3, nth % 3);
    let recipient = told(city) + pair * 2 + which % 2;
    // The first and the third of three are one recipient's, and have two purposes.
    let program = pair % 3 * OF_A_KIND + (pair / 3 + which) % OF_A_KIND;
    let Program { purpose, body, pace, amount: (from, to), .. } = PROGRAMS[usize::try_from(program).unwrap_or(0)];
    let mut chance = Chance::of(city.seed, "subsidy", at);
    let amount = chance.between(from / 10, to / 10) * 10_000;
    let begins = Day::from_ymd_opt(city.first().year(), 1, 1).unwrap_or_default() + Months::new(12 * year as u32);
    let (starts_on, ends_on) = match pace {
        Pace::Running => (begins, begins + Months::new(12) - Days::new(1)),
        _ => {
            let from = begins + Months::new(chance.below(10) as u32) + Days::new(chance.below(20));
            let last = begins + Months::new(12) - Days::new(1);
            (from, (from + Days::new(60 + chance.below(100))).min(last))
        }
    };
    let granted = city.open(starts_on + Days::new(5 + chance.below(6)));
    let instalments = match pace {
        // By month or by quarter; the last takes what does not divide.
        Pace::Running => {
            let parts = if chance.percent(50) { 12 } else { 4 };
            let each = amount / parts;
            let on = |nth: i64| city.open(granted + Months::new((nth * 12 / parts) as u32));
            (0..parts).map(|nth| (on(nth), if nth == 0 { amount - each * (parts - 1) } else { each })).collect()
        }
        Pace::Project if chance.percent(40) => {
            let later = city.open(starts_on + (ends_on - starts_on) / 2);
            vec![(granted, amount / 10 * 7), (later, amount - amount / 10 * 7)]
        }
        _ => vec![(granted, amount)],
    };
    let due_on = ends_on + Days::new(60);
    // Most are in time; some come within the days that are waited for.
    let reported_on = due_on + Days::new(18) - Days::new(chance.below(60));
    Subsidy {
        index: told(city) + at,
        unit: chance.below(UNITS),
        purpose_code: Some(purpose.to_owned()),
        matching: chance.percent(15).then(|| format!("MT-{:06}", 900_000 + at)),
        recipient,
        body,
        resident: recipient,
        business: (body != Body::Person).then_some(recipient),
        decided_on: starts_on - Days::new(5 + chance.below(15)),
        starts_on,
        ends_on,
        amount,
        own_share: if chance.percent(40) { amount / 10 } else { 0 },
        status: if reported_on <= city.last() { "완료" } else { "교부" },
        instalments,
        settlement: Settlement { due_on: Some(due_on), extended_to: None, reported_on: Some(reported_on) },
    }
}
