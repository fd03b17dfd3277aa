//! What a workbook may cost, found out before the library opens it: it takes what a file says of its own size at its word.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use quick_xml::events::{BytesStart, Event};

use super::super::archive::{self, Limits};
use super::super::{Book, Named};
use crate::fault::Fault;

/// What the parts of a workbook may unpack to. A sheet's XML is ten to fifty times its packed length.
const LIMITS: Limits = Limits { bytes: 16 << 30, ratio_from: 256 << 20, ratio: 200, members: 10_000 };
/// Unpacked shared strings, which are kept in memory.
const STRINGS: u64 = 256 << 20;
/// Any other part that is kept in memory: styles, names of sheets, relations.
const SMALL: u64 = 16 << 20;
/// The file itself, where all of it is kept in memory (XLS, ODS).
const WHOLE: u64 = 64 << 20;
/// Cells of all sheets, and bytes of their texts, where all of them are kept in memory.
const CELLS: u64 = 8_000_000;
const TEXT: u64 = 512 << 20;
/// The largest sheet of an XLS.
const XLS_SHEET: u64 = 65_536 * 256;

pub(super) const TOO_LARGE: &str =
    "Check where it comes from; if it is sound, save the one sheet as .xlsx or \"CSV UTF-8\" and take that.";

/// What is wrong with the workbook, as its own bytes say it.
pub(super) fn damaged(named: &Named, how: &str) -> Fault {
    named.fault(
        "workbook-damaged",
        format!("It cannot be read as a workbook: {}.", haechi_core::masking::scrub(how.trim_end_matches('.'))),
        "Open it in the spreadsheet program and save it again as .xlsx; if that fails, export it again.",
    )
}

pub(super) fn encrypted(named: &Named) -> Fault {
    named.fault(
        "workbook-encrypted",
        "It is locked with a password.",
        "Open it with the password, save it without one (File, Info, Protect), and take that.",
    )
}

fn too_large(named: &Named, what: String) -> Fault {
    named.fault("workbook-too-large", what, TOO_LARGE)
}

/// Looks through the file, and leaves it at its beginning. Memory stays below a few megabytes, XLS below twice its length.
///
/// # Errors
///
/// `workbook-too-large`, `workbook-encrypted`, `workbook-damaged`, `office-document`, and what archives are refused for.
pub(super) fn check(named: &Named, file: &mut File, bytes: u64, book: Book) -> Result<(), Fault> {
    if book != Book::Xlsx && bytes > WHOLE {
        return Err(too_large(named, format!("It has {bytes} bytes; {} is read up to {WHOLE}.", book.as_str())));
    }
    file.rewind().map_err(|error| damaged(named, &error.to_string()))?;
    match book {
        Book::Xls => xls(named, file)?,
        Book::Xlsx | Book::Ods => {
            archive::walk_parts(BufReader::new(&mut *file), &named.file, bytes, LIMITS, &mut |name, reader| {
                let name = name.unwrap_or_default().to_lowercase().replace('\\', "/");
                let short = name.rsplit('/').next().unwrap_or_default();
                let (what, most) = match short {
                    "content.xml" if book == Book::Ods => return ods(named, reader),
                    "sharedstrings.xml" => {
                        let listed = listed_strings(named, reader)?;
                        let length = drain(named, reader, STRINGS)?;
                        // The shortest text takes five bytes, `<si/>`.
                        if length.is_some_and(|length| listed > length / 5 + 64 * 1024) {
                            return Err(damaged(named, "it lists more texts than it holds"));
                        }
                        ("texts", length.map_or(STRINGS, |_| u64::MAX))
                    }
                    "styles.xml" | "workbook.xml" | "theme1.xml" => ("styles or names of sheets", SMALL),
                    _ if short.ends_with(".rels") => ("relations", SMALL),
                    _ => ("", u64::MAX),
                };
                if most == STRINGS || drain(named, reader, most)?.is_none() {
                    return Err(too_large(named, format!("Its {what} unpack to more than {most} bytes.")));
                }
                Ok(())
            })?;
        }
    }
    file.rewind().map_err(|error| damaged(named, &error.to_string()))?;
    Ok(())
}

/// Reads to the end, and gives how many bytes there were; `None` past `most`.
fn drain(named: &Named, reader: &mut dyn BufRead, most: u64) -> Result<Option<u64>, Fault> {
    let mut length = 0;
    loop {
        let read = reader.fill_buf().map_err(|error| named.whole(error))?.len();
        if read == 0 {
            return Ok(Some(length));
        }
        reader.consume(read);
        length += read as u64;
        if length > most {
            return Ok(None);
        }
    }
}

