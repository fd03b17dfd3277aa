//! What offices send, and what nobody should.

mod books;

use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};

use self::books::*;
use super::super::survey::survey;
use super::super::{RowTrouble, Spoiled};
use super::*;

/// A row's line and texts, for comparing.
fn row(line: u64, texts: [&str; 3]) -> (u64, Vec<String>) {
    (line, texts.map(str::to_owned).into())
}

#[test]
fn a_table_below_a_title_with_a_unit_and_a_total_is_read_by_its_sheets_rows() {
    let book = xlsx(&[("3월", &|sheet| {
        sheet.merge_range(0, 0, 0, 2, "2026년 3월 집행내역", &CellFormat::new()).unwrap();
        sheet.write(1, 2, "(단위: 천원)").unwrap();
        sheet.write_row(3, 0, HEADER).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 3, 5).unwrap().and_hms(14, 5, 0).unwrap();
        let rest = ExcelDateTime::from_ymd(2026, 3, 6).unwrap();
        sheet.write(4, 0, "총무과").unwrap();
        sheet.write_with_format(4, 1, &day, &CellFormat::new().set_num_format("yyyy-mm-dd hh:mm")).unwrap();
        sheet.write(4, 2, 1234567890123_i64).unwrap();
        sheet.write(9, 0, "복지과").unwrap();
        sheet.write_with_format(9, 1, &rest, &CellFormat::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write(9, 2, 0.1).unwrap();
        sheet.write(10, 0, "합 계").unwrap();
        sheet.write_formula(10, 2, Formula::new("SUM(C5:C10)").set_result("1234567890123.1")).unwrap();
    })]);
    let (layout, rows) = read(&book, &rule()).unwrap();
    assert_eq!((layout.header_line, layout.money_unit), (4, 1_000));
    assert_eq!(rows[2].trouble, Some(RowTrouble::Total));
    let wanted = [row(5, ["총무과", "2026-03-05T14:05:00", "1234567890123"]), row(10, ["복지과", "2026-03-06", "0.1"])];
    assert_eq!(texts(&book, &rule()), wanted);
}

#[test]
fn sheets_are_members_and_the_one_with_the_header_is_read_while_the_others_are_named() {
    let book = xlsx(&[
        ("안내", &|sheet| {
            sheet.write(0, 0, "작성 요령").unwrap();
        }),
        ("내역", &|sheet| table(sheet, &["총무과"])),
        ("원본", &|sheet| {
            table(sheet, &["숨은과"]);
            sheet.set_hidden(true);
        }),
    ]);
    let (_folder, path) = file("지출.xlsx", &book);
    let members = survey(&path).unwrap().members;
    assert_eq!(members.iter().map(|member| member.sheet().unwrap()).collect::<Vec<_>>(), ["안내", "내역", "원본"]);
    let (layout, _) = read(&book, &rule()).unwrap();
    let other = |name: &str, hidden| OtherSheet { name: name.to_owned(), hidden };
    assert_eq!(layout.left_out, [other("안내", false), other("원본", true)]);
    assert_eq!(texts(&book, &rule()), [row(2, ["총무과", "2026-03-05", "10"])]);
}

#[test]
fn a_hidden_sheet_is_read_where_the_mapping_names_it_and_only_there() {
    let book = xlsx(&[
        ("안내", &|_| {}),
        ("내역", &|sheet| {
            table(sheet, &["총무과"]);
            sheet.set_hidden(true);
        }),
    ]);
    let (code, said) = refused(&book, &rule());
    assert_eq!(code, "header-missing");
    assert!(said.contains("`내역` (hidden)") && said.contains("[read] sheet"), "{said}");
    assert_eq!(texts(&book, &rule_for("내역")).len(), 1);
}

