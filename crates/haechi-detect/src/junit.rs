//! Test results as JUnit XML, which every CI shows.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::error::EngineError;

/// The results as JUnit XML: a suite a folder, a case a heading, the difference as the failure's text.
pub fn report<'a>(
    name: &str,
    suites: impl IntoIterator<Item = (&'a str, Vec<(&'a str, Option<&'a str>)>)>,
) -> Result<String, EngineError> {
    let mut report = Report::new(name);
    for (folder, cases) in suites {
        let mut suite = TestSuite::new(folder);
        for (title, difference) in cases {
            let status = match difference {
                None => TestCaseStatus::success(),
                Some(difference) => {
                    let mut failed = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    failed.set_description(difference);
                    failed
                }
            };
            suite.add_test_case(TestCase::new(title, status));
        }
        report.add_test_suite(suite);
    }
    report
        .to_string()
        .map_err(|error| EngineError::Asked(format!("The results cannot be written as JUnit XML: {error}.")))
}
