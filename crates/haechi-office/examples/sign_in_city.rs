//! An office of three people and a provider of OpenID Connect, to be signed in to: `web/sign-in-check` does. SQLite in a folder, the
//! machine's clock, no engine.
//!
//! ```text
//! cargo run -p haechi-office --example sign_in_city -- FOLDER
//! ```
//!
//! FOLDER holds `office.toml`, which says where to listen and who the provider is. Prints a line of JSON (`url`, and the one-time `links`
//! of the administrator 1001 and the auditor 1003) and serves until its input ends or Ctrl-C.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use haechi_core::calendar::WorkCalendar;
use haechi_core::records::{PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::time::SystemClock;
use haechi_core::words::Words;
use haechi_office::audit::{Entry, Record, Signer, Via, Witness};
use haechi_office::config::Config;
use haechi_office::db::{Database, Settings};
use haechi_office::files::Files;
use haechi_office::office::{Office, OwnKeys};
use haechi_office::outbox::{Passwords, Senders};
use haechi_office::policy::Role;
use haechi_office::seal::SealKey;
use haechi_office::slices::people;
use haechi_office::{sign_in, web};

type Trouble = Box<dyn std::error::Error + Send + Sync>;

const CODE: &str = "3110000";
const PEOPLE: [(&str, &str, &str); 3] =
    [("1001", "도관리", "hall"), ("1002", "김담당", "team"), ("1003", "이감사", "hall")];

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("which folder holds office.toml?")?);
    let config = Config::read(&folder.join("office.toml"))?;
    let (listen, url) = (config.listen, config.public_url.clone());
    let db = Database::open(&Settings::Sqlite { file: folder.join("office.db") }).await?;
    let keys = OwnKeys {
        log: Signer::generate("haechi.example")?.0,
        witness: Witness::generate("witness.example")?.0,
        seal: SealKey::generate()?.0,
    };
    let (files, senders) = (Files::open(&config, &folder, |_| None)?, Senders::new(&config, Passwords::default())?);
    let calendar = WorkCalendar::new(2020..=2060, []);
    let office = Office::new(db, Arc::new(SystemClock), calendar, config, keys, files, senders);
    sign_in::ready(&office)?;
    let tenant = people::found(&office, CODE, &Words::new("해치시", "Haechi City"), Via::Cli).await?;
    people::take_in(&office, tenant, taken_in(), &records(&office)?).await?;
    let tx = office.db().read(tenant).await?;
    let directory = people::directory(&office, &tx).await?;
    drop(tx);
    let mut links = BTreeMap::new();
    for (number, what, role) in [("1001", "admin", Role::Administrator), ("1003", "auditor", Role::Auditor)] {
        let person = directory.with_employee_no(number).ok_or("nobody has that number")?.id;
        people::grant_by_installation(&office, tenant, person, role).await?;
        let link = sign_in::link(&office, tenant, person, "installation", Via::Cli).await?;
        links.insert(what, format!("{url}/start?link={link}"));
    }
    let listener = tokio::net::TcpListener::bind(listen).await?;
    writeln!(std::io::stdout().lock(), "{}", serde_json::json!({ "url": url, "links": links }))?;
    std::io::stdout().flush()?;
    let ended = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    let until = async move {
        tokio::select! {
            _ = ended => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    };
    Ok(web::serve(listener, &office, until).await?)
}

/// The event of the installation under which people are taken in.
fn taken_in() -> Entry {
    Entry {
        action: "people.take_in".to_owned(),
        actor: "installation".to_owned(),
        true_actor: None,
        via: Via::Cli,
        record: Record { kind: "people".to_owned(), id: "all".to_owned() },
        before: None,
        after: None,
    }
}

fn records(office: &Office) -> Result<Records, Trouble> {
    let from = "2020-01-01".parse()?;
    let unit = |code: &str, name: Words, parent: Option<&str>| UnitRecord {
        code: code.to_owned(),
        name,
        parent: parent.map(str::to_owned),
        from,
        to: None,
        successor: None,
        audits: false,
    };
    let person = |(number, name, _): &(&str, &str, &str)| PersonRecord {
        employee_no: (*number).to_owned(),
        name: (*name).to_owned(),
        mail: None,
        mobile: None,
        left_on: None,
    };
    let place = |(number, _, unit): &(&str, &str, &str)| PlaceRecord {
        employee_no: (*number).to_owned(),
        unit: (*unit).to_owned(),
        post: PostRecord::Staff,
        duties: Vec::new(),
        from,
        to: None,
        acting: false,
    };
    Ok(Records {
        format: 1,
        government: haechi_core::ids::Government::parse(CODE)?,
        as_of: office.today(),
        units: vec![
            unit("hall", Words::new("해치시", "Haechi City"), None),
            unit("team", Words::new("회계과", "Accounts"), Some("hall")),
        ],
        persons: PEOPLE.iter().map(person).collect(),
        places: PEOPLE.iter().map(place).collect(),
        absences: Vec::new(),
    })
}
