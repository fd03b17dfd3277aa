//! Proposes a mapping for a file on disk.

use std::path::Path;

use super::guess::{Guess, guess, known_names};
use crate::dictionary::Dictionary;
use crate::export::archive::for_each_member;
use crate::export::survey::survey;
use crate::export::workbook::with_sheet;
use crate::export::{Format, Member, RawRow, ReadRule, RowSource, open_rows};
use crate::fault::Fault;

/// Rows looked at.
const SAMPLE: usize = 200;

/// Proposes a mapping for the export at `path`, by the header and the first rows of its first member, or of its
/// first visible sheet with a header.
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
    let propose = |rows: &mut dyn RowSource| {
        let (mut sample, mut row) = (Vec::new(), RawRow::default());
        while sample.len() < SAMPLE && rows.next(&mut row)? {
            if row.trouble.is_none() {
                sample.push(row.clone());
            }
        }
        Ok(guess(dictionary, &survey.file, rows.layout(), &sample))
    };
    let nothing = || Fault::new("file-empty", &survey.file, "It holds nothing to read.", "Name an export.");
    let sheets = survey.members.iter().filter(|member| matches!(member.format, Format::Sheet { hidden: false, .. }));
    let (mut proposal, mut fault) = (None, None);
    for sheet in sheets.filter_map(Member::sheet) {
        let rule = ReadRule { sheet: vec![sheet.to_owned()], ..rule.clone() };
        let read = with_sheet(path, &survey, &rule, |_, _, rows| {
            let mut guess = propose(rows)?;
            guess.sheet = (survey.members.len() > 1).then(|| sheet.to_owned());
            proposal = Some(guess);
            Ok::<(), Fault>(())
        });
        match (proposal, read) {
            (Some(proposal), Ok(())) => return Ok(proposal),
            (_, Err(missing)) if missing.code == "header-missing" => fault = fault.or(Some(missing)),
            (_, read) => read?,
        }
        proposal = None;
    }
    if survey.members.iter().any(|member| member.sheet().is_some()) {
        return Err(fault.unwrap_or_else(nothing));
    }
    for_each_member::<Fault>(path, &survey, |_, member, reader| {
        if proposal.is_none() {
            proposal = Some(propose(open_rows(&survey.file, member, reader, rule)?.as_mut())?);
        }
        Ok(())
    })?;
    proposal.ok_or_else(nothing)
}
