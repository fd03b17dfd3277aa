//! The finance system's ledger of payments.

use std::borrow::Cow;
use std::path::Path;

use chrono::Datelike as _;
use haechi_core::time::Day;

use super::bank::Bank;
use super::{code, month_words, monthly, sheet};
use crate::export::{Export, Form, Written};
use crate::people::{Group, UNITS, Unit, employee, resident_no};
use crate::random::Chance;
use crate::stories::contract::vendor_no;
use crate::stories::payment::Payment;
use crate::stories::vendor::{firms, paid_to, persons, persons_from, told, vendor_name};
use crate::words::{PERSONAL, PURCHASES, TRANSFERS, UTILITIES};
use crate::{City, SynthError};

/// Writes the payments of a month, those of contracts and stories (`due`, by day) and the ordinary ones, and what they and
/// everything else move at the bank.
pub(crate) fn month(
    city: &City,
    out: &Path,
    units: &[Unit],
    due: &[Payment],
    month: usize,
    bank: &mut Bank<'_>,
    done: &mut dyn FnMut(Written),
) -> Result<(), SynthError> {
    let mut ledger = Ledger::create(city, out, units, month)?;
    bank.begin(month)?;
    let days = city.working_days(month);
    let (before, count) = (before(city, month), payments_of(city, month));
    let mut due = due.iter().peekable();
    let mut worked = 0;
    for day in city.month(month).iter_days().take_while(|day| *day < city.month(month + 1)) {
        bank.day(units, day)?;
        while let Some(payment) = due.next_if(|payment| payment.paid_on == day) {
            ledger.line(payment)?;
            bank.pay(payment)?;
        }
        if !city.is_off(day) {
            let share = |worked: u64| count * worked / days.len() as u64;
            for at in share(worked)..share(worked + 1) {
                let payment = ordinary(city, before + at, day);
                ledger.line(&payment)?;
                bank.pay(&payment)?;
            }
            worked += 1;
        }
        bank.night(units, day)?;
    }
    done(ledger.file.finish()?);
    bank.end(done)
}

/// How many ordinary payments a month has: the year begins slowly and ends with what is left of the budget.
fn payments_of(city: &City, month: usize) -> u64 {
    let season = match city.month(month).month() {
        1 => 55,
        2 => 80,
        3 | 6 | 9 => 110,
        11 => 120,
        12 => 190,
        _ => 92,
    };
    city.residents * 12 * season / 10_000
}

fn before(city: &City, month: usize) -> u64 {
    (0..month).map(|month| payments_of(city, month)).sum()
}

/// The ordinary payment at `index` of all. Vendors come in turn, so that none is paid one amount twice within weeks.
fn ordinary(city: &City, index: u64, day: Day) -> Payment {
    let mut chance = Chance::of(city.seed, "payment", index);
    let unit = chance.below(UNITS);
    let (turn, round) = (index % firms(city), i64::try_from(index / firms(city)).unwrap_or(0));
    let firm = told(city) + turn * 7 % firms(city);
    // The end of an amount tells a vendor's payments apart, and no contract's amount ends like it.
    let end = (round % 89 + 1) * 1_000 + chance.between(0, 9) * 100 + chance.between(1, 9) * 10;
    let (vendor, (object, purpose), amount) = match chance.below(100) {
        0..52 => {
            let base = if chance.percent(60) { chance.between(0, 9) } else { chance.between(10, 95) };
            (firm, chance.pick(&PURCHASES), base * 100_000 + end)
        }
        52..72 => (told(city) + chance.below(12), chance.pick(&UTILITIES), chance.between(2_000, 94_000) * 10),
        72..96 => {
            let person = persons_from(city) + chance.below(persons(city));
            (person, chance.pick(&PERSONAL), chance.between(30, 950) * 1_000)
        }
        _ => {
            let base = if chance.percent(80) { chance.between(20, 180) } else { chance.between(210, 2_400) };
            (firm, chance.pick(&TRANSFERS), base * 100_000 + end)
        }
    };
    let ordered_on = Some(city.open_before(day - chrono::Days::new(chance.below(3))));
    let named = vendor >= persons_from(city) && chance.percent(50);
    Payment {
        object,
        purpose: Cow::Borrowed(purpose),
        ordered_on,
        resident_no: named.then(|| resident_no(city, Group::Creditors, vendor)),
        certificate: amount >= 10_000_000,
        ..Payment::new(unit, vendor, day, amount)
    }
}

struct Ledger<'a> {
    city: &'a City,
    units: &'a [Unit],
    officials: Vec<[String; 2]>,
    month: String,
    at: u64,
    file: Export,
}

impl<'a> Ledger<'a> {
    fn create(city: &'a City, out: &Path, units: &'a [Unit], month: usize) -> Result<Self, SynthError> {
        let header = &[
            "지급번호",
            "부서코드",
            "담당자번호",
            "결재자번호",
            "거래처번호",
            "거래처명",
            "주민등록번호",
            "입금계좌번호",
            "세금계산서번호",
            "통계목",
            "적요",
            "계약번호",
            "지급단계",
            "검사일",
            "지급명령일",
            "지급일",
            "지급액",
            "납세증명서번호",
            "체납충당액",
            "지연배상금",
        ];
        let title = format!("해치시 지출 내역 ({})", month_words(city, month));
        let file = sheet(Form::Cp949, out, "synth-payment", &monthly(city, "ehojo-payments", month), &title, header)?;
        let officials = (0..UNITS).map(|unit| [UNITS * 2, 0].map(|from| employee(city, from + unit).no)).collect();
        Ok(Self { city, units, officials, month: city.month(month).format("%Y%m").to_string(), at: 0, file })
    }

    fn line(&mut self, one: &Payment) -> Result<(), SynthError> {
        self.at += 1;
        let next = format!("{}-{:07}", self.month, self.at);
        let file = &mut self.file;
        file.text(one.no.as_deref().unwrap_or(&format!("P{next}"))).text(code(self.units, one.unit));
        for no in &self.officials[one.unit as usize] {
            file.text(no);
        }
        file.text(&vendor_no(one.vendor)).text(&vendor_name(self.city, one.vendor));
        file.text(one.resident_no.as_deref().unwrap_or_default()).text(&paid_to(self.city, one.vendor));
        file.text(one.invoice.as_deref().unwrap_or(&format!("T{next}")));
        file.texts(&[one.object, &one.purpose, &one.contract_no, one.stage]);
        file.day(one.inspected_on).day(one.ordered_on).day(one.paid_on).won(one.amount);
        file.text(if one.certificate { &next } else { "" });
        for amount in [one.setoff, one.damages] {
            if amount > 0 {
                file.won(amount)
            } else {
                file.text("")
            };
        }
        file.end()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_vendor_is_paid_a_larger_amount_twice_within_weeks_but_where_it_is_told() {
        for residents in [5_000, 200_000] {
            let city = City::new(7, residents, 24).unwrap();
            // Two months, the busiest of the year in them.
            let (from, to) = (before(&city, 1), before(&city, 3));
            let mut paid = BTreeSet::new();
            for index in from..to {
                let one = ordinary(&city, index, city.first());
                assert!(one.amount < 1_000_000 || paid.insert((one.vendor, one.amount)), "{residents}: {one:?}");
                assert!(!(19_000_000..20_000_000).contains(&one.amount), "{one:?}");
            }
            assert!(paid.len() as u64 > (to - from) / 10);
        }
    }
}
