//! Blanks and line ends. Every one of these can be put right by a program.

use std::ops::Range;

use super::{Findings, Fix};

pub(super) fn look(found: &mut Findings<'_>) {
    let folder = found.folder;
    for (file, text) in &folder.files {
        let mut start = 0;
        for (at, raw) in text.split_inclusive('\n').enumerate() {
            line(found, file, at as u64 + 1, start, raw);
            start += raw.len();
        }
        if !text.is_empty() && !text.ends_with('\n') {
            let what = "The last line has no line end.";
            fixable(found, "final-newline", file, text.split('\n').count() as u64, what, text.len()..text.len(), "\n");
        }
    }
}

fn line(found: &mut Findings<'_>, file: &str, number: u64, start: usize, raw: &str) {
    let content = raw.trim_end_matches('\n');
    let body = content.trim_end_matches('\r');
    if body.len() < content.len() {
        let what = "The line ends in a carriage return.";
        fixable(found, "carriage-return", file, number, what, start + body.len()..start + content.len(), "");
    }
    let kept = body.trim_end_matches([' ', '\t']);
    if kept.len() < body.len() {
        let what = "The line ends in blanks.";
        fixable(found, "trailing-blank", file, number, what, start + kept.len()..start + body.len(), "");
    }
    for (at, _) in kept.match_indices('\t') {
        fixable(found, "tab", file, number, "There is a tab.", start + at..start + at + 1, "  ");
    }
}

fn fixable(
    found: &mut Findings<'_>,
    code: &'static str,
    file: &str,
    line: u64,
    what: &str,
    span: Range<usize>,
    replacement: &str,
) {
    found.add(code, file, line, what, "`haechi scenario lint --fix` puts it right.");
    if let Some(lint) = found.lints.last_mut() {
        lint.fix = Some(Fix { file: file.to_owned(), span, replacement: replacement.to_owned() });
    }
}
