//! `cargo x bench city`: a whole invented government of several sizes, all its scenarios, beside DuckDB.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::page::{self, Measured, median};
use super::{Bench, Place, measure, plan, python};
use crate::{process, workspace};

/// How large a government is, and how often its detection is run.
struct Size {
    /// Millions of rows, about; the name of its measurements.
    name: &'static str,
    residents: &'static str,
    months: &'static str,
    times: u32,
}

/// The one on which everything is measured stands in the middle.
const SIZES: [Size; 3] = [
    Size { name: "5", residents: "100000", months: "24", times: 3 },
    Size { name: "50", residents: "1000000", months: "24", times: 3 },
    Size { name: "200", residents: "2000000", months: "48", times: 1 },
];

/// One export: the mapping that reads it, where it lies, its rows.
struct Export {
    mapping: String,
    file: String,
    rows: u64,
}

/// An invented government that was written.
struct City {
    exports: Vec<Export>,
    data: PathBuf,
    times: u32,
}

impl City {
    fn rows(&self, of: impl Fn(&Export) -> bool) -> u64 {
        self.exports.iter().filter(|export| of(export)).map(|export| export.rows).sum()
    }

    /// One `snapshot take` a mapping over its files that `of` chooses.
    fn takes(&self, place: &Place, of: impl Fn(&Export) -> bool) -> Vec<Vec<String>> {
        let mut by_mapping: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for export in self.exports.iter().filter(|export| of(export)) {
            by_mapping.entry(&export.mapping).or_default().push(&export.file);
        }
        let command = |(mapping, files): (&str, Vec<&str>)| {
            let mut command = vec![plan::text(&place.haechi)];
            command.extend(["snapshot", "take", "--data"].map(str::to_owned));
            command.extend([plan::text(&self.data), "--mapping".to_owned(), mapping.to_owned()]);
            command.extend(files.into_iter().map(str::to_owned));
            command
        };
        by_mapping.into_iter().map(command).collect()
    }
}

fn is_workbook(export: &Export) -> bool {
    export.file.ends_with(".xlsx")
}

/// Measures and writes docs/generated/bench-city.md.
///
/// # Errors
///
/// A command that fails, or a machine that does not say what it is.
pub(super) fn run(bench: &Bench) -> Result<()> {
    let root = workspace::root();
    let place = Place {
        haechi: process::build_haechi(true)?,
        python: python(&root.join("target/bench-venv"))?,
        scripts: root.join("crates/xtask/src/bench"),
        folder: root.join("target/bench"),
        months: Vec::new(),
        large: PathBuf::new(),
        copies: 0,
    };
    fs::create_dir_all(&place.folder)?;
    let sizes: Vec<&Size> = SIZES
        .iter()
        .filter(|size| bench.sizes.is_empty() || bench.sizes.iter().any(|name| name == size.name))
        .collect();
    if sizes.is_empty() {
        bail!("sizes are 5, 50 and 200");
    }
    let mut measured = Vec::new();
    let mut cities = Vec::new();
    for size in sizes {
        let city = write_city(&place, size)?;
        measured.extend(measure(&place, &json!({ "cores": 2, "times": 1, "items": items(&place, size, &city)? }))?);
        cities.push((size, city));
    }
    let page = page(&place, &cities, &measured)?;
    if bench.sizes.is_empty() {
        fs::write(root.join("docs/generated/bench-city.md"), &page)?;
    }
    println!("{page}");
    Ok(())
}

/// Writes the exports of a size, once.
fn write_city(place: &Place, size: &Size) -> Result<City> {
    let folder = place.folder.join(format!("city-{}", size.name));
    let list = place.folder.join(format!("city-{}.list", size.name));
    if !list.is_file() {
        println!("writing the exports of {} residents over {} months", size.residents, size.months);
        if folder.is_dir() {
            fs::remove_dir_all(&folder)?;
        }
        let mut command = Command::new(&place.haechi);
        command.args(["synth", "--residents", size.residents, "--months", size.months, "--out"]).arg(&folder);
        fs::write(&list, process::output(&mut command)?)?;
    }
    let text = fs::read_to_string(&list)?;
    let exports = text.lines().map(|line| {
        let mut parts = line.split('\t').map(str::to_owned);
        let (Some(mapping), Some(file), Some(rows)) = (parts.next(), parts.next(), parts.next()) else {
            bail!("{} holds a line that names no export: {line}", list.display());
        };
        Ok(Export { mapping, file, rows: rows.parse().context("rows of an export")? })
    });
    let data = place.folder.join(format!("city-{}-data", size.name));
    Ok(City { exports: exports.collect::<Result<_>>()?, data, times: size.times })
}

