//! The local tax system: levies, receipts, reliefs, refunds and arrears.

mod bills;
mod refunds;

use std::path::Path;

use chrono::Datelike as _;

use self::bills::{Bill, LATEST, bills, old_debt};
use super::property::{TAXES, officer, payer_cells};
use super::{acquisitions, code, month_words, monthly, register, sheet};
use crate::export::{Export, Written};
use crate::people::{employee, units};
use crate::stories::tax::{Arrear, Levy, Receipt, Refund, Relief};
use crate::stories::tax_refund;
use crate::taxpayers::{Payer, ordinary};
use crate::workbook::MOST_ROWS;
use crate::{City, SynthError};

/// Writes all exports of the system.
pub(crate) fn write(city: &City, out: &Path, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let office = Office::of(city);
    for month in 0..city.months {
        done(levies(city, out, &office, month)?);
        done(collections(city, out, &office, month)?);
        done(reliefs(city, out, &office, month)?);
    }
    refunds(city, out, &office, done)?;
    arrears(city, out, &office, done)
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

/// What a register in several workbooks is.
struct Register {
    mapping: &'static str,
    name: &'static str,
    title: &'static str,
    header: &'static [&'static str],
    /// The column under which a total stands.
    total_in: Option<usize>,
}

/// Writes `rows` into workbooks of at most [`MOST_ROWS`] rows each: `NAME`, `NAME-2`, … `line` gives the amount of its row.
fn parted<T>(
    city: &City,
    out: &Path,
    Register { mapping, name, title, header, total_in }: Register,
    rows: impl Iterator<Item = T>,
    done: &mut dyn FnMut(Written),
    mut line: impl FnMut(&mut Export, u64, T) -> Result<i64, SynthError>,
) -> Result<(), SynthError> {
    let name = register(city, name);
    let open = |part: u64| {
        let name = if part == 1 { name.clone() } else { format!("{name}-{part}") };
        sheet(city.workbook(), out, mapping, &name, title, header)
    };
    let (mut file, mut part, mut total) = (open(1)?, 1, 0);
    for (at, row) in rows.enumerate() {
        if file.rows() >= MOST_ROWS {
            done(file.finish()?);
            part += 1;
            file = open(part)?;
        }
        total += line(&mut file, at as u64, row)?;
    }
    if let Some(column) = total_in {
        file.text("합계").texts(&vec![""; column - 1]).won(total).texts(&vec![""; header.len() - column - 1]).end()?;
    }
    done(file.finish()?);
    Ok(())
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

fn refunds(city: &City, out: &Path, office: &Office, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let all = || tax_refund::all(city).map(|told| told.refund).chain(refunds::refunds(city));
    let header: &[_] = &[
        "환급번호",
        "세입구분",
        "부과번호",
        "세목",
        "납부자|번호",
        "납부자|성명",
        "납부자|주민등록번호",
        "납부자|사업자등록번호",
        "담당부서코드",
        "담당자번호",
        "결재자번호",
        "환급사유",
        "결정|일자",
        "결정|시각",
        "지급일",
        "지급계좌번호",
        "환급액",
        "충당액",
    ];
    let list = Register {
        mapping: "synth-refund",
        name: "jibang-refunds",
        title: "해치시 지방세 과오납 환급 현황\n(단위: 원)",
        header,
        total_in: Some(16),
    };
    parted(city, out, list, all(), done, |file, _, one: Refund| {
        file.texts(&[&one.no, "지방세", &one.levy, one.tax]);
        payer_cells(file, city, Some(one.payer));
        file.texts(&[&office.unit, &office.officer, &office.approver, one.reason]);
        file.day(one.fixed.0).moment(Some(one.fixed)).day(one.paid_on).text(&one.account);
        file.won(one.amount).won(one.setoff).end().map(|()| one.amount)
    })?;
    let header: &[_] = &[
        "환급번호",
        "세입구분",
        "담당부서코드",
        "입력자번호",
        "사용자아이디",
        "입력일",
        "입력시각",
        "은행코드",
        "계좌번호",
        "예금주",
        "예금주주민등록번호",
        "예금주사업자등록번호",
        "수령인구분",
        "문서번호",
    ];
    let entries = all().flat_map(|one| one.entries.into_iter().map(move |entry| (one.no.clone(), entry)));
    let list = Register {
        mapping: "synth-refund-account",
        name: "jibang-refund-accounts",
        title: "해치시 환급계좌 입력 이력",
        header,
        total_in: None,
    };
    parted(city, out, list, entries, done, |file, at, (refund, entry)| {
        file.texts(&[&refund, "지방세", &office.unit, &office.officer, &format!("e{}", office.officer)]);
        file.day(entry.at.0).moment(Some(entry.at)).texts(&["004", &entry.account, &entry.owner.name(city)]);
        file.texts(&[&entry.owner.resident_no(city), &entry.owner.business_no(), entry.receiver]);
        let papers = (entry.receiver != "본인").then(|| format!("세정과-{}-{at:05}", entry.at.0.year()));
        file.text(papers.as_deref().unwrap_or_default()).end().map(|()| 0)
    })
}

fn arrears(city: &City, out: &Path, office: &Office, done: &mut dyn FnMut(Written)) -> Result<(), SynthError> {
    let header: &[_] = &[
        "체납번호",
        "세입구분",
        "부과번호",
        "세목",
        "납부자|번호",
        "납부자|성명",
        "납부자|주민등록번호",
        "납부자|사업자등록번호",
        "담당부서코드",
        "담당자번호",
        "납부기한",
        "완납일",
        "유예|시작일",
        "유예|종료일",
        "집행정지|시작일",
        "집행정지|종료일",
        "체납액",
    ];
    let ordinary = ordinary(city).flat_map(|payer| {
        let old = old_debt(city, payer).map(|(due_on, amount)| Arrear {
            levy: format!("OLD-{}", payer.no()),
            tax: "재산세",
            payer,
            due_on,
            cleared_on: None,
            deferred: None,
            stayed: None,
            amount,
        });
        let since = (0..city.months).flat_map(move |month| bills(city, payer, month));
        old.into_iter().chain(since.filter(|bill| bill.was_late(city.last())).map(|bill| arrear(city, &bill)))
    });
    let rows = tax_refund::all(city).flat_map(|told| told.arrears).chain(ordinary);
    let list = Register {
        mapping: "synth-tax-arrears",
        name: "jibang-arrears",
        title: "해치시 지방세 체납 현황\n(단위: 원)",
        header,
        total_in: Some(16),
    };
    parted(city, out, list, rows, done, |file, at, one| {
        file.texts(&[&format!("TX{at:08}"), "지방세", &one.levy, one.tax]);
        payer_cells(file, city, Some(one.payer));
        file.texts(&[&office.unit, &office.officer]).day(one.due_on).day(one.cleared_on);
        for span in [one.deferred, one.stayed] {
            file.day(span.map(|span| span.0)).day(span.and_then(|span| span.1));
        }
        file.won(one.amount).end().map(|()| one.amount)
    })
}

fn arrear(city: &City, bill: &Bill) -> Arrear {
    Arrear {
        levy: bill.no(),
        tax: bill.tax.word,
        payer: bill.payer,
        due_on: bill.due_on,
        cleared_on: bill.settled.map(|(on, _)| on).filter(|on| *on <= city.last()),
        deferred: bill.deferred,
        stayed: bill.stayed,
        amount: bill.payable(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_longer_than_a_workbook_goes_on_in_another() {
        let folder = tempfile::tempdir().unwrap();
        let city = City::new(7, 5_000, 12).unwrap();
        let list =
            Register {
                mapping: "none", name: "long", title: "긴 대장", header: &["번호", "금액"], total_in: Some(1)
            };
        let mut files = Vec::new();
        parted(&city, folder.path(), list, 0..MOST_ROWS + 3, &mut |file| files.push(file), |file, at, _| {
            file.number(at.cast_signed()).won(2).end().map(|()| 2)
        })
        .unwrap();
        let names: Vec<_> = files.iter().map(|file| file.file.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["long-2026-10-31.xlsx", "long-2026-10-31-2.xlsx"]);
        // Three rows and the total.
        assert_eq!(files.iter().map(|file| file.rows).collect::<Vec<_>>(), [MOST_ROWS, 4]);
    }
}
