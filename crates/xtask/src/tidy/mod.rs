//! `cargo x tidy`: the invariants of ARCHITECTURE.md that no compiler checks. Also a test, so that nobody forgets it.

mod advisories;
mod crates;
mod folders;
mod licences;
mod metadata;
mod sources;
mod templates;
mod tracked;

use std::fmt::Display;
use std::path::Path;

use anyhow::{Result, bail};

use crate::workspace;

/// Check the invariants of ARCHITECTURE.md that no compiler checks
#[derive(clap::Args, Default)]
pub(crate) struct Tidy {}

/// What was found: errors fail the task, warnings and notes are only shown.
#[derive(Debug, Default)]
pub(crate) struct Report {
    errors: Vec<String>,
    warnings: Vec<String>,
    notes: Vec<String>,
}

impl Report {
    /// An invariant is broken at `place`, a file or `file:line`.
    fn error(&mut self, place: impl Display, what: impl Display) {
        self.errors.push(format!("{place}: {what}"));
    }

    /// Something at `place` should be looked at before it becomes an error.
    fn warn(&mut self, place: impl Display, what: impl Display) {
        self.warnings.push(format!("{place}: {what}"));
    }

    /// What was checked, or could not be.
    fn note(&mut self, what: impl Display) {
        self.notes.push(what.to_string());
    }
}

impl Tidy {
    pub(crate) fn run(self) -> Result<()> {
        let report = check(&workspace::root())?;
        for note in &report.notes {
            println!("{note}");
        }
        for warning in &report.warnings {
            println!("warning: {warning}");
        }
        for error in &report.errors {
            println!("error: {error}");
        }
        match report.errors.len() {
            0 => Ok(()),
            errors => bail!("{errors} invariants of ARCHITECTURE.md do not hold"),
        }
    }
}

/// Every check over the workspace at `root`.
fn check(root: &Path) -> Result<Report> {
    let mut report = Report::default();
    let files = workspace::files(root)?;
    for file in &files {
        tracked::check(root, file, &mut report)?;
        if file.ends_with(".rs") {
            let text = std::fs::read_to_string(root.join(file))?;
            sources::check(file, &text, &mut report);
        }
        if file.ends_with(".html") {
            templates::check(file, &std::fs::read_to_string(root.join(file))?, &mut report);
        }
    }
    folders::check(root, &files, &mut report)?;
    match metadata::read(root) {
        Ok(metadata) => {
            if let Some(limit) = &metadata.limit {
                report.note(limit);
            }
            crates::check(&metadata, &mut report);
            licences::check(root, &metadata, &mut report)?;
            advisories::check(&metadata, &mut report)?;
        }
        Err(error) => report.error("Cargo.lock", format!("{error:#}")),
    }
    report.note(format!("{} files read", files.len()));
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workspace_keeps_its_invariants() {
        let report = check(&workspace::root()).unwrap();
        assert!(report.errors.is_empty(), "\n{}", report.errors.join("\n"));
    }
}
