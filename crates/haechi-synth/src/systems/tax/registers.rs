//! The registers of the local tax system, each whole as of the last day.

use std::path::Path;

use chrono::Datelike as _;

use super::bills::{Bill, bills, old_debt};
use super::{Office, refunds};
use crate::export::{Export, Written};
use crate::stories::tax::{Arrear, Refund};
use crate::stories::tax_refund;
use crate::stories::vendor_arrears::{self, Owed};
use crate::systems::property::payer_cells;
use crate::systems::{register, sheet};
use crate::taxpayers::ordinary;
use crate::workbook::MOST_ROWS;
use crate::{City, SynthError};

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

/// Refunds, and the accounts that were entered for them.
pub(super) fn refunds(
    city: &City,
    out: &Path,
    office: &Office,
    done: &mut dyn FnMut(Written),
) -> Result<(), SynthError> {
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

/// All arrears, cleared or open: of those who are told of, of before the first month, and of bills paid late or not.
pub(super) fn arrears(
    city: &City,
    out: &Path,
    office: &Office,
    done: &mut dyn FnMut(Written),
) -> Result<(), SynthError> {
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
    let own = tax_refund::all(city)
        .flat_map(|told| told.arrears)
        .chain(ordinary)
        .map(|one| (one.levy.clone(), owed(city, one)));
    // What those owe whom the city pays.
    let rows = vendor_arrears::rows(city).into_iter().map(|one| (String::new(), one)).chain(own);
    let list = Register {
        mapping: "synth-tax-arrears",
        name: "jibang-arrears",
        title: "해치시 지방세 체납 현황\n(단위: 원)",
        header,
        total_in: Some(16),
    };
    parted(city, out, list, rows, done, |file, _, (levy, one)| {
        file.texts(&[&one.no, one.revenue, &levy, one.levy, &one.payer_no, &one.payer_name]);
        file.texts(&[one.resident_no.as_deref().unwrap_or(""), one.business_no.as_deref().unwrap_or("")]);
        file.texts(&[&office.unit, &office.officer]).day(one.due_on).day(one.cleared_on);
        for span in [one.deferred, one.stayed] {
            file.day(span.map(|span| span.0)).day(span.and_then(|span| span.1));
        }
        file.won(one.amount).end().map(|()| one.amount)
    })
}

fn owed(city: &City, one: Arrear) -> Owed {
    let Arrear { levy, tax, payer, due_on, cleared_on, deferred, stayed, amount } = one;
    let filled = |no: String| (!no.is_empty()).then_some(no);
    Owed {
        no: format!("TX-{levy}"),
        payer_no: payer.no(),
        payer_name: payer.name(city),
        business_no: filled(payer.business_no()),
        resident_no: filled(payer.resident_no(city)),
        revenue: "지방세",
        levy: tax,
        due_on,
        cleared_on,
        deferred,
        stayed,
        amount,
    }
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