/// How many texts the shared strings say they hold. The library reserves memory for as many.
fn listed_strings(named: &Named, reader: &mut dyn BufRead) -> Result<u64, Fault> {
    let mut xml = quick_xml::Reader::from_reader(reader.take(64 * 1024));
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(|error| of_xml(named, error))? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "sst" => {
                return Ok(number(&tag, "uniqueCount").unwrap_or(0));
            }
            Event::Eof => return Err(damaged(named, "its shared texts do not begin")),
            _ => buffer.clear(),
        }
    }
}

/// What an error of the XML reader means; the reader below it may have put its own fault inside.
fn of_xml(named: &Named, error: quick_xml::Error) -> Fault {
    let inside = match &error {
        quick_xml::Error::Io(error) => error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()).cloned(),
        _ => None,
    };
    inside.unwrap_or_else(|| damaged(named, &error.to_string()))
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u64> {
    tag.try_get_attribute(name).ok().flatten().map(|found| found.value.parse().unwrap_or(u64::MAX))
}

/// Counts the cells and texts that repeats of an ODS unfold to, as the library unfolds them. A table without its end, on
/// which the library would wait for ever, is refused with everything else that is not whole XML.
fn ods(named: &Named, reader: &mut dyn BufRead) -> Result<(), Fault> {
    let mut xml = quick_xml::Reader::from_reader(reader);
    xml.config_mut().expand_empty_elements = true;
    let (mut buffer, mut depth) = (Vec::new(), 0_u64);
    let mut all = Unfolded::default();
    let mut sheet = Sheet::default();
    let mut row = Row::default();
    loop {
        match xml.read_event_into(&mut buffer).map_err(|error| of_xml(named, error))? {
            Event::Start(tag) => {
                depth += 1;
                match tag.name().as_ref() {
                    "table:table" => sheet = Sheet::default(),
                    "table:table-row" => {
                        let repeats = number(&tag, "table:number-rows-repeated").unwrap_or(1);
                        row = Row { repeats: repeats.min(1 << 20), ..Row::default() };
                    }
                    "table:table-cell" | "table:covered-table-cell" => row.cell(&tag),
                    "text:s" => row.text(number(&tag, "text:c").unwrap_or(1)),
                    _ => {}
                }
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if tag.name().as_ref() == "table:table-row" {
                    sheet.rows += row.repeats;
                    all.text = all.text.saturating_add(row.text.saturating_mul(row.repeats));
                    all.written += row.filled;
                    if row.filled > 0 {
                        sheet.width = sheet.width.max(row.filled);
                        sheet.height = sheet.rows.min(1 << 20);
                    }
                } else if tag.name().as_ref() == "table:table" {
                    all.cells = all.cells.saturating_add(sheet.height * sheet.width);
                }
            }
            Event::Text(text) => row.text(text.len() as u64),
            Event::CData(text) => row.text(text.len() as u64),
            Event::GeneralRef(_) => row.text(4),
            Event::Eof if depth == 0 => break,
            Event::Eof => return Err(damaged(named, "its content is cut short")),
            _ => {}
        }
        if all.cells.max(all.written) > CELLS || all.text.max(row.text) > TEXT {
            let what = format!("Unfolded it has more than {CELLS} cells, or more than {TEXT} bytes of text.");
            return Err(too_large(named, what));
        }
        buffer.clear();
    }
    Ok(())
}

/// What the sheets of an ODS unfold to: cells in their rectangles, cells in rows as written, bytes of text.
#[derive(Default)]
struct Unfolded {
    cells: u64,
    written: u64,
    text: u64,
}

#[derive(Default)]
struct Sheet {
    rows: u64,
    /// Rows up to the last that is not empty.
    height: u64,
    width: u64,
}

#[derive(Default)]
struct Row {
    repeats: u64,
    cells: u64,
    /// Cells up to the last that is not empty.
    filled: u64,
    /// How often the cell at hand is repeated.
    repeated: u64,
    text: u64,
}

impl Row {
    fn cell(&mut self, tag: &BytesStart<'_>) {
        self.repeated = number(tag, "table:number-columns-repeated").unwrap_or(1).min(1 << 14);
        self.cells = (self.cells + self.repeated).min(1 << 14);
        if tag
            .attributes()
            .with_checks(false)
            .flatten()
            .any(|attribute| attribute.key.as_ref().starts_with("office:") || attribute.key.as_ref() == "table:formula")
        {
            self.filled = self.cells;
            self.text(tag.len() as u64);
        }
    }

    fn text(&mut self, bytes: u64) {
        self.text = self.text.saturating_add(bytes.saturating_mul(self.repeated));
    }
}

