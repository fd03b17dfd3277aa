//! `cargo x bench`: Haechi beside DuckDB, on the same files, on the same two cores, turn by turn.

mod city;
mod office;
mod page;
mod plan;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// Card ledgers of a real city: docs/generated/bench.md
    Cards,
    /// A whole invented government: docs/generated/bench-city.md
    City,
    /// The office of 243 governments: docs/generated/bench-office.md
    Office,
}

/// Measure haechi beside DuckDB, or the office, and write docs/generated/bench.md, bench-city.md or bench-office.md
#[derive(clap::Args)]
pub(crate) struct Bench {
    #[arg(value_enum, default_value = "cards")]
    what: What,
    /// Only these sizes of the city, in millions of rows: 5, 50, 200
    #[arg(long, value_delimiter = ',')]
    sizes: Vec<String>,
    /// Of the office, one part in so many, to try it; the page is written of the whole alone
    #[arg(long, default_value_t = 1)]
    part: u64,
    /// The folder that holds seoul-card-expense/ [default: ../shared/data]
    #[arg(long)]
    data: Option<PathBuf>,
    /// Only these measurements, by number
    #[arg(long, value_delimiter = ',')]
    only: Vec<u8>,
    /// How often each is run; the median counts
    #[arg(short, default_value_t = 5)]
    n: u32,
    /// How many copies of the months make the large file
    #[arg(long, default_value_t = 100)]
    copies: u32,
}

/// Where everything lies that the measurements read and write.
struct Place {
    haechi: PathBuf,
    python: PathBuf,
    /// The scripts.
    scripts: PathBuf,
    /// Scratch.
    folder: PathBuf,
    /// The 24 monthly files.
    months: Vec<PathBuf>,
    /// One file of many copies of them, where a measurement needs it.
    large: PathBuf,
    copies: u32,
}

impl Bench {
    pub(crate) fn run(self) -> Result<()> {
        if self.what == What::Office {
            return office::run(self.part.max(1));
        }
        if self.what == What::City {
            return city::run(&self);
        }
        let root = workspace::root();
        let data = self.data.clone().or_else(workspace::shared_data);
        let Some(data) = data else { bail!("the Seoul files are not there; name their folder with --data") };
        let folder = root.join("target/bench");
        fs::create_dir_all(&folder)?;
        let months = months(&data, &folder)?;
        let python = python(&root.join("target/bench-venv"))?;
        let haechi = process::build_haechi(true)?;
        let large = folder.join("large").join("201701_expense_list.csv");
        let scripts = root.join("crates/xtask/src/bench");
        let place = Place { haechi, python, scripts, folder, months, large, copies: self.copies };
        if plan::needs_large(&self.only) {
            large_file(&place)?;
        }
        let plan = plan::write(&place, &self.only, self.n)?;
        let measured = measure(&place, &plan)?;
        let page = page::write(&place, &measured, self.n)?;
        let target = root.join("docs/generated/bench.md");
        if self.only.is_empty() {
            fs::create_dir_all(root.join("docs/generated"))?;
            fs::write(&target, &page)?;
        }
        println!("{page}");
        if self.only.is_empty() {
            println!("written to {}", target.display());
        }
        Ok(())
    }
}

/// Unpacks the Seoul months, once.
fn months(data: &Path, folder: &Path) -> Result<Vec<PathBuf>> {
    let open = folder.join("seoul");
    if !open.is_dir() {
        let packed = data.join("seoul-card-expense/2017-2018.tar.gz");
        let fresh = folder.join("seoul.new");
        fs::create_dir_all(&fresh)?;
        process::run(Command::new("tar").arg("-xzf").arg(&packed).arg("-C").arg(&fresh))?;
        fs::rename(&fresh, &open)?;
    }
    let mut files = Vec::new();
    workspace::walk(&open, "", &mut files)?;
    files.retain(|file| Path::new(file).extension().is_some_and(|extension| extension == "csv"));
    files.sort();
    if files.len() != 24 {
        bail!("{} holds {} months, not 24", open.display(), files.len());
    }
    Ok(files.into_iter().map(|file| open.join(file)).collect())
}

/// A python that knows DuckDB: the machine's own, else one in `venv`.
fn python(venv: &Path) -> Result<PathBuf> {
    let knows = |python: &Path| {
        Command::new(python)
            .args(["-c", "import duckdb; assert duckdb.__version__.startswith('2.')"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    let own = PathBuf::from("python3");
    if knows(&own) {
        return Ok(own);
    }
    let kept = venv.join("bin/python");
    if !knows(&kept) {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(venv))?;
        process::run(Command::new(&kept).args(["-m", "pip", "install", "--quiet", "duckdb>=2.0,<2.1"]))
            .context("DuckDB 2.0 is not there and cannot be installed")?;
    }
    Ok(kept)
}

/// Writes the large file, once.
fn large_file(place: &Place) -> Result<()> {
    let mark = place.folder.join("large").join(format!("{}.copies", place.copies));
    if mark.is_file() {
        return Ok(());
    }
    let folder = place.folder.join("large");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    println!("writing {} copies of the months into one file", place.copies);
    let mut command = Command::new(&place.python);
    command.arg(place.scripts.join("copies.py")).arg(&place.large).arg(place.copies.to_string()).args(&place.months);
    process::run(&mut command)?;
    fs::write(mark, "")?;
    Ok(())
}

/// Hands the plan to `measure.py` and reads what it measured.
fn measure(place: &Place, plan: &serde_json::Value) -> Result<Vec<page::Measured>> {
    let file = place.folder.join("plan.json");
    fs::write(&file, serde_json::to_string_pretty(plan)?)?;
    let done = Command::new(&place.python)
        .arg(place.scripts.join("measure.py"))
        .stdin(fs::File::open(&file)?)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start python")?;
    if !done.status.success() {
        bail!("measuring failed");
    }
    serde_json::from_slice(&done.stdout).context("measure.py has changed its form")
}
