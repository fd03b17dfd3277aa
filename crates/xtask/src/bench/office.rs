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
/// Seconds of reading, and pages a second.
const READING: u64 = 600;
const PAGES: u64 = 200;

/// What a phase gave: how long it took between `begin` and `end`, the number behind `end`, and what it said of its memory.
struct Phase {
    took: Duration,
    count: u64,
    peak: Option<u64>,
    /// All lines.
    said: Vec<String>,
}

impl Phase {
    /// What stands behind `word` in the lines that begin with it, in their order.
    fn numbers<'a>(&'a self, word: &'a str) -> impl Iterator<Item = u64> + 'a {
        let rest = self.said.iter().filter_map(move |line| line.strip_prefix(word));
        rest.filter_map(|rest| rest.trim().parse().ok())
    }

    /// Of a kind of page: milliseconds that half, 99 in a hundred and all took at most, and how many there were.
    fn page(&self, kind: &str) -> Option<[f64; 4]> {
        let line =
            self.said.iter().find_map(|line| line.strip_prefix("figure ")?.strip_prefix(kind)?.strip_prefix(' '))?;
        let mut numbers = line.split(' ').filter_map(|number| number.parse::<f64>().ok());
        let mut next = |per: f64| numbers.next().map(|number| number / per);
        Some([next(1_000.0)?, next(1_000.0)?, next(1_000.0)?, next(1.0)?])
    }
}

/// One database's figures.
struct Figures {
    name: &'static str,
    fill: Phase,
    people: Phase,
    one: Phase,
    all: Phase,
    read: Phase,
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
        self.phase("spread", &[])?;
        let people = self.phase("people", &[])?;
        let one = self.phase("statistics", &["one".to_owned()])?;
        let all = self.phase("statistics", &["all".to_owned()])?;
        let read = self.phase("read", &[number(READING), PAGES.to_string()])?;
        let writes = self.phase("writes", &[WRITING.to_string()])?;
        self.phase("ingest", &[number(FINDINGS)])?;
        let ingest = self.phase("ingest", &[number(FINDINGS)])?;
        let start = self.phase("start", &[])?;
        let file = self.folder.join("office.db");
        let megabytes = fs::metadata(file).map_or(0, |file| file.len() / 1024 / 1024);
        Ok(Figures { name, fill, people, one, all, read, writes, ingest, start, megabytes })
    }

    fn phase(&self, what: &str, numbers: &[String]) -> Result<Phase> {
        phase(Command::new(self.load).arg(what).arg(&self.folder).args(numbers).args(&self.addresses))
    }
}

fn phase(command: &mut Command) -> Result<Phase> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let out = child.stdout.take().context("no output")?;
    let mut watch = Stopwatch::start();
    let mut phase = Phase { took: Duration::ZERO, count: 0, peak: None, said: Vec::new() };
    for line in BufReader::new(out).lines() {
        let line = line?;
        match line.split_once(' ') {
            None if line == "begin" => watch = Stopwatch::start(),
            Some(("end", count)) => (phase.took, phase.count) = (watch.read(), count.parse().unwrap_or(0)),
            Some(("peak", peak)) => phase.peak = peak.split_whitespace().next().and_then(|kib| kib.parse().ok()),
            _ => {}
        }
        phase.said.push(line);
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
    phase(Command::new(load).arg("verify").arg(folder).arg(made.said.last().context("no key")?.trim()))
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
    row("a year's statistics of one government, as a page, the first of its process", "200 ms", &|one| {
        format!("{:.0} ms", one.one.took.as_secs_f64() * 1_000.0)
    })?;
    row(&format!("of {TENANTS} governments, as `haechi office statistics`"), "2 s", &|one| {
        format!("{:.2} s", one.all.took.as_secs_f64())
    })?;
    let pages = [
        ("all", "reading, all pages", "15 ms, 100 ms"),
        ("first-page", "first page", ""),
        ("list", "filtered list", ""),
        ("case", "case", ""),
        ("statistics", "statistics", ""),
    ];
    for (kind, name, reach) in pages {
        row(&format!("{name}: half at most, 99 in a hundred at most, the slowest"), reach, &|one| {
            let [half, most, slowest, _] = one.read.page(kind).unwrap_or_default();
            format!("{half:.1} ms, {most:.1} ms, {slowest:.0} ms")
        })?;
    }
    row("pages read, and errors among them", "none", &|one| {
        format!("{}, {}", one.read.count, one.read.numbers("errors").next().unwrap_or(0))
    })?;
    row("memory of the office after each minute of reading", "flat", &|one| {
        let mebibytes: Vec<String> = one.read.numbers("memory").map(|kib| (kib / 1024).to_string()).collect();
        format!("{} MiB", mebibytes.join(" "))
    })?;
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
        "\nReading: {PAGES} pages a second for {} minutes, a quarter each of the first page, filtered lists, cases and a year's statistics, of {} people \
         signed in\n(of each government the head of the audit office, a manager, two who answer for cases), nine cases in ten closed. Each request is due at its moment whatever came \
         of those before,\nand what it took counts from then. What happens by time (messages, steps, signing) runs beside it, and the process that asks runs on the same two cores.",
        READING / part / 60,
        all.first().map_or(0, |one| one.people.count)
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
