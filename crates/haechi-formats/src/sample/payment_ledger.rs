//! Three quarters of payments, one file a quarter, and what is told in them.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike as _, TimeDelta};
use haechi_core::time::Day;

use super::chance::Chance;
use super::days::{days, dotted, is_off, within};
use super::sheet::{Sheet, won};
use super::town::{CAME_BACK, CLOSED, ORDINARY, SHARED, SUSPENDED, Town};
use super::words::{OBJECTS, SUPPLIES};
use super::{SampleFile, times};

/// One payment before it is written.
#[derive(Clone, Debug)]
struct Payment {
    no: String,
    day: Day,
    unit: usize,
    vendor: usize,
    invoice_no: String,
    object: usize,
    purpose: &'static str,
    amount: i64,
    /// Which of the unit's employees handled it.
    officer: usize,
    /// Stands in the file instead of the day, and is none.
    broken: bool,
}

/// All payments, and what was told in them.
#[derive(Debug)]
pub(super) struct PaymentLedger {
    /// Findings by scenario.
    pub(super) told: BTreeMap<&'static str, u32>,
    payments: Vec<Payment>,
    chance: Chance,
    workdays: Vec<Day>,
    units: usize,
    vendors: usize,
    rows: usize,
    /// Amounts a vendor was paid, so that only what is meant to be paid twice is.
    taken: HashSet<(usize, i64)>,
    invoices: u32,
}

impl PaymentLedger {
    /// The ledger of `rows` readable rows.
    pub(super) fn new(town: &Town, seed: u64, rows: u32) -> Self {
        let mut ledger = Self {
            told: BTreeMap::new(),
            payments: Vec::new(),
            chance: Chance::new(seed, 3),
            workdays: within(&days(false), 1, 9),
            units: town.units.len(),
            vendors: town.vendors.len(),
            rows: rows as usize,
            taken: HashSet::new(),
            invoices: 0,
        };
        ledger.stories(town, rows);
        while ledger.payments.len() < ledger.rows {
            ledger.ordinary();
        }
        for quarter in (1..=7).step_by(3).take(if rows >= 3_000 { 3 } else { 0 }) {
            let day = within(&ledger.workdays, quarter, 3)[0];
            let one = ledger.usual(day, ORDINARY, 450_000);
            ledger.payments.push(Payment { broken: true, ..one });
        }
        ledger.payments.sort_by_key(|one| (one.day, one.unit));
        let mut counted = [0; 4];
        for one in &mut ledger.payments {
            let quarter = one.day.month0() as usize / 3;
            counted[quarter] += 1;
            one.no = format!("2026Q{}-{:06}", quarter + 1, counted[quarter]);
        }
        ledger
    }

