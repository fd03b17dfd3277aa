//! Scenarios run over what is in view and say, each: findings, clean, cannot be judged, failed.

pub mod catalogue;
mod judge;
pub mod lines;
pub mod reader;
mod timing;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use datafusion::common::runtime::SpawnedTask;
use datafusion::error::DataFusionError;
use datafusion::prelude::{DataFrame, SessionContext};
use futures::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use haechi_core::calendar::WorkCalendar;
use haechi_core::digest::Digest;
use haechi_core::finding::ScenarioRef;
use haechi_core::ids::{Government, ScenarioId, TableName};
use haechi_core::money::Money;
use haechi_core::run_report::{self, ColumnWords, FollowUp, Outcome, RunReport, ScenarioRun, SnapshotUse};
use haechi_core::time::Day;
use haechi_formats::dictionary::Privacy;
use haechi_formats::scenario::{Overrides, Scenario, Status, why_it_matters};
use indexmap::IndexMap;

pub use self::catalogue::{Catalogue, Listed};
use self::judge::InView;
pub use self::lines::FindingLines;
use self::lines::FindingSheet;
use self::reader::{FindingReader, RowSources};
pub use self::timing::{Gave, Timed, time};
use crate::error::EngineError;
use crate::import::live_keys;
use crate::session::{self, Limits};
use crate::shared_tables::{self, Candidate, Readers};
use crate::store::DataFolder;
use crate::store::records::{LoadRecord, Manifest, Part};
use crate::store::runs::{Archive, Envelope};
use crate::store::view::View;

/// Findings of one scenario at most; more means the rule is wrong, not the city.
pub const MOST_FINDINGS: usize = 500_000;

/// How to run.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// The as-of day; by default the end of the latest declared period.
    pub as_of: Option<Day>,
    /// These scenarios alone, drafts too; empty means all that are preview or stable.
    pub only: Vec<ScenarioId>,
    /// Threads, memory, spill.
    pub limits: Limits,
    /// The longest a scenario may take.
    pub time_limit: Duration,
    /// The text of the installation's own parameter values (`DIR/parameters.toml`).
    pub parameters: String,
    /// Where it is told how far the run is.
    pub progress: Arc<RunProgress>,
}

/// How far a run is, for a progress bar elsewhere.
#[derive(Debug, Default)]
pub struct RunProgress {
    judged: AtomicU64,
    of: AtomicU64,
}

impl RunProgress {
    /// Scenarios that are judged, and how many there are; 0 before it is known.
    pub fn now(&self) -> (u64, u64) {
        (self.judged.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed))
    }
}

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Its report.
    pub report: RunReport,
    /// Its findings, in the order of scenario and key.
    pub findings: FindingLines,
    /// Its envelope in the data folder.
    pub envelope: Envelope,
}

/// Everything a run looks at.
pub struct Scene {
    view: View,
    manifests: Vec<Manifest>,
    loads: BTreeMap<Digest, LoadRecord>,
    as_of: Day,
}

impl Scene {
    /// What is in view of `government` now.
    ///
    /// # Errors
    ///
    /// When nothing is in view, or no period is declared and no as-of day given.
    pub async fn now(folder: &DataFolder, government: &Government, as_of: Option<Day>) -> Result<Self, EngineError> {
        let view = folder.view(government).await?;
        if view.entries.is_empty() {
            return Err(EngineError::Asked(format!(
                "Nothing of the government {government} is in view. `haechi snapshot take` takes exports."
            )));
        }
        let mut manifests = Vec::new();
        let mut loads = BTreeMap::new();
        for entry in &view.entries {
            manifests.push(folder.manifest(&entry.snapshot).await?);
            if let std::collections::btree_map::Entry::Vacant(load) = loads.entry(entry.load) {
                load.insert(folder.load_record(&entry.load).await?);
            }
        }
        let latest = manifests.iter().filter_map(|manifest| manifest.period).map(|period| period.to()).max();
        let as_of = as_of.or(latest).ok_or_else(|| {
            EngineError::Asked(
                "No export in view declares a period, so the day to look from is not known. Give --as-of YYYY-MM-DD."
                    .to_owned(),
            )
        })?;
        Ok(Self { view, manifests, loads, as_of })
    }

