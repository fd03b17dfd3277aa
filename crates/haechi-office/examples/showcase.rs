//! An office with an invented city in it, to be looked at: about fifty cases in every state, people of every role, SQLite in a folder
//! that is gone afterwards, no engine.
//!
//! ```text
//! cargo run -p haechi-office --example showcase -- [PORT] [--demo] [--trial]
//! ```
//!
//! Prints a line of JSON (`url`, `password`, `accounts` by role, `telephones`: what their clocks say) and serves until its input ends or Ctrl-C. The clock stands on Tuesday, 24
//! November 2026; with `--demo` its day can be moved forward on the page, as in `haechi demo`, and with `--trial` nothing would leave.

#[path = "showcase/city.rs"]
mod city;
#[path = "showcase/findings.rs"]
mod findings;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use chrono::TimeDelta;
use haechi_core::calendar::WorkCalendar;
use haechi_core::time::FixedClock;
use haechi_core::words::Words;
use haechi_office::audit::{Entry, Record, Signer, Via, Witness};
use haechi_office::clock::MovedClock;
use haechi_office::config::Config;
use haechi_office::db::{Database, Settings};
use haechi_office::files::Files;
use haechi_office::ids::{CaseId, TenantId};
use haechi_office::office::{Office, OwnKeys};
use haechi_office::outbox::{Passwords, Senders};
use haechi_office::policy::{Actor, Role};
use haechi_office::seal::SealKey;
use haechi_office::slices::cases::{self, Answer};
use haechi_office::slices::people;
use haechi_office::{ingest, sign_in, timed, web};
use serde_json::Value;
use tower::ServiceExt as _;

