//! One file a command.

pub mod backup;
pub mod cases;
pub mod database;
pub mod demo;
mod demo_office;
pub mod detect;
pub mod docs;
mod engine;
pub mod findings;
pub mod init;
pub mod mapping;
pub mod office;
mod public_keys;
pub mod purge;
pub mod records;
pub mod report;
pub mod restore;
pub mod scenario;
pub mod serve;
pub mod snapshot;
mod statistics;
pub mod synth;
pub mod verify;
mod verify_bundle;
mod verify_log;

use std::path::PathBuf;
use std::sync::Arc;

use haechi_core::ids::Government;
use haechi_detect::error::EngineError;
use haechi_detect::run::Catalogue;
use haechi_detect::session::Limits;
use haechi_detect::store::DataFolder;
use haechi_formats::fault::Fault;
use haechi_formats::mapping::Mapping;

/// The data folder a command works on.
#[derive(Debug, clap::Args)]
pub struct Data {
    /// The data folder
    #[arg(long = "data", value_name = "DIR", env = "HAECHI_DATA", hide_env_values = true, value_hint = clap::ValueHint::DirPath)]
    pub data: PathBuf,
}

impl Data {
    /// Opens it.
    pub fn open(&self) -> Result<DataFolder, EngineError> {
        DataFolder::open_with(&self.data, &|name| std::env::var(name).ok())
    }
}

/// What a command may use of the machine.
#[derive(Debug, clap::Args)]
pub struct Resources {
    /// Threads; by default all
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Memory for grouping and joining in MiB; past it they spill into the data folder
    #[arg(long, value_name = "MIB", default_value_t = 2048)]
    memory: usize,
}

impl Resources {
    /// How many threads.
    pub fn threads(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from)).max(1)
    }

    /// As the engine wants them.
    pub fn limits(&self, folder: &DataFolder) -> Result<Limits, EngineError> {
        let memory = self.memory.saturating_mul(1024 * 1024);
        Ok(Limits { threads: self.threads(), memory, spill: Some(Arc::new(folder.spill()?)) })
    }
}

/// The government a command is about: the one named, or the only one in the folder.
pub async fn government(folder: &DataFolder, named: Option<&Government>) -> Result<Government, EngineError> {
    let there = folder.governments().await?;
    match named {
        Some(named) if there.contains(named) => Ok(named.clone()),
        Some(named) => Err(EngineError::Asked(format!(
            "Nothing of the government {named} was taken into this folder. Taken were: {}.",
            list(&there)
        ))),
        None => match there.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(EngineError::Asked(
                "Nothing was taken into this folder yet. `haechi snapshot take` takes exports.".to_owned(),
            )),
            many => Err(EngineError::Asked(format!(
                "The folder holds several governments ({}), and a run is of one. Name it with --government.",
                list(many)
            ))),
        },
    }
}

fn list(governments: &[Government]) -> String {
    if governments.is_empty() {
        return "none".to_owned();
    }
    governments.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The shipped scenarios and the folder's own.
pub fn catalogue(folder: &DataFolder) -> Result<Catalogue, EngineError> {
    Catalogue::load(&folder.dictionary, Some(&folder.own_scenarios()))
}

/// The shipped mappings and the folder's own.
pub fn mappings(folder: &DataFolder) -> Result<Vec<Mapping>, EngineError> {
    let mut mappings = haechi_formats::mapping::shipped(&folder.dictionary)?;
    let own = folder.own_mappings();
    if own.exists() {
        for mapping in haechi_formats::mapping::in_folder(&own, &folder.dictionary)? {
            if mappings.iter().any(|other| other.name == mapping.name) {
                let what = format!("The name `{}` is a shipped mapping's already.", mapping.name);
                let file = format!("{}/mapping.toml", mapping.name);
                let help = "Give it a name of its own; the folder's name must be the same.";
                return Err(Fault::new("mapping-name-twice", file, what, help).into());
            }
            mappings.push(mapping);
        }
    }
    mappings.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(mappings)
}

/// The text of `DIR/parameters.toml`, or nothing.
pub fn parameters(folder: &DataFolder) -> Result<String, EngineError> {
    let path = folder.root().join("parameters.toml");
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(EngineError::io(format!("Cannot read {}", path.display()), error)),
    }
}

/// Writes the journal line of a command that ended with `outcome`, and hands the outcome on.
pub fn journaled<T>(
    folder: &DataFolder,
    command: &str,
    about: &[String],
    outcome: anyhow::Result<T>,
) -> anyhow::Result<T> {
    let words = match &outcome {
        Ok(_) => "done".to_owned(),
        Err(error) => format!("{error:#}"),
    };
    let written = folder.journal(command, about, &words);
    // Of two errors the first one matters: a disk too full for an import is too full for its journal line.
    let outcome = outcome?;
    written?;
    Ok(outcome)
}
