//! An office sends a workbook: titles above, a total below, a sheet of notes beside it.

use haechi_core::finding::Finding;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use crate::city::{City, findings};
use crate::ledger::{self, HEADER, MAPPING, Payment};

/// Lines above the first payment.
const ABOVE: u32 = 4;

/// A workbook as people keep them: days are days, amounts are numbers.
fn book(payments: &[Payment], more: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("작성 요령").unwrap().write(0, 0, "금액은 원 단위로 적는다.").unwrap();
    let sheet = book.add_worksheet().set_name("8월 집행내역").unwrap();
    sheet.merge_range(0, 0, 0, 12, "2017년 8월 업무추진비 집행내역", &Format::new()).unwrap();
    sheet.write(1, 12, "(단위: 원)").unwrap();
    sheet.write_row(ABOVE - 1, 0, HEADER).unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd hh:mm");
    for (at, row) in ledger::rows(2017, 8, payments).iter().enumerate() {
        let line = ABOVE + at as u32;
        sheet.write_row(line, 0, row).unwrap();
        sheet.write_with_format(line, 7, ExcelDateTime::parse_from_str(&row[7]).unwrap(), &day).unwrap();
        sheet.write(line, 12, payments[at].amount).unwrap();
    }
    let total = Formula::new("SUM(M5:M99)").set_result("1");
    sheet.write(ABOVE + payments.len() as u32, 6, "합 계").unwrap();
    sheet.write_formula(ABOVE + payments.len() as u32, 12, total).unwrap();
    more(sheet);
    book.add_worksheet().set_name("원본").unwrap().set_hidden(true);
    book.save_to_buffer().unwrap()
}

/// What a finding says, without where its rows lie.
fn says(finding: &Finding) -> (String, String, String, String) {
    let subject = serde_json::to_string(&finding.subject).unwrap();
    let amount = finding.amount.map(|amount| amount.to_string()).unwrap_or_default();
    (finding.key.to_string(), subject, amount, finding.explanation.ko.clone())
}

#[test]
fn a_workbook_asks_the_same_questions_as_the_csv_and_cites_sheet_and_row() {
    let from_csv = City::new();
    let payments = ledger::august();
    let file = ledger::month(&from_csv, "exports", 2017, 8, &payments);
    from_csv.take(MAPPING, &[file]);
    let from_book = City::with_the_key_of(&from_csv);
    let file = from_book.write("8월.xlsx", book(&payments, |_| {}));
    let taken = from_book.take(MAPPING, std::slice::from_ref(&file));
    let read = &taken["load"]["files"][0];
    assert_eq!((&read["sheet"], &read["encoding"]), (&"8월 집행내역".into(), &"XLSX".into()));
    assert_eq!((&read["rows_out"], &read["set_aside"]), (&payments.len().into(), &1.into()));
    assert_eq!(from_book.take(MAPPING, &[file])["known"], true);

    let lines = from_book.detect(&[]);
    let found = findings(&lines);
    assert!(!found.is_empty());
    assert_eq!(found.iter().map(says).collect::<Vec<_>>(), from_csv.findings(&[]).iter().map(says).collect::<Vec<_>>());
    for evidence in found.iter().flat_map(|finding| &finding.evidence) {
        assert_eq!((evidence.file.as_str(), evidence.sheet.as_deref()), ("8월.xlsx", Some("8월 집행내역")));
        assert!(evidence.line > u64::from(ABOVE) && evidence.line <= u64::from(ABOVE) + payments.len() as u64);
    }
    // In the CSV the header is on line 1.
    let csv_lines = from_csv.findings(&[]).into_iter().flat_map(|finding| finding.evidence).map(|row| row.line);
    let book_lines = found.into_iter().flat_map(|finding| finding.evidence).map(|row| row.line);
    assert_eq!(book_lines.map(|line| line - u64::from(ABOVE) + 1).collect::<Vec<_>>(), csv_lines.collect::<Vec<_>>());

    from_book.haechi(&["report", "--out", "report.html"]).ends_with(0);
    let report = std::fs::read_to_string(from_book.path("report.html")).unwrap();
    assert!(report.contains("8월 집행내역"));
    let csv = from_book.haechi(&["detect", "--format", "csv"]).ends_with(0).text();
    assert!(csv.contains("8월.xlsx!8월 집행내역:5"), "{csv}");
}

#[test]
fn what_was_left_out_and_what_did_not_fit_is_said_with_sheet_row_and_column() {
    let city = City::new();
    let payments = ledger::august().repeat(20);
    let broken = |sheet: &mut Worksheet| {
        sheet.write_formula(9, 12, Formula::new("VLOOKUP(A1,B:C,2)").set_result("#N/A")).unwrap();
        sheet.write_formula(10, 2, Formula::new("1/0").set_result("#DIV/0!")).unwrap();
    };
    let file = city.write("8월.xlsx", book(&payments, broken));
    let said = city.haechi(&["snapshot", "take", "--mapping", MAPPING, &file.to_string_lossy()]).ends_with(0).text();
    assert!(said.contains("8월.xlsx!8월 집행내역"), "{said}");
    assert!(said.contains("Not read of 8월.xlsx: `작성 요령`, `원본` (hidden)."), "{said}");
    // The title is mapped to nothing, so an error there is nobody's loss.
    let rejects = city.haechi(&["snapshot", "rejects", "--format", "json"]).ends_with(0).json();
    let counted: Vec<_> = rejects.as_array().unwrap().iter().filter(|row| row["counts"] == true).collect();
    assert_eq!(counted.len(), 1, "{rejects}");
    let reject = counted[0];
    assert_eq!((&reject["sheet"], &reject["line"]), (&"8월 집행내역".into(), &10.into()));
    assert_eq!((&reject["code"], &reject["column"]), (&"cell-error".into(), &"exec_amount".into()));
}

#[test]
fn a_mapping_can_be_guessed_from_a_workbook_and_names_the_sheet() {
    let city = City::new();
    let file = city.write("8월.xlsx", book(&ledger::august(), |_| {}));
    let guess = city.haechi(&["mapping", "guess", &file.to_string_lossy()]).ends_with(0).text();
    for line in ["sheet = \"8월 집행내역\"", "header = [\"exec_amount\"]", "[columns.place]"] {
        assert!(guess.contains(line), "{guess}");
    }
}
