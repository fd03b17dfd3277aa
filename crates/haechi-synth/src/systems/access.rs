//! Who may do what in the systems, who logged in, and who approved.

use std::path::Path;

use chrono::Days;
use haechi_core::time::Day;

use super::{code, month_words, monthly, register};
use crate::export::{Export, Form, Head, Written};
use crate::people::{Employee, Unit, employee, employees, units};
use crate::random::Chance;
use crate::stories::access::{self as stories, BATCH, FINANCE, PERMITS, Role, Seat, TRAINING};
use crate::stories::cast;
use crate::{City, SynthError};

/// Writes all exports.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(roles(city, out, &units)?);
    for month in 0..city.months {
        let (logins, approvals) = logins(city, out, &units, month)?;
        done(logins);
        done(approvals);
    }
    Ok(())
}

fn roles(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let mut file = Export::create(
        out,
        Head {
            mapping: "synth-user-role",
            name: &register(city, "access-user-roles"),
            form: Form::Utf8Mark,
            title: "시스템 사용자 권한 현황",
            header: &[
                "시스템코드",
                "사용자ID",
                "직원번호",
                "부서코드",
                "권한코드",
                "결재권한",
                "배치계정",
                "부여일",
                "회수일",
            ],
        },
    )?;
    let mut line = |user: &str, no: &str, role: &Role| {
        file.texts(&[role.system, user, no, code(units, role.unit), if role.approves { "APPR" } else { "USER" }]);
        file.texts(&[if role.approves { "Y" } else { "N" }, if role.batch { "Y" } else { "N" }]);
        file.day(role.from).day(role.to).end()
    };
    for index in 0..employees(city) {
        let person = employee(city, index);
        let own = person.part.and_then(|(part, case)| stories::roles(city, part, case, person.unit, person.joined_on));
        for role in own.unwrap_or_else(|| ordinary_roles(city, &person)) {
            line(&person.user_id(), &person.no, &role)?;
        }
        if let Some((cast::Part::TwoIdsAtDesk, _)) = person.part {
            let role = Role {
                system: FINANCE,
                unit: person.unit,
                approves: true,
                batch: false,
                from: person.joined_on,
                to: None,
            };
            line(&stories::second_id(&person.no), &person.no, &role)?;
        }
    }
    let since = city.first() - Days::new(500);
    line(BATCH, "", &Role { system: FINANCE, unit: 3, approves: true, batch: true, from: since, to: None })?;
    file.finish()
}

/// A role in each system for each division somebody served in, withdrawn within five days after it.
fn ordinary_roles(city: &City, person: &Employee) -> Vec<Role> {
    let mut chance = Chance::of(city.seed, "role", person.index);
    let mut posts = vec![(person.joined_on, person.unit)];
    posts.extend(person.transfers(city));
    let mut roles = Vec::new();
    for (at, (from, unit)) in posts.iter().enumerate() {
        let ends = posts.get(at + 1).map(|next| next.0).or(person.left_on.filter(|left| *left >= *from));
        for system in [FINANCE, PERMITS] {
            let to = ends.map(|end| end + Days::new(chance.below(6)));
            let approves = system == FINANCE && person.approves();
            roles.push(Role { system, unit: *unit, approves, batch: false, from: *from, to });
        }
    }
    roles
}

/// The two files of a month.
struct Log<'a> {
    logins: Export,
    approvals: Export,
    units: &'a [Unit],
    at: u64,
}

