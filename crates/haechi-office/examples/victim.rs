//! An office that is killed: it takes runs in, answers, approves, confirms and lets time pass, until somebody kills it.
//!
//! ```text
//! victim server                 starts PostgreSQL, prints its two addresses, ends when its input does
//! victim work PLACE SEED        works until killed; prints `ack CASE REVISION` and `run DIGEST` of what was committed
//! victim sink FOLDER…           takes mail; its port goes into `mail-port` of each folder, each mail into `mails`
//! victim check PLACE ACKS       whether all that was acknowledged is there, once, and the log is whole
//! ```
//!
//! PLACE is a folder, for SQLite; with two addresses of PostgreSQL behind the words (owner, then who serves), that database is used.
//! `cargo x torture` kills it.

#[path = "government/mod.rs"]
mod government;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::Path;

use government::{Chance, Trouble, arguments, open, run, server, tenant};
use haechi_office::audit::verify::{Keys, verify};
use haechi_office::audit::{self, LogKey, Via};
use haechi_office::config::Config;
use haechi_office::db::Settings;
use haechi_office::ids::{CaseId, MessageId, PersonId, TenantId};
use haechi_office::policy::{Actor, Role};
use haechi_office::slices::cases::{self, Answer};
use haechi_office::slices::people;
use haechi_office::{ingest, timed};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

const GOVERNMENT: &str = "3110000";

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let (words, place) = arguments(4);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["server"] => server().await,
        ["sink", folders @ ..] => sink(folders).await,
        ["work", folder, seed] => work(Path::new(folder), &place, seed.parse()?).await,
        ["check", folder, acks] => check(Path::new(folder), &place, Path::new(acks)).await,
        _ => Err("victim server | work PLACE SEED | check PLACE ACKS".into()),
    }
}

/// A mail server that takes everything and notes each mail's Message-ID in its folder, until its input ends.
async fn sink(folders: &[&str]) -> Result<(), Trouble> {
    for folder in folders {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        std::fs::write(Path::new(folder).join("mail-port"), listener.local_addr()?.port().to_string())?;
        let notes = std::fs::OpenOptions::new().create(true).append(true).open(Path::new(folder).join("mails"))?;
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(notes) = notes.try_clone() else { return };
                tokio::spawn(async move { take_mail(stream, notes).await.ok() });
            }
        });
    }
    println!("ready");
    std::io::stdout().flush()?;
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    Ok(())
}

/// One conversation of RFC 5321. A mail is noted before it is said to be taken, as a server that keeps it would.
async fn take_mail(stream: tokio::net::TcpStream, mut notes: std::fs::File) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 sink\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let answer = match line.get(..4).unwrap_or(&line).to_uppercase().as_str() {
            "EHLO" | "HELO" => "250 sink\r\n",
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut id = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    if let Some(value) = line.strip_prefix("Message-ID: <").and_then(|rest| rest.split('@').next()) {
                        value.clone_into(&mut id);
                    }
                }
                writeln!(notes, "{id}")?;
                "250 taken\r\n"
            }
            _ => "250 ok\r\n",
        };
        write.write_all(answer.as_bytes()).await?;
    }
    Ok(())
}

/// Where mail goes: to the port that a file names, if there is one.
fn mail(place: &Path) -> Config {
    let mut config = Config::default();
    if let Some(port) = std::fs::read_to_string(place.join("mail-port")).ok().and_then(|port| port.trim().parse().ok())
    {
        config.mail.host = Some("127.0.0.1".to_owned());
        (config.mail.port, config.mail.encryption) = (port, "none".to_owned());
        config.mail.from = "haechi@city.example".to_owned();
    }
    config
}

