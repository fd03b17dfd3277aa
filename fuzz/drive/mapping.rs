//! A mapping.toml and an export, both as anybody may write them: parse, bind, read. Whatever they hold, nothing panics.
//!
//! The input is the text of `mapping.toml`, a line `---`, and the export. Used by the fuzz target and by the replay test.

use std::sync::LazyLock;

use haechi_formats::dictionary::Dictionary;
use haechi_formats::export::{Encoding, Format, Member, RawRow, RowSource as _, delimited};
use haechi_formats::folder::Folder;
use haechi_formats::keys::InstallationKey;
use haechi_formats::mapping::{Mapping, guess};

// Read once: it is the same in every run, and reading it takes longer than what is tried.
static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| haechi_formats::shipped::dictionary().unwrap_or_default());

/// One run.
pub(crate) fn drive(input: &str) {
    let (toml, export) = input.split_once("\n---\n").unwrap_or((input, ""));
    let dictionary = &*DICTIONARY;
    let folder = Folder { name: "fuzz".to_owned(), files: [("mapping.toml".to_owned(), toml.to_owned())].into() };
    let Ok(mapping) = Mapping::parse(&folder, dictionary) else { return };
    let table = &dictionary.tables[&mapping.table];
    let member = Member { name: None, format: Format::Delimited, encoding: Encoding::Utf8, bytes: export.len() as u64 };
    let mut bytes = export.as_bytes();
    let Ok(mut source) = delimited::open("fuzz-2017-01.csv", &member, &mut bytes, &mapping.read_rule()) else { return };
    let _ = guess(dictionary, "fuzz.csv", source.layout(), &[]).to_toml();
    let period = mapping.file_period("fuzz-2017-01.csv", None).ok().flatten().or_else(|| "2017-01".parse().ok());
    let key = InstallationKey::new([7; 32]);
    let Ok(reader) = mapping.bind(table, &key, "fuzz.csv", source.layout(), period) else { return };
    let mut row = RawRow::default();
    while let Ok(true) = source.next(&mut row) {
        let mut cells = Vec::new();
        if reader.read(&row, &mut cells).is_ok() {
            assert_eq!(cells.len(), table.columns().len());
            let _ = reader.content_hash(&cells);
        }
    }
}
