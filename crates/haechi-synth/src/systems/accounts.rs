//! The accounts of the body: where each stands, and their register.

use std::path::Path;

use chrono::{Days, Months};

use super::{code, register, sheet};
use crate::export::{Form, Written};
use crate::people::{UNITS, account, employee, units};
use crate::stories::treasury::{self, account_code, told};
use crate::{City, SynthError};

/// Where an ordinary account stands behind those that are told of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    General,
    Special(u64),
    Tax(u64),
    Water,
    /// Fees: each of ten divisions has an account of its own.
    Fee,
    FeeOf(u64),
    Daily(u64),
    Deposit(u64),
    Fund(u64),
    Subsidy(u64),
}

impl Place {
    pub(super) fn at(self) -> u64 {
        match self {
            Self::General => 0,
            Self::Special(at) => 1 + at,
            Self::Tax(at) => 5 + at,
            Self::Water => 10,
            Self::Fee => 11,
            Self::FeeOf(at) => 11 + at,
            Self::Daily(unit) => 21 + unit,
            Self::Deposit(at) => 21 + UNITS + at,
            Self::Fund(at) => 27 + UNITS + at,
            Self::Subsidy(at) => 37 + UNITS + at,
        }
    }

    /// Kind, name and division.
    pub(super) fn entry(at: u64) -> (&'static str, String, u64) {
        let names = ["일반회계", "상수도 특별회계", "하수도 특별회계", "주차장 특별회계", "도시개발 특별회계"];
        let taxes = ["자동차세 수납", "재산세 수납", "주민세 수납", "지방소득세 수납", "취득·등록세 수납"];
        let daily = 21 + UNITS;
        match at {
            0..5 => ("금고", names[at as usize].to_owned(), 3),
            5..10 => ("금고", taxes[at as usize - 5].to_owned(), 4),
            10 => ("금고", "상수도요금 수납".to_owned(), 32),
            11..21 => ("금고", format!("세외수입 수납 {}", at - 10), 13 + at),
            _ if at < daily => ("일상경비", "일상경비".to_owned(), at - 21),
            _ if at < daily + 6 => ("세입세출외현금", "세입세출외현금".to_owned(), (at - daily) * 6 % UNITS),
            _ if at < daily + 16 => ("기금", format!("기금 {}", at - daily - 5), at * 7 % UNITS),
            _ => ("보조금", format!("국고보조금 {}", at - daily - 15), at * 5 % UNITS),
        }
    }
}

/// How many accounts for subsidies from above there are.
pub(super) fn subsidies(city: &City) -> u64 {
    4 + city.residents / 10_000
}

/// How many ordinary accounts there are.
pub(super) fn accounts(city: &City) -> u64 {
    Place::Subsidy(subsidies(city)).at()
}

/// The account under which an ordinary one may book.
pub(super) fn parent(at: u64) -> Option<u64> {
    (Place::Daily(0).at()..Place::Deposit(0).at()).contains(&at).then_some(0)
}

/// Writes the register of accounts.
pub(super) fn register_of_accounts(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &[
        "계좌관리코드",
        "계좌번호",
        "은행코드",
        "계좌명",
        "계좌구분",
        "부서코드",
        "담당자번호",
        "모계좌관리코드",
        "개설일",
        "해지일",
    ];
    let name = register(city, "ehojo-bank-accounts");
    let mut file = sheet(Form::Cp949, out, "synth-bank-account", &name, "해치시 공금계좌 현황", header)?;
    let units = units();
    for index in 0..told(city) + accounts(city) {
        let (kind, title, unit, parent, opened_on, closed_on) = match treasury::account(city, index) {
            Some((kind, opened_on, closed_on)) => {
                let parent = treasury::parent_of(city, index);
                (kind, format!("{kind} {index}"), treasury::unit(index), parent, opened_on, closed_on)
            }
            None => {
                let at = index - told(city);
                let (kind, title, unit) = Place::entry(at);
                let opened_on = city.first() - Months::new(90) - Days::new(at * 13);
                (kind, title, unit, parent(at).map(|at| told(city) + at), opened_on, None)
            }
        };
        let officer = employee(city, unit + UNITS * 2).no;
        file.texts(&[&account_code(index), &account("40", index), "901", &title, kind, code(&units, unit), &officer]);
        file.text(&parent.map(account_code).unwrap_or_default()).day(opened_on).day(closed_on).end()?;
    }
    file.finish()
}
