//! The real exports of two governments, whole. They lie beside the repository, not in it; without them this is skipped.

use std::path::{Path, PathBuf};

use super::tests::dictionary;
use super::*;
use crate::cell::Cell;
use crate::export::{RawRow, RowSource as _, archive, delimited, survey};
use crate::keys::InstallationKey;

/// The folder of real data: `HAECHI_REAL_DATA`, or `../shared/data` beside the repository.
fn real_data(folder: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let path = std::env::var_os("HAECHI_REAL_DATA").map_or_else(beside, PathBuf::from).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: the real exports are not at {}", path.display());
    None
}

/// What became of one file, or of all members of an archive.
#[derive(Default, Debug)]
struct Tally {
    raw: usize,
    rows: usize,
    money: i64,
    rejects: Vec<String>,
    periods: std::collections::BTreeSet<String>,
    without_day: usize,
}

fn import(mapping: &Mapping, path: &Path) -> Tally {
    let dictionary = dictionary();
    let table = &dictionary.tables[&mapping.table];
    let place = |name: &str| table.columns().iter().position(|column| column.name.as_str() == name).unwrap();
    let (amount, day) = (place("amount"), place(table.happened_on.as_ref().unwrap().as_str()));
    let key = InstallationKey::new([7; 32]);
    let surveyed = survey::survey(path).unwrap();
    let mut tally = Tally::default();
    archive::for_each_member(path, &surveyed, |_, member, reader| -> Result<(), Fault> {
        let name = member.name.as_deref().unwrap_or(&surveyed.file);
        if !mapping.matches_file(name) {
            return Ok(());
        }
        let mut source = delimited::open(name, member, reader, &mapping.read_rule())?;
        let period = mapping.file_period(name, None)?;
        let bound = mapping.bind(table, &key, name, source.layout(), period)?;
        let mut raw = RawRow::default();
        while source.next(&mut raw)? {
            tally.raw += 1;
            let mut cells = Vec::new();
            match bound.read(&raw, &mut cells) {
                Err(reject) => tally.rejects.push(format!("{name}:{} {}", raw.line, reject.code)),
                Ok(period) => {
                    tally.rows += 1;
                    if let RowPeriod::Of(period) = period {
                        tally.periods.insert(period.to_string());
                    }
                    if let Cell::Int(amount) = cells[amount] {
                        tally.money += amount;
                    }
                    tally.without_day += usize::from(cells[day] == Cell::Null);
                }
            }
        }
        Ok(())
    })
    .unwrap();
    assert_eq!(tally.raw, tally.rows + tally.rejects.len());
    tally
}

fn mapping(name: &str) -> Mapping {
    shipped(&dictionary()).unwrap().into_iter().find(|mapping| mapping.name.as_str() == name).unwrap()
}

/// The files of a folder that the mapping reads, by name.
fn files(folder: &Path, mapping: &Mapping) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .filter(|(name, _)| mapping.matches_file(name))
        .collect();
    files.sort();
    files
}

#[test]
fn all_of_seouls_payments_are_read_and_no_won_is_lost() {
    let Some(folder) = real_data("seoul-card-expense") else { return };
    let tally = import(&mapping("seoul-card-expense"), &folder.join("2017-2018.tar.gz"));
    assert_eq!(tally.rejects, Vec::<String>::new());
    assert_eq!((tally.rows, tally.money), (142_350, 19_014_497_929));
    assert_eq!((tally.periods.len(), tally.without_day), (24, 0));
}

#[test]
fn all_of_oxfords_spending_is_read_but_for_the_line_of_xxx() {
    let Some(folder) = real_data("oxford") else { return };
    let mapping = mapping("oxford-spending");
    let files = files(&folder, &mapping);
    assert_eq!(files.len(), 12);
    let mut total = Tally::default();
    for (name, path) in files {
        let tally = import(&mapping, &path);
        assert_eq!(tally.periods.len(), 1, "{name}");
        let unknown = if name == "spending-apr-jun-2014.csv" { tally.rows } else { 0 };
        assert_eq!(tally.without_day, unknown, "{name}");
        total.rows += tally.rows;
        total.money += tally.money;
        total.rejects.extend(tally.rejects);
    }
    assert_eq!(total.rejects, ["spending-jan-mar-2014.csv:3861 required-missing"]);
    assert_eq!((total.rows, total.money), (45_229, 16_548_145_660));
}

#[test]
fn all_of_oxfords_card_payments_are_read() {
    let Some(folder) = real_data("oxford") else { return };
    let mapping = mapping("oxford-cards");
    let files = files(&folder, &mapping);
    let tallies: Vec<Tally> = files.iter().map(|(_, path)| import(&mapping, path)).collect();
    let rows: Vec<usize> = tallies.iter().map(|tally| tally.rows).collect();
    assert_eq!(rows, [653, 278, 1141, 284, 261]);
    assert!(tallies.iter().all(|tally| tally.rejects.is_empty() && tally.periods.len() == 1));
    assert_eq!(tallies.iter().map(|tally| tally.money).sum::<i64>(), 32_252_097);
}