/// Counts the cells of an XLS, and sees that its sheets say nothing of themselves that would be reserved memory for.
fn xls(named: &Named, file: &mut File) -> Result<(), Fault> {
    let broken = |error: std::io::Error| damaged(named, &error.to_string());
    let mut container = cfb::CompoundFile::open(BufReader::new(file)).map_err(broken)?;
    if container.exists("/EncryptedPackage") {
        return Err(encrypted(named));
    }
    let Some(path) = ["/Workbook", "/Book"].into_iter().find(|path| container.is_stream(path)) else {
        return Err(named.fault(
            "office-document",
            "It is a document of an office program, but no workbook.",
            "Take the workbook that holds the table.",
        ));
    };
    let mut stream = Vec::new();
    container.open_stream(path).map_err(broken)?.take(WHOLE).read_to_end(&mut stream).map_err(broken)?;
    let mut cells = 0;
    for (kind, data) in Records(&stream) {
        if kind == 0x85
            && let Some(at) = long(data, 0)
        {
            cells += xls_sheet(named, stream.get(at as usize..).unwrap_or_default())?;
        }
        if cells > CELLS {
            return Err(too_large(named, format!("It has more than {CELLS} cells.")));
        }
    }
    Ok(())
}

/// The cells in the rectangle that the sheet's own cells span.
fn xls_sheet(named: &Named, stream: &[u8]) -> Result<u64, Fault> {
    let (mut depth, mut first, mut last) = (0, (u16::MAX, u16::MAX), (0, 0));
    for (kind, data) in Records(stream) {
        match kind {
            0x0809 => depth += 1,
            0x000a if depth <= 1 => break,
            0x000a => depth -= 1,
            // The rectangle it says it spans, as rows and columns, first and behind the last.
            0x0200 if depth <= 1 => {
                let spans = if data.len() == 10 {
                    [0, 2, 4, 6].map(|at| short(data, at).map_or(0, u64::from))
                } else {
                    let (rows, columns) = ([0, 4].map(|at| long(data, at)), [8, 10].map(|at| short(data, at)));
                    let [a, b] = rows.map(|row| row.map_or(0, u64::from));
                    let [c, d] = columns.map(|column| column.map_or(0, u64::from));
                    [a, b, c, d]
                };
                if spans[0] > spans[1] || spans[1] * spans[3] > XLS_SHEET {
                    return Err(damaged(named, "a sheet says it spans more than a sheet can"));
                }
            }
            // Numbers, texts, truth values and formulas; of several numbers in a row, the last column stands at the end.
            0x0006 | 0x00bd | 0x00d6 | 0x00fd | 0x0203..=0x0205 | 0x027e if depth <= 1 => {
                let (Some(row), Some(column)) = (short(data, 0), short(data, 2)) else { continue };
                let right = if kind == 0x00bd { short(data, data.len().saturating_sub(2)) } else { None };
                first = (first.0.min(row), first.1.min(column));
                last = (last.0.max(row), last.1.max(column).max(right.unwrap_or(0)));
            }
            _ => {}
        }
    }
    let span = |first: u16, last: u16| (u64::from(last) + 1).saturating_sub(u64::from(first));
    Ok(span(first.0, last.0) * span(first.1, last.1))
}

/// The records of an XLS stream: kind and data, up to one that is cut short.
struct Records<'s>(&'s [u8]);

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (kind, length) = (short(self.0, 0)?, usize::from(short(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = &self.0[4 + length..];
        Some((kind, data))
    }
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// Whether the workbook asks to be calculated when it is opened: then its writer calculated nothing, and wrote 0 for what
/// formulas give.
pub(super) fn is_uncalculated(named: &Named, file: &mut File) -> Result<bool, Fault> {
    let mut asks = false;
    let mut archive = zip::ZipArchive::new(BufReader::new(&mut *file)).map_err(|e| damaged(named, &e.to_string()))?;
    let names = archive.file_names().flatten().map(std::borrow::Cow::into_owned);
    let parts: Vec<String> = names.filter(|name| name.to_lowercase().ends_with("workbook.xml")).collect();
    for part in parts {
        let part = archive.by_name(&part).map_err(|error| damaged(named, &error.to_string()))?;
        let mut xml = quick_xml::Reader::from_reader(BufReader::new(part.take(SMALL)));
        let mut buffer = Vec::new();
        loop {
            match xml.read_event_into(&mut buffer).map_err(|error| of_xml(named, error))? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == "calcPr" => {
                    let found = tag.try_get_attribute("fullCalcOnLoad").ok().flatten();
                    asks |= found.is_some_and(|found| matches!(found.value.as_ref(), "1" | "true"));
                }
                Event::Eof => break,
                _ => buffer.clear(),
            }
        }
    }
    file.rewind().map_err(|error| damaged(named, &error.to_string()))?;
    Ok(asks)
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Calls into the library, which panics on some damaged files: then nothing comes of it. What it says is printed nowhere, since it may quote a cell.
pub(super) fn quietly<T>(call: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(true);
    let called = catch_unwind(AssertUnwindSafe(call));
    QUIET.set(false);
    called.ok()
}

/// That the library panicked.
pub(super) fn contradicts_itself(named: &Named) -> Fault {
    damaged(named, "what stands in it contradicts itself")
}
