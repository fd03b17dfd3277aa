//! The bank of the treasury: accounts of the body, what moves on them, and what the finance system books of it as revenue.

use std::collections::VecDeque;
use std::path::Path;

use chrono::{Datelike as _, Days, Months};
use haechi_core::time::Day;

use super::accounts::{Place, accounts, parent, register_of_accounts, subsidies};
use super::{code, month_words, monthly, sheet};
use crate::export::{Export, Form, Written};
use crate::people::{UNITS, Unit, employees, name};
use crate::random::Chance;
use crate::stories::job::Job;
use crate::stories::payment::{Payment, quarter};
use crate::stories::treasury::{self, Booking, Movement, account_code, told};
use crate::stories::vendor::vendor_name;
use crate::{City, SynthError};

/// What comes in by virtual accounts: words, account, and in how many of ten thousand residents' names a month, by month of
/// the year.
const COLLECTED: [(&str, Place, [u64; 12]); 9] = [
    ("자동차세", Place::Tax(0), [500, 100, 300, 60, 60, 2_200, 90, 60, 160, 60, 60, 2_200]),
    ("재산세", Place::Tax(1), [60, 60, 60, 60, 60, 60, 3_000, 160, 2_800, 140, 60, 60]),
    ("주민세", Place::Tax(2), [60, 60, 60, 60, 60, 60, 60, 3_900, 240, 60, 60, 60]),
    ("지방소득세", Place::Tax(3), [500, 500, 500, 700, 2_400, 600, 500, 500, 500, 500, 500, 500]),
    ("취득세", Place::Tax(4), [100, 100, 140, 140, 130, 120, 110, 100, 120, 130, 120, 110]),
    ("등록면허세", Place::Tax(4), [800, 100, 90, 90, 90, 90, 90, 90, 90, 90, 90, 90]),
    ("상수도요금", Place::Water, [2_700; 12]),
    ("과태료", Place::Fee, [700, 700, 750, 800, 800, 800, 800, 750, 750, 750, 700, 700]),
    ("사용료", Place::Fee, [500, 500, 550, 600, 600, 600, 550, 500, 500, 500, 550, 550]),
];

/// One row of a statement.
struct Row<'a> {
    /// The account, counted behind those that are told of.
    at: u64,
    minute: i64,
    kind: &'static str,
    purpose: &'a str,
    other: &'a str,
    amount: i64,
}

/// The statements of a month while they are written, and what runs on from month to month: a balance an account.
pub(crate) struct Bank<'a> {
    city: &'a City,
    out: &'a Path,
    balances: Vec<i64>,
    /// The stories' movements by day, and the bookings that have still to be made.
    moved: VecDeque<Movement>,
    told_balances: Vec<i64>,
    bookings: Vec<Entry>,
    weights: Vec<u64>,
    today: u64,
    booked: u64,
    files: Option<(Export, Export)>,
}

/// A booking of revenue.
struct Entry {
    on: Day,
    kind: &'static str,
    /// The account, counted from the first that is told of.
    index: u64,
    account_code: String,
    movement_no: String,
    contract_no: String,
    covers: Option<(Day, Day)>,
    amount: i64,
}

impl<'a> Bank<'a> {
    /// Writes the register of accounts, and of the stories what moved before the first month, a file for each such month.
    pub(crate) fn open(
        city: &'a City,
        out: &'a Path,
        jobs: &[Job],
        done: &mut dyn FnMut(Written),
    ) -> Result<Self, SynthError> {
        done(register_of_accounts(city, out)?);
        let (mut moved, mut bookings) = (Vec::new(), Vec::new());
        for index in 0..told(city) {
            let (movements, booked) = treasury::story(city, index);
            moved.extend(movements);
            bookings.extend(booked.into_iter().map(Entry::interest));
        }
        bookings.extend(jobs.iter().filter_map(Entry::damages));
        moved.sort_by_key(|movement| (movement.on, movement.index));
        let mut bank = Self {
            city,
            out,
            balances: vec![0; usize::try_from(accounts(city)).unwrap_or(0)],
            moved: moved.into(),
            told_balances: (0..told(city)).map(|index| 1_500_000 + (index * 7_310).cast_signed()).collect(),
            bookings,
            weights: Vec::new(),
            today: 0,
            booked: 0,
            files: None,
        };
        bank.earlier(done)?;
        Ok(bank)
    }

