//! What the city promises: the same bytes again, files its mappings read, and nobody's number in the clear.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::cell::Cell;
use crate::dictionary::Dictionary;
use crate::export::encoding::Sniffer;
use crate::export::{Member, RawRow, open_rows};
use crate::keys::InstallationKey;
use crate::mapping::{Mapping, RowPeriod, shipped};

/// One file as its mapping reads it.
struct Read {
    rows: Vec<BTreeMap<String, String>>,
    rejects: Vec<(String, bool)>,
    periods: BTreeSet<String>,
    max_reject_per_10_000: u32,
}

struct Mappings(Dictionary, Vec<Mapping>);

impl Mappings {
    fn shipped() -> Self {
        let dictionary = crate::shipped::dictionary().unwrap();
        let mappings = shipped(&dictionary).unwrap();
        Self(dictionary, mappings)
    }

    fn read(&self, file: &SampleFile) -> Read {
        let mapping = self.1.iter().find(|mapping| mapping.name.as_str() == file.mapping).unwrap();
        let fitting: Vec<_> = self.1.iter().filter(|mapping| mapping.matches_file(&file.name)).collect();
        assert_eq!(fitting.len(), 1, "{} fits one mapping alone", file.name);
        let table = &self.0.tables[&mapping.table];
        let mut sniffer = Sniffer::default();
        sniffer.feed(&file.bytes);
        let (format, encoding) = sniffer.finish().unwrap();
        let member = Member { name: None, format, encoding, bytes: file.bytes.len() as u64 };
        let mut bytes = file.bytes.as_slice();
        let mut source = open_rows(&file.name, &member, &mut bytes, &mapping.read_rule()).unwrap();
        let period = mapping.file_period(&file.name, None).unwrap();
        let key = InstallationKey::new([7; 32]);
        let reader = mapping.bind(table, &key, &file.name, source.layout(), period).unwrap();
        let max_reject_per_10_000 = mapping.max_reject_per_10_000;
        let mut read = Read { rows: vec![], rejects: vec![], periods: BTreeSet::new(), max_reject_per_10_000 };
        let mut raw = RawRow::default();
        while source.next(&mut raw).unwrap() {
            let mut cells = Vec::new();
            match reader.read(&raw, &mut cells) {
                Err(reject) => read.rejects.push((reject.code, reject.counts)),
                Ok(period) => {
                    if let RowPeriod::Of(period) = period {
                        read.periods.insert(period.to_string());
                    }
                    let names = table.columns().into_iter().map(|column| column.name.to_string());
                    read.rows.push(names.zip(cells.iter().map(text)).collect());
                }
            }
        }
        read
    }
}

fn text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Text(text) => text.to_string(),
        Cell::Int(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) => moment.to_string(),
        Cell::Flag(flag) => flag.to_string(),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_others() {
    assert_eq!(city(7, 2_000), city(7, 2_000));
    assert_ne!(city(7, 2_000), city(8, 2_000));
    assert_eq!(corrected(7, 2_000), corrected(7, 2_000));
    let names: Vec<String> = city(7, 0).into_iter().map(|file| file.name).collect();
    assert_eq!(names.len(), 18);
    assert_eq!((names[5].as_str(), names[17].as_str()), ("card-2026-01.csv", "payments-2026-Q3.csv"));
}

