//! No resident, account or card number in plain: not on disk, not in any output, not in any error.

use std::collections::BTreeMap;

use haechi_core::ids::Government;
use haechi_detect::run::Scene;
use haechi_detect::session::{self, Limits};
use haechi_detect::store::DataFolder;

use crate::place::{Ended, Place, read_all};

/// Invented numbers, as the exports below write them.
const SECRETS: [&str; 8] = [
    "850312-1234561",
    "900101-2345678",
    "770707-1777777",
    "110-234-567890",
    "3333-01-1234567",
    "020-55-667788-9",
    "9410-1234-5678-9012",
    "5409-2600-1111-2222",
];

const EMPLOYEES: &str = "\
직원번호,성명,직위,주민등록번호,급여계좌,임용일
E7,홍길동,주무관,850312-1234561,110-234-567890,2010-01-01
E8,김해치,팀장,770707-1777777,3333-01-1234567,2011-01-01
,이름만,주무관,900101-2345678,020-55-667788-9,2011-01-01
E9,밀린행,850312-1234561,주무관,110-234-567890,110-234-567890
E10,짧은행,900101-2345678
770707-1777777,번호자리,주무관,,,2012-01-01
";

const VENDOR_ACCOUNTS: &str = "\
거래처,계좌번호,시작일
V7,1102 34567890,2010-01-01
V8,020-55-667788-9,2010-01-01
V9,3333-01-1234567,3333-01-1234567
900101-2345678,020-55-667788-9,2010-01-01
";

const CARDS: &str = "\
카드번호,부서,사용자,구분
9410-1234-5678-9012,D10,E7,공용
5409260011112222,D10,5409-2600-1111-2222,공용
,D10,E8,9410-1234-5678-9012
";

const PAYMENTS: &str = "\
지급번호,부서,거래처,적요,지급일,금액
1,D10,V7,강사료 900101-2345678 지급,2017-01-10,500000
2,D10,V7,카드 9410-1234-5678-9012 대금,2017-01-10,700000
2,D10,V7,카드 9410 1234 5678 9012 대금,2017-01-11,700000
3,D10,900101-2345678,주민 9001012345678 환급,2017-01-12,10000
4,D10,770707-1777777,환급,2017-01-12,10000
5,D10,V8,환급,770707-1777777,10000
6,D10,V8,환급,2017-01-13,850312-1234561
";

/// Every secret with its marks and without, and with a space for each mark.
fn written() -> Vec<String> {
    let forms = SECRETS.map(|secret| [secret.to_owned(), secret.replace('-', ""), secret.replace('-', " ")]);
    forms.into_iter().flatten().collect()
}

fn finds_no_secret(name: &str, bytes: &[u8]) {
    for secret in written() {
        let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!found, "{name} holds {secret}:\n{}", String::from_utf8_lossy(bytes));
    }
}

fn taken() -> (Place, Vec<(String, Ended)>) {
    let place = Place::new();
    // A share of rejects that fits the many bad rows below.
    let mapping = crate::place::OWN_MAPPINGS[0].1.replace("25%", "90%");
    place.write("data/mappings/own-payments/mapping.toml", mapping);
    let mut said = Vec::new();
    for (mapping, text) in [
        ("own-employees", EMPLOYEES),
        ("own-vendor-accounts", VENDOR_ACCOUNTS),
        ("own-cards", CARDS),
        ("own-payments", PAYMENTS),
    ] {
        let file = place.write(&format!("{mapping}.csv"), text);
        said.push((format!("take {mapping}"), place.take(mapping, &[&file]).with(0)));
    }
    (place, said)
}

#[test]
fn no_plain_identifier_reaches_the_disk_or_anybodys_eyes() {
    let (place, mut said) = taken();
    let jsonl = place.path("findings.jsonl").to_string_lossy().into_owned();
    let view: serde_json::Value = serde_json::from_str(&place.view()).unwrap();
    let ids: Vec<String> =
        view.as_array().unwrap().iter().map(|entry| entry["snapshot"].as_str().unwrap().to_owned()).collect();
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["snapshot", "list"],
        vec!["snapshot", "rejects"],
        vec!["snapshot", "rejects", "--format", "json"],
        vec!["snapshot", "verify"],
        vec!["detect", "--format", "jsonl", "--out", &jsonl],
        vec!["detect"],
        vec!["detect", "--format", "csv"],
        vec!["detect", "--format", "csv", "--lang", "en"],
        vec!["detect", "--format", "jsonl"],
        vec!["detect", "--format", "parquet", "--out", "findings.parquet"],
        vec!["verify", &jsonl],
        vec!["verify", &jsonl, "--format", "json"],
        vec!["findings", "history"],
        vec!["findings", "history", "--format", "json"],
        vec!["report", "--out", "ko.html"],
        vec!["report", "--lang", "en", "--out", "en.html"],
    ];
    commands.extend(ids.iter().map(|id| vec!["snapshot", "show", id.as_str()]));
    for command in commands {
        said.push((command.join(" "), place.haechi(&command).with(0)));
    }

    // Loads that are stopped, and one whose header holds what should be in its rows.
    let stopped = place.write("stopped.csv", PAYMENTS.replace("2017-01", "그해-01"));
    said.push(("stopped".to_owned(), place.take("own-payments", &[&stopped]).with(11)));
    let headless = place.write("headless.csv", EMPLOYEES.lines().skip(1).collect::<Vec<_>>().join("\n"));
    said.push(("headless".to_owned(), place.take("own-employees", &[&headless]).with(10)));
    let guessed = place.haechi(&["mapping", "guess", &place.path("own-employees.csv").to_string_lossy()]);
    said.push(("guess".to_owned(), guessed));
    said.push(("stopped rows".to_owned(), place.haechi(&["snapshot", "rejects", "--load", ""])));

    for (command, ended) in &said {
        finds_no_secret(&format!("what `{command}` prints"), ended.out.as_bytes());
        finds_no_secret(&format!("what `{command}` says"), ended.err.as_bytes());
    }
    let mut files = BTreeMap::new();
    read_all(&place.data(), &place.data(), &mut files);
    for name in ["findings.jsonl", "findings.parquet", "ko.html", "en.html"] {
        files.insert(name.to_owned(), std::fs::read(place.path(name)).unwrap());
    }
    assert!(files.len() > 20);
    for (name, bytes) in &files {
        finds_no_secret(name, bytes);
    }
    // The parts are compressed, so their rows are also read out.
    let rows = every_row(&place);
    assert!(rows.contains("강사료 999999-9999999 지급") && rows.contains("***-***-**7890"), "{rows}");
    finds_no_secret("a snapshot", rows.as_bytes());
}

