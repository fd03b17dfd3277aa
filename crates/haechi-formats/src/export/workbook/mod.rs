//! Workbooks: their sheets as members, and the rows of the one that is read.
//!
//! An XLSX is unpacked as it is read, its shared texts alone lie in memory; an XLS or ODS lies in memory as a whole, which
//! `bounds` keeps small. `cells` makes texts of cells, `merged` fills merged ones. From there on a sheet is lines of texts like
//! those of a CSV.

mod bounds;
mod cells;
mod merged;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _};
use std::path::Path;

use calamine::{Ods, Reader as _, SheetType, SheetVisible, Sheets, Xls, XlsError, Xlsx, XlsxError};

use self::bounds::{contradicts_itself, damaged, encrypted, quietly};
use self::cells::{Streamed, Whole};
use self::merged::FillDown;
use super::archive::as_surveyed;
use super::tabular::{Lines, Tabular};
use super::{
    Book, Encoding, Format, Layout, Member, Named, OtherSheet, RawRow, ReadRule, RowSource, Survey, normal_header,
};
use crate::fault::Fault;

/// The first bytes of OLE documents: XLS, and whatever Office locks with a password.
pub(super) const OLE: [u8; 8] = *b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

type Opened<'f> = Sheets<BufReader<&'f mut File>>;

/// What kind of workbook the file is, by its bytes; `None` where it is none. XLSB is refused.
pub(super) fn sniff(name: &str, file: &mut File) -> Result<Option<Book>, Fault> {
    let mut magic = [0; 8];
    let mut read = || {
        file.rewind()?;
        let read = (&mut *file).take(8).read(&mut magic)?;
        file.rewind().map(|_| read)
    };
    if read().is_err() {
        // Whoever reads it next says so.
        return Ok(None);
    }
    if magic == OLE {
        return Ok(Some(Book::Xls));
    }
    if !magic.starts_with(b"PK") {
        return Ok(None);
    }
    let Ok(mut archive) = zip::ZipArchive::new(BufReader::new(&mut *file)) else { return Ok(None) };
    let holds = |path: &str| {
        archive.file_names().flatten().any(|name| name.to_lowercase().replace('\\', "/").starts_with(path))
    };
    if holds("[content_types].xml") && holds("xl/") {
        if holds("xl/workbook.bin") {
            let help = "Save it as .xlsx and take that.";
            return Err(Fault::new(
                "workbook-binary",
                name,
                "It is a binary workbook (XLSB), which is not read.",
                help,
            ));
        }
        return Ok(Some(Book::Xlsx));
    }
    let mut kind = String::new();
    if let Ok(part) = archive.by_name("mimetype") {
        part.take(64).read_to_string(&mut kind).ok();
    }
    Ok((kind == "application/vnd.oasis.opendocument.spreadsheet").then_some(Book::Ods))
}

/// The worksheets of a workbook in their order, hidden ones too. Charts, macros and dialogs are no tables.
pub(super) fn sheets(name: &str, file: &mut File, bytes: u64, book: Book) -> Result<Vec<Member>, Fault> {
    let named = Named { file: name.to_owned(), member: None };
    bounds::check(&named, file, bytes, book)?;
    let opened = open(&named, file, book)?;
    let tables = opened.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let members: Vec<Member> = tables
        .map(|sheet| Member {
            name: Some(sheet.name.clone()),
            format: Format::Sheet { book, hidden: sheet.visible != SheetVisible::Visible },
            encoding: Encoding::Utf8,
            bytes,
        })
        .collect();
    if members.is_empty() {
        let help = "Check that this is the export you meant.";
        return Err(named.fault("workbook-empty", "It has no worksheet, only charts, macros or nothing.", help));
    }
    if let Some(twice) =
        members.iter().enumerate().find_map(|(at, one)| members[..at].iter().find(|m| m.name == one.name))
    {
        return Err(damaged(&named, &format!("two sheets are called `{}`", twice.name.as_deref().unwrap_or_default())));
    }
    Ok(members)
}

