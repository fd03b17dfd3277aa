use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::*;

/// What has been used to run something in a spreadsheet.
const HOSTILE: [&str; 44] = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=cmd|'/C calc'!A0",
    "=HYPERLINK(\"http://x\")",
    "=IMPORTXML(A1)",
    "=WEBSERVICE(\"x\")",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "  =1",
    "\u{a0}=1",
    "\u{3000}=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\"=1\"",
    "'=1",
    "\"\"=1",
    "=DDE(\"cmd\")",
    "+cmd|' /C notepad'!'A1'",
    "-2+3+cmd|' /C calc'!D2",
    "@A1",
    "=A1&B1",
    "=\"=\"",
    "=INDIRECT(A1)",
    "=EXEC(1)",
    "=CALL(\"a\")",
    "=REGISTER.ID(1)",
    "|calc",
    "=rundll32|'URL.dll'!A",
    "=MSEXCEL|'x'!A",
    "=(1)",
    "={1}",
    "=-1",
    "=+1",
    "+=1",
    "-=1",
    "@=1",
    "=\u{200b}1",
    "= 1",
];

fn table() -> Table {
    Table {
        title: "미조치 [2026]: 부서별 / 시나리오별 아주 긴 이름의 시트".to_owned(),
        about: vec!["해치시 2026".to_owned()],
        columns: vec!["말".to_owned(), "수".to_owned(), "율".to_owned(), "날".to_owned()],
        rows: HOSTILE
            .iter()
            .map(|text| {
                let day = "2026-11-24".parse().unwrap();
                vec![Cell::text(*text), Cell::Number(1_234_567), Cell::Share(982), Cell::Day(day)]
            })
            .collect(),
    }
}

#[test]
fn no_cell_of_a_text_begins_a_formula_and_numbers_stay_numbers() {
    let text = bytes(&[table()], Form::Text).unwrap();
    assert!(text.starts_with("\u{feff}말,수,율,날\r\n".as_bytes()));
    let mut reader = ::csv::Reader::from_reader(text.as_slice());
    let cells: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(cells.len(), HOSTILE.len());
    for (cell, hostile) in cells.iter().zip(HOSTILE) {
        assert_eq!(cell.strip_prefix('\''), Some(hostile), "{cell:?}");
    }
    let mut reader = ::csv::Reader::from_reader(text.as_slice());
    let first = reader.records().next().unwrap().unwrap();
    assert_eq!((&first[1], &first[2], &first[3]), ("1234567", "98.2%", "2026-11-24"));
}

#[test]
fn a_workbook_holds_words_as_words_and_no_formula() {
    let bytes = bytes(&[table(), Table { title: String::new(), ..table() }], Form::Workbook).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 2, "{names:?}");
    let formulas = book.worksheet_formula(&names[0]).unwrap();
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()));
    let sheet = book.worksheet_range(&names[0]).unwrap();
    let words: Vec<String> = sheet
        .rows()
        .skip(3)
        .filter_map(|row| match &row[0] {
            Data::String(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(words.len(), HOSTILE.len());
    assert!(words.iter().any(|word| word == "=1+1"), "{words:?}");
    assert!(sheet.rows().skip(3).all(|row| matches!(row[1], Data::Float(value) if value == 1_234_567.0)));
}
