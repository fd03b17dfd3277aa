//! A city with a data folder of its own, and the program.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use haechi_core::finding::Finding;
use haechi_core::ids::Government;
use haechi_core::run_report::Outcome;
use haechi_detect::run::Scene;
use haechi_detect::session::{self, Limits};
use haechi_detect::store::DataFolder;
use haechi_testkit::s3::{self, S3Server};
use serde_json::Value;
use tempfile::TempDir;

/// What a command came to.
#[derive(Debug)]
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it said beside that.
    pub stderr: String,
}

impl Ran {
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: output.stdout,
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Itself, once it ended with `code`.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.text(), self.stderr);
        self
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.stdout.clone()).unwrap()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.stdout).unwrap()
    }
}

/// A folder for exports and what is written, with a data folder `data` in it. Gone when dropped.
pub struct City {
    folder: TempDir,
}

impl City {
    /// A city that has just begun.
    pub fn new() -> Self {
        let city = Self { folder: tempfile::tempdir().unwrap() };
        Ran::of(program().arg("init").arg(city.data())).ends_with(0);
        city
    }

    /// One with the installation key of `other`.
    pub fn with_the_key_of(other: &Self) -> Self {
        let city = Self::new();
        let key = "keys/installation.key";
        // A copy keeps the mode, which must be its owner's alone.
        std::fs::copy(other.data().join(key), city.data().join(key)).unwrap();
        city
    }

    /// One that keeps its store in a bucket, with the access key in a file.
    pub fn in_bucket(server: &S3Server, url: &str) -> Self {
        let city = Self::new();
        city.move_to(server, url);
        let key =
            format!("access_key_id = \"{}\"\nsecret_access_key = \"{}\"\n", s3::ACCESS_KEY_ID, s3::SECRET_ACCESS_KEY);
        private(&city.write("data/keys/store.toml", key));
        city
    }

    /// Says in `haechi.toml` that the store is in a bucket.
    pub fn move_to(&self, server: &S3Server, url: &str) {
        let text = format!(
            "format = 1\n\n[store]\nurl = \"{url}\"\nendpoint = \"{}\"\ncredentials = \"keys/store.toml\"\nretry_seconds = 0\n",
            server.endpoint()
        );
        self.write("data/haechi.toml", text);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Writes an export, or anything else, and gives its path.
    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The command, to be run on the data folder.
    pub fn command(&self, arguments: &[impl AsRef<OsStr>]) -> Command {
        let mut command = program();
        command.args(arguments).arg("--data").arg(self.data()).current_dir(self.folder.path());
        command
    }

    /// Runs a command on the data folder.
    pub fn haechi(&self, arguments: &[impl AsRef<OsStr>]) -> Ran {
        Ran::of(&mut self.command(arguments))
    }

    /// Takes files, and gives what the program says of it.
    #[track_caller]
    pub fn take(&self, mapping: &str, files: &[PathBuf]) -> Value {
        let mut arguments: Vec<OsString> =
            ["snapshot", "take", "--mapping", mapping, "--format", "json"].map(OsString::from).into();
        arguments.extend(files.iter().map(OsString::from));
        self.haechi(&arguments).ends_with(0).json()
    }

    /// Runs scenarios (all when none is named), and gives the JSON Lines.
    #[track_caller]
    pub fn detect(&self, scenarios: &[&str]) -> Vec<u8> {
        let mut arguments = vec!["detect", "--format", "jsonl"];
        for scenario in scenarios {
            arguments.extend(["--scenario", scenario]);
        }
        self.haechi(&arguments).ends_with(0).stdout
    }

    /// Runs scenarios, and gives the findings.
    #[track_caller]
    pub fn findings(&self, scenarios: &[&str]) -> Vec<Finding> {
        findings(&self.detect(scenarios))
    }

    /// The lives of findings, as `findings history` tells them.
    #[track_caller]
    pub fn history(&self, arguments: &[&str]) -> Vec<Value> {
        let arguments = [&["findings", "history", "--format", "json"], arguments].concat();
        let ran = self.haechi(&arguments).ends_with(0);
        // With nothing to tell it says so in words.
        serde_json::from_slice(&ran.stdout).unwrap_or_default()
    }

    /// The data folder through the library.
    pub fn open(&self) -> DataFolder {
        DataFolder::open(&self.data()).unwrap()
    }

    /// What the last run came to, by scenario.
    pub fn outcomes(&self, government: &str) -> BTreeMap<String, Outcome> {
        let run = wait(self.open().last_run(&code(government))).unwrap().unwrap();
        run.report.scenarios.into_iter().map(|run| (run.scenario.id.to_string(), run.outcome)).collect()
    }

    /// One row of whole numbers over the Parquet files in view, by column name.
    pub fn numbers(&self, government: &str, sql: &str) -> BTreeMap<String, i64> {
        let folder = self.open();
        let batches = wait(async {
            let scene = Scene::now(&folder, &code(government), None).await.unwrap();
            let session = scene.session(&folder, &Limits::default()).await.unwrap();
            session::query(&session, sql, &[]).await.unwrap().collect().await.unwrap()
        });
        let row = batches.iter().find(|batch| batch.num_rows() == 1).unwrap();
        let names = row.schema().fields().iter().map(|field| field.name().clone()).collect::<Vec<_>>();
        names.into_iter().zip(row.columns()).map(|(name, column)| (name, column.to_data().buffer(0)[0])).collect()
    }

    /// Every file below a folder of the store, by name.
    pub fn kept(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.data().join("store").join(folder)).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        paths
            .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
            .collect()
    }
}

/// The program, told nothing by the environment of whoever runs the tests.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haechi"));
    for name in ["HAECHI_DATA", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
        command.env_remove(name);
    }
    command
}

/// Leaves a file to its owner alone.
pub fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Findings from JSON Lines.
#[track_caller]
pub fn findings(lines: &[u8]) -> Vec<Finding> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).unwrap()).collect()
}

pub fn code(government: &str) -> Government {
    Government::parse(government).unwrap()
}

/// Waits for the library.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(future)
}

/// A folder of the repository.
pub fn repository(folder: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(folder)
}

/// Copies the files of a flat folder, changed by `edit` (file name, text).
pub fn copy(from: &Path, to: &Path, edit: impl Fn(&str, String) -> String) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        std::fs::write(to.join(&name), edit(&name, std::fs::read_to_string(&path).unwrap())).unwrap();
    }
}

/// A folder of real exports: in `HAECHI_REAL_DATA`, or in `../shared/data` beside the repository.
pub fn real_data(folder: &str) -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let path = std::env::var_os("HAECHI_REAL_DATA").map_or_else(beside, PathBuf::from).join(folder);
    if path.is_dir() {
        return path.canonicalize().ok();
    }
    println!("skipped: the real exports are not at {}", path.display());
    None
}