pub(crate) type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Tuesday, 10 November 2026, 10:00 in Seoul: the first run comes two weeks before the day that is shown.
const FIRST: i64 = 1_794_272_400;
const DAY: i64 = 24 * 60 * 60;
const CODE: &str = "9999000";

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let port: u16 = words.iter().find_map(|word| word.parse().ok()).unwrap_or(0);
    let asked = |flag: &str| words.iter().any(|word| word == flag);
    let config = Config { demo: asked("--demo"), trial: asked("--trial"), ..Config::default() };
    let folder = tempfile::tempdir()?;
    let city = City::open(folder.path(), config).await?;
    city.live().await?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let accounts = city.accounts().await?;
    let telephones = city.office.telephones_now().timestamp();
    let said = serde_json::json!({
        "url": url, "password": accounts.0, "accounts": accounts.1, "telephones": telephones,
    });
    writeln!(std::io::stdout().lock(), "{said}")?;
    std::io::stdout().flush()?;
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    let until = async move {
        tokio::select! {
            _ = ended => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    Ok(web::serve(listener, &city.office, until).await?)
}

/// An event of the installation.
pub(crate) fn entry(action: &str) -> Entry {
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

struct City {
    office: Office,
    clock: Arc<MovedClock<FixedClock>>,
    tenant: TenantId,
    folder: std::path::PathBuf,
}

impl City {
    async fn open(folder: &Path, config: Config) -> Result<Self, Trouble> {
        let db = Database::open(&Settings::Sqlite { file: folder.join("office.db") }).await?;
        let clock = Arc::new(MovedClock::new(FixedClock(FIRST), 0));
        let holidays = [("2026-12-25".parse()?, "기독탄신일".to_owned()), ("2027-01-01".parse()?, "신정".to_owned())];
        let calendar = WorkCalendar::new([2026, 2027], holidays);
        let senders = Senders::new(&config, Passwords::default())?;
        let keys = OwnKeys {
            log: Signer::generate("haechi.example")?.0,
            witness: Witness::generate("witness.example")?.0,
            seal: SealKey::generate()?.0,
        };
        let files = Files::open(&config, folder, |_| None)?;
        let office = Office::new(db, clock.clone(), calendar, config, keys, files, senders);
        let (by, moved) = (clock.clone(), clock.clone());
        let office = office.movable(
            move || by.moved(),
            move |seconds| {
                moved.forward(seconds);
            },
        );
        let tenant = people::found(&office, CODE, &Words::new("해치시", "Haechi City"), Via::Cli).await?;
        people::take_in(&office, tenant, entry("people.take_in"), &city::records(CODE)?).await?;
        let this = Self { office, clock, tenant, folder: folder.to_owned() };
        for (number, role) in city::GRANTS {
            people::grant_by_installation(&this.office, tenant, this.person(number).await?, role).await?;
        }
        Ok(this)
    }

    async fn person(&self, number: &str) -> Result<haechi_office::ids::PersonId, Trouble> {
        let tx = self.office.db().read(self.tenant).await?;
        let directory = people::directory(&self.office, &tx).await?;
        Ok(directory.with_employee_no(number).ok_or_else(|| format!("nobody has number {number}"))?.id)
    }

    /// Somebody, acting, with the roles that were granted to them.
    async fn actor(&self, number: &str) -> Result<Actor, Trouble> {
        let person = self.person(number).await?;
        let tx = self.office.db().read(self.tenant).await?;
        let directory = people::directory(&self.office, &tx).await?;
        let granted = city::GRANTS.into_iter().filter(|(who, _)| *who == number).map(|(_, role)| role);
        Ok(Actor::person(self.tenant, person, granted, directory, self.office.today(), Via::Web))
    }

    async fn hand_in(&self, run: &str) -> Result<(), Trouble> {
        let tx = self.office.db().read(self.tenant).await?;
        let directory = people::directory(&self.office, &tx).await?;
        drop(tx);
        let engine = Actor::engine(self.tenant, "engine".to_owned(), directory, self.office.today());
        let file = self.folder.join("run.jsonl");
        std::fs::write(&file, run)?;
        ingest::receive(&self.office, &engine, &file).await?;
        Ok(())
    }

    /// A day passes, by way of the hour at which things fall due.
    async fn days(&self, days: u32) -> Result<(), Trouble> {
        for _ in 0..days {
            for seconds in [9 * 60 * 60, DAY - 9 * 60 * 60] {
                self.clock.forward(seconds);
                timed::tick(&self.office).await?;
            }
        }
        Ok(())
    }

    /// The cases that are somebody's to answer, in the order of their making.
    async fn cases(&self, number: &str) -> Result<Vec<(CaseId, i32)>, Trouble> {
        let person = self.person(number).await?;
        let until = self.office.now() + TimeDelta::days(1);
        let scopes = ["read"];
        let made = sign_in::make_token(
            &self.office,
            self.tenant,
            entry("setting.change"),
            "list",
            Some(person),
            &scopes,
            until,
        );
        let token = made.await?.1;
        let request = Request::get(format!("/api/v1/cases?limit=200&handler={person}&state=with_handler"))
            .header("authorization", format!("Bearer {token}"))
            .body(Body::empty())?;
        let answer = web::service(&self.office).oneshot(request).await?;
        let list: Value = serde_json::from_slice(&to_bytes(answer.into_body(), usize::MAX).await?)?;
        let items = list["items"].as_array().ok_or("no list of cases")?;
        let case = |item: &Value| -> Result<(CaseId, i32), Trouble> {
            Ok((
                item["id"].as_str().ok_or("no id")?.parse()?,
                i32::try_from(item["revision"].as_i64().ok_or("no revision")?)?,
            ))
        };
        items.iter().map(case).collect()
    }

    /// Two weeks of a city: a run, answers, approvals, confirmations, what nobody answered, another run.
    async fn live(&self) -> Result<(), Trouble> {
        self.hand_in(&findings::run(CODE, "2026-11-06", findings::FIRST)?).await?;
        self.days(1).await?;
        self.answer_some().await?;
        self.days(9).await?;
        let both: Vec<_> = findings::FIRST.iter().skip(2).chain(findings::SECOND).copied().collect();
        self.hand_in(&findings::run(CODE, "2026-11-20", &both)?).await?;
        self.days(4).await?;
        let asks = self.actor("2014-0033").await?;
        let may = haechi_office::policy::generally(&asks, haechi_office::policy::Action::RequestRole)?;
        people::ask(&self.office, &may, Role::Inspector.as_str(), "감사 준비 자료를 만들기 위해 필요합니다.").await?;
        Ok(())
    }

    async fn answer_some(&self) -> Result<(), Trouble> {
        let office = &self.office;
        let (clerk, head) = (self.actor("2019-0107").await?, self.actor("2008-0012").await?);
        let (one, two) = (self.actor("2011-0005").await?, self.actor("2016-0021").await?);
        let text = |text: &str| text.to_owned();
        let corrected = |recovered| Answer::Corrected {
            text: text("중복으로 지급한 것을 확인하고 전액 환수했습니다. 환수 결의서와 입금증을 붙였습니다."),
            recovered,
            levied: None,
            prevented: None,
        };
        let explained = Answer::Explained {
            text: text(
                "행사 준비로 같은 날 두 번 회의했고 참석자가 서로 다릅니다. 회의록과 참석자 명단을 확인했습니다.",
            ),
        };
        let excluded = Answer::Exclude {
            text: text("당직실 비상 식비는 매달 같은 곳에서 결제합니다."),
            basis: text("해치시 당직 및 비상근무 규칙"),
            until: "2027-06-30".parse()?,
        };
        let plan: [(&Answer, u8); 12] = [
            (&corrected(Some(1_240_000)), 3),
            (&explained, 3),
            (&excluded, 3),
            (&corrected(Some(380_000)), 2),
            (&explained, 2),
            (&explained, 1),
            (&corrected(None), 1),
            (&excluded, 1),
            (&explained, 4),
            (&explained, 5),
            (&explained, 0),
            (&explained, 6),
        ];
        for ((id, _), (answer, far)) in self.cases("2019-0107").await?.into_iter().zip(plan) {
            match far {
                0 => cases::comment(office, &clerk, id, "가맹점에 영수증을 다시 달라고 했습니다.").await?,
                6 => {
                    cases::wait(office, &clerk, id, None, "카드사의 승인 내역", "2026-12-11".parse()?).await?;
                    continue;
                }
                _ => cases::answer(office, &clerk, id, None, answer).await?,
            }
            if matches!(far, 2..=4) {
                cases::approve(office, &head, id, None, "내용을 확인했습니다.").await?;
            }
            if far == 5 {
                cases::send_back(office, &head, id, None, "참석자 명단에 결제한 시각이 없습니다. 보완해 주십시오.")
                    .await?;
            }
            if far == 3 {
                cases::confirm(office, &one, id, None, false, "").await?;
                // What matters much and was not corrected takes two; what is closed already takes no second.
                cases::confirm(office, &two, id, None, false, "증빙을 대조했습니다.").await.ok();
            }
            if far == 4 {
                cases::confirm(office, &one, id, None, true, "다른 기관이 살펴볼 일이어서 이첩합니다.").await?;
            }
        }
        for (id, _) in self.cases("2015-0044").await?.into_iter().take(2) {
            cases::answer(office, &self.actor("2015-0044").await?, id, None, &explained).await?;
        }
        Ok(())
    }

    /// A password for everybody, and the log-in of each role.
    async fn accounts(&self) -> Result<(String, BTreeMap<&'static str, String>), Trouble> {
        let password = sign_in::passphrase()?;
        let mut accounts = BTreeMap::new();
        for (what, number) in city::ACCOUNTS {
            let login = sign_in::set_password(&self.office, self.tenant, self.person(number).await?, &password).await?;
            accounts.insert(what, login);
        }
        Ok((password, accounts))
    }
}