    /// What a run of earlier saw: the snapshots its report names.
    pub async fn then(folder: &DataFolder, view: View, as_of: Day) -> Result<Self, EngineError> {
        let mut manifests = Vec::new();
        let mut loads = BTreeMap::new();
        for entry in &view.entries {
            if folder.purged(&entry.snapshot).await?.is_some() {
                return Err(EngineError::Asked(format!(
                    "The snapshot {} was destroyed by `haechi purge`; what rests on it cannot be recomputed.",
                    entry.snapshot
                )));
            }
            manifests.push(folder.manifest(&entry.snapshot).await?);
            loads.insert(entry.load, folder.load_record(&entry.load).await?);
        }
        Ok(Self { view, manifests, loads, as_of })
    }

    /// The day it is looked from.
    pub const fn as_of(&self) -> Day {
        self.as_of
    }

    /// The manifests in view.
    pub fn manifests(&self) -> &[Manifest] {
        &self.manifests
    }

    /// The view.
    pub const fn view(&self) -> &View {
        &self.view
    }

    fn in_view<'a>(&'a self, folder: &'a DataFolder) -> InView<'a> {
        let mut by_table: BTreeMap<TableName, Vec<_>> = BTreeMap::new();
        for (manifest, entry) in self.manifests.iter().zip(&self.view.entries) {
            if let Some(load) = self.loads.get(&entry.load) {
                by_table.entry(manifest.table.clone()).or_default().push((manifest, load));
            }
        }
        InView { dictionary: &folder.dictionary, by_table, as_of: self.as_of, calendar_of: folder.calendar_of }
    }

    /// A session with every table of the dictionary, filled or empty.
    pub async fn session(&self, folder: &DataFolder, limits: &Limits) -> Result<SessionContext, EngineError> {
        let session = session::build(limits, &folder.calendar)?;
        for (name, table) in &folder.dictionary.tables {
            let of_table = self.manifests.iter().filter(|manifest| manifest.table == *name);
            let parts: Vec<Part> = of_table.flat_map(|manifest| manifest.parts.iter().cloned()).collect();
            session::add_table(&session, folder, table, &parts).await?;
        }
        Ok(session)
    }

    /// Reads into memory what is worth it; see [`shared_tables`].
    async fn hold_tables(
        &self,
        folder: &DataFolder,
        session: &SessionContext,
        readers: &BTreeMap<TableName, Readers>,
        limits: &Limits,
    ) -> Result<(), EngineError> {
        let candidates = readers.iter().filter_map(|(name, readers)| {
            let table = folder.dictionary.tables.get(name)?;
            let of_table = || self.manifests.iter().filter(|manifest| manifest.table == *name);
            let parts: usize = of_table().map(|manifest| manifest.parts.len()).sum();
            Candidate::of(table, readers, parts as u64, of_table().map(|manifest| manifest.rows).sum())
        });
        let held = shared_tables::choose(candidates.collect(), limits.memory);
        let read = |candidate: Candidate| {
            let session = session.clone();
            SpawnedTask::spawn(async move { shared_tables::hold(&session, &candidate).await }).join()
        };
        let mut done = futures::stream::iter(held).map(read).buffer_unordered(limits.threads.max(1));
        while let Some(held) = done.next().await {
            held.map_err(|error| EngineError::Asked(format!("Reading a table stopped unexpectedly: {error}.")))??;
        }
        Ok(())
    }

    fn uses(&self) -> Vec<SnapshotUse> {
        let of = |manifest: &Manifest, load: Option<&LoadRecord>| {
            let files = load.into_iter().flat_map(|load| &load.files);
            let of_snapshot =
                files.filter(|file| manifest.sources.iter().any(|s| s.file == file.file && s.member == file.member));
            SnapshotUse {
                id: manifest.id.clone(),
                table: manifest.table.clone(),
                source: manifest.source.clone(),
                period: manifest.period,
                rows: manifest.rows,
                rejected: of_snapshot.map(|file| file.rejected).sum(),
            }
        };
        self.manifests
            .iter()
            .zip(&self.view.entries)
            .map(|(manifest, entry)| of(manifest, self.loads.get(&entry.load)))
            .collect()
    }
}