/// Opens the workbook again, chooses the sheet, and gives its rows to `visit` with the sheet's place among the members.
///
/// The sheet is the one the mapping names; else the one visible sheet with the header it knows. The others are in the
/// [`Layout`].
///
/// # Errors
///
/// What `visit` gives; otherwise faults: `sheet-missing`, `sheet-ambiguous`, `sheets-hidden`, `header-missing`,
/// `file-changed`, and what is wrong with the workbook itself (`workbook-damaged`, `workbook-encrypted`).
pub fn with_sheet<E: From<Fault>>(
    path: &Path,
    survey: &Survey,
    rule: &ReadRule,
    visit: impl FnOnce(usize, &Member, &mut dyn RowSource) -> Result<(), E>,
) -> Result<(), E> {
    as_surveyed(path, survey, |file| {
        let named = Named { file: survey.file.clone(), member: None };
        let Some(Format::Sheet { book, .. }) = survey.members.first().map(|member| member.format) else {
            return Err(no_sheet(&named, survey, "It has no sheet with cells.").into());
        };
        let uncalculated = book == Book::Xlsx && bounds::is_uncalculated(&named, file)?;
        let mut opened = open(&named, file, book)?;
        let from_1904 = match &opened {
            Sheets::Xlsx(book) => book.has_1904_epoch(),
            Sheets::Xls(book) => book.has_1904_epoch(),
            _ => false,
        };
        let at =
            choose(&named, survey, rule, |member| rows(&mut opened, survey, member, rule, uncalculated).map(drop))?;
        let member = &survey.members[at];
        let mut rows = rows(&mut opened, survey, member, rule, uncalculated)?;
        rows.layout.from_1904 = from_1904;
        let others = survey.members.iter().filter(|other| other.name != member.name);
        rows.layout.left_out = others
            .map(|other| OtherSheet { name: other.name.clone().unwrap_or_default(), hidden: is_hidden(other) })
            .collect();
        visit(at, member, &mut rows)
    })
}

fn is_hidden(member: &Member) -> bool {
    matches!(member.format, Format::Sheet { hidden: true, .. })
}

/// The place of the sheet that is meant. `try_header` opens a sheet as far as its header.
fn choose(
    named: &Named,
    survey: &Survey,
    rule: &ReadRule,
    mut try_header: impl FnMut(&Member) -> Result<(), Fault>,
) -> Result<usize, Fault> {
    let members = &survey.members;
    let name = |at: usize| members[at].name.as_deref().unwrap_or_default();
    let list = |of: &[usize]| of.iter().map(|at| format!("`{}`", name(*at))).collect::<Vec<_>>().join(", ");
    const NAME_ONE: &str = "Name the one that is meant in the mapping: [read] sheet = \"…\".";
    if !rule.sheet.is_empty() {
        let wanted: Vec<_> = rule.sheet.iter().map(|name| normal_header(name)).collect();
        let found: Vec<_> = (0..members.len()).filter(|at| wanted.contains(&normal_header(name(*at)))).collect();
        return match found[..] {
            [one] => Ok(one),
            [] => {
                let what = format!("It has no sheet `{}`.", rule.sheet.join("` or `"));
                Err(no_sheet(named, survey, &what))
            }
            _ => {
                let what = format!("Several sheets bear a name the mapping gives: {}.", list(&found));
                Err(named.fault("sheet-ambiguous", what, NAME_ONE))
            }
        };
    }
    let visible: Vec<usize> = (0..members.len()).filter(|at| !is_hidden(&members[*at])).collect();
    if visible.is_empty() {
        let what = "All of its sheets are hidden, and a hidden sheet is read only where the mapping names it.";
        return Err(no_sheet(named, survey, what));
    }
    let (mut found, mut fault) = (Vec::new(), None);
    for at in &visible {
        match try_header(&members[*at]) {
            Ok(()) => found.push(*at),
            Err(other) if other.code != "header-missing" => return Err(other),
            Err(missing) => fault = fault.or(Some(missing)),
        }
    }
    match (&found[..], fault) {
        ([one], _) => Ok(*one),
        ([], Some(fault)) if members.len() == 1 => Err(fault),
        ([], _) => {
            let what = format!("No visible sheet holds the column names the mapping knows: {}.", list(&visible));
            Err(Fault { code: "header-missing", ..no_sheet(named, survey, &what) })
        }
        _ => {
            let what = format!("Several sheets hold the column names the mapping knows: {}.", list(&found));
            Err(named.fault("sheet-ambiguous", what, NAME_ONE))
        }
    }
}

