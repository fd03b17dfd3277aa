//! `haechi office …`, and how the commands open an office's folder.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use chrono::TimeDelta;
use haechi_core::calendar::WorkCalendar;
use haechi_core::digest::Digest;
use haechi_core::records::{self, PersonRecord, PlaceRecord, PostRecord, Records, UnitRecord};
use haechi_core::time::{Clock, SystemClock};
use haechi_core::words::Words;
use haechi_office::audit::{Anew, Entry, Record, Signer, Via, Witness, begin_anew};
use haechi_office::backup;
use haechi_office::config::Config;
use haechi_office::db::{Database, Settings};
use haechi_office::files::Files;
use haechi_office::ids::{PersonId, TenantId};
use haechi_office::office::{Office, OwnKeys};
use haechi_office::outbox::{Passwords, Senders};
use haechi_office::policy::Role;
use haechi_office::seal::SealKey;
use haechi_office::sign_in::{self, SignInError};
use haechi_office::slices::people;

use super::statistics::Statistics;
use crate::exit::Exit;
use crate::output;

/// The folder of an office: its database (where that is a file), settings, keys and attachments.
#[derive(Clone, Debug, clap::Args)]
pub struct OfficeFolder {
    /// The office's folder
    #[arg(long = "office", value_name = "DIR", env = "HAECHI_OFFICE", default_value = "haechi-office", value_hint = clap::ValueHint::DirPath)]
    pub office: PathBuf,
}

/// The log-in that owns the tables of a PostgreSQL database.
const OWNER: &str = "DATABASE_OWNER_URL";
/// The log-in that serves.
const SERVES: &str = "DATABASE_URL";

impl OfficeFolder {
    /// What the environment says of the database: a file in the folder, or PostgreSQL with two log-ins.
    pub fn database(&self) -> anyhow::Result<Settings> {
        match (variable(OWNER), variable(SERVES)) {
            (None, None) => Ok(Settings::Sqlite { file: self.office.join("office.db") }),
            (Some(owner), Some(application)) => Ok(Settings::Postgres { owner, application, connections: 16 }),
            _ => bail!("PostgreSQL needs two log-ins: {OWNER} owns the tables, {SERVES} serves. Set both or neither."),
        }
    }

    /// Opens the office, whose folder is made where it is not there; `demo` makes it an invented government's that listens there.
    pub async fn open(&self, clock: Arc<dyn Clock>, demo: Option<SocketAddr>) -> anyhow::Result<Office> {
        use std::os::unix::fs::DirBuilderExt as _;
        backup::refuse_unfinished(&self.office)?;
        for folder in [self.office.clone(), self.office.join("keys")] {
            std::fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(&folder)
                .with_context(|| format!("Cannot make {}", folder.display()))?;
        }
        let mut config = Config::read(&self.office.join("office.toml"))?;
        if let Some(listen) = demo {
            (config.demo, config.listen, config.public_url) = (true, listen, format!("http://{listen}"));
        }
        config.metrics_token = variable("HAECHI_METRICS_TOKEN").filter(|token| !token.is_empty()).map(Digest::of);
        let db = Database::open(&self.database()?).await.context("The office's database")?;
        let name = own_name(&config);
        let keys = OwnKeys {
            log: key(&self.office.join("keys/log.key"), Signer::parse, || Signer::generate(&name))?,
            witness: key(&self.office.join("keys/witness.key"), Witness::parse, || Witness::generate(&name))?,
            seal: key(&self.office.join("keys/seal.key"), SealKey::parse, SealKey::generate)?,
        };
        let files = Files::open(&config, &self.office, variable)?;
        let passwords = Passwords { mail: variable("HAECHI_MAIL_PASSWORD"), gateway: variable("HAECHI_GATEWAY_TOKEN") };
        let senders = Senders::new(&config, passwords)?;
        Ok(Office::new(db, clock, calendar()?, config, keys, files, senders))
    }
}

