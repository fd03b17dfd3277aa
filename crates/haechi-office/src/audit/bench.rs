//! A long log, to be timed: `HAECHI_EVENTS=3000000 cargo test --release -p haechi-office --lib -- --ignored --nocapture a_long_log`.
//!
//! With `HAECHI_OUT` the export stays in that folder, so that `haechi verify log` can be timed on it.

use std::io::BufReader;
use std::path::PathBuf;

use haechi_core::time::FixedClock;
use tokio::time::Instant;

use super::verify::{Keys, verify};
use super::{Entry, LogKey, Record, Signer, Via, append_all, checkpoint, checkpoints, export};
use crate::db::{Database, Settings};
use crate::ids::TenantId;

const CLOCK: FixedClock = FixedClock(1_795_478_400);
/// Events that are added in one transaction.
const AT_ONCE: u64 = 50_000;

fn entry(id: u64) -> Entry {
    Entry {
        action: "case.answer".to_owned(),
        actor: "01930000-0000-7000-8000-000000000001".to_owned(),
        true_actor: None,
        via: Via::Web,
        record: Record { kind: "case".to_owned(), id: format!("01930000-0000-7000-8000-{:012x}", id / 6) },
        before: Some("ab".repeat(32)),
        after: Some("cd".repeat(32)),
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes long; for timing"]
async fn a_long_log_is_made_exported_and_verified() {
    let events: u64 = std::env::var("HAECHI_EVENTS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let out = std::env::var_os("HAECHI_OUT").map_or_else(|| folder.path().to_owned(), PathBuf::from);
    let database = Database::open(&Settings::Sqlite { file: folder.path().join("office.db") }).await.unwrap();
    let (tenant, (signer, _)) = (TenantId::new(), Signer::generate("haechi.example").unwrap());
    let began = Instant::now();
    let mut at = 0;
    while at < events {
        let next = events.min(at + AT_ONCE);
        let chunk: Vec<Entry> = (at..next).map(entry).collect();
        let tx = database.write(tenant).await.unwrap();
        append_all(&tx, &CLOCK, &chunk).await.unwrap();
        checkpoint(&tx, &signer, "3110000", &CLOCK).await.unwrap();
        tx.commit().await.unwrap();
        at = next;
    }
    println!("{events} events added in {:?}", began.elapsed());
    let began = Instant::now();
    let tx = database.read(tenant).await.unwrap();
    let mut file = std::io::BufWriter::new(std::fs::File::create(out.join("events.jsonl")).unwrap());
    export(&tx, &mut file).await.unwrap();
    drop(file);
    let notes = checkpoints(&tx).await.unwrap();
    std::fs::write(out.join("checkpoints.txt"), &notes).unwrap();
    println!("exported in {:?}", began.elapsed());
    let began = Instant::now();
    let keys = Keys { log: LogKey::parse(signer.key()).unwrap(), witnesses: Vec::new() };
    let file = std::fs::File::open(out.join("events.jsonl")).unwrap();
    let verdict = verify(BufReader::with_capacity(1 << 20, file), &notes, &keys).unwrap();
    println!("verified in {:?}", began.elapsed());
    println!("haechi verify log {0}/events.jsonl {0}/checkpoints.txt --key '{1}'", out.display(), signer.key());
    assert!(verdict.is_whole(), "{:?}", verdict.faults);
    assert_eq!((verdict.events, verdict.signed), (events, events));
}
