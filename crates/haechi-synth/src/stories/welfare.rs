//! Benefits: paid after death, and paid to accounts of others.

use chrono::Days;
use haechi_core::time::Day;

use super::{cast, part_at};
use crate::people::{Group, UNITS, account, employee, resident_no};
use crate::truth::iso;
use crate::{City, Kind, Truth};

parts! {
    /// What is told of a group of up to four beneficiaries.
    pub(crate) enum Part {
        PaidTwoMonthsOn,
        PaidThoughKnown,
        TwoBenefitsOn,
        MonthOfDeath,
        EarlierMonthLate,
        PaidAhead,
        Funeral,
        Strangers,
        ApprovedTooLate,
        EmployeeAccount,
        Household,
        Facility,
        Approved,
        OwnBenefit,
        EmployeeHousehold,
        Child,
        OtherMonths,
        FormerEmployee,
    }
}

/// Beneficiaries a case may have.
const SLOTS: u64 = 4;

/// One who has a part: which, in which case, as which of the case's beneficiaries.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) part: Part,
    pub(crate) case: u64,
    pub(crate) slot: u64,
}

/// The part of the beneficiary at `index`; the first of the register have one.
pub(crate) fn role(city: &City, index: u64) -> Option<Role> {
    let (part, case) = part_at(city, Part::ALL, index / SLOTS)?;
    Some(Role { part, case, slot: index % SLOTS })
}

/// Where the beneficiary stands.
fn index(part: Part, case: u64, slot: u64) -> u64 {
    (case * Part::ALL.len() as u64 + part as u64) * SLOTS + slot
}

/// The number the welfare system gives.
pub(crate) fn number(index: u64) -> String {
    format!("B{:08}", 10_000_001 + index * 3)
}

impl Role {
    /// The serving official of a case; each part has others.
    fn official(self) -> u64 {
        let block = match self.part {
            Part::EmployeeAccount => 0,
            Part::OwnBenefit => 1,
            Part::EmployeeHousehold => 2,
            _ => 3,
        };
        UNITS + block * 16 + self.case
    }

    fn first(self) -> u64 {
        index(self.part, self.case, 0)
    }

    /// The household, by the index of its first member.
    pub(crate) fn household(self) -> u64 {
        let together = matches!(self.part, Part::Household | Part::EmployeeHousehold);
        self.first() + if together { 0 } else { self.slot }
    }

    /// The facility, if this is one of its residents.
    pub(crate) fn facility(self) -> Option<String> {
        (self.part == Part::Facility).then(|| format!("F8{:05}", self.case))
    }

    /// Another's resident number: officials may be beneficiaries too.
    pub(crate) fn resident_no(self, city: &City) -> Option<String> {
        let is_official = matches!((self.part, self.slot), (Part::OwnBenefit, 0) | (Part::EmployeeHousehold, 1));
        is_official.then(|| resident_no(city, Group::Employees, self.official()))
    }

    /// The day of death, and the day on which the register knew.
    pub(crate) fn death(self, city: &City) -> Option<(Day, Day)> {
        let (day, known) = match self.part {
            Part::PaidTwoMonthsOn => (10, 50),
            Part::PaidThoughKnown => (5, 7),
            Part::TwoBenefitsOn => (12, 30),
            Part::MonthOfDeath => (3, 5),
            Part::EarlierMonthLate => (26, 4),
            Part::PaidAhead => (27, 6),
            Part::Funeral => (14, 5),
            _ => return None,
        };
        let died = city.on(city.case_month(self.case), day);
        (self.slot == 0).then(|| (died, died + Days::new(known)))
    }

    /// The approval of another's account: since when.
    pub(crate) fn approved(self, city: &City) -> Option<(Day, String)> {
        let on = match (self.part, self.slot) {
            (Part::Approved, 0 | 1) => city.first() - Days::new(40),
            (Part::ApprovedTooLate, 0 | 1) => city.on(city.case_month(self.case), 28),
            _ => return None,
        };
        Some((on, self.shared()))
    }

    /// The account several of a case share.
    fn shared(self) -> String {
        account("34", self.first())
    }
}

/// One payment of a benefit.
#[derive(Clone, Debug)]
pub(crate) struct Benefit {
    pub(crate) kind: &'static str,
    /// The first day of the month it is for.
    pub(crate) month: Day,
    pub(crate) account: String,
    pub(crate) amount: i64,
}