fn logins(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<(Written, Written), SynthError> {
    let words = month_words(city, month);
    let logins = Export::create(
        out,
        Head {
            mapping: "synth-login",
            name: &monthly(city, "access-logins", month),
            form: Form::Utf8Mark,
            title: &format!("시스템 접속 기록 ({words})"),
            header: &["접속번호", "시스템코드", "사용자ID", "직원번호", "부서코드", "PC관리번호", "접속일시", "결과"],
        },
    )?;
    let approvals = Export::create(
        out,
        Head {
            mapping: "synth-approval",
            name: &monthly(city, "access-approvals", month),
            form: Form::Utf8Mark,
            title: &format!("전자결재 기록 ({words})"),
            header: &[
                "결재번호",
                "시스템코드",
                "사용자ID",
                "직원번호",
                "부서코드",
                "PC관리번호",
                "문서구분",
                "문서번호",
                "결재일시",
                "결과",
                "금액",
            ],
        },
    )?;
    let mut log = Log { logins, approvals, units, at: 0 };
    let people: Vec<(Employee, u64)> = (0..employees(city))
        .map(|index| employee(city, index))
        .filter(|person| person.serves(city.month(month), city.month_end(month)))
        .map(|person| {
            let unit = person.unit_on(city, city.month(month));
            (person, unit)
        })
        .collect();
    for day in city.working_days(month) {
        for (person, unit) in &people {
            if person.serves(day, day) && person.joined_on <= day {
                log.ordinary_day(city, person, *unit, day)?;
            }
        }
        for case in 0..city.cases() {
            if stories::desk_day(city, case) == day {
                for part in cast::Part::ALL.iter().copied() {
                    let desk = employee(city, cast::index(part, case)).pc();
                    for seat in stories::seats(city, part, case) {
                        log.seat(&desk, &seat, day)?;
                    }
                }
            }
        }
        let (trained_on, seats) = stories::training(city);
        if trained_on == day {
            for seat in seats {
                log.seat(TRAINING, &seat, day)?;
            }
        }
    }
    Ok((log.logins.finish()?, log.approvals.finish()?))
}

impl Log<'_> {
    /// Log-ins in the morning and after lunch at the own PC, and approvals from it.
    fn ordinary_day(&mut self, city: &City, person: &Employee, unit: u64, day: Day) -> Result<(), SynthError> {
        let at = u64::try_from((day - city.first()).num_days()).unwrap_or(0);
        let mut chance = Chance::of(city.seed, "login", person.index * 4_096 + at);
        if chance.percent(7) {
            return Ok(());
        }
        let mut seat = Seat {
            system: PERMITS,
            user_id: person.user_id(),
            employee_no: person.no.clone(),
            unit,
            minute: chance.between(505, 545),
            fails: false,
            approvals: 0,
        };
        let pc = person.pc();
        self.seat(&pc, &seat, day)?;
        if person.approves() || chance.percent(70) {
            seat.system = FINANCE;
            seat.minute += chance.between(1, 20);
            seat.approvals = if person.approves() { 1 + chance.below(6) } else { 0 };
            if chance.percent(3) {
                self.seat(&pc, &Seat { fails: true, approvals: 0, ..seat.clone() }, day)?;
                seat.minute += 1;
            }
            self.seat(&pc, &seat, day)?;
        }
        if chance.percent(55) {
            let again = Seat { system: PERMITS, minute: chance.between(780, 810), approvals: 0, ..seat };
            self.seat(&pc, &again, day)?;
        }
        Ok(())
    }

    fn seat(&mut self, pc: &str, seat: &Seat, day: Day) -> Result<(), SynthError> {
        self.at += 1;
        let unit = code(self.units, seat.unit);
        let no = format!("{}-{:07}", day.format("%Y%m"), self.at);
        self.logins.texts(&[&no, seat.system, &seat.user_id, &seat.employee_no, unit, pc]);
        self.logins.moment(Some((day, seat.minute))).text(if seat.fails { "실패" } else { "성공" }).end()?;
        for at in 0..seat.approvals {
            let kind = ["지출원인행위", "지급명령", "세입", "계약", "기타"][(self.at + at) as usize % 5];
            self.approvals.texts(&[
                &format!("{no}-{at}"),
                seat.system,
                &seat.user_id,
                &seat.employee_no,
                unit,
                pc,
                kind,
            ]);
            self.approvals.text(&format!("D{no}-{at}")).moment(Some((day, seat.minute + 2 + at.cast_signed())));
            self.approvals
                .text("승인")
                .won(1_000 * (1 + ((self.at * 7_919 + at * 131) % 9_000).cast_signed()))
                .end()?;
        }
        Ok(())
    }
}
