//! What may stand in a `.rs` file, and how long it may be.

use super::Report;

/// A file this long is worth splitting.
const LONG: usize = 350;
/// No file is longer.
const LONGEST: usize = 700;

/// Module names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "common", "helpers", "misc", "manager"];

/// Left-overs. Put together here so that this file does not find itself.
const LEFT_OVER: [&str; 6] = [
    concat!("to", "do!("),
    concat!("unimplemen", "ted!("),
    concat!("db", "g!("),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X"),
];

/// A text that may stand in certain files only.
struct Home {
    needles: &'static [&'static str],
    /// Beginnings of the paths where it may stand.
    places: &'static [&'static str],
    /// Whether tests may have it too.
    in_tests: bool,
    why: &'static str,
}

const HOMES: [Home; 8] = [
    Home {
        needles: &["datafusion::", "arrow::", "parquet::"],
        places: &["crates/haechi-detect/", "crates/haechi-cluster/", "crates/xtask/src/tidy/"],
        in_tests: false,
        why: "only haechi-detect is written against the query engine",
    },
    Home {
        needles: &["object_store::"],
        places: &[
            "crates/haechi-detect/",
            "crates/haechi-cluster/",
            "crates/haechi-office/src/files/",
            "crates/xtask/src/tidy/",
        ],
        in_tests: false,
        why: "snapshots of the engine and attachments of the office lie in stores, each opened in one place",
    },
    Home {
        needles: &["sqlx::"],
        places: &["crates/haechi-databases/", "crates/haechi-office/src/db.rs", "crates/xtask/src/tidy/"],
        in_tests: true,
        why: "only haechi-databases is written against live databases, and the office opens its own in one place",
    },
    Home {
        needles: &["axum::", "sea_orm::"],
        places: &["crates/haechi-office/", "crates/xtask/src/tidy/"],
        in_tests: false,
        why: "only the office is written against the web and its database",
    },
    Home {
        needles: &[
            "SessionContext::new",
            ".register_table(",
            ".register_parquet(",
            ".register_batch(",
            ".register_udf(",
            ".register_udaf(",
            ".register_csv(",
        ],
        places: &["crates/haechi-detect/src/session.rs", "crates/xtask/src/tidy/"],
        in_tests: true,
        why: "a session is built, and tables and functions are registered, in session.rs alone",
    },
    Home {
        needles: &["SystemTime::now", "Utc::now", "Local::now"],
        places: &["crates/haechi-core/src/time.rs", "crates/haechi/src/clock.rs", "crates/xtask/src/tidy/"],
        in_tests: false,
        why: "what day it is comes from Clock",
    },
    Home {
        needles: &["Instant::now"],
        places: &[
            "crates/xtask/src/stopwatch.rs",
            "crates/haechi-detect/src/run/timing.rs",
            "crates/haechi-office/src/health/observe.rs",
            "crates/xtask/src/tidy/",
        ],
        in_tests: false,
        why: "nothing may depend on how fast the machine is",
    },
    Home {
        needles: &["env::var(", "env::var_os(", "env::vars("],
        places: &[
            "crates/haechi/src/",
            "crates/haechi-office/build.rs",
            "crates/xtask/",
            "crates/haechi-formats/src/mapping/real_exports.rs",
        ],
        in_tests: true,
        why: "a library is told by its caller, not by the environment",
    },
];

pub(super) fn check(file: &str, text: &str, report: &mut Report) {
    name(file, report);
    let lines = text.lines().count();
    if lines > LONGEST {
        report.error(file, format!("{lines} lines; {LONGEST} is the end, split it by what it is about"));
    } else if lines > LONG {
        report.warn(file, format!("{lines} lines; {LONG} is what a reader holds"));
    }
    let mut in_tests = file.ends_with("/tests.rs") || file.contains("/tests/");
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", number + 1);
        in_tests |= line.trim_start().starts_with("#[cfg(test)]") && file.ends_with(".rs");
        if let Some(word) = LEFT_OVER.iter().find(|word| line.contains(**word)) {
            report.error(&place, format!("`{word}` is left over"));
        }
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        if code.starts_with("#[allow(") || code.starts_with("#![allow(") {
            report.error(&place, "use `#[expect(lint, reason = \"…\")]`, which says when it is no longer needed");
        }
        if let Some(module) = code.strip_prefix("pub ").unwrap_or(code).strip_prefix("mod ")
            && EMPTY_NAMES.contains(&module.trim_end_matches([';', '{', ' ']))
        {
            report.error(&place, "call a module by what it is about");
        }
        for home in &HOMES {
            let at_home = home.places.iter().any(|start| file.starts_with(start)) || (home.in_tests && in_tests);
            if !at_home && let Some(needle) = home.needles.iter().find(|needle| names(code, needle)) {
                report.error(&place, format!("`{needle}`: {}", home.why));
            }
        }
    }
}

