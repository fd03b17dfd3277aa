//! What an office of many governments takes: filled, written to, handed a large run, started. `cargo x bench office` measures it.
//!
//! ```text
//! load fill   FOLDER TENANTS ALERTS EVENTS   so many governments, alerts with their cases, and events of the log
//! load writes FOLDER SECONDS                 twenty governments at once: comments, each with its event
//! load ingest FOLDER FINDINGS                one run into a government of its own
//! load spread FOLDER                         makes a year of what was filled in, most of it closed
//! load people FOLDER                         some of each government sign in
//! load read   FOLDER SECONDS RATE            so many pages a second, of a process that serves
//! load statistics FOLDER all|one             a year of every government, or the page of one
//! load start  FOLDER                         opens the office and answers one request
//! load log    FOLDER EVENTS                  an export of so many events and its checkpoints, to be verified
//! load verify FOLDER KEY                     verifies it, as `haechi verify log` does
//! load server FOLDER                         PostgreSQL; prints its addresses, ends when its input does
//! ```
//!
//! Two addresses of PostgreSQL behind the words choose that database. `begin` and `end N` stand around what is to be timed.

#[path = "government/mod.rs"]
mod government;
#[path = "load/reading.rs"]
mod reading;

use std::collections::BTreeSet;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use government::{Chance, Trouble, arguments, open, run, server, tenant};
use haechi_office::audit::verify::{Keys, verify};
use haechi_office::audit::{self, Entry, LogKey, Record, Via};
use haechi_office::config::Config;
use haechi_office::db::Settings;
use haechi_office::ids::{CaseId, TenantId};
use haechi_office::office::Office;
use haechi_office::policy::Actor;
use haechi_office::slices::{cases, people};
use haechi_office::{ingest, web};

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let (words, settings) = arguments(16);
    let number = |at: usize| -> Result<u64, Trouble> { Ok(words.get(at).ok_or("a number is missing")?.parse()?) };
    let folder = Path::new(words.get(1).map_or(".", String::as_str));
    match words.first().map(String::as_str) {
        Some("server") => server().await,
        Some("fill") => fill(folder, &settings, number(2)?, number(3)?, number(4)?).await,
        Some("writes") => writes(folder, &settings, number(2)?).await,
        Some("ingest") => take(folder, &settings, number(2)?).await,
        Some("spread") => reading::spread(folder, &settings).await,
        Some("people") => reading::people_in(folder, &settings).await,
        Some("serve") => reading::serve(folder, &settings).await,
        Some("read") => reading::read(folder, &forwarded(), number(2)?, number(3)?).await,
        Some("statistics") => reading::statistics(folder, &settings, words.get(2).map_or("all", String::as_str)).await,
        Some("start") => start(folder, &settings).await,
        Some("log") => log(folder, number(2)?).await,
        Some("verify") => check(folder, words.get(2).ok_or("a key is missing")?),
        _ => {
            Err("load fill | spread | people | read | statistics | writes | ingest | start | log | verify | server"
                .into())
        }
    }
}

/// The folder and the addresses of the database, as they were given.
fn forwarded() -> Vec<String> {
    let words = std::env::args().skip(1).enumerate();
    words.filter(|(at, word)| *at == 1 || word.starts_with("postgres://")).map(|(_, word)| word).collect()
}

/// Teams of each government: with their heads and the four of the hall, 22 people.
const TEAMS: u64 = 3;

pub(crate) fn say(line: &str) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

fn code(at: u64) -> String {
    format!("{:07}", 3_000_000 + at)
}

async fn engine(office: &Office, tenant: TenantId) -> Result<Actor, Trouble> {
    let tx = office.db().read(tenant).await?;
    let directory = people::directory(office, &tx).await?;
    Ok(Actor::engine(tenant, "engine".to_owned(), directory, office.today()))
}

async fn hand_in(office: &Office, folder: &Path, tenant: TenantId, code: &str, findings: u64) -> Result<(), Trouble> {
    let numbers: BTreeSet<u64> = (0..findings).collect();
    let (text, _) = run(code, &numbers, &mut Chance(findings), TEAMS)?;
    let file = folder.join(format!("run-{code}.jsonl"));
    std::fs::write(&file, text)?;
    ingest::receive(office, &engine(office, tenant).await?, &file).await?;
    std::fs::remove_file(&file)?;
    Ok(())
}

/// An event as long as most are.
fn event(n: u64) -> Entry {
    Entry {
        action: "case.comment".to_owned(),
        actor: "0199aaaa-0000-7000-8000-000000000000".to_owned(),
        true_actor: None,
        via: Via::Web,
        record: Record { kind: "case".to_owned(), id: n.to_string() },
        before: None,
        after: Some("ab".repeat(32)),
    }
}