/// Runs scenarios over what is in view now, and keeps the run.
///
/// # Errors
///
/// When nothing is in view, a scenario asked for does not exist, the parameters have faults, or the run cannot be kept.
/// A scenario that breaks is an outcome, not an error.
pub async fn detect(
    folder: &DataFolder,
    government: &Government,
    catalogue: &Catalogue,
    options: &RunOptions,
) -> Result<Ran, EngineError> {
    // A replay knows only the scenarios of its run, so this is asked here and not where they are judged.
    let strangers =
        Overrides::parse("parameters.toml", &options.parameters)?.strangers(|id| catalogue.scenarios.contains_key(id));
    if !strangers.is_empty() {
        return Err(strangers.into());
    }
    let scene = Scene::now(folder, government, options.as_of).await?;
    let (report, findings, ids) = judge_all(folder, &scene, catalogue, options).await?;
    let archive = Archive {
        format: crate::store::records::FORMAT,
        scenarios: catalogue.rule_files(&ids),
        parameters: options.parameters.clone(),
        calendar: folder.calendar_text.clone(),
        settings: BTreeMap::new(),
    };
    let envelope = folder.keep_run(scene.view.number, &report, &findings, &archive).await?;
    Ok(Ran { report, findings, envelope })
}

/// Runs scenarios over a scene and keeps nothing.
pub(crate) async fn judge_all(
    folder: &DataFolder,
    scene: &Scene,
    catalogue: &Catalogue,
    options: &RunOptions,
) -> Result<(RunReport, FindingLines, Vec<ScenarioId>), EngineError> {
    let chosen = choose(catalogue, &options.only)?;
    options.progress.of.store(chosen.len() as u64, Ordering::Relaxed);
    let seated = Seated::all(folder, scene, &chosen, options).await?;
    let judge = |bench: Arc<Bench>, seat: Seat| {
        let progress = Arc::clone(&options.progress);
        async move {
            let judged = bench.judge(&seat.scenario, seat.as_of, seat.reasons).await;
            progress.judged.fetch_add(1, Ordering::Relaxed);
            judged
        }
    };
    let judged = seated.each(judge).await?;
    let (mut scenarios, findings): (Vec<_>, Vec<_>) = judged.into_iter().unzip();
    for (run, listed) in scenarios.iter_mut().zip(&chosen) {
        if let Some(follow_up) = &mut run.follow_up {
            follow_up.personal = personal(folder, &listed.scenario);
            follow_up.columns = column_words(folder, &listed.scenario);
            follow_up.why = why_it_matters(&listed.folder);
            follow_up.parameters = listed.scenario.parameter_words(&scene.view.government);
        }
    }
    let findings = keyed(folder, scene, findings, &options.limits).await?;
    let findings = FindingLines::joined(findings);
    let report = RunReport {
        format: run_report::FORMAT,
        government: scene.view.government.clone(),
        as_of: scene.as_of,
        calendar: folder.calendar_digest,
        snapshots: scene.uses(),
        scenarios,
        findings: findings.len() as u64,
        findings_digest: findings.digest(),
    };
    Ok((report, findings, chosen.iter().map(|listed| listed.scenario.id.clone()).collect()))
}

/// The subject and fact columns of a scenario that hold personal data in a table it reads.
fn personal(folder: &DataFolder, scenario: &Scenario) -> Vec<String> {
    let tables = scenario.inputs.keys().filter_map(|name| folder.dictionary.tables.get(name));
    let columns: Vec<_> = tables.flat_map(|table| table.columns()).collect();
    let is_personal = |name: &&TableName| {
        columns
            .iter()
            .any(|column| column.name == **name && matches!(column.privacy, Privacy::Personal | Privacy::Identifier))
    };
    scenario.subject.iter().chain(scenario.facts.keys()).filter(is_personal).map(ToString::to_string).collect()
}

