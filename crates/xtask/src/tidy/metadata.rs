//! What cargo knows about the packages, read offline.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// `cargo metadata`, as much of it as the checks need.
#[derive(Debug, Deserialize)]
pub(super) struct Metadata {
    /// Every package of the lock file that cargo could look at.
    pub(super) packages: Vec<Package>,
    resolve: Resolve,
    /// Why some packages were not looked at.
    #[serde(skip)]
    pub(super) limit: Option<String>,
}

/// One package.
#[derive(Debug, Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: semver::Version,
    pub(super) license: Option<String>,
    /// Where it comes from; none for our own.
    pub(super) source: Option<String>,
    pub(super) dependencies: Vec<Dependency>,
}

/// A dependency as it is declared.
#[derive(Debug, Deserialize)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// None, `dev` or `build`.
    pub(super) kind: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Debug, Deserialize)]
struct Node {
    id: String,
    deps: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Edge {
    pkg: String,
    dep_kinds: Vec<EdgeKind>,
}

#[derive(Debug, Deserialize)]
struct EdgeKind {
    kind: Option<String>,
}

/// Reads it without network and without changing the lock file.
///
/// # Errors
///
/// A lock file that is not up to date, or packages that were never downloaded.
pub(super) fn read(root: &Path) -> Result<Metadata> {
    let ask = |platform: Option<&str>| -> Result<Metadata> {
        let mut command = process::cargo();
        command.current_dir(root).args(["metadata", "--format-version", "1", "--offline", "--locked"]);
        if let Some(platform) = platform {
            command.args(["--filter-platform", platform]);
        }
        serde_json::from_str(&process::output(&mut command)?).context("cargo metadata has changed its form")
    };
    ask(None).or_else(|_| {
        // Packages of other platforms are only downloaded when someone asks for them.
        let host = host()?;
        let mut metadata = ask(Some(&host))?;
        metadata.limit = Some(format!("packages: only those for {host} (the others are not on this machine)"));
        Ok(metadata)
    })
}

fn host() -> Result<String> {
    let version = process::output(Command::new("rustc").arg("-vV"))?;
    version.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned).context("rustc names no host")
}

impl Metadata {
    /// The workspace's own package of this name.
    pub(super) fn own(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.source.is_none() && package.name == name)
    }

    /// Everything linked into `package`, itself left out, each with the package that brought it in. Tests do not count.
    pub(super) fn closure(&self, package: &Package) -> BTreeMap<&str, &str> {
        let names: BTreeMap<&str, &str> =
            self.packages.iter().map(|package| (package.id.as_str(), package.name.as_str())).collect();
        let nodes: BTreeMap<&str, &Node> = self.resolve.nodes.iter().map(|node| (node.id.as_str(), node)).collect();
        let mut found = BTreeMap::new();
        let mut open = vec![package.id.as_str()];
        while let Some(id) = open.pop() {
            let Some(node) = nodes.get(id) else { continue };
            for edge in &node.deps {
                let linked = edge.dep_kinds.iter().any(|kind| kind.kind.as_deref() != Some("dev"));
                let name = names.get(edge.pkg.as_str()).copied().unwrap_or_default();
                if linked && !found.contains_key(name) {
                    found.insert(name, names.get(id).copied().unwrap_or_default());
                    open.push(&edge.pkg);
                }
            }
        }
        found
    }
}
