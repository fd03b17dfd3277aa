use crate::testing::TestOffice;
use crate::web::tests::Program;

#[tokio::test]
async fn a_role_is_explained_once_on_the_first_page_and_stays_behind_the_help() {
    for office in TestOffice::both().await {
        let clerk = office.browser("Kim").await;
        let first = clerk.get("/").await.body;
        assert!(first.contains("의 하루") && first.contains("알림은 질문이지 지적이 아닙니다"), "{first}");
        assert_eq!(clerk.post("/guides/official/seen", &[]).await.location.as_deref(), Some("/"), "{}", office.kind);
        assert!(!clerk.get("/").await.body.contains("알림은 질문이지"), "{}", office.kind);
        assert!(clerk.get("/help").await.body.contains("/guides"), "{}", office.kind);
        assert!(clerk.get("/guides").await.body.contains("알림은 질문이지"), "{}", office.kind);
        assert_eq!(clerk.post("/guides/auditor/seen", &[]).await.status.as_u16(), 404, "{}", office.kind);
        assert!(office.browser("Park").await.get("/").await.body.contains("알림은 질문이지"), "each for themselves");
        assert!(!office.stranger().get("/help").await.body.contains("/guides"));
    }
}

#[tokio::test]
async fn of_several_roles_each_is_explained_in_its_turn() {
    for office in TestOffice::both().await {
        let auditor = office.browser("AH").await;
        for role in ["auditor", "manager", "official"] {
            let first = auditor.get("/").await.body;
            let address = format!("/guides/{role}/seen");
            assert!(first.contains(&address), "{}: {role}: {first}", office.kind);
            auditor.post(&address, &[]).await;
        }
        assert!(!auditor.get("/").await.body.contains("/guides/"), "{}", office.kind);
        let told = Program::of(&office, Some("AH")).await.get("/api/v1/me/guides").await.json();
        assert!(told["items"].as_array().unwrap().iter().all(|one| one["is_seen"] == true), "{told}");
    }
}
