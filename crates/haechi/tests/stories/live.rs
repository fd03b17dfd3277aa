//! The same rows from files and from the tables of a live database ask the same questions, and lead back to where they lie.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use haechi_core::finding::Finding;
use haechi_testkit::database_servers::{MariaDb, Postgres};
use serde_json::Value;

use crate::city::{City, findings};
use crate::live_table::{Export, Live};

/// The exports that become tables.
const TAKEN: [&str; 10] = [
    "synth-department",
    "synth-employee",
    "synth-petition",
    "synth-road-occupation",
    "synth-fee-levy",
    "synth-arrears",
    "synth-seizure",
    "synth-vendor",
    "synth-contract",
    "synth-sanction",
];

/// The exports of the invented government by mapping.
fn invented(city: &City) -> BTreeMap<String, Vec<PathBuf>> {
    let out = city.path("exports");
    let arguments = ["synth", "--residents", "5000", "--months", "12", "--seed", "7", "--text", "--out"];
    let written = crate::city::Ran::of(crate::city::program().args(arguments).arg(&out)).ends_with(0).text();
    let mut files: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for line in written.lines() {
        let mut parts = line.split('\t');
        let (mapping, file) = (parts.next().unwrap(), parts.next().unwrap());
        if TAKEN.contains(&mapping) {
            files.entry(mapping.to_owned()).or_default().push(file.into());
        }
    }
    assert_eq!(files.len(), TAKEN.len());
    files
}

fn table_of(mapping: &str) -> String {
    mapping.trim_start_matches("synth-").replace('-', "_")
}

/// Takes a table of the live database as one period; rows dated outside it stay in it.
fn take(city: &City, mapping: &str, table: &str) -> Value {
    let from = format!("efinance:{table}");
    let arguments = ["snapshot", "take", "--mapping", mapping, "--from", &from, "--period", "2026", "--format", "json"];
    city.haechi(&arguments).ends_with(0).json()
}

fn detect(city: &City) -> Vec<u8> {
    city.haechi(&["detect", "--format", "jsonl", "--as-of", "2026-10-31"]).ends_with(0).stdout
}

/// Recomputes every finding from the snapshots it cites.
fn verify(city: &City, lines: &[u8]) {
    let file = city.write("findings.jsonl", lines);
    city.haechi(&["verify", file.to_str().unwrap()]).ends_with(0);
}

/// What a finding says, apart from where its rows lie.
fn said(finding: &Finding) -> String {
    let Finding { key, subject, responsible, occurred_on, amount, currency, facts, explanation, .. } = finding;
    format!(
        "{key} {subject:?} {responsible:?} {occurred_on:?} {amount:?} {currency:?} {facts:?} {} {}",
        explanation.ko, explanation.en
    )
}

/// What the files of an export say, what its table says, and where each row lies in both.
fn compare(live: &Live) {
    let by_file = City::new();
    let files = invented(&by_file);
    let exports: BTreeMap<String, Export> =
        files.iter().map(|(mapping, files)| (mapping.clone(), Export::read(files))).collect();
    let by_table = City::with_the_key_of(&by_file);
    live.name_in(&by_table);
    for (mapping, export) in &exports {
        by_file.take(mapping, &files[mapping]);
        live.fill(&table_of(mapping), export);
        let taken = take(&by_table, mapping, &table_of(mapping));
        let record = &taken["load"]["files"][0];
        assert_eq!(record["rows_out"], export.rows.len(), "{mapping}: {record}");
        assert_eq!(record["live"]["database"], "efinance");
        assert_eq!(record["live"]["key"], serde_json::json!([export.header[0]]));
    }
    let lines = detect(&by_table);
    let (from_files, from_tables) = (findings(&detect(&by_file)), findings(&lines));
    assert!(from_files.len() > 20, "{} findings", from_files.len());
    assert_eq!(from_files.iter().map(said).collect::<Vec<_>>(), from_tables.iter().map(said).collect::<Vec<_>>());

    let keys: BTreeMap<(String, u64), String> = exports.values().flat_map(Export::keys).collect();
    for (file, table) in from_files.iter().zip(&from_tables) {
        let lines: BTreeSet<&str> =
            file.evidence.iter().map(|row| keys[&(row.file.clone(), row.line)].as_str()).collect();
        let mut rows = BTreeSet::new();
        for row in &table.evidence {
            let found = row.live.as_ref().unwrap();
            assert_eq!(found.database, "efinance");
            assert!(found.table.ends_with(row.table.as_str()), "{found}");
            assert_eq!(found.key.len(), 1);
            rows.insert(found.key[0].as_str());
        }
        assert_eq!(lines, rows, "{}", file.key);
    }
    // The same again is known, and every finding follows from the snapshots it cites.
    assert_eq!(take(&by_table, "synth-petition", "petition")["known"], true);
    verify(&by_table, &lines);
    by_table.haechi(&["snapshot", "verify"]).ends_with(0);
}

