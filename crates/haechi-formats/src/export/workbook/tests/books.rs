//! Workbooks for the tests: by the library that writes them, or part by part where none would write such a one.

use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use rust_xlsxwriter::{Workbook, Worksheet};
use tempfile::TempDir;

use super::super::super::survey::survey;
use super::super::*;

/// A header and a few rows: what every workbook here holds somewhere.
pub(super) const HEADER: [&str; 3] = ["부서명", "사용일자", "금액"];

pub(super) fn rule() -> ReadRule {
    ReadRule { known_headers: HEADER.map(str::to_owned).into(), ..ReadRule::default() }
}

pub(super) fn rule_for(sheet: &str) -> ReadRule {
    ReadRule { sheet: vec![sheet.to_owned()], ..rule() }
}

/// A sheet's name, and what fills it.
type Filled<'f> = (&'f str, &'f dyn Fn(&mut Worksheet));

/// A workbook of these sheets.
pub(super) fn xlsx(fill: &[Filled<'_>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, fill) in fill {
        fill(book.add_worksheet().set_name(*name).unwrap());
    }
    book.save_to_buffer().unwrap()
}

/// Writes the header into the first row.
pub(super) fn header(sheet: &mut Worksheet) {
    sheet.write_row(0, 0, HEADER).unwrap();
}

/// Writes the header, and one row of 10 for each unit.
pub(super) fn table(sheet: &mut Worksheet, units: &[&str]) {
    header(sheet);
    for (at, unit) in units.iter().enumerate() {
        sheet.write_row(at as u32 + 1, 0, [*unit, "2026-03-05"]).unwrap();
        sheet.write(at as u32 + 1, 2, 10).unwrap();
    }
}

pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        packer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

/// An XLSX of one sheet `표` with these rows as XML, and these shared texts.
pub(super) fn raw_xlsx(rows: &str, texts: &[u8]) -> Vec<u8> {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"표\" r:id=\"r1\"/></sheets></workbook>".as_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/sharedStrings.xml", texts),
        ("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes()),
    ])
}

/// One row of an XLSX with texts in its cells.
pub(super) fn raw_row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>")).collect();
    format!("<row>{cells}</row>")
}

/// An ODS of one sheet with these rows as XML.
pub(super) fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"off\"><style:table-properties \
         table:display=\"false\"/></style:style></office:automatic-styles><table:table table:name=\"숨은 표\" \
         table:style-name=\"off\"></table:table><table:table table:name=\"표\">{rows}</table:table>\
         </office:document-content>"
    );
    raw_ods(&content)
}

pub(super) fn raw_ods(content: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

/// One row of an ODS with texts in its cells.
pub(super) fn ods_row(cells: &[&str]) -> String {
    let cells = cells.iter().map(|text| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    });
    format!("<table:table-row>{}</table:table-row>", cells.collect::<String>())
}

/// An OLE document with one stream.
pub(super) fn ole(stream: &str, bytes: &[u8]) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream(stream).unwrap().write_all(bytes).unwrap();
    container.into_inner().into_inner()
}

/// A record of an XLS.
pub(super) fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let data = parts.concat();
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), &data].concat()
}

/// The cell of an XLS that holds a text, as `Label` records of BIFF8 do.
pub(super) fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let place = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
    record(0x0204, &[&place, &((units.len() / 2) as u16).to_le_bytes(), &[1], &units])
}

/// An XLS (BIFF8) of one sheet `표` with these records.
pub(super) fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    xls_at(0, cells)
}

/// The same, its sheet said to begin so many bytes behind where it does.
pub(super) fn xls_at(off: u32, cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[&0x0600_u16.to_le_bytes(), &kind.to_le_bytes(), &[0; 12]]);
    let end = record(0x000a, &[]);
    let name: Vec<u8> = "표".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let sheet = |at: u32| record(0x0085, &[&at.to_le_bytes(), &[0, 0, 1, 1], &name]);
    let at = (begin(5).len() + sheet(0).len() + end.len()) as u32 + off;
    ole("Workbook", &[begin(5), sheet(at), end.clone(), begin(0x10), cells.concat(), end].concat())
}

/// A file in a folder of its own.
pub(super) fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Layout and rows of the sheet the rule means.
pub(super) fn read(bytes: &[u8], rule: &ReadRule) -> Result<(Layout, Vec<RawRow>), Fault> {
    let (_folder, path) = file("지출.xlsx", bytes);
    let survey = survey(&path)?;
    let mut read = (Layout::default(), Vec::new());
    with_sheet(&path, &survey, rule, |_, _, rows| {
        read.0 = rows.layout().clone();
        let mut row = RawRow::default();
        while rows.next(&mut row)? {
            read.1.push(row.clone());
        }
        Ok::<(), Fault>(())
    })?;
    Ok(read)
}

/// The rows as lines and texts, those in trouble left out.
pub(super) fn texts(bytes: &[u8], rule: &ReadRule) -> Vec<(u64, Vec<String>)> {
    let (_, rows) = read(bytes, rule).unwrap();
    let rows = rows.into_iter().filter(|row| row.trouble.is_none());
    rows.map(|row| (row.line, row.fields.iter().map(str::to_owned).collect())).collect()
}

/// The code of the fault that a workbook is refused with, and what it says.
pub(super) fn refused(bytes: &[u8], rule: &ReadRule) -> (&'static str, String) {
    let fault = read(bytes, rule).unwrap_err();
    (fault.code, fault.to_string())
}