/// A variable of the environment, where it is set.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn calendar() -> anyhow::Result<WorkCalendar> {
    haechi_formats::calendar::shipped().map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("The calendar: {}", faults.join(" "))
    })
}

/// The name under which the installation signs: that of its address.
fn own_name(config: &Config) -> String {
    let host = config.public_url.split("://").nth(1).unwrap_or("haechi");
    host.trim_end_matches('/').replace(['/', ':', '+', ' '], "-")
}

/// A key: read from its file, or made where there is none.
fn key<T, E: std::error::Error + Send + Sync + 'static>(
    file: &Path,
    parse: impl Fn(&str) -> Result<T, E>,
    make: impl Fn() -> Result<(T, String), E>,
) -> anyhow::Result<T> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    match std::fs::read_to_string(file) {
        Ok(secret) => parse(&secret).with_context(|| format!("The key in {}", file.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let (made, secret) = make()?;
            let cannot = || format!("Cannot write {}", file.display());
            let mut out =
                std::fs::OpenOptions::new().create_new(true).write(true).mode(0o600).open(file).with_context(cannot)?;
            out.write_all(secret.as_bytes()).and_then(|()| out.sync_all()).with_context(cannot)?;
            Ok(made)
        }
        Err(error) => Err(error).with_context(|| format!("Cannot read {}", file.display())),
    }
}

/// Governments, people and keys of an office
#[derive(Debug, clap::Subcommand)]
pub enum OfficeCommand {
    /// Make a government, with its first administrator, who gets a one-time link
    Found(Found),
    /// Take people and units in, after showing what would change
    People(People),
    /// A one-time link with which somebody sets a password
    Link(Link),
    /// A token with which an engine hands runs in
    Token(Token),
    /// The public key that the office's logs are verified with
    Key(Key),
    /// As a witness, begin anew with a log that was restored from a backup
    BeginAnew(BeginAnew),
    /// Figures of every government here: rates, times, money, and those of a year before
    Statistics(Statistics),
}

impl OfficeCommand {
    pub async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::Found(command) => command.run().await,
            Self::People(command) => command.run().await,
            Self::Link(command) => command.run().await,
            Self::Token(command) => command.run().await,
            Self::Key(command) => command.run().await,
            Self::BeginAnew(command) => command.run().await,
            Self::Statistics(command) => command.run().await,
        }
    }
}

/// Make a government, with its first administrator, who gets a one-time link
#[derive(Debug, clap::Args)]
pub struct Found {
    #[command(flatten)]
    folder: OfficeFolder,
    /// Its institution code, as in the engine's mappings
    #[arg(long, value_name = "CODE")]
    code: String,
    /// Its name in Korean
    #[arg(long, value_name = "NAME")]
    name_ko: String,
    /// Its name in English
    #[arg(long, value_name = "NAME")]
    name_en: String,
    /// The first administrator's employee number
    #[arg(long, value_name = "NUMBER")]
    administrator: String,
    /// Their name
    #[arg(long, value_name = "NAME")]
    administrator_name: String,
}

impl Found {
    async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        let name = Words::new(&self.name_ko, &self.name_en);
        let tenant = people::found(&office, &self.code, &name, Via::Cli).await?;
        let today = office.today();
        let first = Records {
            format: records::FORMAT,
            government: haechi_core::ids::Government::parse(self.code)?,
            as_of: today,
            units: vec![UnitRecord {
                code: people::OWN_UNIT.to_owned(),
                name: Words::new("시스템 관리", "Administration"),
                parent: None,
                from: today,
                to: None,
                successor: None,
                audits: false,
            }],
            persons: vec![PersonRecord {
                employee_no: self.administrator.clone(),
                name: self.administrator_name,
                mail: None,
                mobile: None,
                left_on: None,
            }],
            places: vec![PlaceRecord {
                employee_no: self.administrator.clone(),
                unit: people::OWN_UNIT.to_owned(),
                post: PostRecord::Staff,
                duties: Vec::new(),
                from: today,
                to: None,
                acting: false,
            }],
            absences: Vec::new(),
        };
        people::take_in(&office, tenant, entry("people.take_in"), &first).await?;
        let person = person(&office, tenant, &self.administrator).await?;
        people::grant_by_installation(&office, tenant, person, Role::Administrator).await?;
        let link = sign_in::link(&office, tenant, person, "installation", Via::Cli).await?;
        output::line(format!(
            "{} is there. Its administrator sets a password here, once, within a day:",
            self.name_ko
        ))?;
        output::line(format!("{}/start?link={link}", office.config().public_url))?;
        output::line("`haechi serve` serves it.")?;
        Ok(Exit::Done)
    }
}

