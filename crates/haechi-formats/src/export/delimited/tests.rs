use std::path::Path;

use encoding_rs::EUC_KR;
use proptest::prelude::*;

use super::*;
use crate::export::encoding::Sniffer;
use crate::export::{Format, LONGEST_RECORD, normal_header};

fn knows(names: &[&str]) -> ReadRule {
    ReadRule {
        known_headers: names.iter().map(|name| normal_header(name).into_owned()).collect(),
        ..ReadRule::default()
    }
}

/// Layout and rows of `bytes`, read through a buffer of `buffer` bytes.
fn read_with(bytes: &[u8], rule: &ReadRule, buffer: usize) -> Result<(Layout, Vec<RawRow>), Fault> {
    let mut sniffer = Sniffer::default();
    sniffer.feed(bytes);
    let (_, encoding) = sniffer.finish().unwrap();
    let member = Member { name: None, format: Format::Delimited, encoding, bytes: bytes.len() as u64 };
    let mut reader = std::io::BufReader::with_capacity(buffer, bytes);
    let mut source = open("a.csv", &member, &mut reader, rule)?;
    let (mut rows, mut row) = (Vec::new(), RawRow::default());
    while source.next(&mut row)? {
        rows.push(row.clone());
    }
    Ok((source.layout().clone(), rows))
}

fn read(bytes: impl AsRef<[u8]>, rule: &ReadRule) -> Result<(Layout, Vec<RawRow>), Fault> {
    read_with(bytes.as_ref(), rule, 8 * 1024)
}

fn cells(row: &RawRow) -> Vec<&str> {
    row.fields.iter().collect()
}

#[test]
fn rows_come_with_the_line_they_truly_begin_on() {
    for text in [
        "dept,amount\r\n\r\n\"a\r\nb\",1\r\nc,2\r\n\r\n\r\nd,3",
        "dept,amount\r\r\"a\rb\",1\rc,2\r\r\rd,3\r",
        "dept,amount\n\n\"a\nb\",1\nc,2\n\n\nd,3\n",
    ] {
        for buffer in [1, 2, 3, 7, 4096] {
            let (layout, rows) = read_with(text.as_bytes(), &knows(&["dept", "amount"]), buffer).unwrap();
            assert_eq!(layout.header_line, 1);
            assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 5, 8], "{text:?}");
            assert_eq!(cells(&rows[2]), ["d", "3"]);
        }
    }
}

#[test]
fn lines_stay_true_beyond_what_is_looked_at_first() {
    let mut text = "dept,amount\r\n".to_owned();
    (0..20_000).for_each(|n| text.push_str(&format!("\"x\r\ny\",{n}\r\n")));
    let (_, rows) = read(&text, &knows(&["dept", "amount"])).unwrap();
    assert_eq!(rows.len(), 20_000);
    for (at, row) in rows.iter().enumerate() {
        assert_eq!((row.line, cells(row)[1]), (2 + 2 * at as u64, at.to_string().as_str()));
    }
}

#[test]
fn a_korean_ledger_in_cp949_with_title_unit_merged_header_and_totals_is_read() {
    let text = "2024년 업무추진비 집행내역;;;\r\n;;;(단위: 천원)\r\n부서명;집행;;비고\r\n;일자;금액;\r\n\
                총무과;2024. 3. 5.;1,234;\r\n;;;\r\n소 계;;1,234;\r\n회계과;2024. 3. 6.;5\r\n합계;;1,239;";
    let (layout, rows) = read(EUC_KR.encode(text).0, &knows(&["부서명", "집행 일자", "집행 금액", "비고"])).unwrap();
    assert_eq!(layout.header, ["부서명", "집행 일자", "집행 금액", "비고"]);
    assert_eq!((layout.header_line, layout.delimiter, layout.money_unit), (3, b';', 1_000));
    let troubles: Vec<_> = rows.iter().map(|row| row.trouble.clone()).collect();
    let short = RowTrouble::FieldCount { found: 3, expected: 4 };
    assert_eq!(
        troubles,
        [None, Some(RowTrouble::Blank), Some(RowTrouble::Total), Some(short), Some(RowTrouble::Total)]
    );
    assert_eq!((rows[0].line, cells(&rows[0])), (5, vec!["총무과", "2024. 3. 5.", "1,234", ""]));
}

#[test]
fn field_counts_are_forgiven_only_where_nothing_can_be_lost() {
    let (layout, rows) =
        read("dept,amount,,\na,1\nb,2,,,,\nc,3,note\nd\ne,5,,,x\n", &knows(&["dept", "amount"])).unwrap();
    assert_eq!(layout.header, ["dept", "amount", "", ""]);
    let seen: Vec<_> = rows.iter().map(|row| (cells(row).len(), row.trouble.clone())).collect();
    let count = |found| Some(RowTrouble::FieldCount { found, expected: 4 });
    assert_eq!(seen, [(4, None), (4, None), (4, None), (1, count(1)), (5, count(5))]);
}

#[test]
fn every_delimiter_is_found_even_where_cells_hold_others() {
    for delimiter in [',', ';', '\t', '|'] {
        let text = format!("dept{delimiter}amount\n\"a,b;c\"{delimiter}1\n");
        let (layout, rows) = read(&text, &knows(&["dept", "amount"])).unwrap();
        assert_eq!((layout.delimiter, cells(&rows[0])), (delimiter as u8, vec!["a,b;c", "1"]));
        let (layout, _) = read(&text, &ReadRule::default()).unwrap();
        assert_eq!(layout.delimiter, delimiter as u8, "without a mapping");
    }
}