/// What the subject and fact columns of a scenario are called: a subject's column as the table it comes from calls it, a fact as the
/// scenario does. A subject that no table has (one the query makes) is left out.
fn column_words(folder: &DataFolder, scenario: &Scenario) -> IndexMap<String, ColumnWords> {
    let tables: Vec<_> = scenario.inputs.keys().filter_map(|name| folder.dictionary.tables.get(name)).collect();
    let title = |name: &TableName| {
        tables.iter().find_map(|table| {
            let column = table.columns().into_iter().find(|column| column.name == *name)?;
            Some(table.fields.get(column.field)?.title.clone())
        })
    };
    let subject = scenario.subject.iter().filter_map(|name| {
        let title = title(name)?;
        Some((name.to_string(), ColumnWords { title, unit: None }))
    });
    let facts = scenario.facts.iter().map(|(name, fact)| {
        let words = ColumnWords { title: fact.title.clone(), unit: fact.unit.clone() };
        (name.to_string(), words)
    });
    subject.chain(facts).collect()
}

/// A scenario about to be judged.
struct Seat {
    scenario: Scenario,
    /// The last day its tables are known up to.
    as_of: Day,
    /// Why it cannot be judged; empty when it can.
    reasons: Vec<run_report::Reason>,
}

/// The scenarios of a run, and what they are judged with.
struct Seated {
    bench: Arc<Bench>,
    seats: Vec<Seat>,
    /// How many are judged at the same time.
    at_once: usize,
}

impl Seated {
    async fn all(
        folder: &DataFolder,
        scene: &Scene,
        chosen: &[&Listed],
        options: &RunOptions,
    ) -> Result<Self, EngineError> {
        let overrides = Overrides::parse("parameters.toml", &options.parameters)?;
        let faults: Vec<_> = chosen.iter().flat_map(|listed| overrides.check(&listed.scenario)).collect();
        if !faults.is_empty() {
            return Err(faults.into());
        }
        let in_view = scene.in_view(folder);
        let seat = |listed: &&Listed| Seat {
            scenario: listed.scenario.clone(),
            as_of: in_view.as_of(&listed.scenario),
            reasons: in_view.reasons(&listed.scenario),
        };
        let seats: Vec<_> = chosen.iter().map(seat).collect();
        // A scenario a thread.
        let at_once = options.limits.threads.max(1);
        let session = scene.session(folder, &options.limits).await?;
        let judged = seats.iter().filter(|seat| seat.reasons.is_empty()).map(|seat| &seat.scenario);
        scene.hold_tables(folder, &session, &shared_tables::readers(judged), &options.limits).await?;
        let bench = Arc::new(Bench {
            session,
            government: scene.view.government.clone(),
            overrides,
            sources: RowSources::new(&scene.manifests),
            calendar: Arc::clone(&folder.calendar),
            time_limit: options.time_limit,
        });
        Ok(Self { bench, seats, at_once })
    }

    /// What `work` makes of each, in their order.
    async fn each<T, F>(self, work: impl Fn(Arc<Bench>, Seat) -> F) -> Result<Vec<T>, EngineError>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        // Not `buffered`: there a slow one keeps those that are done before it in their places, and a thread stands still.
        let work = &work;
        let mut done: Vec<(usize, T)> = futures::stream::iter(self.seats.into_iter().enumerate())
            .map(|(place, seat)| {
                let task = SpawnedTask::spawn(work(Arc::clone(&self.bench), seat));
                async move { task.join().await.map(|made| (place, made)) }
            })
            .buffer_unordered(self.at_once)
            .try_collect()
            .await
            .map_err(|error| EngineError::Asked(format!("A scenario stopped unexpectedly: {error}.")))?;
        done.sort_by_key(|(place, _)| *place);
        Ok(done.into_iter().map(|(_, made)| made).collect())
    }
}

