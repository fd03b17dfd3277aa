//! The welfare system: beneficiaries, who receives for them, payments and deaths.

use std::path::Path;

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::{code, month_words, monthly, register, sheet};
use crate::export::{Form, Written};
use crate::people::{Group, Unit, account, employee, name, resident_no, units};
use crate::random::Chance;
use crate::stories::payment;
use crate::stories::subsidy;
use crate::stories::tax_refund;
use crate::stories::welfare::{self as stories, Benefit, number};
use crate::{City, SynthError, taxpayers};

/// Benefits by the system's word, how many in a hundred draw them, and what they pay a month.
const BENEFITS: [(&str, u64, i64); 6] = [
    ("기초연금", 45, 342_510),
    ("생계급여", 15, 765_440),
    ("주거급여", 12, 231_000),
    ("아동수당", 16, 100_000),
    ("장애수당", 7, 60_000),
    ("한부모", 5, 230_000),
];

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(register_of_beneficiaries(city, out, &units)?);
    done(managers(city, out, &units)?);
    done(deaths(city, out)?);
    for month in 0..city.months {
        done(payments(city, out, &units, month)?);
    }
    Ok(())
}

/// How the system writes files.
const FORM: Form = Form::Cp949Compact;

/// How many draw a benefit.
fn beneficiaries(city: &City) -> u64 {
    city.residents * 12 / 100
}

/// A beneficiary, as far as it follows from the index.
struct Beneficiary {
    index: u64,
    role: Option<stories::Role>,
    facility: Option<String>,
    household: u64,
    managed: bool,
}

fn beneficiary(city: &City, index: u64) -> Beneficiary {
    let role = stories::role(city, index);
    if let Some(role) = role {
        let (facility, household) = (role.facility(), role.household());
        return Beneficiary { index, role: Some(role), facility, household, managed: false };
    }
    let facility = (index % 200 >= 190).then(|| format!("F{:06}", index / 200));
    let paired = index % 3 == 1 && facility.is_none() && stories::role(city, index - 1).is_none();
    let household = if paired { index - 1 } else { index };
    let managed = facility.is_none() && index % 50 == 7;
    Beneficiary { index, role: None, facility, household, managed }
}

impl Beneficiary {
    fn resident_no(&self, city: &City) -> String {
        let others = self.role.and_then(|role| role.resident_no(city));
        others.unwrap_or_else(|| resident_no(city, Group::Beneficiaries, self.index))
    }

    /// The account the benefit goes to.
    fn account(&self, city: &City) -> String {
        let joint = Chance::of(city.seed, "joint", self.index).percent(30);
        if self.facility.is_some() && self.role.is_none() {
            account("33", self.index / 200)
        } else if self.managed {
            account("32", self.index)
        } else if self.role.is_none() && joint {
            account("30", self.household)
        } else {
            account("30", self.index)
        }
    }

    /// Day of death and the day the register knew it.
    fn death(&self, city: &City) -> Option<(Day, Day)> {
        if let Some(role) = self.role {
            return role.death(city);
        }
        let mut chance = Chance::of(city.seed, "death", self.index);
        // Three of a thousand die in a month.
        let month = usize::try_from(chance.below(1_000) / 3).ok().filter(|month| *month < city.months)?;
        let died = city.on(month, 1 + chance.below(31));
        Some((died, died + Days::new(3 + chance.below(22))))
    }

    fn unit<'a>(&self, units: &'a [Unit]) -> &'a str {
        code(units, 7 + self.index % 4)
    }
}

fn officer(city: &City, index: u64) -> String {
    employee(city, 7 + index % 4).no
}

fn register_of_beneficiaries(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "수급자관리번호",
        "가구번호",
        "성명",
        "주민등록번호",
        "시설번호",
        "담당부서코드",
        "담당자번호",
        "시작일",
        "종료일",
    ];
    let file = register(city, "haengbok-beneficiaries");
    let mut file = sheet(FORM, out, "synth-beneficiary", &file, "해치시 급여 수급자 현황", header)?;
    for index in 0..beneficiaries(city) {
        let one = beneficiary(city, index);
        let mut chance = Chance::of(city.seed, "beneficiary", index);
        let since = city.first() - Days::new(30 + chance.below(2_500));
        file.texts(&[&number(index), &format!("H{:08}", one.household), &name(&mut chance), &one.resident_no(city)]);
        file.texts(&[one.facility.as_deref().unwrap_or(""), one.unit(units), &officer(city, index)]);
        file.day(since).day(one.death(city).map(|death| death.0)).end()?;
    }
    file.finish()
}

fn managers(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "수급자관리번호",
        "급여관리자번호",
        "구분",
        "성명",
        "계좌번호",
        "승인일",
        "시작일",
        "종료일",
        "점검일",
        "담당부서코드",
        "담당자번호",
    ];
    let file = register(city, "haengbok-managers");
    let mut file = sheet(FORM, out, "synth-benefit-manager", &file, "해치시 급여관리자 현황", header)?;
    for index in 0..beneficiaries(city) {
        let one = beneficiary(city, index);
        let mut chance = Chance::of(city.seed, "manager", index);
        let ordinary = one.managed.then(|| (city.first() - Days::new(20 + chance.below(900)), one.account(city)));
        let Some((approved, account)) = one.role.and_then(|role| role.approved(city)).or(ordinary) else { continue };
        let kind = chance.pick(&["가족", "후견인", "급여관리자"]);
        file.texts(&[&number(index), &format!("G{index:08}"), kind, &name(&mut chance), &account]);
        let checked = Some(approved + Days::new(180)).filter(|day| *day <= city.last());
        file.day(approved).day(approved).day(None).day(checked);
        file.texts(&[one.unit(units), &officer(city, index)]).end()?;
    }
    file.finish()
}