async fn fill(folder: &Path, settings: &Settings, tenants: u64, alerts: u64, events: u64) -> Result<(), Trouble> {
    std::fs::create_dir_all(folder)?;
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    say("begin")?;
    for at in 0..tenants {
        let code = code(at);
        let tenant = tenant(&office, &code, TEAMS).await?;
        hand_in(&office, folder, tenant, &code, alerts / tenants).await?;
        let tx = office.db().read(tenant).await?;
        let there = audit::size(&tx).await?;
        drop(tx);
        let missing = (events / tenants).saturating_sub(there);
        for from in (0..missing).step_by(5_000) {
            let entries: Vec<Entry> = (from..missing.min(from + 5_000)).map(event).collect();
            let tx = office.db().write(tenant).await?;
            audit::append_all(&tx, office.clock(), &entries).await?;
            tx.commit().await?;
        }
    }
    say(&format!("end {alerts}"))
}

/// A case of each of the first governments, and who answers for it.
async fn writers(office: &Office, count: u64) -> Result<Vec<(Actor, CaseId)>, Trouble> {
    let mut writers = Vec::new();
    for at in 0..count {
        let code = code(at);
        let there = people::governments(office).await?;
        let tenant = there.iter().find(|row| row.code == code).ok_or("fill it first")?.tenant;
        let tx = office.db().read(tenant).await?;
        let directory = people::directory(office, &tx).await?;
        let kim = directory.with_employee_no("K1").ok_or("nobody")?.id;
        let actor = Actor::person(tenant, kim, [], directory, office.today(), Via::Web);
        let case = cases::any_of(&tx, kim).await?.ok_or("no case")?;
        writers.push((actor, case));
    }
    Ok(writers)
}

async fn writes(folder: &Path, settings: &Settings, seconds: u64) -> Result<(), Trouble> {
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    let writers = writers(&office, 20).await?;
    let done = Arc::new(AtomicU64::new(0));
    say("begin")?;
    let mut tasks = tokio::task::JoinSet::new();
    for (actor, case) in writers {
        let (office, done) = (office.clone(), done.clone());
        tasks.spawn(async move {
            loop {
                if let Err(error) = cases::comment(&office, &actor, case, "확인 중입니다.").await {
                    return error;
                }
                done.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    let ended = tokio::time::timeout(Duration::from_secs(seconds), tasks.join_next()).await;
    if let Ok(Some(error)) = ended {
        return Err(format!("a writer stopped: {error:?}").into());
    }
    let count = done.load(Ordering::Relaxed);
    tasks.abort_all();
    say(&format!("end {count}"))
}

async fn take(folder: &Path, settings: &Settings, findings: u64) -> Result<(), Trouble> {
    std::fs::create_dir_all(folder)?;
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    let code = "3999999";
    let tenant = tenant(&office, code, TEAMS).await?;
    let file = folder.join("large.jsonl");
    if !file.exists() {
        // By another process, so that its memory is not counted.
        let numbers: BTreeSet<u64> = (0..findings).collect();
        std::fs::write(&file, run(code, &numbers, &mut Chance(1), TEAMS)?.0)?;
        return say("made");
    }
    let engine = engine(&office, tenant).await?;
    say("begin")?;
    let received = ingest::receive(&office, &engine, &file).await?;
    say(&format!("end {}", received.new))?;
    say_peak()
}

/// The highest the process's memory was.
fn say_peak() -> Result<(), Trouble> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    say(&format!("peak {}", peak.trim()))
}

async fn start(folder: &Path, settings: &Settings) -> Result<(), Trouble> {
    say("begin")?;
    let (office, _) = open(folder, settings, 0, Config::default()).await?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let serving = office.clone();
    tokio::spawn(async move { web::serve(listener, &serving, std::future::pending()).await });
    let page = reqwest::get(format!("http://{address}/sign-in")).await?.error_for_status()?.text().await?;
    say(&format!("end {}", page.len()))
}

async fn log(folder: &Path, events: u64) -> Result<(), Trouble> {
    std::fs::create_dir_all(folder)?;
    let settings = Settings::Sqlite { file: folder.join("log.db") };
    let (office, _) = open(folder, &settings, 0, Config::default()).await?;
    let code = code(0);
    let tenant = tenant(&office, &code, TEAMS).await?;
    for from in (0..events).step_by(50_000) {
        let entries: Vec<Entry> = (from..events.min(from + 50_000)).map(event).collect();
        let tx = office.db().write(tenant).await?;
        audit::append_all(&tx, office.clock(), &entries).await?;
        audit::checkpoint(&tx, office.signer(), &code, office.clock()).await?;
        tx.commit().await?;
    }
    let tx = office.db().read(tenant).await?;
    let mut out = BufWriter::new(std::fs::File::create(folder.join("events.jsonl"))?);
    audit::export(&tx, &mut out).await?;
    out.flush()?;
    std::fs::write(folder.join("checkpoints.txt"), audit::checkpoints(&tx).await?)?;
    say(office.signer().key())
}

fn check(folder: &Path, key: &str) -> Result<(), Trouble> {
    say("begin")?;
    let keys = Keys { log: LogKey::parse(key)?, witnesses: Vec::new() };
    let checkpoints = std::fs::read_to_string(folder.join("checkpoints.txt"))?;
    let events = BufReader::new(std::fs::File::open(folder.join("events.jsonl"))?);
    let verdict = verify(events, &checkpoints, &keys)?;
    if !verdict.faults.is_empty() {
        return Err(format!("{:?}", verdict.faults).into());
    }
    say(&format!("end {}", verdict.events))?;
    say_peak()
}
