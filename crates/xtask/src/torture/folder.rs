//! Data folders: the ones that were never killed, and what can be seen of any.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::stopwatch::Stopwatch;
use crate::{process, workspace};

/// Keys of `snapshot list` that hold a moment or a person and so differ between equal folders.
const VOLATILE: [&str; 4] = ["taken_at", "taken_by", "at", "by"];

/// Parts of a data folder that grow with every command, killed or not, and the lock, which is there once somebody held it.
const GROWING: [&str; 6] =
    ["journal.jsonl", "lock", "store/archive/", "store/findings/", "store/reports/", "store/runs/"];

/// One `haechi snapshot take`.
#[derive(Clone, Debug)]
pub(super) struct Load {
    pub(super) mapping: String,
    pub(super) files: Vec<PathBuf>,
}

/// The program under torture.
#[derive(Clone, Debug)]
pub(super) struct Program(PathBuf);

impl Program {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(super) fn output(&self, args: &[&str]) -> Result<String> {
        process::output(Command::new(&self.0).args(args))
    }

    fn take(&self, data: &Path, load: &Load) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["snapshot", "take", "--data"]).arg(data).arg("--mapping").arg(&load.mapping).args(&load.files);
        command
    }

    fn detect(&self, data: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["detect", "--data"]).arg(data).args(["--format", "jsonl", "--out"]).arg(out);
        command
    }

    /// Starts an import and does not wait for it.
    pub(super) fn start_take(&self, data: &Path, load: &Load) -> Result<Child> {
        start(&mut self.take(data, load))
    }

    /// Starts a detection and does not wait for it.
    pub(super) fn start_detect(&self, data: &Path, out: &Path) -> Result<Child> {
        start(&mut self.detect(data, out))
    }

    /// Imports to the end.
    pub(super) fn finish_take(&self, data: &Path, load: &Load) -> Result<()> {
        process::output(&mut self.take(data, load)).map(drop)
    }

    /// Detects to the end and gives the findings' bytes.
    pub(super) fn finish_detect(&self, data: &Path, out: &Path) -> Result<Vec<u8>> {
        process::output(&mut self.detect(data, out))?;
        std::fs::read(out).context("haechi detect wrote no file")
    }

    /// `haechi snapshot verify`.
    pub(super) fn verify(&self, data: &Path) -> Result<()> {
        let data = data.display().to_string();
        self.output(&["snapshot", "verify", "--data", &data, "--format", "json"]).map(drop)
    }

    /// What `haechi snapshot list` shows, as a set, without moments and people.
    pub(super) fn view(&self, data: &Path) -> Result<View> {
        let data = data.display().to_string();
        let listed = self.output(&["snapshot", "list", "--data", &data, "--format", "json"])?;
        View::read(&listed)
    }
}

fn start(command: &mut Command) -> Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().context("cannot start haechi")
}

/// The entries of `haechi snapshot list`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct View(BTreeSet<String>);

impl View {
    /// Reads one JSON document, or one a line.
    fn read(text: &str) -> Result<Self> {
        let mut entries = BTreeSet::new();
        for value in serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>() {
            let listed = match value.context("`haechi snapshot list --format json` is not JSON")? {
                serde_json::Value::Array(list) => list,
                single => vec![single],
            };
            for mut entry in listed {
                settle(&mut entry);
                entries.insert(entry.to_string());
            }
        }
        Ok(Self(entries))
    }
}

/// Takes moments and people out.
fn settle(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            fields.retain(|key, _| !VOLATILE.contains(&key.as_str()));
            fields.values_mut().for_each(settle);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(settle),
        _ => {}
    }
}

/// The folder that was never killed, kept after each load, all under one installation key.
pub(super) struct Reference {
    pub(super) program: Program,
    loads: Vec<Load>,
    /// After no load, after the first, after the second …
    stages: Vec<Stage>,
    /// After the second load without the first, where there are two.
    pub(super) second_alone: Option<View>,
    /// What all loads together give.
    pub(super) findings: Vec<u8>,
    /// How long a detection takes.
    pub(super) detect_takes: Duration,
}

