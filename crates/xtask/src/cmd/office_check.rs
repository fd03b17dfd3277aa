//! The office as it is used: findings followed through it in a browser without scripts, the ways in with a provider of OpenID Connect
//! beside it, and its API held against its document.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::report_check;
use crate::{process, workspace};

/// Follows findings through the demonstration's office: the stories of `web/office-check/journeys.mjs`.
///
/// # Errors
///
/// No browser, or a story that does not end as it is told.
pub(crate) fn journeys(haechi: &Path) -> Result<()> {
    let folder = workspace::root().join("web/office-check");
    report_check::browser()?;
    report_check::packages(&folder)?;
    let city = tempfile::tempdir().context("no temporary folder")?;
    process::run(
        Command::new("node").arg("journeys.mjs").arg(haechi).arg(city.path().join("city")).current_dir(&folder),
    )
}

/// Looks at every page and uses it as people do: the stories of `web/office-check/look.mjs`, in an invented city.
///
/// # Errors
///
/// No browser, an example that does not compile, or something a reader would stumble over.
pub(crate) fn look() -> Result<()> {
    let folder = workspace::root().join("web/office-check");
    report_check::browser()?;
    report_check::packages(&folder)?;
    let showcase = process::build_example("showcase", false)?;
    process::run(Command::new("node").arg("look.mjs").arg(showcase).current_dir(&folder))
}

/// Lets each role do its day, in two languages, with scripts and without: the stories of `web/office-check/roles.mjs`, in an invented city.
///
/// # Errors
///
/// No browser, an example that does not compile, or a day that does not end as it is told.
pub(crate) fn roles() -> Result<()> {
    let folder = workspace::root().join("web/office-check");
    report_check::browser()?;
    report_check::packages(&folder)?;
    let showcase = process::build_example("showcase", false)?;
    process::run(Command::new("node").arg("roles.mjs").arg(showcase).current_dir(&folder))
}

/// Signs in to an office by a real provider of OpenID Connect, and when it is down: the stories of `web/sign-in-check/journey.mjs`.
///
/// # Errors
///
/// No browser, an example that does not compile, or a story that does not end as it is told.
pub(crate) fn sign_in() -> Result<()> {
    let folder = workspace::root().join("web/sign-in-check");
    report_check::browser()?;
    report_check::packages(&folder)?;
    let city = process::build_example("sign_in_city", false)?;
    let place = tempfile::tempdir().context("no temporary folder")?;
    process::run(Command::new("node").arg("journey.mjs").arg(city).arg(place.path()).current_dir(&folder))
}

/// The tool that makes requests of an OpenAPI document.
const TOOL: &str = "schemathesis>=4,<5";
/// Seconds for each of those who ask.
const SECONDS: &str = "45";

/// Holds the API against its document, asked by an auditor and by a handler.
///
/// # Errors
///
/// The tool is not there and cannot be installed; an answer that the document does not speak of.
pub(crate) fn api() -> Result<()> {
    let tool = tool()?;
    let place = tempfile::tempdir().context("no temporary folder")?;
    let served = Served::start()?;
    for who in ["auditor", "handler"] {
        let token = served.said["tokens"][who].as_str().context("no token")?;
        let address = served.said["url"].as_str().context("no address")?;
        let mut command = Command::new(&tool);
        command.arg("run").arg(format!("{address}/api/v1/openapi.json")).args(["-c", "all", "--max-time", SECONDS]);
        command.arg("-H").arg(format!("Authorization: Bearer {token}"));
        // What fits the schema may be refused by a rule (a day that has passed); a run is JSON Lines, which the tool cannot make.
        command.args(["--exclude-checks", "positive_data_acceptance", "--exclude-operation-id", "post_runs"]);
        let output = command.current_dir(place.path()).output().context("schemathesis does not start")?;
        if !output.status.success() {
            bail!("asked by the {who}:\n{}", String::from_utf8_lossy(&output.stdout));
        }
    }
    Ok(())
}

/// The tool, in an environment of its own under `target/`.
fn tool() -> Result<PathBuf> {
    if process::is_there("schemathesis") {
        return Ok(PathBuf::from("schemathesis"));
    }
    let venv = workspace::root().join("target/schemathesis-venv");
    let tool = venv.join("bin/schemathesis");
    if !tool.is_file() {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        process::run(Command::new(venv.join("bin/python")).args(["-m", "pip", "install", "--quiet", TOOL])).context(
            "schemathesis is not there and cannot be installed: `pip install schemathesis`, or use `--quick`",
        )?;
    }
    Ok(tool)
}

/// The office that a test serves, until this is dropped.
struct Served {
    process: Child,
    said: serde_json::Value,
}

impl Served {
    fn start() -> Result<Self> {
        let mut command = process::cargo();
        command.args([
            "test",
            "--workspace",
            "--lib",
            "--",
            "--ignored",
            "--nocapture",
            "--exact",
            "web::tests::fixture::serves",
        ]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let out = process.stdout.take().context("no output")?;
        let mut lines = BufReader::new(out).lines();
        let said = loop {
            let line = lines.next().context("the office did not start")??;
            if line.starts_with('{') {
                break serde_json::from_str(&line)?;
            }
        };
        // Who writes into a pipe nobody reads stops.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, said })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().ok();
    }
}