/// That the sheet is not there, and which are.
fn no_sheet(named: &Named, survey: &Survey, what: &str) -> Fault {
    let listed = survey.members.iter().take(30).map(|member| {
        format!("`{}`{}", member.name.as_deref().unwrap_or_default(), if is_hidden(member) { " (hidden)" } else { "" })
    });
    let listed: Vec<String> = listed.collect();
    let help = if listed.is_empty() {
        "Check that this is the export you meant.".to_owned()
    } else {
        format!("It has: {}. Name the one that is meant in the mapping: [read] sheet = \"…\".", listed.join(", "))
    };
    named.fault("sheet-missing", what, help)
}

/// Opens the workbook as the library reads it.
fn open<'f>(named: &Named, file: &'f mut File, book: Book) -> Result<Opened<'f>, Fault> {
    file.rewind().map_err(|error| named.whole(error))?;
    let reader = BufReader::with_capacity(super::archive::BUFFER, file);
    ask(named, || {
        Ok(match book {
            Book::Xlsx => Sheets::Xlsx(Xlsx::new(reader)?),
            Book::Xls => Sheets::Xls(Xls::new(reader)?),
            Book::Ods => Sheets::Ods(Ods::new(reader)?),
        })
    })
}

/// Asks the library for something.
fn ask<T>(named: &Named, call: impl FnOnce() -> Result<T, calamine::Error>) -> Result<T, Fault> {
    quietly(call).ok_or_else(|| contradicts_itself(named))?.map_err(|error| unreadable(named, error))
}

/// What an error of the library means. What it quotes of the file is shown by its shape where it looks like an identifier.
fn unreadable(named: &Named, error: calamine::Error) -> Fault {
    match error {
        calamine::Error::Xlsx(XlsxError::Password)
        | calamine::Error::Xls(XlsError::Password)
        | calamine::Error::Ods(calamine::OdsError::Password) => encrypted(named),
        error => damaged(named, &error.to_string()),
    }
}

/// The rows of one sheet below its header.
struct SheetRows<'b> {
    rows: Box<dyn RowSource + 'b>,
    layout: Layout,
    fill: FillDown,
}

fn rows<'b>(
    opened: &'b mut Opened<'_>,
    survey: &Survey,
    member: &Member,
    rule: &ReadRule,
    uncalculated: bool,
) -> Result<SheetRows<'b>, Fault> {
    let named = &Named::new(&survey.file, member);
    let name = member.name.as_deref().unwrap_or_default();
    let regions = if rule.fill_down.is_empty() { Vec::new() } else { merged::regions(named, opened, name)? };
    let rows: Box<dyn RowSource + 'b> = match opened {
        Sheets::Xlsx(book) => {
            let cells = ask(named, || Ok(book.worksheet_cells_reader(name)?))?;
            tabular(named, Streamed::new(named, cells, uncalculated), rule)?
        }
        book => {
            let (cells, formulas) = ask(named, || Ok((book.worksheet_range(name)?, book.worksheet_formula(name)?)))?;
            tabular(named, Whole::new(cells, formulas), rule)?
        }
    };
    let layout = rows.layout().clone();
    let fill = FillDown::new(&layout, regions, rule);
    Ok(SheetRows { rows, layout, fill })
}

fn tabular<'b>(named: &Named, lines: impl Lines + 'b, rule: &ReadRule) -> Result<Box<dyn RowSource + 'b>, Fault> {
    Ok(Box::new(Tabular::open(named, lines, 0, rule)?))
}

impl RowSource for SheetRows<'_> {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        let more = self.rows.next(row)?;
        if more {
            self.fill.fill(row);
        }
        Ok(more)
    }
}
