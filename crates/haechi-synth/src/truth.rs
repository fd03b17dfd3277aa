//! What is true of the exports: what was planted, what merely looks like it, what follows from something planted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use haechi_core::time::Day;
use serde::{Deserialize, Serialize};

use crate::SynthError;

/// What is to become of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It must be found.
    Planted,
    /// It may be found: something planted brings it along.
    Implied,
    /// It is lawful and must not be found.
    Decoy,
}

/// One line of the truth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Truth {
    /// Which scenario it is about.
    pub scenario: String,
    /// What is to become of it.
    pub kind: Kind,
    /// The story in a word or two.
    pub story: String,
    /// The subject's values as findings show them.
    pub subject: BTreeMap<String, String>,
}

impl Truth {
    pub(crate) fn new(scenario: &str, kind: Kind, story: &str, subject: &[(&str, String)]) -> Self {
        let subject = subject.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        Self { scenario: scenario.to_owned(), kind, story: story.to_owned(), subject }
    }
}

/// A day as findings show it.
pub(crate) fn iso(day: Day) -> String {
    day.format("%Y-%m-%d").to_string()
}

pub(crate) fn write(truth: &[Truth], path: &Path) -> Result<(), SynthError> {
    let fault = |error| SynthError::File { file: path.display().to_string(), error };
    let mut out = BufWriter::new(File::create(path).map_err(fault)?);
    for line in truth {
        serde_json::to_writer(&mut out, line).map_err(|error| fault(error.into()))?;
        out.write_all(b"\n").map_err(fault)?;
    }
    out.flush().map_err(fault)
}
