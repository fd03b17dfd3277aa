//! The pages of settings and tokens.

use axum::http::StatusCode;
use serde_json::json;

use super::Program;
use crate::testing::TestOffice;
use crate::web;

#[tokio::test]
async fn an_administrator_changes_a_setting_and_sees_what_was_set() {
    for office in TestOffice::both().await {
        let admin = office.browser("S").await;
        let set = |value, from| [("name", "handler-days"), ("value", value), ("from", from), ("scenario", "")];
        let past = admin.post("/settings", &set("5", "2026-11-23")).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY, "{}: a day that has passed", office.kind);
        assert_eq!(admin.post("/settings", &set("61", "2026-11-24")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let nonsense = [("name", "handler-days"), ("value", "5"), ("from", ""), ("scenario", "Not A Name")];
        assert_eq!(admin.post("/settings", &nonsense).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(admin.post("/settings", &set("5", "2026-11-24")).await.location.as_deref(), Some("/settings"));
        assert_eq!(admin.post("/settings", &set("6", "2026-12-01")).await.location.as_deref(), Some("/settings"));
        let page = admin.get("/settings").await.body;
        assert!(page.contains("<strong>5</strong> <span class=\"tag info\">기관이 정함</span>"), "{page}");
        // What holds later, and who set it, stands where it is changed.
        let page = admin.get("/settings?change=handler-days").await.body;
        assert!(page.contains("2026.12.01.") && page.contains("S 님"), "{page}");
        assert_eq!(office.browser("Kim").await.get("/settings").await.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_token_is_shown_once_and_lets_nobody_in_after_it_was_ended() {
    for office in TestOffice::both().await {
        let admin = office.browser("S").await;
        let make = [("name", "야간 점검"), ("for", "engine"), ("until", "2027-06-30")];
        let page = admin.post("/settings/tokens", &make).await.body;
        let token = page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
        assert!(token.starts_with("haechi_"), "{page}");
        let engine = Program { service: web::service(&office.office), token: token.clone() };
        assert_eq!(engine.get("/api/v1/me").await.json()["name"], json!("야간 점검"), "{}", office.kind);

        let page = admin.get("/settings/tokens").await.body;
        assert!(page.contains("야간 점검") && !page.contains(&token), "{page}");
        let revoke = page.split("action=\"").find(|part| part.contains("/revoke\"")).unwrap();
        let revoke = revoke.split('"').next().unwrap();
        assert_eq!(admin.post(revoke, &[]).await.location.as_deref(), Some("/settings/tokens"));
        assert_eq!(engine.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
        let long = [("name", "야간 점검"), ("for", "engine"), ("until", "2030-06-30")];
        assert_eq!(admin.post("/settings/tokens", &long).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn programs_are_not_asked_to_prove_again_whose_they_are() {
    let office = TestOffice::sqlite().await;
    let admin = Program::of(&office, Some("S")).await;
    office.clock.forward(16 * 60);
    let set = admin.post("/api/v1/settings", &json!({ "name": "step-days", "value": 4 })).await;
    assert_eq!(set.status, StatusCode::NO_CONTENT, "{}", set.text);
}