/// What a part makes of a month's payments: `ordinary` is what the beneficiary would get.
pub(crate) fn benefits(city: &City, role: Role, month: usize, ordinary: Vec<Benefit>) -> Vec<Benefit> {
    let at = city.case_month(role.case);
    let since = month.checked_sub(at);
    let one = |kind, of: usize| Benefit {
        kind,
        month: city.month(of),
        account: account("30", role.first()),
        amount: 712_000,
    };
    let to = |account: String, kind| vec![Benefit { account, ..one(kind, month) }];
    let official = || employee(city, role.official()).account();
    match (role.part, role.slot, since) {
        (Part::PaidTwoMonthsOn, 0, Some(1 | 2)) => vec![one("생계급여", month)],
        (Part::PaidThoughKnown, 0, Some(1)) => vec![one("기초연금", month)],
        (Part::TwoBenefitsOn, 0, Some(1)) => vec![one("생계급여", month), one("주거급여", month)],
        (Part::EarlierMonthLate, 0, Some(0)) => vec![one("생계급여", month)],
        (Part::EarlierMonthLate, 0, Some(1)) => vec![one("주거급여", month - 2), one("주거급여", month - 1)],
        (Part::PaidAhead, 0, Some(0)) => vec![one("생계급여", month), one("생계급여", month + 1)],
        (Part::Funeral, 0, Some(1)) => vec![one("장제급여", month)],
        (Part::Strangers, 0..3, Some(0 | 1))
        | (Part::ApprovedTooLate, 0 | 1, Some(0))
        | (Part::Approved | Part::Household, 0 | 1, Some(0 | 1))
        | (Part::Facility, _, Some(0 | 1))
        | (Part::OtherMonths, 0, Some(0))
        | (Part::OtherMonths, 1, Some(1)) => to(role.shared(), "생계급여"),
        (Part::EmployeeAccount, 0, Some(0 | 1)) => to(official(), "기초연금"),
        (Part::OwnBenefit | Part::EmployeeHousehold, 0, Some(0 | 1)) => to(official(), "장애수당"),
        (Part::Child, 0, Some(0 | 1)) => to(official(), "아동수당"),
        (Part::FormerEmployee, 0, Some(2)) => {
            let left = cast::index(cast::Part::RoleKeptAfterLeaving, role.case);
            to(employee(city, left).account(), "생계급여")
        }
        _ => ordinary,
    }
}

/// The truth about benefits.
pub(crate) fn truth(city: &City) -> Vec<Truth> {
    use Kind::{Decoy, Planted};
    const DEATH: &str = "welfare.paid-after-death";
    const ACCOUNT: &str = "welfare.shared-account";
    let mut all = Vec::new();
    for case in 0..city.cases() {
        for part in Part::ALL.iter().copied() {
            let (scenario, kind, story, slots, months): (_, _, _, &[u64], &[usize]) = match part {
                Part::PaidTwoMonthsOn => (DEATH, Planted, "paid on for two months", &[0], &[1, 2]),
                Part::PaidThoughKnown => (DEATH, Planted, "paid though the register knew", &[0], &[1]),
                Part::TwoBenefitsOn => (DEATH, Planted, "two benefits paid on", &[0], &[1]),
                Part::MonthOfDeath => (DEATH, Decoy, "the month of death", &[0], &[0]),
                Part::EarlierMonthLate => (DEATH, Decoy, "earlier months paid late", &[0], &[0]),
                Part::PaidAhead => (DEATH, Decoy, "paid before the death", &[0], &[1]),
                Part::Funeral => (DEATH, Decoy, "funeral benefit", &[0], &[1]),
                Part::Strangers => (ACCOUNT, Planted, "three households on one account", &[0, 1, 2], &[0, 1]),
                Part::ApprovedTooLate => (ACCOUNT, Planted, "approved after the payment", &[0, 1], &[0]),
                Part::EmployeeAccount => (ACCOUNT, Planted, "on an official's account", &[0], &[0, 1]),
                Part::Household => (ACCOUNT, Decoy, "one household", &[0, 1], &[0, 1]),
                Part::Facility => (ACCOUNT, Decoy, "one facility", &[0, 1, 2, 3], &[0, 1]),
                Part::Approved => (ACCOUNT, Decoy, "approved account", &[0, 1], &[0, 1]),
                Part::OwnBenefit => (ACCOUNT, Decoy, "an official's own benefit", &[0], &[0, 1]),
                Part::EmployeeHousehold => (ACCOUNT, Decoy, "an official's household", &[0], &[0, 1]),
                Part::Child => (ACCOUNT, Decoy, "a child's benefit", &[0], &[0, 1]),
                Part::OtherMonths => (ACCOUNT, Decoy, "one account in different months", &[0, 1], &[0, 1]),
                Part::FormerEmployee => (ACCOUNT, Decoy, "a former official's account", &[0], &[2]),
            };
            for slot in slots {
                for after in months {
                    let subject = [
                        ("beneficiary_no", number(index(part, case, *slot))),
                        ("benefit_month", iso(city.month(city.case_month(case) + after))),
                        ("currency", "KRW".to_owned()),
                    ];
                    all.push(Truth::new(scenario, kind, story, &subject));
                }
            }
        }
    }
    all
}
