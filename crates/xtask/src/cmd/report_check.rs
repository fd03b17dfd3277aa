//! The report in a real browser: accessibility by axe, in both languages, wide and narrow.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{debian, process, workspace};

/// The Debian packages the check needs beside node.
const PACKAGES: [&str; 2] = ["chromium", "fonts-noto-cjk"];

/// Makes the demonstration's reports in a temporary folder and looks at each in a browser.
///
/// # Errors
///
/// No browser, no reports, or something axe calls a violation.
pub(crate) fn check(haechi: &Path) -> Result<()> {
    let folder = workspace::root().join("web/report-check");
    if !folder.join("check.mjs").is_file() {
        bail!("web/report-check/check.mjs is missing");
    }
    browser()?;
    packages(&folder)?;
    let city = tempfile::tempdir().context("no temporary folder")?;
    let data = city.path().join("city");
    process::output(Command::new(haechi).args(["demo", "--check", "--dir"]).arg(&data).current_dir(city.path()))?;
    let mut files = Vec::new();
    workspace::walk(city.path(), "", &mut files)?;
    files.retain(|file| Path::new(file).extension().is_some_and(|extension| extension == "html"));
    files.sort();
    if files.is_empty() {
        bail!("`haechi demo` made no report");
    }
    let reports = files.iter().map(|file| city.path().join(file));
    process::run(Command::new("node").arg("check.mjs").args(reports).current_dir(&folder))
}

/// Installs what the lock file of `folder` names, once.
pub(super) fn packages(folder: &Path) -> Result<()> {
    if folder.join("node_modules").is_dir() {
        return Ok(());
    }
    process::run(Command::new("npm").current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))
}

/// Sees to a browser and Korean letters: installs them where we may, else says what to install.
pub(super) fn browser() -> Result<()> {
    if !process::is_there("node") || !process::is_there("npm") {
        bail!("the check needs node and npm: install them (Debian: `apt-get install nodejs npm`), or use `--quick`");
    }
    if ["chromium", "chromium-browser", "google-chrome"].into_iter().any(process::is_there) {
        return Ok(());
    }
    debian::install(&PACKAGES, "the check needs a browser", ", or use `--quick`")
}
