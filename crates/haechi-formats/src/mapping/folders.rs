//! Mappings where they lie: in the binary, and in a folder of a government's own.

use std::path::Path;

use super::Mapping;
use crate::dictionary::Dictionary;
use crate::fault::Fault;
use crate::folder::Folder;
use crate::shipped::MAPPINGS;

/// The mappings in the binary, by name.
///
/// # Errors
///
/// What is wrong with any of them.
pub fn shipped(dictionary: &Dictionary) -> Result<Vec<Mapping>, Vec<Fault>> {
    let folders = MAPPINGS.dirs().filter_map(|dir| {
        let name = dir.path().file_name()?.to_str()?;
        Some(Folder::embedded(name, dir))
    });
    parse_all(folders.collect(), dictionary)
}

/// The mappings under `root`, by name: each sub-folder that holds a `mapping.toml`.
///
/// # Errors
///
/// What is wrong with any of them, or with reading them.
pub fn in_folder(root: &Path, dictionary: &Dictionary) -> Result<Vec<Mapping>, Vec<Fault>> {
    let unreadable = |error: &std::io::Error| {
        let name = root.file_name().unwrap_or(root.as_os_str()).to_string_lossy();
        let what = format!("The folder of mappings cannot be read: {error}.");
        vec![Fault::new("folder-unreadable", name, what, "Check that it is there and that you may read it.")]
    };
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(root).map_err(|error| unreadable(&error))? {
        let path = entry.map_err(|error| unreadable(&error))?.path();
        if path.join("mapping.toml").is_file() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            folders.push(Folder::read(&name, &path).map_err(|fault| vec![fault])?);
        }
    }
    parse_all(folders, dictionary)
}

fn parse_all(mut folders: Vec<Folder>, dictionary: &Dictionary) -> Result<Vec<Mapping>, Vec<Fault>> {
    folders.sort_by(|a, b| a.name.cmp(&b.name));
    let (mut mappings, mut faults) = (Vec::new(), Vec::new());
    for folder in folders.iter().filter(|folder| folder.files.contains_key("mapping.toml")) {
        match Mapping::parse(folder, dictionary) {
            Ok(mapping) => mappings.push(mapping),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(mappings) } else { Err(faults) }
}
