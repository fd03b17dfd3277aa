//! A disk that fills up half way.

use std::path::Path;
use std::process::Command;

use crate::place::{Ended, PAYMENTS, Place};

/// Payments whose texts pack badly, a few megabytes of them. The numbers come from a fixed seed.
fn bulky() -> String {
    let mut rows = "지급번호,부서,거래처,적요,지급일,금액\n".to_owned();
    let mut state = 7_u64;
    for number in 0..50_000 {
        let mut words = [0_u64; 6];
        for word in &mut words {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *word = state ^ (state >> 29);
        }
        let [a, b, c, d, e, f] = words;
        rows.push_str(&format!("{number},D1,V1,x{a:x}x{b:x}x{c:x}x{d:x}x{e:x}x{f:x},2017-05-05,1000\n"));
    }
    rows
}

/// A small disk of its own, mounted on a folder; unmounted in the end.
struct SmallDisk<'a>(&'a Path);

impl<'a> SmallDisk<'a> {
    /// `None` where this system or user may not mount.
    fn mount(on: &'a Path) -> Option<Self> {
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(on).output().ok()?;
        done.status.success().then_some(Self(on))
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let done = Command::new("umount").arg(self.0).status();
        assert!(done.is_ok_and(|status| status.success()), "the small disk stays mounted");
    }
}

#[test]
fn on_a_disk_that_fills_up_nothing_changes_and_the_next_import_works() {
    let place = Place::bare();
    let data = place.data();
    std::fs::create_dir(&data).unwrap();
    let Some(_disk) = SmallDisk::mount(&data) else {
        println!("skipped: this user may not mount a small disk; the file size limit is tested beside this");
        return;
    };
    println!("a disk of 2 MB is mounted on the data folder");
    place.haechi(&["init", &data.to_string_lossy()]).with(0);
    for (name, text) in crate::place::OWN_MAPPINGS {
        place.write(&format!("data/mappings/{name}/mapping.toml"), text);
    }
    let before = place.write("before.csv", PAYMENTS);
    place.take("own-payments", &[&before]).with(0);

    let bulky = place.write("bulky.csv", bulky());
    place.refuses_to_take("own-payments", &[&bulky], 13).saying(&[
        "The disk that holds the data folder is full",
        "Nothing was changed",
        "Make room",
    ]);
    let small = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    place.take("own-payments", &[&small]).with(0);
    place.haechi(&["snapshot", "verify"]).with(0).saying(&["all as written"]);
}

#[cfg(unix)]
#[test]
fn where_files_may_not_grow_nothing_changes_and_the_next_import_works() {
    let place = Place::with_payments();
    let bulky = place.write("bulky.csv", bulky());
    // Files of at most 100 blocks of 512 bytes (dash) or 1024 (bash); the signal is turned into an error of the write.
    let haechi = place.take_command("own-payments", &[&bulky]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\""]).arg(haechi.get_program());
    limited.args(haechi.get_args()).env("HAECHI_DATA", place.data());
    place.refuses(&mut limited, 14).saying(&["Cannot write ", "File too large", "Nothing was changed"]);
    Ended::of(place.take_command("own-payments", &[&bulky]).output().unwrap()).with(0);
}
