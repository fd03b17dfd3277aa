//! `haechi scenario list|show|test|lint|lock|new`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use haechi_core::ids::{ScenarioId, TableName};
use haechi_core::words::Language;
use haechi_detect::case_runner::{CaseResult, blessed, run_cases};
use haechi_detect::error::EngineError;
use haechi_detect::run::Catalogue;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::scenario::{Level, Scenario, apply_fixes, lint, lock, new_scenario, scenario_folders};
use haechi_formats::shipped;

use super::cases::CaseTally;
use crate::exit::Exit;
use crate::output::{self, Format};

/// The scenarios that ask questions
#[derive(Debug, clap::Subcommand)]
pub enum ScenarioCommand {
    /// The scenarios there are
    List(List),
    /// One scenario: what it finds, its parameters, its query
    Show(Show),
    /// Run the test cases of scenarios
    Test(Test),
    /// Check scenarios for what goes wrong most
    Lint(LintCommand),
    /// Write the version lock of scenarios
    Lock(Lock),
    /// Write a scenario folder to start from
    New(New),
}

impl ScenarioCommand {
    pub async fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::List(command) => command.run(),
            Self::Show(command) => command.run(),
            Self::Test(command) => command.run().await,
            Self::Lint(command) => command.run(),
            Self::Lock(command) => command.run(),
            Self::New(command) => command.run(),
        }
    }
}

/// Where scenarios are looked up: the shipped ones, and a data folder's own.
#[derive(Debug, clap::Args)]
struct Where {
    /// A data folder whose own scenarios count too
    #[arg(long = "data", value_name = "DIR", env = "HAECHI_DATA", hide_env_values = true, value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
}

impl Where {
    fn dictionary(&self) -> Result<Dictionary, EngineError> {
        Ok(shipped::dictionary_with(self.data.as_ref().map(|data| data.join("dictionary")).as_deref())?)
    }

    fn catalogue(&self) -> Result<Catalogue, EngineError> {
        Catalogue::load(&self.dictionary()?, self.data.as_ref().map(|data| data.join("scenarios")).as_deref())
    }
}

/// The scenarios there are
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    place: Where,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of titles: ko or en
    #[arg(long, default_value_t)]
    lang: Language,
}

impl List {
    fn run(self) -> anyhow::Result<Exit> {
        let catalogue = self.place.catalogue()?;
        let rows = catalogue.scenarios.values().map(|listed| {
            let scenario = &listed.scenario;
            vec![
                scenario.id.to_string(),
                scenario.version.to_string(),
                format!("{:?}", scenario.status).to_lowercase(),
                scenario.severity.as_str().to_owned(),
                scenario.catalogue.join(" "),
                if listed.own { "own" } else { "shipped" }.to_owned(),
                scenario.title.in_language(self.lang).to_owned(),
            ]
        });
        let header = ["id", "#version", "status", "severity", "catalogue", "from", "title"];
        match self.format {
            Format::Table => output::table(&header, rows)?,
            Format::Json => {
                let names = header.map(|name| name.trim_start_matches('#'));
                let list: Vec<serde_json::Value> = rows
                    .map(|row| {
                        names
                            .iter()
                            .copied()
                            .zip(row)
                            .map(|(name, value)| (name.to_owned(), serde_json::Value::from(value)))
                            .collect()
                    })
                    .collect();
                output::json(&list)?;
            }
        }
        Ok(Exit::Done)
    }
}

/// One scenario: what it finds, its parameters, its query
#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    place: Where,
    /// Its id
    id: ScenarioId,
}