#[test]
fn a_sheet_that_is_not_there_is_a_fault_that_lists_those_there_are() {
    let book = xlsx(&[("1월", &|sheet| table(sheet, &["총무과"])), ("2월", &|sheet| table(sheet, &["복지과"]))]);
    let (code, said) = refused(&book, &rule_for("3월"));
    assert_eq!(code, "sheet-missing");
    assert!(said.contains("no sheet `3월`") && said.contains("`1월`, `2월`"), "{said}");
    let aliases = ReadRule { sheet: vec!["3월".to_owned(), " 2월".to_owned()], ..rule() };
    assert_eq!(texts(&book, &aliases), [row(2, ["복지과", "2026-03-05", "10"])]);
}

#[test]
fn two_sheets_with_the_header_are_a_fault_that_asks_for_one() {
    let book = xlsx(&[("1월", &|sheet| table(sheet, &["총무과"])), ("2월", &|sheet| table(sheet, &["복지과"]))]);
    let (code, said) = refused(&book, &rule());
    assert_eq!(code, "sheet-ambiguous");
    assert!(said.contains("`1월`, `2월`") && said.contains("[read] sheet"), "{said}");
}

#[test]
fn an_empty_sheet_has_no_header() {
    assert_eq!(refused(&xlsx(&[("표", &|_| {})]), &rule()).0, "header-missing");
    assert_eq!(refused(&xls(&[]), &rule()).0, "header-missing");
    assert_eq!(refused(&ods(""), &rule()).0, "header-missing");
}

#[test]
fn merged_header_cells_are_joined_and_merged_body_cells_filled_only_where_asked() {
    let book = xlsx(&[("표", &|sheet| {
        let plain = CellFormat::new();
        sheet.merge_range(0, 0, 1, 0, "부서명", &plain).unwrap();
        sheet.merge_range(0, 1, 0, 2, "집행", &plain).unwrap();
        sheet.write_row(1, 1, ["일자", "금액"]).unwrap();
        sheet.merge_range(2, 0, 3, 0, "총무과", &plain).unwrap();
        for line in 2..5 {
            sheet.write(line, 1, "2026-03-05").unwrap();
            sheet.write(line, 2, line).unwrap();
        }
    })]);
    let known = ["부서명", "집행 일자", "집행 금액"].map(str::to_owned).into();
    let rule = ReadRule { known_headers: known, ..ReadRule::default() };
    let units = |rule| texts(&book, &rule).into_iter().map(|(_, mut row)| row.remove(0)).collect::<Vec<_>>();
    assert_eq!(read(&book, &rule).unwrap().0.header, ["부서명", "집행 일자", "집행 금액"]);
    assert_eq!(units(rule.clone()), ["총무과", "", ""]);
    assert_eq!(units(ReadRule { fill_down: ["부서명".to_owned()].into(), ..rule }), ["총무과", "총무과", ""]);
}

#[test]
fn a_workbook_of_1904_gives_the_same_days() {
    let cell = |serial: &str| format!("<c r=\"B2\" s=\"0\"><v>{serial}</v></c>");
    let book = |flag: &str, serial: &str| {
        let rows = format!(
            "{}<row r=\"2\"><c t=\"inlineStr\"><is><t>총무과</t></is></c>{}<c r=\"C2\"><v>1</v></c></row>",
            raw_row(&HEADER),
            cell(serial)
        );
        let mut parts = Vec::new();
        let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(raw_xlsx(&rows, b"<sst/>"))).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            parts.push((part.name().unwrap().into_owned(), text.replace("<workbook>", flag)));
        }
        parts.push((
            "xl/styles.xml".to_owned(),
            "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>".to_owned(),
        ));
        zip(&parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect::<Vec<_>>())
    };
    for book in [book("<workbook>", "46086"), book("<workbook><workbookPr date1904=\"1\"/>", "44624")] {
        assert_eq!(texts(&book, &rule()), [row(2, ["총무과", "2026-03-05", "1"])]);
    }
}

