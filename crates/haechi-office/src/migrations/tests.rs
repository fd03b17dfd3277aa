//! Upgrades: the data of each version that landed, as that version left it, brought up to today's tables and then worked with.
//!
//! `landed/DAY/` holds a small city's rows as SQL of both databases, the key of its log, and what the version itself said of it.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use haechi_testkit::database_servers::{ADMIN_PASSWORD, Postgres};
use sea_orm::ConnectionTrait as _;

use crate::audit::verify::{Keys, verify};
use crate::audit::{LogKey, Signer, checkpoints, export};
use crate::config::Config;
use crate::db::Settings;
use crate::ids::TenantId;
use crate::office::Office;
use crate::slices::{cases, people};
use crate::testing::{self, TestOffice, lived};

fn landed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/migrations/landed")
}

/// What is compared of a city before and after: its people, its cases, its log.
async fn told(office: &Office, tenant: TenantId) -> String {
    let mut out = String::new();
    let tx = office.db().read(tenant).await.unwrap();
    let government = people::government(&tx).await.unwrap();
    writeln!(out, "government {} {}", government.code, government.name.ko).unwrap();
    let directory = people::directory(office, &tx).await.unwrap();
    for number in ["M", "AH", "A1", "A2", "B", "H", "Lee", "Kim", "Park", "Io", "X", "S"] {
        let person = directory.with_employee_no(number).unwrap();
        writeln!(out, "person {number} {} {}", person.name, person.id).unwrap();
    }
    let mut rows = cases::store::every(&tx).await.unwrap();
    rows.sort_by_key(|row| row.id);
    for row in rows {
        let handler = row.handler.and_then(|handler| directory.person(handler)).map_or("-", |one| &one.employee_no);
        let (state, outcome) = (&row.state, row.outcome.as_deref().unwrap_or("-"));
        writeln!(out, "case {} {state} {outcome} {handler} revision {} said {}", row.id, row.revision, row.said).unwrap();
    }
    let mut events = Vec::new();
    let size = export(&tx, &mut events).await.unwrap();
    let keys = Keys { log: LogKey::parse(office.signer().key()).unwrap(), witnesses: Vec::new() };
    let verdict = verify(Cursor::new(events), &checkpoints(&tx).await.unwrap(), &keys).unwrap();
    writeln!(out, "log {size} signed {} faults {:?}", verdict.signed, verdict.faults).unwrap();
    out
}

/// Writes what the next version that lands is upgraded from: see the recipe in CONTRIBUTING.md.
///
/// ```text
/// LANDED=2026-11-29 cargo test -p haechi-office --lib -- --ignored --exact migrations::tests::writes_what_landed
/// ```
#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes a version's data, once"]
async fn writes_what_landed() {
    let day = std::env::var("LANDED").unwrap();
    let folder = landed().join(day);
    std::fs::create_dir_all(&folder).unwrap();
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("office.db");
    let office = TestOffice::on("SQLite", Settings::Sqlite { file: file.clone() }, place, Config::default()).await;
    lived::live(&office).await;
    let dump = Command::new("sqlite3").arg(&file).arg(".dump").output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    write(&folder, "sqlite", &dump.stdout, &office).await;

    let server = Postgres::start();
    let settings = testing::log_ins(&server, 5).await;
    let office = TestOffice::on("PostgreSQL", settings, tempfile::tempdir().unwrap(), Config::default()).await;
    lived::live(&office).await;
    let dump = Command::new("pg_dump")
        .args(["--inserts", "--rows-per-insert=50", "--no-comments", "--dbname"])
        .arg(server.url("admin"))
        .env("PGPASSWORD", ADMIN_PASSWORD)
        .output()
        .unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    write(&folder, "postgres", &dump.stdout, &office).await;
}

async fn write(folder: &Path, kind: &str, dump: &[u8], office: &TestOffice) {
    // What a server of another version may not know of its own session is left out.
    let noise = |line: &&str| {
        ["SET ", "SELECT pg_catalog.set_config", "\\", "--"].iter().any(|start| line.starts_with(start)) || line.is_empty()
    };
    let text = String::from_utf8(dump.to_vec()).unwrap();
    let text: String = text.lines().filter(|line| !noise(line)).map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.join(format!("{kind}.sql")), text).unwrap();
    std::fs::write(folder.join(format!("{kind}.txt")), told(&office.office, office.tenant).await).unwrap();
    std::fs::write(folder.join(format!("{kind}.key")), format!("{}\n", office.log_secret)).unwrap();
}
