//! A fault at each write of the store. Built with the feature `failpoints` alone; `cargo x torture` runs these.

use crate::place::{Ended, PAYMENTS, Place};

/// What the store writes during an import, in this order; a record is replaced, a view created.
const FOLDERS: [&str; 5] = ["parts", "rejects", "snapshots", "loads", "views"];

fn with_one_row_that_does_not_fit() -> String {
    format!("{}4,D10,V8,차량 정비,언젠가,450000\n", PAYMENTS.replace("2017-0", "2018-0"))
}

fn fails_and_recovers(points: &str, code: i32) {
    let place = Place::with_payments();
    let file = place.write("next.csv", with_one_row_that_does_not_fit());
    let view = place.view();
    let mut command = place.take_command("own-payments", &[&file]);
    let ended = Ended::of(command.env("FAILPOINTS", points).output().unwrap());
    assert_eq!(ended.code, Some(code), "{points}: {}{}", ended.out, ended.err);
    let ended = ended.saying(&["Nothing was changed"]);
    assert_eq!(place.view(), view, "{points} changed the view: {}", ended.err);
    place.haechi(&["snapshot", "verify"]).with(0);

    place.take("own-payments", &[&file]).with(0);
    let undisturbed = Place::with_payments();
    let same = undisturbed.write("next.csv", with_one_row_that_does_not_fit());
    undisturbed.take("own-payments", &[&same]).with(0);
    let names =
        |place: &Place| place.kept().into_keys().filter(|file| !file.starts_with("store/loads/")).collect::<Vec<_>>();
    assert_eq!(names(&place), names(&undisturbed), "{points} left something behind");
}

#[test]
fn a_scenario_that_panics_fails_alone() {
    let place = Place::with_payments();
    for id in ["payment.own-question", "payment.sound-question"] {
        place.scenario(id, crate::outputs::SCENARIO, crate::outputs::GOOD_SQL);
    }
    let mut detect =
        place.command(&["detect", "--scenario", "payment.own-question", "--scenario", "payment.sound-question"]);
    let ended = Ended::of(detect.env("FAILPOINTS", "run.judge=1*panic(a test asked for it)").output().unwrap()).with(0);
    ended.saying(&["failed [run]: the engine stopped unexpectedly", "2 findings as of"]);
}

#[test]
fn a_full_disk_at_each_folder_of_the_store_changes_nothing_and_the_next_import_works() {
    for folder in FOLDERS {
        fails_and_recovers(&format!("store.write.{folder}=return(full)"), 13);
    }
}

#[test]
fn an_unwritable_disk_at_each_folder_of_the_store_changes_nothing_and_the_next_import_works() {
    for folder in FOLDERS {
        fails_and_recovers(&format!("store.write.{folder}=return(broken)"), 14);
    }
}

#[test]
fn a_fault_at_each_single_write_changes_nothing_and_the_next_import_works() {
    for before in 1..8 {
        fails_and_recovers(&format!("store.write={before}*off->1*return(full)->off"), 13);
    }
}
