//! `haechi mapping list|test|guess|new`

use std::path::PathBuf;

use anyhow::Context as _;
use haechi_core::ids::SourceName;
use haechi_core::words::Language;
use haechi_detect::error::EngineError;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::folder::Folder;
use haechi_formats::mapping::{self, LoadRule, Mapping, bless, check_cases};
use haechi_formats::shipped;
use haechi_formats::tables::CasesFile;

use super::cases::CaseTally;
use super::scenario::write_new;
use crate::exit::Exit;
use crate::output;

/// The mappings that read exports
#[derive(Debug, clap::Subcommand)]
pub enum MappingCommand {
    /// The mappings there are
    List(List),
    /// One mapping as it is written
    Show(Show),
    /// Run the test cases of mappings
    Test(Test),
    /// Propose a mapping for a file, and say how sure it is of each column
    Guess(Guess),
    /// Write a mapping folder to start from
    New(New),
}

impl MappingCommand {
    pub fn run(self) -> anyhow::Result<Exit> {
        match self {
            Self::List(command) => command.run(),
            Self::Show(command) => command.run(),
            Self::Test(command) => command.run(),
            Self::Guess(command) => command.run(),
            Self::New(command) => command.run(),
        }
    }
}

/// Where mappings are looked up: the shipped ones, and a data folder's own.
#[derive(Debug, clap::Args)]
struct Where {
    /// A data folder whose own mappings count too
    #[arg(long = "data", value_name = "DIR", env = "HAECHI_DATA", hide_env_values = true, value_hint = clap::ValueHint::DirPath)]
    data: Option<PathBuf>,
}

impl Where {
    fn dictionary(&self) -> Result<Dictionary, EngineError> {
        Ok(shipped::dictionary_with(self.data.as_ref().map(|data| data.join("dictionary")).as_deref())?)
    }

    fn own(&self) -> Option<PathBuf> {
        self.data.as_ref().map(|data| data.join("mappings")).filter(|own| own.exists())
    }

    /// The shipped folders and the data folder's own.
    fn folders(&self) -> Result<Vec<(Option<PathBuf>, Folder)>, EngineError> {
        let mut folders: Vec<_> = mapping::shipped_folders().into_iter().map(|folder| (None, folder)).collect();
        if let Some(own) = self.own() {
            folders.extend(mapping::folders_in(&own)?.into_iter().map(|(path, folder)| (Some(path), folder)));
        }
        Ok(folders)
    }
}

/// The mappings there are
#[derive(Debug, clap::Args)]
pub struct List {
    #[command(flatten)]
    place: Where,
    /// The language of titles: ko or en
    #[arg(long, default_value_t)]
    lang: Language,
}

impl List {
    fn run(self) -> anyhow::Result<Exit> {
        let dictionary = self.place.dictionary()?;
        let mut rows = Vec::new();
        for (_, folder) in self.place.folders()? {
            let mapping = Mapping::parse(&folder, &dictionary).map_err(EngineError::Faults)?;
            rows.push(vec![
                mapping.name.to_string(),
                mapping.table.to_string(),
                mapping.government.to_string(),
                match mapping.load {
                    LoadRule::Full => "full".to_owned(),
                    LoadRule::Period(_) => "period".to_owned(),
                },
                mapping.title.in_language(self.lang).to_owned(),
            ]);
        }
        output::table(&["name", "table", "government", "load", "title"], rows)?;
        Ok(Exit::Done)
    }
}

/// One mapping as it is written
#[derive(Debug, clap::Args)]
pub struct Show {
    #[command(flatten)]
    place: Where,
    /// Its name
    name: SourceName,
}

