//! Folders that are no data folders, of another format, or not safe, and requests that do not fit.

use crate::place::{PAYMENTS, Place};

#[test]
fn a_folder_that_is_no_data_folder_is_answered_with_how_to_make_one() {
    let place = Place::bare();
    place.haechi(&["snapshot", "list"]).with(15).saying(&["is not a data folder", "`haechi init "]);
    assert!(!place.data().exists(), "nothing is made by looking");
}

#[test]
fn init_makes_no_data_folder_of_a_folder_that_holds_something_else() {
    let place = Place::bare();
    place.write("data/thesis.docx", "years of work");
    let data = place.data();
    place.haechi(&["init", &data.to_string_lossy()]).with(15).saying(&["is not empty", "thesis.docx"]);
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1);
}

#[test]
fn init_of_a_data_folder_that_is_there_changes_nothing() {
    let place = Place::with_payments();
    let key = std::fs::read(place.data().join("keys/installation.key")).unwrap();
    let data = place.data().to_string_lossy().into_owned();
    place.refuses(&mut place.command(&["init", &data]), 15).saying(&["is a data folder already"]);
    assert_eq!(std::fs::read(place.data().join("keys/installation.key")).unwrap(), key);
}

#[test]
fn a_data_folder_of_a_newer_format_is_refused() {
    let place = Place::with_payments();
    let kept = place.kept();
    place.write("data/haechi.toml", "format = 2\n");
    let file = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    place.take("own-payments", &[&file]).with(15).saying(&["is of format 2", "knows format 1", "a newer one"]);
    assert_eq!(place.kept(), kept);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_refused_until_its_mode_is_mended() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with_payments();
    let key = place.data().join("keys/installation.key");
    let file = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    place.refuses_to_take("own-payments", &[&file], 15).saying(&["can be read by others (mode 644)", "chmod 600"]);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    place.take("own-payments", &[&file]).with(0);
}

#[test]
fn a_lost_or_damaged_key_is_refused() {
    let place = Place::with_payments();
    let key = place.data().join("keys/installation.key");
    let file = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    std::fs::write(&key, "half a key\n").unwrap();
    place.refuses_to_take("own-payments", &[&file], 15).saying(&["64 hexadecimal digits", "backup"]);
    std::fs::remove_file(&key).unwrap();
    place.refuses_to_take("own-payments", &[&file], 14).saying(&["installation.key", "Nothing was changed"]);
}

#[test]
fn a_month_of_a_quarter_that_is_loaded_is_refused() {
    let place = Place::new();
    let quarter = place.write("q1.csv", PAYMENTS);
    let january = place.write("january.csv", PAYMENTS.replace("450000", "460000"));
    let with = |period: &'static str, file: &std::path::Path| {
        let mut command = place.take_command("own-quarters", &[file]);
        command.args(["--period", period]);
        command
    };
    crate::place::Ended::of(with("2017-Q1", &quarter).output().unwrap()).with(0);
    place.refuses(&mut with("2017-01", &january), 15).saying(&[
        "covers 2017-01",
        "overlaps 2017-Q1",
        "`own-quarters`",
        "take files that cover 2017-Q1",
        "Nothing was replaced",
    ]);
}

#[test]
fn a_damaged_part_is_found_by_its_digest() {
    let place = Place::with_payments();
    let part = place.kept().into_keys().find(|file| file.starts_with("store/parts/")).unwrap();
    let path = place.data().join(&part);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    place
        .haechi(&["snapshot", "verify"])
        .with(14)
        .saying(&[part.trim_start_matches("store/"), "is not what was written"]);
}

#[test]
fn a_part_that_is_missing_or_cut_short_is_named_and_never_read_as_one_without_rows() {
    let place = Place::with_payments();
    let part = place.kept().into_keys().find(|file| file.starts_with("store/parts/")).unwrap();
    let path = place.data().join(&part);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    place.haechi(&["detect"]).with(14).saying(&[part.trim_start_matches("store/"), "bytes long", "backup"]);
    std::fs::remove_file(&path).unwrap();
    place.haechi(&["detect"]).with(14).saying(&[part.trim_start_matches("store/"), "it is missing", "backup"]);
}

#[test]
fn a_damaged_manifest_is_named_with_the_way_out() {
    let place = Place::with_payments();
    let manifest = place.kept().into_keys().find(|file| file.starts_with("store/snapshots/")).unwrap();
    std::fs::write(place.data().join(&manifest), "{\"format\":").unwrap();
    place.haechi(&["detect"]).with(14).saying(&["is damaged", "backup", "haechi snapshot verify"]);
}