    fn earlier(&mut self, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
        let city = self.city;
        while let Some(first) = self.moved.front().map(|movement| movement.on).filter(|on| *on < city.first()) {
            let month = first.with_day(1).unwrap_or(first);
            let words = month.format("%Y년 %-m월").to_string();
            let mut file = statement(self.out, &format!("kumgo-movements-{}.csv", month.format("%Y-%m")), &words)?;
            while let Some(movement) = self.moved.pop_front_if(|moved| moved.on < month + Months::new(1)) {
                self.told(&mut file, &movement)?;
            }
            done(file.finish()?);
        }
        Ok(())
    }

    fn told(&mut self, file: &mut Export, movement: &Movement) -> Result<(), SynthError> {
        let balance = &mut self.told_balances[movement.index as usize];
        *balance += movement.amount;
        file.texts(&[&movement.no(), &account_code(movement.index)]).day(movement.on);
        file.moment(Some((movement.on, 610))).texts(&[movement.kind, movement.purpose, ""]);
        file.won(movement.amount).won(*balance).end()
    }

    /// Begins the files of a month.
    pub(crate) fn begin(&mut self, month: usize) -> Result<(), SynthError> {
        let (city, words) = (self.city, month_words(self.city, month));
        let movements = statement(self.out, &monthly(city, "kumgo-movements", month), &words)?;
        let header = &[
            "수입번호",
            "부서코드",
            "세입구분",
            "계좌관리코드",
            "거래번호",
            "계약번호",
            "대상시작일",
            "대상종료일",
            "세입처리일",
            "적요",
            "금액",
        ];
        let (name, title) = (monthly(city, "ehojo-revenue", month), format!("해치시 세입 처리 내역 ({words})"));
        let revenue = sheet(Form::Cp949, self.out, "synth-revenue", &name, &title, header)?;
        self.files = Some((movements, revenue));
        // Most pay in the last days before a term, few on days off.
        let last = city.month_end(month);
        self.weights = vec![0];
        let mut sum = 0;
        for day in city.month(month).iter_days().take_while(|day| *day <= last) {
            sum += if city.is_off(day) { 4 } else { 10 } * if last - day < chrono::TimeDelta::days(4) { 4 } else { 1 };
            self.weights.push(sum);
        }
        Ok(())
    }

    /// Ends the files of a month.
    pub(crate) fn end(&mut self, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
        if let Some((movements, revenue)) = self.files.take() {
            done(movements.finish()?);
            done(revenue.finish()?);
        }
        Ok(())
    }

    fn row(&mut self, day: Day, row: &Row<'_>) -> Result<String, SynthError> {
        self.today += 1;
        let no = format!("{}{:07}", day.format("%y%m%d"), self.today);
        let balance = &mut self.balances[row.at as usize];
        *balance += row.amount;
        if let Some((file, _)) = &mut self.files {
            file.texts(&[&no, &account_code(told(self.city) + row.at)]).day(day).moment(Some((day, row.minute)));
            file.texts(&[row.kind, row.purpose, row.other]).won(row.amount).won(*balance).end()?;
        }
        Ok(no)
    }

    /// Moves money from one account to another.
    fn transfer(&mut self, day: Day, from: Place, to: Place, minute: i64, amount: i64) -> Result<(), SynthError> {
        for (place, amount) in [(from, -amount), (to, amount)] {
            let row =
                Row { at: place.at(), minute, kind: "이체", purpose: "자금 배정", other: "해치시", amount };
            self.row(day, &row)?;
        }
        Ok(())
    }