async fn work(place: &Path, settings: &Settings, seed: u64) -> Result<(), Trouble> {
    let mut chance = Chance(seed);
    let moved = i64::try_from(seed % 400)? * 6 * 60 * 60;
    let (office, clock) = open(place, settings, moved, mail(place)).await?;
    let tenant = tenant(&office, GOVERNMENT, 0).await?;
    let say = |line: String| -> Result<(), Trouble> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}")?;
        Ok(out.flush()?)
    };
    let file = place.join("run.jsonl");
    let at = look(settings, tenant).await?;
    loop {
        let tx = office.db().read(tenant).await?;
        let directory = people::directory(&office, &tx).await?;
        drop(tx);
        let person = |number: &str| directory.with_employee_no(number).map(|person| person.id).ok_or("nobody");
        let actor = |id: PersonId, roles: Vec<Role>| {
            Actor::person(tenant, id, roles, directory.clone(), office.today(), Via::Web)
        };
        let (kim, head, auditor) =
            (actor(person("K")?, vec![]), actor(person("H")?, vec![]), actor(person("A")?, vec![Role::Auditor]));
        let engine = Actor::engine(tenant, "engine".to_owned(), directory.clone(), office.today());
        let numbers: BTreeSet<u64> = (0..40).map(|_| chance.below(100)).collect();
        let (text, digest) = run(GOVERNMENT, &numbers, &mut chance, 0)?;
        std::fs::write(&file, text)?;
        ingest::receive(&office, &engine, &file).await?;
        say(format!("run {digest}"))?;
        for (id, state, revision) in some_cases(&at, chance.below(50)).await? {
            let acted = match state.as_str() {
                "with_handler" => {
                    let answer = Answer::Explained { text: "정상입니다.".to_owned() };
                    cases::answer(&office, &kim, id, Some(revision), &answer).await
                }
                "with_manager" if chance.below(4) == 0 => {
                    cases::send_back(&office, &head, id, Some(revision), "다시").await
                }
                "with_manager" => cases::approve(&office, &head, id, Some(revision), "").await,
                "with_audit" => cases::confirm(&office, &auditor, id, Some(revision), false, "").await,
                "closed" => cases::reopen(&office, &auditor, id, Some(revision), "다시 봅니다").await,
                _ => continue,
            };
            acted?;
            say(format!("ack {id} {}", revision + 1))?;
        }
        clock.forward(6 * 60 * 60);
        timed::tick(&office).await?;
    }
}

/// A connection of its own, that sees the tenant's rows as the tables hold them.
async fn look(settings: &Settings, tenant: TenantId) -> Result<DatabaseConnection, Trouble> {
    let (address, is_postgres) = match settings {
        Settings::Sqlite { file } => (format!("sqlite://{}", file.display()), false),
        Settings::Postgres { application, .. } => (application.clone(), true),
    };
    let mut options = sea_orm::ConnectOptions::new(address);
    options.max_connections(1).sqlx_logging(false);
    let connection = sea_orm::Database::connect(options).await?;
    if is_postgres {
        let see = format!("SELECT set_config('app.tenant', '{tenant}', false)");
        connection.execute_unprepared(&see).await?;
    }
    Ok(connection)
}

async fn rows(at: &DatabaseConnection, sql: &str) -> Result<Vec<sea_orm::QueryResult>, Trouble> {
    Ok(at.query_all_raw(Statement::from_string(at.get_database_backend(), sql)).await?)
}

async fn some_cases(at: &DatabaseConnection, skip: u64) -> Result<Vec<(CaseId, String, i32)>, Trouble> {
    let found =
        rows(at, &format!("SELECT id, state, revision FROM case_file ORDER BY id LIMIT 20 OFFSET {skip}")).await?;
    found
        .into_iter()
        .map(|row| Ok((row.try_get("", "id")?, row.try_get("", "state")?, row.try_get("", "revision")?)))
        .collect()
}