#[test]
fn a_text_stays_a_text_and_a_number_a_number_whatever_the_column_is() {
    let book = xlsx(&[("표", &|sheet| {
        header(sheet);
        sheet.write(1, 0, 7).unwrap();
        sheet.write(1, 1, 20260305).unwrap();
        sheet.write(1, 2, "1,234").unwrap();
        sheet.write(2, 0, true).unwrap();
        sheet.write(2, 2, "0012345678901234567").unwrap();
    })]);
    assert_eq!(
        texts(&book, &rule()),
        [row(2, ["7", "20260305", "1,234"]), row(3, ["TRUE", "", "0012345678901234567"])]
    );
}

#[test]
fn errors_uncalculated_formulas_and_lost_digits_spoil_their_cell() {
    let book = xlsx(&[("표", &|sheet| {
        header(sheet);
        let formula = |result: &str| Formula::new("VLOOKUP(A1,B:C,2)").set_result(result);
        sheet.write(1, 0, "가").unwrap();
        sheet.write_formula(1, 2, formula("#N/A")).unwrap();
        sheet.write(2, 0, "나").unwrap();
        sheet.write_formula(2, 2, formula("0")).unwrap();
        sheet.write(3, 0, "다").unwrap();
        sheet.write(3, 2, 1234567890123456_i64).unwrap();
        sheet.write(4, 0, "라").unwrap();
        sheet.write_formula(4, 2, formula("30")).unwrap();
    })]);
    let (_, rows) = read(&book, &rule()).unwrap();
    let spoiled: Vec<_> = rows.iter().map(|row| row.spoiled.first().copied()).collect();
    let wanted = [Spoiled::Error, Spoiled::Uncalculated, Spoiled::DigitsLost].map(|spoiled| Some((2, spoiled)));
    assert_eq!(spoiled, [&wanted[..], &[None]].concat());
    assert_eq!(rows[0].fields.get(2), Some("#N/A"));
    assert_eq!(rows[3].fields.get(2), Some("30"));
}

#[test]
fn a_formula_without_any_result_is_not_an_empty_cell() {
    let open = format!("{}<row r=\"2\"><c r=\"A2\"/><c r=\"C2\"><f>1+1</f></c></row>", raw_row(&HEADER));
    let (_, rows) = read(&raw_xlsx(&open, b"<sst/>"), &rule()).unwrap();
    assert_eq!(rows[0].spoiled, [(2, Spoiled::Uncalculated)]);
    let cell = "<table:table-row><table:table-cell/><table:table-cell table:formula=\"of:=1+1\"/></table:table-row>";
    let (_, rows) = read(&ods(&format!("{}{cell}", ods_row(&HEADER))), &rule()).unwrap();
    assert_eq!(rows[0].spoiled, [(1, Spoiled::Uncalculated)]);
}

#[test]
fn a_full_sheet_of_1048576_rows_is_read_row_by_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().unwrap();
    sheet.write_row(0, 0, HEADER).unwrap();
    for line in 1..1_048_576_u32 {
        sheet.write(line, 0, "총무과").unwrap();
        sheet.write(line, 1, 46_086).unwrap();
        sheet.write(line, 2, line).unwrap();
    }
    let (_folder, path) = file("많은.xlsx", &book.save_to_buffer().unwrap());
    let survey = survey(&path).unwrap();
    let (mut count, mut sum, mut last) = (0_u64, 0_u64, RawRow::default());
    with_sheet(&path, &survey, &rule(), |_, _, rows| {
        while rows.next(&mut last)? {
            count += 1;
            sum += last.fields.get(2).unwrap().parse::<u64>().unwrap();
        }
        Ok::<(), Fault>(())
    })
    .unwrap();
    assert_eq!((count, last.line, sum), (1_048_575, 1_048_576, 1_048_575 * 1_048_576 / 2));
}

