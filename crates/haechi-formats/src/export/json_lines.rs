//! JSON Lines: one object a line.

use std::collections::VecDeque;
use std::fmt;
use std::io::{BufRead, Read as _};

use indexmap::IndexMap;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::delimited::refuse_other;
use super::encoding::{UTF8_MARK, decode_cp949};
use super::{Encoding, LONGEST_RECORD, Layout, Member, Named, RawRow, ReadRule, RowSource, RowTrouble, normal_header};
use crate::fault::Fault;

/// Objects whose keys make the header.
const LOOKED_AT: usize = 100;

/// The rows of one member of JSON Lines.
///
/// The header is every key of the first 100 objects, in the order first seen. A key that shows up only later has no column and
/// is passed over; [`JsonLines::unknown_keys`] counts how often. A missing key or `null` is an empty text, a number keeps its
/// digits, an object or array is its text without white space.
pub struct JsonLines<'r> {
    named: Named,
    encoding: Encoding,
    reader: &'r mut dyn BufRead,
    layout: Layout,
    columns: IndexMap<String, usize>,
    waiting: VecDeque<(u64, String)>,
    line: u64,
    unknown_keys: u64,
    bytes: Vec<u8>,
    cells: Vec<String>,
}

/// Finds the header, and stands before the first row. `file` is the file's base name, as faults call it.
///
/// # Errors
///
/// `header-missing` where no object holds a key the mapping knows, `not-text`, `line-too-long`, and what the reader says.
pub fn open<'r>(
    file: &str,
    member: &Member,
    reader: &'r mut dyn BufRead,
    rule: &ReadRule,
) -> Result<JsonLines<'r>, Fault> {
    let named = Named::new(file, member);
    let head = reader.fill_buf().map_err(|error| named.unreadable(error, 1))?;
    refuse_other(&named, head)?;
    let mut source = JsonLines {
        named,
        encoding: member.encoding,
        reader,
        layout: Layout { header_line: 1, delimiter: b'\n', money_unit: 1, ..Layout::default() },
        columns: IndexMap::new(),
        waiting: VecDeque::new(),
        line: 0,
        unknown_keys: 0,
        bytes: Vec::new(),
        cells: Vec::new(),
    };
    let (mut objects, mut kept, mut first_line) = (0, 0, None);
    while objects < LOOKED_AT && kept <= LONGEST_RECORD {
        let Some((line, text)) = source.read_line()? else { break };
        if let Ok(object) = object(&text) {
            objects += 1;
            first_line.get_or_insert(line);
            for (key, _) in object {
                let next = source.columns.len();
                source.columns.entry(key).or_insert(next);
            }
        }
        kept += text.len();
        source.waiting.push_back((line, text));
    }
    source.layout.header = source.columns.keys().cloned().collect();
    source.layout.header_line = first_line.unwrap_or(1);
    let known = |name: &String| rule.known_headers.contains(normal_header(name).as_ref());
    if source.columns.is_empty() || (!rule.known_headers.is_empty() && !source.columns.keys().any(known)) {
        let cells = source.layout.header.clone();
        let lines = if cells.is_empty() {
            Vec::new()
        } else {
            vec![super::header::Line { number: source.layout.header_line, cells }]
        };
        return Err(super::header::missing(&source.named, &lines, rule));
    }
    Ok(source)
}

impl JsonLines<'_> {
    /// How often a key came that none of the first 100 objects has.
    pub const fn unknown_keys(&self) -> u64 {
        self.unknown_keys
    }

    /// The next line that is not blank, as text. Bytes the encoding does not know are `U+FFFD` in it.
    fn read_line(&mut self) -> Result<Option<(u64, String)>, Fault> {
        loop {
            self.bytes.clear();
            let line = self.line + 1;
            let budget = LONGEST_RECORD as u64 + 1;
            let read = (&mut *self.reader)
                .take(budget)
                .read_until(b'\n', &mut self.bytes)
                .map_err(|error| self.named.unreadable(error, line))?;
            if read == 0 {
                return Ok(None);
            }
            if read > LONGEST_RECORD {
                return Err(self.named.too_long(line));
            }
            self.line = line;
            let mut bytes = self.bytes.as_slice();
            if line == 1 {
                bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let mut text = String::new();
            if self.encoding == Encoding::Cp949 {
                decode_cp949(bytes, &mut text);
            } else {
                text.push_str(&String::from_utf8_lossy(bytes));
            }
            return Ok(Some((line, text)));
        }
    }
}

impl RowSource for JsonLines<'_> {
    fn layout(&self) -> &Layout {
        &self.layout
    }

    fn next(&mut self, row: &mut RawRow) -> Result<bool, Fault> {
        let next = match self.waiting.pop_front() {
            Some(waiting) => Some(waiting),
            None => self.read_line()?,
        };
        let Some((line, text)) = next else { return Ok(false) };
        row.line = line;
        row.trouble = None;
        row.fields.clear();
        self.cells.resize(self.columns.len(), String::new());
        self.cells.iter_mut().for_each(String::clear);
        match object(&text) {
            Ok(object) => {
                for (key, value) in object {
                    match self.columns.get(&key).and_then(|at| self.cells.get_mut(*at)) {
                        Some(cell) => write_value(value.get(), cell),
                        None => self.unknown_keys += 1,
                    }
                }
                if self.cells.iter().all(|cell| cell.trim().is_empty()) {
                    row.trouble = Some(RowTrouble::Blank);
                } else if let Some(at) = self.cells.iter().position(|cell| cell.contains('\u{fffd}')) {
                    row.trouble = Some(RowTrouble::Undecodable(at));
                }
            }
            Err(why) => row.trouble = Some(RowTrouble::NotJson(why)),
        }
        self.cells.iter().for_each(|cell| row.fields.push_field(cell));
        Ok(true)
    }
}

