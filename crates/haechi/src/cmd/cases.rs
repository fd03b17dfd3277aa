//! What running the cases of scenarios or mappings came to: told line by line, summed up, written as JUnit XML.

use std::fmt::Display;
use std::path::Path;

use anyhow::Context as _;
use haechi_detect::junit;

use crate::exit::Exit;
use crate::output;

/// A case's title, and how it differs where it does.
type Tried = (String, Option<String>);

/// Results by folder.
#[derive(Default)]
pub struct CaseTally {
    passed: usize,
    differing: usize,
    unloadable: usize,
    folders: Vec<(String, Vec<Tried>)>,
}

impl CaseTally {
    /// A folder whose cases could not be run.
    pub fn faults(&mut self, folder: &str, faults: impl Display) -> anyhow::Result<()> {
        self.unloadable += 1;
        output::line(format!("faults   {folder}\n{faults}"))
    }

    /// The cases of the next folder follow.
    pub fn begin(&mut self, folder: &str) {
        self.folders.push((folder.to_owned(), Vec::new()));
    }

    /// A case of the folder begun last: it passes where there is no `difference`. `place` is its file and line.
    pub fn case(&mut self, place: impl Display, title: &str, difference: Option<&str>) -> anyhow::Result<()> {
        if let Some((_, cases)) = self.folders.last_mut() {
            cases.push((title.to_owned(), difference.map(str::to_owned)));
        }
        match difference {
            None => self.passed += 1,
            Some(difference) => {
                self.differing += 1;
                output::line(format!("differs  {place}: {title}\n{difference}"))?;
            }
        }
        Ok(())
    }

    /// Writes the JUnit file that was asked for, prints the sum, and says how the command ends. `what` is the plural of the
    /// folders: `scenarios`.
    pub fn end(self, command: &str, what: &str, to: Option<&Path>) -> anyhow::Result<Exit> {
        if let Some(path) = to {
            let suites = self.folders.iter().map(|(folder, cases)| {
                let cases = cases.iter().map(|(title, difference)| (title.as_str(), difference.as_deref()));
                (folder.as_str(), cases.collect())
            });
            std::fs::write(path, junit::report(command, suites)?)
                .with_context(|| format!("Cannot write {}", path.display()))?;
        }
        let Self { passed, differing, unloadable, .. } = self;
        output::line(format!("{passed} cases pass, {differing} differ, {unloadable} {what} have faults."))?;
        Ok(match (unloadable, differing) {
            (0, 0) => Exit::Done,
            (0, _) => Exit::CaseDiffers,
            _ => Exit::RuleFaults,
        })
    }
}
