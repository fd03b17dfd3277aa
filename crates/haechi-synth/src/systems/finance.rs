//! The finance system: vendors, their sanctions, and contracts.

use std::path::Path;

use chrono::{Datelike as _, Days};
use haechi_core::time::Day;

use super::{code, month_words, monthly, register, sheet};
use crate::export::{Form, Written};
use crate::people::{UNITS, Unit, employee, units};
use crate::random::Chance;
use crate::stories::contract::{self as stories, Contract, Firm, contract_no, told, vendor_no};
use crate::words::{PLACES, TRADES};
use crate::{City, SynthError};

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let units = units();
    done(vendor_register(city, out)?);
    done(sanctions(city, out)?);
    for month in 0..city.months {
        done(contracts(city, out, &units, month)?);
    }
    Ok(())
}

/// How the system writes files.
const FORM: Form = Form::Utf8Mark;

/// Vendors of whom nothing is told.
fn ordinary_vendors(city: &City) -> u64 {
    400 + city.residents / 150
}

/// A business number of tax office 009, which there is not, with its right check digit.
pub(crate) fn business_no(index: u64) -> String {
    const WEIGHTS: [usize; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];
    let text = format!("009{:02}{:04}", index / 10_000, index % 10_000);
    let digits: Vec<usize> = text.bytes().map(|byte| usize::from(byte - b'0')).collect();
    let sum: usize = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let right = (10 - (sum + digits[8] * 5 / 10) % 10) % 10;
    format!("{}-{}-{}{right}", &text[..3], &text[3..5], &text[5..])
}

/// Every tenth ordinary vendor is a women's firm, with a certificate that holds all the time.
fn firm(city: &City, index: u64) -> Firm {
    stories::firm(city, index).unwrap_or(if index.is_multiple_of(10) {
        let to = Some(city.last() + Days::new(300 + index % 600));
        Firm { kind: "여성기업", from: Some(city.first() - Days::new(30 + index % 600)), to }
    } else {
        Firm { kind: "일반", from: None, to: None }
    })
}

fn vendor_name(city: &City, index: u64) -> String {
    let mut chance = Chance::of(city.seed, "vendor", index);
    format!("{}{} {index}", chance.pick(&PLACES), chance.pick(&TRADES))
}

fn vendor_register(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &["거래처번호", "거래처명", "사업자등록번호", "기업구분", "확인시작일", "확인종료일", "개업일"];
    let file = register(city, "ehojo-vendors");
    let mut file = sheet(FORM, out, "synth-vendor", &file, "해치시 거래처 현황", header)?;
    for index in 0..told(city) + ordinary_vendors(city) {
        let firm = firm(city, index);
        file.texts(&[&vendor_no(index), &vendor_name(city, index), &business_no(index), firm.kind]);
        file.day(firm.from).day(firm.to).day(city.first() - Days::new(900 + index % 4_000)).end()?;
    }
    file.finish()
}

fn sanctions(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &[
        "제재번호",
        "사업자등록번호",
        "업체명",
        "제재구분",
        "제재기관",
        "시작일",
        "종료일",
        "집행정지시작일",
        "집행정지종료일",
    ];
    let file = register(city, "ehojo-sanctions");
    let mut file = sheet(FORM, out, "synth-sanction", &file, "부정당업자 제재 현황", header)?;
    for index in 0..told(city) {
        let Some(sanction) = stories::sanction(city, index) else { continue };
        file.texts(&[&format!("S{index:06}"), &business_no(index), &vendor_name(city, index), sanction.kind, "해치시"]);
        file.day(sanction.from).day(sanction.to);
        file.day(sanction.stayed.map(|stay| stay.0)).day(sanction.stayed.map(|stay| stay.1)).end()?;
    }
    // The list is the whole country's: most of those on it are nobody's vendors here.
    for index in 0..300 {
        let mut chance = Chance::of(city.seed, "sanction", index);
        let from = city.first() - Days::new(chance.below(600));
        let (no, business) = (format!("S9{index:05}"), business_no(900_000 + index));
        file.texts(&[&no, &business, &vendor_name(city, 900_000 + index), "입찰참가자격제한", "다른 기관"]);
        file.day(from).day(from + Days::new(90 + chance.below(600))).day(None).day(None).end()?;
    }
    file.finish()
}

fn contracts(city: &City, out: &Path, units: &[Unit], month: usize) -> Result<Written, SynthError> {
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
        "계약일",
        "착수일",
        "준공예정일",
        "추정가격",
        "계약금액",
        "상태",
    ];
    let title = format!("해치시 계약 현황 ({})", month_words(city, month));
    let mut file = sheet(FORM, out, "synth-contract", &monthly(city, "ehojo-contracts", month), &title, header)?;
    let mut line = |no: &str, vendor: u64, one: &Contract| {
        let mut chance = Chance::of(city.seed, "contract-words", vendor * 31 + u64::from(one.signed_on.ordinal()));
        let (category, purpose) = chance.pick(&[
            ("물품", "사무용품 구입"),
            ("물품", "전산장비 구입"),
            ("용역", "시설 유지관리"),
            ("용역", "홍보물 제작"),
            ("공사", "보도 정비"),
            ("공사", "청사 보수"),
        ]);
        let [officer, head] = [UNITS * 2, 0].map(|from| employee(city, from + one.unit).no);
        file.texts(&[no, code(units, one.unit), &officer, &head, &vendor_no(vendor), purpose, one.kind, one.ground]);
        let ends = one.signed_on + Days::new(20 + chance.below(120));
        file.text(category).day(one.signed_on).day(one.signed_on + Days::new(3)).day(ends);
        file.won(one.estimated).won(one.estimated / 10 * 11).text(one.status).end()
    };
    let (first, last) = (city.month(month), city.month_end(month));
    for vendor in 0..told(city) {
        for (at, one) in stories::contracts(city, vendor).iter().enumerate() {
            if (first..=last).contains(&one.signed_on) {
                line(&contract_no(vendor, at), vendor, one)?;
            }
        }
    }
    let days = city.working_days(month);
    let count = 200 + city.residents / 200;
    for at in 0..count {
        let (vendor, one) = ordinary(city, month as u64 * count + at, &days);
        line(&format!("CT{}-{at:06}", first.format("%Y%m")), vendor, &one)?;
    }
    file.finish()
}

/// An ordinary contract. A unit goes round among the vendors, so that it meets none twice in a year.
fn ordinary(city: &City, index: u64, days: &[Day]) -> (u64, Contract) {
    let mut chance = Chance::of(city.seed, "contract", index);
    let unit = index % UNITS;
    let vendor = told(city) + (unit * 13 + index / UNITS) % ordinary_vendors(city);
    let special = firm(city, vendor).kind != "일반";
    let (kind, ground, estimated) = match chance.below(10) {
        0..7 if special => ("수의", "특례기업", chance.between(210, 480) * 100_000),
        0..7 => ("수의", "소액", chance.between(8, 190) * 100_000),
        7 => ("일반경쟁", "", chance.between(50, 900) * 1_000_000),
        _ => ("제한경쟁", "", chance.between(30, 400) * 1_000_000),
    };
    let signed_on = chance.pick(days);
    let status = if signed_on + Days::new(140) < city.last() { "완료" } else { "이행중" };
    (vendor, Contract { unit, kind, ground, signed_on, estimated, status })
}
