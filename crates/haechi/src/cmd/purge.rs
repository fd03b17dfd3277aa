//! `haechi purge` and `haechi hold`

use haechi_core::ids::Government;
use haechi_core::money::grouped;
use haechi_core::time::Day;
use haechi_detect::error::EngineError;
use haechi_detect::store::journal::os_user;
use haechi_detect::store::purge::{Hold, PurgeOrder};

use super::{Data, journaled};
use crate::exit::Exit;
use crate::output::{self, Format};

/// Destroy data by class and age; manifests and digests stay
///
/// Destroys the rows and rejects of every snapshot of a retention class that covers no day on or after the one given. What a
/// legal hold names is kept. Without --yes it only says what it would destroy.
#[derive(Debug, clap::Args)]
pub struct Purge {
    #[command(flatten)]
    data: Data,
    /// The retention class, as the dictionary names it: finance, personnel, reference
    #[arg(long)]
    class: String,
    /// Destroy what ends before this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    before: Day,
    /// Why, for the record
    #[arg(long)]
    reason: String,
    /// Really destroy
    #[arg(long)]
    yes: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Purge {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        if !folder.dictionary.tables.values().any(|table| table.retention == self.class) {
            let mut classes: Vec<&str> =
                folder.dictionary.tables.values().map(|table| table.retention.as_str()).collect();
            classes.sort_unstable();
            classes.dedup();
            let words = format!("There is no retention class `{}`. There are: {}.", self.class, classes.join(", "));
            return Err(EngineError::Asked(words).into());
        }
        let order = PurgeOrder { class: self.class, before: self.before, reason: self.reason, dry_run: !self.yes };
        let about = vec![
            format!("class {}", order.class),
            format!("before {}", order.before),
            format!("dry run {}", order.dry_run),
        ];
        let lock = folder.lock(true, |holder| eprintln!("Waiting for another haechi to end ({holder}) …"))?;
        let report = folder.purge(&lock, &order).await.map_err(anyhow::Error::from);
        let report = journaled(&folder, "purge", &about, report)?;
        match self.format {
            Format::Json => output::json(&report)?,
            Format::Table => {
                for (snapshot, hold) in &report.held {
                    output::line(format!(
                        "kept by the hold `{hold}`: {}",
                        snapshot.as_str().get(..12).unwrap_or_default()
                    ))?;
                }
                output::line(format!(
                    "{} snapshots, {} bytes {}.",
                    report.destroyed.len(),
                    grouped(i64::try_from(report.bytes).unwrap_or(i64::MAX)),
                    if order.dry_run { "would be destroyed; add --yes to do it" } else { "destroyed" }
                ))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Legal holds, which stop a purge
#[derive(Debug, clap::Subcommand)]
pub enum HoldCommand {
    /// Place a hold
    Add(Add),
    /// Release a hold; its record stays
    Release(Release),
    /// Every hold, released ones too
    List(ListHolds),
}

/// Place a hold
#[derive(Debug, clap::Args)]
pub struct Add {
    #[command(flatten)]
    data: Data,
    /// Its name: audit-2026-014
    name: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Hold this government's data alone
    #[arg(long, value_name = "CODE")]
    government: Option<Government>,
    /// Hold this retention class alone
    #[arg(long)]
    class: Option<String>,
}

/// Release a hold; its record stays
#[derive(Debug, clap::Args)]
pub struct Release {
    #[command(flatten)]
    data: Data,
    /// Its name
    name: String,
}

/// Every hold, released ones too
#[derive(Debug, clap::Args)]
pub struct ListHolds {
    #[command(flatten)]
    data: Data,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl HoldCommand {
    pub async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::Add(add) => {
                let folder = add.data.open()?;
                let hold = Hold {
                    name: add.name,
                    reason: add.reason,
                    government: add.government,
                    class: add.class,
                    since: folder.clock.stamp(),
                    by: os_user(),
                    released: None,
                };
                let placed = folder.place_hold(&hold).await.map_err(anyhow::Error::from);
                journaled(&folder, "hold add", std::slice::from_ref(&hold.name), placed)?;
                output::line(format!("The hold `{}` is in force.", hold.name))?;
            }
            Self::Release(release) => {
                let folder = release.data.open()?;
                let released = folder.release_hold(&release.name).await.map_err(anyhow::Error::from);
                journaled(&folder, "hold release", std::slice::from_ref(&release.name), released)?;
                output::line(format!("The hold `{}` is released.", release.name))?;
            }
            Self::List(list) => {
                let folder = list.data.open()?;
                let holds = folder.holds().await.map_err(anyhow::Error::from);
                let holds = journaled(&folder, "hold list", &[], holds)?;
                match list.format {
                    Format::Json => output::json(&holds)?,
                    Format::Table if holds.is_empty() => output::line("There is no hold.")?,
                    Format::Table => output::table(
                        &["hold", "government", "class", "since", "by", "released", "reason"],
                        holds.into_iter().map(|hold| {
                            vec![
                                hold.name,
                                hold.government.map_or_else(|| "all".to_owned(), |government| government.to_string()),
                                hold.class.unwrap_or_else(|| "all".to_owned()),
                                hold.since,
                                hold.by,
                                hold.released.unwrap_or_default(),
                                hold.reason,
                            ]
                        }),
                    )?,
                }
            }
        }
        Ok(Exit::Done)
    }
}
