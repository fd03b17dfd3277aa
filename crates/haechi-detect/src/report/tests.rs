//! The report as its readers and its keepers see it.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use haechi_core::finding::Value;
use haechi_core::money::{Currency, Money};
use haechi_core::run_report::Outcome;
use haechi_core::time::Day;
use haechi_core::words::{Language, Words};
use regex::Regex;

use super::fixture::{a_year, a_year_with};
use super::show::Show;
use super::texts::{ENGLISH, KOREAN};
use super::*;

fn html(input: &ReportInput) -> String {
    let mut page = Vec::new();
    render(input, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

/// What a reader sees, one text a line: without style, charts and marks.
fn text(html: &str) -> String {
    let unseen = Regex::new("(?s)<style>.*?</style>|<svg.*?</svg>").unwrap();
    let tags = Regex::new(r"(?s)<[^>]*>|\n").unwrap();
    let bare = tags.replace_all(&unseen.replace_all(html, ""), "\n").into_owned();
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Keeps the findings of one scenario, and `count` of them.
fn only(mut input: ReportInput, scenario: &str, count: usize) -> ReportInput {
    input.findings.retain(|finding| finding.scenario.id.as_str() == scenario);
    input.findings.truncate(count);
    input.run.findings = input.findings.len() as u64;
    input
}

#[test]
fn a_small_report_reads_from_top_to_bottom() {
    for language in [Language::Korean, Language::English] {
        let mut input = only(a_year(language), "vendor.employee-account", 1);
        let kept = ["vendor.employee-account", "vendor.closed", "contract.split-order", "payment.weekend"];
        input.run.scenarios.retain(|run| kept.contains(&run.scenario.id.as_str()));
        input.loads.truncate(2);
        insta::assert_snapshot!(format!("small_{language}"), text(&html(&input)));
    }
}

#[test]
fn the_same_run_gives_the_same_bytes_in_any_order_of_findings() {
    let input = a_year(Language::Korean);
    let mut turned = input.clone();
    turned.findings.reverse();
    assert_eq!(html(&input), html(&turned));
}

#[test]
fn what_comes_from_outside_stays_text() {
    let evil = "<script>alert(1)</script>&\"";
    let mut input = a_year(Language::Korean);
    input.government = Words::new(evil, evil);
    input.units.values_mut().for_each(|name| *name = evil.to_owned());
    for finding in &mut input.findings {
        finding.explanation = Words::new(evil, evil);
        finding.subject.insert("place".to_owned(), Value::Text(evil.to_owned()));
        finding.evidence.iter_mut().for_each(|place| place.file = evil.to_owned());
    }
    input.evidence.values_mut().flat_map(|row| &mut row.cells).for_each(|cell| cell.value = evil.to_owned());
    input.loads.iter_mut().for_each(|load| load.file = evil.to_owned());
    for run in &mut input.run.scenarios {
        run.title = Words::new(evil, evil);
        if let Outcome::Failed { message, .. } = &mut run.outcome {
            *message = evil.to_owned();
        }
    }
    input.scenarios.iter_mut().for_each(|text| text.title = Words::new(evil, evil));
    let page = html(&input);
    assert!(!page.contains("<script"));
    assert!(!page.contains("&\""));
}

#[test]
fn a_report_is_one_file_that_runs_and_fetches_nothing() {
    let page = html(&a_year(Language::English));
    for elsewhere in ["<script", "<link", "<img", "@import", "url(", "https://", " onclick"] {
        assert!(!page.contains(elsewhere), "{elsewhere} is in the report");
    }
    assert_eq!(page.matches("http://").count(), page.matches("xmlns=\"http://www.w3.org/2000/svg\"").count());
}

#[test]
fn what_was_not_judged_stands_before_what_is_clean() {
    let mut input = only(a_year(Language::Korean), "none.at-all", 0);
    input.run.scenarios.retain(|run| !matches!(run.outcome, Outcome::Findings { .. }));
    let text = text(&html(&input));
    assert!(text.contains("살펴볼 것이 없습니다."));
    assert!(text.contains("판단하지 못한 시나리오가 3개 있습니다."));
    let outcomes = text.split("이유와 기준값").nth(1).unwrap();
    let at = |word: &str| outcomes.find(word).unwrap_or_else(|| panic!("{word} is missing"));
    assert!(at("실패") < at("판단할 수 없음") && at("판단할 수 없음") < at("깨끗함"));
}

#[test]
fn silence_is_not_called_clean() {
    let mut input = only(a_year(Language::Korean), "none.at-all", 0);
    input.run.scenarios.retain(|run| matches!(run.outcome, Outcome::CannotBeJudged { .. }));
    input.loads.clear();
    let text = text(&html(&input));
    assert!(text.contains("아무것도 찾지 못한 것을 깨끗하다고 읽지 마십시오."));
    assert!(text.contains("읽은 자료가 없습니다."));
}

#[test]
fn what_only_the_audit_office_may_see_is_said_at_the_top_and_at_the_findings() {
    let with = text(&html(&a_year(Language::Korean)));
    assert!(with.contains("감사부서만 먼저 보아야 하는 항목이 3건"));
    assert!(with.contains("담당자가 당사자일 수 있습니다."));
    let without = text(&html(&only(a_year(Language::Korean), "card.late-night", 2)));
    assert!(!without.contains("감사부서만 먼저 보아야 하는"));
}

#[test]
fn what_is_left_out_is_counted_and_can_be_had() {
    let mut input = a_year(Language::Korean);
    input.limits = ReportLimits { findings_per_scenario: 5, evidence_per_finding: 1 };
    let page = html(&input);
    assert_eq!(page.matches("<article").count(), 5 * 5 + 3);
    let text = text(&page);
    assert!(text.contains("13건은 여기에 싣지 않았습니다. 중요도와 금액이 큰 순서로 5건을 실었습니다."));
    assert!(text.contains("haechi detect --format csv"));
}

#[test]
fn the_largest_amount_stands_first_and_currencies_are_not_mixed() {
    let page = html(&a_year(Language::Korean));
    let section = page.split("id=\"s-payment-duplicate\"").nth(1).unwrap();
    let amounts = Regex::new(r#"class=a><dt>금액<dd>([^<]*)<"#).unwrap();
    let amounts: Vec<_> = amounts.captures_iter(section).take(9).map(|found| found[1].to_owned()).collect();
    let won = |text: &String| text.strip_suffix('원').map(|won| won.replace(',', "").parse::<i64>().unwrap());
    let sums: Vec<_> = amounts.iter().filter_map(won).collect();
    assert_eq!(sums.len(), 8);
    assert!(sums.is_sorted_by(|a, b| a >= b), "{sums:?}");
    assert_eq!(amounts.last().map(String::as_str), Some("£1,284.50"));
}

#[test]
fn a_report_of_some_findings_is_refused() {
    let mut input = a_year(Language::Korean);
    input.findings.pop();
    assert!(matches!(render(&input, &mut Vec::new()), Err(ReportError::Incomplete { stated: 60, given: 59 })));
    let mut input = a_year(Language::Korean);
    input.run.scenarios.remove(0);
    assert!(matches!(render(&input, &mut Vec::new()), Err(ReportError::Stranger { .. })));
}

#[test]
fn a_disk_that_is_full_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert!(matches!(render(&a_year(Language::Korean), &mut Full), Err(ReportError::Write(_))));
}

#[test]
fn a_large_report_stays_small_enough_to_send() {
    let size = html(&a_year_with(Language::Korean, 200)).len();
    assert!(size < 3_000_000, "{size} bytes");
}

#[test]
fn both_languages_have_the_same_messages_and_each_is_used() {
    let id = Regex::new(r"(?m)^([a-z][a-z-]*) =").unwrap();
    let ids = |source: &str| id.captures_iter(source).map(|found| found[1].to_owned()).collect::<BTreeSet<_>>();
    for source in [KOREAN, ENGLISH] {
        assert!(FluentResource::try_new(source.to_owned()).is_ok());
    }
    assert_eq!(ids(KOREAN), ids(ENGLISH));

    let sources = [
        include_str!("view.rs"),
        include_str!("show.rs"),
        include_str!("report.html"),
        include_str!("head.html"),
        include_str!("glance.html"),
        include_str!("lines.html"),
        include_str!("outcomes.html"),
        include_str!("read.html"),
        include_str!("findings.html"),
        include_str!("finding.html"),
        include_str!("verify.html"),
    ]
    .concat();
    let quoted = Regex::new(r#""([a-z][a-z-]*)""#).unwrap();
    let quoted: BTreeSet<_> = quoted.captures_iter(&sources).map(|found| found[1].to_owned()).collect();
    let unused: Vec<_> = ids(KOREAN).into_iter().filter(|id| !quoted.contains(id)).collect();
    assert!(unused.is_empty(), "messages nobody shows: {unused:?}");

    let called = Regex::new(r#"(?:\.t|\.n|\.w|get|count|what|with|named)\(\s*"([a-z][a-z-]*)""#).unwrap();
    let missing: Vec<_> = called
        .captures_iter(&sources)
        .map(|found| found[1].to_owned())
        .filter(|used| !ids(KOREAN).contains(used))
        .filter(|used| !["from", "value", "currency", "government"].contains(&used.as_str()))
        .collect();
    assert!(missing.is_empty(), "messages that do not exist: {missing:?}");
}

#[test]
fn days_money_and_numbers_are_written_the_way_of_each_language() {
    let (ko, en) = (Show::in_language(Language::Korean), Show::in_language(Language::English));
    let day = Day::from_ymd_opt(2026, 11, 22).unwrap();
    assert_eq!((ko.day(&day), en.day(&day)), ("2026.11.22.".to_owned(), "22 November 2026".to_owned()));
    assert_eq!(en.stamp("2026-11-22T05:03:54Z"), "22 November 2026 05:03 UTC");
    let won = |amount| Money { amount, currency: Currency::Krw };
    assert_eq!((ko.money(&won(-1_234_000)), en.money(&won(-1_234_000))), ("-1,234,000원".into(), "-₩1,234,000".into()));
    assert_eq!(ko.spoken(&won(342_565_000)).as_deref(), Some("약 3억 4,256만 원"));
    assert_eq!(en.spoken(&won(342_565_000)).as_deref(), Some("about ₩342.5 million"));
    assert_eq!(ko.spoken(&won(99_999_999)), None);
    let value = |show: &Show, value, unit| show.value(&value, Some(unit), Some(Currency::Gbp));
    assert_eq!(value(&en, Value::Int(1), "people"), "1 person");
    assert_eq!(value(&en, Value::Int(1_200), "minutes"), "1,200 minutes");
    assert_eq!(value(&ko, Value::Int(123_456), "money"), "£1,234.56");
    assert_eq!(value(&ko, Value::Text("2026-11-22T14:05".to_owned()), ""), "2026.11.22. 14:05");
    assert_eq!(value(&ko, Value::Text("2026-1".to_owned()), ""), "2026-1");
}

/// Not a test of its own: `web/report-check/check.mjs` looks at what it writes.
#[test]
#[ignore = "writes the pages of the report check into the folder HAECHI_REPORT_PAGES names"]
fn pages_for_the_report_check() {
    let folder = std::path::PathBuf::from(std::env::var_os("HAECHI_REPORT_PAGES").unwrap());
    for language in [Language::Korean, Language::English] {
        std::fs::write(folder.join(format!("report.{language}.html")), html(&a_year(language))).unwrap();
        let mut empty = only(a_year(language), "none.at-all", 0);
        empty.run.scenarios.retain(|run| !matches!(run.outcome, Outcome::Findings { .. }));
        std::fs::write(folder.join(format!("empty.{language}.html")), html(&empty)).unwrap();
    }
}
