//! Statistics as stories, on both databases.

use haechi_core::run_report::Notify;

use crate::slices::cases::{self, Answer};
use crate::slices::people;
use crate::testing::{TestFinding, TestOffice, TestRun};

/// Four of Kim's findings: one corrected with money back, one answered, one left alone, one kept for the audit office.
async fn worked(office: &TestOffice) {
    let kept =
        TestFinding { scenario: "vendor.own-account", notify: Notify::AuditFirst, ..TestFinding::to_kim("거래처") };
    office
        .receive(&TestRun::of([TestFinding::to_kim("가"), TestFinding::to_kim("나"), TestFinding::to_kim("다"), kept]))
        .await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let mut rows = cases::store::open_cases(&tx).await.unwrap();
    drop(tx);
    rows.retain(|row| !row.kept);
    let corrected = Answer::Corrected {
        text: "환수했습니다.".to_owned(),
        recovered: Some(1_250_000),
        levied: None,
        prevented: Some(40_000),
    };
    let kim = office.actor("Kim").await;
    cases::answer(&office.office, &kim, rows[0].id, None, &corrected).await.unwrap();
    let explained = Answer::Explained { text: "다른 모임이었습니다.".to_owned() };
    cases::answer(&office.office, &kim, rows[1].id, None, &explained).await.unwrap();
    office.days_pass(1);
    cases::approve(&office.office, &office.actor("H").await, rows[0].id, None, "").await.unwrap();
    office.days_pass(1);
    cases::confirm(&office.office, &office.actor("A1").await, rows[0].id, None, false, "").await.unwrap();
}

/// The text of a page without its tags.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => (is_tag, _) = (false, out.push(' ')),
            letter if !is_tag => out.push(letter),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn the_three_rates_times_and_money_are_those_of_the_cases_one_may_see() {
    for office in TestOffice::both().await {
        worked(&office).await;
        let seen = text(&office.browser("Io").await.get("/statistics?period=2026-11").await.body);
        for figure in ["열린 사안 3", "조치율 66.7%", "승인율 33.3%", "확인율 33.3%", "1,250,000원", "40,000원", "2일"]
        {
            assert!(seen.contains(figure), "{}: {figure} in {seen}", office.kind);
        }
        // The audit office sees what is kept too; who it is about does not, nor does who stands elsewhere.
        let audit = text(&office.browser("A1").await.get("/statistics").await.body);
        assert!(audit.contains("열린 사안 4"), "{}: {audit}", office.kind);
        let kim = text(&office.browser("Kim").await.get("/statistics").await.body);
        assert!(kim.contains("열린 사안 3"), "{}: {kim}", office.kind);
        let elsewhere = text(&office.browser("S").await.get("/statistics").await.body);
        assert!(elsewhere.contains("이 기간에 열린 사안이 없습니다."), "{}: {elsewhere}", office.kind);
        // A figure leads to its cases, and the list has as many.
        let list = text(&office.browser("Io").await.get("/cases?opened=2026-11&closed=yes").await.body);
        assert!(list.contains("3건"), "{}: {list}", office.kind);
        let none = text(&office.browser("Io").await.get("/cases?opened=2026-10&closed=yes").await.body);
        assert!(!none.contains("3건"), "{}: {none}", office.kind);
    }
}

#[tokio::test]
async fn what_was_counted_is_counted_again_once_something_is_written_or_falls_due() {
    for office in TestOffice::both().await {
        worked(&office).await;
        let page = async |who: &str| text(&office.browser(who).await.get("/statistics").await.body);
        let seen = page("Io").await;
        assert!(seen.contains("조치율 66.7%"), "{}: {seen}", office.kind);
        assert_eq!(page("Io").await, seen, "{}: nothing happened", office.kind);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let rows = cases::store::open_cases(&tx).await.unwrap();
        drop(tx);
        let left = rows.iter().find(|row| !row.kept && row.state == "with_handler").unwrap();
        let answer = Answer::Explained { text: "다른 모임이었습니다.".to_owned() };
        cases::answer(&office.office, &office.actor("Kim").await, left.id, None, &answer).await.unwrap();
        let answered = page("Io").await;
        assert!(answered.contains("조치율 100.0%"), "{}: {answered}", office.kind);
        // Nothing is written, and what waits falls due.
        assert!(answered.contains("기한 지남 0"), "{}: {answered}", office.kind);
        office.days_pass(20);
        let late = page("Io").await;
        assert!(!late.contains("기한 지남 0"), "{}: {late}", office.kind);
        // Another pair of eyes has figures of its own.
        assert_ne!(page("S").await, late, "{}", office.kind);
    }
}

