//! The personnel system: registers, orders, pay, leave, overtime and travel.

use std::path::Path;

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::{code, month_words, monthly, register, sheet};
use crate::export::{Export, Written};
use crate::people::{Employee, Group, Unit, bureaus, employee, employees, name, resident_no, units};
use crate::random::Chance;
use crate::stories::access;
use crate::stories::hr::{self as stories, Absence, Order, Overtime, Pay};
use crate::{City, SynthError};

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(departments(city, out, &units)?);
    done(register_of_employees(city, out, &units)?);
    done(appointments(city, out, &units)?);
    for month in 0..city.months {
        done(payroll(city, out, &units, month)?);
        let mut files = Attendance::create(city, out, month)?;
        for index in 0..employees(city) {
            files.of(city, &units, &employee(city, index), month)?;
        }
        done(files.leave.finish()?);
        done(files.overtime.finish()?);
        done(files.travel.finish()?);
    }
    Ok(())
}

fn departments(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &["부서코드", "부서명", "상위부서코드", "설치일", "폐지일"];
    let name = register(city, "insarang-departments");
    let mut file = sheet(city.workbook(), out, "synth-department", &name, "해치시 조직 현황", header)?;
    let since = Day::from_ymd_opt(2018, 7, 1);
    for (code, name) in bureaus() {
        file.texts(&[&code, name, ""]).day(since).day(None).end()?;
    }
    for unit in units {
        file.texts(&[&unit.code, unit.name, &unit.parent]).day(since).day(None).end()?;
    }
    file.finish()
}

fn register_of_employees(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &["직원번호", "성명", "부서코드", "직위", "주민등록번호", "급여계좌번호", "임용일", "퇴직일"];
    let name = register(city, "insarang-employees");
    let mut file = sheet(city.workbook(), out, "synth-employee", &name, "해치시 공무원 현황", header)?;
    for index in 0..employees(city) {
        let person = employee(city, index);
        let unit = code(units, person.unit_on(city, city.last()));
        file.texts(&[&person.no, &person.name, unit, person.position()]);
        file.texts(&[&person.resident_no(city), &person.account()]);
        file.day(person.joined_on).day(person.left_on).end()?;
    }
    file.finish()
}

fn appointments(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "발령번호",
        "직원번호",
        "발령구분",
        "부서코드",
        "이전부서코드",
        "직위",
        "발령일",
        "만료일",
        "보수지급여부",
        "문서번호",
    ];
    let name = register(city, "insarang-appointments");
    let mut file = sheet(city.workbook(), out, "synth-appointment", &name, "해치시 인사발령 대장", header)?;
    for index in 0..employees(city) {
        let person = employee(city, index);
        for (at, order) in orders(city, &person).iter().enumerate() {
            let no = format!("A{index:06}-{:02}", at + 1);
            let previous = order.previous.map_or("", |unit| code(units, unit));
            file.texts(&[&no, &person.no, order.kind, code(units, order.unit), previous, person.position()]);
            file.day(order.on).day(order.ends_on).text(order.pay_due);
            file.text(&format!("총무과-{}-{}", order.on.year(), 1_000 + (index * 7 + at as u64) % 9_000)).end()?;
        }
    }
    file.finish()
}

/// The personnel orders of somebody, in their order.
fn orders(city: &City, person: &Employee) -> Vec<Order> {
    let mut orders = vec![Order::new("임용", person.joined_on, person.unit)];
    let mut unit = person.unit;
    for (on, to) in person.transfers(city) {
        orders.push(Order { previous: Some(unit), ..Order::new("전보", on, to) });
        unit = to;
    }
    if let Some((part, case)) = person.part {
        orders.extend(stories::absence(city, part, case, person.unit));
        orders.extend(access::orders(city, part, case, person.unit));
    } else if person.left_on.is_none() && person.index.is_multiple_of(9) {
        // Some are promoted where they are, in the last month too, so that the orders reach to its end.
        let on = city.on(city.months - 1, 26);
        orders.push(Order { previous: Some(unit), ..Order::new("승진", on.max(person.joined_on), unit) });
    }
    if let Some(left) = person.left_on {
        orders.push(Order::new("퇴직", left, unit));
        if person.joined_on > left {
            // Hired again: the register shows the later day of joining.
            orders[0].on = city.first() - Days::new(2_000);
            orders.push(Order::new("임용", person.joined_on, unit));
        }
    }
    orders.sort_by_key(|order| order.on);
    orders
}