/// Whether `code` holds `needle` as a name of its own, not as the end of a longer one (`haechi_arrow::`).
fn names(code: &str, needle: &str) -> bool {
    let bare = needle.starts_with('.');
    code.match_indices(needle).any(|(at, _)| {
        bare || !code[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_')
    })
}

fn name(file: &str, report: &mut Report) {
    let parts: Vec<&str> = file.split('/').collect();
    let empty = |part: &&str| EMPTY_NAMES.contains(&part.trim_end_matches(".rs"));
    if let Some(part) = parts.iter().find(|part| empty(part)) {
        report.error(file, format!("`{part}` says nothing; call it by what it is about"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(file: &str, text: &str) -> Vec<String> {
        let mut report = Report::default();
        check(file, text, &mut report);
        report.errors
    }

    #[test]
    fn the_engine_is_named_in_its_own_crate_only() {
        let text = "use datafusion::prelude::SessionContext;\n";
        assert_eq!(errors("crates/haechi-detect/src/run.rs", text), Vec::<String>::new());
        let found = errors("crates/haechi/src/main.rs", text);
        assert_eq!(
            found,
            ["crates/haechi/src/main.rs:1: `datafusion::`: only haechi-detect is written against the query engine"]
        );
    }

    #[test]
    fn the_office_opens_a_store_where_its_attachments_lie_and_nowhere_else() {
        let text = "use object_store::ObjectStore;\n";
        assert!(errors("crates/haechi-office/src/files/place.rs", text).is_empty());
        assert_eq!(errors("crates/haechi-office/src/slices/cases/actions.rs", text).len(), 1);
        assert_eq!(errors("crates/haechi-office/src/files/place.rs", "use parquet::file;\n").len(), 1);
    }

    #[test]
    fn a_session_is_built_in_session_rs_and_in_tests() {
        let text = "fn f() { SessionContext::new_with_config(c); }\n";
        assert_eq!(errors("crates/haechi-detect/src/run.rs", text).len(), 1);
        assert!(errors("crates/haechi-detect/src/session.rs", text).is_empty());
        assert!(errors("crates/haechi-detect/src/functions/tests.rs", text).is_empty());
        assert!(errors("crates/haechi-detect/src/run.rs", &format!("#[cfg(test)]\nmod tests {{ {text} }}")).is_empty());
    }

    #[test]
    fn a_longer_name_that_ends_alike_is_another_name() {
        assert!(errors("crates/haechi/src/main.rs", "use narrow::band;\n").is_empty());
    }

    #[test]
    fn a_comment_may_name_anything_but_left_overs() {
        assert!(errors("crates/haechi/src/main.rs", "// unlike arrow::array\n").is_empty());
        let left = concat!("// TO", "DO later\n");
        assert_eq!(errors("crates/haechi/src/main.rs", left).len(), 1);
    }

    #[test]
    fn a_module_that_says_nothing_is_refused_by_file_and_by_declaration() {
        assert_eq!(errors("crates/haechi/src/utils.rs", "").len(), 1);
        assert_eq!(errors("crates/haechi/src/helpers/mod.rs", "").len(), 1);
        assert_eq!(errors("crates/haechi/src/main.rs", "pub mod misc;\n").len(), 1);
    }

    #[test]
    fn lints_are_expected_and_not_allowed() {
        assert_eq!(errors("crates/haechi/src/main.rs", "#[allow(dead_code)]\nfn f() {}\n").len(), 1);
    }

    #[test]
    fn a_long_file_is_warned_about_and_a_very_long_one_refused() {
        let mut report = Report::default();
        check("a.rs", &"\n".repeat(351), &mut report);
        assert_eq!((report.warnings.len(), report.errors.len()), (1, 0));
        check("b.rs", &"\n".repeat(701), &mut report);
        assert_eq!((report.warnings.len(), report.errors.len()), (1, 1));
    }
}
