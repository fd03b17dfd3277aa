//! `scenario.toml` and `query.sql`, parted by the first line `---`: read, lint, put parameters in. Nothing may panic. Used by the fuzz target and by the replay test.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use haechi_core::ids::Government;
use haechi_core::time::Day;
use haechi_formats::dictionary::Dictionary;
use haechi_formats::folder::Folder;
use haechi_formats::scenario::{Overrides, Scenario, apply_fixes, lint};

// Read once: it is the same in every run, and reading it takes longer than what is tried.
static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| haechi_formats::shipped::dictionary().unwrap_or_default());

/// One run.
pub(crate) fn drive(text: &str) {
    let (settings, sql) = text.split_once("\n---\n").unwrap_or((text, ""));
    let files = BTreeMap::from([
        ("scenario.toml".to_owned(), format!("{settings}\n")),
        ("query.sql".to_owned(), sql.to_owned()),
    ]);
    let folder = Folder { name: "area/name".to_owned(), files };
    let dictionary = &*DICTIONARY;
    apply_fixes(&folder, &lint(&folder, dictionary));
    let Ok(mut scenario) = Scenario::parse(&folder, dictionary) else { return };
    let Ok(government) = Government::parse("TEST") else { return };
    if let Ok(expanded) = scenario.expand(&government, &Overrides::default(), Day::MIN) {
        // Expanding leaves no dated parameter behind.
        scenario.sql = expanded.sql;
        scenario
            .parameters
            .retain(|_, parameter| matches!(parameter.value, haechi_formats::scenario::ParameterValue::Scalar(_)));
        // A number used only in an argument that no value needs may have gone with it.
        assert!(scenario.parameter_faults().iter().all(|fault| fault.code == "parameter-unused"));
    }
}
