//! Arbitrary bytes as an export: sniffed, opened and read to the end. Used by the fuzz target and by the replay test.

use std::io::BufReader;

use haechi_formats::export::encoding::Sniffer;
use haechi_formats::export::{Format, Member, RawRow, ReadRule, RowTrouble, open_rows};

/// The first byte chooses what the mapping knows and how small the pieces are; the rest is the file.
pub(crate) fn drive(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let piece = usize::from(choice & 0x0f) * 7 + 1;
    let mut sniffer = Sniffer::default();
    bytes.chunks(piece).for_each(|piece| sniffer.feed(piece));
    let Ok((format, encoding)) = sniffer.finish() else { return };
    let member = Member { name: None, format, encoding, bytes: bytes.len() as u64 };
    let mut rule = ReadRule::default();
    if choice & 0x10 != 0 {
        rule.known_headers = ["dept", "amount", "집행 금액", "a"].map(str::to_owned).into();
    }
    if choice & 0x20 != 0 {
        rule.header_lines = Some(2);
    }
    let mut reader = BufReader::with_capacity(piece, bytes);
    let Ok(mut source) = open_rows("fuzz.csv", &member, &mut reader, &rule) else { return };
    let columns = source.layout().header.len();
    let (mut row, mut line, mut read) = (RawRow::default(), source.layout().header_line, 0);
    while let Ok(true) = source.next(&mut row) {
        assert!(row.line > line || format == Format::JsonLines, "lines go forward: {} after {line}", row.line);
        let counted = matches!(row.trouble, None | Some(RowTrouble::Undecodable(_)));
        assert!(!counted || row.fields.len() == columns, "a row that can be read has a field for every column");
        // A character of one byte becomes three at most, and no row is longer than the file.
        assert!(row.fields.as_slice().len() <= bytes.len() * 3, "a row is no longer than its file");
        (line, read) = (row.line, read + 1);
    }
    assert!(read <= bytes.len(), "every row takes a byte");
}
