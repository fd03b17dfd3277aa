//! The system of permits and petitions.

use std::path::Path;

use chrono::{Datelike as _, Days};

use super::{code, month_words, monthly, register};
use crate::export::{Export, Form, Head, Written};
use crate::people::{Unit, employee, name, units};
use crate::random::Chance;
use crate::stories::petition::{self, Petition};
use crate::stories::revenue::{self, Permit, permit_no, permits_told, yearly};
use crate::words::{OCCUPATIONS, PETITIONS};
use crate::{City, SynthError};

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(road_occupations(city, out, &units)?);
    for month in 0..city.months {
        done(petitions(city, out, &units, month)?);
    }
    Ok(())
}

/// How many permits to occupy a road there are.
pub(crate) fn permits(city: &City) -> u64 {
    permits_told(city) + city.months as u64 + 60 + city.residents / 250
}

/// The permit at `index`.
pub(crate) fn permit(city: &City, index: u64) -> Permit {
    if let Some(told) = revenue::permit(city, index) {
        return told;
    }
    let mut chance = Chance::of(city.seed, "permit", index);
    let place = index - permits_told(city);
    // One in the first days of each month, so that fees are known from the first month to the last.
    let from = match usize::try_from(place) {
        Ok(month) if month < city.months => city.open(city.on(month, 4)),
        _ => city.open(city.first() - Days::new(900) + Days::new(chance.below(900 + 28 * city.months as u64))),
    };
    let long = chance.percent(60);
    let to = from + Days::new(if long { 1_094 } else { 30 + chance.below(330) });
    let fee = city.open(from + Days::new(2 + chance.below(11)));
    let mut levies = vec![(from.year(), fee, "부과")];
    if long {
        levies.extend(yearly(city, from, to, index));
    }
    let status = if to < city.last() { "만료" } else { "유효" };
    Permit { from, to, exempt: false, status, levies }
}

fn road_occupations(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "허가번호",
        "담당부서코드",
        "담당자번호",
        "납부자번호",
        "점용위치",
        "점용목적",
        "점용면적",
        "허가일",
        "점용시작일",
        "점용종료일",
        "점용료면제",
        "면제사유",
        "상태",
    ];
    let title = "해치시 도로점용 허가 대장";
    let name = &register(city, "saeol-road-occupations");
    let head = Head { mapping: "synth-road-occupation", name, form: Form::Cp949, title, header };
    let mut file = Export::create(out, head)?;
    let officer = employee(city, 27 + crate::people::UNITS * 2).no;
    for index in 0..permits(city) {
        let permit = permit(city, index);
        let mut chance = Chance::of(city.seed, "road", index);
        file.texts(&[&permit_no(index), code(units, 27), &officer, &format!("Q{index:07}")]);
        file.text(&format!("해치로 {}", 1 + chance.below(900))).text(chance.pick(&OCCUPATIONS));
        file.number(chance.between(2, 120)).day(permit.from).day(permit.from).day(permit.to);
        let (exempt, reason) = if permit.exempt { ("Y", "공용 목적") } else { ("N", "") };
        file.texts(&[exempt, reason, permit.status]).end()?;
    }
    file.finish()
}

/// How many petitions come in a month: six of a hundred residents write one, more in spring and autumn.
fn petitions_of(city: &City, month: usize) -> u64 {
    let season = match city.month(month).month() {
        3..=5 | 9..=11 => 115,
        1 | 2 => 80,
        _ => 100,
    };
    city.residents * 6 * season / 10_000
}

fn petitions(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
    let header = &[
        "접수번호",
        "민원사무코드",
        "민원사무명",
        "처리부서코드",
        "담당자번호",
        "신청인",
        "접수일",
        "당초처리기한",
        "처리기한",
        "연장횟수",
        "정지일수",
        "처리일",
        "처리상태",
    ];
    let title = &format!("해치시 민원 처리 현황 ({})", month_words(city, month));
    let name_of = &monthly(city, "saeol-petitions", month);
    let head = Head { mapping: "synth-petition", name: name_of, form: Form::Cp949, title, header };
    let mut file = Export::create(out, head)?;
    let told = petition::petitions(city, month);
    let days = city.working_days(month);
    let begun = told.len() as u64;
    for at in 0..begun + petitions_of(city, month) {
        let mut chance = Chance::of(city.seed, "petition", month as u64 * 1_000_000 + at);
        let (kind, words, within) = chance.pick(&PETITIONS);
        let one = match usize::try_from(at).ok().and_then(|at| told.get(at)) {
            Some(told) => *told,
            None => ordinary(city, &days, within, &mut chance),
        };
        let unit = chance.below(units.len() as u64);
        let officer = employee(city, unit + crate::people::UNITS * 2).no;
        file.texts(&[&petition::number(city, month, at), kind, words, code(units, unit), &officer, &name(&mut chance)]);
        file.day(one.received_on).day(one.first_due_on).day(one.due_on).number(one.extensions);
        file.number(one.stopped_days).day(one.decided_on).text(one.status).end()?;
    }
    file.finish()
}

/// A petition that is decided by its day, or not yet.
fn ordinary(city: &City, days: &[haechi_core::time::Day], within: u64, chance: &mut Chance) -> Petition {
    let received_on = chance.pick(days);
    let first_due_on = city.due(received_on, within);
    let extended = chance.percent(3);
    let stopped = if chance.percent(8) { 1 + chance.below(7) } else { 0 };
    let allowed = within + if extended { within } else { 0 } + stopped;
    let decided_on = city.due(received_on, 1 + chance.below(allowed));
    let open = decided_on > city.last();
    let status = match chance.below(100) {
        _ if open => "처리중",
        0..88 => "수리",
        88..94 => "반려",
        94..97 => "취하",
        _ => "이송",
    };
    Petition {
        received_on,
        first_due_on: Some(first_due_on),
        due_on: Some(city.due(received_on, allowed)),
        extensions: i64::from(extended),
        stopped_days: stopped.cast_signed(),
        decided_on: (!open).then_some(decided_on),
        status,
    }
}