#[test]
fn every_file_is_read_by_its_mapping_but_for_the_planted_rows() {
    let mappings = Mappings::shipped();
    let (mut expenses, mut payments) = (0, 0);
    for file in city(7, 20_000) {
        let read = mappings.read(&file);
        let counted = |wanted: &str| read.rejects.iter().filter(|(code, _)| code == wanted).count();
        let all =
            [counted("total-row"), counted("blank-row"), counted("date-unreadable"), counted("amount-unreadable")];
        let bad = read.rejects.iter().filter(|(_, counts)| *counts).count();
        let most = (read.rows.len() + bad) * read.max_reject_per_10_000 as usize / 3;
        assert!(bad * 10_000 <= most, "{}: {bad} of {}, {:?}", file.name, read.rows.len(), read.rejects);
        assert_eq!(all.iter().sum::<usize>(), read.rejects.len(), "{}: {:?}", file.name, read.rejects);
        match file.mapping {
            "sample-card-expense" => {
                assert_eq!(all, [1, 1, 2, 1], "{}", file.name);
                assert_eq!(read.periods, [file.name[5..12].to_owned()].into());
                expenses += read.rows.len();
            }
            "sample-payment" => {
                assert_eq!(all, [1, 0, 1, 0], "{}", file.name);
                assert_eq!(read.periods, [file.name[9..16].to_owned()].into());
                payments += read.rows.len();
            }
            _ => assert_eq!((all, read.periods.len()), ([0; 4], 0), "{}", file.name),
        }
        let rows = match file.mapping {
            "sample-department" => 40,
            "sample-employee" => 300,
            "sample-card" => 68,
            "sample-vendor" | "sample-vendor-account" => 400,
            _ => continue,
        };
        assert_eq!(read.rows.len(), rows, "{}", file.name);
    }
    assert_eq!((expenses, payments), (20_000, 10_000));
}

#[test]
fn nobodys_number_is_read_in_the_clear() {
    let mappings = Mappings::shipped();
    let town = Town::new(7);
    let people = town.people.iter().flat_map(|person| [&person.resident_no, &person.account_no]);
    let vendors = town.vendors.iter().map(|vendor| &vendor.account_no);
    let cards = town.cards.iter().map(|card| &card.no);
    let secrets: BTreeSet<String> = people.chain(vendors).chain(cards).map(|secret| digits(secret)).collect();
    assert!(secrets.iter().all(|secret| secret.len() >= 11));
    for file in city(7, 2_000) {
        for row in mappings.read(&file).rows {
            for (name, cell) in row {
                // A keyed hash is digits too, and chance alone decides which.
                if !name.ends_with("_key") {
                    assert!(!secrets.contains(&digits(&cell)), "{}: {name}", file.name);
                }
                for secret in town.people.iter().map(|person| &person.resident_no) {
                    assert!(!cell.contains(secret.as_str()), "{}: {name}", file.name);
                }
            }
        }
    }
}

#[test]
fn an_account_shared_with_an_employee_has_one_key_and_no_other_has() {
    let mappings = Mappings::shipped();
    let files = city(7, 0);
    let keys = |mapping: &str| -> Vec<(String, String)> {
        let file = files.iter().find(|file| file.mapping == mapping).unwrap();
        let rows = mappings.read(file).rows;
        let who = |row: &BTreeMap<String, String>| row.get("employee_no").or(row.get("vendor_no")).unwrap().clone();
        rows.iter().map(|row| (row["account_no_key"].clone(), who(row))).collect()
    };
    let employees: BTreeMap<_, _> = keys("sample-employee").into_iter().collect();
    let shared: Vec<_> =
        keys("sample-vendor-account").into_iter().filter(|(key, _)| employees.contains_key(key)).collect();
    assert_eq!(employees.len(), 300);
    assert_eq!(shared.len(), 2);
}

#[test]
fn one_business_number_has_a_wrong_check_digit() {
    let town = Town::new(7);
    let wrong: Vec<usize> = (0..town.vendors.len())
        .filter(|at| {
            let number = crate::value::business_number::business_number(&town.vendors[*at].business_no);
            !number.unwrap().check_digit_holds()
        })
        .collect();
    assert_eq!(wrong, [town::MISTYPED]);
}

#[test]
fn the_days_off_are_those_of_the_calendar() {
    let calendar = crate::calendar::parse_calendar("kr.csv", crate::shipped::CALENDAR).unwrap();
    for day in days::days(true).into_iter().chain(days::days(false)) {
        assert_eq!(calendar.is_day_off(day).ok(), Some(days::is_off(day)), "{day}");
    }
}

