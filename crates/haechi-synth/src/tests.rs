use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

fn written(seed: u64) -> (Vec<Written>, BTreeMap<String, Vec<u8>>) {
    let folder = tempfile::tempdir().unwrap();
    let city = City::new(seed, 5_000, 12).unwrap();
    let written = write(&city, folder.path(), |_| ()).unwrap();
    (written, files(folder.path()))
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
    let (one, two, other) = (written(7).1, written(7).1, written(8).1);
    assert!(one == two);
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    assert!(one["insarang-employees-2026-10-31.xlsx"] != other["insarang-employees-2026-10-31.xlsx"]);
}

#[test]
fn nothing_is_planted_twice_or_a_decoy_too() {
    for (seed, residents, months) in [(1, 5_000, 12), (2, 20_000, 12), (3, 1_000_000, 24), (4, 2_000_000, 36)] {
        let city = City::new(seed, residents, months).unwrap();
        let mut seen = BTreeSet::new();
        for line in stories::truth(&city) {
            assert!(seen.insert((line.scenario.clone(), line.subject.clone())), "twice: {line:?}");
        }
    }
}

#[test]
fn every_scenario_has_three_planted_cases_and_a_decoy() {
    let city = City::new(7, 20_000, 12).unwrap();
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for line in stories::truth(&city) {
        let count = counts.entry(line.scenario).or_default();
        match line.kind {
            Kind::Planted => count.0 += 1,
            Kind::Decoy => count.1 += 1,
            Kind::Implied => {}
        }
    }
    assert_eq!(counts.len(), 44);
    assert!(counts.values().all(|(planted, decoys)| *planted >= 3 && *decoys >= 3), "{counts:?}");
}

#[test]
fn rows_grow_with_residents_and_months_as_offices_of_that_size_have_them() {
    let (files, _) = written(7);
    let of = |mapping: &str| -> u64 {
        files.iter().filter(|written| written.mapping == mapping).map(|written| written.rows).sum()
    };
    // 5,000 residents over twelve months.
    let expected = [
        ("synth-employee", 300..500),
        ("synth-payroll", 10_000..25_000),
        ("synth-login", 100_000..300_000),
        ("synth-overtime", 4_000..40_000),
        ("synth-welfare-payment", 6_000..11_000),
        ("synth-petition", 3_000..5_000),
        ("synth-fee-levy", 2_000..4_500),
        ("synth-arrears", 100..300),
        ("synth-contract", 2_000..4_000),
        ("synth-tax-levy", 18_000..25_000),
        ("synth-collection", 10_000..14_000),
        ("synth-tax-arrears", 400..800),
        ("synth-tax-relief", 400..700),
        ("synth-permit", 300..600),
        ("synth-building", 800..1_000),
        ("synth-refund", 150..300),
        ("synth-payment", 8_000..14_000),
        ("synth-bank-movement", 45_000..75_000),
        ("synth-card-expense", 8_000..25_000),
        ("synth-subsidy-movement", 5_000..14_000),
    ];
    for (mapping, range) in expected {
        assert!(range.contains(&of(mapping)), "{mapping}: {}", of(mapping));
    }
}

#[test]
fn no_account_of_the_body_is_overdrawn() {
    let (_, files) = written(7);
    let mut rows = 0;
    for (_, bytes) in files.iter().filter(|(name, _)| name.starts_with("kumgo-movements")) {
        let text = encoding_rs::EUC_KR.decode(bytes).0;
        for row in csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes()).records().skip(1) {
            let row = row.unwrap();
            rows += 1;
            assert!(!row[8].contains('△'), "{row:?}");
        }
    }
    assert!(rows > 45_000);
}

#[test]
fn no_two_people_share_a_resident_number() {
    use people::{Group, resident_no};
    let city = City::new(7, 1_000_000, 24).unwrap();
    let mut seen = BTreeSet::new();
    let groups = [
        (Group::Employees, 5_000),
        (Group::Citizens, 120_000),
        (Group::Beneficiaries, 150_000),
        (Group::Taxpayers, 450_000),
        (Group::Creditors, 110_000),
        (Group::Representatives, 20_000),
        (Group::Recipients, 100_000),
    ];
    for (group, count) in groups {
        for index in 0..count {
            assert!(seen.insert(resident_no(&city, group, index)), "{group:?} {index}");
        }
    }
}

#[test]
fn a_size_that_cannot_be_made_is_said() {
    assert!(matches!(City::new(7, 10, 12), Err(SynthError::Size(_))));
    assert!(matches!(City::new(7, 20_000, 3), Err(SynthError::Size(_))));
}
