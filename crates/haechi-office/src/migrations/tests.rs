//! Upgrades: the data of each version that landed, as that version left it, brought up to today's tables and then worked with.
//!
//! `landed/DAY/` holds a small city's rows as SQL of both databases, the key of its log, and what the version itself said of it.

use std::fmt::Write as _;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use haechi_testkit::database_servers::{ADMIN_PASSWORD, Postgres};
use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::prelude::*;

use super::{Migrations, all};
use crate::audit::verify::{Keys, verify};
use crate::audit::{LogKey, checkpoints, export};
use crate::config::Config;
use crate::db::{Database, OpenError, Settings};
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
        writeln!(out, "case {} {state} {outcome} {handler} revision {} said {}", row.id, row.revision, row.said)
            .unwrap();
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
        let is_setting = line.starts_with("SET ") && line.contains(" = ") && line.ends_with(';');
        is_setting
            || ["SELECT pg_catalog.set_config(", "\\restrict ", "\\unrestrict "]
                .iter()
                .any(|start| line.starts_with(start))
    };
    let text = String::from_utf8(dump.to_vec()).unwrap();
    let text: String = text.lines().filter(|line| !noise(line)).map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.join(format!("{kind}.sql")), text).unwrap();
    std::fs::write(folder.join(format!("{kind}.txt")), told(&office.office, office.tenant).await).unwrap();
    std::fs::write(folder.join(format!("{kind}.key")), format!("{}\n", office.log_secret)).unwrap();
}

/// The city of a version that landed, as that version left it.
struct Landed {
    kind: &'static str,
    settings: Settings,
    /// The secret line of its log's key.
    log_secret: String,
    /// What the version said of it.
    told: String,
    _folder: tempfile::TempDir,
    _server: Option<Postgres>,
}

impl Landed {
    /// Each version there is, on each database.
    async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for version in std::fs::read_dir(landed()).unwrap() {
            let version = version.unwrap().path();
            all.push(Self::sqlite(&version).await);
            all.push(Self::postgres(&version).await);
        }
        assert!(all.len() >= 2);
        all
    }

    async fn sqlite(version: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office.db");
        let place = sea_orm::Database::connect(format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
        Self::of("sqlite", version, &place, Settings::Sqlite { file }, folder, None).await
    }

    async fn postgres(version: &Path) -> Self {
        let server = Postgres::start();
        let settings = testing::log_ins(&server, 5).await;
        let place = sea_orm::Database::connect(server.admin_url()).await.unwrap();
        Self::of("postgres", version, &place, settings, tempfile::tempdir().unwrap(), Some(server)).await
    }

    async fn of(
        kind: &'static str,
        version: &Path,
        place: &sea_orm::DatabaseConnection,
        settings: Settings,
        folder: tempfile::TempDir,
        server: Option<Postgres>,
    ) -> Self {
        let read = |ending: &str| std::fs::read_to_string(version.join(format!("{kind}.{ending}"))).unwrap();
        place.execute_unprepared(&read("sql")).await.unwrap();
        Self { kind, settings, log_secret: read("key"), told: read("txt"), _folder: folder, _server: server }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_data_of_each_version_that_landed_is_what_it_was_after_the_upgrade_and_is_worked_with() {
    for landed in Landed::all().await {
        let office = TestOffice::found_in(landed.kind, &landed.settings, &landed.log_secret).await;
        assert_eq!(told(&office.office, office.tenant).await, landed.told, "{}", landed.kind);
        // The day goes on where it was; the tea room waits for its answer.
        office.days_pass(15);
        let [kim, head, auditor] = [office.browser("Kim").await, office.browser("H").await, office.browser("A1").await];
        let case = landed.told.lines().find(|line| line.contains("with_handler - Kim revision 3")).unwrap();
        let case = case.split(' ').nth(1).unwrap();
        let page = kim.get(&format!("/cases/{case}")).await;
        assert!(page.status.is_success() && page.body.contains("영수증을 붙여 주십시오."), "{}", page.body);
        for (who, verb, revision) in [(&kim, "answer", "3"), (&head, "approval", "4"), (&auditor, "confirmation", "5")]
        {
            let fields = [("revision", revision), ("outcome", "explained"), ("text", "서로 다른 모임이었습니다.")];
            let answered = who.post(&format!("/cases/{case}/{verb}"), &fields).await;
            assert_eq!(answered.status.as_u16(), 303, "{} {verb}: {}", landed.kind, answered.body);
        }
        office
            .receive(&testing::TestRun::of([testing::TestFinding::to_kim("분식집")]).looking_from("2026-12-08"))
            .await;
        let now = told(&office.office, office.tenant).await;
        assert!(now.contains(&format!("case {case} closed explained Kim revision 6")), "{now}");
        assert!(now.contains("faults []"), "{now}");
        // Opened once more, nothing is left to do.
        Database::open(&landed.settings).await.unwrap();
    }
}

/// A migration that makes a table and then finds a mistake.
#[derive(DeriveMigrationName)]
struct DiesHalfWay;

impl DiesHalfWay {
    fn among() -> Vec<Box<dyn MigrationTrait>> {
        all().into_iter().chain([Box::new(Self) as Box<dyn MigrationTrait>]).collect()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for DiesHalfWay {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::table(manager, "half", super::Rights::Keep, "a text NOT NULL").await?;
        manager.get_connection().execute_unprepared("INSERT INTO half_of_what_is_not_there VALUES (1)").await.map(drop)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_dies_half_way_leaves_the_tables_as_they_were_before_all_of_them() {
    for landed in Landed::all().await {
        let look = Database::look(&landed.settings).await.unwrap();
        let before = look.applied().await.unwrap();
        let dying = Migrations { of: DiesHalfWay::among, only: None };
        let died = Database::open_with(&landed.settings, Some(dying)).await.unwrap_err();
        assert!(died.to_string().contains("database"), "{died}");
        assert_eq!(look.applied().await.unwrap(), before, "{}: none of them was applied", landed.kind);
        let office = TestOffice::found_in(landed.kind, &landed.settings, &landed.log_secret).await;
        assert_eq!(told(&office.office, office.tenant).await, landed.told, "{}", landed.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_a_newer_haechi_opened_is_refused_by_the_name_of_what_it_did_there() {
    for landed in Landed::all().await {
        Database::open(&landed.settings).await.unwrap();
        let add = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 0)";
        let address = match &landed.settings {
            Settings::Sqlite { file } => format!("sqlite://{}", file.display()),
            Settings::Postgres { owner, .. } => owner.clone(),
        };
        sea_orm::Database::connect(address).await.unwrap().execute_unprepared(add).await.unwrap();
        for opened in [Database::open(&landed.settings).await, Database::look(&landed.settings).await] {
            let told = opened.unwrap_err();
            assert!(matches!(&told, OpenError::Newer(names) if names == &["m20990101_000001_later"]), "{told}");
            assert!(told.to_string().contains("a newer haechi was here"), "{told}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_open_a_new_database_at_once_make_its_tables_once() {
    let server = Postgres::start();
    let folder = tempfile::tempdir().unwrap();
    for settings in [Settings::Sqlite { file: folder.path().join("office.db") }, testing::log_ins(&server, 5).await] {
        let (one, other) = tokio::join!(Database::open(&settings), Database::open(&settings));
        let applied = one.unwrap().applied().await.unwrap();
        assert_eq!(applied, Migrations::all().names());
        other.unwrap();
    }
}
