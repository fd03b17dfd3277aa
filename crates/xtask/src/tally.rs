//! How many tests ran, so that a run which tests nothing is seen.

/// Passed and failed, over everything that was run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many passed.
    pub(crate) passed: u64,
    /// How many failed.
    pub(crate) failed: u64,
}

impl Tally {
    /// Adds the numbers of a line such as `test result: ok. 12 passed; 0 failed; 1 ignored; …`; other lines add nothing.
    pub(crate) fn read_line(&mut self, line: &str) {
        let Some(rest) = line.trim_start().strip_prefix("test result:") else { return };
        let number = |word: &str| -> u64 {
            rest.split([';', '.'])
                .filter_map(|part| part.trim().strip_suffix(word))
                .find_map(|number| number.trim().parse().ok())
                .unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }

    /// Counts one check of our own.
    pub(crate) fn count(&mut self, passed: bool) {
        match passed {
            true => self.passed += 1,
            false => self.failed += 1,
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_several_test_programs_are_added_up() {
        let mut tally = Tally::default();
        tally.read_line("running 3 tests");
        tally.read_line(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        tally.read_line("test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        assert_eq!(tally, Tally { passed: 16, failed: 2 });
        assert_eq!(tally.to_string(), "16 passed, 2 failed");
    }

    #[test]
    fn a_run_without_tests_adds_up_to_nothing() {
        let mut tally = Tally::default();
        tally.read_line("warning: unused");
        assert_eq!(tally.to_string(), "0 passed, 0 failed");
    }
}
