//! `haechi snapshot take|list|show|verify|rejects`

use std::path::PathBuf;
use std::sync::Arc;

use haechi_core::finding::place;
use haechi_core::money::grouped;
use haechi_core::period::Period;
use haechi_detect::error::EngineError;
use haechi_detect::import::{Progress, TakeOptions, Taken, take, take_tables};
use haechi_detect::store::DataFolder;
use haechi_detect::store::records::LoadRecord;
use haechi_formats::export::OtherSheet;
use serde::Serialize;

use super::{Data, Resources, database, journaled, mappings};
use crate::exit::Exit;
use crate::output::{self, Bar, Format};

/// Take exports into snapshots, and look at what was taken
#[derive(Debug, clap::Subcommand)]
pub enum Snapshot {
    /// Take exports: one command is one load, all or nothing
    Take(Take),
    /// What is in view
    List(List),
    /// One snapshot or load, whole
    Show(Show),
    /// Compare everything kept with its digest
    Verify(Verify),
    /// The rows that did not fit
    Rejects(Rejects),
}

impl Snapshot {
    pub async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::Take(command) => command.run().await,
            Self::List(command) => command.run().await,
            Self::Show(command) => command.run().await,
            Self::Verify(command) => command.run().await,
            Self::Rejects(command) => command.run().await,
        }
    }
}

/// Take exports: one command is one load, all or nothing
///
/// The same files twice change nothing. A corrected file replaces the periods it covers. Tables of a live database are read as
/// they stand at one moment; where it stands and who reads it is written in the data folder's `databases.toml`.
#[derive(Debug, clap::Args)]
pub struct Take {
    #[command(flatten)]
    data: Data,
    /// The mapping that reads them; `haechi mapping list` shows those there are
    #[arg(long, value_name = "NAME")]
    mapping: String,
    /// What the files cover, where neither their names nor their columns say: 2017, 2017-Q2, 2017-03
    #[arg(long)]
    period: Option<Period>,
    /// End at once when another haechi is changing the folder, instead of waiting
    #[arg(long)]
    no_wait: bool,
    #[command(flatten)]
    resources: Resources,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// A table of a live database in place of files, as DATABASE:TABLE, or DATABASE where the mapping names the table; may be
    /// given several times for tables of one database
    #[arg(long, value_name = "DATABASE:TABLE", conflicts_with = "files")]
    from: Vec<String>,
    /// The exports: CSV, JSON Lines, also inside gz, zst, zip and tar; Parquet; workbooks (XLSX, XLS, ODS)
    #[arg(required_unless_present = "from", value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
}

impl Take {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let mut about = vec![format!("mapping {}", self.mapping)];
        about.extend(self.files.iter().filter_map(|file| Some(file.file_name()?.to_string_lossy().into_owned())));
        // An address given by mistake may hold a password, which has no business in the journal.
        about.extend(self.from.iter().filter(|from| !from.contains(['/', '@'])).cloned());
        let taken = self.take(&folder).await.map_err(anyhow::Error::from);
        let taken = journaled(&folder, "snapshot take", &about, taken)?;
        match self.format {
            Format::Json => output::json(&taken)?,
            Format::Table => print_taken(&taken)?,
        }
        Ok(Exit::Done)
    }

    async fn take(&self, folder: &DataFolder) -> Result<Taken, EngineError> {
        let all = mappings(folder)?;
        let mapping = all.iter().find(|mapping| mapping.name.as_str() == self.mapping).ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|mapping| mapping.name.as_str()).collect();
            EngineError::Asked(format!("There is no mapping `{}`. There are: {}.", self.mapping, names.join(", ")))
        })?;
        let lock = folder.lock(!self.no_wait, |holder| eprintln!("Waiting for another haechi to end ({holder}) …"))?;
        let progress = Arc::new(Progress::default());
        let bar = Bar::show(&progress);
        let options = TakeOptions { period: self.period, threads: self.resources.threads() };
        let taken = if self.from.is_empty() {
            take(folder, &lock, mapping, &self.files, &options, &progress).await
        } else {
            let tables = database::tables(folder, &self.from, mapping).await?;
            take_tables(folder, &lock, mapping, tables, &options, &progress).await
        };
        drop(bar);
        taken
    }
}

