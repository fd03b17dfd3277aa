//! `cargo x new-slice`: a small slice of the office that works, to be made into what is wanted.
//!
//! What it is made of lies in `slice/`, with `@name@` (`self_assessment`), `@Name@` (`SelfAssessment`), `@path@` (`self-assessment`) and `@stem@`
//! (the migration's) to be filled in.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::{process, workspace};

/// Make a slice of the office to start from: a record with two states, its pages, API, words, tables and tests
#[derive(clap::Args)]
pub(crate) struct NewSlice {
    /// Its name: small letters, digits and `_` (`self_assessment`)
    name: String,
}

impl NewSlice {
    pub(crate) fn run(self) -> Result<()> {
        let root = workspace::root();
        make(&root, &self.name)?;
        process::run(Command::new("cargo").args(["fmt", "--package", "haechi-office"]).current_dir(&root))?;
        println!("{SLICES}/{} is there, with its word in slices/mod.rs and its two lines in policy.rs.", self.name);
        println!("1. `cargo test -p haechi-office {}` passes as it is.", self.name);
        println!("2. Who may read and change it is in policy.rs: decide that first.");
        println!(
            "3. `INSTA_UPDATE=always cargo test -p haechi-office the_whole_policy the_list_of_routes`, then read what changed."
        );
        println!("4. Make it yours: state.rs, then actions.rs, then the rest (CONTRIBUTING.md).");
        Ok(())
    }
}

/// Where slices lie.
pub(crate) const SLICES: &str = "crates/haechi-office/src/slices";
/// The two files that are there before and are told of a slice.
pub(crate) const TOLD: [&str; 2] = ["crates/haechi-office/src/policy.rs", "crates/haechi-office/src/slices/mod.rs"];

/// The files of a slice, by their names in its folder.
const FILES: [(&str, &str); 14] = [
    ("mod.rs", include_str!("slice/mod.rs.txt")),
    ("state.rs", include_str!("slice/state.rs.txt")),
    ("actions.rs", include_str!("slice/actions.rs.txt")),
    ("store.rs", include_str!("slice/store.rs.txt")),
    ("error.rs", include_str!("slice/error.rs.txt")),
    ("pages.rs", include_str!("slice/pages.rs.txt")),
    ("list.html", include_str!("slice/list.html.txt")),
    ("detail.html", include_str!("slice/detail.html.txt")),
    ("api.rs", include_str!("slice/api.rs.txt")),
    ("words.ko.ftl", include_str!("slice/words.ko.ftl.txt")),
    ("words.en.ftl", include_str!("slice/words.en.ftl.txt")),
    ("migrations/mod.rs", include_str!("slice/migrations.rs.txt")),
    ("migrations/@stem@.rs", include_str!("slice/first.rs.txt")),
    ("tests.rs", include_str!("slice/tests.rs.txt")),
];

/// What is filled in.
struct Names {
    name: String,
    camel: String,
    path: String,
    stem: String,
}

impl Names {
    fn fill(&self, text: &str) -> String {
        text.replace("@name@", &self.name)
            .replace("@Name@", &self.camel)
            .replace("@path@", &self.path)
            .replace("@stem@", &self.stem)
    }
}

