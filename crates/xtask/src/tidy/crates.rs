//! Which crate may depend on what.

use super::Report;
use super::metadata::Metadata;
use crate::process;

/// What `haechi-core` may name in its manifest. It has no I/O, no async, no SQL and no HTTP.
const CORE: [&str; 7] = ["chrono", "indexmap", "schemars", "serde", "serde_json", "sha2", "thiserror"];

/// Families of crates: the name itself, or the name with a dash and more.
const ENGINE: [&str; 3] = ["datafusion", "arrow", "parquet"];
const STORE: [&str; 1] = ["object_store"];
const OFFICE: [&str; 2] = ["axum", "sea-orm"];
const RUNTIME: [&str; 1] = ["tokio"];
const LIVE: [&str; 1] = ["sqlx"];

/// Crate by crate, the families that must not be linked into it.
const BARRED: [(&str, &[&[&str]]); 7] = [
    ("haechi-core", &[&ENGINE, &STORE, &OFFICE, &RUNTIME, &LIVE]),
    ("haechi-formats", &[&ENGINE, &STORE, &OFFICE, &RUNTIME, &LIVE]),
    ("haechi-synth", &[&ENGINE, &STORE, &OFFICE, &RUNTIME, &LIVE]),
    ("haechi-databases", &[&ENGINE, &STORE, &OFFICE]),
    ("haechi-detect", &[&OFFICE, &LIVE]),
    ("haechi-office", &[&ENGINE]),
    ("xtask", &[&ENGINE, &STORE, &OFFICE, &RUNTIME, &LIVE]),
];

pub(super) fn check(metadata: &Metadata, report: &mut Report) {
    for (name, families) in BARRED {
        let Some(package) = metadata.own(name) else { continue };
        for (linked, by) in metadata.closure(package) {
            if let Some(family) = families.iter().copied().flatten().find(|family| belongs(linked, family))
                && is_built(name, linked)
            {
                report.error(
                    manifest(name),
                    format!("{name} links `{linked}` (by `{by}`), but may know nothing of {family}"),
                );
            }
        }
    }
    if let Some(core) = metadata.own("haechi-core") {
        for dependency in core.dependencies.iter().filter(|dependency| dependency.kind.is_none()) {
            if !CORE.contains(&dependency.name.as_str()) {
                report.error(
                    manifest("haechi-core"),
                    format!("`{}` is not on the list of what it may use", dependency.name),
                );
            }
        }
    }
}

/// Whether `linked` is compiled into `name`. The lock file also lists what a dependency could have and was not asked for
/// (`sea-orm` names `sea-orm-arrow` that way). What cannot be told counts as built.
fn is_built(name: &str, linked: &str) -> bool {
    let mut tree = process::cargo();
    tree.args(["tree", "--locked", "--package", name, "--edges", "normal,build", "--target", "all"]);
    tree.args(["--invert", linked, "--depth", "0", "--prefix", "none"]);
    process::output(&mut tree).map_or(true, |found| !found.trim().is_empty())
}

fn manifest(name: &str) -> String {
    format!("crates/{name}/Cargo.toml")
}

fn belongs(package: &str, family: &str) -> bool {
    package.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_its_name_alone_or_with_a_dash() {
        assert!(belongs("arrow", "arrow"));
        assert!(belongs("arrow-array", "arrow"));
        assert!(!belongs("arrowhead", "arrow"));
    }
}