#[test]
fn a_sheet_of_16384_columns_is_read_and_one_more_is_refused() {
    let mut names: Vec<String> = (0..16_384).map(|at| format!("c{at}")).collect();
    names[16_383] = "부서명".to_owned();
    let wide = |names: &[String]| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        raw_xlsx(&format!("{}{}", raw_row(&names), raw_row(&names)), b"<sst/>")
    };
    let rule = ReadRule { known_headers: ["부서명", "c0"].map(str::to_owned).into(), ..ReadRule::default() };
    let rows = texts(&wide(&names), &rule);
    assert_eq!((rows.len(), rows[0].1.len()), (1, 16_384));
    names.push("xfe".to_owned());
    assert_eq!(refused(&wide(&names), &rule).0, "workbook-damaged");
}

#[test]
fn an_xls_is_read_like_the_others() {
    let mut cells: Vec<_> = HEADER.iter().enumerate().map(|(at, name)| label(2, at as u16, name)).collect();
    cells.push(label(4, 0, "총무과"));
    cells.push(record(0x0203, &[&[4, 0, 2, 0, 0, 0], &1234.5_f64.to_le_bytes()]));
    assert_eq!(texts(&xls(&cells), &rule()), [row(5, ["총무과", "", "1234.5"])]);
}

#[test]
fn an_ods_is_read_like_the_others_and_its_hidden_sheet_is_not() {
    let rows = [
        ods_row(&["2026년"]),
        ods_row(&HEADER),
        "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>총무과</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-05T14:05:00\"/>\
         <table:table-cell office:value-type=\"float\" office:value=\"1234.5\"/></table:table-row>"
            .to_owned(),
        "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/>\
         </table:table-row>"
            .to_owned(),
    ];
    let book = ods(&rows.concat());
    assert_eq!(texts(&book, &rule()), [row(3, ["총무과", "2026-03-05T14:05:00", "1234.5"])]);
    let (code, said) = refused(&book, &ReadRule { fill_down: ["부서명".to_owned()].into(), ..rule() });
    assert_eq!(code, "merged-unknown", "{said}");
    assert_eq!(read(&book, &rule()).unwrap().0.left_out[0].name, "숨은 표");
}

#[test]
fn a_workbook_under_a_password_is_refused_with_the_way_to_unlock_it() {
    let (code, said) = refused(&ole("EncryptedPackage", b"secret"), &rule());
    assert_eq!(code, "workbook-encrypted");
    assert!(said.contains("save it without one"), "{said}");
}

#[test]
fn a_workbook_cut_short_or_of_another_kind_is_refused() {
    let whole = xlsx(&[("표", &|sheet| table(sheet, &["총무과"]))]);
    for cut in [whole.len() / 3, whole.len() - 10] {
        assert_eq!(refused(&whole[..cut], &rule()).0, "archive-damaged");
    }
    let cut = raw_xlsx("<row r=\"1\"><c r=\"A1\"><v>1", b"<sst/>");
    assert_eq!(refused(&cut, &rule()).0, "workbook-damaged");
    let binary = zip(&[("[Content_Types].xml", b""), ("xl/workbook.bin", b"")]);
    assert_eq!(refused(&binary, &rule()).0, "workbook-binary");
    assert_eq!(refused(&ole("WordDocument", b"x"), &rule()).0, "office-document");
    assert_eq!(refused(&ole("Workbook", b"\x09\x08\x10\x00"), &rule()).0, "workbook-damaged");
}

#[test]
fn a_sheet_whose_cells_run_backwards_is_refused() {
    let rows = format!(
        "{}<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
        raw_row(&HEADER)
    );
    let fault = read(&raw_xlsx(&rows, b"<sst/>"), &rule()).unwrap_err();
    assert_eq!((fault.code, fault.place.line), ("workbook-damaged", Some(2)));
}

