//! Backups of a city that lived, restored on either database; and everything that may go wrong on the way.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use futures::TryStreamExt as _;
use haechi_testkit::database_servers::Postgres;

use super::{
    Backup, BackupError, Keys, KeysGo, Made, Place, Progress, Source, make, refuse_unfinished, restore, store,
};
use crate::audit::{Signer, Witness};
use crate::config::Config;
use crate::db::{Database, Settings};
use crate::ids::TenantId;
use crate::slices::people;
use crate::testing::{self, TestOffice, lived};

/// A city whose folder is laid out as an office's, on its own database.
struct City {
    office: TestOffice,
    _server: Option<Postgres>,
}

impl City {
    async fn sqlite() -> Self {
        let office = TestOffice::sqlite().await;
        lived::live(&office).await;
        Self::of(office, None)
    }

    async fn postgres() -> Self {
        let server = Postgres::start();
        let settings = testing::log_ins(&server, 5).await;
        let office = TestOffice::on("PostgreSQL", settings, tempfile::tempdir().unwrap(), Config::default()).await;
        lived::live(&office).await;
        Self::of(office, Some(server))
    }

    fn of(office: TestOffice, server: Option<Postgres>) -> Self {
        let folder = office.folder.path();
        std::fs::create_dir_all(folder.join("keys")).unwrap();
        std::fs::write(folder.join("keys/log.key"), &office.log_secret).unwrap();
        let (_, witness) = Witness::generate("test-witness.example").unwrap();
        std::fs::write(folder.join("keys/witness.key"), witness).unwrap();
        std::fs::write(folder.join("office.toml"), "public_url = \"https://test.example\"\n").unwrap();
        Self { office, _server: server }
    }

    async fn back_up(&self, to: &Path, keys: &KeysGo) -> Result<Made, BackupError> {
        let source = Source {
            db: self.office.office.db(),
            files: self.office.office.files(),
            folder: self.office.folder.path(),
            data: None,
            clock: self.office.office.clock(),
        };
        make(&source, to, keys, &Progress::default()).await
    }
}

/// An empty place on a database of its own.
struct Empty {
    folder: tempfile::TempDir,
    database: Settings,
    _server: Option<Postgres>,
}

impl Empty {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Settings::Sqlite { file: folder.path().join("office/office.db") };
        Self { folder, database, _server: None }
    }

    async fn postgres() -> Self {
        let server = Postgres::start();
        let database = testing::log_ins(&server, 5).await;
        Self { folder: tempfile::tempdir().unwrap(), database, _server: Some(server) }
    }

    fn place(&self) -> Place {
        Place {
            folder: self.folder.path().join("office"),
            database: self.database.clone(),
            data: None,
            settings: None,
            keeps_bucket: false,
            environment: |_| None,
        }
    }

    async fn restore(&self, backup: &Path, keys: &Keys) -> Result<super::Restored, BackupError> {
        Self::restore_into(&self.place(), backup, keys).await
    }

    async fn restore_into(place: &Place, backup: &Path, keys: &Keys) -> Result<super::Restored, BackupError> {
        let mut backup = Backup::open(backup, &Progress::default())?;
        let clock = haechi_core::time::FixedClock(testing::TUESDAY + 30 * 24 * 60 * 60);
        restore(&mut backup, place, keys, &clock, &Progress::default()).await
    }
}

/// Every row as its line, by table, sorted: what two databases have in common if they hold the same.
async fn content(db: &Database) -> Vec<(String, Vec<String>)> {
    let mut tx = db.moment().await.unwrap();
    let governments = people::all_governments(&tx).await.unwrap();
    let tenants: Vec<TenantId> =
        [TenantId::nobody()].into_iter().chain(governments.into_iter().map(|one| one.tenant)).collect();
    let mut all = Vec::new();
    for shape in store::shapes(&tx).await.unwrap() {
        let mut lines = Vec::new();
        store::lines(&mut tx, &shape, &tenants, |line| {
            let values: Vec<serde_json::Value> = serde_json::from_str(line).unwrap();
            // The two write a moment's fraction each in its own way.
            let same = |value: &serde_json::Value| value.to_string().replace(".000000+00:00", "+00:00");
            lines.push(values.iter().map(same).collect::<Vec<_>>().join(" "));
            Ok(())
        })
        .await
        .unwrap();
        lines.sort();
        all.push((shape.name, lines));
    }
    all
}

