//! The local tax system: levies, receipts, reliefs, refunds and arrears.

mod bills;
mod refunds;
mod registers;

use std::path::Path;

use chrono::Datelike as _;

use self::bills::{Bill, LATEST, bills};
use super::property::{TAXES, officer, payer_cells};
use super::{acquisitions, code, month_words, monthly, sheet};
use crate::export::Written;
use crate::people::{employee, units};
use crate::stories::tax::{Levy, Receipt, Relief};
use crate::stories::tax_refund;
use crate::taxpayers::{Payer, ordinary};
use crate::{City, SynthError};

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let office = Office::of(city);
    for month in 0..city.months {
        done(levies(city, out, &office, month)?);
        done(collections(city, out, &office, month)?);
        done(reliefs(city, out, &office, month)?);
    }
    registers::refunds(city, out, &office, done)?;
    registers::arrears(city, out, &office, done)
}

/// The division of taxes, who handles its matters, and who approves.
struct Office {
    unit: String,
    officer: String,
    approver: String,
}

impl Office {
    fn of(city: &City) -> Self {
        let unit = code(&units(), TAXES).to_owned();
        Self { unit, officer: officer(city, TAXES), approver: employee(city, TAXES).no }
    }
}

fn levies(city: &City, out: &Path, office: &Office, month: usize) -> Result<Written, SynthError> {
    let header = &[
        "부과번호",
        "세목",
        "과세연도",
        "담당부서코드",
        "담당자번호",
        "납부자번호",
        "납부자명",
        "주민등록번호",
        "사업자등록번호",
        "필지고유번호",
        "건축물관리번호",
        "허가번호",
        "취득일",
        "신고일",
        "부과일",
        "납부기한",
        "세액",
        "상태",
        "취소감액일",
        "문서번호",
    ];
    let title = format!("해치시 지방세 신고·부과 내역 ({})\n(단위: 원)", month_words(city, month));
    let mut file = sheet(city.bulk(), out, "synth-tax-levy", &monthly(city, "jibang-levies", month), &title, header)?;
    let mut total = 0;
    let mut line = |levy: &Levy| {
        file.texts(&[&levy.no, levy.kind]).number(i64::from(levy.levied_on.year()));
        file.texts(&[&office.unit, &office.officer]);
        payer_cells(&mut file, city, Some(levy.payer));
        file.texts(&[&levy.thing.parcel, &levy.thing.building, &levy.thing.permit]).day(levy.acquired_on);
        file.day(levy.returned.then_some(levy.levied_on)).day(levy.levied_on).day(levy.due_on).won(levy.amount);
        file.text(levy.status).day(levy.cancelled_on);
        let document = levy.cancelled_on.map(|on| format!("세정과-{}-{:04}", on.year(), 1 + total % 9_000));
        total += levy.amount;
        file.text(document.as_deref().unwrap_or_default()).end()
    };
    let (first, last) = (city.month(month), city.month_end(month));
    let told = tax_refund::all(city).flat_map(|told| told.levies());
    for levy in told.filter(|levy| levy.levied_on >= first && levy.levied_on <= last) {
        line(&levy)?;
    }
    for levy in acquisitions::levies(city, month) {
        line(&levy)?;
    }
    for payer in ordinary(city) {
        for bill in bills(city, payer, month) {
            let (levy, education) = bill.levies(city);
            line(&levy)?;
            education.iter().try_for_each(&mut line)?;
        }
    }
    file.text("합계").texts(&[""; 15]).won(total).texts(&["", "", ""]).end()?;
    file.finish()
}

