//! `cases.md` of a scenario. Nothing may panic, and every block's span must hold its text. Used by the fuzz target and by the replay test.

use std::sync::LazyLock;

use haechi_core::ids::ScenarioId;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::folder::Folder;
use haechi_formats::scenario::{Scenario, new_scenario, scenario_cases};
use haechi_formats::tables::CasesFile;

// Read once: it is the same in every run, and reading it takes longer than what is tried.
static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| haechi_formats::shipped::dictionary().unwrap_or_default());

/// One run.
pub(crate) fn drive(text: &str) {
    let Ok(file) = CasesFile::parse("cases.md", text) else { return };
    for block in file.cases.iter().flat_map(|case| &case.blocks) {
        assert_eq!(text.get(block.span.clone()), Some(block.text.as_str()));
    }
    let dictionary = &*DICTIONARY;
    let (Some(table), Ok(id)) = (dictionary.table("card_expense"), ScenarioId::parse("area.name")) else { return };
    let folder = Folder { name: "area/name".to_owned(), files: new_scenario(&id, table) };
    if let Ok(scenario) = Scenario::parse(&folder, dictionary) {
        let _ = scenario_cases(&file, &scenario, dictionary);
    }
}
