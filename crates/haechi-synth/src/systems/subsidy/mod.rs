//! The subsidy system: decisions, accounts, instalments, what moved on the accounts, and settlements.

mod money;
mod ordinary;

use std::path::Path;

use chrono::Days;
use haechi_core::time::Day;
use money::moved;
use ordinary::{of_a_year, ordinary, program_of, subsidies};

use super::registers::Standing;
use super::{code, month_words, monthly, register, sheet};
use crate::export::{Export, Form, Written};
use crate::people::{UNITS, Unit, employee, name, units};
use crate::random::Chance;
use crate::stories::subsidy::{
    self as stories, Body, Movement, Paid, Settlement, Subsidy, account_no, accounts, recipient_no, resident,
    subsidy_no, told,
};
use crate::stories::vendor::business_no;
use crate::words::PLACES;
use crate::{City, SynthError};

/// How the system writes files.
const FORM: Form = Form::Utf8Mark;

/// Writes all exports.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(decisions(city, out, &units)?);
    done(account_register(city, out, &units)?);
    done(settlements(city, out, &units)?);
    for month in 0..city.months {
        done(payments(city, out, &units, month)?);
        done(movements(city, out, &units, month)?);
    }
    Ok(())
}

fn recipient_name(city: &City, body: Body, recipient: u64) -> String {
    let mut chance = Chance::of(city.seed, "recipient", recipient);
    match body {
        Body::Person => name(&mut chance),
        Body::Business => format!("{}{}", chance.pick(&PLACES), chance.pick(&["어린이집", "공방", "상회", "농장"])),
        Body::Association => {
            format!("{} {}", chance.pick(&PLACES), chance.pick(&["주민협의회", "체육회", "아동센터", "경로당"]))
        }
    }
}

fn officer(city: &City, unit: u64) -> String {
    employee(city, unit + UNITS * 2).no
}

/// The firms among the recipients, for the register that asks the tax service.
pub(crate) fn businesses(
    city: &City,
    line: &mut dyn FnMut(&str, Standing) -> Result<(), SynthError>,
) -> Result<(), SynthError> {
    let mut last = None;
    let told = (0..told(city)).filter_map(|index| stories::subsidy(city, index)).filter_map(|one| one.business);
    let ordinary = (0..of_a_year(city)).filter_map(|at| ordinary(city, at).business);
    for recipient in told.chain(ordinary) {
        // Each is asked about once; those with several subsidies have them one after another.
        if last.is_none_or(|last| recipient > last) {
            let opened_on = Some(city.first() - Days::new(700 + recipient * 37 % 4_000));
            let open = Standing { status: "계속사업자", ..Standing::default() };
            let one = stories::standing(city, recipient).unwrap_or(open);
            line(&stories::business(recipient), Standing { opened_on, ..one })?;
            last = Some(recipient);
        }
    }
    Ok(())
}

fn decisions(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "교부번호",
        "담당부서코드",
        "담당자번호",
        "결재자번호",
        "보조사업코드",
        "사업목적코드",
        "사업명",
        "재원",
        "매칭번호",
        "보조사업자번호",
        "보조사업자명",
        "주민등록번호",
        "사업자등록번호",
        "보조사업자구분",
        "교부결정일",
        "사업시작일",
        "사업종료일",
        "교부결정액",
        "자부담액",
        "상태",
    ];
    let file = register(city, "botame-subsidies");
    let mut file = sheet(FORM, out, "synth-subsidy", &file, "해치시 지방보조금 교부결정 현황", header)?;
    let entered = |one: &Subsidy| one.decided_on <= city.last() && stories::is_decided(city, one.index);
    for one in subsidies(city).filter(entered) {
        let purpose = one.purpose_code.as_deref();
        let head = employee(city, one.unit).no;
        file.texts(&[&subsidy_no(one.index), code(units, one.unit), &officer(city, one.unit), &head]);
        file.text(&format!("B{:04}", one.index % 40 + 1)).texts(&[
            purpose.unwrap_or_default(),
            program_of(purpose).map_or("지역 활성화 사업", |program| program.name),
        ]);
        file.text(["시비", "도비", "국비", "시비"][usize::try_from(one.index % 4).unwrap_or(0)]);
        file.text(one.matching.as_deref().unwrap_or_default()).text(&recipient_no(one.recipient));
        let kind = match one.body {
            Body::Person => "개인",
            Body::Business => "사업자",
            Body::Association => "단체",
        };
        file.texts(&[&recipient_name(city, one.body, one.recipient), &resident(city, one.resident)]);
        file.texts(&[one.business.map(stories::business).as_deref().unwrap_or_default(), kind]);
        file.day(one.decided_on).day(one.starts_on).day(one.ends_on).won(one.amount).won(one.own_share);
        file.text(one.status).end()?;
    }
    file.finish()
}

