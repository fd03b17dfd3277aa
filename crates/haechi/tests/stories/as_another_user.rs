//! The program needs no home, no path and no root; it works from any folder.

use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::Path;
use std::process::Command;

use crate::city::{City, Ran, findings, program};
use crate::ledger::{self, MAPPING};

#[test]
fn from_another_folder_with_an_empty_environment_it_works_the_same() {
    let city = City::new();
    let file = ledger::month(&city, "exports", 2017, 8, &ledger::august());
    let elsewhere = tempfile::tempdir().unwrap();
    let bare = |arguments: &[&str]| {
        let mut command = program();
        command.args(arguments).env_clear().env("PATH", "/nonexistent").env("HAECHI_DATA", city.data());
        Ran::of(command.current_dir(elsewhere.path())).ends_with(0)
    };
    bare(&["snapshot", "take", "--mapping", MAPPING, file.to_str().unwrap()]);
    let there = bare(&["detect", "--format", "jsonl", "--scenario", "card.split-payment"]).stdout;
    assert_eq!(there, city.detect(&["card.split-payment"]));
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0, "nothing was left where it was run");
}

/// An account without a name, a home or rights.
const NOBODY: u32 = 65_534;

#[test]
fn as_a_user_without_name_or_home_it_works_in_a_folder_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = std::fs::metadata(folder.path()).unwrap().uid() == 0;
    if !root || Command::new("setpriv").arg("--version").output().is_err() {
        println!("skipped: only root with setpriv can become another user");
        return;
    }
    // The build folder may be root's alone.
    let haechi = folder.path().join("haechi");
    let built = Path::new(env!("CARGO_BIN_EXE_haechi"));
    if std::fs::hard_link(built, &haechi).is_err() {
        std::fs::copy(built, &haechi).unwrap();
    }
    let export = folder.path().join("201708_expense_list.csv");
    std::fs::write(&export, ledger::csv(2017, 8, &ledger::HEADER, &ledger::august())).unwrap();
    for path in [folder.path(), &export] {
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    let as_nobody = |arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        let user = NOBODY.to_string();
        command.args(["--reuid", &user, "--regid", &user, "--clear-groups"]).arg(&haechi).args(arguments);
        Ran::of(command.current_dir(folder.path()).env_remove("HOME").env_remove("HAECHI_DATA")).ends_with(0)
    };
    as_nobody(&["init", "data"]);
    as_nobody(&["snapshot", "take", "--data", "data", "--mapping", MAPPING, "201708_expense_list.csv"]);
    let found = as_nobody(&["detect", "--data", "data", "--format", "jsonl", "--scenario", "card.split-payment"]);
    assert_eq!(findings(&found.stdout).len(), 1);
    let key = std::fs::metadata(folder.path().join("data/keys/installation.key")).unwrap();
    assert_eq!((key.uid(), key.mode() & 0o777), (NOBODY, 0o600));
}