#[test]
fn tables_of_postgres_ask_the_same_questions_as_their_exports() {
    compare(&Live::Postgres(Postgres::start()));
}

#[test]
fn tables_of_mariadb_ask_the_same_questions_as_their_exports() {
    compare(&Live::MariaDb(MariaDb::start()));
}

#[test]
fn tables_of_sqlite_ask_the_same_questions_as_their_exports() {
    let folder = tempfile::tempdir().unwrap();
    compare(&Live::Sqlite(folder.path().join("finance.db")));
}

/// Three petitions, of which two were answered late.
const PETITIONS: [&str; 4] = [
    "CREATE TABLE petition (접수번호 varchar(20) PRIMARY KEY, 민원사무코드 text, 민원사무명 text, 처리부서코드 text, 담당자번호 text, \
     신청인 text, 접수일 date, 당초처리기한 date, 처리기한 date, 연장횟수 integer, 정지일수 integer, 처리일 date, 처리상태 text)",
    "INSERT INTO petition VALUES ('P-1', 'C1', '건축신고', 'D1', 'E1', '홍길동', '2026-03-02', '2026-03-09', '2026-03-09', 0, 0, '2026-03-30', '수리')",
    "INSERT INTO petition VALUES ('P-2', 'C1', '건축신고', 'D1', 'E1', '김해치', '2026-03-02', '2026-03-09', '2026-03-09', 0, 0, '2026-03-05', '수리')",
    "INSERT INTO petition VALUES ('P-3', 'C1', '건축신고', 'D1', 'E1', '이나무', '언젠가', '2026-03-09', '2026-03-09', 0, 0, NULL, '처리중')",
];

fn petitions() -> (City, Live) {
    let city = City::new();
    let live = Live::Sqlite(city.path("finance.db"));
    live.write(PETITIONS.map(str::to_owned));
    live.name_in(&city);
    (city, live)
}

#[test]
fn a_row_that_does_not_fit_is_named_by_its_key_and_stops_the_load_like_a_files() {
    let (city, live) = petitions();
    let arguments =
        ["snapshot", "take", "--mapping", "synth-petition", "--from", "efinance:petition", "--period", "2026"];
    let stopped = city.haechi(&arguments).ends_with(11).stderr;
    assert!(stopped.contains("1 of 3 rows do not fit"), "{stopped}");
    let load = stopped.split("--load ").nth(1).unwrap().split('`').next().unwrap();
    let rejects = city.haechi(&["snapshot", "rejects", "--load", load, "--format", "json"]).ends_with(0).json();
    assert_eq!(rejects[0]["live"]["key"], serde_json::json!({"접수번호": "P-3"}));

    live.write(["DELETE FROM petition WHERE 접수번호 = 'P-3'".to_owned()]);
    assert_eq!(take(&city, "synth-petition", "petition")["load"]["files"][0]["rows_out"], 2);
}

#[test]
fn the_same_rows_are_the_same_snapshot_and_other_rows_another() {
    let (city, live) = petitions();
    live.write(["DELETE FROM petition WHERE 접수번호 = 'P-3'".to_owned()]);
    let snapshot = |taken: &Value| taken["load"]["snapshots"][0]["id"].clone();
    let first = take(&city, "synth-petition", "petition");
    assert_eq!(take(&city, "synth-petition", "petition")["known"], true);
    live.write([PETITIONS[1].replace("P-1", "P-0")]);
    let second = take(&city, "synth-petition", "petition");
    live.write(["DELETE FROM petition WHERE 접수번호 = 'P-0'".to_owned()]);
    let third = take(&city, "synth-petition", "petition");
    assert_ne!(snapshot(&first), snapshot(&second));
    assert_eq!(snapshot(&first), snapshot(&third));
    city.haechi(&["snapshot", "verify"]).ends_with(0);

    let without = ["snapshot", "take", "--mapping", "synth-petition", "--from", "efinance:petition"];
    let refused = city.haechi(&without).ends_with(10).stderr;
    assert!(refused.contains("--period"), "{refused}");
}

