//! `scenario.lock`: a published version never changes meaning.

use haechi_core::digest::Digest;
use haechi_core::ids::ScenarioId;
use serde::{Deserialize, Serialize};

use super::Scenario;
use super::file::toml_error;
use crate::fault::Fault;
use crate::folder::Folder;

const FILE: &str = "scenario.lock";

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    format: u32,
    id: ScenarioId,
    version: u32,
    digest: Digest,
}

fn read(folder: &Folder) -> Result<Option<Lock>, Fault> {
    let Some(text) = folder.files.get(FILE) else { return Ok(None) };
    let lock: Lock = toml::from_str(text).map_err(|error| toml_error(&folder.place(FILE), text, &error))?;
    if lock.format == 1 {
        Ok(Some(lock))
    } else {
        let what = format!("The lock has format {}, this program reads format 1.", lock.format);
        Err(Fault::new("lock-format", folder.place(FILE), what, "Use a newer program."))
    }
}

/// The text of the folder's new `scenario.lock`.
///
/// # Errors
///
/// Where this version, or a later one, is locked with another content: what was published under a number keeps it.
pub fn lock(folder: &Folder, scenario: &Scenario) -> Result<String, Fault> {
    if let Some(old) = read(folder)? {
        refuse_other(folder, scenario, &old)?;
        if old.version > scenario.version {
            let what = format!("Version {} is locked, the folder says {}.", old.version, scenario.version);
            return Err(Fault::new("lock-older", folder.place(FILE), what, "Count on from the locked version."));
        }
    }
    let Scenario { id, version, digest, .. } = scenario;
    Ok(format!(
        "# Written by `haechi scenario lock`.\nformat = 1\nid = \"{id}\"\nversion = {version}\ndigest = \"{digest}\"\n"
    ))
}

/// Whether the folder is what its lock says.
///
/// # Errors
///
/// No lock, or one of another id, version or content.
pub fn check_lock(folder: &Folder, scenario: &Scenario) -> Result<(), Fault> {
    let help = "Run `haechi scenario lock`.";
    let Some(old) = read(folder)? else {
        return Err(Fault::new("lock-missing", folder.place(FILE), "The scenario is not locked.", help));
    };
    refuse_other(folder, scenario, &old)?;
    if old.version == scenario.version {
        return Ok(());
    }
    let what = format!("Version {} is locked, the folder says {}.", old.version, scenario.version);
    Err(Fault::new("lock-version", folder.place(FILE), what, help))
}

fn refuse_other(folder: &Folder, scenario: &Scenario, old: &Lock) -> Result<(), Fault> {
    if old.id != scenario.id {
        let what = format!("The lock is that of `{}`.", old.id);
        return Err(Fault::new("lock-id", folder.place(FILE), what, "A published scenario keeps its id."));
    }
    if old.version == scenario.version && old.digest != scenario.digest {
        let what = format!("Version {} was published with another content.", old.version);
        let help =
            "Raise `version`, then run `haechi scenario lock`; findings cite the old one, so its history must stay.";
        return Err(Fault::new("lock-differs", folder.place(FILE), what, help));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fixture::{dictionary, good, with};

    fn locked(mut folder: Folder) -> Folder {
        let scenario = Scenario::parse(&good(), &dictionary()).unwrap();
        folder.files.insert(FILE.to_owned(), lock(&good(), &scenario).unwrap());
        folder
    }

    fn codes(folder: &Folder) -> (Option<&'static str>, Option<&'static str>) {
        let scenario = Scenario::parse(folder, &dictionary()).unwrap();
        (lock(folder, &scenario).err().map(|f| f.code), check_lock(folder, &scenario).err().map(|f| f.code))
    }

    #[test]
    fn a_published_version_never_changes_meaning() {
        assert_eq!(codes(&locked(good())), (None, None));
        let changed = locked(with("query.sql", "amount > 0", "amount >= 0"));
        assert_eq!(codes(&changed), (Some("lock-differs"), Some("lock-differs")));
    }

    #[test]
    fn a_raised_version_may_be_locked_and_must_be() {
        let raised = locked(with("scenario.toml", "version   = 1", "version   = 2"));
        assert_eq!(codes(&raised), (None, Some("lock-version")));
        let mut back = good();
        back.files.insert(FILE.to_owned(), locked(good()).files[FILE].replace("version = 1", "version = 3"));
        assert_eq!(codes(&back), (Some("lock-older"), Some("lock-version")));
        assert_eq!(codes(&good()), (None, Some("lock-missing")));
    }

    #[test]
    fn a_lock_of_another_scenario_or_format_is_refused() {
        for (from, to, code) in [
            ("card.split", "card.spilt", "lock-id"),
            ("format = 1", "format = 2", "lock-format"),
            ("digest", "digset", "unknown-key"),
        ] {
            let mut folder = locked(good());
            folder.files.insert(FILE.to_owned(), folder.files[FILE].replace(from, to));
            assert_eq!(codes(&folder), (Some(code), Some(code)));
        }
    }
}
