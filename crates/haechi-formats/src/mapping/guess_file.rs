//! Proposes a mapping for a file on disk.

use std::path::Path;

use super::guess::{Guess, guess, known_names};
use crate::dictionary::Dictionary;
use crate::export::archive::for_each_member;
use crate::export::survey::survey;
use crate::export::{RawRow, ReadRule, open_rows};
use crate::fault::Fault;

/// Rows looked at.
const SAMPLE: usize = 200;

/// Proposes a mapping for the export at `path`, by the header and the first rows of its first member.
///
/// # Errors
///
/// What keeps the file from being read at all.
pub fn guess_file(dictionary: &Dictionary, path: &Path) -> Result<Guess, Fault> {
    let known = ReadRule { known_headers: known_names(dictionary), ..ReadRule::default() };
    match sampled(dictionary, path, &known) {
        // Not one name is known; then the first line that can be a header is one.
        Err(fault) if fault.code == "header-missing" => sampled(dictionary, path, &ReadRule::default()),
        found => found,
    }
}

fn sampled(dictionary: &Dictionary, path: &Path, rule: &ReadRule) -> Result<Guess, Fault> {
    let survey = survey(path)?;
    let mut proposal = None;
    for_each_member::<Fault>(path, &survey, |_, member, reader| {
        if proposal.is_some() {
            return Ok(());
        }
        let mut rows = open_rows(&survey.file, member, reader, rule)?;
        let mut sample = Vec::new();
        let mut row = RawRow::default();
        while sample.len() < SAMPLE && rows.next(&mut row)? {
            if row.trouble.is_none() {
                sample.push(row.clone());
            }
        }
        proposal = Some(guess(dictionary, &survey.file, rows.layout(), &sample));
        Ok(())
    })?;
    proposal.ok_or_else(|| Fault::new("file-empty", &survey.file, "It holds nothing to read.", "Name an export."))
}
