//! Mappings where they lie: in the binary, and in a folder of a government's own.

use std::path::{Path, PathBuf};

use super::Mapping;
use crate::dictionary::Dictionary;
use crate::fault::Fault;
use crate::folder::Folder;
use crate::shipped::MAPPINGS;

/// The folders of the mappings in the binary, by name.
pub fn shipped_folders() -> Vec<Folder> {
    let named = |dir: &include_dir::Dir<'_>| Some(Folder::embedded(dir.path().file_name()?.to_str()?, dir));
    let mut folders: Vec<Folder> = MAPPINGS.dirs().filter_map(named).collect();
    folders.retain(|folder| folder.files.contains_key("mapping.toml"));
    folders.sort_by(|a, b| a.name.cmp(&b.name));
    folders
}

/// The mapping folders under `root`, by name, each with where it lies: `root` itself, or each sub-folder that holds a
/// `mapping.toml`.
///
/// # Errors
///
/// A folder that cannot be read.
pub fn folders_in(root: &Path) -> Result<Vec<(PathBuf, Folder)>, Vec<Fault>> {
    let unreadable = |error: &std::io::Error| {
        let name = root.file_name().unwrap_or(root.as_os_str()).to_string_lossy();
        let what = format!("The folder of mappings cannot be read: {error}.");
        vec![Fault::new("folder-unreadable", name, what, "Check that it is there and that you may read it.")]
    };
    let mut places = Vec::new();
    let root = root.canonicalize().map_err(|error| unreadable(&error))?;
    if root.join("mapping.toml").is_file() {
        places.push(root.clone());
    } else {
        for entry in std::fs::read_dir(&root).map_err(|error| unreadable(&error))? {
            let path = entry.map_err(|error| unreadable(&error))?.path();
            if path.join("mapping.toml").is_file() {
                places.push(path);
            }
        }
    }
    places.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = Folder::read(&name, &path).map_err(|fault| vec![fault])?;
        Ok((path, folder))
    };
    places.into_iter().map(read).collect()
}

/// The mappings in the binary, by name.
///
/// # Errors
///
/// What is wrong with any of them.
pub fn shipped(dictionary: &Dictionary) -> Result<Vec<Mapping>, Vec<Fault>> {
    parse_all(&shipped_folders(), dictionary)
}

/// The mappings under `root`, by name.
///
/// # Errors
///
/// What is wrong with any of them, or with reading them.
pub fn in_folder(root: &Path, dictionary: &Dictionary) -> Result<Vec<Mapping>, Vec<Fault>> {
    let folders: Vec<Folder> = folders_in(root)?.into_iter().map(|(_, folder)| folder).collect();
    parse_all(&folders, dictionary)
}

fn parse_all(folders: &[Folder], dictionary: &Dictionary) -> Result<Vec<Mapping>, Vec<Fault>> {
    let (mut mappings, mut faults) = (Vec::new(), Vec::new());
    for folder in folders {
        match Mapping::parse(folder, dictionary) {
            Ok(mapping) => mappings.push(mapping),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(mappings) } else { Err(faults) }
}
