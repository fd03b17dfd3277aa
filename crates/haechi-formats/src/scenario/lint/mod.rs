//! What is wrong or unwise in a scenario folder, found without running it.

mod checks;
mod layout;
mod output;
mod pages;
mod query;
mod settings;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

pub use checks::CHECKS;

use super::Scenario;
use crate::dictionary::Dictionary;
use crate::fault::{Fault, Place};
use crate::folder::Folder;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The scenario may not be published so.
    Error,
    /// Somebody should look.
    Warning,
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// Which of [`CHECKS`].
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What is there.
    pub what: String,
    /// What to do.
    pub help: String,
    /// The change that puts it right, where a program may make it.
    pub fix: Option<Fix>,
}

/// A change of one file's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// The file's name in its folder.
    pub file: String,
    /// The bytes to replace.
    pub span: Range<usize>,
    /// What to put there.
    pub replacement: String,
}

/// The lints found so far in one folder.
struct Findings<'a> {
    folder: &'a Folder,
    lints: Vec<Lint>,
}

impl Findings<'_> {
    fn add(&mut self, code: &'static str, file: &str, line: u64, what: impl Into<String>, help: impl Into<String>) {
        let fault = Fault::new(code, self.folder.place(file), what, help);
        self.fault(if line > 0 { fault.at_line(line) } else { fault });
    }

    fn fault(&mut self, fault: Fault) {
        let Fault { code, place, what, help } = fault;
        let level = CHECKS.iter().find(|(known, ..)| *known == code).map_or(Level::Error, |(_, level, _)| *level);
        self.lints.push(Lint { code, level, place, what, help, fix: None });
    }
}

/// Looks at everything in a scenario folder that can be seen without running it, in the order of its files.
pub fn lint(folder: &Folder, dictionary: &Dictionary) -> Vec<Lint> {
    let mut found = Findings { folder, lints: Vec::new() };
    layout::look(&mut found);
    pages::files(&mut found);
    pages::readme(&mut found);
    match Scenario::parse(folder, dictionary) {
        Ok(scenario) => {
            settings::look(&mut found, &scenario);
            wording::look(&mut found, &scenario);
            query::look(&mut found, &scenario, dictionary);
            pages::cases(&mut found, &scenario, dictionary);
            pages::lock(&mut found, &scenario);
        }
        // A missing file has been named already.
        Err(faults) => {
            for fault in faults.into_iter().filter(|fault| fault.code != "file-missing") {
                found.fault(fault);
            }
        }
    }
    found.lints
}

/// The files that change when every fix is made, with their new text. Of fixes that overlap, the first is made.
pub fn apply_fixes(folder: &Folder, lints: &[Lint]) -> BTreeMap<String, String> {
    let mut changed = BTreeMap::new();
    let mut fixes: Vec<&Fix> = lints.iter().filter_map(|lint| lint.fix.as_ref()).collect();
    fixes.sort_by_key(|fix| (&fix.file, fix.span.start, fix.span.end));
    for (file, text) in &folder.files {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for fix in fixes.iter().filter(|fix| fix.file == *file) {
            let Some(between) = text.get(at..fix.span.start) else { continue };
            out.push_str(between);
            out.push_str(&fix.replacement);
            at = fix.span.end;
        }
        if at > 0 || !out.is_empty() {
            out.push_str(text.get(at..).unwrap_or_default());
            changed.insert(file.clone(), out);
        }
    }
    changed
}