/// Makes the slice `name` in the workspace at `root`: its folder, its word in `slices/mod.rs`, its lines in `policy.rs`. What can be refused is
/// refused before the first is written.
///
/// # Errors
///
/// A name that is no module's, says nothing, or is taken; files there that are not of the form that is known.
pub(crate) fn make(root: &Path, name: &str) -> Result<()> {
    let names = names(root, name)?;
    let folder = root.join(SLICES).join(name);
    ensure!(!folder.exists(), "{} is there already", folder.display());
    let [policy, slices] = TOLD.map(|file| root.join(file));
    let decided = with_actions(&read(&policy)?, &names)?;
    let listed = with_word(&read(&slices)?, &names)?;
    for (file, text) in FILES {
        let path = folder.join(names.fill(file));
        let within = path.parent().context("a file without a folder")?;
        std::fs::create_dir_all(within).with_context(|| format!("cannot make {}", within.display()))?;
        write(&path, &names.fill(text))?;
    }
    write(&policy, &decided)?;
    write(&slices, &listed)
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Names that are Rust's own.
const RUST: [&str; 16] = [
    "as", "async", "const", "crate", "enum", "fn", "impl", "mod", "move", "pub", "self", "static", "super", "trait",
    "type", "use",
];

fn names(root: &Path, name: &str) -> Result<Names> {
    let is_plain = |text: &str| text.chars().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit());
    let parts: Vec<&str> = name.split('_').collect();
    let is_module = parts.iter().all(|part| !part.is_empty() && is_plain(part));
    ensure!(
        is_module && name.starts_with(|first: char| first.is_ascii_lowercase()) && name.len() <= 40,
        "`{name}` is no name of a slice: write small letters, digits and `_`, such as self_assessment"
    );
    ensure!(!RUST.contains(&name), "`{name}` is a word of Rust");
    let path = parts.join("-");
    let mut newest = (20_261_129, 0);
    for file in workspace::files(root)?.iter().filter(|file| file.starts_with("crates/haechi-office/src/")) {
        if let Some(stem) = file.rsplit('/').next().and_then(|name| name.strip_suffix(".rs"))
            && let Some(at) = numbered(stem)
        {
            newest = newest.max(at);
        }
        if file.ends_with(".ftl") {
            let words = read(&root.join(file))?;
            let taken = words
                .lines()
                .find(|line| line.starts_with(&format!("{path}-")) || line.starts_with(&format!("menu-{path} ")));
            if let Some(taken) = taken {
                bail!("`{name}` is taken: {file} has the message `{}`", taken.split(' ').next().unwrap_or_default());
            }
        }
    }
    let camel = parts.iter().map(|part| format!("{}{}", part[..1].to_uppercase(), &part[1..])).collect();
    // After all there are, whatever the day: a slice builds on what is there.
    let stem = format!("m{}_{:06}_{name}_first", newest.0, newest.1 + 1);
    Ok(Names { name: name.to_owned(), camel, path, stem })
}

/// Day and number of a migration: `m20261124_000008_outbox_first`.
fn numbered(stem: &str) -> Option<(u32, u32)> {
    let mut parts = stem.strip_prefix('m')?.splitn(3, '_');
    let (day, number) = (parts.next()?, parts.next()?);
    (day.len() == 8 && number.len() == 6).then_some((day.parse().ok()?, number.parse().ok()?))
}

/// `policy.rs` with the slice's two actions, and who may do them for a start.
fn with_actions(policy: &str, names: &Names) -> Result<String> {
    let actions = names.fill("    /// See what is in @name@.\n    Read@Name@ = \"@name@.read\",\n    /// Add to @name@ and close it.\n    Change@Name@ = \"@name@.change\",\n");
    let decisions = names.fill(
        "        Read@Name@ => is(Auditor) || is(IntegrityOfficer),\n        Change@Name@ => is(IntegrityOfficer),\n",
    );
    let taken = names.fill("Read@Name@ =");
    ensure!(!policy.contains(&taken), "policy.rs has an action `{}` already", taken.trim_end_matches(" ="));
    let with = before(policy, "\nactions! {\n", "}\n", &actions).context("policy.rs: there is no list `actions!`")?;
    before(&with, "\nfn allows(", "    }\n}\n", &decisions).context("policy.rs: there is no table `allows`")
}