/// One state of the reference.
pub(super) struct Stage {
    pub(super) folder: PathBuf,
    pub(super) view: View,
    pub(super) files: BTreeSet<String>,
    /// How long the load that leads to the next stage takes; zero for the last.
    pub(super) next_takes: Duration,
}

impl Reference {
    /// Makes every state once, undisturbed.
    ///
    /// # Errors
    ///
    /// Any command that fails although nobody disturbs it.
    pub(super) fn make(program: Program, place: PathBuf, loads: Vec<Load>) -> Result<Self> {
        let folder = place.join("0");
        std::fs::create_dir_all(&place)?;
        program.output(&["init", &folder.display().to_string()])?;
        let mut stages = vec![Stage::of(&program, folder)?];
        for (number, load) in loads.iter().enumerate() {
            let next = place.join((number + 1).to_string());
            copy(&place.join(number.to_string()), &next)?;
            let watch = Stopwatch::start();
            program.finish_take(&next, load)?;
            if let Some(stage) = stages.last_mut() {
                stage.next_takes = watch.read();
            }
            stages.push(Stage::of(&program, next)?);
        }
        let second_alone = match loads.get(1) {
            Some(second) => {
                let folder = place.join("second-alone");
                copy(&place.join("0"), &folder)?;
                program.finish_take(&folder, second)?;
                Some(program.view(&folder)?)
            }
            None => None,
        };
        let all = place.join("all");
        copy(&place.join(loads.len().to_string()), &all)?;
        let watch = Stopwatch::start();
        let findings = program.finish_detect(&all, &place.join("findings.jsonl"))?;
        let detect_takes = watch.read();
        Ok(Self { program, loads, stages, second_alone, findings, detect_takes })
    }

    pub(super) fn loads(&self) -> &[Load] {
        &self.loads
    }

    pub(super) fn stages(&self) -> &[Stage] {
        &self.stages
    }
}

impl Stage {
    fn of(program: &Program, folder: PathBuf) -> Result<Self> {
        let view = program.view(&folder)?;
        let files = files(&folder)?;
        Ok(Self { folder, view, files, next_takes: Duration::ZERO })
    }
}

/// The files of a data folder that must not pile up.
///
/// # Errors
///
/// A folder that cannot be read.
pub(super) fn files(folder: &Path) -> Result<BTreeSet<String>> {
    let mut found = Vec::new();
    workspace::walk(folder, "", &mut found)?;
    found.retain(|file| !GROWING.iter().any(|growing| file.starts_with(growing)));
    Ok(found.into_iter().collect())
}

/// A copy of a data folder, modes included.
///
/// # Errors
///
/// A file that cannot be read or written.
pub(super) fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    std::fs::set_permissions(to, std::fs::metadata(from)?.permissions())?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let next = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &next)?;
        } else {
            std::fs::copy(entry.path(), &next)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_views_are_equal_whatever_the_order_and_whenever_they_were_taken() {
        let one = View::read(r#"[{"id":"a","taken_at":"09:00"},{"id":"b","taken_at":"09:01"}]"#).unwrap();
        let other =
            View::read("{\"id\":\"b\",\"taken_at\":\"10:00\"}\n{\"id\":\"a\",\"taken_at\":\"10:01\"}\n").unwrap();
        assert_eq!(one, other);
    }

    #[test]
    fn a_view_with_one_entry_less_is_another_view() {
        let one = View::read(r#"[{"id":"a"},{"id":"b"}]"#).unwrap();
        assert_ne!(one, View::read(r#"[{"id":"a"}]"#).unwrap());
    }

    #[test]
    fn what_grows_with_every_command_is_not_counted_as_left_over() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["journal.jsonl", "lock", "store/runs/9999999/00000001.json", "store/parts/a.parquet"] {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        assert_eq!(files(folder.path()).unwrap().into_iter().collect::<Vec<_>>(), ["store/parts/a.parquet"]);
    }
}