async fn check(place: &Path, settings: &Settings, acks: &Path) -> Result<(), Trouble> {
    let (office, _) = open(place, settings, 0, mail(place)).await?;
    let Some(government) = people::governments(&office).await?.into_iter().next() else {
        println!("empty");
        return Ok(());
    };
    let tenant = government.tenant;
    let at = look(settings, tenant).await?;
    let number = async |sql: &str| -> Result<i64, Trouble> {
        let rows = rows(&at, sql).await?;
        let row = rows.into_iter().next().ok_or("no row")?;
        Ok(row.try_get("", "n")?)
    };
    let mut faults = Vec::new();
    let none = [
        (
            "alerts without a case",
            "SELECT count(*) AS n FROM alert a WHERE NOT EXISTS (SELECT 1 FROM case_file c WHERE c.alert = a.id)",
        ),
        (
            "alerts with two cases",
            "SELECT count(*) AS n FROM (SELECT alert FROM case_file GROUP BY alert HAVING count(*) > 1) x",
        ),
        (
            "findings with two alerts",
            "SELECT count(*) AS n FROM (SELECT finding_key FROM alert GROUP BY finding_key HAVING count(*) > 1) x",
        ),
        (
            "open cases without a planned step",
            "SELECT count(*) AS n FROM case_file c WHERE c.state <> 'closed' AND NOT EXISTS
             (SELECT 1 FROM case_step s WHERE s.case_id = c.id AND s.status = 'planned')",
        ),
        (
            "cases with two planned steps",
            "SELECT count(*) AS n FROM (SELECT case_id FROM case_step WHERE status = 'planned' GROUP BY case_id HAVING count(*) > 1) x",
        ),
        (
            "closed cases with a planned step",
            "SELECT count(*) AS n FROM case_file c JOIN case_step s ON s.case_id = c.id WHERE c.state = 'closed' AND s.status = 'planned'",
        ),
        (
            "causes with two messages",
            "SELECT count(*) AS n FROM (SELECT once FROM message GROUP BY once HAVING count(*) > 1) x",
        ),
        (
            "fired steps that told a person without a message",
            "SELECT count(*) AS n FROM case_step s WHERE s.status IN ('fired', 'acknowledged') AND s.told IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = s.message)",
        ),
    ];
    for (what, sql) in none {
        let found = number(sql).await?;
        if found > 0 {
            faults.push(format!("{found} {what}"));
        }
    }
    // What was acknowledged is there.
    let current: BTreeMap<String, i32> = rows(&at, "SELECT id, revision FROM case_file")
        .await?
        .into_iter()
        .map(|row| Ok((row.try_get::<CaseId>("", "id")?.to_string(), row.try_get("", "revision")?)))
        .collect::<Result<_, Trouble>>()?;
    let runs: BTreeSet<String> = rows(&at, "SELECT digest FROM run")
        .await?
        .into_iter()
        .map(|row| Ok(row.try_get("", "digest")?))
        .collect::<Result<_, Trouble>>()?;
    for line in std::fs::read_to_string(acks)?.lines() {
        match line.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["ack", id, revision] => {
                let revision: i32 = revision.parse()?;
                if current.get(*id).is_none_or(|now| *now < revision) {
                    faults.push(format!("case {id} was at revision {revision} and is not"));
                }
            }
            ["run", digest] if !runs.contains(*digest) => {
                faults.push(format!("run {digest} was taken in and is not there"))
            }
            _ => {}
        }
    }
    // What the office says was delivered came, and nothing came that it did not write; what came twice came under one name.
    let mails = std::fs::read_to_string(place.join("mails")).unwrap_or_default();
    let came: BTreeSet<&str> = mails.lines().filter(|line| !line.is_empty()).collect();
    let mut written = BTreeSet::new();
    let (mut lost, mut failed) = (0, 0);
    for row in rows(&at, "SELECT id, state, joined FROM message WHERE channel = 'mail'").await? {
        let id: MessageId = row.try_get("", "id")?;
        let (state, joined): (String, Option<MessageId>) = (row.try_get("", "state")?, row.try_get("", "joined")?);
        // Of many to one person one mail goes out, in which the others are listed.
        let under = joined.unwrap_or(id).to_string();
        lost += usize::from(state == "delivered" && !came.contains(under.as_str()));
        failed += usize::from(state == "failed");
        written.insert(id.to_string());
    }
    let unknown = came.iter().filter(|id| !written.contains(**id)).count();
    if lost + unknown + failed > 0 {
        faults.push(format!(
            "{lost} mails said to be delivered did not come, {unknown} came that were not written, {failed} failed"
        ));
    }
    let again = mails.lines().filter(|line| !line.is_empty()).count() - came.len();
    // Every event of the history is in the log, and the log is whole.
    let tx = office.db().write(tenant).await?;
    audit::checkpoint(&tx, office.signer(), GOVERNMENT, office.clock()).await?;
    tx.commit().await?;
    let tx = office.db().read(tenant).await?;
    let mut lines = Vec::new();
    let events = audit::export(&tx, &mut lines).await?;
    let checkpoints = audit::checkpoints(&tx).await?;
    drop(tx);
    let keys = Keys { log: LogKey::parse(office.signer().key())?, witnesses: Vec::new() };
    let verdict = verify(std::io::Cursor::new(&lines), &checkpoints, &keys)?;
    if !verdict.faults.is_empty() {
        faults.push(format!("the log does not verify: {:?}", verdict.faults));
    }
    let logged = |action: &str| {
        let mark = format!("\"action\":\"{action}\"");
        String::from_utf8_lossy(&lines).lines().filter(|line| line.contains(&mark)).count()
    };
    for (action, event) in [
        ("case.answer", "answered"),
        ("case.approve", "approved"),
        ("case.confirm", "confirmed"),
        ("case.step", "step"),
        ("case.open", "opened"),
    ] {
        let entries = number(&format!("SELECT count(*) AS n FROM case_entry WHERE event = '{event}'")).await?;
        if usize::try_from(entries)? != logged(action) {
            faults.push(format!("{entries} `{event}` in the histories, {} `{action}` in the log", logged(action)));
        }
    }
    for fault in &faults {
        println!("{fault}");
    }
    let (cases, runs, mails) = (current.len(), runs.len(), came.len());
    println!(
        "{cases} cases, {runs} runs, {events} events, {mails} mails ({again} sent again under the same name), {} faults",
        faults.len()
    );
    if faults.is_empty() { Ok(()) } else { Err("the office lost or doubled something".into()) }
}