/// `slices/mod.rs` with the slice behind all that are there.
fn with_word(slices: &str, names: &Names) -> Result<String> {
    let unknown = "slices/mod.rs: it is not of the form that is known";
    let last = slices.lines().rfind(|line| line.starts_with("pub mod ")).context(unknown)?;
    let with = slices.replacen(&format!("{last}\n"), &format!("{last}\n\npub mod {};\n", names.name), 1);
    let from = with.find("pub const ALL: &[Slice] =").context(unknown)?;
    let to = from + with.get(from..).and_then(|rest| rest.find("];")).context(unknown)?;
    let list = with.get(..to).context(unknown)?.trim_end().trim_end_matches(',');
    Ok(format!("{list}, {}::SLICE{}", names.name, with.get(to..).context(unknown)?))
}

/// `text` with `more` before the first line `end` that follows `start`.
fn before(text: &str, start: &str, end: &str, more: &str) -> Option<String> {
    let from = text.find(start)? + start.len();
    let to = from + text.get(from..)?.find(&format!("\n{end}"))? + 1;
    Some(format!("{}{more}{}", text.get(..to)?, text.get(to..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A workspace with what `make` looks at.
    fn office() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        let there = workspace::root();
        for file in TOLD.iter().copied().chain(["crates/haechi-office/src/words.ko.ftl"]) {
            let to = root.path().join(file);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::copy(there.join(file), to).unwrap();
        }
        root
    }

    fn text(root: &Path, file: &str) -> String {
        std::fs::read_to_string(root.join(file)).unwrap()
    }

    #[test]
    fn a_slice_is_its_folder_a_word_and_two_lines_and_nothing_is_left_to_fill_in() {
        let root = office();
        make(root.path(), "self_assessment").unwrap();
        let [policy, slices] = TOLD.map(|file| text(root.path(), file));
        assert!(
            slices.contains("\n\npub mod self_assessment;\n") && slices.contains(", self_assessment::SLICE]"),
            "{slices}"
        );
        assert!(policy.contains("    ReadSelfAssessment = \"self_assessment.read\",\n"), "{policy}");
        assert!(policy.contains("        ChangeSelfAssessment => is(IntegrityOfficer),\n    }\n}\n"), "{policy}");
        let mut files = Vec::new();
        workspace::walk(root.path(), SLICES, &mut files).unwrap();
        assert_eq!(files.len(), FILES.len() + 1);
        assert!(
            files.iter().any(|file| file.ends_with("migrations/m20261129_000001_self_assessment_first.rs")),
            "{files:?}"
        );
        for file in files {
            let text = text(root.path(), &file);
            assert!(["@name@", "@Name@", "@path@", "@stem@"].iter().all(|left| !text.contains(left)), "{file}");
        }
    }

    #[test]
    fn its_migration_comes_after_all_that_are_there() {
        let root = office();
        for stem in ["m20261129_000052_outbox_ways", "m20261124_000099_old", "mod", "m2026_1_x"] {
            std::fs::write(root.path().join("crates/haechi-office/src").join(format!("{stem}.rs")), "").unwrap();
        }
        assert_eq!(names(root.path(), "quiz").unwrap().stem, "m20261129_000053_quiz_first");
    }

    #[test]
    fn a_name_that_is_none_or_taken_is_refused_and_nothing_is_written() {
        let root = office();
        let before = TOLD.map(|file| text(root.path(), file));
        for name in ["", "Quiz", "quiz-show", "2quiz", "_quiz", "quiz_", "quiz__show", "../quiz", "mod", "case_", "log"]
        {
            assert!(make(root.path(), name).is_err(), "{name}");
        }
        std::fs::create_dir_all(root.path().join(SLICES).join("quiz")).unwrap();
        assert!(make(root.path(), "quiz").is_err());
        assert_eq!(TOLD.map(|file| text(root.path(), file)), before);
        make(root.path(), "merit").unwrap();
        std::fs::remove_dir_all(root.path().join(SLICES).join("merit")).unwrap();
        let again = make(root.path(), "merit").unwrap_err().to_string();
        assert!(again.contains("ReadMerit"), "{again}");
    }
}
