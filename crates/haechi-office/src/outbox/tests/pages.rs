//! Who sees what of messages.

use super::write;
use crate::outbox::Template;
use crate::testing::TestOffice;

#[tokio::test]
async fn somebodys_inbox_is_theirs_and_a_message_is_new_until_they_say_they_read_it() {
    for office in TestOffice::both().await {
        write(&office, "Kim", Template::Assigned, "식당").await;
        let [kim, park] = [office.browser("Kim").await, office.browser("Park").await];
        let seen = kim.get("/inbox").await;
        assert_eq!(seen.status, 200, "{}", office.kind);
        assert!(seen.body.contains("식당") && seen.body.contains("새 알림"), "{}", seen.body);
        assert!(park.get("/inbox").await.body.contains("받은 알림이 없습니다."));
        // Another's button reads nothing of hers.
        park.post("/inbox", &[]).await;
        assert!(kim.get("/inbox").await.body.contains("새 알림"));
        assert_eq!(kim.post("/inbox", &[]).await.location.as_deref(), Some("/inbox"));
        assert!(!kim.get("/inbox").await.body.contains("새 알림"));
    }
}

#[tokio::test]
async fn strangers_sign_in_first_and_who_has_no_business_with_it_is_refused() {
    for office in TestOffice::both().await {
        let stranger = office.stranger();
        for path in ["/inbox", "/outbox", "/templates", "/templates/step"] {
            let answer = stranger.get(path).await;
            assert!(answer.location.is_some_and(|to| to.starts_with("/sign-in")), "{} {path}", office.kind);
        }
        for (who, may) in [("Kim", [200, 403, 403]), ("A1", [200, 403, 403]), ("Io", [200, 200, 403]), ("S", [200; 3])]
        {
            let browser = office.browser(who).await;
            for (path, status) in ["/inbox", "/outbox", "/templates/step"].into_iter().zip(may) {
                assert_eq!(browser.get(path).await.status, status, "{who} {path}");
            }
        }
        let auditor = office.browser("A1").await;
        let some = crate::ids::MessageId::new();
        assert_eq!(auditor.post(&format!("/outbox/{some}"), &[("do", "again")]).await.status, 403);
        assert_eq!(office.browser("S").await.post(&format!("/outbox/{some}"), &[("do", "again")]).await.status, 404);
        assert_eq!(office.browser("Io").await.post("/templates/step", &[("do", "test")]).await.status, 403);
    }
}

#[tokio::test]
async fn words_are_looked_at_tried_and_saved_on_a_page_without_scripts() {
    for office in TestOffice::both().await {
        let browser = office.browser("S").await;
        let page = browser.get("/templates/step").await.body;
        assert!(page.contains("해치의 처음 문구") && page.contains("[title]"), "{} {page}", office.kind);
        assert!(page.contains("LMS 1"), "an urgent one is shown as a text, with its bytes: {page}");

        let typed = [("version", "0"), ("subject", "기한이 지남: [title]"), ("body", "[title] [deu]")];
        let refused = browser.post("/templates/step", &[&typed[..], &[("do", "save")]].concat()).await;
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("고쳐 주십시오: [deu]") && refused.body.contains("기한이 지남: [title]"));

        let marked = [("version", "0"), ("subject", "<i>[title]"), ("body", "<b>[due]\n끝"), ("do", "preview")];
        let shown = browser.post("/templates/step", &marked).await.body;
        assert!(!shown.contains("<i>") && !shown.contains("<b>") && shown.contains("<br"), "{shown}");

        let typed = [("version", "0"), ("subject", "기한이 지남: [title]"), ("body", "[title] [due]")];
        let shown = browser.post("/templates/step", &[&typed[..], &[("do", "preview")]].concat()).await;
        assert!(shown.body.contains("기한이 지남: 한 곳에서 나누어 결제") && shown.body.contains("아직 저장하지"));
        assert!(shown.body.contains("SMS "), "{}", shown.body);
        let saved = browser.post("/templates/step", &[&typed[..], &[("do", "save")]].concat()).await;
        assert!(saved.body.contains("1판으로 저장했습니다."), "{}", saved.body);
        let stale = browser.post("/templates/step", &[&typed[..], &[("do", "save")]].concat()).await;
        assert_eq!(stale.status, 409);

        assert_eq!(browser.post("/templates/step", &[("do", "test")]).await.location.as_deref(), Some("/inbox"));
        assert!(browser.get("/inbox").await.body.contains("기한이 지남: 한 곳에서 나누어 결제"));
        assert!(browser.get("/templates").await.body.contains("기한이 지남: [title]"));
        assert_eq!(browser.get("/templates/none").await.status, 404);
    }
}
