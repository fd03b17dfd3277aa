//! The finance system: contracts, and what became of them. Vendors, payments and the bank have files of their own.

use std::path::Path;

use chrono::Days;

use super::{bank, code, month_words, monthly, payments, register, sheet, vendors};
use crate::export::{Export, Form, Written};
use crate::people::{UNITS, Unit, employee, units};
use crate::random::Chance;
use crate::stories::contract::{self, Contract, vendor_no};
use crate::stories::job::Job;
use crate::stories::payment::Payment;
use crate::stories::vendor::{firm, firms, told};
use crate::stories::{payment, split, works};
use crate::words::{JOBS, QUARTERS, SITES};
use crate::{City, SynthError};

/// Writes all exports of the system, and of the bank, whose movements follow from the payments.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    vendors::write(city, out, done)?;
    let told = told_jobs(city);
    let mut registers = Registers::create(city, out)?;
    for month in 0..city.months {
        done(contracts(city, out, &units, &told, &mut registers, month)?);
    }
    for job in told.iter().filter(|job| !job.registered) {
        registers.of(&units, job)?;
    }
    registers.finish(done)?;
    let told_payments = payment::payments(city);
    let mut bank = bank::Bank::open(city, out, &told, done)?;
    for month in 0..city.months {
        let due = due(city, &told, &told_payments, month);
        payments::month(city, out, &units, &due, month, &mut bank, done)?;
    }
    Ok(())
}

/// The contracts of all stories.
fn told_jobs(city: &City) -> Vec<Job> {
    let mut jobs = contract::jobs(city);
    jobs.extend(split::jobs(city));
    jobs.extend(works::jobs(city));
    jobs
}

/// How many ordinary contracts are signed in a month.
fn contracts_of(city: &City) -> u64 {
    200 + city.residents / 200
}

/// How many months a contract takes at the most, until the last of it is paid.
const LONGEST: usize = 14;

/// What the `round`th contract of a unit is for: category and name.
///
/// A unit goes round among places, sites and jobs, whose numbers share no divisor: of any two of its contracts within
/// hundreds, at most one of the three is the same.
fn purpose(city: &City, unit: u64, round: u64) -> (&'static str, String) {
    let (category, job) = JOBS[((round * 17 + unit * 7 + city.seed % 37) % 37) as usize];
    let quarter = QUARTERS[((round * 5 + unit) % 23) as usize];
    let site = SITES[((round * 11 + unit * 3) % 29) as usize];
    (category, format!("{quarter} {site} {job}"))
}

/// The ordinary contract that is signed as the `at`th of a month. A unit goes round among the vendors, so that it meets none
/// twice in a year.
fn ordinary(city: &City, month: usize, at: u64, days: &[haechi_core::time::Day]) -> Job {
    let index = month as u64 * contracts_of(city) + at;
    let mut chance = Chance::of(city.seed, "contract", index);
    let (unit, round) = (index % UNITS, index / UNITS);
    let vendor = told(city) + (unit * 13 + round) % firms(city);
    let (category, purpose) = purpose(city, unit, round);
    let signed_on = chance.pick(days);
    let special = firm(city, vendor).kind != "일반";
    // No two contracts of a vendor are of one amount, nor is one just below the limit of one quote.
    let odd = i64::try_from(round % 89).unwrap_or(0) * 1_000;
    let (kind, ground, estimated) = match chance.below(10) {
        0..7 if special => ("수의", "특례기업", chance.between(210, 480) * 100_000),
        0..7 => ("수의", "소액", chance.between(8, 170) * 100_000),
        7 => ("일반경쟁", "", chance.between(50, 900) * 1_000_000),
        _ => ("제한경쟁", "", chance.between(30, 400) * 1_000_000),
    };
    let quotes = (kind == "수의").then(|| 1 + i64::from(chance.percent(12)));
    let status = if chance.percent(1) { "취소" } else { "" };
    let one = Contract { unit, kind, ground, category, quotes, signed_on, estimated: estimated + odd, status };
    let no = format!("CT{}-{at:06}", city.month(month).format("%Y%m"));
    Job::course(city, no, vendor, purpose, one, &mut chance)
}

/// The payments of contracts and stories that fall into a month, by day.
fn due(city: &City, told: &[Job], told_payments: &[Payment], month: usize) -> Vec<Payment> {
    let (first, last) = (city.month(month), city.month_end(month));
    let falls = |payment: &Payment| (first..=last).contains(&payment.paid_on);
    let mut due: Vec<Payment> = told_payments.iter().filter(|payment| falls(payment)).cloned().collect();
    due.extend(told.iter().flat_map(|job| &job.payments).filter(|payment| falls(payment)).cloned());
    for signed in month.saturating_sub(LONGEST)..=month {
        let days = city.working_days(signed);
        for at in 0..contracts_of(city) {
            due.extend(ordinary(city, signed, at, &days).payments.into_iter().filter(falls));
        }
    }
    due.sort_by_key(|payment| payment.paid_on);
    due
}

