//! `cargo x docs`: the pages under `docs/generated/` that the program writes about itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// Pages there that something else writes.
const OTHERS: [&str; 3] = ["bench.md", "bench-city.md", "bench-office.md"];

/// Write docs/generated, or see that it is up to date
#[derive(clap::Args)]
pub(crate) struct Docs {
    /// Write nothing; fail where a page differs
    #[arg(long)]
    pub(crate) check: bool,
}

impl Docs {
    pub(crate) fn run(self) -> Result<()> {
        let haechi = process::build_haechi(false)?;
        let there = workspace::root().join("docs/generated");
        let fresh = tempfile::tempdir().context("no temporary folder")?;
        process::run(Command::new(haechi).arg("docs").arg("--out").arg(fresh.path()).current_dir(workspace::root()))?;
        let now = pages(&there)?;
        let next = pages(fresh.path())?;
        let differences = differences(&now, &next);
        if self.check {
            if differences.is_empty() {
                println!("docs/generated is up to date ({} pages)", next.len());
                return Ok(());
            }
            bail!("docs/generated is out of date; run `cargo x docs`\n{}", differences.join("\n"));
        }
        for gone in now.keys().filter(|page| !next.contains_key(*page)) {
            std::fs::remove_file(there.join(gone))?;
        }
        for (page, text) in &next {
            let path = there.join(page);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, text)?;
        }
        println!("docs/generated: {} pages, {} changed", next.len(), differences.len());
        Ok(())
    }
}

/// The text of each page below `folder`, by path.
fn pages(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = Vec::new();
    if folder.is_dir() {
        workspace::walk(folder, "", &mut files)?;
    }
    files
        .into_iter()
        .filter(|file| !OTHERS.contains(&file.as_str()))
        .map(|file| {
            let text = std::fs::read_to_string(folder.join(&file)).with_context(|| format!("cannot read {file}"))?;
            Ok((file, text))
        })
        .collect()
}

/// A line for each page that is missing, left over or different, with the first line that differs.
fn differences(now: &BTreeMap<String, String>, next: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    for (page, text) in next {
        match now.get(page) {
            None => found.push(format!("{page}: missing")),
            Some(old) if old != text => {
                let same = old.lines().zip(text.lines()).take_while(|(old, new)| old == new).count();
                let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
                found.push(format!("{page}:{}: has `{}`, should be `{}`", same + 1, line(old), line(text)));
            }
            Some(_) => {}
        }
    }
    found.extend(now.keys().filter(|page| !next.contains_key(*page)).map(|page| format!("{page}: left over")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(of: &[(&str, &str)]) -> BTreeMap<String, String> {
        of.iter().map(|(page, text)| ((*page).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_changed_a_missing_and_a_left_over_page_are_each_named() {
        let now = pages(&[("cli.md", "a\nb\n"), ("old.md", "x")]);
        let next = pages(&[("cli.md", "a\nc\n"), ("new.md", "y")]);
        let found = differences(&now, &next);
        assert_eq!(found, ["cli.md:2: has `b`, should be `c`", "new.md: missing", "old.md: left over"]);
    }

    #[test]
    fn equal_pages_differ_in_nothing() {
        let now = pages(&[("cli.md", "a\n")]);
        assert!(differences(&now, &now.clone()).is_empty());
    }
}
