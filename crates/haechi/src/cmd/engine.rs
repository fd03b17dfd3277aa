//! The engine beside an office or away from it: import what lies ready, detect with what the government decided, hand in; by the
//! clock and whenever somebody asks for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use haechi_core::decided::Decided;
use haechi_core::ids::Government;
use haechi_detect::error::EngineError;
use haechi_detect::import::{Progress, TakeOptions, take};
use haechi_detect::run::{Catalogue, Ran, RunOptions, RunProgress, detect};
use haechi_detect::store::{DataFolder, FolderLock};
use haechi_formats::scenario::{Overrides, Status};
use haechi_office::elsewhere::Elsewhere;
use haechi_office::health::logs;
use haechi_office::ids::RunId;
use haechi_office::ingest;
use haechi_office::office::Office;
use haechi_office::policy::Actor;
use haechi_office::slices::people;
use haechi_office::slices::runs::tasks::{self, Ended, Stage, Step, TaskId};
use haechi_office::slices::scenarios;

use super::office::tenant;
use super::{Resources, catalogue, government, journaled, mappings, parameters};
use crate::output;

/// Between two looks at whether somebody asked.
const LOOK: Duration = Duration::from_secs(5);
/// Between two reports of how far it is.
const REPORT: Duration = Duration::from_secs(2);
/// After the office did not answer.
const REST: Duration = Duration::from_secs(60);
/// Between two tries for a data folder that another haechi is changing.
const BUSY: Duration = Duration::from_secs(2);
/// The longest a scenario may take.
const SCENARIO: Duration = Duration::from_secs(600);

/// The office an engine works for.
pub enum Desk {
    /// In this very process.
    Here(Office),
    /// On another machine.
    There(Elsewhere),
}

impl Desk {
    async fn engine(office: &Office) -> anyhow::Result<Actor> {
        let tenant = tenant(office, None).await?;
        let tx = office.db().read(tenant).await?;
        let directory = people::directory(office, &tx).await?;
        Ok(Actor::engine(tenant, "engine".to_owned(), directory, office.today()))
    }

    pub async fn begin(&self, due: bool) -> anyhow::Result<Option<TaskId>> {
        Ok(match self {
            Self::Here(office) => tasks::begin(office, &Self::engine(office).await?, due).await?,
            Self::There(office) => office.begin(due).await?,
        })
    }

    async fn decided(&self) -> anyhow::Result<Decided> {
        Ok(match self {
            Self::Here(office) => {
                let tx = office.db().read(tenant(office, None).await?).await?;
                scenarios::decided(&tx).await?
            }
            Self::There(office) => office.decided().await?,
        })
    }

    async fn progress(&self, task: TaskId, step: &Step) -> anyhow::Result<()> {
        match self {
            Self::Here(office) => tasks::progress(office, &Self::engine(office).await?, task, step).await?,
            Self::There(office) => office.progress(task, step).await?,
        }
        Ok(())
    }

    async fn end(&self, task: TaskId, ended: Ended) -> anyhow::Result<()> {
        match (self, ended) {
            (Self::Here(office), ended) => tasks::end(office, &Self::engine(office).await?, task, ended).await?,
            (Self::There(office), Ended::Done { run, message }) => office.end(task, false, run, &message).await?,
            (Self::There(office), Ended::Failed { message }) => office.end(task, true, None, &message).await?,
        }
        Ok(())
    }

    /// Hands a run in, and says in words what came of it.
    async fn hand_in(&self, file: &Path) -> anyhow::Result<(Option<RunId>, String)> {
        match self {
            Self::Here(office) => {
                let received = hand_in(office, file).await?;
                let told = format!(
                    "A run was taken in: {} new, {} seen, {} gone.",
                    received.new, received.seen, received.gone
                );
                Ok((Some(received.run), told))
            }
            Self::There(office) => {
                let answer = office.hand_over(file).await?;
                let run = serde_json::from_str::<serde_json::Value>(&answer).ok();
                let run = run.and_then(|answer| answer["run"].as_str()?.parse().ok());
                Ok((run, format!("Handed in: {answer}")))
            }
        }
    }
}