/// Every column of every row in view, as text.
fn every_row(place: &Place) -> String {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let folder = DataFolder::open(&place.data()).unwrap();
        let government = Government::parse("9999999").unwrap();
        let scene = Scene::now(&folder, &government, None).await.unwrap();
        let session = scene.session(&folder, &Limits::default()).await.unwrap();
        let mut text = String::new();
        for table in folder.dictionary.tables.keys() {
            let frame = session::query(&session, &format!("SELECT * FROM {table}"), &[]).await.unwrap();
            text.push_str(&frame.to_string().await.unwrap());
        }
        text
    })
}

#[test]
fn an_account_written_in_another_way_still_joins() {
    let (place, _) = taken();
    let said = place.haechi(&["detect", "--scenario", "payment.employee-account", "--format", "jsonl"]).with(0);
    let finding: serde_json::Value = serde_json::from_str(said.out.lines().next().unwrap()).unwrap();
    assert_eq!(finding["subject"]["vendor_no"], "V7");
    assert_eq!(finding["subject"]["employee_no"], "E7");
    assert_eq!(finding["amount"], 1_900_000);
}

#[test]
fn people_whose_resident_number_serves_as_a_code_stay_two_people() {
    let (place, _) = taken();
    let rows = every_row(&place);
    let stand_ins: std::collections::BTreeSet<&str> =
        rows.split_whitespace().filter(|word| word.starts_with("id-") && word.len() == 19).collect();
    // 900101-… in two tables, 770707-… in two tables, and one card number.
    assert_eq!(stand_ins.len(), 3, "{stand_ins:?}\n{rows}");
}

#[cfg(unix)]
#[test]
fn the_key_is_its_owners_alone_and_two_folders_never_share_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let (one, other) = (Place::new(), Place::new());
    let key = |place: &Place| std::fs::read(place.data().join("keys/installation.key")).unwrap();
    let mode = |path: &str| std::fs::metadata(one.data().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("keys/installation.key"), 0o600);
    assert_eq!(mode("keys"), 0o700);
    assert_eq!(mode(""), 0o700);
    assert_ne!(key(&one), key(&other));
}

#[test]
fn the_key_itself_is_never_shown_or_copied() {
    let (place, said) = taken();
    let key = std::fs::read_to_string(place.data().join("keys/installation.key")).unwrap();
    for (command, ended) in said {
        assert!(!ended.out.contains(key.trim()) && !ended.err.contains(key.trim()), "{command}");
    }
    let mut files = BTreeMap::new();
    read_all(&place.data(), &place.data(), &mut files);
    files.remove("keys/installation.key").unwrap();
    for (name, bytes) in files {
        assert!(!bytes.windows(64).any(|window| window == key.trim().as_bytes()), "{name} holds the key");
    }
}

#[test]
fn every_command_leaves_a_journal_line_with_the_operating_system_user() {
    let place = Place::with_payments();
    let findings = place.path("findings.jsonl").to_string_lossy().into_owned();
    let commands: [(&[&str], &str); 13] = [
        (&["snapshot", "list"], "snapshot list"),
        (&["snapshot", "show", "nothing"], "snapshot show"),
        (&["snapshot", "rejects"], "snapshot rejects"),
        (&["snapshot", "verify"], "snapshot verify"),
        (&["snapshot", "take", "--mapping", "none", "none.csv"], "snapshot take"),
        (&["detect", "--format", "jsonl", "--out", &findings], "detect"),
        (&["verify", &findings], "verify"),
        (&["findings", "history"], "findings history"),
        (&["report", "--out", "report.html"], "report"),
        (&["hold", "add", "h1", "--reason", "x"], "hold add"),
        (&["hold", "list"], "hold list"),
        (&["hold", "release", "h1"], "hold release"),
        (&["purge", "--class", "finance", "--before", "2000-01-01", "--reason", "x"], "purge"),
    ];
    let user = String::from_utf8(std::process::Command::new("id").arg("-un").output().unwrap().stdout).unwrap();
    let lines = || -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(place.data().join("journal.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    assert_eq!(lines()[0]["command"], "init");
    for (command, name) in commands {
        let before = lines().len();
        let ended = place.haechi(command);
        let after = lines();
        assert_eq!(after.len(), before + 1, "{name} leaves one line: {}{}", ended.out, ended.err);
        let line = &after[before];
        assert_eq!(line["command"], name);
        assert_eq!(line["by"], user.trim());
        assert_eq!(line["outcome"] == "done", ended.code == Some(0), "{line}");
    }
}
