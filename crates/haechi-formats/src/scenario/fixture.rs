//! A scenario as it should be, which tests break in one place at a time.

use std::collections::BTreeMap;

use super::Scenario;
use crate::dictionary::{Dictionary, Table};
use crate::folder::Folder;

/// The shipped dictionary.
pub(super) fn dictionary() -> Dictionary {
    let tables = crate::shipped::DICTIONARY.files().map(|file| {
        let table = Table::parse(&file.path().to_string_lossy(), file.contents_utf8().unwrap()).unwrap();
        (table.name.clone(), table)
    });
    Dictionary { tables: tables.collect() }
}

/// The good folder.
pub(super) fn good() -> Folder {
    let files = BTreeMap::from([
        ("scenario.toml".to_owned(), include_str!("fixture/scenario.toml").to_owned()),
        ("query.sql".to_owned(), include_str!("fixture/query.sql").to_owned()),
        ("README.md".to_owned(), include_str!("fixture/README.md").to_owned()),
        ("cases.md".to_owned(), include_str!("fixture/cases.md").to_owned()),
    ]);
    Folder { name: "card/split-payment".to_owned(), files }
}

/// The good folder with `from` replaced by `to` in `file`; `from` must be there.
pub(super) fn with(file: &str, from: &str, to: &str) -> Folder {
    let mut folder = good();
    let text = folder.files.get_mut(file).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    *text = text.replacen(from, to, 1);
    folder
}

/// The good scenario.
pub(super) fn scenario() -> Scenario {
    Scenario::parse(&good(), &dictionary()).unwrap()
}