fn payroll(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
    let header = &[
        "지급번호",
        "급여월",
        "직원번호",
        "성명",
        "주민등록번호",
        "근로구분",
        "부서코드",
        "급여항목",
        "산정시작일",
        "산정종료일",
        "지급일",
        "계좌번호",
        "지급액",
        "산정액",
        "담당자번호",
    ];
    let title = format!("해치시 급여 지급 내역 ({})\n(단위: 원)", month_words(city, month));
    let mut file =
        sheet(city.workbook(), out, "synth-payroll", &monthly(city, "insarang-payroll", month), &title, header)?;
    let paid_on = city.open_before(city.on(month, 20));
    let first = city.month(month);
    let run = first.format("P%Y%m-01").to_string();
    let officer = employee(city, 137.min(employees(city) - 1)).no;
    let mut total = 0;
    let mut line = |who: [&str; 6], pay: &Pay, account: &str| {
        let [no, name, resident, worker, unit, officer] = who;
        file.text(&run).day(first).texts(&[no, name, resident, worker, unit, pay.item]);
        file.day(pay.covers.map(|covers| covers.0)).day(pay.covers.map(|covers| covers.1)).day(paid_on);
        file.text(account).won(pay.amount);
        match pay.due {
            Some(due) => file.won(due),
            None => file.text(""),
        };
        total += pay.amount;
        file.text(officer).end()
    };
    for index in 0..employees(city) {
        let person = employee(city, index);
        let mut pay = ordinary_pay(city, &person, month);
        if let Some((part, case)) = person.part {
            pay = stories::pay(city, part, case, month, pay);
        }
        if pay.is_empty() {
            continue;
        }
        let unit = code(units, person.unit_on(city, first));
        let (resident, account) = (person.resident_no(city), person.account());
        for pay in pay {
            line([&person.no, &person.name, &resident, "공무원", unit, &officer], &pay, &account)?;
        }
    }
    for (at, stranger) in stories::strangers(city, month).into_iter().enumerate() {
        let known = stranger.no.bytes().fold(0, |sum: u64, byte| sum * 10 + u64::from(byte - b'0'));
        let mut chance = Chance::of(city.seed, "stranger", known);
        let resident = match stranger.person {
            Some(person) => resident_no(city, Group::Employees, person),
            None => resident_no(city, Group::Strangers, known % 100_000 / 5 + known / 100_000 * 211 % 90_000),
        };
        let unit = code(units, at as u64 % units.len() as u64);
        let account = crate::people::account("12", known);
        line([&stranger.no, &name(&mut chance), &resident, stranger.worker, unit, &officer], &stranger.pay, &account)?;
    }
    file.texts(&["총계", "", "", "", "", "", "", "", "", "", "", ""]).won(total).texts(&["", ""]).end()?;
    file.finish()
}

fn ordinary_pay(city: &City, person: &Employee, month: usize) -> Vec<Pay> {
    let (first, last) = (city.month(month), city.month_end(month));
    let mut pay = Vec::new();
    let mut chance = Chance::of(city.seed, "pay", person.index);
    let served = (last - person.joined_on).num_days() / 365;
    let base = 2_050_000 + served * 74_000 + if person.approves() { 900_000 } else { 0 };
    if person.serves(first, last) {
        let rehired = person.left_on.is_some_and(|left| left < person.joined_on);
        let to = if rehired { last } else { person.left_on.unwrap_or(last).min(last) };
        let covers = Some((first.max(person.joined_on), to));
        pay.push(Pay::right("봉급", covers, base));
        pay.push(Pay::right("수당", covers, 130_000 + chance.between(10, 40) * 10_000));
        if chance.percent(45) {
            pay.push(Pay::right("가족수당", covers, chance.pick(&[40_000, 60_000, 80_000, 110_000])));
        }
        if matches!(first.month(), 1 | 7) {
            pay.push(Pay::right("성과상여", None, base / 2));
        }
    }
    let worked = month.checked_sub(1).filter(|before| person.serves(city.month(*before), first));
    if worked.is_some() && person.part.is_none() {
        let mut chance = Chance::of(city.seed, "overtime-pay", person.index * 64 + month as u64);
        pay.push(Pay::right("초과근무", None, chance.between(4, 40) * 11_730));
    }
    pay
}

/// The three files of a month's attendance.
struct Attendance {
    leave: Export,
    overtime: Export,
    travel: Export,
}

impl Attendance {
    fn create(city: &City, out: &Path, month: usize) -> Result<Self, SynthError> {
        let words = month_words(city, month);
        let create = |mapping, name, title: &str, unit: &str, header| {
            let title = format!("해치시 {title} ({words}){unit}");
            sheet(city.workbook(), out, mapping, &monthly(city, name, month), &title, header)
        };
        Ok(Self {
            leave: create(
                "synth-leave",
                "insarang-leave",
                "휴가 내역",
                "",
                &[
                    "휴가번호",
                    "직원번호",
                    "부서코드",
                    "휴가구분",
                    "시작일",
                    "종료일",
                    "시작시각",
                    "종료시각",
                    "처리상태",
                    "결재자번호",
                ],
            )?,
            overtime: create(
                "synth-overtime",
                "insarang-overtime",
                "초과근무 내역",
                "",
                &[
                    "초과근무번호",
                    "직원번호",
                    "부서코드",
                    "근무자구분",
                    "근무일",
                    "시작시각",
                    "종료시각",
                    "신청시간(분)",
                    "인정시간(분)",
                    "처리상태",
                    "결재자번호",
                ],
            )?,
            travel: create(
                "synth-travel",
                "insarang-travel",
                "출장 내역",
                "\n(단위: 원)",
                &[
                    "출장번호",
                    "직원번호",
                    "부서코드",
                    "출장구분",
                    "시작일",
                    "종료일",
                    "출발시각",
                    "복귀시각",
                    "출장지",
                    "출장목적",
                    "여비",
                    "지급일",
                    "처리상태",
                    "결재자번호",
                ],
            )?,
        })
    }