fn contracts(
    city: &City,
    out: &Path,
    units: &[Unit],
    told: &[Job],
    registers: &mut Registers,
    month: usize,
) -> Result<Written, SynthError> {
    let header = &[
        "계약번호",
        "부서코드",
        "담당자번호",
        "결재자번호",
        "거래처번호",
        "계약건명",
        "계약방법",
        "수의사유",
        "계약구분",
        "견적수",
        "계약일",
        "착수일",
        "준공예정일",
        "실제준공일",
        "추정가격",
        "계약금액",
        "상태",
    ];
    let title = format!("해치시 계약 현황 ({})", month_words(city, month));
    let name = monthly(city, "ehojo-contracts", month);
    let mut file = sheet(Form::Cp949, out, "synth-contract", &name, &title, header)?;
    let mut line = |job: &Job| {
        let one = &job.contract;
        let [officer, head] = [UNITS * 2, 0].map(|from| employee(city, from + one.unit).no);
        file.texts(&[&job.no, code(units, one.unit), &officer, &head, &vendor_no(job.vendor), &job.purpose]);
        file.texts(&[
            one.kind,
            one.ground,
            one.category,
            &one.quotes.map(|quotes| quotes.to_string()).unwrap_or_default(),
        ]);
        file.day(one.signed_on).day(one.signed_on + Days::new(3)).day(job.ends_on).day(job.completed_on);
        file.won(one.estimated).won(one.estimated / 10 * 11).text(job.status()).end()?;
        registers.of(units, job)
    };
    let (first, last) = (city.month(month), city.month_end(month));
    for job in told.iter().filter(|job| job.registered && (first..=last).contains(&job.contract.signed_on)) {
        line(job)?;
    }
    let days = city.working_days(month);
    for at in 0..contracts_of(city) {
        line(&ordinary(city, month, at, &days))?;
    }
    file.finish()
}

/// The registers of what became of contracts, as of the last day.
struct Registers {
    changes: Export,
    inspections: Export,
    advances: Export,
    settlements: Export,
    bonds: Export,
}

impl Registers {
    fn create(city: &City, out: &Path) -> Result<Self, SynthError> {
        let create = |mapping, name, title: &str, header| {
            sheet(Form::Cp949, out, mapping, &register(city, name), &format!("해치시 {title}"), header)
        };
        Ok(Self {
            changes: create(
                "synth-contract-change",
                "ehojo-contract-changes",
                "계약 변경 현황",
                &[
                    "계약번호",
                    "변경차수",
                    "부서코드",
                    "변경구분",
                    "변경일",
                    "변경준공예정일",
                    "변경사유",
                    "증감액",
                    "변경계약금액",
                ],
            )?,
            inspections: create(
                "synth-inspection",
                "ehojo-inspections",
                "검사·검수 현황",
                &["검사번호", "계약번호", "부서코드", "검사구분", "검사요청일", "검사일", "검사결과", "검사금액"],
            )?,
            advances: create(
                "synth-advance",
                "ehojo-advances",
                "선금 지급 현황",
                &["선금번호", "계약번호", "거래처번호", "부서코드", "지급일", "선금액"],
            )?,
            settlements: create(
                "synth-advance-settlement",
                "ehojo-advance-settlements",
                "선금 정산 현황",
                &["선금번호", "계약번호", "부서코드", "정산구분", "정산일", "정산액"],
            )?,
            bonds: create(
                "synth-bond",
                "ehojo-bonds",
                "보증금·보증서 현황",
                &["보증번호", "계약번호", "부서코드", "보증구분", "보증기관", "시작일", "종료일", "보증금액"],
            )?,
        })
    }

    /// Writes what became of a contract.
    fn of(&mut self, units: &[Unit], job: &Job) -> Result<(), SynthError> {
        let unit = code(units, job.contract.unit);
        for (change, at) in job.changes.iter().zip(1..) {
            self.changes.text(&job.no).number(at).texts(&[unit, change.kind]).day(change.on).day(change.ends_on);
            self.changes.text(change.reason).won(change.change_amount).won(change.amount).end()?;
        }
        for (look, at) in job.inspections.iter().zip(1..) {
            self.inspections.texts(&[&format!("I{}-{at}", &job.no[2..]), &job.no, unit, look.kind]);
            self.inspections.day(look.requested_on).day(look.on).text(look.result).won(look.amount).end()?;
        }
        let ends = job.ends_on.unwrap_or(job.contract.signed_on);
        if let Some((on, amount)) = job.advance {
            let no = job.advance_no();
            self.advances.texts(&[&no, &job.no, &vendor_no(job.vendor), unit]).day(on).won(amount).end()?;
            for (kind, on, amount) in &job.settlements {
                self.settlements.texts(&[&no, &job.no, unit, kind]).day(*on).won(*amount).end()?;
            }
            let bond = format!("B{}-1", &job.no[2..]);
            self.bonds.texts(&[&bond, &job.no, unit, "선금", "해치공제조합"]).day(on).day(ends + Days::new(60));
            self.bonds.won(amount).end()?;
        }
        if job.contract.kind != "수의" {
            let bond = format!("B{}-0", &job.no[2..]);
            self.bonds.texts(&[&bond, &job.no, unit, "계약이행", "해치보증보험"]).day(job.contract.signed_on);
            self.bonds.day(ends + Days::new(60)).won(job.contract.estimated / 10_000 * 1_100).end()?;
        }
        Ok(())
    }

    fn finish(self, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
        for file in [self.changes, self.inspections, self.advances, self.settlements, self.bonds] {
            done(file.finish()?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_of_a_unit_within_months_are_of_different_places_and_kinds() {
        let city = City::new(7, 1_000_000, 24).unwrap();
        // A unit of a million residents signs some 150 a month; what is asked about lies within three months.
        let names: Vec<String> = (0..450).map(|round| purpose(&city, 5, round).1).collect();
        for (at, one) in names.iter().enumerate() {
            for other in &names[..at] {
                let alike = one.splitn(3, ' ').zip(other.splitn(3, ' ')).filter(|(one, other)| one == other).count();
                assert!(alike <= 1, "{one} / {other}");
            }
        }
    }
}
