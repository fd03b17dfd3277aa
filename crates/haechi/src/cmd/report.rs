//! `haechi report`

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use haechi_core::ids::Government;
use haechi_core::words::Language;
use haechi_detect::error::EngineError;
use haechi_detect::report::{ReportLimits, render};
use haechi_detect::report_input;
use haechi_detect::store::DataFolder;

use super::{Data, government, journaled};
use crate::exit::Exit;
use crate::output;

/// Write the report of the last run as one HTML file
///
/// It needs no network and no scripts, prints well, and masks personal values.
#[derive(Debug, clap::Args)]
pub struct Report {
    #[command(flatten)]
    data: Data,
    /// The government, where the folder holds several
    #[arg(long, value_name = "CODE")]
    government: Option<Government>,
    /// The run's number; by default the last one
    #[arg(long, value_name = "N")]
    run: Option<u32>,
    /// The language: ko or en
    #[arg(long, default_value_t)]
    lang: Language,
    /// Findings shown a scenario; what is left out is said
    #[arg(long, value_name = "N", default_value_t = 200)]
    most: usize,
    /// Where to write
    #[arg(long, value_name = "FILE", default_value = "haechi-report.html", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
}

impl Report {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let written = self.write(&folder).await;
        journaled(&folder, "report", &[self.out.display().to_string()], written)?;
        output::line(format!("{} written.", self.out.display()))?;
        Ok(Exit::Done)
    }

    async fn write(&self, folder: &DataFolder) -> anyhow::Result<()> {
        let government = government(folder, self.government.as_ref()).await?;
        let limits = ReportLimits { findings_per_scenario: self.most, ..ReportLimits::default() };
        write(folder, &government, self.run, self.lang, limits, &self.out).await
    }
}

/// Writes the report of a run (the last one when `number` is none) to `out`, whole or not at all.
pub async fn write(
    folder: &DataFolder,
    government: &Government,
    number: Option<u32>,
    language: Language,
    limits: ReportLimits,
    out: &Path,
) -> anyhow::Result<()> {
    let run = match number {
        None => folder.last_run(government).await?,
        Some(number) => folder.runs(government).await?.into_iter().find(|run| run.envelope.number == number),
    };
    let run =
        run.ok_or_else(|| EngineError::Asked("There is no such run. `haechi detect` runs the scenarios.".to_owned()))?;
    let input = report_input::gather(folder, &run, language, limits).await?;
    let half = out.with_extension("html.part");
    let cannot = || format!("Cannot write {}", out.display());
    let mut file = BufWriter::new(File::create(&half).with_context(cannot)?);
    render(&input, &mut file).with_context(cannot)?;
    drop(file);
    std::fs::rename(&half, out).with_context(cannot)?;
    Ok(())
}
