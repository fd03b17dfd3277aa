//! `haechi demo`

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use haechi_core::words::Language;
use haechi_detect::error::EngineError;
use haechi_detect::import::{Progress, TakeOptions, take};
use haechi_detect::report::ReportLimits;
use haechi_detect::run::{RunOptions, detect};
use haechi_detect::store::DataFolder;
use haechi_formats::sample::city;

use super::detect::{Unjudged, print_summary};
use super::{Data, Resources, catalogue, government, journaled, mappings, report, sample};
use crate::exit::Exit;
use crate::output::{self, Bar};

/// An invented city from exports to report, in one go
///
/// Makes the exports of a city that does not exist, takes them, runs every scenario and writes the report in both languages.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// The folder for it all; by default haechi-demo here
    #[arg(long, value_name = "DIR", default_value = "haechi-demo", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// The seed of the city
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Card expenses in all
    #[arg(long, default_value_t = 20_000)]
    rows: u32,
    #[command(flatten)]
    resources: Resources,
}

impl Demo {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let data = self.dir.join("data");
        output::line("1 of 4  The exports of an invented city")?;
        let files = sample::write(&self.dir.join("exports"), &city(self.seed, self.rows))?;
        output::line(format!("        {} files in {}", files.len(), self.dir.join("exports").display()))?;
        output::line("2 of 4  Exports become snapshots")?;
        let folder = if data.join("haechi.toml").exists() { Data { data }.open()? } else { DataFolder::init(&data)? };
        let mut by_mapping: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
        for (mapping, file) in files {
            by_mapping.entry(mapping).or_default().push(file);
        }
        let outcome = self.take_and_detect(&folder, &by_mapping).await;
        journaled(&folder, "demo", &[], outcome)?;
        output::line("4 of 4  The report")?;
        let code = government(&folder, None).await?;
        for (language, name) in [(Language::Korean, "report-ko.html"), (Language::English, "report-en.html")] {
            let out = self.dir.join(name);
            report::write(&folder, &code, None, language, ReportLimits::default(), &out).await?;
            let whole = out.canonicalize().unwrap_or(out);
            output::line(format!("        {}", whole.display()))?;
        }
        output::line(
            "Open a report in a browser. `haechi detect --data DIR` and `haechi findings history --data DIR` go on from here.",
        )?;
        Ok(Exit::Done)
    }

    async fn take_and_detect(&self, folder: &DataFolder, files: &BTreeMap<&str, Vec<PathBuf>>) -> anyhow::Result<()> {
        let all = mappings(folder)?;
        let lock = folder.lock(true, |holder| eprintln!("Waiting for another haechi to end ({holder}) …"))?;
        for (name, files) in files {
            let mapping = all
                .iter()
                .find(|mapping| mapping.name.as_str() == *name)
                .ok_or_else(|| EngineError::Asked(format!("The mapping `{name}` is not shipped.")))?;
            let progress = Arc::new(Progress::default());
            let bar = Bar::show(&progress);
            let options = TakeOptions { period: None, threads: self.resources.threads() };
            let taken = take(folder, &lock, mapping, files, &options, &progress).await;
            drop(bar);
            let load = taken?.load;
            let (rows, rejected) =
                load.files.iter().fold((0, 0), |sum, file| (sum.0 + file.rows_out, sum.1 + file.rejected));
            output::line(format!("        {name}: {rows} rows, {rejected} rejected"))?;
        }
        drop(lock);
        output::line("3 of 4  Scenarios over the snapshots")?;
        let options = RunOptions {
            as_of: None,
            only: Vec::new(),
            limits: self.resources.limits(folder)?,
            time_limit: Duration::from_secs(600),
            parameters: String::new(),
        };
        let ran = detect(folder, &government(folder, None).await?, &catalogue(folder)?, &options).await?;
        print_summary(&ran, Language::Korean, Unjudged::Counted)
    }
}