/// The members of the object that `text` is, in their order; otherwise why it is none. A key twice is none, because
/// nothing says which of the two holds.
fn object(text: &str) -> Result<Vec<(String, &RawValue)>, String> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = IndexMap::new();
            while let Some((key, value)) = map.next_entry::<String, &RawValue>()? {
                if members.insert(key, value).is_some() {
                    return Err(serde::de::Error::custom("a key is there twice"));
                }
            }
            Ok(members.into_iter().collect())
        }
    }

    let mut reader = serde_json::Deserializer::from_str(text);
    let members = reader.deserialize_map(Members).and_then(|members| reader.end().map(|()| members));
    // The message may quote what stands in the line, which may be personal; its place and kind are enough.
    members.map_err(|error| match error.classify() {
        serde_json::error::Category::Eof => "the object is cut short".to_owned(),
        serde_json::error::Category::Data if error.to_string().starts_with("a key") => {
            "a key is there twice".to_owned()
        }
        serde_json::error::Category::Data => "it is no JSON object".to_owned(),
        _ => format!("it is not JSON from column {} on", error.column()),
    })
}

/// A value as the text of a cell.
fn write_value(raw: &str, cell: &mut String) {
    if raw == "null" {
        return;
    }
    if raw.starts_with('"') {
        // A text the parser has just accepted, so it is read again without fail.
        cell.push_str(&serde_json::from_str::<String>(raw).unwrap_or_default());
        return;
    }
    let (mut quoted, mut escaped) = (false, false);
    for c in raw.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            quoted = true;
        }
        if quoted || !c.is_ascii_whitespace() {
            cell.push(c);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Format;

    const MEMBER: Member = Member { name: None, format: Format::JsonLines, encoding: Encoding::Utf8, bytes: 0 };

    fn rows(text: &str, known: &[&str]) -> Result<(Vec<String>, Vec<RawRow>), Fault> {
        let rule =
            ReadRule { known_headers: known.iter().map(|name| (*name).to_owned()).collect(), ..ReadRule::default() };
        let mut bytes = text.as_bytes();
        let mut source = open("x.jsonl", &MEMBER, &mut bytes, &rule)?;
        let mut rows = Vec::new();
        let mut row = RawRow::default();
        while source.next(&mut row)? {
            rows.push(row.clone());
        }
        Ok((source.layout().header.clone(), rows))
    }

    #[test]
    fn keys_become_columns_and_numbers_keep_their_digits() {
        let text = "{\"dept\":\"총무과\",\"amount\":1234567890.10}\n\n{\"amount\": 1e3, \"who\": {\"n\": [1, \"a b\"]}, \"dept\": null}\n";
        let (header, rows) = rows(text, &["dept", "amount"]).unwrap();
        assert_eq!(header, ["dept", "amount", "who"]);
        assert_eq!(rows[0].fields, vec!["총무과", "1234567890.10", ""]);
        assert_eq!(rows[1].fields, vec!["", "1e3", "{\"n\":[1,\"a b\"]}"]);
        assert_eq!((rows[0].line, rows[1].line), (1, 3));
        assert!(rows.iter().all(|row| row.trouble.is_none()));
    }

    #[test]
    fn a_line_that_is_no_object_is_a_row_in_trouble_and_quotes_nothing() {
        let (_, rows) = rows("{\"a\":1}\n[1]\n{\"a\":\n{\"a\":1,\"a\":2}\n{\"a\":800101-1234567}\n", &["a"]).unwrap();
        let why: Vec<_> = rows.into_iter().map(|row| row.trouble).collect();
        assert_eq!(why[0], None);
        assert_eq!(why[1], Some(RowTrouble::NotJson("it is no JSON object".to_owned())));
        assert_eq!(why[2], Some(RowTrouble::NotJson("the object is cut short".to_owned())));
        assert_eq!(why[3], Some(RowTrouble::NotJson("a key is there twice".to_owned())));
        assert!(matches!(&why[4], Some(RowTrouble::NotJson(why)) if !why.contains("800101")));
    }

    #[test]
    fn objects_without_a_known_key_are_another_export() {
        assert_eq!(rows("{\"x\":1}\n", &["dept"]).unwrap_err().code, "header-missing");
        assert_eq!(rows("nothing\n", &["dept"]).unwrap_err().code, "header-missing");
    }

    #[test]
    fn a_line_without_end_is_refused_before_it_fills_memory() {
        let text = format!("{{\"a\":1}}\n{{\"a\":\"{}\"}}\n", "x".repeat(LONGEST_RECORD));
        let fault = rows(&text, &["a"]).unwrap_err();
        assert_eq!((fault.code, fault.place.line), ("line-too-long", Some(2)));
    }
}