fn print_taken(taken: &Taken) -> anyhow::Result<()> {
    if taken.swept > 0 {
        output::line(format!(
            "An import before this one was killed half way; {} leftovers were cleared away.",
            taken.swept
        ))?;
    }
    for file in &taken.twice {
        output::line(format!("{file} is the same file as another one given; it was read once."))?;
    }
    if taken.known {
        output::line("These very files are in view already. Nothing was changed.")?;
        return Ok(());
    }
    print_files(&taken.load)?;
    for file in taken.load.files.iter().filter(|file| !file.left_out.is_empty()) {
        let name = |sheet: &OtherSheet| format!("`{}`{}", sheet.name, if sheet.hidden { " (hidden)" } else { "" });
        let names: Vec<String> = file.left_out.iter().map(name).collect();
        output::line(format!("Not read of {}: {}.", file.file, names.join(", ")))?;
    }
    let (rows, rejected): (u64, u64) =
        taken.load.files.iter().fold((0, 0), |sum, file| (sum.0 + file.rows_out, sum.1 + file.rejected));
    output::line(format!(
        "{} rows of {} taken, {} rejected; {} of {} snapshots are new in view.",
        number(rows),
        taken.load.table,
        number(rejected),
        taken.changed.len(),
        taken.load.snapshots.len()
    ))?;
    if taken.load.rejects.is_some() {
        output::line(format!(
            "`haechi snapshot rejects --data DIR --load {}` lists what did not fit.",
            taken.load.id.short()
        ))?;
    }
    Ok(())
}

fn print_files(load: &LoadRecord) -> anyhow::Result<()> {
    output::table(
        &["file", "encoding", "period", "#rows in", "#rows out", "#rejected", "#set aside"],
        load.files.iter().map(|file| {
            vec![
                place(&file.file, file.member.as_deref(), file.sheet.as_deref()),
                file.encoding.clone(),
                file.period.map_or_else(|| "by row".to_owned(), |period| period.to_string()),
                number(file.rows_in),
                number(file.rows_out),
                number(file.rejected),
                number(file.set_aside),
            ]
        }),
    )
}

/// What is in view
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    data: Data,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Serialize)]
struct InView {
    government: String,
    table: String,
    source: String,
    period: Option<Period>,
    rows: u64,
    snapshot: String,
    files: Vec<String>,
}

impl List {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let done = self.print(&folder).await;
        journaled(&folder, "snapshot list", &[], done)
    }

    async fn print(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let mut lines = Vec::new();
        for government in folder.governments().await? {
            for entry in folder.view(&government).await?.entries {
                let manifest = folder.manifest(&entry.snapshot).await?;
                lines.push(InView {
                    government: government.to_string(),
                    table: entry.table.to_string(),
                    source: entry.source.to_string(),
                    period: entry.period,
                    rows: manifest.rows,
                    snapshot: entry.snapshot.to_string(),
                    files: manifest.sources.iter().map(|source| source.file.clone()).collect(),
                });
            }
        }
        match self.format {
            Format::Json => output::json(&lines)?,
            Format::Table if lines.is_empty() => {
                output::line("Nothing is in view yet. `haechi snapshot take` takes exports.")?
            }
            Format::Table => output::table(
                &["government", "table", "source", "period", "#rows", "snapshot"],
                lines.iter().map(|line| {
                    vec![
                        line.government.clone(),
                        line.table.clone(),
                        line.source.clone(),
                        line.period.map_or_else(|| "whole".to_owned(), |period| period.to_string()),
                        number(line.rows),
                        line.snapshot.chars().take(12).collect(),
                    ]
                }),
            )?,
        }
        Ok(Exit::Done)
    }
}

