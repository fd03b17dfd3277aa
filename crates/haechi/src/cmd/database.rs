//! `haechi database list|check`, and the tables that `snapshot take --from` names.

use haechi_core::money::grouped;
use haechi_databases::{Addresses, FILE, OpenDatabase};
use haechi_detect::error::EngineError;
use haechi_detect::store::DataFolder;
use haechi_formats::export::live::LiveTable;
use haechi_formats::fault::Fault;
use haechi_formats::mapping::Mapping;
use serde::Serialize;

use super::{Data, journaled};
use crate::exit::Exit;
use crate::output::{self, Format};

/// The databases whose tables may be taken
#[derive(Debug, clap::Subcommand)]
pub enum Database {
    /// The databases that `databases.toml` names
    List(List),
    /// Try to connect, and list the tables that may be read
    Check(Check),
}

impl Database {
    pub async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::List(command) => command.run(),
            Self::Check(command) => command.run().await,
        }
    }
}

/// The databases that `databases.toml` names
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    data: Data,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    place: String,
}

impl List {
    fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let done = self.print(&folder);
        journaled(&folder, "database list", &[], done)
    }

    fn print(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let addresses = addresses(folder)?;
        let listed: Vec<Listed> =
            addresses.iter().map(|address| Listed { name: address.name.clone(), place: address.describe() }).collect();
        match self.format {
            Format::Json => output::json(&listed)?,
            Format::Table if listed.is_empty() => {
                output::line(format!("No database is named. Write [database.NAME] into {FILE} of the data folder."))?;
            }
            Format::Table => {
                output::table(
                    &["database", "place"],
                    listed.into_iter().map(|listed| vec![listed.name, listed.place]),
                )?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Try to connect, and list the tables that may be read
#[derive(Debug, clap::Args)]
pub struct Check {
    #[command(flatten)]
    data: Data,
    /// The database's name in `databases.toml`
    name: String,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct TableListed {
    table: String,
    rows: Option<u64>,
}

impl Check {
    async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let done = self.print(&folder).await;
        let about = Some(self.name.clone()).filter(|name| !is_address(name));
        journaled(&folder, "database check", about.as_slice(), done)
    }

    async fn print(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let addresses = addresses(folder)?;
        let address = addresses.get(&self.name).map_err(EngineError::from)?;
        let mut open = OpenDatabase::open(address).await.map_err(EngineError::from)?;
        let tables = open.tables().await.map_err(EngineError::from)?.into_iter();
        let tables: Vec<_> = tables.map(|table| TableListed { table: table.name, rows: table.rows }).collect();
        match self.format {
            Format::Json => output::json(&tables)?,
            Format::Table => {
                output::line(format!("{}: {} tables can be read.", address.describe(), tables.len()))?;
                let rows = |rows: Option<u64>| {
                    rows.map_or_else(String::new, |rows| grouped(i64::try_from(rows).unwrap_or(i64::MAX)))
                };
                output::table(
                    &["table", "#rows, about"],
                    tables.into_iter().map(|table| vec![table.table, rows(table.rows)]),
                )?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Opens the tables that `--from` names: of one database, in one transaction, each once.
///
/// # Errors
///
/// A fault that names the database, and the table where it is one's.
pub async fn tables(folder: &DataFolder, from: &[String], mapping: &Mapping) -> Result<Vec<LiveTable>, EngineError> {
    let rule = mapping.read_rule();
    let mut named: Vec<(&str, &str)> = Vec::new();
    for from in from {
        let (database, table) = match from.split_once(':') {
            _ if is_address(from) => (from.as_str(), None),
            Some((database, table)) => (database, Some(table)),
            None => (from.as_str(), rule.table.as_deref()),
        };
        let table = table.filter(|table| !table.is_empty());
        match table {
            Some(table) if !named.contains(&(database, table)) => named.push((database, table)),
            Some(_) => {}
            // An address has no table either, and the better answer to it is below.
            None if is_address(from) => named.push((database, "")),
            None => {
                return Err(EngineError::Asked(format!(
                    "Which table of `{database}`? Write --from {database}:TABLE, or [read] table in the mapping `{}`.",
                    mapping.name
                )));
            }
        }
    }
    let addresses = addresses(folder)?;
    let Some((first, _)) = named.first() else { return Ok(Vec::new()) };
    let address = addresses.get(first)?;
    if let Some((other, _)) = named.iter().find(|(database, _)| database != first) {
        return Err(Fault::new(
            "two-databases",
            "--from",
            format!("`{first}` and `{other}` are two databases, which no transaction holds together."),
            "Take the tables of each with a command of its own.",
        )
        .into());
    }
    let mut open = OpenDatabase::open(address).await?;
    let mut plans = Vec::new();
    for (_, table) in named {
        let plan = open.plan(table, &rule).await?;
        // Two ways to write one table.
        if !plans.iter().any(|other: &haechi_databases::Plan| other.place() == plan.place()) {
            plans.push(plan);
        }
    }
    Ok(open.read(plans))
}

/// Whether somebody gave an address where a name belongs.
fn is_address(text: &str) -> bool {
    text.contains("//") || text.contains('@')
}

/// What `databases.toml` says, with the passwords that the environment holds.
fn addresses(folder: &DataFolder) -> Result<Addresses, EngineError> {
    Ok(Addresses::load(folder.root(), &|name| std::env::var(name).ok())?)
}
