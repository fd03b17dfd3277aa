//! `haechi demo`

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use haechi_core::money::grouped;
use haechi_core::run_report::Outcome;
use haechi_core::words::Language;
use haechi_detect::error::EngineError;
use haechi_detect::import::{Progress, TakeOptions, take};
use haechi_detect::people::{Posts, people};
use haechi_detect::report::ReportLimits;
use haechi_detect::run::{Ran, RunOptions, detect};
use haechi_detect::store::DataFolder;
use haechi_office::health::logs::{self, Level};
use haechi_synth::{City, Mark, TRUTH, Written};

use super::demo_office::{self, Ready};
use super::synth::city;
use super::{Data, Resources, catalogue, engine, government, journaled, mappings, report, serve};
use crate::exit::Exit;
use crate::output::{self, Bar};

/// An invented government from exports to the office, in one go
///
/// Makes the exports of all systems of a city that does not exist, takes them, runs every scenario, writes the report in both
/// languages, compares what was found with what was planted, and serves an office in which its officials answer. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// The folder for it all; by default haechi-demo here
    #[arg(long, value_name = "DIR", default_value = "haechi-demo", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// The seed of the city
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Residents; everything else follows from them
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    residents: u64,
    /// Where the office listens; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8480")]
    listen: std::net::SocketAddr,
    /// End once a clerk signed in and saw their open cases, instead of serving
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    resources: Resources,
}

/// Months exported.
const MONTHS: usize = 12;