/// One snapshot or load, whole
#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    data: Data,
    /// The beginning of a snapshot's or load's id
    id: String,
}

impl Show {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let done = self.print(&folder).await;
        journaled(&folder, "snapshot show", std::slice::from_ref(&self.id), done)
    }

    async fn print(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let loads = folder.loads().await?;
        if let Some(load) = loads.iter().find(|load| load.id.to_string().starts_with(&self.id)) {
            output::json(load)?;
            return Ok(Exit::Done);
        }
        let found =
            loads.iter().flat_map(|load| &load.snapshots).find(|snapshot| snapshot.id.as_str().starts_with(&self.id));
        match found {
            Some(snapshot) => output::json(&folder.manifest(&snapshot.id).await?)?,
            None => {
                let words = format!(
                    "No snapshot or load begins with `{}`. `haechi snapshot list` shows what is in view.",
                    self.id
                );
                return Err(EngineError::Asked(words).into());
            }
        }
        Ok(Exit::Done)
    }
}

/// Compare everything kept with its digest
#[derive(Debug, clap::Args)]
pub struct Verify {
    #[command(flatten)]
    data: Data,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Verify {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let found = folder.verify().await.map_err(anyhow::Error::from);
        let found = journaled(&folder, "snapshot verify", &[], found)?;
        match self.format {
            Format::Json => output::json(&found)?,
            Format::Table => {
                for damage in &found.damage {
                    output::line(damage)?;
                }
                output::line(format!(
                    "{} snapshots, {} files, {} rows looked at: {}.",
                    found.snapshots,
                    found.parts,
                    number(found.rows),
                    if found.damage.is_empty() {
                        "all as written".to_owned()
                    } else {
                        format!("{} damaged", found.damage.len())
                    }
                ))?;
            }
        }
        Ok(if found.damage.is_empty() { Exit::Done } else { Exit::Damaged })
    }
}

/// The rows that did not fit
#[derive(Debug, clap::Args)]
pub struct Rejects {
    #[command(flatten)]
    data: Data,
    /// The beginning of a load's id; by default every load in view
    #[arg(long, value_name = "ID")]
    load: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Rejects {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let done = self.print(&folder).await;
        journaled(&folder, "snapshot rejects", self.load.as_slice(), done)
    }

    async fn print(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let mut wanted = folder.loads().await?;
        match &self.load {
            Some(id) => wanted.retain(|load| load.id.to_string().starts_with(id.as_str())),
            None => {
                let mut in_view = Vec::new();
                for government in folder.governments().await? {
                    in_view.extend(folder.view(&government).await?.entries.into_iter().map(|entry| entry.load));
                }
                wanted.retain(|load| in_view.contains(&load.id));
            }
        }
        if let (Some(id), true) = (&self.load, wanted.is_empty()) {
            return Err(EngineError::Asked(format!("No load begins with `{id}`.")).into());
        }
        let mut rows = Vec::new();
        for load in &wanted {
            rows.extend(folder.rejects(load).await?);
        }
        match self.format {
            Format::Json => output::json(&rows)?,
            Format::Table if rows.is_empty() => output::line("Every row fitted.")?,
            Format::Table => output::table(
                &["file", "#line", "column", "value", "reason"],
                rows.iter().map(|row| {
                    vec![
                        place(&row.file, row.member.as_deref(), row.sheet.as_deref()),
                        row.line.to_string(),
                        row.reject.column.clone().unwrap_or_default(),
                        row.reject.value.clone().unwrap_or_default(),
                        row.reject.reason.en.clone(),
                    ]
                }),
            )?,
        }
        Ok(Exit::Done)
    }
}

fn number(value: u64) -> String {
    grouped(i64::try_from(value).unwrap_or(i64::MAX))
}
