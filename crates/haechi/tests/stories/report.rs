//! The report is one page that needs nothing else, in both languages.

use crate::city::City;
use crate::ledger::{self, MAPPING};

#[test]
fn the_report_is_one_page_in_each_language_that_asks_the_questions_and_names_nobody() {
    let city = City::new();
    let mut payments = ledger::august();
    payments[0].attendees = "홍길동 복지국장 외 5명";
    let file = ledger::month(&city, "exports", 2017, 8, &payments);
    city.take(MAPPING, &[file]);
    let findings = city.findings(&[]);
    let split = findings.iter().find(|one| one.scenario.id.as_str() == "card.split-payment").unwrap();
    for (language, question) in [("ko", &split.explanation.ko), ("en", &split.explanation.en)] {
        let write = |out: &str| {
            city.haechi(&["report", "--lang", language, "--out", out]).ends_with(0);
            std::fs::read_to_string(city.path(out)).unwrap()
        };
        let page = write("report.html");
        assert!(page.starts_with("<!doctype html>"), "{language}");
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
        assert!(page.contains(question.as_str()), "{language}: {question}");
        assert!(!page.contains("홍길동"), "{language}: attendees are masked");
        let lower = page.to_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("javascript:"), "{language}");
        for fetch in ["http://", "https://", "@import", "url("] {
            let names = page.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
            assert!(!names.contains(fetch), "{language}: {fetch}");
        }
        assert_eq!(write("again.html"), page);
    }
}