#[test]
fn texts_that_unpack_to_too_much_or_claim_to_be_too_many_are_refused_before_they_are_read() {
    let mut bomb = b"<sst><si><t>".to_vec();
    bomb.resize((256 << 20) + 1024, b' ');
    bomb.extend(b"</t></si></sst>");
    let (code, said) = refused(&raw_xlsx(&raw_row(&HEADER), &bomb), &rule());
    assert!(matches!(code, "workbook-too-large" | "archive-too-large"), "{said}");
    let claim = refused(&raw_xlsx(&raw_row(&HEADER), b"<sst uniqueCount=\"9000000000000\"></sst>"), &rule());
    assert_eq!(claim.0, "workbook-damaged");
}

#[test]
fn a_small_ods_that_unfolds_to_gigabytes_is_refused_before_it_is_opened() {
    let cell =
        "<table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"/>";
    let spaces = "<table:table-cell office:value-type=\"string\"><text:p><text:s text:c=\"4000000000\"/></text:p></table:table-cell>";
    for bomb in [
        format!("<table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row>"),
        format!("<table:table-row>{cell}</table:table-row>").repeat(1_000),
        format!("<table:table-row>{spaces}</table:table-row>"),
    ] {
        assert_eq!(refused(&ods(&bomb), &rule()).0, "workbook-too-large");
    }
    // The library would wait for the end of this table for ever.
    let endless = raw_ods("<office:document-content><table:table table:name=\"표\">");
    assert_eq!(refused(&endless, &rule()).0, "workbook-damaged");
}

#[test]
fn an_xls_that_claims_more_than_a_sheet_can_hold_is_refused() {
    let claims = |last_row: u32, last_column: u16| {
        record(0x0200, &[&0_u32.to_le_bytes(), &last_row.to_le_bytes(), &[0, 0], &last_column.to_le_bytes(), &[0, 0]])
    };
    assert_eq!(refused(&xls(&[claims(u32::MAX, 0xffff)]), &rule()).0, "workbook-damaged");
    let corners = [label(0, 0, "가"), label(65_535, 60_000, "나")];
    assert_eq!(refused(&xls(&corners), &rule()).0, "workbook-too-large");
}

#[test]
fn an_xls_at_which_the_library_panics_is_a_fault_and_nothing_more() {
    let (code, said) = refused(&xls_at(9_999_999, &[label(0, 0, "부서명")]), &rule());
    assert_eq!(code, "workbook-damaged");
    assert!(said.contains("contradicts itself"), "{said}");
}

#[test]
fn a_workbook_that_is_written_to_after_it_was_surveyed_is_not_read() {
    let whole = xlsx(&[("표", &|sheet| table(sheet, &["총무과"]))]);
    let (_folder, path) = file("지출.xlsx", &whole);
    let survey = survey(&path).unwrap();
    std::fs::write(&path, [&whole[..], b"more"].concat()).unwrap();
    let fault = with_sheet::<Fault>(&path, &survey, &rule(), |_, _, _| Ok(())).unwrap_err();
    assert_eq!(fault.code, "file-changed");
}

#[test]
fn a_web_page_named_xls_and_a_workbook_in_an_archive_are_refused_with_what_to_do() {
    use crate::export::{archive::for_each_member, open_rows};
    let book = xlsx(&[("표", &|sheet| table(sheet, &["총무과"]))]);
    let page = b"\n<HTML><table><tr><td>x".as_slice();
    for (name, bytes, wanted) in
        [("지출.xls", page.to_vec(), "web-page"), ("지출.zip", zip(&[("a.xlsx", &book)]), "workbook-in-archive")]
    {
        let (_folder, path) = file(name, &bytes);
        let survey = survey(&path).unwrap();
        let fault = for_each_member::<Fault>(&path, &survey, |_, member, reader| {
            open_rows(name, member, reader, &rule()).map(drop)
        })
        .unwrap_err();
        assert_eq!(fault.code, wanted);
        assert!(fault.help.contains("take"), "{fault}");
    }
}
