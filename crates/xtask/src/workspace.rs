//! Where the workspace lies and which files belong to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let manifest = PathBuf::from(manifest);
    manifest.ancestors().nth(2).map_or_else(|| manifest.clone(), Path::to_path_buf)
}

/// The real data that is kept beside the clone, where it is there.
pub(crate) fn shared_data() -> Option<PathBuf> {
    let folder = root().join("../shared/data");
    folder.is_dir().then_some(folder)
}

/// The files of the workspace relative to `root`, sorted: what git tracks or would track; without git, what lies there.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn files(root: &Path) -> Result<Vec<String>> {
    let listed = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output();
    let mut files: Vec<String> = match listed {
        Ok(done) if done.status.success() => String::from_utf8_lossy(&done.stdout)
            .split('\0')
            .filter(|file| !file.is_empty())
            .map(str::to_owned)
            .collect(),
        _ => {
            let mut found = Vec::new();
            walk(root, "", &mut found)?;
            found
        }
    };
    files.retain(|file| root.join(file).is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

/// Every file below `root/folder`, by its path with slashes.
///
/// # Errors
///
/// A folder that cannot be read.
pub(crate) fn walk(root: &Path, folder: &str, found: &mut Vec<String>) -> Result<()> {
    let path = root.join(folder);
    for entry in std::fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let inside = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        if entry.file_type()?.is_dir() {
            if !matches!(name.as_str(), ".git" | "target" | "node_modules") {
                walk(root, &inside, found)?;
            }
        } else {
            found.push(inside);
        }
    }
    Ok(())
}
