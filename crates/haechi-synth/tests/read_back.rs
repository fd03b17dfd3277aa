//! What is written is read back by the shipped mappings: by one each, without a row set aside, and with nobody's number in the
//! clear. Workbooks are read by the engine's tests.
#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use haechi_formats::cell::Cell;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::export::encoding::Sniffer;
use haechi_formats::export::{Member, RawRow, open_rows};
use haechi_formats::keys::InstallationKey;
use haechi_formats::mapping::{Mapping, shipped};
use haechi_synth::{City, write};

struct Read {
    rows: u64,
    /// Codes of rows set aside that count.
    rejects: Vec<String>,
    /// Cells that hold a resident number in the clear.
    plain: Vec<String>,
}

fn read(dictionary: &Dictionary, mapping: &Mapping, file: &Path) -> Read {
    let name = file.file_name().unwrap().to_str().unwrap();
    let bytes = std::fs::read(file).unwrap();
    let mut sniffer = Sniffer::default();
    sniffer.feed(&bytes);
    let (format, encoding) = sniffer.finish().unwrap();
    let member = Member { name: None, format, encoding, bytes: bytes.len() as u64 };
    let mut bytes = bytes.as_slice();
    let mut source = open_rows(name, &member, &mut bytes, &mapping.read_rule()).unwrap();
    let period = mapping.file_period(name, None).unwrap();
    let key = InstallationKey::new([7; 32]);
    let table = &dictionary.tables[&mapping.table];
    let reader = mapping.bind(table, &key, name, source.layout(), period).unwrap();
    let mut read = Read { rows: 0, rejects: Vec::new(), plain: Vec::new() };
    let mut raw = RawRow::default();
    while source.next(&mut raw).unwrap() {
        let mut cells = Vec::new();
        match reader.read(&raw, &mut cells) {
            Ok(_) => read.rows += 1,
            Err(reject) if reject.counts => read.rejects.push(reject.code),
            Err(_) => {}
        }
        let texts =
            cells.iter().filter_map(|cell| if let Cell::Text(text) = cell { Some(text.to_string()) } else { None });
        read.plain.extend(texts.filter(|text| is_resident_no(text)));
    }
    read
}

/// A day of birth, a mark and seven digits.
fn is_resident_no(text: &str) -> bool {
    let Some((born, rest)) = text.split_once('-') else { return false };
    let digits = |text: &str, many| text.len() == many && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(born, 6) && digits(rest, 7) && ("01".."13").contains(&&born[2..4])
}

#[test]
fn every_file_is_read_by_one_mapping_without_a_row_set_aside_and_with_nobodys_number_in_the_clear() {
    let dictionary = haechi_formats::shipped::dictionary().unwrap();
    let mappings = shipped(&dictionary).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let city = City::new(7, 5_000, 12).unwrap();
    let mut files: BTreeMap<String, (PathBuf, u64)> = BTreeMap::new();
    for written in write(&city, folder.path(), |_| ()).unwrap() {
        // Of monthly files the last is as good as any.
        files.insert(written.mapping, (written.file, written.rows));
    }
    for (name, (file, written)) in
        files.iter().filter(|(_, (file, _))| file.extension().is_some_and(|end| end == "csv"))
    {
        let base = file.file_name().unwrap().to_str().unwrap();
        let fitting: Vec<&Mapping> = mappings.iter().filter(|mapping| mapping.matches_file(base)).collect();
        assert_eq!(fitting.iter().map(|mapping| mapping.name.as_str()).collect::<Vec<_>>(), [name], "{base}");
        let read = read(&dictionary, fitting[0], file);
        assert!(read.rejects.is_empty(), "{base}: {} rejects, {:?} …", read.rejects.len(), read.rejects.first());
        assert!(read.plain.is_empty(), "{base}: {:?}", read.plain.first());
        // A total at the end is written and is no row.
        assert!((read.rows..=read.rows + 1).contains(written), "{base}: {} of {written}", read.rows);
    }
}
