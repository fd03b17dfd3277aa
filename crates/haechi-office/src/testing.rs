//! An office for tests: a small city on either database, browsers, runs.
//!
//! The PostgreSQL server is one for all tests of the process; each test has a government of its own on it, which no other sees.

pub(crate) mod lived;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use haechi_core::calendar::WorkCalendar;
use haechi_core::digest::Digest;
use haechi_core::finding::{Evidence, Finding, Responsible, ScenarioRef, Severity, Value, key_of};
use haechi_core::ids::{Government, ScenarioId, SnapshotId, TableName};
use haechi_core::money::Currency;
use haechi_core::records::{PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::run_report::{ColumnWords, FollowUp, Notify, Outcome, ParameterWords, RunReport, ScenarioRun};
use haechi_core::time::{Day, FixedClock};
use haechi_core::words::Words;
use haechi_testkit::database_servers::{OFFICE_LOG_INS, Postgres};
use sea_orm::ConnectionTrait as _;
use tower::ServiceExt as _;

use crate::audit::{Entry, Record, Signer, Via, Witness};
use crate::clock::MovedClock;
use crate::config::Config;
use crate::db::{Database, Settings};
use crate::files::Files;
use crate::ids::{PersonId, TenantId};
use crate::ingest::{Received, receive};
use crate::office::{Office, OwnKeys};
use crate::outbox::{Passwords, Senders};
use crate::policy::{Actor, Role};
use crate::seal::SealKey;
use crate::sign_in;
use crate::slices::people;
use crate::web;

/// Tuesday, 24 November 2026, 10:00 in Seoul.
pub(crate) const TUESDAY: i64 = 1_795_482_000;

/// An office of a small city.
///
/// ```text
/// hall (M heads) ── audit (AH heads, A1 and A2 work there)
///               └── bureau (B heads) ── team (H heads, Lee is coordinator, Kim and Park are staff; Kim does `card`)
/// ```
///
/// A1, A2 and AH are auditors, Io is integrity officer (in bureau), X confirms outside (in no unit), S administers (in hall).
pub(crate) struct TestOffice {
    pub(crate) office: Office,
    pub(crate) tenant: TenantId,
    pub(crate) code: String,
    pub(crate) clock: Arc<MovedClock<FixedClock>>,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) kind: &'static str,
    /// The secret line of the key with which it signs its log.
    pub(crate) log_secret: String,
}

static SERVER: OnceLock<Settings> = OnceLock::new();
/// Migrations come one after another.
static OPENING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
static CODES: Mutex<u32> = Mutex::new(0);

/// The server, started by a thread that lives as long as the process: it dies with it.
fn server() -> Settings {
    SERVER
        .get_or_init(|| {
            let (send, receive) = std::sync::mpsc::channel();
            std::thread::spawn(move || {
                let server = Postgres::start();
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                let settings = runtime.block_on(log_ins(&server, 5));
                send.send(settings).unwrap();
                loop {
                    std::thread::park();
                }
            });
            receive.recv().unwrap()
        })
        .clone()
}

/// Makes an office's log-ins on a server, and says how it is reached.
pub(crate) async fn log_ins(server: &Postgres, connections: u32) -> Settings {
    let admin = sea_orm::Database::connect(server.admin_url()).await.unwrap();
    admin.execute_unprepared(OFFICE_LOG_INS).await.unwrap();
    admin.close().await.unwrap();
    let [owner, application] = server.office_urls();
    Settings::Postgres { owner, application, connections }
}

/// The first moment of the small city.
pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