/// An event of the command line.
pub fn entry(action: &str) -> Entry {
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

/// The government of this code, or the only one.
pub async fn tenant(office: &Office, code: Option<&str>) -> anyhow::Result<TenantId> {
    let there = people::governments(office).await?;
    match (code, there.as_slice()) {
        (None, [only]) => Ok(only.tenant),
        (None, []) => bail!("There is no government in this office yet. `haechi office found` makes one."),
        (None, _) => bail!("This office has several governments. Name one with --government."),
        (Some(code), all) => match all.iter().find(|row| row.code == code) {
            Some(row) => Ok(row.tenant),
            None => bail!("There is no government {code} in this office."),
        },
    }
}

/// The person of this number.
pub async fn person(office: &Office, tenant: TenantId, number: &str) -> anyhow::Result<PersonId> {
    let tx = office.db().read(tenant).await?;
    let directory = people::directory(office, &tx).await?;
    match directory.with_employee_no(number) {
        Some(person) => Ok(person.id),
        None => bail!("Nobody has employee number {number}."),
    }
}

/// Take people and units in, after showing what would change
#[derive(Debug, clap::Args)]
pub struct People {
    #[command(flatten)]
    folder: OfficeFolder,
    /// The file that `haechi records` wrote
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
    /// The government, where the office has several
    #[arg(long, value_name = "CODE")]
    government: Option<String>,
    /// Take it in; without this what would change is shown and nothing is written
    #[arg(long)]
    take: bool,
}

impl People {
    async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        let tenant = tenant(&office, self.government.as_deref()).await?;
        let text =
            std::fs::read_to_string(&self.file).with_context(|| format!("Cannot read {}", self.file.display()))?;
        let records: Records =
            serde_json::from_str(&text).with_context(|| format!("{} holds no records", self.file.display()))?;
        let changes = if self.take {
            people::take_in(&office, tenant, entry("people.take_in"), &records).await?
        } else {
            people::preview_by_installation(&office, tenant, &records).await?
        };
        for (what, list) in [
            ("units that come", &changes.new_units),
            ("units that change", &changes.changed_units),
            ("units that end", &changes.ended_units),
            ("persons that come", &changes.new_persons),
            ("persons that change", &changes.changed_persons),
            ("persons that leave", &changes.left),
            ("places that begin", &changes.new_places),
            ("places that end", &changes.ended_places),
            ("kept by hand, not in the file", &changes.kept_by_hand),
            ("kept by hand until now, by the file from now on", &changes.taken_over),
        ] {
            let shown: Vec<&str> = list.iter().take(3).map(String::as_str).collect();
            let more = if list.len() > 3 { ", …" } else { "" };
            let shown = if shown.is_empty() { String::new() } else { format!(" ({}{more})", shown.join(", ")) };
            output::line(format!("{what}: {}{shown}", list.len()))?;
        }
        output::line(if self.take { "Taken in." } else { "Nothing was changed. --take takes it in." })?;
        Ok(Exit::Done)
    }
}