    /// What moves before the payments of a day.
    pub(crate) fn day(&mut self, units: &[Unit], day: Day) -> Result<(), SynthError> {
        self.today = 0;
        while let Some(movement) = self.moved.pop_front_if(|moved| moved.on == day) {
            if let Some((mut file, revenue)) = self.files.take() {
                self.told(&mut file, &movement)?;
                self.files = Some((file, revenue));
            }
        }
        let month_begins = self.city.open(day.with_day(1).unwrap_or(day)) == day;
        if month_begins {
            self.allot(day)?;
        }
        self.collect(day)?;
        if !self.city.is_off(day) {
            self.batches(day, units)?;
        }
        Ok(())
    }

    /// The month's grant from above, and what the accounts of divisions are given.
    fn allot(&mut self, day: Day) -> Result<(), SynthError> {
        let city = self.city;
        // Some three months of what is spent.
        let residents = i64::try_from(city.residents).unwrap_or(0);
        let wanted = 60_000_000_000 + 1_500_000 * residents - self.balances[0];
        let row = Row {
            at: 0,
            minute: 541,
            kind: "입금",
            purpose: "지방교부세·조정교부금",
            other: "광역시도",
            amount: wanted.max(100_000_000),
        };
        self.row(day, &row)?;
        let mut chance =
            Chance::of(city.seed, "allot", u64::from(day.ordinal()) + 400 * day.year().unsigned_abs() as u64);
        for unit in 0..UNITS {
            self.transfer(day, Place::General, Place::Daily(unit), 545, chance.between(20, 70) * 100_000)?;
        }
        for at in 0..10 {
            let amount = chance.between(10, 90) * 1_000_000;
            self.transfer(day, Place::General, Place::Fund(at), 550, amount)?;
        }
        for at in 0..subsidies(city) {
            let at = Place::Subsidy(at).at();
            let amount = chance.between(10, 300) * 1_000_000;
            let row = Row {
                at, minute: 555, kind: "입금", purpose: "국고보조금 교부", other: "중앙부처", amount
            };
            self.row(day, &row)?;
        }
        Ok(())
    }

    /// Taxes and fees of a day, from midnight to midnight.
    fn collect(&mut self, day: Day) -> Result<(), SynthError> {
        let city = self.city;
        let at = day.day0() as usize;
        let (from, to) = (self.weights[at], self.weights[at + 1]);
        let whole = self.weights.last().copied().unwrap_or(1);
        for (kind, (purpose, place, rates)) in COLLECTED.iter().enumerate() {
            let count = city.residents * rates[day.month0() as usize] / 10_000;
            let (from, to) = (count * from / whole, count * to / whole);
            let salt = day.num_days_from_ce().unsigned_abs() as u64 * 16 + kind as u64;
            for at in from..to {
                let mut chance = Chance::of(city.seed, "collected", salt << 24 | at);
                let place = match place {
                    Place::Fee => Place::FeeOf(chance.below(10)),
                    other => *other,
                };
                let amount = match kind {
                    0 => chance.between(40, 420) * 1_000,
                    1 => chance.between(20, 900) * 1_000,
                    2 => 11_000,
                    3 => chance.between(20, 2_500) * 1_000,
                    4 => chance.between(300, 24_000) * 1_000,
                    6 => chance.between(800, 9_000) * 10,
                    7 => chance.between(32, 120) * 1_000,
                    _ => chance.between(5, 400) * 1_000,
                };
                let minute = i64::try_from((at - from) * 1_380 / (to - from) + 15).unwrap_or(0);
                let payer = name(&mut chance);
                self.row(day, &Row { at: place.at(), minute, kind: "입금", purpose, other: &payer, amount })?;
            }
        }
        Ok(())
    }

