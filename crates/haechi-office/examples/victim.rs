//! An office that is killed: it takes runs in, answers, approves, confirms and lets time pass, until somebody kills it.
//!
//! ```text
//! victim server                 starts PostgreSQL, prints its two addresses, ends when its input does
//! victim work PLACE SEED        works until killed; prints `ack CASE REVISION` and `run DIGEST` of what was committed
//! victim check PLACE ACKS       whether all that was acknowledged is there, once, and the log is whole
//! ```
//!
//! PLACE is a folder, for SQLite; with two addresses of PostgreSQL behind the words (owner, then who serves), that database is used.
//! `cargo x torture` kills it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use haechi_core::calendar::WorkCalendar;
use haechi_core::digest::Digest;
use haechi_core::finding::{Finding, Responsible, ScenarioRef, Severity, Value, key_of};
use haechi_core::ids::{Government, ScenarioId};
use haechi_core::records::{PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::run_report::{Notify, Outcome, RunReport, ScenarioRun};
use haechi_core::time::{Day, FixedClock};
use haechi_core::words::Words;
use haechi_office::audit::verify::{Keys, verify};
use haechi_office::audit::{self, Entry, LogKey, Record, Signer, Via};
use haechi_office::clock::MovedClock;
use haechi_office::config::Config;
use haechi_office::db::{Database, Settings};
use haechi_office::files::Files;
use haechi_office::ids::{CaseId, PersonId, TenantId};
use haechi_office::office::Office;
use haechi_office::outbox::{Passwords, Senders};
use haechi_office::policy::{Actor, Role};
use haechi_office::slices::cases::{self, Answer};
use haechi_office::slices::people;
use haechi_office::{ingest, timed};
use sea_orm::{ConnectionTrait as _, DatabaseConnection, Statement};

type Trouble = Box<dyn std::error::Error + Send + Sync>;

const GOVERNMENT: &str = "3110000";
const TUESDAY: i64 = 1_795_482_000;

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let urls: Vec<String> = words.extract_if(.., |word| word.starts_with("postgres://")).collect();
    let place = match urls.as_slice() {
        [owner, application] => {
            Settings::Postgres { owner: owner.clone(), application: application.clone(), connections: 4 }
        }
        _ => Settings::Sqlite { file: Path::new(words.get(1).map_or(".", String::as_str)).join("office.db") },
    };
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["server"] => server().await,
        ["work", folder, seed] => work(Path::new(folder), &place, seed.parse()?).await,
        ["check", folder, acks] => check(Path::new(folder), &place, Path::new(acks)).await,
        _ => Err("victim server | work PLACE SEED | check PLACE ACKS".into()),
    }
}

/// Numbers that are the same for the same seed (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end.max(1)
    }
}

async fn server() -> Result<(), Trouble> {
    let server = haechi_testkit::database_servers::Postgres::start();
    let admin = sea_orm::Database::connect(server.admin_url()).await?;
    admin
        .execute_unprepared(
            "CREATE ROLE haechi_owner LOGIN PASSWORD 'owner-password'; CREATE ROLE haechi_app LOGIN PASSWORD 'app-password';
             GRANT CREATE, USAGE ON SCHEMA public TO haechi_owner;",
        )
        .await?;
    admin.close().await?;
    for (user, password) in [("haechi_owner", "owner-password"), ("haechi_app", "app-password")] {
        println!("{}", server.url(user).replace(&format!("{user}@"), &format!("{user}:{password}@")));
    }
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

async fn open(place: &Path, settings: &Settings, moved: i64) -> Result<(Office, Arc<MovedClock<FixedClock>>), Trouble> {
    let db = Database::open(settings).await?;
    let key = place.join("log.key");
    let signer = match std::fs::read_to_string(&key) {
        Ok(secret) => Signer::parse(&secret)?,
        Err(_) => {
            let (signer, secret) = Signer::generate("victim.example")?;
            std::fs::write(&key, secret)?;
            signer
        }
    };
    let clock = Arc::new(MovedClock::new(FixedClock(TUESDAY), moved));
    let calendar = WorkCalendar::new(2026..=2030, []);
    let config = Config::default();
    let senders = Senders::new(&config, Passwords::default())?;
    let office = Office::new(db, clock.clone(), calendar, config, signer, Files::new(place.join("files")), senders);
    Ok((office, clock))
}

fn day(text: &str) -> Result<Day, Trouble> {
    Ok(text.parse()?)
}

fn records() -> Result<Records, Trouble> {
    let from = day("2020-01-01")?;
    let unit = |code: &str, parent: Option<&str>| UnitRecord {
        code: code.to_owned(),
        name: Words::new(code, code),
        parent: parent.map(str::to_owned),
        from,
        to: None,
        successor: None,
        audits: code == "audit",
    };
    let people = [
        ("M", "hall", PostRecord::Head),
        ("A", "audit", PostRecord::Head),
        ("H", "team", PostRecord::Head),
        ("K", "team", PostRecord::Staff),
    ];
    Ok(Records {
        format: haechi_core::records::FORMAT,
        government: Government::parse(GOVERNMENT)?,
        as_of: day("2026-11-01")?,
        units: vec![unit("audit", Some("hall")), unit("hall", None), unit("team", Some("hall"))],
        persons: people
            .map(|(number, _, _)| PersonRecord {
                employee_no: number.to_owned(),
                name: number.to_owned(),
                mail: Some(format!("{}@city.example", number.to_lowercase())),
                mobile: None,
                left_on: None,
            })
            .to_vec(),
        places: people
            .map(|(number, unit, post)| PlaceRecord {
                employee_no: number.to_owned(),
                unit: unit.to_owned(),
                post,
                duties: Vec::new(),
                from,
                to: None,
                acting: false,
            })
            .to_vec(),
        absences: Vec::new(),
    })
}

/// The government, made where it is not there; a killed office may have made it without its people.
async fn tenant(office: &Office) -> Result<TenantId, Trouble> {
    let there = people::governments(office).await?;
    let tenant = match there.first() {
        Some(row) => row.tenant,
        None => people::found(office, GOVERNMENT, &Words::new("해치시", "Haechi City"), Via::Cli).await?,
    };
    let entry = Entry {
        action: "people.take_in".to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "people".to_owned(), id: "all".to_owned() },
        before: None,
        after: None,
    };
    people::take_in(office, tenant, entry, &records()?).await?;
    Ok(tenant)
}

