//! `docs/generated/bench.md`: the table, the machine, and how to repeat it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use anyhow::Result;
use serde::Deserialize;

use super::Place;
use crate::{process, workspace};

/// One measurement, as `measure.py` gives it.
#[derive(Debug, Deserialize)]
pub(super) struct Measured {
    pub(super) name: String,
    runs: BTreeMap<String, Vec<Run>>,
}

impl Measured {
    /// The runs of one of those compared; none where it did not take part.
    pub(super) fn runs_of(&self, who: &str) -> &[Run] {
        self.runs.get(who).map_or(&[], Vec::as_slice)
    }
}

/// One run of one of them, as a whole process.
#[derive(Debug, Deserialize)]
pub(super) struct Run {
    pub(super) wall: f64,
    /// Its own time without the start of its interpreter, if it says so.
    pub(super) inner: f64,
    cpu: f64,
    peak_kib: u64,
    notes: Vec<String>,
}

/// What is to be reached.
enum Target {
    /// Time in parts of DuckDB's.
    Ratio(f64),
    /// Peak memory in MiB.
    Mebibytes(f64),
    /// Seconds from start to end.
    Seconds(f64),
}

/// The rows of the table: number, words, target.
const ROWS: [(&str, &str, Target); 5] = [
    ("1", "Seoul, 24 monthly CSV files to a snapshot (142,350 rows)", Target::Ratio(1.0)),
    ("2", "The card scenarios over it", Target::Ratio(1.0)),
    ("3", "The card scenarios over the copies", Target::Ratio(1.0)),
    ("4", "One CSV of all copies to a snapshot: peak memory", Target::Mebibytes(500.0)),
    ("5", "`haechi detect`, all scenarios, on Seoul, start to end", Target::Seconds(2.0)),
];

/// The page.
///
/// # Errors
///
/// A machine that does not say what it is.
pub(super) fn write(place: &Place, measured: &[Measured], n: u32) -> Result<String> {
    let mut page = String::from("# Measured beside DuckDB\n\n");
    writeln!(
        page,
        "Written by `cargo x bench`. Release build, both on two threads and bound to the same two cores, turn by turn, medians of {n}\n\
         (the large import once). Haechi is measured as a whole process; DuckDB without the start of Python and the opening of its\n\
         connection, which is in brackets.\n"
    )?;
    page.push_str("| | what | Haechi | CPU | peak | DuckDB | CPU | peak | ratio | to reach | reached |\n");
    page.push_str("|---|---|---|---|---|---|---|---|---|---|---|\n");
    let mut notes = Vec::new();
    for (number, words, target) in &ROWS {
        let Some(item) = measured.iter().find(|item| item.name == *number) else { continue };
        let (ours, theirs) = (item.runs_of("haechi"), item.runs_of("duckdb"));
        row(&mut page, number, words, target, ours, theirs)?;
        for note in theirs.iter().chain(ours).flat_map(|run| &run.notes) {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
    }
    page.push_str("\n## Exceptions\n\n");
    if notes.is_empty() {
        page.push_str("None.\n");
    }
    for note in notes {
        writeln!(page, "- {note}")?;
    }
    writeln!(page, "\n## The machine\n\n{}", machine(place)?)?;
    writeln!(
        page,
        "## To repeat it\n\n```sh\ncargo x bench                 # all\ncargo x bench --only 1,2 -n 3 # some, three times\n```\n\n\
         It reads `seoul-card-expense/` in `../shared/data` or in the folder given by `--data`, writes the large file of {} copies\n\
         into `target/bench` once, and takes DuckDB 2.0 from the machine's Python or from a virtual environment of its own.",
        place.copies
    )?;
    Ok(page)
}

fn row(page: &mut String, number: &str, words: &str, target: &Target, ours: &[Run], theirs: &[Run]) -> Result<()> {
    let wall = median(ours, |run| run.wall);
    let ratio = (!theirs.is_empty()).then(|| wall / median(theirs, |run| run.inner));
    let peak = median(ours, mebibytes);
    let (goal, reached) = match target {
        Target::Ratio(most) => (format!("≤ {most:.1}"), ratio.map(|ratio| ratio <= *most)),
        Target::Mebibytes(most) => (format!("≤ {most:.0} MiB"), Some(peak <= *most)),
        Target::Seconds(most) => (format!("≤ {most:.0} s"), Some(wall <= *most)),
    };
    let reached = match reached {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not measured",
    };
    write!(page, "| {number} | {words} | {wall:.2} s | {:.2} s | {peak:.0} MiB |", median(ours, |run| run.cpu))?;
    if theirs.is_empty() {
        page.push_str(" – | – | – |");
    } else {
        let (inner, whole) = (median(theirs, |run| run.inner), median(theirs, |run| run.wall));
        let (cpu, peak) = (median(theirs, |run| run.cpu), median(theirs, mebibytes));
        write!(page, " {inner:.2} s ({whole:.2} s) | {cpu:.2} s | {peak:.0} MiB |")?;
    }
    let ratio = ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
    writeln!(page, " {ratio} | {goal} | {reached} |")?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "kibibytes of one process are far below what a float holds exactly")]
pub(super) fn mebibytes(run: &Run) -> f64 {
    run.peak_kib as f64 / 1024.0
}

/// The middle value, of an even number the upper one; 0 of none.
pub(super) fn median(runs: &[Run], of: impl Fn(&Run) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// Processor, memory, system and versions.
pub(super) fn machine(place: &Place) -> Result<String> {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("not said");
        value.trim_start_matches([':', ' ', '\t']).trim().to_owned()
    };
    let processors = read("/proc/cpuinfo");
    let cores = processors.lines().filter(|line| line.starts_with("processor")).count();
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let duckdb = process::output(Command::new(&place.python).args(["-c", "import duckdb; print(duckdb.__version__)"]))?;
    let commit = process::output(Command::new("git").current_dir(workspace::root()).args([
        "describe",
        "--always",
        "--dirty",
        "--abbrev=12",
    ]))
    .unwrap_or_else(|_| "not known".to_owned());
    let facts = [
        ("date", process::output(Command::new("date").arg("+%Y-%m-%d"))?),
        ("processor", format!("{} ({cores} seen)", field(&processors, "model name"))),
        ("memory", memory),
        ("system", process::output(Command::new("uname").args(["-s", "-r", "-m"]))?),
        ("Rust", process::output(Command::new("rustc").arg("--version"))?),
        ("Haechi", commit),
        ("DuckDB", duckdb),
    ];
    Ok(facts.iter().map(|(name, value)| format!("- {name}: {}\n", value.trim())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(wall: f64) -> Run {
        Run { wall, inner: wall, cpu: wall, peak_kib: 204_800, notes: Vec::new() }
    }

    #[test]
    fn the_median_is_the_middle_run() {
        assert!((median(&[run(3.0), run(1.0), run(2.0)], |run| run.wall) - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_row_says_whether_the_target_is_reached() {
        let mut page = String::new();
        row(&mut page, "1", "import", &Target::Ratio(1.0), &[run(2.0)], &[run(1.0)]).unwrap();
        row(&mut page, "4", "memory", &Target::Mebibytes(500.0), &[run(9.0)], &[]).unwrap();
        assert_eq!(
            page,
            "| 1 | import | 2.00 s | 2.00 s | 200 MiB | 1.00 s (1.00 s) | 1.00 s | 200 MiB | 2.00 | ≤ 1.0 | no |\n\
             | 4 | memory | 9.00 s | 9.00 s | 200 MiB | – | – | – | – | ≤ 500 MiB | yes |\n"
        );
    }
}