    /// Pay, benefits and the small things of a working day.
    fn batches(&mut self, day: Day, units: &[Unit]) -> Result<(), SynthError> {
        let city = self.city;
        let payday = |on: u32| city.open_before(day.with_day(on).unwrap_or(day)) == day;
        let mut chance = Chance::of(city.seed, "batch", day.num_days_from_ce().unsigned_abs() as u64);
        let out = |bank: &mut Self, place: Place, minute, purpose: &str, other: &str, amount: i64| {
            bank.row(day, &Row { at: place.at(), minute, kind: "출금", purpose, other, amount: -amount }).map(drop)
        };
        if payday(20) {
            let staff = i64::try_from(employees(city) / UNITS).unwrap_or(0);
            for unit in units {
                let amount = staff * 3_640_000 + chance.between(0, 900) * 1_000;
                out(self, Place::General, 560, &format!("급여 {}", unit.name), "급여 일괄이체", amount)?;
            }
        }
        for (on, benefits) in [(20, &["생계급여", "주거급여", "장애수당"][..]), (25, &["기초연금", "아동수당"][..])]
        {
            if !payday(on) {
                continue;
            }
            for purpose in benefits {
                for bank in ["가온은행", "나래은행", "다솔은행", "라온은행"] {
                    let amount = i64::try_from(city.residents).unwrap_or(0) * chance.between(1_500, 2_400);
                    out(self, Place::General, 570, purpose, bank, amount)?;
                }
            }
        }
        for unit in 0..UNITS {
            let place = Place::Daily(unit);
            let amount = chance.between(20, 290) * 1_000;
            if chance.percent(40) && self.balances[place.at() as usize] > amount {
                out(self, place, chance.between(600, 1_020), "일상경비 집행", "", amount)?;
            }
        }
        if day == city.due(day.with_day(14).unwrap_or(day), 1) {
            for at in 0..6 {
                let at = Place::Deposit(at);
                let amount = chance.between(10, 200) * 100_000;
                let row =
                    Row { at: at.at(), minute: 650, kind: "입금", purpose: "계약보증금", other: "", amount };
                self.row(day, &row)?;
                out(self, at, 900, "보증금 반환", "", amount / 2)?;
            }
            for at in 0..10 {
                out(self, Place::Fund(at), 910, "기금 사업비", "", chance.between(10, 80) * 100_000)?;
            }
            for at in 0..subsidies(city) {
                out(self, Place::Subsidy(at), 920, "보조사업비", "", chance.between(20, 90) * 100_000)?;
            }
        }
        Ok(())
    }

    /// What a payment takes from an account, or brings back.
    pub(crate) fn pay(&mut self, payment: &Payment) -> Result<(), SynthError> {
        let place = if payment.unit % 11 == 10 { Place::Special(payment.unit % 4) } else { Place::General };
        let at = place.at();
        let short = payment.amount - self.balances[at as usize];
        if at > 0 && short > 0 {
            self.transfer(payment.paid_on, Place::General, place, 1_000, short + 50_000_000)?;
        }
        let other = vendor_name(self.city, payment.vendor);
        let kind = if payment.amount > 0 { "출금" } else { "입금" };
        let minute = 1_005 + i64::try_from(self.today % 60).unwrap_or(0);
        let row = Row { at, minute, kind, purpose: &payment.purpose, other: &other, amount: -payment.amount };
        self.row(payment.paid_on, &row).map(drop)
    }

    /// What was collected goes to the general account, interest is credited, and revenue is booked.
    pub(crate) fn night(&mut self, units: &[Unit], day: Day) -> Result<(), SynthError> {
        let city = self.city;
        let next = city.open(day + Days::new(1));
        for at in Place::Tax(0).at()..Place::Daily(0).at() {
            let amount = self.balances[at as usize];
            if amount > 0 {
                for (at, amount) in [(at, -amount), (0, amount)] {
                    let row = Row {
                        at, minute: 1_425, kind: "이체", purpose: "수납금 이체", other: "해치시", amount
                    };
                    self.row(day, &row)?;
                }
                let kind = if at < Place::Water.at() { "지방세" } else { "세외수입" };
                let index = told(city) + at;
                self.bookings.push(Entry { covers: Some((day, day)), ..Entry::new(next, kind, index, amount) });
            }
        }
        if day.month().is_multiple_of(3) && city.open_before(city.month_end(self.month_of(day))) == day {
            self.interest(day)?;
        }
        if !city.is_off(day) {
            let (due, later) =
                std::mem::take(&mut self.bookings).into_iter().partition(|entry: &Entry| entry.on <= day);
            self.bookings = later;
            self.book(units, day, due)?;
        }
        Ok(())
    }