/// Findings counted from the rows as read, by the words of the scenarios' own README; the engine's tests run the queries.
#[test]
fn what_is_told_is_there_and_what_is_ordinary_stays_so() {
    let mappings = Mappings::shipped();
    for (seed, rows) in [(7, 20_000), (1, 5_000), (2, 700)] {
        let files = city(seed, rows);
        let told = expected(seed, rows);
        let of = |mapping: &str| -> Vec<BTreeMap<String, String>> {
            files.iter().filter(|f| f.mapping == mapping).flat_map(|file| mappings.read(file).rows).collect()
        };
        let cards = card_findings(&of("sample-card-expense"));
        for (scenario, found) in cards {
            assert_eq!((scenario, found as u32), (scenario, told[scenario]), "seed {seed}, {rows} rows");
        }
        let dear = payment_findings(&of("sample-payment"));
        for (scenario, found) in dear {
            assert_eq!((scenario, found as u32), (scenario, told[scenario]), "seed {seed}, {rows} rows");
        }
        assert_eq!(told.len(), 12);
        if rows == 20_000 {
            let all: u32 = told.values().sum();
            assert!((100..=400).contains(&all), "{all}: {told:?}");
        }
    }
}

type Group<'r> = BTreeMap<Vec<&'r str>, Vec<i64>>;

/// Amounts of the rows that `keep` keeps, by the values of these columns.
fn grouped<'r>(
    rows: &'r [BTreeMap<String, String>],
    by: &[&str],
    keep: impl Fn(&BTreeMap<String, String>, i64) -> bool,
) -> Group<'r> {
    let mut groups = Group::new();
    for row in rows {
        let amount = row["amount"].parse().unwrap();
        if keep(row, amount) {
            groups.entry(by.iter().map(|name| row[*name].as_str()).collect()).or_default().push(amount);
        }
    }
    groups
}

fn card_findings(rows: &[BTreeMap<String, String>]) -> Vec<(&'static str, usize)> {
    let day = |row: &BTreeMap<String, String>| row["spent_on"].parse::<haechi_core::time::Day>().unwrap();
    let people = |row: &BTreeMap<String, String>| row["head_count"].parse::<i64>().ok();
    let hour = |row: &BTreeMap<String, String>| row["spent_at"].get(11..13).map(|hour| hour.parse::<u32>().unwrap());
    let here = ["unit_code", "place", "spent_on"];
    let minute = ["unit_code", "place", "spent_at"];
    let split = grouped(rows, &here, |_, amount| amount > 0 && amount < 500_000);
    let split = split.values().filter(|parts| parts.len() > 1 && parts.iter().sum::<i64>() >= 500_000).count();
    let night = grouped(rows, &minute, |row, _| hour(row).is_some_and(|hour| hour == 23 || hour < 6)).len();
    let off = |row: &BTreeMap<String, String>| {
        let day = day(row);
        chrono::Datelike::year(&day) == 2026 && days::is_off(day)
    };
    let holiday = grouped(rows, &here, |row, _| off(row)).len();
    let mut quarters: BTreeMap<(String, String), u32> = BTreeMap::new();
    for row in rows {
        if (490_000..500_000).contains(&row["amount"].parse::<i64>().unwrap()) {
            let day = day(row);
            let quarter = format!("{} {}", chrono::Datelike::year(&day), chrono::Datelike::month0(&day) / 3);
            *quarters.entry((row["unit_code"].clone(), quarter)).or_default() += 1;
        }
    }
    let dear = grouped(rows, &here, |row, amount| people(row).is_some_and(|people| amount > 40_000 * people)).len();
    let twice = grouped(rows, &["unit_code", "place", "spent_at", "amount"], |row, _| hour(row).is_some());
    let unnamed = grouped(rows, &here, |row, amount| people(row).is_none() && amount >= 500_000).len();
    let outside =
        grouped(rows, &["unit_code", "ledger_month"], |row, _| row["spent_on"][..7] != row["ledger_month"][..7]);
    vec![
        ("card.split-payment", split),
        ("card.late-night", night),
        ("card.holiday", holiday),
        ("card.just-below-limit", quarters.values().filter(|many| **many >= 3).count()),
        ("card.per-head", dear),
        ("card.duplicate", twice.values().filter(|same| same.len() > 1).count()),
        ("card.over-limit-without-headcount", unnamed),
        ("card.date-outside-ledger", outside.len()),
    ]
}