/// A run that found some of a hundred things.
fn run(chance: &mut Chance) -> Result<(String, Digest), Trouble> {
    let government = Government::parse(GOVERNMENT)?;
    let scenario = ScenarioRef { id: ScenarioId::parse("card.split-payment")?, version: 1, digest: Digest::of("rule") };
    let mut found = BTreeSet::new();
    for _ in 0..40 {
        found.insert(chance.below(100));
    }
    let mut findings = String::new();
    for place in &found {
        let subject = [("place".to_owned(), Value::Text(format!("place {place}")))].into_iter().collect();
        let finding = Finding {
            format: haechi_core::finding::FORMAT,
            key: key_of(&government, &scenario.id, &subject),
            government: government.clone(),
            scenario: scenario.clone(),
            subject,
            responsible: Responsible { unit_code: Some("team".to_owned()), employee_no: Some("K".to_owned()) },
            occurred_on: None,
            amount: None,
            currency: None,
            severity: Severity::Medium,
            facts: [("seen".to_owned(), Value::Int(i64::try_from(chance.below(1_000_000))?))].into_iter().collect(),
            evidence: Vec::new(),
            explanation: Words::new("?", "?"),
        };
        findings.push_str(&serde_json::to_string(&finding)?);
        findings.push('\n');
    }
    let report = RunReport {
        format: haechi_core::run_report::FORMAT,
        government,
        as_of: day("2026-11-20")?,
        calendar: Digest::of("calendar"),
        snapshots: Vec::new(),
        scenarios: vec![ScenarioRun {
            scenario,
            title: Words::new("나누어 결제", "Split"),
            severity: Severity::Medium,
            notify: Notify::Handler,
            catalogue: Vec::new(),
            parameters: indexmap::IndexMap::new(),
            follow_up: None,
            outcome: Outcome::Findings { count: found.len() as u64, at_risk: Vec::new(), outside_calendar: 0 },
        }],
        findings: found.len() as u64,
        findings_digest: Digest::of(&findings),
    };
    let text = format!("{}\n{findings}", serde_json::to_string(&report)?);
    let digest = Digest::of(&text);
    Ok((text, digest))
}

async fn work(place: &Path, settings: &Settings, seed: u64) -> Result<(), Trouble> {
    let mut chance = Chance(seed);
    let moved = i64::try_from(seed % 400)? * 6 * 60 * 60;
    let (office, clock) = open(place, settings, moved).await?;
    let tenant = tenant(&office).await?;
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
        let (text, digest) = run(&mut chance)?;
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
    let (office, _) = open(place, settings, 0).await?;
    let Some(government) = people::governments(&office).await?.into_iter().next() else { return Ok(println!("empty")) };
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
    println!("{} cases, {} runs, {events} events, {} faults", current.len(), runs.len(), faults.len());
    if faults.is_empty() { Ok(()) } else { Err("the office lost or doubled something".into()) }
}