    fn month_of(&self, day: Day) -> usize {
        let first = self.city.first();
        let months = (day.year() - first.year()) * 12 + day.month().cast_signed() - first.month().cast_signed();
        usize::try_from(months).unwrap_or(0)
    }

    /// The quarter's interest. Most is booked by the number of the movement, some by its amount, some under the general account.
    fn interest(&mut self, day: Day) -> Result<(), SynthError> {
        let city = self.city;
        for at in 0..accounts(city) {
            let balance = self.balances[at as usize];
            let amount = balance / 10_000 * 5 / 10 * 10;
            if (Place::Tax(0).at()..Place::Daily(0).at()).contains(&at) || amount < 10 {
                continue;
            }
            let row = Row { at, minute: 1_430, kind: "이자", purpose: "예금이자", other: "", amount };
            let movement_no = self.row(day, &row)?;
            let index = told(city) + at;
            let on = city.due(day, 3 + at % 9);
            let one = Entry::new(on, "이자", index, amount);
            let (from, to) = (quarter(day), city.month_end(self.month_of(day)));
            self.bookings.push(match at % 7 {
                0 => one,
                1 if parent(at).is_some() => {
                    Entry { account_code: account_code(told(city)), covers: Some((from, to)), ..one }
                }
                _ => Entry { movement_no, ..one },
            });
        }
        Ok(())
    }

    fn book(&mut self, units: &[Unit], day: Day, due: Vec<Entry>) -> Result<(), SynthError> {
        let Some((_, file)) = &mut self.files else { return Ok(()) };
        for entry in due {
            self.booked += 1;
            let unit = match entry.index.checked_sub(told(self.city)) {
                Some(at) => Place::entry(at).2,
                None => treasury::unit(entry.index),
            };
            file.texts(&[&format!("R{}{:07}", day.format("%y"), self.booked), code(units, unit), entry.kind]);
            file.texts(&[&entry.account_code, &entry.movement_no, &entry.contract_no]);
            file.day(entry.covers.map(|covers| covers.0)).day(entry.covers.map(|covers| covers.1));
            file.day(entry.on).text(entry.kind).won(entry.amount).end()?;
        }
        Ok(())
    }
}

impl Entry {
    fn new(on: Day, kind: &'static str, index: u64, amount: i64) -> Self {
        Self {
            on,
            kind,
            index,
            account_code: account_code(index),
            movement_no: String::new(),
            contract_no: String::new(),
            covers: None,
            amount,
        }
    }

    fn interest(one: Booking) -> Self {
        Self {
            account_code: one.account_code,
            movement_no: one.movement_no,
            covers: one.covers,
            ..Self::new(one.on, "이자", one.index, one.amount)
        }
    }

    fn damages(job: &Job) -> Option<Self> {
        let (on, amount) = job.collected?;
        Some(Self {
            account_code: String::new(),
            contract_no: job.no.clone(),
            ..Self::new(on, "지연배상금", 0, amount)
        })
    }
}

fn statement(out: &Path, name: &str, words: &str) -> Result<Export, SynthError> {
    let header =
        &["거래번호", "계좌관리코드", "거래일자", "거래일시", "거래구분", "적요", "거래상대", "거래금액", "거래후잔액"];
    let title = format!("해치시 공금계좌 거래 내역 ({words})");
    sheet(Form::Cp949Compact, out, "synth-bank-movement", name, &title, header)
}
