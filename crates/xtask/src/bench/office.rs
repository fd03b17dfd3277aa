//! The office of many governments on both databases: docs/generated/bench-office.md.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::stopwatch::Stopwatch;
use crate::{process, workspace};

/// Governments, alerts and events of the log, and findings of the large run.
const TENANTS: u64 = 243;
const ALERTS: u64 = 1_000_000;
const EVENTS: u64 = 3_000_000;
const FINDINGS: u64 = 100_000;
/// Seconds of writing.
const WRITING: u64 = 20;

/// What a phase gave: how long it took between `begin` and `end`, the number behind `end`, and what it said of its memory.
struct Phase {
    took: Duration,
    count: u64,
    peak: Option<u64>,
    /// The last line, whatever it is.
    last: String,
}

/// One database's figures.
struct Figures {
    name: &'static str,
    fill: Phase,
    writes: Phase,
    ingest: Phase,
    start: Phase,
    megabytes: u64,
}

/// Measures, `1/part` of the whole, and writes the page where the whole was measured.
pub(super) fn run(part: u64) -> Result<()> {
    let load = build()?;
    let folder = workspace::root().join("target/bench/office");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut all = Vec::new();
    let mut server = Server::start(&load)?;
    let addresses = server.addresses()?;
    for (name, addresses) in [("SQLite", Vec::new()), ("PostgreSQL", addresses)] {
        let at = At { load: &load, folder: folder.join(name), addresses };
        println!("bench: {name}");
        all.push(at.measure(name, part)?);
        fs::remove_dir_all(&at.folder)?;
    }
    drop(server);
    println!("bench: verifying");
    let verified = verify(&load, &folder, EVENTS / part)?;
    let page = page(&all, &verified, part)?;
    println!("{page}");
    if part == 1 {
        fs::write(workspace::root().join("docs/generated/bench-office.md"), page)?;
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// The office alone, optimised: nothing of the engine is compiled for it.
fn build() -> Result<PathBuf> {
    process::run(process::cargo().args(["build", "--release", "--package", "haechi-office", "--example", "load"]))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace::root().join("target"), PathBuf::from);
    Ok(target.join("release/examples/load"))
}

struct At<'a> {
    load: &'a Path,
    folder: PathBuf,
    addresses: Vec<String>,
}

impl At<'_> {
    fn measure(&self, name: &'static str, part: u64) -> Result<Figures> {
        let number = |whole: u64| (whole / part).to_string();
        let fill = self.phase("fill", &[TENANTS.to_string(), number(ALERTS), number(EVENTS)])?;
        let writes = self.phase("writes", &[WRITING.to_string()])?;
        self.phase("ingest", &[number(FINDINGS)])?;
        let ingest = self.phase("ingest", &[number(FINDINGS)])?;
        let start = self.phase("start", &[])?;
        let file = self.folder.join("office.db");
        let megabytes = fs::metadata(file).map_or(0, |file| file.len() / 1024 / 1024);
        Ok(Figures { name, fill, writes, ingest, start, megabytes })
    }

    fn phase(&self, what: &str, numbers: &[String]) -> Result<Phase> {
        phase(Command::new(self.load).arg(what).arg(&self.folder).args(numbers).args(&self.addresses))
    }
}

fn phase(command: &mut Command) -> Result<Phase> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().context("no output")?;
    let mut watch = Stopwatch::start();
    let mut phase = Phase { took: Duration::ZERO, count: 0, peak: None, last: String::new() };
    for line in BufReader::new(out).lines() {
        let line = line?;
        match line.split_once(' ') {
            None if line == "begin" => watch = Stopwatch::start(),
            Some(("end", count)) => (phase.took, phase.count) = (watch.read(), count.parse().unwrap_or(0)),
            Some(("peak", peak)) => phase.peak = peak.split_whitespace().next().and_then(|kib| kib.parse().ok()),
            _ => {}
        }
        phase.last = line;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("it ended with {status}");
    }
    Ok(phase)
}

/// Makes a log of so many events and verifies its export without a database.
fn verify(load: &Path, folder: &Path, events: u64) -> Result<Phase> {
    let made = phase(Command::new(load).arg("log").arg(folder).arg(events.to_string()))?;
    phase(Command::new(load).arg("verify").arg(folder).arg(made.last.trim()))
}

fn page(all: &[Figures], verified: &Phase, part: u64) -> Result<String> {
    let mut page = String::new();
    writeln!(page, "# What the office takes\n")?;
    writeln!(
        page,
        "`cargo x bench office`, optimised, two cores: {TENANTS} governments, {} alerts with their cases, {} events of the log.\n",
        ALERTS / part,
        EVENTS / part
    )?;
    writeln!(page, "| what | to reach | {} |", all.iter().map(|one| one.name).collect::<Vec<_>>().join(" | "))?;
    writeln!(page, "|---|---|{}", "---|".repeat(all.len()))?;
    let mut row = |what: &str, reach: &str, cell: &dyn Fn(&Figures) -> String| {
        let cells: Vec<String> = all.iter().map(cell).collect();
        writeln!(page, "| {what} | {reach} | {} |", cells.join(" | "))
    };
    let rate = |phase: &Phase| phase.count as f64 / phase.took.as_secs_f64();
    row("writes with their event, 20 governments at once", "1,000/s on PostgreSQL, 300/s on SQLite", &|one| {
        format!("{:.0}/s", rate(&one.writes))
    })?;
    row(&format!("one run of {} findings, cases routed", FINDINGS / part), "60 s", &|one| {
        format!("{:.1} s", one.ingest.took.as_secs_f64())
    })?;
    row("the memory of that", "500 MiB", &|one| format!("{} MiB", one.ingest.peak.unwrap_or(0) / 1024))?;
    row("start until the first page is answered", "3 s", &|one| format!("{:.2} s", one.start.took.as_secs_f64()))?;
    row("filling all of it", "", &|one| format!("{:.0} s", one.fill.took.as_secs_f64()))?;
    row("its file", "", &|one| if one.megabytes == 0 { "–".to_owned() } else { format!("{} MiB", one.megabytes) })?;
    writeln!(
        page,
        "\nVerifying an export of {} events without a database, as `haechi verify log` does: {:.1} s (30 s to reach), {} MiB.",
        verified.count,
        verified.took.as_secs_f64(),
        verified.peak.unwrap_or(0) / 1024
    )?;
    writeln!(
        page,
        "\nA write is a comment on a case: the row, the line of its history, the event, its place in the Merkle tree, one commit. SQLite waits for\n\
         the disk at each (`synchronous = FULL`); PostgreSQL is the tests' own server, which does not (`fsync = off`), so its writes say what the\n\
         office takes and not what a disk does. Each figure is of one run."
    )?;
    Ok(page)
}

/// PostgreSQL, for as long as this lives.
struct Server(Child);

impl Server {
    fn start(load: &Path) -> Result<Self> {
        Ok(Self(Command::new(load).arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?))
    }

    fn addresses(&mut self) -> Result<Vec<String>> {
        let out = self.0.stdout.take().context("no output")?;
        let mut lines = BufReader::new(out).lines();
        let mut next = || lines.next().context("PostgreSQL did not start")?.context("PostgreSQL did not start");
        Ok(vec![next()?, next()?])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().ok();
    }
}