impl TestOffice {
    /// One on SQLite.
    pub(crate) async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings::Sqlite { file: folder.path().join("office.db") };
        Self::on("SQLite", settings, folder, Config::default()).await
    }

    /// One on each database.
    pub(crate) async fn both() -> [Self; 2] {
        [Self::sqlite().await, Self::on("PostgreSQL", server(), tempfile::tempdir().unwrap(), Config::default()).await]
    }

    /// One on each database, with these settings.
    pub(crate) async fn both_with(config: Config) -> [Self; 2] {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Settings::Sqlite { file: folder.path().join("office.db") };
        [
            Self::on("SQLite", sqlite, folder, config.clone()).await,
            Self::on("PostgreSQL", server(), tempfile::tempdir().unwrap(), config).await,
        ]
    }

    /// One on a database of its own.
    pub(crate) async fn on(kind: &'static str, settings: Settings, folder: tempfile::TempDir, config: Config) -> Self {
        let (_, log_secret) = Signer::generate("test.example").unwrap();
        let (office, clock) = Self::over(&settings, folder.path(), config, &log_secret).await;
        let code = {
            let mut codes = CODES.lock().unwrap();
            *codes += 1;
            format!("{:07}", 3_000_000 + *codes)
        };
        let tenant = people::found(&office, &code, &Words::new("해치시", "Haechi City"), Via::Cli).await.unwrap();
        let this = Self { office, tenant, code, clock, folder, kind, log_secret };
        this.take_in(&this.records()).await;
        for (who, role) in [
            ("A1", Role::Auditor),
            ("A2", Role::Auditor),
            ("AH", Role::Auditor),
            ("Io", Role::IntegrityOfficer),
            ("X", Role::OutsideConfirmer),
            ("S", Role::Administrator),
        ] {
            people::grant_by_installation(&this.office, tenant, this.person(who).await, role).await.unwrap();
        }
        this
    }

    /// An office over a database as it is found, brought up to date.
    async fn over(
        settings: &Settings,
        folder: &std::path::Path,
        config: Config,
        log_secret: &str,
    ) -> (Office, Arc<MovedClock<FixedClock>>) {
        let opening = OPENING.lock().await;
        let db = Database::open(settings).await.unwrap();
        drop(opening);
        let clock = Arc::new(MovedClock::new(FixedClock(TUESDAY), 0));
        let holidays = [(day("2026-12-25"), "기독탄신일".to_owned()), (day("2027-01-01"), "신정".to_owned())];
        let calendar = WorkCalendar::new([2026, 2027], holidays);
        let files = Files::open(&config, folder, |_| None).unwrap();
        let (witness, _) = Witness::generate("test-witness.example").unwrap();
        let (seal, _) = SealKey::generate().unwrap();
        let keys = OwnKeys { log: Signer::parse(log_secret).unwrap(), witness, seal };
        let senders = Senders::new(&config, Passwords::default()).unwrap();
        (Office::new(db, clock.clone(), calendar, config, keys, files, senders), clock)
    }

    /// The only city there is in a database that was there before.
    pub(crate) async fn found_in(kind: &'static str, settings: &Settings, log_secret: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (office, clock) = Self::over(settings, folder.path(), Config::default(), log_secret).await;
        let [city] = people::governments(&office).await.unwrap().try_into().unwrap();
        Self { office, tenant: city.tenant, code: city.code, clock, folder, kind, log_secret: log_secret.to_owned() }
    }

    /// The small city as its personnel system has it.
    pub(crate) fn records(&self) -> Records {
        let from = day("2020-01-01");
        let unit = |code: &str, parent: Option<&str>, name: &str| UnitRecord {
            code: code.to_owned(),
            name: Words::new(name, code),
            parent: parent.map(str::to_owned),
            from,
            to: None,
            successor: None,
            audits: code == "audit",
        };
        let place = |who: &str, unit: &str, post: PostRecord, duties: &[&str]| PlaceRecord {
            employee_no: who.to_owned(),
            unit: unit.to_owned(),
            post,
            duties: duties.iter().map(|duty| (*duty).to_owned()).collect(),
            from,
            to: None,
            acting: false,
        };
        let persons = ["M", "AH", "A1", "A2", "B", "H", "Lee", "Kim", "Park", "Io", "X", "S"];
        Records {
            format: haechi_core::records::FORMAT,
            government: Government::parse(self.code.clone()).unwrap(),
            as_of: day("2026-11-24"),
            units: vec![
                unit("audit", Some("hall"), "감사담당관"),
                unit("bureau", Some("hall"), "행정국"),
                unit("hall", None, "해치시"),
                unit("team", Some("bureau"), "회계과"),
            ],
            persons: persons
                .map(|who| PersonRecord {
                    employee_no: who.to_owned(),
                    name: format!("{who} 님"),
                    mail: Some(format!("{}@city.example", who.to_lowercase())),
                    mobile: None,
                    left_on: None,
                })
                .to_vec(),
            places: vec![
                place("M", "hall", PostRecord::Head, &[]),
                place("S", "hall", PostRecord::Staff, &[]),
                place("AH", "audit", PostRecord::Head, &[]),
                place("A1", "audit", PostRecord::Staff, &[]),
                place("A2", "audit", PostRecord::Staff, &[]),
                place("B", "bureau", PostRecord::Head, &[]),
                place("Io", "bureau", PostRecord::Staff, &[]),
                place("H", "team", PostRecord::Head, &[]),
                place("Lee", "team", PostRecord::Coordinator, &[]),
                place("Kim", "team", PostRecord::Staff, &["card"]),
                place("Park", "team", PostRecord::Staff, &[]),
            ],
            absences: Vec::new(),
        }
    }

    /// Takes records in, as the command line does.
    pub(crate) async fn take_in(&self, records: &Records) -> people::Changes {
        people::take_in(&self.office, self.tenant, cli("people.take_in"), records).await.unwrap()
    }

    /// Somebody by their number.
    pub(crate) async fn person(&self, number: &str) -> PersonId {
        let tx = self.office.db().read(self.tenant).await.unwrap();
        let directory = people::directory(&self.office, &tx).await.unwrap();
        directory.with_employee_no(number).unwrap_or_else(|| panic!("nobody has number {number}")).id
    }

    /// Somebody, acting.
    pub(crate) async fn actor(&self, number: &str) -> Actor {
        let person = self.person(number).await;
        let secret = sign_in::session_of(&self.office, self.tenant, person).await;
        sign_in::actor_of_session(&self.office, self.tenant, &secret).await.unwrap().unwrap()
    }

    /// The program that detects.
    pub(crate) async fn engine(&self) -> Actor {
        let tx = self.office.db().read(self.tenant).await.unwrap();
        let directory = people::directory(&self.office, &tx).await.unwrap();
        Actor::engine(self.tenant, "engine".to_owned(), directory, self.office.today())
    }

    /// A browser in which somebody signed in.
    pub(crate) async fn browser(&self, number: &str) -> Browser {
        let secret = sign_in::session_of(&self.office, self.tenant, self.person(number).await).await;
        Browser {
            service: web::service(&self.office),
            cookie: format!("{}={}.{}", web::cookie_name(&self.office, web::SESSION), self.tenant, secret.text()),
            csrf: secret.form_token(),
        }
    }

    /// A browser of nobody.
    pub(crate) fn stranger(&self) -> Browser {
        Browser { service: web::service(&self.office), cookie: String::new(), csrf: String::new() }
    }

    /// Moves the clock forward by whole days.
    pub(crate) fn days_pass(&self, days: i64) {
        self.clock.forward(days * 24 * 60 * 60);
    }

    /// Sets `setting` for the government from today on.
    pub(crate) async fn set(&self, setting: &str, value: u32) {
        let admin = self.actor("S").await;
        let may = crate::policy::generally(&admin, crate::policy::Action::ChangeSettings).unwrap();
        let setting = crate::settings::Setting::parse(setting).unwrap();
        crate::settings::set(&self.office, &may, setting, "", self.office.today(), value).await.unwrap();
    }

    /// Hands a run in.
    pub(crate) async fn receive(&self, run: &TestRun) -> Received {
        let file = self.folder.path().join("run.jsonl");
        std::fs::write(&file, run.lines(&self.code)).unwrap();
        receive(&self.office, &self.engine().await, &file).await.unwrap()
    }
}