fn payment_findings(rows: &[BTreeMap<String, String>]) -> Vec<(&'static str, usize)> {
    let same = grouped(rows, &["vendor_no", "amount"], |_, amount| amount >= 1_000_000);
    let mut quarters: BTreeMap<(&str, u32), u32> = BTreeMap::new();
    for row in rows {
        if (19_000_000..20_000_000).contains(&row["amount"].parse::<i64>().unwrap()) {
            let month: u32 = row["paid_on"][5..7].parse().unwrap();
            *quarters.entry((row["unit_code"].as_str(), (month - 1) / 3)).or_default() += 1;
        }
    }
    let town = Town::new(7);
    let nos: BTreeMap<&str, usize> = town.vendors.iter().enumerate().map(|(at, one)| (one.no.as_str(), at)).collect();
    let mut gone = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for row in rows.iter().filter(|row| !row["amount"].starts_with('-')) {
        let at = nos[row["vendor_no"].as_str()];
        let vendor = &town.vendors[at];
        let since = vendor.closed_on.or(vendor.suspended_on.filter(|_| vendor.resumed_on.is_none()));
        if since.is_some_and(|since| row["paid_on"] > since.to_string()) {
            gone.insert((row["unit_code"].as_str(), at, row["paid_on"].as_str()));
        }
        if town::SHARED.iter().any(|(vendor, _)| *vendor == at) {
            shared.insert((at, &row["paid_on"][..7]));
        }
    }
    vec![
        ("payment.duplicate", same.values().filter(|same| same.len() > 1).count()),
        ("payment.just-below-limit", quarters.values().filter(|many| **many >= 3).count()),
        ("payment.after-closing", gone.len()),
        ("payment.employee-account", shared.len()),
    ]
}

#[test]
fn the_correction_takes_one_finding_away_and_changes_nothing_else() {
    let mappings = Mappings::shipped();
    let before = city(7, 20_000).into_iter().find(|file| file.name == "card-2026-03.csv").unwrap();
    let [after] = <[SampleFile; 1]>::try_from(corrected(7, 20_000)).unwrap();
    assert_eq!((&after.name, after.mapping), (&before.name, before.mapping));
    let (before, after) = (mappings.read(&before).rows, mappings.read(&after).rows);
    let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    let amounts = |rows: &[&BTreeMap<String, String>]| -> i64 {
        rows.iter().map(|row| row["amount"].parse::<i64>().unwrap()).sum()
    };
    assert_eq!((gone.len(), new.len(), amounts(&gone), amounts(&new)), (3, 1, 522_000, 522_000));
    assert!(gone.iter().chain(&new).all(|row| row["spent_on"] == "2026-03-12" && row["place"] == "해치한정식"));
    assert_eq!(new[0]["head_count"], "18");
    let findings = |rows: &[_]| card_findings(rows).into_iter().map(|(_, found)| found).collect::<Vec<_>>();
    let (mut was, is) = (findings(&before), findings(&after));
    was[0] -= 1;
    assert_eq!(was, is);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_seed_and_no_size_makes_it_panic(seed: u64, rows in 0..500_u32) {
        let files = city(seed, rows);
        prop_assert_eq!(files.len(), 18);
        prop_assert_eq!(corrected(seed, rows).len(), 1);
        prop_assert_eq!(expected(seed, rows).len(), 12);
    }
}