/// What is measured of a size: the imports once, then all scenarios in turn with their bare queries and, on the middle size,
/// with DuckDB.
fn items(place: &Place, size: &Size, city: &City) -> Result<Vec<Value>> {
    let name = size.name;
    let log = |what: &str| plan::log(place, &format!("city-{name}-{what}"));
    let import = |what: &str, prepare: Value, commands: Vec<Vec<String>>| {
        json!({ "name": format!("{name}-{what}"), "runs": [
            { "who": "haechi", "prepare": prepare, "commands": commands, "log": log(what) },
        ]})
    };
    let mut items =
        vec![import("csv", plan::fresh(place, &city.data), city.takes(place, |export| !is_workbook(export)))];
    let workbooks = city.takes(place, is_workbook);
    if !workbooks.is_empty() {
        items.push(import("xlsx", json!([]), workbooks));
    }
    let queries: Vec<String> = [
        plan::text(&place.haechi),
        "detect".to_owned(),
        "--data".to_owned(),
        plan::text(&city.data),
        "--only-queries".to_owned(),
    ]
    .into();
    let mut runs = vec![
        json!({ "who": "haechi", "prepare": [], "command": plan::detect(place, &city.data, &[]), "log": log("detect") }),
        json!({ "who": "queries", "prepare": [], "command": queries, "log": log("queries") }),
    ];
    if name == "50" {
        let mut duck = plan::duck(place, "scenarios");
        duck.push(plan::text(&city.data));
        duck.push(plan::text(&workspace::root().join("calendar/kr.csv")));
        duck.extend(scenario_folders()?);
        runs.push(json!({ "who": "duckdb", "prepare": [], "command": duck, "log": log("duckdb") }));
    }
    items.push(json!({ "name": format!("{name}-detect"), "times": city.times, "runs": runs }));
    Ok(items)
}

/// Every scenario's folder.
fn scenario_folders() -> Result<Vec<String>> {
    let root = workspace::root().join("scenarios");
    let mut files = Vec::new();
    workspace::walk(&root, "", &mut files)?;
    let mut folders: Vec<String> = files
        .iter()
        .filter_map(|file| file.strip_suffix("/query.sql"))
        .map(|folder| plan::text(&root.join(folder)))
        .collect();
    folders.sort();
    Ok(folders)
}

/// Cells of the workbooks: what the sheets hold between `<c` and its end, counted in the files themselves.
fn cells(place: &Place, city: &City) -> Result<u64> {
    let files = city.exports.iter().filter(|export| is_workbook(export)).map(|export| &export.file);
    let mut command = Command::new(&place.python);
    command.arg(place.scripts.join("cells.py")).args(files);
    process::output(&mut command)?.trim().parse().context("cells.py has changed its form")
}