    fn stories(&mut self, town: &Town, rows: u32) {
        let plan: [(&'static str, u32, Story); 4] = [
            ("payment.duplicate", times(3, 12, rows), Self::twice),
            ("payment.just-below-limit", times(1, 3, rows).min(20), Self::just_below),
            ("payment.after-closing", times(3, 6, rows).min(60), Self::after_closing),
            ("payment.employee-account", times(2, 4, rows).min(12), Self::employee_account),
        ];
        for (scenario, often, story) in plan {
            let told = (0..often as usize).filter(|nth| story(self, town, *nth)).count();
            self.told.insert(scenario, u32::try_from(told).unwrap_or(u32::MAX));
        }
        if self.has_room(2) {
            // Near misses: on the very day of closing, and after the vendor came back.
            for (vendor, day) in
                [(CLOSED.start, town.vendors[CLOSED.start].closed_on), (CAME_BACK, town.vendors[CAME_BACK].resumed_on)]
            {
                if let Some(day) = day {
                    let amount = self.amount_for(vendor, 800_000, 990_000);
                    let one = self.usual(day, vendor, amount);
                    self.payments.push(one);
                }
            }
        }
    }

    fn has_room(&self, many: usize) -> bool {
        self.payments.len() + many <= self.rows
    }

    /// A multiple of ten from `from` to `to` that this vendor was not paid yet.
    fn amount_for(&mut self, vendor: usize, from: i64, to: i64) -> i64 {
        let mut amount = from;
        for _ in 0..64 {
            amount = self.chance.amount(from, to, 10);
            if self.taken.insert((vendor, amount)) {
                break;
            }
        }
        amount
    }

    fn usual(&mut self, day: Day, vendor: usize, amount: i64) -> Payment {
        self.invoices += 1;
        Payment {
            no: String::new(),
            day,
            unit: self.chance.below(self.units),
            vendor,
            invoice_no: format!("HT-2026-{:07}", self.invoices),
            object: self.chance.below(OBJECTS.len()),
            purpose: self.chance.pick(&SUPPLIES),
            amount,
            officer: 1 + self.chance.below(4),
            broken: false,
        }
    }

    fn ordinary(&mut self) {
        let vendor = ORDINARY + self.chance.below(self.vendors - ORDINARY);
        let amount = match self.chance.below(100) {
            0 => -self.chance.amount(10_000, 900_000, 10),
            1..=54 => self.chance.amount(20_000, 990_000, 10),
            55..=89 => self.amount_for(vendor, 1_000_000, 9_000_000),
            90..=97 => self.amount_for(vendor, 9_000_000, 18_900_000),
            _ => self.amount_for(vendor, 20_000_000, 90_000_000),
        };
        let day = self.chance.pick(&self.workdays);
        let one = self.usual(day, vendor, amount);
        self.payments.push(one);
    }

    /// One bill paid twice, in one of three ways.
    fn twice(&mut self, _town: &Town, nth: usize) -> bool {
        if !self.has_room(2) {
            return false;
        }
        let vendor = ORDINARY + (nth * 11) % (self.vendors - ORDINARY);
        let amount = self.amount_for(vendor, 1_200_000, 17_000_000);
        // Early enough that both payments fall in the year's first three quarters.
        let first = self.workdays[self.chance.below(self.workdays.len() - 60)];
        let one = self.usual(first, vendor, amount);
        let apart = if nth % 3 == 2 { 3 } else { 24 + i64::try_from(nth % 20).unwrap_or(0) };
        let mut second = first + TimeDelta::days(apart);
        while is_off(second) {
            // Back, not forth, so that three days apart stay three at most.
            second -= TimeDelta::days(1);
        }
        let invoice_no = match nth % 3 {
            0 => one.invoice_no.clone(),
            1 => one.invoice_no.replace('-', ""),
            _ => self.usual(second, vendor, amount).invoice_no,
        };
        let again = Payment { day: second, invoice_no, officer: 1 + nth % 4, ..one.clone() };
        self.payments.extend([one, again]);
        true
    }

    /// Three payments just below the limit: no two `nth` below 100 have unit and quarter the same.
    fn just_below(&mut self, _town: &Town, nth: usize) -> bool {
        if !self.has_room(3) {
            return false;
        }
        let unit = (nth * 7 + 11) % self.units;
        let first_month = ((nth / self.units + nth) % 3) as u32 * 3 + 1;
        let quarter = within(&self.workdays, first_month, 3);
        for more in 0..3 {
            let vendor = ORDINARY + (nth * 13 + more * 5 + 40) % (self.vendors - ORDINARY);
            let amount = self.amount_for(vendor, 19_000_000, 19_990_000);
            let day = self.chance.pick(&quarter);
            let one = self.usual(day, vendor, amount);
            self.payments.push(Payment { unit, ..one });
        }
        true
    }

    /// A payment some weeks after the vendor left off.
    fn after_closing(&mut self, town: &Town, nth: usize) -> bool {
        let gone: Vec<usize> = CLOSED.chain(SUSPENDED).collect();
        let vendor = gone[nth % gone.len()];
        let since = town.vendors[vendor].closed_on.or(town.vendors[vendor].suspended_on);
        let Some(since) = since.filter(|_| self.has_room(1)) else { return false };
        let mut day = since + TimeDelta::days(10 + i64::try_from(nth).unwrap_or(0) * 2);
        while is_off(day) {
            day += TimeDelta::days(1);
        }
        let amount = self.amount_for(vendor, 300_000, 990_000);
        let one = self.usual(day, vendor, amount);
        // Two payments of one vendor never share unit and day: then they would be one finding.
        self.payments.push(Payment { unit: nth % self.units, ..one });
        true
    }

    /// A month in which a vendor with an employee's account is paid, once or twice.
    fn employee_account(&mut self, _town: &Town, nth: usize) -> bool {
        if !self.has_room(2) {
            return false;
        }
        let (vendor, _) = SHARED[nth % SHARED.len()];
        let month = u32::try_from(2 + nth / SHARED.len()).unwrap_or(2);
        let days = within(&self.workdays, month, 1);
        for _ in 0..1 + nth % 2 {
            let amount = self.amount_for(vendor, 350_000, 980_000);
            let day = self.chance.pick(&days);
            let one = self.usual(day, vendor, amount);
            self.payments.push(one);
        }
        true
    }

    /// The three files.
    pub(super) fn files(&self, town: &Town) -> Vec<SampleFile> {
        (0..3).map(|quarter| self.quarter(town, quarter)).collect()
    }

    fn quarter(&self, town: &Town, quarter: u32) -> SampleFile {
        let mut sheet = Sheet::titled(&format!("해치시 지출 내역 (2026년 {}분기)", quarter + 1));
        let mut line = [""; 15];
        line[14] = "(단위: 원)";
        sheet.line(&line);
        sheet.line(&[
            "지급번호",
            "회계연도",
            "분기",
            "부서코드",
            "부서명",
            "거래처번호",
            "거래처명",
            "세금계산서번호",
            "통계목",
            "적요",
            "구분",
            "지급일자",
            "담당자번호",
            "결재자번호",
            "지급액",
        ]);
        let mut total = 0;
        for one in self.payments.iter().filter(|one| one.day.month0() / 3 == quarter) {
            total += if one.broken { 0 } else { one.amount };
            sheet.line(&cells(town, quarter, one));
        }
        let total = won(total);
        let mut line = [""; 15];
        (line[0], line[14]) = ("총계", &total);
        sheet.line(&line);
        let name = format!("payments-2026-Q{}.csv", quarter + 1);
        SampleFile { mapping: "sample-payment", name, bytes: sheet.utf8_with_mark() }
    }
}

/// Tells its `nth` time; `false` where too few rows are left.
type Story = fn(&mut PaymentLedger, &Town, usize) -> bool;

fn cells(town: &Town, quarter: u32, one: &Payment) -> [String; 15] {
    let (unit, vendor) = (&town.units[one.unit], &town.vendors[one.vendor]);
    let (object, kind) = OBJECTS[one.object];
    [
        one.no.clone(),
        "2026".to_owned(),
        (quarter + 1).to_string(),
        unit.code.clone(),
        unit.name.to_owned(),
        vendor.no.clone(),
        vendor.name.clone(),
        one.invoice_no.clone(),
        object.to_owned(),
        one.purpose.to_owned(),
        kind.to_owned(),
        if one.broken { "미정".to_owned() } else { dotted(one.day) },
        town.person_of(one.unit, one.officer).no.clone(),
        town.person_of(one.unit, 0).no.clone(),
        won(one.amount),
    ]
}