/// What of a restored office is not as it was: what the restore itself added or ended.
fn besides(content: &[(String, Vec<String>)]) -> Vec<(String, Vec<String>)> {
    let own = ["audit_event", "audit_hash", "backup_made", "backup_restored", "session", "one_time_link"];
    content.iter().filter(|table| !own.contains(&table.0.as_str())).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_either_database_is_restored_into_either_and_holds_the_same() {
    for city in [City::sqlite().await, City::postgres().await] {
        let kind = city.office.kind;
        let folder = tempfile::tempdir().unwrap();
        let before = content(city.office.office.db()).await;
        for (table, lines) in &before {
            let is_new = ["backup_made", "backup_restored", "witness_begun_anew"].contains(&table.as_str());
            assert!(!lines.is_empty() || lived::may_be_empty(table) || is_new, "nothing in {table} of {kind}");
        }
        let keys = folder.path().join("keys.toml");
        let made = city.back_up(folder.path(), &KeysGo::Apart(keys.clone())).await.unwrap();
        assert!(made.is_noted && !made.manifest.has_keys && made.manifest.missing.is_empty(), "{kind}");
        assert!(made.path.file_name().unwrap().to_str().unwrap().starts_with("haechi-test-example-2026"), "{kind}");
        for empty in [Empty::sqlite(), Empty::postgres().await] {
            let restored = empty.restore(&made.path, &Keys::Apart(keys.clone())).await.unwrap();
            assert_eq!(restored.attachments, 1, "{kind}");
            assert!(restored.signed > 0 && restored.ended > 0, "{kind}: {restored:?}");
            let db = Database::open(&empty.database).await.unwrap();
            assert_eq!(besides(&content(&db).await), besides(&before), "{kind}");
            // Its log goes on from where it was, and says so.
            let tx = db.read(city.office.tenant).await.unwrap();
            let rows = store::restored(&tx).await.unwrap();
            let events = made.manifest.governments[0].events;
            assert_eq!(rows.iter().map(|row| row.events as u64).collect::<Vec<_>>(), [events]);
            let line = crate::audit::lines(&tx, events, 1).await.unwrap().remove(0);
            assert!(line.contains("backup.restore") && line.contains(&made.digest.to_string()), "{line}");
            let place = empty.place().folder;
            let settings = std::fs::read_to_string(place.join("office.toml")).unwrap();
            assert!(settings.contains("https://test.example"));
            assert_eq!(std::fs::read_to_string(place.join("keys/log.key")).unwrap(), city.office.log_secret);
        }
        // The office that was backed up knows of it.
        let tx = city.office.office.db().read(city.office.tenant).await.unwrap();
        let last = store::last_made(&tx).await.unwrap().unwrap();
        assert_eq!((last.digest, last.bytes as u64), (made.digest.to_string(), made.bytes), "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_every_table_can_be_backed_up_on_both_databases() {
    for office in TestOffice::both().await {
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let shapes = store::shapes(&tx).await.unwrap();
        assert!(shapes.len() > 30, "{}: {}", office.kind, shapes.len());
        assert!(shapes.iter().all(|shape| shape.names().contains(&"tenant".to_owned())), "{}", office.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_are_of_one_moment_while_the_office_goes_on() {
    for office in TestOffice::both().await {
        lived::live(&office).await;
        let mut tx = office.office.db().moment().await.unwrap();
        let shapes = store::shapes(&tx).await.unwrap();
        let tenants = [TenantId::nobody(), office.tenant];
        let events = shapes.iter().find(|shape| shape.name == "audit_event").unwrap();
        let before = store::count(&mut tx, events, &[office.tenant]).await.unwrap();
        let people = people::all_governments(&tx).await.unwrap();
        assert!(!people.is_empty());
        office.receive(&testing::TestRun::of([testing::TestFinding::to_kim("분식집")])).await;
        let mut lines = 0;
        store::lines(&mut tx, events, &tenants, |line| {
            assert!(!line.contains("분식집"));
            lines += 1;
            Ok(())
        })
        .await
        .unwrap();
        assert!(lines >= before, "{}", office.kind);
        let now = store::count(&mut tx, events, &[office.tenant]).await.unwrap();
        assert_eq!(now, before, "{}: what came meanwhile is not seen", office.kind);
    }
}

/// The backup at `path` with one of its files changed.
fn with_changed(path: &Path, file: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> PathBuf {
    let to = path.with_extension("changed");
    let mut from = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::fs::File::create(&to).unwrap());
    for at in 0..from.len() {
        let mut entry = from.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if name == file {
            bytes = change(&bytes);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap();
    to
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_or_newer_is_refused_by_name_and_nothing_is_changed() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.backup");
    let made = city.back_up(&path, &KeysGo::Inside).await.unwrap();
    let empty = Empty::sqlite();
    let refused = async |path: &Path| empty.restore(path, &Keys::Inside).await.unwrap_err().to_string();

    let expected = made.manifest.files["rows/case_file.jsonl"].sha256.to_string();
    let swapped = with_changed(&path, "rows/case_file.jsonl", |bytes| {
        String::from_utf8_lossy(bytes).replace("closed", "waited").into_bytes()
    });
    let told = refused(&swapped).await;
    assert!(told.contains("rows/case_file.jsonl") && told.contains(&expected), "{told}");

    let newer = with_changed(&path, "manifest.json", |bytes| {
        String::from_utf8_lossy(bytes).replacen("\"format\": 1", "\"format\": 2", 1).into_bytes()
    });
    let told = refused(&newer).await;
    assert!(told.contains("newer haechi") && told.contains("its form is 2"), "{told}");

    let later = with_changed(&path, "manifest.json", |bytes| {
        String::from_utf8_lossy(bytes)
            .replacen("m20261124_000001_audit_first", "m20990101_000001_later", 1)
            .into_bytes()
    });
    let told = refused(&later).await;
    assert!(told.contains("newer haechi") && told.contains("m20990101_000001_later"), "{told}");

    let outside = with_changed(&path, "manifest.json", |bytes| {
        String::from_utf8_lossy(bytes).replacen("\"office.toml\"", "\"../office.toml\"", 1).into_bytes()
    });
    assert!(refused(&outside).await.contains("leads out of it"));

    // A copy that was cut off, and something else altogether.
    let bytes = std::fs::read(&path).unwrap();
    for part in [&bytes[..bytes.len() / 2], &bytes[..bytes.len() - 10], b"no archive".as_slice(), b""] {
        let cut = folder.path().join("cut.backup");
        std::fs::write(&cut, part).unwrap();
        assert!(refused(&cut).await.contains("is no whole backup"));
    }
    assert!(!empty.place().folder.exists(), "nothing was begun");
    empty.restore(&path, &Keys::Inside).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_that_is_not_empty_and_keys_of_another_are_refused() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.backup");
    city.back_up(&path, &KeysGo::Nowhere).await.unwrap();
    assert!(matches!(city.back_up(&path, &KeysGo::Nowhere).await, Err(BackupError::There(_))), "it stays");
    let empty = Empty::sqlite();
    let told = empty.restore(&path, &Keys::Inside).await.unwrap_err().to_string();
    assert!(told.contains("no keys in this backup") && told.contains("--new-keys"), "{told}");
    let (_, other) = Signer::generate("test.example").unwrap();
    std::fs::write(city.office.folder.path().join("keys/log.key"), &other).unwrap();
    let keys = folder.path().join("other.toml");
    city.back_up(&folder.path().join("two.backup"), &KeysGo::Apart(keys.clone())).await.unwrap();
    let told = empty.restore(&path, &Keys::Apart(keys.clone())).await.unwrap_err().to_string();
    assert!(told.contains("these are keys of"), "{told}");
    assert!(!told.contains(other.split('+').nth(4).unwrap()), "a secret is not repeated");
    assert!(!empty.place().folder.exists(), "nothing was begun");

    std::fs::create_dir_all(empty.place().folder).unwrap();
    std::fs::write(empty.place().folder.join("letter.txt"), "x").unwrap();
    let told = empty.restore(&path, &Keys::New).await.unwrap_err().to_string();
    assert!(told.contains("is not empty: it holds letter.txt"), "{told}");

    let full = Empty::postgres().await;
    Database::open(&full.database).await.unwrap();
    let told = full.restore(&path, &Keys::New).await.unwrap_err().to_string();
    assert!(told.contains("the database is not empty"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_was_killed_is_begun_again_and_until_then_the_place_is_no_office() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.backup");
    let made = city.back_up(&path, &KeysGo::Inside).await.unwrap();
    for empty in [Empty::sqlite(), Empty::postgres().await] {
        let place = empty.place();
        // As if it had died after the tables were made, with an attachment and a line half written.
        std::fs::create_dir_all(place.folder.join("files/ab")).unwrap();
        std::fs::write(place.folder.join("restore.unfinished"), made.digest.to_string()).unwrap();
        std::fs::write(place.folder.join("office.toml.part"), "public_").unwrap();
        let half = crate::migrations::Migrations::only(made.manifest.migrations.clone());
        drop(Database::open_with(&empty.database, Some(half)).await.unwrap());
        assert!(matches!(refuse_unfinished(&place.folder), Err(BackupError::Unfinished { .. })));
        let restored = empty.restore(&path, &Keys::Inside).await.unwrap();
        assert!(restored.events > 0);
        refuse_unfinished(&place.folder).unwrap();
        // As if it had died at its very end: what was told is not told twice.
        std::fs::write(place.folder.join("restore.unfinished"), made.digest.to_string()).unwrap();
        empty.restore(&path, &Keys::Inside).await.unwrap();
        let db = Database::open(&empty.database).await.unwrap();
        let tx = db.read(city.office.tenant).await.unwrap();
        assert_eq!(store::restored(&tx).await.unwrap().len(), 1);
        // Another backup does not go on with it.
        std::fs::write(place.folder.join("restore.unfinished"), "another").unwrap();
        let told = empty.restore(&path, &Keys::Inside).await.unwrap_err().to_string();
        assert!(told.contains("another backup"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_backup_leaves_nothing_that_looks_whole_and_is_swept_by_the_next() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join(".haechi-backup-4242.part");
    std::fs::write(&left, "PK half").unwrap();
    let made = city.back_up(folder.path(), &KeysGo::Nowhere).await.unwrap();
    let names: Vec<PathBuf> = std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().path()).collect();
    assert_eq!(names, [made.path]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_that_was_lost_or_changed_is_told_and_the_rest_is_backed_up() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let [kept] = city.office.office.files().list().try_collect::<Vec<_>>().await.unwrap().try_into().unwrap();
    let digest = kept.digest.to_string();
    let path = city.office.folder.path().join("files").join(&digest[..2]).join(&digest);
    std::fs::write(&path, "%PDF-1.7 another receipt").unwrap();
    let made = city.back_up(&folder.path().join("one"), &KeysGo::Inside).await.unwrap();
    let missing = |made: &Made| made.manifest.missing.iter().map(|one| one.why.clone()).collect::<Vec<_>>();
    assert_eq!(missing(&made), ["changed"]);
    assert!(!made.manifest.files.contains_key(&format!("files/{digest}")));
    std::fs::remove_file(&path).unwrap();
    let made = city.back_up(&folder.path().join("two"), &KeysGo::Inside).await.unwrap();
    assert_eq!(missing(&made), ["missing"]);
    let restored = Empty::sqlite().restore(&made.path, &Keys::Inside).await.unwrap();
    assert_eq!(restored.attachments, 0, "it was known to be missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_that_lost_its_keys_goes_on_with_new_ones_and_its_log_says_so() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let made = city.back_up(folder.path(), &KeysGo::Nowhere).await.unwrap();
    let empty = Empty::sqlite();
    empty.restore(&made.path, &Keys::New).await.unwrap();
    let secret = std::fs::read_to_string(empty.place().folder.join("keys/log.key")).unwrap();
    let signer = Signer::parse(&secret).unwrap();
    assert_eq!(signer.name(), "test.example");
    assert_ne!(signer.key(), made.manifest.log_key);
    let db = Database::open(&empty.database).await.unwrap();
    let tx = db.read(city.office.tenant).await.unwrap();
    assert_eq!(store::restored(&tx).await.unwrap()[0].earlier_key.as_ref(), Some(&made.manifest.log_key));
}

#[tokio::test(flavor = "multi_thread")]
async fn attachments_go_from_a_folder_into_a_bucket_that_is_empty_and_from_the_bucket_into_a_folder() {
    let city = City::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let first = city.back_up(folder.path(), &KeysGo::Inside).await.unwrap();
    let (server, store, _key) = crate::files::tests::bucket();
    let settings = folder.path().join("bucket.toml");
    let config = Config { files: store, ..Config::default() };
    std::fs::write(&settings, toml::to_string(&config).unwrap()).unwrap();
    let in_bucket = Empty::sqlite();
    let place = Place { settings: Some(settings), ..in_bucket.place() };
    let restored = Empty::restore_into(&place, &first.path, &Keys::Inside).await.unwrap();
    assert_eq!(restored.attachments, 1);
    assert!(!place.folder.join("files").exists(), "nothing beside the bucket");
    assert!(server.bucket("city").join("haechi/files").is_dir());

    // Another one is not restored over it, unless it is said that it is the office's own.
    let other = Place { settings: place.settings.clone(), ..Empty::sqlite().place() };
    let told = Empty::restore_into(&other, &first.path, &Keys::Inside).await.unwrap_err().to_string();
    assert!(told.contains("s3://city/haechi/files is not empty") && told.contains("--keep-bucket"), "{told}");
    assert!(!other.folder.exists(), "nothing was begun");
    let own = Place { keeps_bucket: true, ..other };
    Empty::restore_into(&own, &first.path, &Keys::Inside).await.unwrap();

    // And back: what lies in the bucket is in its backup.
    let db = Database::open(&in_bucket.database).await.unwrap();
    let files = crate::files::Files::open(&config, &place.folder, |_| None).unwrap();
    let clock = haechi_core::time::FixedClock(testing::TUESDAY + 31 * 24 * 60 * 60);
    let source = Source { db: &db, files: &files, folder: &place.folder, data: None, clock: &clock };
    let second = make(&source, &folder.path().join("second"), &KeysGo::Inside, &Progress::default()).await.unwrap();
    let settings = folder.path().join("folder.toml");
    std::fs::write(&settings, "").unwrap();
    let in_folder = Empty::postgres().await;
    let place = Place { settings: Some(settings), ..in_folder.place() };
    assert_eq!(Empty::restore_into(&place, &second.path, &Keys::Inside).await.unwrap().attachments, 1);
    assert!(place.folder.join("files").is_dir());
}
