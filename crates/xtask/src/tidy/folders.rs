//! Data folders hold exactly their files, and the words of each language the same ids.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use super::Report;

const SCENARIO: [&str; 5] = ["scenario.toml", "query.sql", "README.md", "cases.md", "scenario.lock"];
const MAPPING: [&str; 3] = ["mapping.toml", "README.md", "cases.md"];

pub(super) fn check(root: &Path, files: &[String], report: &mut Report) -> Result<()> {
    kind(files, "scenarios", 2, &SCENARIO, report);
    kind(files, "mappings", 1, &MAPPING, report);
    for korean in files.iter().filter(|file| file.ends_with(".ko.ftl")) {
        let english = korean.replace(".ko.ftl", ".en.ftl");
        if !files.contains(&english) {
            report.error(korean, format!("there is no {english}"));
            continue;
        }
        let ko = ids(&std::fs::read_to_string(root.join(korean))?);
        let en = ids(&std::fs::read_to_string(root.join(&english))?);
        for id in ko.difference(&en) {
            report.error(&english, format!("`{id}` is missing; {korean} has it"));
        }
        for id in en.difference(&ko) {
            report.error(korean, format!("`{id}` is missing; {english} has it"));
        }
    }
    for english in files.iter().filter(|file| file.ends_with(".en.ftl")) {
        let korean = english.replace(".en.ftl", ".ko.ftl");
        if !files.contains(&korean) {
            report.error(english, format!("there is no {korean}"));
        }
    }
    Ok(())
}

/// Folders `depth` levels below `root` hold exactly `wanted`; beside them lies only a README.
fn kind(files: &[String], root: &str, depth: usize, wanted: &[&str], report: &mut Report) {
    let mut folders: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        let Some(inside) = file.strip_prefix(root).and_then(|rest| rest.strip_prefix('/')) else { continue };
        let parts: Vec<&str> = inside.split('/').collect();
        match parts.as_slice() {
            ["README.md"] => {}
            [folder @ .., name] if folder.len() == depth => {
                folders.entry(format!("{root}/{}", folder.join("/"))).or_default().insert(name);
            }
            _ => report.error(file, "does not belong here; CONTRIBUTING.md shows what a folder holds"),
        }
    }
    for (folder, found) in folders {
        for name in wanted.iter().filter(|name| !found.contains(**name)) {
            report.error(&folder, format!("{name} is missing"));
        }
        for name in found.iter().filter(|name| !wanted.contains(name)) {
            report.error(
                format!("{folder}/{name}"),
                format!("a folder here holds {} and nothing else", wanted.join(", ")),
            );
        }
    }
}

/// The ids of messages and terms, and those of their attributes as `id.attribute`.
fn ids(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut message = String::new();
    for line in text.lines() {
        let inside = line.starts_with(' ');
        let Some((id, _)) = line.split_once('=') else { continue };
        let id = id.trim();
        let plain =
            |id: &str| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if !inside && plain(id) {
            message = id.to_owned();
            found.insert(message.clone());
        } else if let Some(attribute) = id.strip_prefix('.')
            && inside
            && plain(attribute)
        {
            found.insert(format!("{message}.{attribute}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(files: &[&str], root: &str, depth: usize, wanted: &[&str]) -> Vec<String> {
        let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
        let mut report = Report::default();
        kind(&files, root, depth, wanted, &mut report);
        report.errors
    }

    #[test]
    fn a_folder_with_a_missing_and_a_foreign_file_is_named_twice() {
        let files = [
            "mappings/README.md",
            "mappings/oxford/mapping.toml",
            "mappings/oxford/README.md",
            "mappings/oxford/note.txt",
        ];
        assert_eq!(
            errors(&files, "mappings", 1, &MAPPING),
            [
                "mappings/oxford: cases.md is missing",
                "mappings/oxford/note.txt: a folder here holds mapping.toml, README.md, cases.md and nothing else"
            ]
        );
    }

    #[test]
    fn a_file_at_the_wrong_depth_does_not_belong() {
        assert_eq!(errors(&["scenarios/card/stray.md"], "scenarios", 2, &SCENARIO).len(), 1);
    }

    #[test]
    fn messages_attributes_and_terms_are_ids_and_variants_are_not() {
        let text = "# note\ntitle = A = B\n-brand = Haechi\ncount = { $n ->\n    [one] one\n   *[other] {$n}\n }\n    .label = x\n";
        assert_eq!(ids(text).into_iter().collect::<Vec<_>>(), ["-brand", "count", "count.label", "title"]);
    }
}