/// The page.
fn page(place: &Place, cities: &[(&Size, City)], measured: &[Measured]) -> Result<String> {
    let of = |name: &str| measured.iter().find(|item| item.name == name);
    let wall = |name: &str, who: &str| of(name).map(|item| median(item.runs_of(who), |run| run.wall));
    let peak = |name: &str, who: &str| of(name).map(|item| median(item.runs_of(who), page::mebibytes));
    let mut page = String::from("# A whole city, measured beside DuckDB\n\n");
    writeln!(
        page,
        "Written by `cargo x bench city`. An invented government (`haechi synth`, all its systems), a release build, two\n\
         threads bound to two cores, turn by turn; medians of three, the largest size and the imports once. DuckDB runs the same SELECTs\n\
         one after another over the same Parquet files, its time without the start of Python.\n"
    )?;
    page.push_str("| what | Haechi | beside it | figure | to reach | reached |\n|---|---|---|---|---|---|\n");
    let mut row = |what: &str, ours: String, theirs: String, figure: f64, unit: &str, goal: &str, reached: bool| {
        let reached = if reached { "yes" } else { "no" };
        writeln!(page, "| {what} | {ours} | {theirs} | {figure:.2}{unit} | {goal} | {reached} |")
    };
    for (size, city) in cities {
        let name = format!("{}-detect", size.name);
        let (Some(ours), Some(bare)) = (wall(&name, "haechi"), wall(&name, "queries")) else { continue };
        let rows = grouped(city.rows(|_| true));
        if let Some(duck) =
            of(&name).map(|item| median(item.runs_of("duckdb"), |run| run.inner)).filter(|duck| *duck > 0.0)
        {
            let (what, theirs) = (format!("All scenarios over {rows} rows"), format!("DuckDB {duck:.1} s"));
            row(&what, format!("{ours:.1} s"), theirs, ours / duck, " ×", "≤ 1.0 ×", ours <= duck)?;
        }
        let memory = peak(&name, "haechi").unwrap_or_default();
        row(
            &format!("Peak memory of that run, {rows} rows"),
            String::new(),
            String::new(),
            memory,
            " MiB",
            "≤ 2,048 MiB",
            memory <= 2_048.0,
        )?;
        let (what, more) = (format!("Findings with evidence and history, {rows} rows"), 100.0 * (ours / bare - 1.0));
        row(
            &what,
            format!("{ours:.1} s"),
            format!("queries alone {bare:.1} s"),
            more,
            " % more",
            "≤ 10 %",
            more <= 10.0,
        )?;
        if let Some(took) = wall(&format!("{}-csv", size.name), "haechi") {
            let of_csv = city.rows(|export| !is_workbook(export));
            let rate = per_second(of_csv, took);
            row(
                &format!("Import of {} rows of CSV", grouped(of_csv)),
                format!("{took:.1} s"),
                String::new(),
                rate / 1000.0,
                " thousand rows/s",
                "≥ 300",
                rate >= 300_000.0,
            )?;
        }
        if let Some(took) = wall(&format!("{}-xlsx", size.name), "haechi") {
            let cells = cells(place, city)?;
            let rate = per_second(cells, took);
            row(
                &format!("Import of {} cells of XLSX", grouped(cells)),
                format!("{took:.1} s"),
                String::new(),
                rate / 1_000_000.0,
                " million cells/s",
                "≥ 1",
                rate >= 1_000_000.0,
            )?;
        }
    }
    let per_row: Vec<(u64, f64)> = cities
        .iter()
        .filter_map(|(size, city)| {
            let rows = city.rows(|_| true);
            Some((rows, 1e9 / per_second(rows, wall(&format!("{}-detect", size.name), "haechi")?)))
        })
        .collect();
    if per_row.len() > 1 {
        let most = per_row.iter().map(|(_, time)| *time).fold(0.0, f64::max);
        let least = per_row.iter().map(|(_, time)| *time).fold(f64::INFINITY, f64::min);
        let shown: Vec<String> =
            per_row.iter().map(|(rows, time)| format!("{} rows: {time:.0} ns a row", grouped(*rows))).collect();
        row("Growth: time a row", shown.join(", "), String::new(), most / least, " ×", "≤ 1.3 ×", most / least <= 1.3)?;
    }
    if let Some(text) = slowest(place) {
        writeln!(page, "\n## Scenario by scenario (50 million rows)\n\n{text}")?;
    }
    writeln!(page, "\n## The machine\n\n{}", page::machine(place)?)?;
    page.push_str(
        "## To repeat it\n\n```sh\ncargo x bench city              # all sizes; about 60 GB of disk\ncargo x bench city --sizes 5,50 # some\n```\n",
    );
    Ok(page)
}

/// The seconds of each query, ours (run two at a time) beside DuckDB's, the slowest first.
fn slowest(place: &Place) -> Option<String> {
    let read = |what: &str| -> Option<BTreeMap<String, (f64, String)>> {
        let text = fs::read_to_string(plan::log(place, &format!("city-50-{what}"))).ok()?;
        let line = |line: &str| {
            let mut words = line.strip_prefix("query ")?.splitn(4, ' ');
            let (id, seconds, _, rows) = (words.next()?, words.next()?, words.next()?, words.next()?);
            Some((id.to_owned(), (seconds.parse().ok()?, rows.to_owned())))
        };
        Some(text.lines().filter_map(line).collect())
    };
    let (ours, theirs) = (read("queries")?, read("duckdb")?);
    let mut rows: Vec<_> = ours.iter().collect();
    rows.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    let mut text = "| scenario | Haechi | rows | DuckDB | rows |\n|---|---|---|---|---|\n".to_owned();
    for (id, (seconds, found)) in rows {
        let (duck, other) =
            theirs.get(id).map_or(("–".to_owned(), "–"), |(seconds, rows)| (format!("{seconds:.2} s"), rows));
        writeln!(text, "| {id} | {seconds:.2} s | {found} | {duck} | {other} |").ok()?;
    }
    Some(text)
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than a float counts exactly")]
fn per_second(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds.max(1e-9)
}

fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
