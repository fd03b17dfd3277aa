//! The same exports, rules and key give the same bytes: on another machine, in another time zone, on another day.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use haechi_core::time::FixedClock;
use haechi_detect::import::{Progress, TakeOptions, take};
use haechi_detect::run::{Catalogue, RunOptions, detect};
use haechi_detect::session::Limits;

use crate::city::{City, Ran, code, wait};
use crate::ledger::{self, GOVERNMENT, MAPPING};

fn exports(city: &City) -> [PathBuf; 2] {
    [
        ledger::month(city, "exports", 2017, 8, &ledger::august()),
        ledger::month(city, "exports", 2017, 9, &ledger::september()),
    ]
}

#[test]
fn a_second_run_and_another_machine_give_the_same_bytes() {
    let here = City::new();
    here.take(MAPPING, &exports(&here));
    let first = here.detect(&[]);
    assert!(crate::city::findings(&first).len() >= 8, "there is something to compare");
    assert_eq!(here.detect(&[]), first);
    assert_eq!(here.kept("runs/6110000").len(), 1, "a run that comes to the same is the same run");

    // Elsewhere: another folder, time zone, language, number of threads, little memory, a load a file, the later one first.
    let there = City::with_the_key_of(&here);
    let foreign = |arguments: &[&str]| {
        let mut command = there.command(arguments);
        command.env("TZ", "America/New_York").env("LC_ALL", "C").env("LANG", "C");
        Ran::of(&mut command).ends_with(0)
    };
    let [august, september] = exports(&there);
    for file in [september, august] {
        let file = file.to_str().unwrap();
        foreign(&["snapshot", "take", "--mapping", MAPPING, "--threads", "1", file]);
    }
    let second = foreign(&["detect", "--format", "jsonl", "--threads", "5", "--memory", "64"]);
    assert_eq!(second.stdout, first);
    assert_eq!(there.kept("reports"), here.kept("reports"));
    assert_eq!(there.kept("snapshots"), here.kept("snapshots"));
    assert_eq!(there.kept("parts"), here.kept("parts"));

    // In one load again, but from folders that sort the other way round.
    let apart = City::with_the_key_of(&here);
    let files = [
        ledger::month(&apart, "a", 2017, 9, &ledger::september()),
        ledger::month(&apart, "b", 2017, 8, &ledger::august()),
    ];
    apart.take(MAPPING, &files);
    assert_eq!(apart.detect(&[]), first);
}

#[test]
fn on_another_day_only_the_envelope_of_the_run_differs() {
    let here = City::new();
    here.take(MAPPING, &exports(&here));
    let today = here.detect(&[]);

    let then = City::with_the_key_of(&here);
    let files = exports(&then);
    let folder = then.open().with_clock(Arc::new(FixedClock(1_000_000_000)));
    let ran = wait(async {
        let mappings = haechi_formats::mapping::shipped(&folder.dictionary).unwrap();
        let mapping = mappings.iter().find(|mapping| mapping.name.as_str() == MAPPING).unwrap();
        let lock = folder.lock(false, |_| {}).unwrap();
        let options = TakeOptions { period: None, threads: 2 };
        take(&folder, &lock, mapping, &files, &options, &Progress::default()).await.unwrap();
        let options = RunOptions {
            as_of: None,
            only: Vec::new(),
            limits: Limits::default(),
            time_limit: Duration::from_secs(600),
            parameters: String::new(),
            progress: Arc::default(),
        };
        let catalogue = Catalogue::load(&folder.dictionary, None).unwrap();
        detect(&folder, &code(GOVERNMENT), &catalogue, &options).await.unwrap()
    });
    assert_eq!(ran.envelope.at, "2001-09-09T01:46:40Z");
    assert_eq!(ran.findings.bytes().to_vec(), today);
    assert_eq!(then.kept("reports"), here.kept("reports"));
}
