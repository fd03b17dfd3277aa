//! What lies in the binary: the dictionary, the mappings, the scenarios and the calendar.

use include_dir::{Dir, include_dir};

use crate::dictionary::{Dictionary, Table};
use crate::fault::Fault;
use crate::folder::Folder;

/// `dictionary/*.toml`
pub static DICTIONARY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../dictionary");
/// `mappings/NAME/`
pub static MAPPINGS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../mappings");
/// `scenarios/AREA/NAME/`
pub static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../scenarios");
/// `calendar/kr.csv`
pub static CALENDAR: &str = include_str!("../../../calendar/kr.csv");

/// The shipped dictionary with the tables of `own` (a folder of TOML files; it need not be there) added to it.
///
/// # Errors
///
/// Every fault of every file, and an own table that bears a shipped one's name.
pub fn dictionary_with(own: Option<&std::path::Path>) -> Result<Dictionary, Vec<Fault>> {
    let mut dictionary = Dictionary::default();
    let mut faults = Vec::new();
    let mut add = |folder: Folder| {
        for (file, text) in folder.files.iter().filter(|(file, _)| file.ends_with(".toml")) {
            match Table::parse(&folder.place(file), text) {
                Err(found) => faults.extend(found),
                Ok(table) if dictionary.tables.contains_key(&table.name) => faults.push(Fault::new(
                    "dictionary-table-twice",
                    folder.place(file),
                    format!("There is a table `{}` already.", table.name),
                    "Give the table a name of its own.",
                )),
                Ok(table) => drop(dictionary.tables.insert(table.name.clone(), table)),
            }
        }
    };
    add(Folder::embedded("dictionary", &DICTIONARY));
    if let Some(own) = own.filter(|own| own.exists()) {
        match Folder::read("dictionary", own) {
            Ok(folder) => add(folder),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(dictionary) } else { Err(faults) }
}

/// The shipped dictionary.
///
/// # Errors
///
/// Never in a built binary: a test reads every shipped table.
pub fn dictionary() -> Result<Dictionary, Vec<Fault>> {
    dictionary_with(None)
}
