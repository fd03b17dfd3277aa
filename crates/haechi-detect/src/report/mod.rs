//! The report people read: one HTML file with no script and nothing to fetch, for the auditor who prints it, the
//! manager with ten minutes on a phone, and whoever wants to see at a glance what Haechi does.
//!
//! [`render`] is a function of its input alone: the same input gives the same bytes. Sentences lie in `words.*.ftl`,
//! the look in `report.css`, the pages in the `*.html` beside this file; [`figures`] counts, [`view`] puts into words.

mod figures;
mod input;
mod show;
mod texts;
mod view;

use haechi_core::ids::ScenarioId;

pub use input::{EvidenceCell, EvidenceRow, Label, LoadSummary, ReportInput, ReportLimits, ScenarioText};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The findings given are not those the run counted; a report of some of them would look like all of them.
    #[error("the run counted {stated} findings, {given} were given")]
    Incomplete {
        /// What the run says.
        stated: u64,
        /// How many were given.
        given: u64,
    },
    /// A finding names a scenario the run did not run.
    #[error("a finding names scenario {scenario}, which is not in the run")]
    Stranger {
        /// The scenario.
        scenario: ScenarioId,
    },
    /// The report could not be written.
    #[error("the report could not be written")]
    Write(#[from] std::io::Error),
}

/// Writes the report of `input` to `out` as it goes; findings are not gathered into one text first.
///
/// # Errors
///
/// When the findings are not those of the run, or `out` does not take what is written.
pub fn render(input: &ReportInput, out: &mut impl std::io::Write) -> Result<(), ReportError> {
    let figures = figures::Figures::of(input)?;
    view::write(input, &figures, out)?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
