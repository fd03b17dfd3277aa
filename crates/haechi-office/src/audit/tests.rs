//! The log on both databases, and the six ways to tamper with it.

use std::io::Cursor;

use haechi_core::time::FixedClock;
use sea_orm::ConnectionTrait as _;

use super::cosignature::Seen;
use super::verify::{Fault, Keys, Verdict, verify};
use super::*;
use crate::db::{Database, Settings};
use crate::ids::TenantId;

const CLOCK: FixedClock = FixedClock(1_795_478_400);
const NAME: &str = "haechi.example";

/// An office of its own on SQLite, and one on a PostgreSQL server of its own.
enum Place {
    Sqlite(tempfile::TempDir),
    Postgres(haechi_testkit::database_servers::Postgres),
}

impl Place {
    fn both() -> [Self; 2] {
        let server = haechi_testkit::database_servers::Postgres::start();
        [Self::Sqlite(tempfile::tempdir().unwrap()), Self::Postgres(server)]
    }

    async fn open(&self) -> Database {
        Database::open(&self.settings().await).await.unwrap()
    }

    async fn settings(&self) -> Settings {
        match self {
            Self::Sqlite(folder) => Settings::Sqlite { file: folder.path().join("office.db") },
            Self::Postgres(server) => {
                let [owner, application] = server.office_urls();
                let settings = Settings::Postgres { owner, application, connections: 8 };
                // Asked again, the log-ins are there.
                if sea_orm::Database::connect(server.office_urls()[1].as_str()).await.is_ok() {
                    return settings;
                }
                crate::testing::log_ins(server, 8).await
            }
        }
    }
}

fn keys() -> (Signer, LogKey) {
    let (signer, secret) = Signer::generate(NAME).unwrap();
    assert_eq!(Signer::parse(&secret).unwrap().key(), signer.key());
    let log = LogKey::parse(signer.key()).unwrap();
    (signer, log)
}

fn entry(id: u64) -> Entry {
    Entry {
        action: "case.answer".to_owned(),
        actor: "0199-person".to_owned(),
        true_actor: None,
        via: Via::Web,
        record: Record { kind: "case".to_owned(), id: id.to_string() },
        before: None,
        after: Some("ab".repeat(32)),
    }
}

