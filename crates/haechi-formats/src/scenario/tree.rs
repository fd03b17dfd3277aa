//! Scenario folders where they lie: `AREA/NAME/`, on disk or in the binary.

use std::path::{Path, PathBuf};

use super::Scenario;
use crate::dictionary::Dictionary;
use crate::fault::Fault;
use crate::folder::Folder;

/// The scenario folders under `root`, in the order of their names, each with where it lies.
///
/// `root` may be a tree of areas, one area, or one scenario folder.
///
/// # Errors
///
/// A folder that cannot be read.
pub fn scenario_folders(root: &Path) -> Result<Vec<(PathBuf, Folder)>, Vec<Fault>> {
    // The whole path is wanted so that `.` still knows the names of folder and area.
    let root = root.canonicalize().map_err(|error| vec![unreadable(root, &error)])?;
    let is_scenario = |path: &Path| path.join("scenario.toml").is_file();
    let mut places = Vec::new();
    if is_scenario(&root) {
        places.push(root);
    } else {
        for child in sub_folders(&root)? {
            if is_scenario(&child) {
                places.push(child);
            } else {
                places.extend(sub_folders(&child)?);
            }
        }
    }
    let (mut folders, mut faults) = (Vec::new(), Vec::new());
    for path in places {
        let part = |path: Option<&Path>| {
            path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
        };
        let name = format!("{}/{}", part(path.parent()), part(Some(&path)));
        match Folder::read(&name, &path) {
            Ok(folder) => folders.push((path, folder)),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(folders) } else { Err(faults) }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let what = format!("The folder cannot be read: {error}.");
    let name = name.unwrap_or_else(|| path.to_string_lossy().into_owned());
    Fault::new("folder-unreadable", name, what, "Check that it is there and that you may read it.")
}

fn sub_folders(path: &Path) -> Result<Vec<PathBuf>, Vec<Fault>> {
    let entries = std::fs::read_dir(path).map_err(|error| vec![unreadable(path, &error)])?;
    let mut folders = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| vec![unreadable(path, &error)])?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if path.is_dir() && !hidden {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// Reads every folder; the faults of all are gathered, an id that two share is one.
fn parse_all(folders: impl IntoIterator<Item = Folder>, dictionary: &Dictionary) -> Result<Vec<Scenario>, Vec<Fault>> {
    let (mut scenarios, mut faults) = (Vec::<Scenario>::new(), Vec::new());
    for folder in folders {
        match Scenario::parse(&folder, dictionary) {
            Ok(scenario) if scenarios.iter().any(|other| other.id == scenario.id) => {
                let what = format!("Another folder is `{}` too.", scenario.id);
                faults.push(Fault::new("scenario-twice", folder.place("scenario.toml"), what, "Give it its own id."));
            }
            Ok(scenario) => scenarios.push(scenario),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(scenarios) } else { Err(faults) }
}

impl Scenario {
    /// Reads the scenarios under `root`: a tree of areas, one area, or one scenario folder.
    ///
    /// # Errors
    ///
    /// Every fault of every folder, and an id that two folders share.
    pub fn load_tree(root: &Path, dictionary: &Dictionary) -> Result<Vec<Self>, Vec<Fault>> {
        parse_all(scenario_folders(root)?.into_iter().map(|(_, folder)| folder), dictionary)
    }

    /// The scenarios that lie in the binary.
    ///
    /// # Errors
    ///
    /// As [`Scenario::load_tree`]; tests keep it from happening with the shipped dictionary.
    pub fn shipped(dictionary: &Dictionary) -> Result<Vec<Self>, Vec<Fault>> {
        parse_all(shipped_folders(), dictionary)
    }
}

/// The scenario folders that lie in the binary.
pub fn shipped_folders() -> Vec<Folder> {
    let areas = crate::shipped::SCENARIOS.dirs();
    let dirs = areas.flat_map(|area| area.dirs());
    dirs.map(|dir| Folder::embedded(&dir.path().to_string_lossy().replace('\\', "/"), dir)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fixture::{dictionary, good};

    #[test]
    fn a_tree_an_area_and_one_folder_are_read_alike() {
        let root = tempfile::tempdir().unwrap();
        let place = root.path().join("card/split-payment");
        std::fs::create_dir_all(&place).unwrap();
        std::fs::write(root.path().join("README.md"), "# Scenarios\n").unwrap();
        for (file, text) in good().files {
            std::fs::write(place.join(file), text).unwrap();
        }
        for root in [root.path().to_owned(), root.path().join("card"), place] {
            let folders = scenario_folders(&root).unwrap();
            assert_eq!(folders[0].1.name, "card/split-payment");
            assert_eq!(Scenario::load_tree(&root, &dictionary()).unwrap().len(), 1);
        }
    }

    #[test]
    fn what_cannot_be_read_and_an_id_used_twice_are_faults() {
        let code = |result: Result<Vec<Scenario>, Vec<Fault>>| result.unwrap_err()[0].code;
        assert_eq!(code(Scenario::load_tree(Path::new("not/there"), &dictionary())), "folder-unreadable");
        assert_eq!(code(parse_all([good(), good()], &dictionary())), "scenario-twice");
    }

    #[test]
    fn the_shipped_scenarios_are_read() {
        Scenario::shipped(&dictionary()).unwrap();
    }
}
