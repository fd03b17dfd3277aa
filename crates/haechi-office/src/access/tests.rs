//! Who saw what, on both databases.

use sea_orm::ConnectionTrait as _;

use super::{Look, review, store};
use crate::audit;
use crate::ids::CaseId;
use crate::policy::Actor;
use crate::slices::cases;
use crate::testing::{TestFinding, TestOffice, TestRun};

/// The case that was opened for a finding about Kim.
async fn case_of_kim(office: &TestOffice) -> CaseId {
    office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    cases::store::open_cases(&tx).await.unwrap().remove(0).id
}

async fn opens(office: &TestOffice, actor: &Actor, id: CaseId) {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let case = cases::load(&tx, actor, id).await.unwrap();
    drop(super::seen(&office.office, tx, actor, &case).await.unwrap());
}

async fn looks(office: &TestOffice) -> Vec<(String, String)> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let all = store::counted(&tx, chrono::DateTime::UNIX_EPOCH, office.office.now() + chrono::TimeDelta::days(1))
        .await
        .unwrap();
    let directory = crate::slices::people::directory(&office.office, &tx).await.unwrap();
    let mut all: Vec<_> =
        all.into_iter().map(|(who, look, _)| (directory.person(who).unwrap().employee_no.clone(), look)).collect();
    all.sort();
    all
}

fn pair(who: &str, look: Look) -> (String, String) {
    (who.to_owned(), look.as_str().to_owned())
}

#[tokio::test]
async fn who_opens_a_case_that_names_another_is_noted_once_an_hour_and_who_opens_their_own_is_not() {
    for office in TestOffice::both().await {
        let id = case_of_kim(&office).await;
        let [kim, head] = [office.actor("Kim").await, office.actor("H").await];
        opens(&office, &kim, id).await;
        opens(&office, &head, id).await;
        opens(&office, &head, id).await;
        assert_eq!(looks(&office).await, [pair("H", Look::View)], "{}", office.kind);
        office.clock.forward(3_600);
        opens(&office, &head, id).await;
        assert_eq!(looks(&office).await.len(), 2);
    }
}

#[tokio::test]
async fn names_are_masked_until_a_reason_is_given_and_for_an_hour_after() {
    for office in TestOffice::both().await {
        let id = case_of_kim(&office).await;
        let browser = office.browser("H").await;
        let path = format!("/cases/{id}/reveal");
        let head = office.actor("H").await;
        let sight = async || {
            let tx = office.office.db().read(office.tenant).await.unwrap();
            let case = cases::load(&tx, &head, id).await.unwrap();
            super::sight(&office.office, &tx, &head, &case).await.unwrap()
        };
        assert_eq!((sight().await.is_open, sight().await.may_reveal()), (false, true));
        assert_eq!(browser.post(&path, &[("reason", "음")]).await.status.as_u16(), 422, "a letter is no reason");
        assert!(!sight().await.is_open);
        let shown = browser.post(&path, &[("reason", "결재 전에 확인합니다")]).await;
        assert_eq!(shown.location, Some(format!("/cases/{id}")), "{}", shown.body);
        assert!(sight().await.is_open);
        office.clock.forward(3_601);
        assert!(!sight().await.is_open, "{}", office.kind);
        // An inspector may look at the case, and not behind the mask; the named person sees themselves.
        let stranger = office.browser("Park").await.post(&path, &[("reason", "궁금합니다 정말로")]).await;
        assert_eq!(stranger.status.as_u16(), 404);
        let kim = office.actor("Kim").await;
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let case = cases::load(&tx, &kim, id).await.unwrap();
        assert!(super::sight(&office.office, &tx, &kim, &case).await.unwrap().is_open);
        // The row is bound to the log by its digest.
        let mut events = Vec::new();
        audit::export(&tx, &mut events).await.unwrap();
        let (from, to) = (chrono::DateTime::UNIX_EPOCH, office.office.now());
        let row = store::with_reason(&tx, from, to, 10).await.unwrap().remove(0);
        assert!(String::from_utf8(events).unwrap().contains(&audit::digest(&row)));
        assert_eq!((row.whose.as_str(), row.reason.as_str()), ("Kim", "결재 전에 확인합니다"));
    }
}

#[tokio::test]
async fn a_month_shows_what_is_unusual_first_and_is_signed_once_when_it_is_over() {
    for office in TestOffice::both().await {
        let id = case_of_kim(&office).await;
        opens(&office, &office.actor("B").await, id).await;
        // 22:00 of the same Tuesday.
        office.clock.forward(12 * 3_600);
        opens(&office, &office.actor("H").await, id).await;
        let auditor = office.browser("A1").await;
        let this = auditor.get("/access").await;
        assert_eq!(this.status.as_u16(), 200, "{}", this.body);
        let (head, above) = (this.body.find("H 님").unwrap(), this.body.find("B 님").unwrap());
        assert!(head < above, "who looked at night comes first, {}", office.kind);
        assert_eq!(auditor.post("/access/2026-11/sign", &[]).await.status.as_u16(), 422, "it is not over");
        office.days_pass(10);
        let auditor = office.browser("A1").await;
        assert!(auditor.get("/access").await.body.contains("/access?month=2026-11"), "it is due");
        let signed = auditor.post("/access/2026-11/sign", &[("note", "밤 열람 1건 확인")]).await;
        assert_eq!(signed.location.as_deref(), Some("/access?month=2026-11"), "{}", signed.body);
        assert_eq!(auditor.post("/access/2026-11/sign", &[]).await.status.as_u16(), 409);
        assert!(auditor.get("/access?month=2026-11").await.body.contains("밤 열람 1건 확인"));
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert!(review::due(&office.office, &tx).await.unwrap().is_empty());
        assert_eq!(office.browser("Kim").await.get("/access").await.status.as_u16(), 403);
    }
}

#[tokio::test]
async fn what_was_noted_cannot_be_changed_or_taken_away_by_the_program() {
    for office in TestOffice::both().await.into_iter().filter(|office| office.kind == "PostgreSQL") {
        for statement in [
            "UPDATE access_log SET tenant = tenant",
            "UPDATE access_review SET tenant = tenant",
            "DELETE FROM access_review",
        ] {
            let tx = office.office.db().write(office.tenant).await.unwrap();
            let refused = tx.on().execute_unprepared(statement).await.unwrap_err().to_string();
            assert!(refused.contains("permission denied"), "{statement}: {refused}");
        }
        // A row goes where a destruction that two people decided names it, and not else.
        let id = case_of_kim(&office).await;
        super::reveal(&office.office, &office.actor("A1").await, id, "성과 확인").await.unwrap();
        let tx = office.office.db().write(office.tenant).await.unwrap();
        let gone = tx.on().execute_unprepared("DELETE FROM access_log").await.unwrap();
        assert_eq!(gone.rows_affected(), 0);
    }
}

#[tokio::test]
async fn a_cases_page_has_the_forms_that_somebody_may_use() {
    let office = TestOffice::sqlite().await;
    let id = case_of_kim(&office).await;
    let seen = office.browser("H").await.get(&format!("/cases/{id}")).await.body;
    assert!(seen.contains(&format!("/cases/{id}/reveal")) && seen.contains(&format!("/cases/{id}/proof")), "{seen}");
    // Who looks after the data sees the case, and has no need of the names.
    let integrity = office.browser("Io").await.get(&format!("/cases/{id}")).await.body;
    assert!(!integrity.contains(&format!("/cases/{id}/reveal")), "{integrity}");
}