fn collections(city: &City, out: &Path, office: &Office, month: usize) -> Result<Written, SynthError> {
    let header = &[
        "수납번호",
        "세입구분",
        "부과번호",
        "세목",
        "납부자번호",
        "담당부서코드",
        "담당자번호",
        "수납구분",
        "수납일",
        "수납액",
    ];
    let title = format!("해치시 지방세 수납 내역 ({})\n(단위: 원)", month_words(city, month));
    let name = monthly(city, "jibang-receipts", month);
    let mut file = sheet(city.bulk(), out, "synth-collection", &name, &title, header)?;
    let (first, last) = (city.month(month), city.month_end(month));
    let stem = first.format("C%y%m").to_string();
    let mut total = 0;
    let mut line = |receipt: Receipt| {
        let no = format!("{stem}-{:08}", file.rows() + 1);
        file.texts(&[&no, "지방세", &receipt.levy, receipt.tax, &receipt.payer.no(), &office.unit, &office.officer]);
        total += receipt.amount;
        file.text(receipt.kind).day(receipt.on).won(receipt.amount).end()
    };
    for receipt in tax_refund::all(city).flat_map(|told| told.receipts).filter(|one| one.on >= first && one.on <= last)
    {
        line(receipt)?;
    }
    for levy in acquisitions::levies(city, month).into_iter().filter(|levy| levy.status != "취소") {
        let Levy { no, kind, payer, levied_on, amount, .. } = levy;
        line(Receipt { levy: no, tax: kind, payer, kind: "납부", on: levied_on, amount })?;
    }
    for payer in ordinary(city) {
        for billed_in in month.saturating_sub(LATEST)..=month {
            for bill in bills(city, payer, billed_in) {
                let Some((on, kind)) = bill.settled.filter(|(on, _)| *on >= first && *on <= last) else { continue };
                line(Receipt { levy: bill.no(), tax: bill.tax.word, payer, kind, on, amount: bill.payable() })?;
            }
        }
    }
    file.text("합계").texts(&[""; 8]).won(total).end()?;
    file.finish()
}

fn reliefs(city: &City, out: &Path, office: &Office, month: usize) -> Result<Written, SynthError> {
    let header = &[
        "감면번호",
        "세목",
        "부과번호",
        "감면구분",
        "감면근거코드",
        "담당부서코드",
        "담당자번호",
        "납부자번호",
        "납부자명",
        "주민등록번호",
        "사업자등록번호",
        "필지고유번호",
        "건축물관리번호",
        "허가번호",
        "감면일",
        "의무종료일",
        "감면액",
    ];
    let title = format!("해치시 지방세 감면 내역 ({})\n(단위: 천원)", month_words(city, month));
    let name = monthly(city, "jibang-reliefs", month);
    let mut file = sheet(city.workbook(), out, "synth-tax-relief", &name, &title, header)?;
    let mut total = 0;
    let mut line = |relief: Relief| {
        let ground = match relief.kind {
            "경감" => "0310",
            "면제" => "0170",
            _ => "0090",
        };
        file.texts(&[&relief.no, relief.tax, &relief.levy, relief.kind, ground, &office.unit, &office.officer]);
        payer_cells(&mut file, city, Some(relief.payer));
        file.texts(&[&relief.thing.parcel, &relief.thing.building, &relief.thing.permit]);
        let duty = relief.on.with_year(relief.on.year() + 2).filter(|_| relief.tax == "취득세");
        total += relief.amount;
        file.day(relief.on).day(duty).won(relief.amount / 1_000).end()
    };
    for relief in acquisitions::reliefs(city, month) {
        line(relief)?;
    }
    for payer in ordinary(city) {
        for bill in bills(city, payer, month) {
            relief(city, &bill).map_or(Ok(()), &mut line)?;
        }
    }
    file.text("합계").texts(&[""; 15]).won(total / 1_000).end()?;
    file.finish()
}

/// The relief that lowered a bill: one house in eight, one car in thirty.
fn relief(city: &City, bill: &Bill) -> Option<Relief> {
    let relieved = match (bill.tax.word, bill.payer) {
        ("재산세", Payer::Person(index)) => index.is_multiple_of(8),
        ("자동차세", Payer::Person(index)) => index.is_multiple_of(30),
        _ => false,
    };
    let (levy, _) = bill.levies(city);
    let amount = (bill.amount / 2_000 * 1_000).max(1_000);
    relieved.then(|| Relief {
        no: format!("RE-{}", levy.no),
        tax: levy.kind,
        levy: levy.no,
        kind: "경감",
        payer: bill.payer,
        thing: levy.thing,
        on: bill.levied_on,
        amount,
    })
}