/// A one-time link with which somebody sets a password
#[derive(Debug, clap::Args)]
pub struct Link {
    #[command(flatten)]
    folder: OfficeFolder,
    /// Whose: the employee number
    #[arg(value_name = "NUMBER")]
    employee_no: String,
    /// The government, where the office has several
    #[arg(long, value_name = "CODE")]
    government: Option<String>,
    /// Also take away the second step of signing in, for who lost their telephone and their recovery codes
    #[arg(long)]
    reset_second_factor: bool,
}

impl Link {
    async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        let tenant = tenant(&office, self.government.as_deref()).await?;
        let person = person(&office, tenant, &self.employee_no).await?;
        if self.reset_second_factor {
            match sign_in::reset_factor_by_installation(&office, tenant, person).await {
                Err(SignInError::Gone) => output::line("There was no second step.")?,
                done => done?,
            }
        }
        let link = sign_in::link(&office, tenant, person, "installation", Via::Cli).await?;
        output::line(format!("{}/start?link={link}", office.config().public_url))?;
        Ok(Exit::Done)
    }
}

/// A token with which an engine hands runs in
#[derive(Debug, clap::Args)]
pub struct Token {
    #[command(flatten)]
    folder: OfficeFolder,
    /// What it is called in the log
    #[arg(long, value_name = "NAME", default_value = "engine")]
    name: String,
    /// The government, where the office has several
    #[arg(long, value_name = "CODE")]
    government: Option<String>,
    /// Days until it ends
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    days: u16,
}

impl Token {
    async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        let tenant = tenant(&office, self.government.as_deref()).await?;
        let until = office.now() + TimeDelta::days(i64::from(self.days));
        let (_, token) =
            sign_in::make_token(&office, tenant, entry("token.make"), &self.name, None, &["runs"], until).await?;
        output::line(token)?;
        Ok(Exit::Done)
    }
}

/// The public key that the office's logs are verified with
#[derive(Debug, clap::Args)]
pub struct Key {
    #[command(flatten)]
    folder: OfficeFolder,
    /// That with which it signs others' logs, as a witness
    #[arg(long)]
    witness: bool,
}

impl Key {
    async fn run(self) -> anyhow::Result<Exit> {
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        if self.witness {
            output::line(office.witness().key().to_string())?;
        } else {
            output::line(office.signer().key())?;
        }
        Ok(Exit::Done)
    }
}

/// As a witness, begin anew with a log that was restored from a backup
///
/// A log that was restored holds less than this witness signed, and is refused. Once you know from its people why, let the witness go
/// on from the last checkpoint that the restored log still has and that this witness signed itself. It is written into the log of
/// every government here, and shown on the page Log. The office may serve meanwhile.
#[derive(Debug, clap::Args)]
pub struct BeginAnew {
    #[command(flatten)]
    folder: OfficeFolder,
    /// The name of the log, as in `[[witness]]` of office.toml
    #[arg(value_name = "ORIGIN")]
    origin: String,
    /// The file `checkpoints.txt` of the restored installation
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath, required_unless_present = "from_nothing")]
    checkpoints: Option<PathBuf>,
    /// Go on from nothing: nothing that this witness signed is left in the log
    #[arg(long, conflicts_with = "checkpoints")]
    from_nothing: bool,
    /// Why, for the record
    #[arg(long)]
    reason: String,
}

impl BeginAnew {
    async fn run(self) -> anyhow::Result<Exit> {
        let text = match &self.checkpoints {
            Some(file) => {
                Some(std::fs::read_to_string(file).with_context(|| format!("Cannot read {}", file.display()))?)
            }
            None => None,
        };
        let office = self.folder.open(Arc::new(SystemClock), None).await?;
        let from = text.as_deref().map_or(Anew::Nothing, Anew::Signed);
        let begun = begin_anew(&office, &self.origin, from, &self.reason).await?;
        output::line(format!(
            "The witness had signed {} events of {} and goes on from {}.",
            begun.before, self.origin, begun.after
        ))?;
        Ok(Exit::Done)
    }
}
