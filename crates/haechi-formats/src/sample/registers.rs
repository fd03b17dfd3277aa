//! The registers, each whole as of 31 October 2026.

use super::SampleFile;
use super::days::{day, dotted};
use super::sheet::Sheet;
use super::town::{Town, Vendor};
use haechi_core::time::Day;

/// What register files are named after.
const AS_OF: &str = "2026-10-31";

/// The five registers.
pub(super) fn files(town: &Town) -> Vec<SampleFile> {
    vec![departments(town), employees(town), cards(town), vendors(town), vendor_accounts(town)]
}

fn file(mapping: &'static str, name: &str, bytes: Vec<u8>) -> SampleFile {
    SampleFile { mapping, name: format!("{name}-{AS_OF}.csv"), bytes }
}

fn departments(town: &Town) -> SampleFile {
    let mut sheet = Sheet::titled("해치시 부서 현황 (2026.10.31. 기준)");
    sheet.line(&["부서코드", "부서명", "상위부서코드", "시작일", "종료일"]);
    for unit in town.bureaus.iter().chain(&town.units) {
        sheet.line(&[unit.code.as_str(), unit.name, unit.parent.as_deref().unwrap_or(""), "2024.01.01.", ""]);
    }
    file("sample-department", "departments", sheet.cp949())
}

fn employees(town: &Town) -> SampleFile {
    let mut sheet = Sheet::titled("해치시 직원 현황 (2026.10.31. 기준)");
    sheet.line(&["직원번호", "성명", "부서코드", "직위", "주민등록번호", "급여계좌번호", "임용일", "퇴직일"]);
    for person in &town.people {
        let left_on = person.left_on.map(dotted).unwrap_or_default();
        let unit = town.units[person.unit].code.as_str();
        let joined_on = dotted(person.joined_on);
        let (resident, account) = (person.resident_no.as_str(), person.account_no.as_str());
        sheet.line(&[person.no.as_str(), &person.name, unit, person.position, resident, account, &joined_on, &left_on]);
    }
    file("sample-employee", "employees", sheet.cp949())
}

fn cards(town: &Town) -> SampleFile {
    let mut sheet = Sheet::titled("해치시 공용카드 현황 (2026.10.31. 기준)");
    sheet.line(&["카드번호", "부서코드", "사용자번호", "카드구분", "발급일", "만료일"]);
    for card in &town.cards {
        let holder = town.people[card.holder].no.as_str();
        sheet.line(&[
            card.no.as_str(),
            town.units[card.unit].code.as_str(),
            holder,
            card.kind,
            "2024.01.02.",
            "2028.12.31.",
        ]);
    }
    file("sample-card", "public-cards", sheet.cp949())
}

fn vendors(town: &Town) -> SampleFile {
    let mut sheet = Sheet::titled("해치시 거래처 현황 (2026.10.31. 기준, 국세청 상태 조회)");
    sheet.line(&["거래처번호", "거래처명", "사업자등록번호", "사업자상태", "휴업일", "재개업일", "폐업일"]);
    let text = |day: Option<Day>| day.map(dotted).unwrap_or_default();
    for vendor in &town.vendors {
        let (suspended, resumed) = (text(vendor.suspended_on), text(vendor.resumed_on));
        let closed = text(vendor.closed_on);
        let business = vendor.business_no.as_str();
        sheet.line(&[vendor.no.as_str(), &vendor.name, business, status(vendor), &suspended, &resumed, &closed]);
    }
    file("sample-vendor", "vendors", sheet.utf8_with_mark())
}

fn status(vendor: &Vendor) -> &'static str {
    match (vendor.closed_on, vendor.suspended_on, vendor.resumed_on) {
        (Some(_), ..) => "폐업자",
        (None, Some(_), None) => "휴업자",
        _ => "계속사업자",
    }
}

fn vendor_accounts(town: &Town) -> SampleFile {
    let mut sheet = Sheet::titled("해치시 거래처 계좌 현황 (2026.10.31. 기준)");
    sheet.line(&["거래처번호", "은행코드", "계좌번호", "시작일", "종료일"]);
    let since = dotted(day(-365));
    for vendor in &town.vendors {
        sheet.line(&[vendor.no.as_str(), "998", vendor.account_no.as_str(), &since, ""]);
    }
    file("sample-vendor-account", "vendor-accounts", sheet.cp949())
}