/// Hands a run in that lies in `file`, as the engine of the office itself.
pub async fn hand_in(office: &Office, file: &Path) -> anyhow::Result<ingest::Received> {
    Ok(ingest::receive(office, &Desk::engine(office).await?, file).await?)
}

/// Writes a run as the office takes it: its report, then its findings, a line each.
pub fn write(file: &Path, ran: &Ran) -> anyhow::Result<()> {
    let mut text = serde_json::to_vec(&ran.report)?;
    text.push(b'\n');
    text.extend_from_slice(ran.findings.bytes());
    std::fs::write(file, text).with_context(|| format!("Cannot write {}", file.display()))
}

/// An engine and what it may use.
pub struct Engine {
    /// Its data folder.
    pub data: DataFolder,
    /// What of the machine.
    pub resources: Resources,
}

/// Where exports lie ready: a folder of a mapping's name holds the files it reads.
const INBOX: &str = "inbox";

impl Engine {
    /// By the clock and whenever somebody asks, until the task is dropped. What goes wrong is said, and tried again at the next time.
    pub async fn work(&self, desk: &Desk, every: Duration) {
        // The first time is at once.
        let (mut clock, mut due) = (tokio::time::interval(every), false);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = clock.tick() => due = true,
                () = tokio::time::sleep(LOOK) => {}
            }
            match desk.begin(due).await {
                Ok(Some(task)) => {
                    due = false;
                    match self.round(desk, task).await {
                        Ok(told) => drop(output::line(told)),
                        Err(error) => tracing::error!(error = logs::bare(&said(&error)), "run not taken in"),
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(error = logs::bare(&said(&error)), "the office did not answer the engine");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }

    /// One round, whose end the office is told whatever becomes of it.
    pub async fn round(&self, desk: &Desk, task: TaskId) -> anyhow::Result<String> {
        let tried = self.tried(desk, task).await;
        let ended = match &tried {
            Ok((run, message, _)) => Ended::Done { run: *run, message: message.clone() },
            Err(error) => Ended::Failed { message: said(error) },
        };
        // What became of the run counts, also where the office no longer waits to hear of it.
        if let Err(error) = desk.end(task, ended).await {
            tracing::warn!(error = logs::bare(&said(&error)), "the office was not told the end");
        }
        tried.map(|(_, _, told)| told)
    }

    async fn tried(&self, desk: &Desk, task: TaskId) -> anyhow::Result<(Option<RunId>, String, String)> {
        let faults = self.import(desk, task).await?;
        let file = self.data.root().join("tmp").join("office-run.jsonl");
        self.detect(desk, task, &file).await?;
        let far = || Step { stage: Stage::HandIn, about: String::new(), done: 0, total: 0 };
        let (run, told) = reported(desk, task, far, desk.hand_in(&file)).await?;
        Ok((run, faults.join("\n"), told))
    }

    /// Imports what lies ready: the files of a folder are one load, taken whole or not at all. A load that is not taken keeps no other
    /// from being taken; what was wrong is returned, without the values of the data.
    async fn import(&self, desk: &Desk, task: TaskId) -> anyhow::Result<Vec<String>> {
        let mut faults = Vec::new();
        let ready = ready(&self.data.root().join(INBOX))?;
        if ready.is_empty() {
            return Ok(faults);
        }
        let all = mappings(&self.data)?;
        for (name, files) in ready {
            let Some(mapping) = all.iter().find(|mapping| mapping.name.as_str() == name) else {
                faults.push(format!("{INBOX}/{name}: there is no mapping of this name (`haechi mapping list`)"));
                continue;
            };
            let progress = Arc::new(Progress::default());
            let options = TakeOptions { period: None, threads: self.resources.threads() };
            let taking = async {
                let lock = self.lock().await?;
                take(&self.data, &lock, mapping, &files, &options, &progress).await
            };
            let far = || {
                let now = progress.now();
                let number = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
                Step {
                    stage: Stage::Import,
                    about: name.clone(),
                    done: number(now.bytes_done),
                    total: number(now.bytes_total),
                }
            };
            let taken = reported(desk, task, far, taking).await;
            let about = [format!("mapping {name}")];
            if let Err(error) = journaled(&self.data, "import", &about, taken.map_err(anyhow::Error::from)) {
                tracing::error!(mapping = name, error = logs::bare(&said(&error)), "not imported");
                faults.push(format!("{INBOX}/{name}: {}", said(&error)));
            }
        }
        Ok(faults)
    }

    /// Waits for the data folder without holding up the reports of how far it is.
    async fn lock(&self) -> Result<FolderLock, EngineError> {
        loop {
            match self.data.lock(false, |_| {}) {
                Err(EngineError::Busy { .. }) => tokio::time::sleep(BUSY).await,
                locked => return locked,
            }
        }
    }

    /// Runs every scenario that is not switched off, with what the government decided, and writes the run as it is handed in.
    async fn detect(&self, desk: &Desk, task: TaskId, file: &Path) -> anyhow::Result<()> {
        let decided = desk.decided().await?;
        let code = government(&self.data, None).await?;
        let catalogue = catalogue(&self.data)?;
        let (only, parameters) = with_decided(&catalogue, &code, &parameters(&self.data)?, &decided)?;
        let progress = Arc::new(RunProgress::default());
        let options = RunOptions {
            as_of: None,
            only,
            limits: self.resources.limits(&self.data)?,
            time_limit: SCENARIO,
            parameters,
            progress: Arc::clone(&progress),
        };
        let far = || {
            let (done, total) = progress.now();
            let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
            Step { stage: Stage::Detect, about: String::new(), done: number(done), total: number(total) }
        };
        let ran = reported(desk, task, far, detect(&self.data, &code, &catalogue, &options)).await;
        let ran = journaled(&self.data, "worker", &[], ran.map_err(anyhow::Error::from))?;
        write(file, &ran)
    }
}

/// What an error says to the office: its place and kind, never a value of the data.
fn said(error: &anyhow::Error) -> String {
    match error.downcast_ref::<EngineError>() {
        Some(EngineError::Fault(fault)) => place(fault),
        Some(EngineError::Faults(faults)) => faults.iter().take(5).map(place).collect::<Vec<_>>().join("\n"),
        _ => format!("{error:#}"),
    }
}

fn place(fault: &haechi_formats::fault::Fault) -> String {
    let line = fault.place.line.map(|line| format!(":{line}")).unwrap_or_default();
    let column = fault.place.column.as_ref().map(|column| format!(" ({column})")).unwrap_or_default();
    format!("{}{line}{column}: {}", fault.place.file, fault.code)
}

/// `work`, while the office is told again and again how far it is. An office that does not answer meanwhile stops nothing.
async fn reported<T>(desk: &Desk, task: TaskId, far: impl Fn() -> Step, work: impl Future<Output = T>) -> T {
    let telling = async {
        loop {
            desk.progress(task, &far()).await.ok();
            tokio::time::sleep(REPORT).await;
        }
    };
    tokio::select! {
        biased;
        done = work => done,
        () = telling => unreachable!("it tells until the work is done"),
    }
}

/// Scenarios to run (none named is all), and the values they run with.
fn with_decided(
    catalogue: &Catalogue,
    government: &Government,
    file: &str,
    decided: &Decided,
) -> anyhow::Result<(Vec<haechi_core::ids::ScenarioId>, String)> {
    let runs = |status| matches!(status, Status::Preview | Status::Stable);
    let mut overrides = Overrides::parse("parameters.toml", file).map_err(EngineError::from)?;
    for listed in catalogue.scenarios.values() {
        for told in overrides.with_decided(&listed.scenario, government, &decided.values) {
            tracing::warn!(told = logs::bare(&told), "decided value left out");
        }
    }
    let is_known = |id: &&haechi_core::ids::ScenarioId| catalogue.scenarios.contains_key(*id);
    for gone in decided.off.iter().filter(|id| !is_known(id)) {
        tracing::warn!(scenario = %gone, "was switched off and is no scenario any more");
    }
    let mut only = Vec::new();
    if decided.off.iter().any(|id| is_known(&id)) {
        let on = catalogue.scenarios.iter().filter(|(id, one)| runs(one.scenario.status) && !decided.off.contains(id));
        only.extend(on.map(|(id, _)| id.clone()));
        // None named would be all of them.
        if only.is_empty() {
            anyhow::bail!(
                "Every scenario is switched off, so there is nothing to run. The page of scenarios switches them on."
            );
        }
    }
    // Text that nothing was decided about stays as it was written: the run keeps it with its lines.
    let text = if decided.values.is_empty() { file.to_owned() } else { overrides.to_toml() };
    Ok((only, text))
}

/// The files that lie ready, by the names of their folders. What begins with a point is being written or is somebody's own.
fn ready(inbox: &Path) -> anyhow::Result<Vec<(String, Vec<PathBuf>)>> {
    let cannot = || format!("Cannot read {}", inbox.display());
    let visible =
        |path: &PathBuf| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| !name.starts_with('.'));
    let within = |folder: &Path| -> std::io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
        paths.retain(visible);
        paths.sort();
        Ok(paths)
    };
    if !inbox.is_dir() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for folder in within(inbox).with_context(cannot)?.into_iter().filter(|path| path.is_dir()) {
        let files: Vec<PathBuf> =
            within(&folder).with_context(cannot)?.into_iter().filter(|path| path.is_file()).collect();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !files.is_empty() {
            all.push((name, files));
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_lie_ready_by_mapping_and_what_is_being_written_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(ready(&folder.path().join("inbox")).unwrap().is_empty(), "no inbox is nothing to import");
        for (at, name) in
            [("payments", "b.csv"), ("payments", "a.csv"), ("payments", ".c.csv.part"), ("staff", "x.xlsx")]
        {
            let of = folder.path().join(at);
            std::fs::create_dir_all(&of).unwrap();
            std::fs::write(of.join(name), "x").unwrap();
        }
        std::fs::create_dir(folder.path().join("empty")).unwrap();
        std::fs::write(folder.path().join("loose.csv"), "x").unwrap();
        let found = ready(folder.path()).unwrap();
        let names: Vec<(&str, Vec<_>)> = found
            .iter()
            .map(|(name, files)| {
                (name.as_str(), files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect())
            })
            .collect();
        assert_eq!(names, [("payments", vec!["a.csv", "b.csv"]), ("staff", vec!["x.xlsx"])]);
    }

    #[test]
    fn what_the_office_is_told_of_a_fault_holds_no_value_of_the_data() {
        let fault = haechi_formats::fault::Fault::new("cell", "a.csv", "`900101-1234567` is no amount.", "Correct it.")
            .at_line(3)
            .in_column("amount")
            .with_value("900101-1234567");
        assert_eq!(said(&EngineError::from(fault).into()), "a.csv:3 (amount): cell");
    }

    #[test]
    fn what_was_decided_is_run_with_and_what_was_switched_off_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let data = DataFolder::init(folder.path()).unwrap();
        let all = catalogue(&data).unwrap();
        let code = Government::parse("3110000").unwrap();
        let (only, text) = with_decided(&all, &code, "", &Decided::default()).unwrap();
        assert!(only.is_empty() && text.is_empty(), "nothing decided is as the scenarios are");
        let split = haechi_core::ids::ScenarioId::parse("card.split-payment").unwrap();
        let value = haechi_core::decided::DecidedValue {
            scenario: split.clone(),
            parameter: haechi_core::ids::TableName::parse("min_payments").unwrap(),
            value: 4,
            from: None,
            currency: None,
        };
        let off = haechi_core::ids::ScenarioId::parse("card.holiday").unwrap();
        let decided = Decided { format: 1, off: vec![off.clone()], values: vec![value] };
        let (only, text) = with_decided(&all, &code, "", &decided).unwrap();
        assert!(only.contains(&split) && !only.contains(&off) && only.len() > 40, "{only:?}");
        assert!(text.contains("min_payments = 4"), "{text}");
        let all_off = Decided { off: all.scenarios.keys().cloned().collect(), ..Decided::default() };
        assert!(with_decided(&all, &code, "", &all_off).is_err(), "all switched off is not all switched on");
    }
}
