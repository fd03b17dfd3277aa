//! An invented government for offices that are killed or measured.

use std::collections::BTreeSet;
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
use haechi_office::audit::{Entry, Record, Signer, Via, Witness};
use haechi_office::clock::MovedClock;
use haechi_office::config::Config;
use haechi_office::db::{Database, Settings};
use haechi_office::files::Files;
use haechi_office::ids::TenantId;
use haechi_office::office::{Office, OwnKeys};
use haechi_office::outbox::{Passwords, Senders};
use haechi_office::seal::SealKey;
use haechi_office::slices::people;
use haechi_testkit::database_servers::{OFFICE_LOG_INS, Postgres};
use sea_orm::ConnectionTrait as _;

pub type Trouble = Box<dyn std::error::Error + Send + Sync>;

const TUESDAY: i64 = 1_795_482_000;

/// The words of the command line, and the database that two addresses among them name; SQLite in the second word's folder else.
pub fn arguments(connections: u32) -> (Vec<String>, Settings) {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let addresses: Vec<String> = words.extract_if(.., |word| word.starts_with("postgres://")).collect();
    let settings = match addresses.as_slice() {
        [owner, application] => {
            Settings::Postgres { owner: owner.clone(), application: application.clone(), connections }
        }
        _ => Settings::Sqlite { file: Path::new(words.get(1).map_or(".", String::as_str)).join("office.db") },
    };
    (words, settings)
}

/// Numbers that are the same for the same seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end.max(1)
    }
}

/// The office on `settings`, whose key lies in `place`.
pub async fn open(
    place: &Path,
    settings: &Settings,
    moved: i64,
    config: Config,
) -> Result<(Office, Arc<MovedClock<FixedClock>>), Trouble> {
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
    let senders = Senders::new(&config, Passwords::default())?;
    let keys =
        OwnKeys { log: signer, witness: Witness::generate("victim-witness.example")?.0, seal: SealKey::generate()?.0 };
    let files = Files::open(&config, place, |_| None)?;
    let office = Office::new(db, clock.clone(), calendar, config, keys, files, senders);
    Ok((office, clock))
}

fn day(text: &str) -> Result<Day, Trouble> {
    Ok(text.parse()?)
}

/// People of a team, beside its head.
const STAFF: u64 = 5;

/// Who answers for the thing of a number, and where: K alone, or somebody of so many further teams.
fn worker(number: u64, teams: u64) -> (String, String) {
    match number.checked_rem(teams * STAFF) {
        Some(at) => (format!("team{}", at / STAFF + 1), format!("K{}", at + 1)),
        None => ("team".to_owned(), "K".to_owned()),
    }
}

fn records(government: &str, teams: u64) -> Result<Records, Trouble> {
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
    let mut units = vec![unit("audit", Some("hall")), unit("hall", None), unit("team", Some("hall"))];
    let mut people: Vec<(String, String, PostRecord)> = [
        ("M", "hall", PostRecord::Head),
        ("A", "audit", PostRecord::Head),
        ("H", "team", PostRecord::Head),
        ("K", "team", PostRecord::Staff),
    ]
    .map(|(number, unit, post)| (number.to_owned(), unit.to_owned(), post))
    .into();
    for team in 1..=teams {
        units.push(unit(&format!("team{team}"), Some("hall")));
        people.push((format!("H{team}"), format!("team{team}"), PostRecord::Head));
    }
    people.extend((0..teams * STAFF).map(|at| {
        let (unit, number) = worker(at, teams);
        (number, unit, PostRecord::Staff)
    }));
    Ok(Records {
        format: haechi_core::records::FORMAT,
        government: Government::parse(government)?,
        as_of: day("2026-11-01")?,
        units,
        persons: people
            .iter()
            .map(|(number, _, _)| PersonRecord {
                employee_no: number.clone(),
                name: number.clone(),
                mail: Some(format!("{}@city.example", number.to_lowercase())),
                mobile: None,
                left_on: None,
            })
            .collect(),
        places: people
            .into_iter()
            .map(|(employee_no, unit, post)| PlaceRecord {
                employee_no,
                unit,
                post,
                duties: Vec::new(),
                from,
                to: None,
                acting: false,
            })
            .collect(),
        absences: Vec::new(),
    })
}

/// The government, made where it is not there; a killed office may have made it without its people. Besides mayor, auditor, a head
/// and K it has so many teams, of a head and five.
pub async fn tenant(office: &Office, government: &str, teams: u64) -> Result<TenantId, Trouble> {
    let there = people::governments(office).await?;
    let tenant = match there.iter().find(|row| row.code == government) {
        Some(row) => row.tenant,
        None => people::found(office, government, &Words::new("해치시", "Haechi City"), Via::Cli).await?,
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
    people::take_in(office, tenant, entry, &records(government, teams)?).await?;
    Ok(tenant)
}

/// A run that found the things of these numbers, in a government of so many further teams.
pub fn run(
    government: &str,
    numbers: &BTreeSet<u64>,
    chance: &mut Chance,
    teams: u64,
) -> Result<(String, Digest), Trouble> {
    let government = Government::parse(government)?;
    let scenario = ScenarioRef { id: ScenarioId::parse("card.split-payment")?, version: 1, digest: Digest::of("rule") };
    let mut findings = String::new();
    for place in numbers {
        let subject = [("place".to_owned(), Value::Text(format!("place {place}")))].into_iter().collect();
        let (unit, employee_no) = worker(*place, teams);
        let finding = Finding {
            format: haechi_core::finding::FORMAT,
            key: key_of(&government, &scenario.id, &subject),
            government: government.clone(),
            scenario: scenario.clone(),
            subject,
            responsible: Responsible { unit_code: Some(unit), employee_no: Some(employee_no) },
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
            outcome: Outcome::Findings { count: numbers.len() as u64, at_risk: Vec::new(), outside_calendar: 0 },
        }],
        findings: numbers.len() as u64,
        findings_digest: Digest::of(&findings),
    };
    let text = format!("{}\n{findings}", serde_json::to_string(&report)?);
    let digest = Digest::of(&text);
    Ok((text, digest))
}

/// PostgreSQL with an office's log-ins: prints their addresses, a line each, and ends when its input does.
pub async fn server() -> Result<(), Trouble> {
    let server = Postgres::start();
    let admin = sea_orm::Database::connect(server.admin_url()).await?;
    admin.execute_unprepared(OFFICE_LOG_INS).await?;
    admin.close().await?;
    for address in server.office_urls() {
        println!("{address}");
    }
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