/// An event of the command line.
pub(crate) fn cli(action: &str) -> Entry {
    Entry {
        action: action.to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "people".to_owned(), id: "all".to_owned() },
        before: None,
        after: None,
    }
}

/// A browser.
pub(crate) struct Browser {
    service: Router,
    cookie: String,
    csrf: String,
}

/// What a browser was answered.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Browser {
    /// What it sends as `Cookie`.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Answered {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Sends a form, with its token.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair("csrf", &self.csrf)
            .finish();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form)).unwrap()).await
    }

    /// Sends a file by the form that has a field `file`, its token before it.
    pub(crate) async fn send_file(&self, path: &str, name: &str, bytes: &[u8]) -> Answered {
        let head = |field: &str| format!("--part\r\nContent-Disposition: form-data; name=\"{field}\"");
        let form = [
            format!("{}\r\n\r\n{}\r\n", head("csrf"), self.csrf).as_bytes(),
            format!("{}; filename=\"{name}\"\r\n\r\n", head("file")).as_bytes(),
            bytes,
            b"\r\n--part--\r\n",
        ]
        .concat();
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=part");
        self.ask(request.body(Body::from(form)).unwrap()).await
    }

    async fn ask(&self, mut request: Request<Body>) -> Answered {
        if !self.cookie.is_empty() {
            request.headers_mut().insert(header::COOKIE, self.cookie.parse().unwrap());
        }
        let response = self.service.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answered { status, location, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

/// A run that tests make.
#[derive(Clone, Debug, Default)]
pub(crate) struct TestRun {
    findings: Vec<TestFinding>,
    outcomes: BTreeMap<String, Outcome>,
    as_of: Option<Day>,
}

/// A finding that tests make.
#[derive(Clone, Debug)]
pub(crate) struct TestFinding {
    pub(crate) scenario: &'static str,
    pub(crate) subject: String,
    pub(crate) unit: Option<&'static str>,
    pub(crate) person: Option<&'static str>,
    pub(crate) severity: Severity,
    pub(crate) notify: Notify,
    pub(crate) rows: u64,
}

impl TestFinding {
    /// A question of `card.split-payment` about `subject`, to Kim of the team.
    pub(crate) fn to_kim(subject: &str) -> Self {
        Self {
            scenario: "card.split-payment",
            subject: subject.to_owned(),
            unit: Some("team"),
            person: Some("Kim"),
            severity: Severity::Medium,
            notify: Notify::Handler,
            rows: 2,
        }
    }
}

impl TestRun {
    /// A run that found these.
    pub(crate) fn of(findings: impl IntoIterator<Item = TestFinding>) -> Self {
        Self { findings: findings.into_iter().collect(), outcomes: BTreeMap::new(), as_of: None }
    }

    /// With an outcome for a scenario that found nothing.
    pub(crate) fn with(mut self, scenario: &str, outcome: Outcome) -> Self {
        self.outcomes.insert(scenario.to_owned(), outcome);
        self
    }

    /// As of another day, which makes it another run.
    pub(crate) fn looking_from(mut self, text: &str) -> Self {
        self.as_of = Some(day(text));
        self
    }

    /// As it is handed in.
    pub(crate) fn lines(&self, government: &str) -> String {
        let government = Government::parse(government).unwrap();
        let scenario =
            |id: &str| ScenarioRef { id: ScenarioId::parse(id).unwrap(), version: 1, digest: Digest::of(id) };
        let mut findings = String::new();
        let mut runs: BTreeMap<String, ScenarioRun> = BTreeMap::new();
        for one in &self.findings {
            let subject = indexmap::IndexMap::from([("place".to_owned(), Value::Text(one.subject.clone()))]);
            let of = scenario(one.scenario);
            let evidence = (0..one.rows).map(|row| Evidence {
                snapshot: SnapshotId::parse(Digest::of("snapshot").to_string()).unwrap(),
                table: TableName::parse("card_expense").unwrap(),
                row: i64::try_from(row).unwrap(),
                file: "cards.csv".to_owned(),
                member: None,
                sheet: None,
                line: row + 2,
                live: None,
            });
            let finding = Finding {
                format: haechi_core::finding::FORMAT,
                key: key_of(&government, &of.id, &subject),
                government: government.clone(),
                scenario: of.clone(),
                subject,
                responsible: Responsible {
                    unit_code: one.unit.map(str::to_owned),
                    employee_no: one.person.map(str::to_owned),
                },
                occurred_on: Some(day("2026-11-02")),
                amount: Some(1_200_000),
                currency: Some(Currency::Krw),
                severity: one.severity,
                facts: indexmap::IndexMap::from([("payments".to_owned(), Value::Int(2))]),
                evidence: evidence.collect(),
                explanation: Words::new(
                    format!("{}에서 나누어 결제했습니까?", one.subject),
                    format!("Was it split at {}?", one.subject),
                ),
            };
            findings.push_str(&serde_json::to_string(&finding).unwrap());
            findings.push('\n');
            let run = runs.entry(one.scenario.to_owned()).or_insert_with(|| ScenarioRun {
                scenario: of,
                title: Words::new("한 곳에서 나누어 결제", "Split payments at one place"),
                severity: one.severity,
                notify: one.notify,
                catalogue: Vec::new(),
                parameters: parameters().into_iter().map(|(name, words)| (name, words.own)).collect(),
                follow_up: Some(FollowUp {
                    deadline_working_days: 7,
                    remedy: Words::new("집행 문서를 붙여 주십시오.", "Attach the record."),
                    basis: vec!["to be confirmed".to_owned()],
                    personal: vec!["place".to_owned()],
                    why: Some(Words::new("나누어 낸 돈은 눈에 띄지 않습니다.", "What is paid in parts passes.")),
                    columns: indexmap::IndexMap::from([(
                        "payments".to_owned(),
                        ColumnWords { title: Words::new("결제 건수", "Payments"), unit: Some("count".to_owned()) },
                    )]),
                    parameters: parameters(),
                }),
                outcome: Outcome::Findings { count: 0, at_risk: Vec::new(), outside_calendar: 0 },
            });
            if let Outcome::Findings { count, .. } = &mut run.outcome {
                *count += 1;
            }
        }
        for (id, outcome) in &self.outcomes {
            runs.entry(id.clone()).or_insert_with(|| ScenarioRun {
                scenario: scenario(id),
                title: Words::new("시나리오", "A scenario"),
                severity: Severity::Medium,
                notify: Notify::Handler,
                catalogue: Vec::new(),
                parameters: indexmap::IndexMap::new(),
                follow_up: None,
                outcome: outcome.clone(),
            });
        }
        let report = RunReport {
            format: haechi_core::run_report::FORMAT,
            government,
            as_of: self.as_of.unwrap_or_else(|| day("2026-11-20")),
            calendar: Digest::of("calendar"),
            snapshots: Vec::new(),
            scenarios: runs.into_values().collect(),
            findings: self.findings.len() as u64,
            findings_digest: Digest::of(&findings),
        };
        format!("{}\n{findings}", serde_json::to_string(&report).unwrap())
    }
}

/// The parameters of the scenario of the tests: a number, and values by date and currency.
fn parameters() -> indexmap::IndexMap<String, ParameterWords> {
    let number = ParameterWords {
        doc: Words::new("몇 건부터 보는가", "From how many payments on"),
        unit: "count".to_owned(),
        range: Some((2, 50)),
        dated: false,
        own: 2.into(),
    };
    let dated = ParameterWords {
        doc: Words::new("한도", "The limit"),
        unit: "currency".to_owned(),
        range: None,
        dated: true,
        own: serde_json::json!([{ "from": "1900-01-01", "currency": "KRW", "value": 500_000 }]),
    };
    indexmap::IndexMap::from([("min_payments".to_owned(), number), ("limit".to_owned(), dated)])
}
