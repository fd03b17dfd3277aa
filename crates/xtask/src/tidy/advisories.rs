//! Known security advisories, where their database is on this machine.

use std::path::{Path, PathBuf};

use anyhow::Result;
use semver::{Version, VersionReq};
use serde::Deserialize;

use super::Report;
use super::metadata::Metadata;

#[derive(Debug, Deserialize)]
struct File {
    advisory: Advisory,
    #[serde(default)]
    versions: Versions,
}

#[derive(Debug, Deserialize)]
struct Advisory {
    id: String,
    package: String,
    withdrawn: Option<toml::Value>,
    informational: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Versions {
    #[serde(default)]
    patched: Vec<VersionReq>,
    #[serde(default)]
    unaffected: Vec<VersionReq>,
}

impl Versions {
    /// Whether `version` is one the advisory is about.
    fn concern(&self, version: &Version) -> bool {
        !self.patched.iter().chain(&self.unaffected).any(|range| range.matches(version))
    }
}

pub(super) fn check(metadata: &Metadata, report: &mut Report) -> Result<()> {
    let Some(folder) = database() else {
        report.note("advisories: unchecked (no advisory database on this machine)");
        return Ok(());
    };
    let mut compared = 0;
    for package in metadata.packages.iter().filter(|package| package.source.is_some()) {
        let Ok(entries) = std::fs::read_dir(folder.join("crates").join(&package.name)) else { continue };
        for entry in entries {
            let path = entry?.path();
            let Some(file) = read(&path) else {
                report.warn("advisories", format!("{} cannot be read", path.display()));
                continue;
            };
            compared += 1;
            let about = file.advisory;
            if about.package != package.name || about.withdrawn.is_some() || !file.versions.concern(&package.version) {
                continue;
            }
            let what = format!("{} {} is the subject of {}", package.name, package.version, about.id);
            match about.informational {
                None => report.error("Cargo.lock", what),
                Some(kind) => report.warn("Cargo.lock", format!("{what} ({kind})")),
            }
        }
    }
    report.note(format!("advisories: {compared} compared"));
    Ok(())
}

/// `~/.cargo/advisory-db`, or the place `cargo deny` keeps it.
fn database() -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))?;
    let own = cargo.join("advisory-db");
    if own.join("crates").is_dir() {
        return Some(own);
    }
    let kept = std::fs::read_dir(cargo.join("advisory-dbs")).ok()?;
    kept.filter_map(|entry| Some(entry.ok()?.path())).find(|path| path.join("crates").is_dir())
}

fn read(path: &Path) -> Option<File> {
    let text = std::fs::read_to_string(path).ok()?;
    let (_, rest) = text.split_once("```toml")?;
    let (front, _) = rest.split_once("```")?;
    toml::from_str(front).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_patched_and_an_unaffected_version_are_left_alone() {
        let versions: Versions = toml::from_str("patched = [\">= 1.2.3\"]\nunaffected = [\"< 1.0.0\"]").unwrap();
        assert!(versions.concern(&Version::new(1, 1, 0)));
        assert!(!versions.concern(&Version::new(1, 2, 3)));
        assert!(!versions.concern(&Version::new(0, 9, 0)));
    }
}