async fn add(database: &Database, tenant: TenantId, events: std::ops::Range<u64>) {
    for id in events {
        let tx = database.write(tenant).await.unwrap();
        append(&tx, &CLOCK, &entry(id)).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn sign(database: &Database, tenant: TenantId, signer: &Signer) -> Option<String> {
    let tx = database.write(tenant).await.unwrap();
    let note = checkpoint(&tx, signer, "3110000", &CLOCK).await.unwrap();
    tx.commit().await.unwrap();
    note
}

/// What an auditor takes away: the events and the checkpoints.
async fn taken(database: &Database, tenant: TenantId) -> (Vec<String>, String) {
    let tx = database.read(tenant).await.unwrap();
    let mut lines = Vec::new();
    export(&tx, &mut lines).await.unwrap();
    let lines = String::from_utf8(lines).unwrap().lines().map(str::to_owned).collect();
    (lines, checkpoints(&tx).await.unwrap())
}

fn judged(lines: &[String], checkpoints: &str, keys: &Keys) -> Verdict {
    let mut text = lines.join("\n");
    text.push('\n');
    verify(Cursor::new(text), checkpoints, keys).unwrap()
}

/// A log of 40 events with checkpoints at 10, 25 and 38, of which a witness signed the first two.
async fn watched(database: &Database, signer: &Signer, log: &LogKey) -> (TenantId, Witness) {
    let tenant = TenantId::new();
    let witness = Witness::new("witness.example", [7; 32]).unwrap();
    let mut seen = Seen::default();
    let mut from = 0;
    for (size, is_watched) in [(10, true), (25, true), (38, false)] {
        add(database, tenant, from..size).await;
        from = size;
        let note = sign(database, tenant, signer).await.unwrap();
        if is_watched {
            let tx = database.write(tenant).await.unwrap();
            let proof = consistency(&tx, size, seen.size).await.unwrap();
            let (line, now) = witness.cosign(&note, log, seen, &proof, 1_795_478_401).unwrap();
            cosign(&tx, size, &witness.key(), &line).await.unwrap();
            tx.commit().await.unwrap();
            seen = now;
        }
    }
    add(database, tenant, 38..40).await;
    (tenant, witness)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_verifies_from_its_export_and_says_from_where_on_it_is_not_witnessed() {
    for place in Place::both() {
        let database = place.open().await;
        let (signer, log) = keys();
        let (tenant, witness) = watched(&database, &signer, &log).await;
        let (lines, checkpoints) = taken(&database, tenant).await;
        let verdict = judged(&lines, &checkpoints, &Keys { log, witnesses: vec![witness.key()] });
        assert!(verdict.is_whole(), "{:?}", verdict.faults);
        assert_eq!((verdict.events, verdict.signed, verdict.witnessed), (40, 38, 25));
        assert_eq!(verdict.origin, "haechi.example/3110000");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_six_tampers_are_found_offline() {
    let place = Place::Sqlite(tempfile::tempdir().unwrap());
    let database = place.open().await;
    let (signer, log) = keys();
    let (tenant, witness) = watched(&database, &signer, &log).await;
    let (lines, checkpoints) = taken(&database, tenant).await;
    let keys = Keys { log, witnesses: vec![witness.key()] };
    let found = |lines: &[String]| judged(lines, &checkpoints, &keys).faults;

    let mut edited = lines.clone();
    edited[12] = edited[12].replace("case.answer", "case.refuse");
    assert!(matches!(
        found(&edited)[..],
        [Fault::Changed { after: 10, size: 25, witnessed: true }, Fault::Changed { .. }]
    ));

    let mut without_middle = lines.clone();
    without_middle.remove(12);
    assert!(matches!(found(&without_middle)[0], Fault::Line { line: 13, expected: 12, says: Some(13) }));

    let without_newest = &lines[..20];
    assert!(matches!(found(without_newest)[0], Fault::Missing { size: 25, lines: 20 }));

    let mut moved = lines.clone();
    moved.swap(12, 13);
    assert!(matches!(found(&moved)[0], Fault::Line { line: 13, expected: 12, says: Some(13) }));

    let mut inserted = lines.clone();
    inserted.insert(12, lines[5].clone());
    assert!(matches!(found(&inserted)[0], Fault::Line { line: 13, expected: 12, says: Some(5) }));

    // Whoever runs the installation has its key: they write another log, and sign it.
    let other = TenantId::new();
    add(&database, other, 100..140).await;
    sign(&database, other, &signer).await.unwrap();
    let (replaced, own_checkpoints) = taken(&database, other).await;
    let faults = found(&replaced);
    assert!(matches!(faults[0], Fault::Changed { after: 0, size: 10, witnessed: true }), "{faults:?}");
    let with_their_checkpoints = judged(&replaced, &own_checkpoints, &keys);
    assert!(with_their_checkpoints.is_whole() && with_their_checkpoints.witnessed == 0, "nobody else vouches for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn renumbered_events_are_found_though_every_line_stands_where_it_says() {
    let place = Place::Sqlite(tempfile::tempdir().unwrap());
    let database = place.open().await;
    let (signer, log) = keys();
    let (tenant, witness) = watched(&database, &signer, &log).await;
    let (mut lines, checkpoints) = taken(&database, tenant).await;
    lines.remove(12);
    for (at, line) in lines.iter_mut().enumerate().skip(12) {
        *line = line.replace(&format!("\"position\":{}", at + 1), &format!("\"position\":{at}"));
    }
    let verdict = judged(&lines, &checkpoints, &Keys { log, witnesses: vec![witness.key()] });
    assert!(
        matches!(verdict.faults[0], Fault::Changed { after: 10, size: 25, witnessed: true }),
        "{:?}",
        verdict.faults
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_does_not_sign_a_log_that_was_rewritten_nor_one_of_another_key() {
    let place = Place::Sqlite(tempfile::tempdir().unwrap());
    let database = place.open().await;
    let (signer, log) = keys();
    let (tenant, _) = watched(&database, &signer, &log).await;
    let witness = Witness::new("witness.example", [9; 32]).unwrap();
    let tx = database.read(tenant).await.unwrap();
    let (_, note) = latest(&tx).await.unwrap().unwrap();
    let proof = consistency(&tx, 38, 25).await.unwrap();
    let foreign = Seen { size: 25, root: tlog_tiles::tlog::record_hash(b"another log") };
    let refused = witness.cosign(&note, &log, foreign, &proof, 1).unwrap_err();
    assert!(matches!(refused, CheckpointError::Rewritten { before: 25, size: 38, .. }), "{refused}");
    let shorter = Seen { size: 39, ..foreign };
    assert!(matches!(witness.cosign(&note, &log, shorter, &proof, 1), Err(CheckpointError::Rewritten { .. })));
    let (_, another) = keys();
    assert!(matches!(witness.cosign(&note, &another, Seen::default(), &proof, 1), Err(CheckpointError::Note(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_another_witness_or_about_another_checkpoint_is_not_kept() {
    let place = Place::Sqlite(tempfile::tempdir().unwrap());
    let database = place.open().await;
    let (signer, log) = keys();
    let (tenant, _) = watched(&database, &signer, &log).await;
    let tx = database.write(tenant).await.unwrap();
    let (size, note) = latest(&tx).await.unwrap().unwrap();
    let witness = Witness::new("witness.example", [9; 32]).unwrap();
    let proof = consistency(&tx, size, 0).await.unwrap();
    let (line, _) = witness.cosign(&note, &log, Seen::default(), &proof, 1).unwrap();
    let stranger = Witness::new("stranger.example", [9; 32]).unwrap();
    assert!(cosign(&tx, size, &stranger.key(), &line).await.is_err());
    assert!(cosign(&tx, 10, &witness.key(), &line).await.is_err());
    assert!(cosign(&tx, 11, &witness.key(), &line).await.is_err());
    cosign(&tx, size, &witness.key(), &line).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_many_who_write_at_once_stand_in_one_log_without_a_gap() {
    for place in Place::both() {
        let database = place.open().await;
        let tenants = [TenantId::new(), TenantId::new()];
        let mut writers = Vec::new();
        for writer in 0..8_u64 {
            let database = database.clone();
            let tenant = tenants[usize::try_from(writer % 2).unwrap()];
            writers.push(tokio::spawn(async move { add(&database, tenant, writer * 100..writer * 100 + 15).await }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let (signer, log) = keys();
        for tenant in tenants {
            sign(&database, tenant, &signer).await.unwrap();
            let (lines, checkpoints) = taken(&database, tenant).await;
            let verdict = judged(&lines, &checkpoints, &Keys { log: log.clone(), witnesses: Vec::new() });
            assert!(verdict.is_whole(), "{:?}", verdict.faults);
            assert_eq!((verdict.events, verdict.signed), (60, 60));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_committed_is_not_in_the_log_and_a_checkpoint_is_made_once() {
    for place in Place::both() {
        let database = place.open().await;
        let (signer, _) = keys();
        let tenant = TenantId::new();
        assert_eq!(sign(&database, tenant, &signer).await, None, "an empty log has nothing to sign");
        add(&database, tenant, 0..3).await;
        let tx = database.write(tenant).await.unwrap();
        append(&tx, &CLOCK, &entry(3)).await.unwrap();
        drop(tx);
        assert!(sign(&database, tenant, &signer).await.unwrap().contains("\n3\n"));
        assert_eq!(sign(&database, tenant, &signer).await, None);
        let tx = database.read(tenant).await.unwrap();
        assert_eq!(size(&tx).await.unwrap(), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_is_the_one_another_library_makes() {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    let place = Place::Sqlite(tempfile::tempdir().unwrap());
    let database = place.open().await;
    let tenant = TenantId::new();
    let mut second = MemoryBackedTree::<sha2::Sha256, String>::new();
    for id in 0..70 {
        add(&database, tenant, id..id + 1).await;
        let (lines, _) = taken(&database, tenant).await;
        second.push(lines.last().unwrap().clone());
        let tx = database.read(tenant).await.unwrap();
        let root = super::log::root(&tx, id + 1).await.unwrap();
        assert_eq!(root.0.as_slice(), second.root().as_bytes().as_slice(), "of {} events", id + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_application_can_add_to_the_log_and_read_it_and_do_nothing_else_to_it() {
    let place = Place::Postgres(haechi_testkit::database_servers::Postgres::start());
    let database = place.open().await;
    let (signer, log) = keys();
    let (tenant, _) = watched(&database, &signer, &log).await;
    for table in ["audit_event", "audit_hash", "audit_checkpoint", "audit_cosignature"] {
        for statement in [
            format!("UPDATE {table} SET tenant = tenant"),
            format!("DELETE FROM {table}"),
            format!("TRUNCATE {table}"),
            format!("DROP TABLE {table}"),
            format!("ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"),
            format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
            format!("DROP POLICY own_tenant ON {table}"),
            "SET ROLE haechi_owner".to_owned(),
        ] {
            let tx = database.write(tenant).await.unwrap();
            let refused = tx.on().execute_unprepared(&statement).await.unwrap_err().to_string();
            assert!(
                refused.contains("permission denied") || refused.contains("must be owner"),
                "{statement}: {refused}"
            );
        }
    }
    let tx = database.read(TenantId::new()).await.unwrap();
    let all =
        sea_orm::Statement::from_string(sea_orm::DatabaseBackend::Postgres, "SELECT count(*) AS n FROM audit_event");
    let seen: i64 = tx.on().query_one_raw(all).await.unwrap().unwrap().try_get("", "n").unwrap();
    assert_eq!(seen, 0, "another tenant sees nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_on_postgresql_shows_a_tenant_its_own_rows_alone() {
    let server = haechi_testkit::database_servers::Postgres::start();
    let admin = sea_orm::Database::connect(server.admin_url()).await.unwrap();
    let place = Place::Postgres(server);
    place.open().await;
    let open = "SELECT coalesce(string_agg(relname::text, ' '), '') AS names FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'seaql_migrations'
          AND NOT (relrowsecurity AND relforcerowsecurity)";
    let row = admin.query_one_raw(sea_orm::Statement::from_string(sea_orm::DatabaseBackend::Postgres, open)).await;
    let names: String = row.unwrap().unwrap().try_get("", "names").unwrap();
    assert_eq!(names, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_that_may_too_much_is_refused() {
    let server = haechi_testkit::database_servers::Postgres::start();
    let mighty = Settings::Postgres { owner: server.admin_url(), application: server.admin_url(), connections: 2 };
    assert!(!format!("{mighty:?}").contains(haechi_testkit::database_servers::ADMIN_PASSWORD), "a password is shown");
    let refused = Database::open(&mighty).await.unwrap_err().to_string();
    assert!(refused.contains("superuser"), "{refused}");
}

#[test]
fn a_key_with_a_name_that_cannot_be_borne_is_refused_and_a_secret_is_never_repeated() {
    assert!(Signer::generate("two words").is_err());
    let Err(refused) = Signer::parse("PRIVATE+KEY+haechi.example+00000000+c2VjcmV0") else { unreachable!("no key") };
    assert!(!refused.to_string().contains("c2VjcmV0"), "{refused}");
    let key = Witness::new("witness.example", [7; 32]).unwrap().key();
    assert_eq!(WitnessKey::parse(&key.to_string()).unwrap().to_string(), key.to_string());
    assert!(WitnessKey::parse(&key.to_string().replace("witness.example", "stranger.example")).is_err());
}
