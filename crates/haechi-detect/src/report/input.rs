//! What a report is made of: plain data, gathered by whoever has the run, the snapshots and the scenarios at hand.

use std::collections::BTreeMap;

use haechi_core::finding::Finding;
use haechi_core::ids::ScenarioId;
use haechi_core::run_report::{Notify, RunReport};
use haechi_core::words::{Language, Words};

/// Everything a report says.
#[derive(Clone, Debug)]
pub struct ReportInput {
    /// The language it is written in.
    pub language: Language,
    /// When it was made, as `2026-11-22T05:03:54Z`; `None` leaves it out, so that two reports of one run are the same bytes.
    pub made_at: Option<String>,
    /// The government's name.
    pub government: Words,
    /// What the run did.
    pub run: RunReport,
    /// Every finding of the run, in any order.
    pub findings: Vec<Finding>,
    /// Every file that was read.
    pub loads: Vec<LoadSummary>,
    /// What flagged rows say, by snapshot id and row number. Personal values are masked already.
    pub evidence: BTreeMap<(String, i64), EvidenceRow>,
    /// The scenarios' own words, in any order.
    pub scenarios: Vec<ScenarioText>,
    /// Names of units by the code findings use; a code that is missing is shown as it stands.
    pub units: BTreeMap<String, String>,
    /// How much is shown.
    pub limits: ReportLimits,
}

/// How much of a large run a report shows; it says what it leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportLimits {
    /// Findings a scenario.
    pub findings_per_scenario: usize,
    /// Rows of evidence a finding.
    pub evidence_per_finding: usize,
}

impl Default for ReportLimits {
    fn default() -> Self {
        Self { findings_per_scenario: 200, evidence_per_finding: 20 }
    }
}

/// One file, or one member of an archive, as it was read into one table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadSummary {
    /// The title of the mapping that read it.
    pub source: Words,
    /// The title of the table it was read into.
    pub table: Words,
    /// The file's name.
    pub file: String,
    /// The member, where the file is an archive; the sheet, where it is a workbook.
    pub member: Option<String>,
    /// The period it covers, as written: `2017-03`; `None` for a full load.
    pub period: Option<String>,
    /// Rows the file holds.
    pub rows_in: u64,
    /// Rows that became rows of the table.
    pub rows_out: u64,
    /// Rows that did not fit, kept with their reasons.
    pub rejected: u64,
    /// Blank rows and totals.
    pub set_aside: u64,
    /// Why rows were rejected, and how many for each reason.
    pub reject_reasons: Vec<(Words, u64)>,
    /// The encoding it was read in: `UTF-8`, `CP949`.
    pub encoding: String,
}

/// What one flagged row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceRow {
    /// Its cells in the table's order.
    pub cells: Vec<EvidenceCell>,
}

/// One cell of a flagged row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EvidenceCell {
    /// The column's title.
    pub label: Words,
    /// The value as people read it, masked where `masked` says so.
    pub value: String,
    /// Whether the value is a masked form.
    pub masked: bool,
}

/// A scenario in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioText {
    /// Which.
    pub id: ScenarioId,
    /// Its title.
    pub title: Words,
    /// What the person asked should do.
    pub remedy: Words,
    /// Titles and units of its facts, by name without `fact_`.
    pub facts: BTreeMap<String, Label>,
    /// Titles of its subject columns, by name.
    pub subject: BTreeMap<String, Words>,
    /// What its parameters mean, and their units, by name.
    pub parameters: BTreeMap<String, Label>,
    /// Whom to tell first.
    pub notify: Notify,
    /// Working days to answer.
    pub deadline_working_days: u32,
}

/// A title, and what its numbers count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The title.
    pub title: Words,
    /// `count`, `people`, `days`, `hours`, `minutes`, `percent`, `money` (in the finding's currency) or a currency's code.
    pub unit: Option<String>,
}