fn account_register(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "교부번호",
        "계좌관리코드",
        "계좌번호",
        "은행코드",
        "보조사업자번호",
        "담당부서코드",
        "담당자번호",
        "개설일",
        "해지일",
    ];
    let file = register(city, "botame-accounts");
    let mut file = sheet(FORM, out, "synth-subsidy-account", &file, "해치시 보조금 전용계좌 현황", header)?;
    for one in subsidies(city).filter(|one| one.decided_on <= city.last()) {
        for at in 0..accounts(city, one.index) {
            file.texts(&[&subsidy_no(one.index), &format!("AC{:08}", one.index * 2 + at)]);
            file.texts(&[&account_no(one.index, at), "999", &recipient_no(one.recipient)]);
            file.texts(&[code(units, one.unit), &officer(city, one.unit)]).day(one.decided_on);
            file.day(Some(one.ends_on + Days::new(120)).filter(|day| *day <= city.last())).end()?;
        }
    }
    file.finish()
}

fn settlements(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "정산번호",
        "교부번호",
        "담당부서코드",
        "담당자번호",
        "정산보고기한",
        "연장기한",
        "정산보고일",
        "정산확정일",
        "집행액",
        "집행잔액",
        "이자",
        "반납일",
        "감사보고서",
    ];
    let file = register(city, "botame-settlements");
    let mut file = sheet(FORM, out, "synth-subsidy-settlement", &file, "해치시 보조금 정산 현황", header)?;
    let known = |day: Option<Day>| day.filter(|day| *day <= city.last());
    for one in subsidies(city).filter(|one| one.decided_on <= city.last()) {
        let Settlement { due_on, extended_to, reported_on } = one.settlement;
        let reported_on = known(reported_on);
        let settled_on = known(reported_on.map(|day| day + Days::new(14 + one.index % 20)));
        file.texts(&[&format!("J{:08}", one.index), &subsidy_no(one.index), code(units, one.unit)]);
        file.text(&officer(city, one.unit)).day(due_on).day(extended_to).day(reported_on).day(settled_on);
        if reported_on.is_some() {
            let unused = one.amount / 100 * (one.index % 7).cast_signed();
            file.won(one.amount - unused).won(unused).won(one.amount / 2_000);
        } else {
            file.texts(&["", "", ""]);
        }
        file.day(settled_on).text(if one.amount >= 300_000_000 { "Y" } else { "N" }).end()?;
    }
    file.finish()
}

fn payments(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
    let header = &["교부번호", "교부차수", "지급번호", "담당부서코드", "담당자번호", "지급일", "계좌번호", "지급액"];
    let title = format!("해치시 보조금 교부 내역 ({})", month_words(city, month));
    let name = monthly(city, "botame-payments", month);
    let mut file = sheet(FORM, out, "synth-subsidy-payment", &name, &title, header)?;
    let days = city.month(month)..=city.month_end(month);
    for one in subsidies(city) {
        for (at, (day, amount)) in one.instalments.iter().enumerate().filter(|(_, (day, _))| days.contains(day)) {
            let no = subsidy_no(one.index);
            file.texts(&[&no, &format!("{}", at + 1), &format!("{no}-{:02}", at + 1)]);
            file.texts(&[code(units, one.unit), &officer(city, one.unit)]).day(*day);
            file.text(&account_no(one.index, 0)).won(*amount).end()?;
        }
    }
    file.finish()
}

