//! The store in an S3-compatible server instead of a folder: the same bytes, and every fault of a network ends as the state before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use haechi_testkit::s3::{ACCESS_KEY_ID, S3Server, SECRET_ACCESS_KEY};
use serde_json::json;

use crate::city::{City, Ran};
use crate::ledger::{self, MAPPING};

const BUCKET: &str = "audit";
const URL: &str = "s3://audit/haechi/seoul";

fn server() -> S3Server {
    S3Server::start(BUCKET).unwrap()
}

/// The objects below a folder of the store, by name.
fn objects(server: &S3Server, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(server.bucket(BUCKET).join("haechi/seoul").join(folder)) else {
        return BTreeMap::new();
    };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn exports(city: &City) -> [PathBuf; 2] {
    [
        ledger::month(city, "exports", 2017, 8, &ledger::august()),
        ledger::month(city, "exports", 2017, 9, &ledger::september()),
    ]
}

fn take(city: &City, file: &Path) -> Command {
    city.command(&["snapshot", "take", "--mapping", MAPPING, file.to_str().unwrap()])
}

/// A second machine with the same key and the same bucket.
fn beside(city: &City, server: &S3Server) -> City {
    let other = City::in_bucket(server, URL);
    let key = "keys/installation.key";
    std::fs::copy(city.data().join(key), other.data().join(key)).unwrap();
    other
}

#[test]
fn a_bucket_holds_the_same_bytes_as_a_folder_and_gives_the_same_findings() {
    let server = server();
    let remote = City::in_bucket(&server, URL);
    remote.take(MAPPING, &exports(&remote));
    let found = remote.detect(&[]);
    assert!(crate::city::findings(&found).len() >= 8);

    let here = City::with_the_key_of(&remote);
    here.take(MAPPING, &exports(&here));
    assert_eq!(text(here.detect(&[])), text(found.clone()));
    for folder in ["parts", "snapshots", "reports", "findings", "archive", "views/6110000"] {
        assert_eq!(objects(&server, folder), here.kept(folder), "{folder}");
    }
    assert_eq!(std::fs::read_dir(remote.data().join("store")).unwrap().count(), 0, "nothing lies in the folder");
    assert_eq!(objects(&server, "marks"), BTreeMap::new());

    // Everything that reads.
    remote.write("findings.jsonl", &found);
    assert!(remote.haechi(&["verify", "findings.jsonl"]).ends_with(0).text().ends_with("findings hold.\n"));
    assert!(remote.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
    let list = ["snapshot", "list", "--format", "json"];
    assert_eq!(remote.haechi(&list).ends_with(0).text(), here.haechi(&list).ends_with(0).text());
    for city in [&remote, &here] {
        city.haechi(&["report", "--out", "report.html"]).ends_with(0);
    }
    let report = |city: &City| std::fs::read_to_string(city.path("report.html")).unwrap();
    assert!(report(&remote).contains("나무식당"));
    let key = crate::city::findings(&found)[0].key.to_string();
    assert!(remote.haechi(&["findings", "history", &key]).ends_with(0).text().contains(&key[..8]));
}

#[test]
fn the_same_files_twice_change_nothing_and_a_purge_destroys_the_part() {
    let server = server();
    let city = City::in_bucket(&server, URL);
    let files = exports(&city);
    city.take(MAPPING, &files);
    assert_eq!(city.take(MAPPING, &files)["known"], true);
    assert_eq!(objects(&server, "parts").len(), 2);

    let purge = ["purge", "--class", "finance", "--before", "2017-09-01", "--reason", "five years are over", "--yes"];
    city.haechi(&purge).ends_with(0);
    assert_eq!(objects(&server, "parts").len(), 1);
    assert_eq!(objects(&server, "purged").len(), 1);
    assert_eq!(objects(&server, "marks"), BTreeMap::new());
    assert!(city.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
    assert!(!city.haechi(&["snapshot", "list"]).ends_with(0).text().contains("2017-08"));
}

#[test]
fn a_flipped_byte_in_the_bucket_is_named() {
    let server = server();
    let city = City::in_bucket(&server, URL);
    city.take(MAPPING, &exports(&city));
    let (name, mut bytes) = objects(&server, "parts").pop_first().unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(server.bucket(BUCKET).join("haechi/seoul/parts").join(&name), bytes).unwrap();
    let said = city.haechi(&["snapshot", "verify"]).ends_with(14).text();
    assert!(said.contains(&format!("parts/{name}")), "{said}");
}

#[test]
fn imports_of_two_machines_at_once_all_count() {
    let server = server();
    let one = City::in_bucket(&server, URL);
    let other = beside(&one, &server);
    let month = |city: &City, month: u32| {
        let day: &'static str =
            ["2018-01-05 12:00", "2018-02-05 12:00", "2018-03-05 12:00", "2018-04-05 12:00"][month as usize - 1];
        ledger::month(city, "exports", 2018, month, &[ledger::payment(day, "총무과", "찻집", 30_000)])
    };
    let children: Vec<_> = [(&one, 1), (&other, 2), (&one, 3), (&other, 4)]
        .into_iter()
        .map(|(city, number)| {
            take(city, &month(city, number)).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let view = one.haechi(&["snapshot", "list"]).ends_with(0).text();
    for number in 1..=4 {
        assert!(view.contains(&format!("2018-0{number}")), "{view}");
    }
    assert_eq!(objects(&server, "views/6110000").len(), 4);
    assert!(other.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
}

#[test]
fn while_one_machine_imports_another_may_too_and_none_may_purge() {
    let mut server = server();
    let one = City::in_bucket(&server, URL);
    let other = beside(&one, &server);
    let [august, september] = exports(&one);
    let held = server.hold_at("PutObject", "loads/");
    let mut import = take(&one, &august).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    held.recv_timeout(Duration::from_secs(300)).unwrap();

    // What the first is writing is not yet named, and stays.
    Ran::of(&mut take(&other, &september)).ends_with(0);
    assert_eq!(objects(&server, "parts").len(), 2);
    let purge = ["purge", "--class", "finance", "--before", "2018-01-01", "--reason", "five years are over", "--yes"];
    let said = other.haechi(&purge).ends_with(12).stderr;
    assert!(said.contains("Another haechi is changing") && said.contains("marks/"), "{said}");
    assert!(other.haechi(&["snapshot", "list"]).ends_with(0).text().contains("2017-09"));

    // The first is killed. What it wrote is in nobody's way, and its next import clears it away.
    import.kill().unwrap();
    import.wait().unwrap();
    server.restart().unwrap();
    let corrected = ledger::month(&one, "corrected", 2017, 8, &ledger::august()[..3]);
    let said = Ran::of(&mut take(&one, &corrected)).ends_with(0).text();
    assert!(said.contains("leftovers were cleared away"), "{said}");
    assert_eq!(objects(&server, "parts").len(), 2, "the killed import's part is gone, the corrected one is there");
    assert_eq!(objects(&server, "marks"), BTreeMap::new());
    other.haechi(&purge).ends_with(0);
    assert_eq!(objects(&server, "parts").len(), 0);
}

#[test]
fn a_server_that_stops_half_way_leaves_the_state_before() {
    for (operation, key) in [("PutObject", "snapshots/"), ("PutObject", "loads/"), ("PutObject", "views/")] {
        let mut server = server();
        let city = City::in_bucket(&server, URL);
        let [august, september] = exports(&city);
        Ran::of(&mut take(&city, &august)).ends_with(0);
        let before = city.haechi(&["snapshot", "list"]).ends_with(0).text();
        let kept = ["parts", "snapshots", "loads"].map(|folder| objects(&server, folder));

        server.stop_at(operation, key);
        let said = Ran::of(&mut take(&city, &september)).ends_with(14).stderr;
        assert!(said.contains("s3://audit/haechi/seoul") && said.contains("does not answer"), "{key}: {said}");
        assert!(!said.contains(SECRET_ACCESS_KEY) && !said.contains("Credential"), "{said}");

        server.restart().unwrap();
        assert_eq!(city.haechi(&["snapshot", "list"]).ends_with(0).text(), before, "{key}");
        Ran::of(&mut take(&city, &august)).ends_with(0);
        Ran::of(&mut take(&city, &september)).ends_with(0);
        assert!(city.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
        assert!(objects(&server, "parts").len() == kept[0].len() + 1, "{key} left something behind");
        assert_eq!(objects(&server, "marks"), BTreeMap::new());
    }
}

#[test]
fn a_busy_server_is_asked_again_for_as_long_as_the_settings_say() {
    let server = server();
    let city = City::in_bucket(&server, URL);
    let [august, _] = exports(&city);
    server.be_busy_for(1);
    let said = Ran::of(&mut take(&city, &august)).ends_with(14).stderr;
    assert!(said.contains("too busy or unwell (SlowDown)") && said.contains("Nothing was changed"), "{said}");

    let settings = std::fs::read_to_string(city.path("data/haechi.toml")).unwrap();
    city.write("data/haechi.toml", settings.replace("retry_seconds = 0", "retry_seconds = 60"));
    server.be_busy_for(3);
    Ran::of(&mut take(&city, &august)).ends_with(0);
    server.be_busy_for(2);
    assert!(city.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
}

#[test]
fn a_server_that_would_let_two_writers_win_is_refused() {
    let server = server();
    server.forget_conditions();
    let city = City::in_bucket(&server, URL);
    let [august, _] = exports(&city);
    let said = Ran::of(&mut take(&city, &august)).ends_with(15).stderr;
    assert!(said.contains("If-None-Match") && said.contains("one load would be lost"), "{said}");
    assert_eq!(objects(&server, "parts"), BTreeMap::new());
    assert_eq!(objects(&server, "views"), BTreeMap::new());
}

/// Payments whose texts pack badly: their part is longer than is sent in one piece. The numbers come from a fixed seed.
fn bulky(city: &City) -> PathBuf {
    city.write("data/mappings/our-payments/mapping.toml", PAYMENTS);
    let mut rows = "no,text,day,amount\n".to_owned();
    let mut state = 7_u64;
    for number in 0..20_000 {
        rows.push_str(&format!("{number},"));
        for _ in 0..70 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            rows.push_str(&format!("{:x}", state ^ (state >> 29)));
        }
        rows.push_str(",2017-05-05,1000\n");
    }
    city.write("bulky.csv", rows)
}

const PAYMENTS: &str = r#"
format = 1
name = "our-payments"
table = "payment"
currency = "KRW"
files = ["*"]
title = { ko = "지출", en = "Payments" }
government = { code = "6110000", ko = "서울특별시", en = "Seoul Metropolitan Government" }
load = { mode = "period", period = { date = "day", every = "month" } }
[columns]
payment_no = { header = "no" }
purpose = { header = "text" }
paid_on = { header = "day" }
amount = { header = "amount" }
"#;

#[test]
fn a_large_part_goes_in_pieces_and_what_a_stopped_server_holds_of_it_is_aborted_by_the_next_import() {
    let mut server = server();
    let city = City::in_bucket(&server, URL);
    let file = bulky(&city);
    let take = || {
        let mut command = city.command(&["snapshot", "take", "--mapping", "our-payments", "--threads", "1"]);
        Ran::of(command.arg(&file))
    };
    server.stop_at("UploadPart", "parts/");
    take().ends_with(14);
    server.restart().unwrap();
    assert_eq!(server.open_uploads().unwrap(), 1);

    take().ends_with(0);
    assert_eq!(server.open_uploads().unwrap(), 0);
    assert_eq!(server.requests("CompleteMultipartUpload"), 1);
    assert!(server.requests("UploadPart") >= 2);
    let parts = objects(&server, "parts");
    assert_eq!(parts.len(), 1);
    assert!(parts.values().all(|bytes| bytes.len() > 8 * 1024 * 1024));
    assert!(city.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
    // The engine reads what it needs of it and not the whole.
    let rows = city
        .numbers("6110000", "SELECT count(*) AS rows, sum(amount) AS amount FROM payment WHERE paid_on IS NOT NULL");
    assert_eq!((rows["rows"], rows["amount"]), (20_000, 20_000_000));
}

#[test]
fn more_leftovers_than_a_page_of_a_listing_are_all_cleared_away() {
    let server = server();
    let city = City::in_bucket(&server, URL);
    let [august, _] = exports(&city);
    let rejects = server.bucket(BUCKET).join("haechi/seoul/rejects");
    std::fs::create_dir_all(&rejects).unwrap();
    for number in 0..1_100 {
        std::fs::write(rejects.join(format!("{number:064}.jsonl")), "{}\n").unwrap();
    }
    city.write("data/unfinished.json", json!({ "mark": "0f", "owes_sweep": true, "uploads": [] }).to_string());
    let said = Ran::of(&mut take(&city, &august)).ends_with(0).text();
    assert!(said.contains("1100 leftovers were cleared away"), "{said}");
    assert_eq!(objects(&server, "rejects").len(), 0);
    assert!(!city.path("data/unfinished.json").exists());
}

#[test]
fn the_access_key_comes_from_the_environment_or_a_private_file_and_is_never_shown() {
    let server = server();
    let city = City::in_bucket(&server, URL);
    let [august, _] = exports(&city);
    let settings = std::fs::read_to_string(city.path("data/haechi.toml")).unwrap();
    let with = |id: &str, secret: &str| {
        Ran::of(take(&city, &august).env("AWS_ACCESS_KEY_ID", id).env("AWS_SECRET_ACCESS_KEY", secret))
    };
    city.write("data/haechi.toml", settings.replace("credentials = \"keys/store.toml\"\n", ""));
    let said = Ran::of(&mut take(&city, &august)).ends_with(15).stderr;
    assert!(said.contains("Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a file of mode 0600"), "{said}");
    let said = with(ACCESS_KEY_ID, "hush-hush").ends_with(14).stderr;
    assert!(said.contains("the secret does not fit the access key") && !said.contains("hush-hush"), "{said}");
    let said = with("nobody", "hush-hush").ends_with(14).stderr;
    assert!(said.contains("does not know the access key") && !said.contains("hush-hush"), "{said}");
    with(ACCESS_KEY_ID, SECRET_ACCESS_KEY).ends_with(0);
    let journal = std::fs::read_to_string(city.path("data/journal.jsonl")).unwrap();
    assert!(!journal.contains("hush-hush") && !journal.contains(SECRET_ACCESS_KEY), "{journal}");

    // A file of it, where it is the owner's alone.
    city.write("data/haechi.toml", &settings);
    assert!(city.haechi(&["snapshot", "list"]).ends_with(0).text().contains("2017-08"));
    use std::os::unix::fs::PermissionsExt as _;
    let file = city.path("data/keys/store.toml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = city.haechi(&["snapshot", "list"]).ends_with(15).stderr;
    assert!(said.contains("can be read by others (mode 644)") && said.contains("chmod 600"), "{said}");

    city.write("data/haechi.toml", format!("{settings}secret_access_key = \"hush-hush\"\n"));
    let said = city.haechi(&["snapshot", "list"]).ends_with(21).stderr;
    assert!(said.starts_with("haechi.toml:8: It holds a secret") && !said.contains("hush-hush"), "{said}");
}

#[test]
fn a_bucket_that_is_not_there_is_not_an_empty_one() {
    let server = server();
    let city = City::in_bucket(&server, "s3://adit/haechi");
    let [august, _] = exports(&city);
    for ran in [city.haechi(&["snapshot", "list"]), Ran::of(&mut take(&city, &august)), city.haechi(&["detect"])] {
        let said = ran.ends_with(14).stderr;
        assert!(said.contains("s3://adit/haechi") && said.contains("no such bucket"), "{said}");
    }
}

#[test]
fn a_bucket_named_for_a_folder_that_holds_snapshots_is_refused_and_a_copy_of_them_is_taken_over() {
    let server = server();
    let city = City::new();
    city.take(MAPPING, &exports(&city));
    let found = city.detect(&[]);
    let remote = City::in_bucket(&server, URL);
    city.write("data/keys/store.toml", std::fs::read(remote.path("data/keys/store.toml")).unwrap());
    crate::city::private(&city.path("data/keys/store.toml"));
    city.move_to(&server, URL);
    let said = city.haechi(&["snapshot", "list"]).ends_with(15).stderr;
    assert!(said.contains("Copy all of it into the bucket"), "{said}");

    let below = server.bucket(BUCKET).join("haechi");
    std::fs::create_dir_all(&below).unwrap();
    std::fs::rename(city.path("data/store"), below.join("seoul")).unwrap();
    assert_eq!(text(city.detect(&[])), text(found));
    assert!(city.haechi(&["snapshot", "verify"]).ends_with(0).text().contains("all as written"));
}
