//! The scenarios of an installation: those in the binary, and its own in `DIR/scenarios`.

use std::collections::BTreeMap;
use std::path::Path;

use haechi_core::ids::ScenarioId;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::fault::Fault;
use haechi_formats::folder::Folder;
use haechi_formats::scenario::{RULE_FILES, Scenario};

use crate::error::EngineError;

/// A scenario and the folder it was read from.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The scenario.
    pub scenario: Scenario,
    /// Its folder's files.
    pub folder: Folder,
    /// Whether it is the installation's own.
    pub own: bool,
}

/// Scenarios by id.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The scenarios.
    pub scenarios: BTreeMap<ScenarioId, Listed>,
}

impl Catalogue {
    /// The shipped scenarios and those below `own` (a folder of AREA/NAME; it need not be there).
    ///
    /// # Errors
    ///
    /// Every fault of every own folder, and an own scenario that bears a shipped one's id.
    pub fn load(dictionary: &Dictionary, own: Option<&Path>) -> Result<Self, EngineError> {
        let mut catalogue = Self::default();
        let mut faults = Vec::new();
        for folder in haechi_formats::scenario::shipped_folders() {
            catalogue.add(folder, dictionary, false, &mut faults);
        }
        if let Some(own) = own.filter(|own| own.exists()) {
            for (_, folder) in haechi_formats::scenario::scenario_folders(own)? {
                catalogue.add(folder, dictionary, true, &mut faults);
            }
        }
        if faults.is_empty() { Ok(catalogue) } else { Err(faults.into()) }
    }

    /// A catalogue of the given folders alone, for replays.
    pub fn of(folders: impl IntoIterator<Item = Folder>, dictionary: &Dictionary) -> Result<Self, EngineError> {
        let mut catalogue = Self::default();
        let mut faults = Vec::new();
        for folder in folders {
            catalogue.add(folder, dictionary, false, &mut faults);
        }
        if faults.is_empty() { Ok(catalogue) } else { Err(faults.into()) }
    }

    fn add(&mut self, folder: Folder, dictionary: &Dictionary, own: bool, faults: &mut Vec<Fault>) {
        match Scenario::parse(&folder, dictionary) {
            Err(found) => faults.extend(found),
            Ok(scenario) => {
                let id = scenario.id.clone();
                if self.scenarios.contains_key(&id) {
                    faults.push(Fault::new(
                        "scenario-id-twice",
                        folder.place("scenario.toml"),
                        format!("The id `{id}` is another scenario's already."),
                        "Give it an id of its own; the folder's name must be the id.",
                    ));
                    return;
                }
                self.scenarios.insert(id, Listed { scenario, folder, own });
            }
        }
    }

    /// The rule files of the named scenarios, as a run archives them.
    pub(crate) fn rule_files(&self, ids: &[ScenarioId]) -> BTreeMap<String, BTreeMap<String, String>> {
        ids.iter()
            .filter_map(|id| self.scenarios.get(id))
            .map(|listed| {
                let files = RULE_FILES.iter().filter_map(|file| listed.folder.files.get_key_value(*file));
                let files = files.map(|(name, text)| (name.clone(), text.clone())).collect();
                (listed.scenario.id.to_string(), files)
            })
            .collect()
    }
}
