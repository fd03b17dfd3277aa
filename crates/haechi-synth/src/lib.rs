//! An invented government of any size: exports as its source systems would give them, irregularities and lawful look-alikes
//! planted in them, and the truth about both.
//!
//! Nothing is remembered from row to row: every value follows from the seed, the name of a table and an index, and which
//! people and records play a part follows from their index. So rows are written as they are made, whatever their number.
//! What is planted follows what the scenarios say in words; no query is known here.

mod city;
mod export;
mod people;
mod random;
mod score;
mod stories;
mod systems;
mod taxpayers;
mod truth;
mod words;
mod workbook;

use std::path::Path;

pub use city::City;
pub use export::Written;
pub use score::{Mark, score};
pub use truth::{Kind, Truth};

/// What goes wrong when exports are made or compared.
#[derive(Debug, thiserror::Error)]
pub enum SynthError {
    /// The size asked for is outside what can be made.
    #[error("{0}")]
    Size(String),
    /// The working calendar that is shipped cannot be read.
    #[error("the shipped working calendar has faults")]
    Calendar,
    /// A file cannot be written or read.
    #[error("{file}: {error}")]
    File {
        /// Which file.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// A line is no truth or no finding.
    #[error("{file}, line {line}: {error}")]
    Line {
        /// Which file.
        file: String,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        error: serde_json::Error,
    },
}

/// The name of the file that holds the truth, beside the exports.
pub const TRUTH: &str = "truth.jsonl";

/// Writes all exports of `city` and the truth into the folder `out`, and gives what was written.
///
/// `told` is called with each file that is done.
///
/// # Errors
///
/// [`SynthError::File`] where a file cannot be written.
pub fn write(city: &City, out: &Path, mut told: impl FnMut(&Written)) -> Result<Vec<Written>, SynthError> {
    std::fs::create_dir_all(out).map_err(|error| SynthError::File { file: out.display().to_string(), error })?;
    let mut files = Vec::new();
    let mut done = |written: Written| {
        told(&written);
        files.push(written);
    };
    systems::hr::write(city, out, &mut done)?;
    systems::access::write(city, out, &mut done)?;
    systems::welfare::write(city, out, &mut done)?;
    systems::permits::write(city, out, &mut done)?;
    systems::nontax::write(city, out, &mut done)?;
    systems::finance::write(city, out, &mut done)?;
    systems::property::write(city, out, &mut done)?;
    systems::tax::write(city, out, &mut done)?;
    systems::card::write(city, out, &mut done)?;
    systems::subsidy::write(city, out, &mut done)?;
    systems::registers::write(city, out, &mut done)?;
    truth::write(&stories::truth(city), &out.join(TRUTH))?;
    Ok(files)
}

#[cfg(test)]
mod tests;
