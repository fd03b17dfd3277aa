//! What is typed survives the end of a session and a question who it is, as stories.

use axum::http::StatusCode;

use super::visitor::Visitor;
use super::{PASSWORD, with_password};
use crate::sign_in::kept;
use crate::testing::{TestFinding, TestOffice, TestRun};

const TEXT: &str = "두 건은 서로 다른 행사였습니다.\n영수증을 붙입니다.";

/// A case of Kim's, as a path.
async fn case(office: &TestOffice, visitor: &Visitor) -> String {
    office.receive(&TestRun::of([TestFinding::to_kim("이천쌀집")])).await;
    let page = visitor.get("/cases").await.page();
    let (_, from) = page.split_once("href=\"/cases/").unwrap();
    format!("/cases/{}", from.split('"').next().unwrap())
}

async fn signed_in(office: &TestOffice, who: &str) -> (String, Visitor) {
    let (login, visitor) = (with_password(office, who).await, Visitor::of(office));
    visitor.sign_in(&login, PASSWORD).await.led();
    (login, visitor)
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_back_after_signing_in_and_is_sent_with_one_button() {
    for office in TestOffice::both().await {
        let (login, visitor) = signed_in(&office, "Kim").await;
        let case = case(&office, &visitor).await;
        office.clock.forward(31 * 60);
        let comment = format!("{case}/comments");
        let led = visitor.post(&comment, &[("comment", TEXT)]).await;
        let to = format!("/sign-in?next=%2Fkept&why=kept&government={}", office.code);
        assert_eq!(led.led(), to, "{}", office.kind);
        assert!(visitor.get(&to).await.page().contains("입력하신 내용은 남아 있습니다"));
        let signed = visitor.sign_in_to(&login, PASSWORD, "/kept").await;
        assert_eq!(signed.led(), "/kept");
        let kept = visitor.get("/kept").await.page();
        assert!(kept.contains(&format!("action=\"{comment}?kept=1\"")), "{kept}");
        assert!(kept.contains(TEXT) && kept.contains("<label for=\"kept-1\">메모</label>"), "{kept}");
        assert!(!visitor.get(&case).await.page().contains(TEXT), "nothing is sent by itself");

        assert_eq!(visitor.post(&format!("{comment}?kept=1"), &[("comment", TEXT)]).await.led(), case);
        assert!(visitor.get(&case).await.page().contains("영수증을 붙입니다."));
        assert_eq!(visitor.cookie("haechi-kept"), None);
        assert!(visitor.get("/kept").await.page().contains("남아 있는 내용이 없습니다"));
    }
}

#[tokio::test]
async fn only_who_typed_it_sees_it_in_the_browser_they_typed_it_in_and_for_an_hour() {
    for office in TestOffice::both().await {
        let (login, visitor) = signed_in(&office, "Kim").await;
        let case = case(&office, &visitor).await;
        office.clock.forward(31 * 60);
        visitor.post(&format!("{case}/comments"), &[("comment", TEXT)]).await.led();

        // Somebody else at the same desk.
        let park = with_password(&office, "Park").await;
        visitor.sign_in(&park, PASSWORD).await.led();
        let other = visitor.get("/kept").await.page();
        assert!(!other.contains("영수증") && other.contains("남아 있는 내용이 없습니다"), "{}: {other}", office.kind);
        assert!(visitor.cookie("haechi-kept").is_some());
        // The same person in another browser.
        let elsewhere = Visitor::of(&office);
        elsewhere.sign_in(&login, PASSWORD).await.led();
        assert!(!elsewhere.get("/kept").await.page().contains("영수증"));
        visitor.sign_in(&login, PASSWORD).await.led();
        assert!(visitor.get("/kept").await.page().contains("영수증"));

        // Its writer may throw it away.
        let thrown = visitor.post("/kept", &[("back", &case)]).await;
        assert_eq!(thrown.led(), case);
        assert!(!visitor.get("/kept").await.page().contains("영수증"));

        office.clock.forward(31 * 60);
        visitor.post(&format!("{case}/comments"), &[("comment", TEXT)]).await.led();
        let secret = visitor.cookie("haechi-kept").unwrap();
        office.clock.forward(60 * 60);
        // Of this government alone: another test's on the same server are at another hour.
        kept::sweep(&office.office, office.tenant).await.unwrap();
        visitor.sign_in(&login, PASSWORD).await.led();
        assert!(!visitor.get("/kept").await.page().contains("영수증"), "after an hour it is gone");
        let kim = office.person("Kim").await;
        let gone = kept::find(&office.office, office.tenant, kim, &crate::sign_in::Secret::of(&secret)).await.unwrap();
        assert!(gone.is_none());
    }
}

#[tokio::test]
async fn what_waits_is_not_to_be_read_in_the_database() {
    let office = TestOffice::sqlite().await;
    let (_, visitor) = signed_in(&office, "Kim").await;
    let case = case(&office, &visitor).await;
    office.clock.forward(31 * 60);
    visitor.post(&format!("{case}/comments"), &[("comment", "이 문장은 어디에도 남지 않는다")]).await.led();
    let mut bytes = Vec::new();
    for file in ["office.db", "office.db-wal"] {
        bytes.extend(std::fs::read(office.folder.path().join(file)).unwrap_or_default());
    }
    let secret = visitor.cookie("haechi-kept").unwrap();
    for one in ["이 문장은 어디에도 남지 않는다".as_bytes(), secret.as_bytes()] {
        assert!(!bytes.windows(one.len()).any(|window| window == one));
    }
}

#[tokio::test]
async fn nothing_waits_that_no_page_of_ours_sent_or_that_a_revoked_session_sends_and_no_password_ever() {
    let office = TestOffice::sqlite().await;
    let (login, visitor) = signed_in(&office, "Kim").await;
    let case = case(&office, &visitor).await;
    let comment = format!("{case}/comments");
    office.clock.forward(31 * 60);
    let forged = visitor.send(&comment, &[("comment", TEXT)], "not the token").await;
    assert_eq!((forged.status, visitor.cookie("haechi-kept")), (StatusCode::FORBIDDEN, None));
    let secret = [("old", PASSWORD), ("new", "a new sentence nobody says"), ("again", "a new sentence nobody says")];
    let refused = visitor.post("/account/password", &secret).await;
    assert_eq!((refused.status, visitor.cookie("haechi-kept")), (StatusCode::UNAUTHORIZED, None));

    visitor.sign_in(&login, PASSWORD).await.led();
    let kim = office.actor("Kim").await;
    crate::sign_in::end_session(&office.office, &kim, None).await.unwrap();
    let refused = visitor.post(&comment, &[("comment", TEXT)]).await;
    assert_eq!((refused.status, visitor.cookie("haechi-kept")), (StatusCode::UNAUTHORIZED, None), "revoked");
}

#[tokio::test]
async fn of_many_forms_of_one_person_the_last_five_wait() {
    let office = TestOffice::sqlite().await;
    let (login, visitor) = signed_in(&office, "Kim").await;
    let case = case(&office, &visitor).await;
    office.clock.forward(31 * 60);
    let mut secrets = Vec::new();
    for at in 0..7 {
        office.clock.forward(1);
        visitor.post(&format!("{case}/comments"), &[("comment", &format!("{at}번째"))]).await.led();
        secrets.push(visitor.cookie("haechi-kept").unwrap());
    }
    visitor.sign_in(&login, PASSWORD).await.led();
    let mut waits = Vec::new();
    for secret in &secrets {
        visitor.keep("haechi-kept", secret);
        waits.push(visitor.get("/kept").await.page().contains("번째"));
    }
    assert_eq!(waits, [false, false, true, true, true, true, true]);
}

#[tokio::test]
async fn who_administers_proves_again_who_they_are_and_goes_on_where_they_were() {
    for office in TestOffice::both().await {
        let (_, visitor) = signed_in(&office, "S").await;
        let form = [("name", "handler-days"), ("value", "9"), ("from", ""), ("scenario", "")];
        assert_eq!(visitor.post("/settings", &form).await.led(), "/settings", "{}: just signed in", office.kind);
        office.clock.forward(15 * 60);
        assert_eq!(visitor.get("/settings").await.status, 200, "to look wants no proof");
        assert_eq!(visitor.post("/settings", &form).await.led(), "/proof?next=%2Fkept");
        assert_eq!(visitor.get("/settings").await.page().matches("<strong>9</strong>").count(), 1);

        let proof = visitor.get("/proof?next=%2Fkept").await.page();
        assert!(proof.contains("type=\"password\"") && proof.contains("입력하신 내용은 남아 있습니다"), "{proof}");
        let wrong = visitor.post("/proof", &[("given", "guess"), ("next", "/kept")]).await;
        assert_eq!(wrong.status, 401);
        assert!(wrong.body.contains("name=\"next\" value=\"/kept\""), "{}", wrong.body);
        assert_eq!(visitor.post("/proof", &[("given", PASSWORD), ("next", "/kept")]).await.led(), "/kept");
        let kept = visitor.get("/kept").await.page();
        assert!(kept.contains("action=\"/settings?kept=1\""), "{kept}");
        let changed = [("name", "handler-days"), ("value", "8"), ("from", ""), ("scenario", "")];
        assert_eq!(visitor.post("/settings?kept=1", &changed).await.led(), "/settings");
        assert!(visitor.get("/settings").await.page().contains("<strong>8</strong>"));
        office.clock.forward(14 * 60);
        assert_eq!(visitor.post("/settings", &form).await.led(), "/settings", "not asked again so soon");
    }
}

#[tokio::test]
async fn guesses_at_the_proof_count_with_those_at_the_sign_in() {
    let office = TestOffice::sqlite().await;
    let (login, visitor) = signed_in(&office, "S").await;
    for _ in 0..5 {
        assert_eq!(visitor.post("/proof", &[("given", "guess")]).await.status, 401);
    }
    assert_eq!(visitor.post("/proof", &[("given", PASSWORD)]).await.status, 429);
    assert_eq!(visitor.sign_in(&login, PASSWORD).await.status, 429);
}

#[tokio::test]
async fn whoever_shows_personal_data_or_takes_it_away_proves_who_they_are() {
    for office in TestOffice::both().await {
        let (_, kim) = signed_in(&office, "Kim").await;
        let case = case(&office, &kim).await;
        office.clock.forward(15 * 60);
        let reveal = [("reason", "영수증과 맞추어 봅니다")];
        assert_eq!(kim.post(&format!("{case}/reveal"), &reveal).await.led(), "/proof?next=%2Fkept", "{}", office.kind);
        assert_eq!(kim.post(&format!("{case}/proof"), &reveal).await.led(), "/proof?next=%2Fkept");
        assert_eq!(
            kim.post(&format!("{case}/comments"), &[("comment", TEXT)]).await.led(),
            case,
            "ordinary work is not asked"
        );
        kim.post("/proof", &[("given", PASSWORD), ("next", "/kept")]).await.led();
        assert_eq!(kim.post(&format!("{case}/reveal"), &reveal).await.led(), case);
    }
}

#[tokio::test]
async fn an_administrator_takes_nothing_from_somebody_of_another_government() {
    let office = TestOffice::sqlite().await;
    let (_, admin) = signed_in(&office, "S").await;
    let nobody = crate::ids::PersonId::new();
    assert_eq!(admin.get(&format!("/people/{nobody}/account")).await.status, 404);
    assert_eq!(admin.post(&format!("/people/{nobody}/account"), &[("do", "sessions")]).await.status, 404);
}

#[tokio::test]
async fn who_stands_in_for_somebody_proves_who_they_are_themselves_and_nothing_is_sent_in_another_name_than_it_was_typed_in()
 {
    for office in TestOffice::both().await {
        let (_, kim) = signed_in(&office, "Kim").await;
        let case = case(&office, &kim).await;
        let number = [("stand_in", "Park"), ("to", "2026-12-01"), ("reason", "휴가")];
        kim.post("/stand-ins", &number).await.led();
        let (login, visitor) = signed_in(&office, "Park").await;
        let page = visitor.get("/stand-ins").await.page();
        let (_, from) = page.split_once("action=\"/stand-ins/").unwrap();
        let begin = format!("/stand-ins/{}", from.split('"').next().unwrap());
        assert!(begin.ends_with("/begin"), "{begin}");
        visitor.post(&begin, &[]).await.led();

        office.clock.forward(15 * 60);
        let reveal = [("reason", "영수증과 맞추어 봅니다")];
        assert_eq!(
            visitor.post(&format!("{case}/reveal"), &reveal).await.led(),
            "/proof?next=%2Fkept",
            "{}",
            office.kind
        );
        assert_eq!(visitor.post("/proof", &[("given", PASSWORD), ("next", "/kept")]).await.led(), "/kept");
        assert!(visitor.get("/kept").await.page().contains("영수증과 맞추어 봅니다"), "in Kim's name still");
        visitor.post(&format!("{case}/reveal?kept=1"), &reveal).await.led();

        office.clock.forward(31 * 60);
        visitor.post(&format!("{case}/comments"), &[("comment", TEXT)]).await.led();
        visitor.sign_in(&login, PASSWORD).await.led();
        let own = visitor.get("/kept").await.page();
        assert!(own.contains("대신") && !own.contains("영수증"), "Park acts for themselves now: {own}");
        visitor.post(&begin, &[]).await.led();
        assert!(visitor.get("/kept").await.page().contains("영수증을 붙입니다."));
        assert_eq!(visitor.post("/sign-out", &[]).await.led(), "/sign-in", "one signs out while standing in");
        assert!(visitor.get(&case).await.led().starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn a_script_that_wants_a_part_of_a_page_is_told_to_leave_it_for_the_sign_in() {
    let office = TestOffice::sqlite().await;
    let (_, visitor) = signed_in(&office, "Kim").await;
    office.clock.forward(31 * 60);
    let part = visitor.get_part("/cases?state=closed", "http://127.0.0.1:8480/cases").await;
    assert_eq!(part, format!("/sign-in?next=%2Fcases&why=over&government={}", office.code));
}