impl Show {
    fn run(self) -> anyhow::Result<Exit> {
        let catalogue = self.place.catalogue()?;
        let listed = catalogue.scenarios.get(&self.id).ok_or_else(|| {
            EngineError::Asked(format!(
                "There is no scenario `{}`. `haechi scenario list` shows those there are.",
                self.id
            ))
        })?;
        output::line(format!("{} version {}, digest {}", self.id, listed.scenario.version, listed.scenario.digest))?;
        for file in ["README.md", "scenario.toml", "query.sql"] {
            if let Some(text) = listed.folder.files.get(file) {
                output::line(format!("\n── {file} ──\n{}", text.trim_end()))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Run the test cases of scenarios
///
/// Ends with 0 when every case passes, 20 when a case differs, 21 when a scenario cannot be loaded.
#[derive(Debug, clap::Args)]
pub struct Test {
    #[command(flatten)]
    place: Where,
    /// Scenario folders, or folders of them; by default the shipped ones and those of --data
    #[arg(value_hint = clap::ValueHint::DirPath)]
    roots: Vec<PathBuf>,
    /// Rewrite each `findings` table instead of comparing it
    #[arg(long)]
    bless: bool,
    /// Write the results as JUnit XML too
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    junit: Option<PathBuf>,
}

impl Test {
    async fn run(self) -> anyhow::Result<Exit> {
        let dictionary = self.place.dictionary()?;
        let calendar = Arc::new(haechi_formats::calendar::shipped().map_err(EngineError::Faults)?);
        let mut folders: Vec<(Option<PathBuf>, haechi_formats::folder::Folder)> = Vec::new();
        for root in &self.roots {
            let found = scenario_folders(root).map_err(EngineError::Faults)?;
            if found.is_empty() {
                return Err(EngineError::Asked(format!("{} holds no scenario folder.", root.display())).into());
            }
            folders.extend(found.into_iter().map(|(path, folder)| (Some(path), folder)));
        }
        if self.roots.is_empty() {
            folders.extend(self.place.catalogue()?.scenarios.into_values().map(|listed| (None, listed.folder)));
        }
        let mut tally = CaseTally::default();
        for (path, folder) in folders {
            let results = match Scenario::parse(&folder, &dictionary) {
                Ok(scenario) => run_cases(&folder, &scenario, &dictionary, &calendar).await,
                Err(faults) => Err(faults.into()),
            };
            let results = match results {
                Ok(results) => results,
                Err(error) => {
                    tally.faults(&folder.name, error)?;
                    continue;
                }
            };
            if let (true, Some(path)) = (self.bless, &path) {
                write_blessed(path, &folder, &results)?;
            }
            tally.begin(&folder.name);
            for result in &results {
                let blessed = self.bless && result.difference.is_some() && !result.actual.is_empty();
                if blessed {
                    output::line(format!("blessed  {}: {}", folder.name, result.title))?;
                }
                let difference = result.difference.as_deref().filter(|_| !blessed);
                let place = format!("{}:{}", folder.place("cases.md"), result.line);
                tally.case(place, &result.title, difference)?;
            }
        }
        tally.end("haechi scenario test", "scenarios", self.junit.as_deref())
    }
}

fn write_blessed(path: &Path, folder: &haechi_formats::folder::Folder, results: &[CaseResult]) -> anyhow::Result<()> {
    let old = folder.text("cases.md").map_err(EngineError::Fault)?;
    let new = blessed(old, results);
    if new != old {
        let file = path.join("cases.md");
        std::fs::write(&file, new).with_context(|| format!("Cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Check scenarios for what goes wrong most
///
/// Ends with 0 when there is no error (warnings may be), 21 otherwise.
#[derive(Debug, clap::Args)]
pub struct LintCommand {
    #[command(flatten)]
    place: Where,
    /// Scenario folders, or folders of them
    #[arg(required = true, value_hint = clap::ValueHint::DirPath)]
    roots: Vec<PathBuf>,
    /// Apply the fixes that are offered
    #[arg(long)]
    fix: bool,
}

impl LintCommand {
    fn run(self) -> anyhow::Result<Exit> {
        let dictionary = self.place.dictionary()?;
        let (mut errors, mut warnings, mut count) = (0, 0, 0);
        for root in &self.roots {
            for (path, mut folder) in scenario_folders(root).map_err(EngineError::Faults)? {
                count += 1;
                let mut lints = lint(&folder, &dictionary);
                if self.fix {
                    for (file, text) in apply_fixes(&folder, &lints) {
                        std::fs::write(path.join(&file), &text).with_context(|| format!("Cannot write {file}"))?;
                        output::line(format!("fixed    {}", folder.place(&file)))?;
                        folder.files.insert(file, text);
                    }
                    lints = lint(&folder, &dictionary);
                }
                for found in lints {
                    let word = match found.level {
                        Level::Error => {
                            errors += 1;
                            "error"
                        }
                        Level::Warning => {
                            warnings += 1;
                            "warning"
                        }
                    };
                    let fix = if found.fix.is_some() { " (--fix does it)" } else { "" };
                    output::line(format!(
                        "{word:8} {}: {} {}{fix} [{}]",
                        found.place, found.what, found.help, found.code
                    ))?;
                }
            }
        }
        output::line(format!("{count} scenarios: {errors} errors, {warnings} warnings."))?;
        Ok(if errors == 0 { Exit::Done } else { Exit::RuleFaults })
    }
}

/// Write the version lock of scenarios
///
/// A published scenario never changes meaning under the same version: a changed rule needs a higher version first.
#[derive(Debug, clap::Args)]
pub struct Lock {
    #[command(flatten)]
    place: Where,
    /// Scenario folders, or folders of them
    #[arg(required = true, value_hint = clap::ValueHint::DirPath)]
    roots: Vec<PathBuf>,
}

impl Lock {
    fn run(self) -> anyhow::Result<Exit> {
        let dictionary = self.place.dictionary()?;
        for root in &self.roots {
            for (path, folder) in scenario_folders(root).map_err(EngineError::Faults)? {
                let scenario = Scenario::parse(&folder, &dictionary).map_err(EngineError::Faults)?;
                let text = lock(&folder, &scenario).map_err(EngineError::Fault)?;
                let file = path.join("scenario.lock");
                if folder.files.get("scenario.lock") != Some(&text) {
                    std::fs::write(&file, text).with_context(|| format!("Cannot write {}", file.display()))?;
                    output::line(format!("locked   {} version {}", scenario.id, scenario.version))?;
                }
            }
        }
        Ok(Exit::Done)
    }
}

/// Write a scenario folder to start from
#[derive(Debug, clap::Args)]
pub struct New {
    #[command(flatten)]
    place: Where,
    /// Its id: area.name
    id: ScenarioId,
    /// The folder that holds the areas
    #[arg(long, default_value = "scenarios", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// The standard table it reads
    #[arg(long, default_value = "card_expense")]
    table: TableName,
}

impl New {
    fn run(self) -> anyhow::Result<Exit> {
        let dictionary = self.place.dictionary()?;
        let table = dictionary
            .tables
            .get(&self.table)
            .ok_or_else(|| EngineError::Asked(format!("There is no standard table `{}`.", self.table)))?;
        let folder = self.dir.join(self.id.as_str().replacen('.', "/", 1));
        write_new(&folder, new_scenario(&self.id, table))?;
        output::line(format!(
            "{} is a draft to edit. `haechi scenario test {}` runs its cases.",
            folder.display(),
            folder.display()
        ))?;
        Ok(Exit::Done)
    }
}

/// Writes a new folder of data files; one that is there is left alone.
pub fn write_new(folder: &Path, files: impl IntoIterator<Item = (String, String)>) -> anyhow::Result<()> {
    if folder.exists() {
        return Err(EngineError::Asked(format!("{} is there already. Nothing was changed.", folder.display())).into());
    }
    std::fs::create_dir_all(folder).with_context(|| format!("Cannot make {}", folder.display()))?;
    for (name, text) in files {
        let file = folder.join(name);
        std::fs::write(&file, text).with_context(|| format!("Cannot write {}", file.display()))?;
    }
    Ok(())
}