impl Show {
    fn run(self) -> anyhow::Result<Exit> {
        let folders = self.place.folders()?;
        let found = folders.iter().find(|(_, folder)| folder.name.rsplit('/').next() == Some(self.name.as_str()));
        let Some((_, folder)) = found else {
            return Err(EngineError::Asked(format!(
                "There is no mapping `{}`. `haechi mapping list` shows those there are.",
                self.name
            ))
            .into());
        };
        for file in ["README.md", "mapping.toml"] {
            if let Some(text) = folder.files.get(file) {
                output::line(format!("── {file} ──\n{}\n", text.trim_end()))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Run the test cases of mappings
///
/// Ends with 0 when every case passes, 20 when a case differs, 21 when a mapping cannot be loaded.
#[derive(Debug, clap::Args)]
pub struct Test {
    #[command(flatten)]
    place: Where,
    /// Mapping folders, or folders of them; by default the shipped ones and those of --data
    #[arg(value_hint = clap::ValueHint::DirPath)]
    roots: Vec<PathBuf>,
    /// Rewrite the expected tables instead of comparing them
    #[arg(long)]
    bless: bool,
    /// Write the results as JUnit XML too
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    junit: Option<PathBuf>,
}

impl Test {
    fn run(self) -> anyhow::Result<Exit> {
        let dictionary = self.place.dictionary()?;
        let mut folders = Vec::new();
        for root in &self.roots {
            let found = mapping::folders_in(root).map_err(EngineError::Faults)?;
            if found.is_empty() {
                return Err(EngineError::Asked(format!("{} holds no mapping folder.", root.display())).into());
            }
            folders.extend(found.into_iter().map(|(path, folder)| (Some(path), folder)));
        }
        if self.roots.is_empty() {
            folders = self.place.folders()?;
        }
        let mut tally = CaseTally::default();
        for (path, folder) in folders {
            let loaded = Mapping::parse(&folder, &dictionary).and_then(|mapping| {
                let text = folder.text("cases.md").map_err(|fault| vec![fault])?;
                Ok((mapping, text, CasesFile::parse(&folder.place("cases.md"), text)?))
            });
            let (mapping, text, cases) = match loaded {
                Ok(loaded) => loaded,
                Err(faults) => {
                    tally.faults(&folder.name, EngineError::Faults(faults))?;
                    continue;
                }
            };
            let Some(table) = dictionary.tables.get(&mapping.table) else { continue };
            if let (true, Some(path)) = (self.bless, &path) {
                let new = bless(&mapping, table, &cases, text);
                if new != text {
                    std::fs::write(path.join("cases.md"), new)
                        .with_context(|| format!("Cannot write {}", path.display()))?;
                    output::line(format!("blessed  {}", folder.name))?;
                }
                continue;
            }
            tally.begin(&folder.name);
            for result in check_cases(&mapping, table, &cases) {
                let place = format!("{}:{}", folder.place("cases.md"), result.line);
                tally.case(place, &result.title, result.failure.as_deref())?;
            }
        }
        tally.end("haechi mapping test", "mappings", self.junit.as_deref())
    }
}

/// Propose a mapping for a file, and say how sure it is of each column
#[derive(Debug, clap::Args)]
pub struct Guess {
    #[command(flatten)]
    place: Where,
    /// The export
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

impl Guess {
    fn run(self) -> anyhow::Result<Exit> {
        let guess = mapping::guess_file(&self.place.dictionary()?, &self.file).map_err(EngineError::Fault)?;
        output::line(guess.to_toml().trim_end())?;
        Ok(Exit::Done)
    }
}

/// Write a mapping folder to start from
#[derive(Debug, clap::Args)]
pub struct New {
    /// Its name
    name: SourceName,
    /// The folder that holds the mappings
    #[arg(long, default_value = "mappings", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
}

impl New {
    fn run(self) -> anyhow::Result<Exit> {
        let folder = self.dir.join(self.name.as_str());
        write_new(&folder, mapping::new_mapping(&self.name))?;
        output::line(format!(
            "{} is a mapping to edit. `haechi mapping test {}` runs its cases.",
            folder.display(),
            folder.display()
        ))?;
        Ok(Exit::Done)
    }
}
