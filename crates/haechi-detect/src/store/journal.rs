//! The journal: one line for every run of the program, with the operating-system user.

use std::fs::OpenOptions;
use std::io::Write as _;

use serde::{Deserialize, Serialize};

use super::DataFolder;
use crate::error::EngineError;

/// One line of `journal.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    /// When, UTC.
    pub at: String,
    /// The operating-system user.
    pub by: String,
    /// The command: `snapshot take`.
    pub command: String,
    /// What it worked on: file names, ids. Never values.
    pub about: Vec<String>,
    /// What came of it: `done`, or the error's first line.
    pub outcome: String,
}

/// The operating-system user's name, or `unknown`.
pub fn os_user() -> String {
    whoami::fallible::username().unwrap_or_else(|_| "unknown".to_owned())
}

impl DataFolder {
    /// Adds a line to the journal and makes sure it is on the disk.
    ///
    /// # Errors
    ///
    /// When it cannot be written; then the command must not be said to be done.
    pub fn journal(&self, command: &str, about: &[String], outcome: &str) -> Result<(), EngineError> {
        let path = self.root.join("journal.jsonl");
        let cannot = |source| EngineError::io(format!("Cannot write {}", path.display()), source);
        let line = JournalLine {
            at: self.clock.stamp(),
            by: os_user(),
            command: command.to_owned(),
            about: about.to_vec(),
            outcome: haechi_core::masking::scrub(outcome.lines().next().unwrap_or_default()).into_owned(),
        };
        let mut text = serde_json::to_string(&line)
            .map_err(|error| EngineError::Asked(format!("The journal line cannot be written: {error}.")))?;
        text.push('\n');
        let mut file = OpenOptions::new().append(true).create(true).open(&path).map_err(cannot)?;
        file.write_all(text.as_bytes()).map_err(cannot)?;
        file.sync_data().map_err(cannot)
    }
}