    /// Writes what somebody did in a month.
    fn of(&mut self, city: &City, units: &[Unit], person: &Employee, month: usize) -> Result<(), SynthError> {
        let (leave, trips, overtime) = match person.part {
            Some((part, case)) if month == city.case_month(case) => (
                stories::leave(city, part, case).into_iter().collect(),
                stories::trip(city, part, case).into_iter().collect(),
                stories::overtime(city, part, case, month),
            ),
            Some(_) => return Ok(()),
            None => ordinary_days(city, person, month),
        };
        let unit = code(units, person.unit_on(city, city.month(month))).to_owned();
        let approver = employee(city, person.unit).no;
        let stem = format!("{}{:04}", city.month(month).format("%y%m"), person.index);
        for (at, one) in leave.iter().enumerate() {
            self.leave.texts(&[&format!("L{stem}-{at}"), &person.no, &unit, one.kind]).day(one.from).day(one.to);
            let (starts, ends) = hours(one);
            self.leave.moment(starts).moment(ends).texts(&[one.status, &approver]).end()?;
        }
        for (at, one) in overtime.iter().enumerate() {
            self.overtime.texts(&[&format!("W{stem}-{at}"), &person.no, &unit, one.kind]).day(one.day);
            self.overtime.moment(Some((one.day, one.minutes.0))).moment(Some((one.day, one.minutes.1)));
            self.overtime.number(one.claimed).number(one.recognised).texts(&[one.status, &approver]).end()?;
        }
        for (at, one) in trips.iter().enumerate() {
            self.travel.texts(&[&format!("T{stem}-{at}"), &person.no, &unit, one.kind]).day(one.from).day(one.to);
            let (starts, ends) = hours(one);
            let (place, amount) = if one.kind == "관내" { ("관내 현장", 20_000) } else { ("도청", 65_000) };
            self.travel.moment(starts).moment(ends).texts(&[place, "업무 협의"]).won(amount);
            self.travel.day(city.open(city.on(month, 28))).texts(&[one.status, &approver]).end()?;
        }
        Ok(())
    }
}

type Moment = Option<(Day, i64)>;

fn hours(absence: &Absence) -> (Moment, Moment) {
    let [from, to] = [(absence.from, 0), (absence.to, 1)]
        .map(|(day, end)| absence.minutes.map(|minutes| (day, if end == 0 { minutes.0 } else { minutes.1 })));
    (from, to)
}

/// Leave, trips and overtime of an ordinary month. No two of them fall on one day.
fn ordinary_days(city: &City, person: &Employee, month: usize) -> (Vec<Absence>, Vec<Absence>, Vec<Overtime>) {
    let (mut leave, mut trips, mut overtime) = (Vec::new(), Vec::new(), Vec::new());
    let mut chance = Chance::of(city.seed, "days", person.index * 64 + month as u64);
    let first = city.month(month);
    // The year's end and the time before the budget are busy; in July and August people are away for a week.
    let busy = match first.month() {
        11 | 12 => 38,
        2 | 3 | 10 => 30,
        7 | 8 => 18,
        _ => 25,
    };
    let monday = first + Days::new(u64::from((7 - first.weekday().num_days_from_monday()) % 7));
    let week = Some(chance.below(8)).filter(|week| *week < 3 && matches!(first.month(), 7 | 8));
    let away = week.map(|week| monday + Days::new(week * 7)).filter(|monday| person.serves(*monday, *monday));
    leave.extend(away.map(|from| Absence {
        kind: "연가",
        from,
        to: from + Days::new(4),
        minutes: None,
        status: "승인",
    }));
    let essential = person.index % 23 == 11;
    let mut sum = 0;
    for day in city.working_days(month) {
        if !person.serves(day, day) || day < person.joined_on {
            continue;
        }
        let whole = Absence { kind: "연가", from: day, to: day, minutes: None, status: "승인" };
        if away.is_some_and(|monday| (0..5).contains(&(day - monday).num_days())) {
            continue;
        }
        match chance.below(100) {
            0 => leave.push(whole),
            1 => leave.push(Absence { kind: "병가", ..whole }),
            2 | 3 => leave.push(Absence { minutes: Some((840, 1_080)), ..whole }),
            4..10 => {
                let from = 540 + chance.between(0, 4) * 30;
                let kind = if chance.percent(80) { "관내" } else { "관외" };
                trips.push(Absence { kind, minutes: Some((from, from + chance.between(4, 14) * 30)), ..whole });
            }
            at if at < 10 + busy => {
                let minutes = 60 + chance.between(0, 18) * 10;
                if sum + minutes <= 3_000 {
                    sum += minutes;
                    let kind = if essential { "현업" } else { "일반" };
                    overtime.push(Overtime { kind, ..Overtime::evening(day, minutes) });
                }
            }
            _ => {}
        }
    }
    (leave, trips, overtime)
}
