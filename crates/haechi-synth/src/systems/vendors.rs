//! The finance system's registers of vendors: who they are, their accounts, their sanctions, and how they stand with the tax
//! service.

use std::path::Path;

use chrono::Days;

use super::registers::Standing;
use super::{register, sheet};
use crate::export::{Form, Written};
use crate::random::Chance;
use crate::stories::contract::{self, vendor_no};
use crate::stories::vendor::{all, business_no, persons_from, vendor, vendor_name};
use crate::{City, SynthError};

/// Writes all exports of the registers.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    done(vendors(city, out)?);
    done(accounts(city, out)?);
    done(sanctions(city, out)?);
    Ok(())
}

fn vendors(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &[
        "거래처번호",
        "거래처명",
        "사업자등록번호",
        "기업구분",
        "확인시작일",
        "확인종료일",
        "개업일",
        "사업자상태",
        "휴업일",
        "재개업일",
        "폐업일",
        "대표자명",
        "대표자주민등록번호",
        "주소",
        "전화번호",
    ];
    let file = register(city, "ehojo-vendors");
    let mut file = sheet(Form::Cp949, out, "synth-vendor", &file, "해치시 거래처 현황", header)?;
    for index in 0..all(city) {
        let one = vendor(city, index);
        let (business, kind) = if one.business { (business_no(index), one.firm.kind) } else { Default::default() };
        file.texts(&[&vendor_no(index), &one.name, &business, kind]).day(one.firm.from).day(one.firm.to);
        file.day(one.business.then_some(one.opened_on)).text(one.status);
        file.day(one.suspended_on).day(one.resumed_on).day(one.closed_on);
        file.texts(&[&one.owner, &one.resident_no, &one.address, &one.phone]).end()?;
    }
    file.finish()
}

fn accounts(city: &City, out: &Path) -> Result<Written, SynthError> {
    let header = &["거래처번호", "은행코드", "계좌번호", "사용시작일", "사용종료일"];
    let file = register(city, "ehojo-vendor-accounts");
    let mut file = sheet(Form::Cp949, out, "synth-vendor-account", &file, "해치시 거래처 계좌 현황", header)?;
    for index in 0..all(city) {
        let bank = Chance::of(city.seed, "bank", index).pick(&["901", "902", "903", "904"]);
        for account in vendor(city, index).accounts {
            file.texts(&[&vendor_no(index), bank, &account.no]).day(account.from).day(account.to).end()?;
        }
    }
    file.finish()
}

/// What the tax service answers about each firm of the register.
pub(super) fn businesses(
    city: &City,
    line: &mut dyn FnMut(&str, Standing) -> Result<(), SynthError>,
) -> Result<(), SynthError> {
    for index in 0..persons_from(city) {
        let one = vendor(city, index);
        if one.business {
            let standing = Standing {
                status: one.status,
                opened_on: Some(one.opened_on),
                suspended_on: one.suspended_on,
                resumed_on: one.resumed_on,
                closed_on: one.closed_on,
            };
            line(&business_no(index), standing)?;
        }
    }
    Ok(())
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
    let mut file = sheet(Form::Cp949, out, "synth-sanction", &file, "부정당업자 제재 현황", header)?;
    for index in 0..contract::told(city) {
        let Some(sanction) = contract::sanction(city, index) else { continue };
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
