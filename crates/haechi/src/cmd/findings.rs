//! `haechi findings history`

use haechi_core::ids::Government;
use haechi_core::words::Language;
use haechi_detect::error::EngineError;
use haechi_detect::history::{Life, lives};
use haechi_detect::rows::RowText;
use haechi_detect::store::DataFolder;

use super::{Data, government, journaled};
use crate::exit::Exit;
use crate::output::{self, Format};

/// What became of findings
#[derive(Debug, clap::Subcommand)]
pub enum Findings {
    /// First seen, last seen, gone and why
    History(History),
}

impl Findings {
    pub async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::History(command) => command.run().await,
        }
    }
}

/// First seen, last seen, gone and why
///
/// With a key (or its beginning) it shows that finding alone, with the rows before and after.
#[derive(Debug, clap::Args)]
pub struct History {
    #[command(flatten)]
    data: Data,
    /// The beginning of a finding's key
    key: Option<String>,
    /// The government, where the folder holds several
    #[arg(long, value_name = "CODE")]
    government: Option<Government>,
    /// Only findings that are gone
    #[arg(long)]
    gone: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of explanations: ko or en
    #[arg(long, default_value_t)]
    lang: Language,
}

impl History {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let done = self.print(&folder).await;
        journaled(&folder, "findings history", self.key.as_slice(), done)
    }

    async fn print(&self, folder: &DataFolder) -> anyhow::Result<Exit> {
        let government = government(folder, self.government.as_ref()).await?;
        let mut lives = lives(folder, &government, self.key.as_deref()).await?;
        lives.retain(|life| !self.gone || life.gone.is_some());
        if lives.is_empty() {
            let words = match &self.key {
                Some(key) => format!("No finding of {government} has a key that begins with `{key}`."),
                None if self.gone => "No finding is gone.".to_owned(),
                None => "No run has found anything yet. `haechi detect` runs the scenarios.".to_owned(),
            };
            if self.key.is_some() {
                return Err(EngineError::Asked(words).into());
            }
            output::line(words)?;
            return Ok(Exit::Done);
        }
        match self.format {
            Format::Json => output::json(&lives)?,
            Format::Table if self.key.is_some() => {
                for life in &lives {
                    print_life(life, self.lang)?;
                }
            }
            Format::Table => output::table(
                &["key", "scenario", "first seen", "last seen", "gone", "why"],
                lives.iter().map(|life| {
                    let gone = life.gone.as_ref();
                    vec![
                        life.key.short(),
                        life.scenario.to_string(),
                        format!("{} (run {})", day(&life.first_seen.at), life.first_seen.run),
                        format!("{} (run {})", day(&life.last_seen.at), life.last_seen.run),
                        gone.map_or_else(String::new, |gone| format!("{} (run {})", day(&gone.run.at), gone.run.run)),
                        gone.map_or_else(String::new, |gone| gone.why.words().in_language(self.lang).to_owned()),
                    ]
                }),
            )?,
        }
        Ok(Exit::Done)
    }
}

fn day(stamp: &str) -> &str {
    stamp.get(..10).unwrap_or(stamp)
}

fn print_life(life: &Life, language: Language) -> anyhow::Result<()> {
    output::line(format!("{}  {}", life.key.short(), life.scenario))?;
    output::line(format!("  {}", life.last.explanation.in_language(language)))?;
    output::line(format!(
        "  first seen {} in run {}, last seen {} in run {}",
        life.first_seen.at, life.first_seen.run, life.last_seen.at, life.last_seen.run
    ))?;
    if let Some(gone) = &life.gone {
        output::line(format!(
            "  gone since {} (run {}): {}",
            gone.run.at,
            gone.run.run,
            gone.why.words().in_language(language)
        ))?;
        print_rows("before", &gone.before, language)?;
        print_rows("after", &gone.after, language)?;
    }
    Ok(())
}

fn print_rows(title: &str, rows: &[RowText], language: Language) -> anyhow::Result<()> {
    if rows.is_empty() {
        return output::line(format!("  {title}: no row"));
    }
    for row in rows {
        let cells: Vec<String> =
            row.cells.iter().map(|cell| format!("{} {}", cell.label.in_language(language), cell.value)).collect();
        output::line(format!("  {title}: {}  {}", row.place(), cells.join(" · ")))?;
    }
    Ok(())
}
