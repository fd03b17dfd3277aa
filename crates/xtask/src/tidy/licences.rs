//! Every package's licence must let us pass it on, and every package must come from the public registry.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::Report;
use super::metadata::Metadata;

#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
}

pub(super) fn check(root: &Path, metadata: &Metadata, report: &mut Report) -> Result<()> {
    let text = std::fs::read_to_string(root.join("deny.toml")).context("deny.toml")?;
    let deny: Deny = toml::from_str(&text).context("deny.toml")?;
    for package in &metadata.packages {
        let name = format!("{} {}", package.name, package.version);
        match &package.license {
            None => report.error("Cargo.lock", format!("{name} names no licence")),
            Some(licence) => match allowed(licence, &deny.licenses.allow) {
                Some(true) => {}
                Some(false) => {
                    report.error("Cargo.lock", format!("{name} is under `{licence}`, which deny.toml does not allow"))
                }
                None => report.error("Cargo.lock", format!("{name}: the licence `{licence}` cannot be read")),
            },
        }
        if let Some(source) = &package.source
            && !(source.starts_with("registry+") && source.ends_with("/crates.io-index"))
        {
            report.error("Cargo.lock", format!("{name} comes from `{source}`, not from the public registry"));
        }
    }
    report.note(format!("licences and sources: {} packages", metadata.packages.len()));
    Ok(())
}

/// Whether an SPDX expression can be met by licences of `allow` alone; none if it is no expression. AND binds before OR,
/// `/` is the old way to write OR.
fn allowed(expression: &str, allow: &[String]) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allow };
    let verdict = reader.either()?;
    reader.words.is_empty().then_some(verdict)
}

struct Reader<'a> {
    words: &'a [&'a str],
    allow: &'a [String],
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let next = self.words.first() == Some(&word);
        if next {
            self.words = &self.words[1..];
        }
        next
    }

    fn either(&mut self) -> Option<bool> {
        let mut verdict = self.both()?;
        while self.take("OR") {
            verdict |= self.both()?;
        }
        Some(verdict)
    }

    fn both(&mut self) -> Option<bool> {
        let mut verdict = self.one()?;
        while self.take("AND") {
            verdict &= self.one()?;
        }
        Some(verdict)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let verdict = self.either()?;
            return self.take(")").then_some(verdict);
        }
        let (&name, rest) = self.words.split_first()?;
        if matches!(name, "OR" | "AND" | "WITH" | ")") {
            return None;
        }
        self.words = rest;
        let mut name = name.to_owned();
        if self.take("WITH") {
            let (&exception, rest) = self.words.split_first()?;
            self.words = rest;
            name = format!("{name} WITH {exception}");
        }
        Some(self.allow.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(expression: &str) -> Option<bool> {
        let allow = ["MIT", "Apache-2.0", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        allowed(expression, &allow)
    }

    #[test]
    fn one_allowed_licence_of_a_choice_is_enough() {
        assert_eq!(verdict("GPL-2.0-only OR MIT"), Some(true));
        assert_eq!(verdict("Unlicense/MIT"), Some(true));
        assert_eq!(verdict("GPL-2.0-only OR LGPL-2.1-or-later"), Some(false));
    }

    #[test]
    fn of_licences_that_hold_together_each_must_be_allowed() {
        assert_eq!(verdict("(MIT OR GPL-2.0-only) AND BSD-3-Clause"), Some(true));
        assert_eq!(verdict("MIT AND GPL-2.0-only"), Some(false));
        assert_eq!(verdict("MIT OR Apache-2.0 AND GPL-2.0-only"), Some(true));
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        assert_eq!(verdict("Apache-2.0 WITH LLVM-exception"), Some(true));
        assert_eq!(verdict("MIT WITH LLVM-exception"), Some(false));
    }

    #[test]
    fn what_is_no_expression_is_not_guessed_at() {
        assert_eq!(verdict("MIT OR"), None);
        assert_eq!(verdict("(MIT"), None);
        assert_eq!(verdict("MIT Apache-2.0"), None);
        assert_eq!(verdict(""), None);
    }
}