/// The findings of each scenario, those about rows of live tables with the rows' keys: one look-up a table for all of them.
async fn keyed(
    folder: &DataFolder,
    scene: &Scene,
    findings: Vec<FindingLines>,
    limits: &Limits,
) -> Result<Vec<FindingLines>, EngineError> {
    if !scene.manifests.iter().any(live_keys::is_live) {
        return Ok(findings);
    }
    let mut wanted: BTreeMap<TableName, BTreeSet<i64>> = BTreeMap::new();
    for lines in &findings {
        for (table, rows) in lines.live_rows()? {
            wanted.entry(table).or_default().extend(rows);
        }
    }
    let keys = live_keys::look_up(folder, &scene.manifests, &wanted, limits).await?;
    findings.into_iter().map(|lines| lines.with_keys(&keys)).collect()
}

fn choose<'a>(catalogue: &'a Catalogue, only: &[ScenarioId]) -> Result<Vec<&'a Listed>, EngineError> {
    if only.is_empty() {
        let runs = |listed: &&Listed| matches!(listed.scenario.status, Status::Preview | Status::Stable);
        return Ok(catalogue.scenarios.values().filter(runs).collect());
    }
    let mut only = only.to_vec();
    only.sort();
    only.dedup();
    only.iter()
        .map(|id| {
            catalogue.scenarios.get(id).ok_or_else(|| {
                EngineError::Asked(format!(
                    "There is no scenario `{id}`. `haechi scenario list` shows those there are."
                ))
            })
        })
        .collect()
}

/// What judging a scenario needs, shared by all of a run.
pub(crate) struct Bench {
    pub(crate) session: SessionContext,
    pub(crate) government: Government,
    pub(crate) overrides: Overrides,
    pub(crate) sources: RowSources,
    pub(crate) calendar: Arc<WorkCalendar>,
    pub(crate) time_limit: Duration,
}

/// What a scenario found.
struct Found {
    lines: FindingLines,
    at_risk: Vec<Money>,
    outside_calendar: u64,
}

/// Why a scenario broke.
enum Broken {
    Code(&'static str, String),
    Engine(Box<DataFusionError>),
}

impl Bench {
    pub(crate) async fn judge(
        &self,
        scenario: &Scenario,
        as_of: Day,
        reasons: Vec<run_report::Reason>,
    ) -> (ScenarioRun, FindingLines) {
        let mut parameters = indexmap::IndexMap::new();
        let (outcome, findings) = if reasons.is_empty() {
            // One that panics is a fault of ours, and no reason for the others to be silent.
            let judged = AssertUnwindSafe(self.findings(scenario, as_of, &mut parameters)).catch_unwind();
            let judged = tokio::time::timeout(self.time_limit, judged).await.map(|judged| {
                let words = || "the engine stopped unexpectedly, which is a fault of Haechi".to_owned();
                judged.unwrap_or_else(|_| Err(Broken::Code("run", words())))
            });
            match judged {
                Ok(Ok(found)) if found.lines.is_empty() => {
                    (Outcome::Clean { outside_calendar: found.outside_calendar }, found.lines)
                }
                Ok(Ok(Found { lines, at_risk, outside_calendar })) => {
                    (Outcome::Findings { count: lines.len() as u64, at_risk, outside_calendar }, lines)
                }
                Ok(Err(broken)) => (failed(broken), FindingLines::default()),
                Err(_) => {
                    let words = format!("it took longer than {} seconds", self.time_limit.as_secs());
                    (failed(Broken::Code("timeout", words)), FindingLines::default())
                }
            }
        } else {
            (Outcome::CannotBeJudged { reasons }, FindingLines::default())
        };
        if parameters.is_empty()
            && let Ok(expanded) = scenario.expand(&self.government, &self.overrides, as_of)
        {
            parameters = expanded.used;
        }
        let run = ScenarioRun {
            scenario: ScenarioRef { id: scenario.id.clone(), version: scenario.version, digest: scenario.digest },
            title: scenario.title.clone(),
            severity: scenario.severity,
            notify: scenario.notify,
            catalogue: scenario.catalogue.clone(),
            parameters,
            follow_up: Some(FollowUp {
                deadline_working_days: scenario.deadline_working_days,
                remedy: scenario.remedy.clone(),
                basis: scenario
                    .basis
                    .iter()
                    .map(|basis| match &basis.article {
                        Some(article) => format!("{} {article}", basis.law),
                        None => basis.law.clone(),
                    })
                    .collect(),
                personal: Vec::new(),
                why: None,
                columns: IndexMap::new(),
                parameters: IndexMap::new(),
            }),
            outcome,
        };
        (run, findings)
    }