#[test]
fn evidence_stays_true_when_the_live_table_goes_on() {
    let (city, live) = petitions();
    live.write(["DELETE FROM petition WHERE 접수번호 = 'P-3'".to_owned()]);
    take(&city, "synth-petition", "petition");
    let lines = detect(&city);
    let [late] = findings(&lines).try_into().unwrap();
    assert_eq!(late.evidence[0].place(), "efinance:petition (접수번호 P-1)");
    city.haechi(&["report", "--out", "report.html"]).ends_with(0);
    let report = std::fs::read_to_string(city.path("report.html")).unwrap();
    assert!(report.contains("efinance:petition (접수번호 P-1)"));

    // A petition that came late shifts the rows after it, and the one that was asked about is put right.
    live.write([
        PETITIONS[2].replace("P-2", "P-0"),
        "UPDATE petition SET 처리일 = '2026-03-06' WHERE 접수번호 = 'P-1'".to_owned(),
    ]);
    verify(&city, &lines);
    take(&city, "synth-petition", "petition");
    assert_eq!(findings(&detect(&city)), []);
    verify(&city, &lines);
    let told = city.haechi(&["findings", "history", &late.key.short(), "--lang", "en"]).ends_with(0).text();
    let row = "efinance:petition (접수번호 P-1)";
    assert!(told.contains("the source was corrected"), "{told}");
    assert!(told.contains(&format!("before: {row}")) && told.contains(&format!("after: {row}")), "{told}");
}

#[test]
fn addresses_and_passwords_stand_where_they_should_or_nothing_is_read() {
    let (city, _live) = petitions();
    let take = |from: &str| city.haechi(&["snapshot", "take", "--mapping", "synth-petition", "--from", from]);
    let address = take("postgres://reader:hunter2@10.1.2.3/finance").ends_with(10).stderr;
    assert!(address.contains("databases.toml") && !address.contains("hunter2"), "{address}");
    assert!(take("ledger:petition").ends_with(10).stderr.contains("there are: efinance"));
    assert!(take("efinance:petitions").ends_with(10).stderr.contains("petition"));
    assert!(take("efinance").ends_with(15).stderr.contains("--from efinance:TABLE"));
    let journal = std::fs::read_to_string(city.data().join("journal.jsonl")).unwrap();
    assert!(!journal.contains("hunter2"), "{journal}");

    let listed = city.haechi(&["database", "list"]).ends_with(0).text();
    assert!(listed.contains("efinance") && listed.contains("SQLite in"), "{listed}");
    let checked = city.haechi(&["database", "check", "efinance", "--format", "json"]).ends_with(0).json();
    assert_eq!(checked[0]["table"], "petition");

    let toml = "[database.efinance]\nurl = \"postgres://reader:hunter2@10.1.2.3/finance\"\n";
    std::fs::write(city.data().join("databases.toml"), toml).unwrap();
    let refused = take("efinance:petition").ends_with(10).stderr;
    assert!(refused.contains("carries a password") && !refused.contains("hunter2"), "{refused}");
}

#[test]
fn a_key_that_is_somebodys_number_is_not_kept_in_plain() {
    let city = City::new();
    let live = Live::Sqlite(city.path("finance.db"));
    live.write([
        "CREATE TABLE death (주민등록번호 text PRIMARY KEY, 자료번호 text, 사망일 text, 신고일 text, 자료반영일 text)"
            .to_owned(),
        "INSERT INTO death VALUES ('850312-1234561', '1', '언젠가', '2026-03-02', '2026-03-03')".to_owned(),
        "INSERT INTO death VALUES ('900101-2345678', '2', '언젠가', '2026-03-02', '2026-03-03')".to_owned(),
    ]);
    live.name_in(&city);
    let arguments = ["snapshot", "take", "--mapping", "synth-death", "--from", "efinance:death"];
    let stopped = city.haechi(&arguments).ends_with(11).stderr;
    let load = stopped.split("--load ").nth(1).unwrap().split('`').next().unwrap();
    let rejects = city.haechi(&["snapshot", "rejects", "--load", load, "--format", "json"]).ends_with(0).text();
    let keys: Vec<String> = serde_json::from_str::<Vec<Value>>(&rejects)
        .unwrap()
        .iter()
        .map(|reject| reject["live"]["key"]["주민등록번호"].as_str().unwrap().to_owned())
        .collect();
    assert!(keys[0].starts_with("850312-1******#") && keys[1].starts_with("900101-2******#"), "{keys:?}");
    assert!(!rejects.contains("1234561") && !rejects.contains("2345678"), "{rejects}");
}