fn deaths(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &["자료번호", "주민등록번호", "사망일", "신고일", "자료반영일"];
    let file = register(city, "haengbok-deaths");
    let mut file = sheet(FORM, out, "synth-death", &file, "사망자 자료 (해치시)", header)?;
    let mut line = |no: String, resident: &str, died: Day, known: Day| {
        if known > city.last() {
            return Ok(());
        }
        file.texts(&[&no, resident]).day(died).day(died + (known - died) / 2).day(known).end()
    };
    for index in 0..beneficiaries(city) {
        let one = beneficiary(city, index);
        if let Some((died, known)) = one.death(city) {
            line(format!("K{index:08}"), &one.resident_no(city), died, known)?;
        }
    }
    for (no, resident, died) in payment::deaths(city) {
        line(no, &resident, died, died + Days::new(5))?;
    }
    for (at, (resident, died, known)) in subsidy::deaths(city).enumerate() {
        line(format!("K7{at:07}"), &resident, died, known)?;
    }
    // Others die too: seven of ten thousand in a month.
    for index in 0..city.residents * 7 * city.months as u64 / 10_000 {
        let mut chance = Chance::of(city.seed, "other-death", index);
        let month = usize::try_from(chance.below(city.months as u64)).unwrap_or(0);
        let died = city.on(month, 1 + chance.below(31));
        let known = died + Days::new(3 + chance.below(22));
        line(format!("K9{index:07}"), &resident_no(city, Group::Citizens, index), died, known)?;
    }
    // Those who paid local tax die as others do.
    for payer in taxpayers::ordinary(city) {
        if let Some((died, known)) = taxpayers::death(city, payer) {
            line(format!("K8{}", payer.no()), &payer.resident_no(city), died, known)?;
        }
    }
    for told in tax_refund::all(city) {
        if let Some((died, known)) = told.death {
            let payer = told.refund.payer;
            line(format!("K8{}", payer.no()), &payer.resident_no(city), died, known)?;
        }
    }
    file.finish()
}

fn payments(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
    let header = &[
        "지급번호",
        "수급자관리번호",
        "주민등록번호",
        "급여구분",
        "급여월",
        "지급일",
        "계좌번호",
        "예금주",
        "담당부서코드",
        "담당자번호",
        "지급액",
    ];
    let title = format!("해치시 급여 지급 내역 ({})", month_words(city, month));
    let mut file =
        sheet(FORM, out, "synth-welfare-payment", &monthly(city, "haengbok-payments", month), &title, header)?;
    let first = city.month(month);
    let (early, late) = (city.open_before(city.on(month, 20)), city.open_before(city.on(month, 25)));
    let mut total = 0;
    for index in 0..beneficiaries(city) {
        let one = beneficiary(city, index);
        let mut pay = ordinary(city, &one, month);
        if let Some(role) = one.role {
            pay = stories::benefits(city, role, month, pay);
        }
        if pay.is_empty() {
            continue;
        }
        let mut chance = Chance::of(city.seed, "beneficiary", index);
        chance.below(2_500);
        let (owner, resident, officer) = (name(&mut chance), one.resident_no(city), officer(city, index));
        for (at, benefit) in pay.iter().enumerate() {
            let paid_on = if benefit.kind == "기초연금" && one.role.is_none() { late } else { early };
            file.texts(&[&format!("{}-{index:07}{at}", first.format("%Y%m")), &number(index), &resident, benefit.kind]);
            file.day(benefit.month).day(paid_on).texts(&[&benefit.account, &owner, one.unit(units), &officer]);
            file.won(benefit.amount).end()?;
            total += benefit.amount;
        }
    }
    file.texts(&["합계", "", "", "", "", "", "", "", "", ""]).won(total).end()?;
    file.finish()
}

/// What is due in a month: until the month of death, now and then a month late.
fn ordinary(city: &City, one: &Beneficiary, month: usize) -> Vec<Benefit> {
    let first = city.month(month);
    if one.death(city).is_some_and(|(died, _)| died < first) {
        return Vec::new();
    }
    let mut chance = Chance::of(city.seed, "benefit", one.index);
    let account = one.account(city);
    let mut draw = chance.below(100);
    let mut pay = Vec::new();
    let mut due = |kind, amount| pay.push(Benefit { kind, month: first, account: account.clone(), amount });
    for (kind, share, amount) in BENEFITS {
        if draw < share {
            due(kind, amount);
            // Some draw a second benefit beside the first.
            match (kind, one.index % 10) {
                ("생계급여", 0..7) => due("주거급여", 198_000),
                ("기초연금", 0..2) => due("장애수당", 60_000),
                ("한부모", 0..6) => due("교육급여", 48_000),
                _ => {}
            }
            break;
        }
        draw -= share;
    }
    if chance.percent(20) {
        let (kind, amount) = if first.month() == 12 { ("긴급복지", 300_000) } else { ("의료급여", 6_000) };
        pay.push(Benefit { kind, month: first, account: account.clone(), amount });
    }
    if month > 0 && Chance::of(city.seed, "late", one.index * 64 + month as u64).percent(1) {
        pay.push(Benefit { kind: "주거급여", month: city.month(month - 1), account, amount: 41_000 });
    }
    pay
}