#[test]
fn a_file_of_another_kind_says_what_it_holds_and_what_was_expected() {
    let fault = read("\u{feff}Name,Colour\nx,red\n", &knows(&["names", "amount"])).unwrap_err();
    assert_eq!((fault.code, fault.place.line), ("header-missing", Some(1)));
    assert!(fault.what.contains("`Name`, `Colour`"), "{fault}");
    assert!(fault.help.contains("`names`, `amount`"), "{fault}");
    assert_eq!(read("\n\n", &knows(&["names"])).unwrap_err().code, "header-missing");
    assert_eq!(read(b"dept,amount\n\0\0", &knows(&["dept", "amount"])).unwrap_err().code, "not-text");
    assert_eq!(
        read("dept,a(천원),b(단위: 원)\n", &knows(&["dept", "a(천원)"])).unwrap_err().code,
        "money-unit-ambiguous"
    );
}

#[test]
fn bytes_the_encoding_does_not_know_are_trouble_of_one_row() {
    let mut bytes = EUC_KR.encode("부서명,장소,금액\n총무과,식당,1\n").0.into_owned();
    bytes.extend(b"\xff,a\xb0,2\nx,y,3\n");
    let (_, rows) = read(&bytes, &knows(&["부서명", "장소"])).unwrap();
    let troubles: Vec<_> = rows.iter().map(|row| row.trouble.clone()).collect();
    assert_eq!(troubles, [None, Some(RowTrouble::Undecodable(0)), None]);
    assert_eq!(&rows[1].fields[2], "2", "the fields after it are whole");
}

#[test]
fn a_quotation_mark_that_is_never_closed_names_its_line() {
    let mut text = "dept,amount\n".to_owned();
    (0..200).for_each(|n| text.push_str(&format!("a,{n}\n")));
    text.push_str("\"b,5\n");
    (0..200).for_each(|n| text.push_str(&format!("a,{n}\n")));
    let fault = read(&text, &knows(&["dept", "amount"])).unwrap_err();
    assert_eq!((fault.code, fault.place.line), ("quote-unclosed", Some(202)));
}

#[test]
fn a_record_without_end_is_refused_before_it_fills_memory() {
    for endless in ["x".repeat(LONGEST_RECORD + 1), format!("\"{}", "x\n".repeat(LONGEST_RECORD / 2 + 1))] {
        let text = format!("dept,amount\na,1\n{}{endless}", "b,2\n".repeat(100));
        let fault = read(&text, &knows(&["dept", "amount"])).unwrap_err();
        assert_eq!((fault.code, fault.place.line), ("line-too-long", Some(103)));
    }
}

#[test]
fn a_header_line_that_the_mapping_fixes_is_taken() {
    let rule = ReadRule { header_line: Some(60), header_lines: Some(2), ..knows(&["a top b"]) };
    let text = format!("{}top,x\na,b\n1,2\n", "t,u\n".repeat(59));
    let (layout, rows) = read(&text, &rule).unwrap();
    assert_eq!((layout.header, layout.header_line), (vec!["top a".to_owned(), "x b".to_owned()], 60));
    assert_eq!(rows.len(), 1);
}

/// The published files lie beside the repository where someone fetched them; without them this says so and ends.
#[test]
fn the_published_oxford_files_are_read_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oxford");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: the Oxford files are not there ({})", folder.display());
        return;
    };
    let rule = knows(&[
        "trans no",
        "amount",
        "paid date",
        "supplier name",
        "value",
        "merchant",
        "fin.transaction date",
        "mch.merchant name",
        "fin.transaction amount",
        "date",
        "reference",
    ]);
    let (mut count, mut trouble) = (0, Vec::new());
    for file in files {
        let path = file.unwrap().path();
        let (layout, rows) = read(std::fs::read(&path).unwrap(), &rule).unwrap();
        assert_eq!(layout.header_line, 1, "{}", path.display());
        count += rows.len();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        trouble.extend(rows.into_iter().filter(|row| row.trouble.is_some()).map(|row| (name.clone(), row)));
    }
    assert!(count > 40_000, "{count}");
    assert!(trouble.len() < 50, "{trouble:?}");
}

proptest! {
    #[test]
    fn what_the_csv_crate_writes_is_read_back(
        rows in prop::collection::vec(prop::collection::vec("[a가,;\"\n\r 1]{0,6}", 3), 0..20),
        buffer in 1..64_usize,
        cp949: bool,
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["dept", "place", "합한 amount"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let bytes = if cp949 { EUC_KR.encode(&text).0.into_owned() } else { text.clone().into_bytes() };
        let rule = ReadRule { delimiter: Some(b','), ..knows(&["dept", "place", "합한 amount"]) };
        let (_, read) = read_with(&bytes, &rule, buffer).unwrap();
        prop_assert_eq!(read.len(), rows.len());
        for (read, row) in read.iter().zip(&rows) {
            prop_assert_eq!(&cells(read), row);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(prop::sample::select(b"a1,;|\t\"\n\r \xb0\xa1\xea\xb0\x80".to_vec()), 0..200), buffer in 1..9_usize) {
        for rule in [ReadRule::default(), knows(&["a", "1"])] {
            let small = read_with(&bytes, &rule, buffer);
            let large = read_with(&bytes, &rule, 4096);
            prop_assert_eq!(format!("{small:?}"), format!("{large:?}"));
            if let Ok((_, rows)) = small {
                prop_assert!(rows.is_sorted_by(|a, b| a.line < b.line));
            }
        }
    }
}