fn movements(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
    let header = &[
        "거래번호",
        "교부번호",
        "계좌번호",
        "담당부서코드",
        "담당자번호",
        "거래구분",
        "거래일",
        "거래일시",
        "상대방",
        "사업자등록번호",
        "적요",
        "거래액",
        "거래후잔액",
    ];
    let title = format!("해치시 보조금 전용계좌 거래 내역 ({})", month_words(city, month));
    let name = monthly(city, "botame-movements", month);
    let mut file = sheet(FORM, out, "synth-subsidy-movement", &name, &title, header)?;
    let (first, last) = (city.month(month), city.month_end(month));
    for one in subsidies(city) {
        // Money moves from the decision until the remainder went back.
        if one.decided_on > last || one.ends_on + Days::new(60) < first {
            continue;
        }
        let unit = (code(units, one.unit), officer(city, one.unit));
        let mut balances = [0, 0];
        for (at, moved) in stories::movements(city, &one).unwrap_or_else(|| moved(city, &one)).iter().enumerate() {
            let balance = &mut balances[usize::from(moved.account == 1)];
            *balance += moved.amount;
            if (first..=last).contains(&moved.day) {
                movement_line(&mut file, city, (&one, moved, at), (unit.0, &unit.1), *balance)?;
            }
        }
    }
    file.finish()
}

fn movement_line(
    file: &mut Export,
    city: &City,
    (one, moved, at): (&Subsidy, &Movement, usize),
    (unit, officer): (&str, &str),
    balance: i64,
) -> Result<(), SynthError> {
    let no = subsidy_no(one.index);
    file.texts(&[&format!("{no}-{at:05}"), &no, &account_no(one.index, moved.account), unit, officer, moved.kind]);
    file.day(moved.day).moment(Some((moved.day, moved.minute)));
    let mut chance = Chance::of(city.seed, "movement", one.index * 4_096 + at as u64);
    let words = match moved.paid {
        Paid::Office => {
            file.texts(&["해치시", ""]).text(if moved.amount > 0 { "보조금 교부" } else { "잔액 반납" })
        }
        Paid::Bank => file.texts(&["", "", "예금 이자"]),
        Paid::Recipient => file.texts(&[&recipient_name(city, one.body, one.recipient), "", "계좌 이체"]),
        Paid::Person(_) => file.text(&name(&mut chance)).texts(&["", chance.pick(&["인건비", "강사료", "여비"])]),
        Paid::Firm(firm) => {
            let firm_name = format!("{}{}", chance.pick(&PLACES), chance.pick(&["상사", "인쇄", "식품", "건설"]));
            let words = chance.pick(&["물품 구입", "임차료", "재료비", "홍보물 제작", "공공요금"]);
            file.texts(&[&firm_name, &business_no(700_000 + firm % 5_000), words])
        }
    };
    words.won(moved.amount);
    if moved.shows_balance {
        file.won(balance);
    } else {
        file.text("");
    }
    file.end()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_account_falls_below_zero_and_what_is_left_of_a_project_goes_back() {
        let city = City::new(7, 20_000, 12).unwrap();
        for one in subsidies(&city) {
            let told = stories::movements(&city, &one);
            let is_told = told.is_some();
            let mut balances = [0, 0];
            for moved in told.unwrap_or_else(|| moved(&city, &one)) {
                let balance = &mut balances[usize::from(moved.account == 1)];
                *balance += moved.amount;
                assert!(*balance >= 0, "{one:?}: {moved:?}");
            }
            assert!(is_told || balances == [0, 0], "{one:?}: {balances:?}");
        }
    }

    #[test]
    fn each_firm_among_the_recipients_stands_once_in_the_register() {
        let city = City::new(7, 20_000, 24).unwrap();
        let mut asked = BTreeSet::new();
        businesses(&city, &mut |business, _| {
            assert!(asked.insert(business.to_owned()), "{business}");
            Ok(())
        })
        .unwrap();
        for business in subsidies(&city).filter_map(|one| one.business) {
            assert!(asked.contains(&stories::business(business)), "{business}");
        }
    }
}
