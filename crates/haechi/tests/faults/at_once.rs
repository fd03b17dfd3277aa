//! Two at once in one data folder.

use std::process::Stdio;

use crate::place::{Ended, PAYMENTS, Place};

#[test]
fn two_imports_at_once_both_succeed_and_both_are_in_view() {
    let place = Place::new();
    let names: Vec<String> = (1..=4).map(|month| format!("2018-0{month}")).collect();
    let files: Vec<_> = names
        .iter()
        .map(|month| {
            place.write(
                &format!("{month}.csv"),
                format!("지급번호,부서,거래처,적요,지급일,금액\n1,D1,V1,가,{month}-05,1000\n"),
            )
        })
        .collect();
    let children: Vec<_> = files
        .iter()
        .map(|file| {
            place.take_command("own-payments", &[file]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for child in children {
        Ended::of(child.wait_with_output().unwrap()).with(0);
    }
    let view = place.view();
    for month in &names {
        assert!(view.contains(&format!("\"{month}\"")), "{month} is not in view: {view}");
    }
    place.haechi(&["snapshot", "verify"]).with(0).saying(&["all as written"]);
}

#[test]
fn while_another_changes_the_folder_no_wait_ends_at_once_and_says_who_it_is() {
    let place = Place::with_payments();
    let file = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    let lock = std::fs::OpenOptions::new().read(true).write(true).open(place.data().join("lock")).unwrap();
    lock.lock().unwrap();
    place
        .refuses(place.take_command("own-payments", &[&file]).arg("--no-wait"), 12)
        .saying(&["Another haechi is changing this data folder (process ", "without --no-wait"]);

    // Reading needs no lock.
    place.haechi(&["detect"]).with(0);

    lock.unlock().unwrap();
    Ended::of(place.take_command("own-payments", &[&file]).arg("--no-wait").output().unwrap()).with(0);
}

#[test]
fn an_import_waits_for_the_one_before_it_and_says_so() {
    let place = Place::with_payments();
    let file = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    let lock = std::fs::OpenOptions::new().read(true).write(true).open(place.data().join("lock")).unwrap();
    lock.lock().unwrap();
    let mut child =
        place.take_command("own-payments", &[&file]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();

    // The lock is let go once the program has said that it waits.
    let mut said = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stderr.as_mut().unwrap()), &mut said).unwrap();
    assert!(said.starts_with("Waiting for another haechi to end"), "{said}");
    lock.unlock().unwrap();
    Ended::of(child.wait_with_output().unwrap()).with(0);
    assert!(place.view().contains("2017-03"));
}