impl Demo {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let city = city(self.seed, self.residents, MONTHS)?;
        output::line("1 of 6  The exports of an invented government")?;
        let exports = self.dir.join("exports");
        let files = export(&city, &exports)?;
        output::line(format!("        {} files in {}", files.len(), exports.display()))?;
        output::line("2 of 6  Exports become snapshots")?;
        let data = self.dir.join("data");
        let folder = if data.join("haechi.toml").exists() { Data { data }.open()? } else { DataFolder::init(&data)? };
        let outcome = self.take_and_detect(&folder, &files).await;
        let ran = journaled(&folder, "demo", &[], outcome)?;
        output::line("4 of 6  The report")?;
        let code = government(&folder, None).await?;
        for (language, name) in [(Language::Korean, "report-ko.html"), (Language::English, "report-en.html")] {
            let out = self.dir.join(name);
            report::write(&folder, &code, None, language, ReportLimits::default(), &out).await?;
            output::line(format!("        {}", out.canonicalize().unwrap_or(out).display()))?;
        }
        output::line("5 of 6  What was found, held against what was planted")?;
        let findings = self.dir.join("findings.jsonl");
        std::fs::write(&findings, ran.findings.bytes())
            .with_context(|| format!("Cannot write {}", findings.display()))?;
        print_areas(&ran, &haechi_synth::score(&exports.join(TRUTH), &findings)?)?;
        output::line("6 of 6  The office: each finding to who can answer")?;
        let records = people(&folder, &code, None, &Posts::default(), &self.resources.limits(&folder)?).await?;
        let run = self.dir.join("run.jsonl");
        engine::write(&run, &ran)?;
        let ready = demo_office::ready(&self.dir.join("office"), self.listen, records, &run).await?;
        self.serve(ready).await?;
        Ok(Exit::Done)
    }

    /// Serves the office; or, for a check, until a clerk has signed in.
    async fn serve(&self, ready: Ready) -> anyhow::Result<()> {
        let Ready { office, accounts, password } = ready;
        let rows =
            accounts.iter().map(|account| vec![account.what.clone(), account.name.clone(), account.login.clone()]);
        output::table(&["account", "name", "log-in"], rows)?;
        output::line(format!("Password of each, for this demonstration alone: {password}"))?;
        if !self.check {
            logs::begin(Level::WARN);
            return serve::serve(office, |address| {
                output::line(format!("The office is at {address}  (Ctrl-C ends it; a page moves its day forward)"))
            })
            .await;
        }
        let listener = tokio::net::TcpListener::bind((self.listen.ip(), 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        let clerk = accounts.first().map(|account| account.login.clone()).unwrap_or_default();
        let serving =
            tokio::spawn(async move { haechi_office::web::serve(listener, &office, std::future::pending()).await });
        let page = haechi_office::demo::visit(&address, &clerk, &password).await;
        serving.abort();
        let cases = page?.matches("href=\"/cases/").count();
        if cases == 0 {
            return Err(EngineError::Asked("The clerk signed in and saw no case.".to_owned()).into());
        }
        output::line(format!(
            "The office was at {address}; its clerk signed in and saw {cases} open cases. --check ends it here."
        ))
    }

    async fn take_and_detect(&self, folder: &DataFolder, files: &[Written]) -> anyhow::Result<Ran> {
        let all = mappings(folder)?;
        let lock = folder.lock(true, |holder| eprintln!("Waiting for another haechi to end ({holder}) …"))?;
        let mut by_mapping: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
        for written in files {
            by_mapping.entry(&written.mapping).or_default().push(written.file.clone());
        }
        // Tables, rows and rejects by system; a line a table would be fifty.
        let mut systems: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
        let progress = Arc::new(Progress::default());
        // Fifty loads; where nothing can be drawn over, their steps would be hundreds of lines.
        let bar = std::io::stderr().is_terminal().then(|| Bar::show(&progress));
        for (name, files) in &by_mapping {
            let mapping = all
                .iter()
                .find(|mapping| mapping.name.as_str() == *name)
                .ok_or_else(|| EngineError::Asked(format!("The mapping `{name}` is not shipped.")))?;
            let options = TakeOptions { period: None, threads: self.resources.threads() };
            let load = take(folder, &lock, mapping, files, &options, &progress).await?.load;
            let system = systems.entry(mapping.source_system()).or_default();
            system.0 += 1;
            for file in load.files {
                system.1 += file.rows_out;
                system.2 += file.rejected;
            }
        }
        drop((bar, lock));
        for (system, (tables, rows, rejected)) in systems {
            let rows = number(rows);
            output::line(format!("        {system}: {tables} tables, {rows} rows, {rejected} rejected"))?;
        }
        output::line("3 of 6  Scenarios over the snapshots")?;
        let options = RunOptions {
            as_of: None,
            only: Vec::new(),
            limits: self.resources.limits(folder)?,
            time_limit: Duration::from_secs(600),
            parameters: String::new(),
            progress: Arc::default(),
        };
        let ran = detect(folder, &government(folder, None).await?, &catalogue(folder)?, &options).await?;
        let (scenarios, findings) = (ran.report.scenarios.len(), number(ran.report.findings));
        output::line(format!("        {scenarios} scenarios, {findings} findings as of {}", ran.report.as_of))?;
        Ok(ran)
    }
}

/// Writes the exports and the truth into `exports`, or sees that they are there already. What is there and is another city's,
/// or was changed, stays as it is.
fn export(city: &City, exports: &Path) -> anyhow::Result<Vec<Written>> {
    let part = exports.with_extension("part");
    if part.exists() {
        std::fs::remove_dir_all(&part).with_context(|| format!("Cannot clear {}", part.display()))?;
    }
    let mut files = haechi_synth::write(city, &part, |_| ())?;
    if exports.exists() {
        let same = is_same(&part, exports)?;
        std::fs::remove_dir_all(&part).with_context(|| format!("Cannot clear {}", part.display()))?;
        if !same {
            return Err(EngineError::Asked(format!(
                "{} holds other exports. Nothing of it was changed; name another folder with --dir.",
                exports.display()
            ))
            .into());
        }
    } else {
        std::fs::rename(&part, exports).with_context(|| format!("Cannot name {}", exports.display()))?;
    }
    for written in &mut files {
        if let Some(name) = written.file.file_name() {
            written.file = exports.join(name);
        }
    }
    Ok(files)
}

/// Whether two folders hold the same files, byte for byte.
fn is_same(one: &Path, other: &Path) -> anyhow::Result<bool> {
    let names = |folder: &Path| -> std::io::Result<Vec<_>> {
        let mut names = std::fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<std::io::Result<Vec<_>>>()?;
        names.sort();
        Ok(names)
    };
    let there = names(one)?;
    if there != names(other)? {
        return Ok(false);
    }
    for name in there {
        if std::fs::read(one.join(&name))? != std::fs::read(other.join(&name))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What came of the scenarios of one area.
#[derive(Default)]
struct Area {
    scenarios: u64,
    found: u64,
    planted: (u64, u64),
    look_alikes: (u64, u64),
    others: u64,
}

/// Prints a line an area, and why of each scenario that found out nothing.
fn print_areas(ran: &Ran, marks: &BTreeMap<String, Mark>) -> anyhow::Result<()> {
    let mut areas: BTreeMap<String, Area> = BTreeMap::new();
    for run in &ran.report.scenarios {
        let id = run.scenario.id.to_string();
        let name = id.split('.').next().unwrap_or_default().to_owned();
        let area = areas.entry(name).or_default();
        area.scenarios += 1;
        match &run.outcome {
            Outcome::Findings { count, .. } => area.found += count,
            Outcome::Clean { .. } => {}
            Outcome::CannotBeJudged { reasons } => {
                let reasons: Vec<&str> = reasons.iter().map(|one| one.words.in_language(Language::English)).collect();
                output::line(format!("        {id} cannot be judged: {}", reasons.join(" ")))?;
            }
            Outcome::Failed { code, message } => output::line(format!("        {id} failed [{code}]: {message}"))?,
        }
        if let Some(mark) = marks.get(&id) {
            area.planted.0 += mark.hits;
            area.planted.1 += mark.hits + mark.misses.len() as u64;
            area.look_alikes.0 += mark.decoys_flagged;
            area.look_alikes.1 += mark.decoys;
            area.others += mark.implied + mark.false_alarms.len() as u64 - mark.decoys_flagged;
        }
    }
    output::table(
        &["area", "#scenarios", "#findings", "#planted and found", "#lawful and asked about", "#others"],
        areas.into_iter().map(|(name, area)| {
            let of = |(some, all): (u64, u64)| format!("{} of {}", number(some), number(all));
            let [scenarios, found, others] = [area.scenarios, area.found, area.others].map(number);
            vec![name, scenarios, found, of(area.planted), of(area.look_alikes), others]
        }),
    )?;
    output::line("Each finding is a question to answer, not an accusation.")
}

fn number(count: u64) -> String {
    grouped(i64::try_from(count).unwrap_or(i64::MAX))
}