#[tokio::test]
async fn what_the_database_sums_is_what_is_counted_case_by_case() {
    for office in TestOffice::both().await {
        worked(&office).await;
        let year = "2026".parse().unwrap();
        let (from, until) = super::view::moments(&office.office, &year);
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let now = office.office.now() + chrono::TimeDelta::days(30);
        let sums = cases::all_sums(&tx, from, until, now).await.unwrap();
        let rows = cases::all_figures(&tx, from, until).await.unwrap();
        let counted = super::measures::Measures::of(&rows, now);
        assert_eq!((counted.opened, counted.confirmed, counted.late), (3, 1, 2), "{}", office.kind);
        assert_eq!(super::measures::Measures::of_sums(&sums), counted, "{}", office.kind);
        // The page of the whole installation holds the same, whatever other governments are there.
        let all = super::of_governments(&office.office, &year).await.unwrap();
        let code = people::government(&tx).await.unwrap().code;
        let own = all.governments.iter().find(|of| of.now.of == code).unwrap();
        assert_eq!((own.now.opened, own.now.confirmed, own.before.opened), (3, 1, 0), "{}", office.kind);
        assert_eq!(own.now.money["KRW"], [1_250_000, 0, 40_000]);
        let opened: u64 = all.governments.iter().map(|of| of.now.opened).sum();
        assert_eq!(all.all.now.opened, opened, "{}", office.kind);
        let none = super::of_governments(&office.office, &"2019".parse().unwrap()).await.unwrap();
        assert_eq!((none.all.now.opened, none.all.now.hours), (0, None), "{}", office.kind);
    }
}

#[tokio::test]
async fn what_is_not_handled_is_taken_away_with_its_reason() {
    for office in TestOffice::both().await {
        worked(&office).await;
        let audit = office.browser("A1").await;
        let text = audit.get("/statistics/unhandled/csv?period=2026").await.body;
        assert!(text.contains("담당자가 아직 답하지 않음") && text.contains("관리자 승인을 기다림"), "{text}");
        assert!(text.lines().skip(1).all(|line| line.contains(",2026,")), "{text}");
        let whole = audit.get("/statistics/tables/csv?period=2026").await.body;
        assert!(whole.contains("회계과,3,66.7%"), "{whole}");
        for path in ["/statistics/tables/pdf", "/statistics/sheets/2026", "/statistics/sheets/nonsense"] {
            assert_eq!(audit.get(path).await.status.as_u16(), 404, "{path}");
        }
        assert_eq!(audit.get("/statistics?period=soon").await.status.as_u16(), 422);
    }
}

#[tokio::test]
async fn a_month_is_closed_once_by_the_integrity_officer_and_sent_to_every_unit_and_then_stays() {
    for office in TestOffice::both().await {
        worked(&office).await;
        let io = office.browser("Io").await;
        let too_early = io.post("/statistics/sheets/2026-11/close", &[("note", "")]).await;
        assert_eq!(too_early.status.as_u16(), 409, "{}: the month is not over", office.kind);
        office.days_pass(7);
        let io = office.browser("Io").await;
        let draft = office.browser("H").await.get("/statistics/sheets/2026-11").await;
        assert_eq!(draft.status.as_u16(), 404, "{}: a draft is the integrity officer's", office.kind);
        let closed = io.post("/statistics/sheets/2026-11/close", &[("note", "고생하셨습니다.")]).await;
        assert_eq!(closed.status.as_u16(), 303, "{}", office.kind);
        let again = io.post("/statistics/sheets/2026-11/close", &[("note", "")]).await;
        assert_eq!(again.status.as_u16(), 409, "{}", office.kind);
        let head = office.browser("H").await;
        let sheet = text(&head.get("/statistics/sheets/2026-11").await.body);
        assert!(
            sheet.contains("고생하셨습니다.") && sheet.contains("열린 사안 3") && sheet.contains("회계과"),
            "{sheet}"
        );
        assert!(!sheet.contains("vendor.own-account"), "what is kept is in no sheet");
        assert!(head.get("/inbox").await.body.contains("2026.11."), "{}: every head is told", office.kind);
        // What happens afterwards changes nothing of it.
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let row =
            cases::store::open_cases(&tx).await.unwrap().into_iter().find(|row| row.state == "with_manager").unwrap();
        drop(tx);
        cases::approve(&office.office, &office.actor("H").await, row.id, None, "").await.unwrap();
        let later = text(&office.browser("H").await.get("/statistics/sheets/2026-11").await.body);
        assert!(later.contains("승인율 33.3%"), "{}: {later}", office.kind);
        let book = head.get("/statistics/sheets/2026-11/csv").await.body;
        assert!(book.contains("전체,3,66.7%,33.3%,33.3%"), "{book}");
    }
}

#[tokio::test]
async fn a_month_that_nobody_closed_is_closed_on_the_third_working_day_and_none_from_before_the_office_was_there() {
    for office in TestOffice::both().await {
        worked(&office).await;
        super::close_by_itself(&office.office, office.tenant).await.unwrap();
        let io = office.browser("Io").await;
        assert!(
            io.get("/statistics/sheets").await.body.contains("마감한 달이 없습니다."),
            "{}: no October",
            office.kind
        );
        // 1 December 2026 is a Tuesday: until Thursday the officer may close it.
        office.days_pass(5);
        super::close_by_itself(&office.office, office.tenant).await.unwrap();
        let open = office.browser("Io").await.get("/statistics/sheets/2026-11").await.body;
        assert!(open.contains("name=\"note\""), "{}: {open}", office.kind);
        office.days_pass(2);
        super::close_by_itself(&office.office, office.tenant).await.unwrap();
        super::close_by_itself(&office.office, office.tenant).await.unwrap();
        let list = office.browser("Io").await.get("/statistics/sheets").await.body;
        assert!(list.contains("2026-11") && list.contains("자동 마감"), "{}: {list}", office.kind);
    }
}
