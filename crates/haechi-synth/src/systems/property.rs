//! The registers of buildings, of permits and registrations, and of public property that was sold.

use std::path::Path;

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::{acquisitions, code, register, sheet};
use crate::export::{Export, Form, Written};
use crate::people::{UNITS, Unit, employee, units};
use crate::random::Chance;
use crate::stories::tax::{Building, Permit, Sale};
use crate::taxpayers::{Payer, any, area_code, building_no, old_buildings, parcel_no};
use crate::{City, SynthError};

/// The divisions of accounts, of taxes, of buildings and of traffic.
const ACCOUNTS: u64 = 3;
pub(crate) const TAXES: u64 = 4;
const BUILDINGS: u64 = 24;
const TRAFFIC: u64 = 26;

/// Writes all exports of the registers.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(buildings(city, out, &units)?);
    done(permits(city, out, &units)?);
    done(sales(city, out, &units)?);
    Ok(())
}

/// Who handles a division's matters.
pub(crate) fn officer(city: &City, unit: u64) -> String {
    employee(city, unit + UNITS * 2).no
}

/// Number, name and numbers of a payer, as four cells.
pub(crate) fn payer_cells(file: &mut Export, city: &City, payer: Option<Payer>) {
    match payer {
        Some(payer) => {
            let (no, name, resident) = (payer.no(), payer.name(city), payer.resident_no(city));
            file.texts(&[&no, &name, &resident, &payer.business_no()])
        }
        None => file.texts(&["", "", "", ""]),
    };
}

fn buildings(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "건축물관리번호",
        "필지고유번호",
        "법정동코드",
        "대지위치",
        "건축물구분",
        "용도코드",
        "연면적",
        "사용승인일",
        "멸실일",
        "소유자번호",
        "소유자명",
        "주민등록번호",
        "사업자등록번호",
        "담당부서코드",
        "담당자번호",
    ];
    let name = register(city, "seumteo-buildings");
    let mut file = sheet(Form::Cp949, out, "synth-building", &name, "해치시 건축물대장 현황", header)?;
    let officer = officer(city, BUILDINGS);
    let mut line = |building: &Building| {
        let mut chance = Chance::of(city.seed, "building", building.index);
        let (place, street) = (building.index, format!("해치로 {}", 1 + building.index % 9_000));
        let kind = if building.temporary { "가설" } else { "일반" };
        let uses = chance.pick(&["01000", "02000", "03000", "04000", "14000"]);
        file.texts(&[&building_no(place), &parcel_no(place), &area_code(place), &street, kind, uses]);
        file.number(building.area).day(building.approved_on).day(None);
        payer_cells(&mut file, city, Some(building.owner));
        file.texts(&[code(units, BUILDINGS), &officer]).end()
    };
    for permitted in acquisitions::permits(city) {
        if let Some(building) = &permitted.building {
            line(building)?;
        }
    }
    for index in 0..old_buildings(city) {
        let mut chance = Chance::of(city.seed, "old-building", index);
        let approved_on = city.first() - Days::new(200 + chance.below(12_000));
        let (area, owner) = (chance.between(40, 1_200), any(city, &mut chance));
        line(&Building { index, temporary: false, approved_on, area, owner })?;
    }
    file.finish()
}

fn permits(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "허가번호",
        "허가구분",
        "담당부서코드",
        "담당자번호",
        "부과부서코드",
        "납부자번호",
        "성명",
        "주민등록번호",
        "사업자등록번호",
        "건축물관리번호",
        "필지고유번호",
        "법정동코드",
        "허가일",
        "시작일",
        "종료일",
        "면적",
        "비과세여부",
        "상태",
    ];
    let name = register(city, "saeol-permits");
    let mut file = sheet(Form::Cp949, out, "synth-permit", &name, "해치시 인허가 및 등록 대장", header)?;
    let officers = [officer(city, BUILDINGS), officer(city, TRAFFIC)];
    for acquisitions::Permitted { permit, .. } in acquisitions::permits(city) {
        let (unit, officer) = if permit.kind == "등록" { (TRAFFIC, &officers[1]) } else { (BUILDINGS, &officers[0]) };
        file.texts(&[&permit.no, permit.kind, code(units, unit), officer, code(units, TAXES)]);
        payer_cells(&mut file, city, permit.payer);
        let area = permit.thing.parcel.get(..10).unwrap_or_default();
        file.texts(&[&permit.thing.building, &permit.thing.parcel, area]);
        file.day(permit.on).day(permit.on).day(until(&permit)).number(permit.area);
        file.texts(&[if permit.exempt { "Y" } else { "N" }, permit.status]).end()?;
    }
    file.finish()
}

/// Temporary buildings stand for a time, all else without an end.
fn until(permit: &Permit) -> Option<Day> {
    (permit.kind == "가설건축물").then(|| permit.on.with_year(permit.on.year() + 2)).flatten()
}

fn sales(city: &City, out: &Path, units: &[Unit]) -> Result<Written, SynthError> {
    let header = &[
        "매각번호",
        "재산번호",
        "담당부서코드",
        "담당자번호",
        "부과부서코드",
        "소유구분",
        "재산구분",
        "필지고유번호",
        "건축물관리번호",
        "납부자번호",
        "매수인",
        "주민등록번호",
        "사업자등록번호",
        "매매계약일",
        "잔금납부일",
        "분할납부여부",
        "매각금액",
    ];
    let name = register(city, "saeol-property-sales");
    let title = "해치시 공유재산 매각 대장\n(단위: 원)";
    let mut file = sheet(Form::Cp949, out, "synth-property-sale", &name, title, header)?;
    let officer = officer(city, ACCOUNTS);
    let (own, taxes) = (code(units, ACCOUNTS), code(units, TAXES));
    let mut total = 0;
    for (at, Sale { no, kind, thing, buyer, sold_on, balance_paid_on, instalments, amount }) in
        acquisitions::sales(city).flat_map(|sold| sold.parcels).enumerate()
    {
        let owner = if at.is_multiple_of(6) { "국유" } else { "공유" };
        file.texts(&[&no, &format!("GP-{at:06}"), own, &officer, taxes, owner, kind, &thing.parcel, &thing.building]);
        payer_cells(&mut file, city, Some(buyer));
        file.day(sold_on).day(balance_paid_on).text(if instalments { "Y" } else { "N" }).won(amount).end()?;
        total += amount;
    }
    file.text("합계").texts(&[""; 15]).won(total).end()?;
    file.finish()
}