    /// A scenario's query, planned; the parameters it goes by are put into `used`.
    async fn query(
        &self,
        scenario: &Scenario,
        as_of: Day,
        used: &mut indexmap::IndexMap<String, serde_json::Value>,
    ) -> Result<DataFrame, Broken> {
        let expanded = scenario.expand(&self.government, &self.overrides, as_of).map_err(|faults| {
            Broken::Code("plan", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        })?;
        used.clone_from(&expanded.used);
        let plan = |error: DataFusionError| Broken::Code("plan", one_line(&error));
        session::query(&self.session, &expanded.sql, &expanded.scalars).await.map_err(plan)
    }

    async fn findings(
        &self,
        scenario: &Scenario,
        as_of: Day,
        used: &mut indexmap::IndexMap<String, serde_json::Value>,
    ) -> Result<Found, Broken> {
        fail::fail_point!("run.judge");
        let contract = |error: reader::ContractError| Broken::Code("contract", error.to_string());
        let engine = |error: DataFusionError| Broken::Engine(Box::new(error));
        let mut batches = self.query(scenario, as_of, used).await?.execute_stream().await.map_err(engine)?;
        let reader =
            FindingReader::new(&batches.schema(), scenario, &self.government, &self.sources).map_err(contract)?;
        let mut sheet = FindingSheet::default();
        while let Some(batch) = batches.try_next().await.map_err(engine)? {
            reader.read(&batch, &mut sheet).map_err(contract)?;
            if sheet.len() > MOST_FINDINGS {
                let words =
                    format!("it gives more than {MOST_FINDINGS} findings; a rule that flags so much asks nothing");
                return Err(Broken::Code("too_many", words));
            }
        }
        let at_risk = sheet.at_risk();
        let lines = sheet.settle().map_err(contract)?;
        Ok(Found { lines, at_risk, outside_calendar: self.outside_calendar(scenario).await? })
    }

    /// Rows whose date the scenario looks up in the calendar and the calendar does not list.
    async fn outside_calendar(&self, scenario: &Scenario) -> Result<u64, Broken> {
        let engine = |error: DataFusionError| Broken::Engine(Box::new(error));
        let years: Vec<String> = self.calendar.years().map(|year| year.to_string()).collect();
        let mut count = 0;
        for (table, column) in &scenario.calendar {
            let sql = format!(
                "SELECT count(*) AS n FROM {table} WHERE {column} IS NOT NULL AND extract(year FROM {column}) NOT IN ({})",
                years.join(", ")
            );
            let batches =
                session::query(&self.session, &sql, &[]).await.map_err(engine)?.collect().await.map_err(engine)?;
            for batch in batches {
                use arrow::array::AsArray as _;
                let numbers = batch.column(0).as_primitive_opt::<arrow::datatypes::Int64Type>();
                count += numbers.map_or(0, |numbers| numbers.iter().flatten().sum::<i64>());
            }
        }
        Ok(u64::try_from(count).unwrap_or(0))
    }
}

impl Broken {
    /// A stable code, and what happened.
    fn told(self) -> (&'static str, String) {
        let (code, message) = match self {
            Self::Code(code, message) => (code, message),
            Self::Engine(error) => match error.find_root() {
                DataFusionError::ResourcesExhausted(_) => ("memory", one_line(&error)),
                _ => ("run", one_line(&error)),
            },
        };
        // What the engine says may quote a value; identifiers are never in a snapshot, and shapes of others are scrubbed.
        (code, haechi_core::masking::scrub(&message).into_owned())
    }

    fn words(self) -> String {
        let (code, message) = self.told();
        format!("failed [{code}]: {message}")
    }
}

fn failed(broken: Broken) -> Outcome {
    let (code, message) = broken.told();
    Outcome::Failed { code: code.to_owned(), message }
}

fn one_line(error: &DataFusionError) -> String {
    error.strip_backtrace().split_whitespace().collect::<Vec<_>>().join(" ")
}
