use serde_json::json;

use crate::config::Config;
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::web::tests::Program;

#[tokio::test]
async fn the_steps_are_done_by_the_facts_and_the_first_page_leads_there_until_all_are() {
    for office in TestOffice::both_with(Config { trial: true, ..Config::default() }).await {
        let admin = office.browser("S").await;
        let first = admin.get("/").await.body;
        // People, roles and the trial are there; the address, a run, the deadlines and a backup are not.
        assert!(first.contains("7단계 가운데 3단계를 마쳤습니다") && first.contains("다음: 주소"), "{first}");
        assert!(!office.browser("Kim").await.get("/").await.body.contains("설치 마무리"), "it is no matter of a clerk");
        let page = admin.get("/settings/setup").await.body;
        assert!(page.contains("haechi serve --data DATA") && !page.contains("명이 더 필요합니다"), "{page}");

        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        office.set("handler-days", 9).await;
        assert_eq!(
            admin.post("/settings/setup", &[("step", "backup")]).await.location.as_deref(),
            Some("/settings/setup")
        );
        assert_eq!(admin.post("/settings/setup", &[("step", "backup")]).await.status.as_u16(), 303, "twice is once");
        assert_eq!(
            admin.post("/settings/setup", &[("step", "address")]).await.status.as_u16(),
            404,
            "facts are not said"
        );
        let page = admin.get("/settings/setup").await.body;
        assert!(page.contains("7단계 가운데 6단계를 마쳤습니다") && page.contains("S 님, 2026.11.24."), "{page}");
        let program = Program::of(&office, Some("S")).await;
        let told = program.get("/api/v1/setup").await.json();
        assert_eq!(told["items"][0], json!({ "step": "address", "is_done": false }), "{}", office.kind);
        let config = Config { public_url: "https://haechi.city.example".to_owned(), ..office.office.config().clone() };
        let mut office = office;
        office.office = office.office.clone_with(config);
        assert!(!office.browser("S").await.get("/").await.body.contains("단계를 마쳤습니다"), "{}", office.kind);
    }
}

#[tokio::test]
async fn a_role_that_nobody_has_is_named() {
    for office in TestOffice::both().await {
        let grants = Program::of(&office, Some("S")).await.get("/api/v1/people/grants").await.json();
        let auditor = grants["items"].as_array().unwrap().iter().find(|grant| grant["role"] == "auditor").unwrap();
        let end = format!("/people/grants/{}/end", auditor["id"].as_str().unwrap());
        let admin = office.browser("S").await;
        admin.post(&end, &[]).await;
        let page = admin.get("/settings/setup").await.body;
        assert!(page.contains("1명이 더 필요합니다"), "{page}");
    }
}
