//! A token does what its person may, and never widens itself.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Program, json as sends, token};
use crate::testing::TestOffice;
use crate::web;

fn with(office: &TestOffice, token: &str) -> Program {
    Program { service: web::service(&office.office), token: token.to_owned() }
}

/// Makes a token with the token of `by`, until a day.
async fn made(by: &Program, scopes: &[&str], until: &str) -> Value {
    let told = by.post("/api/v1/tokens", &json!({ "name": "보고", "scopes": scopes, "until": until })).await;
    assert_eq!(told.status, StatusCode::CREATED, "{}", told.text);
    told.json()
}

async fn refused(by: &Program, path: &str, body: Value) -> (u16, String) {
    let told = by.post(path, &body).await;
    (told.status.as_u16(), told.code())
}

#[tokio::test]
async fn a_token_makes_only_tokens_that_do_no_more_and_hold_no_longer() {
    for office in TestOffice::both().await {
        // It holds for thirty days, until 24 December.
        let admin = with(&office, &token(&office, Some("S"), &["read", "write"]).await);
        let reader = with(&office, made(&admin, &["read"], "2026-12-01").await["token"].as_str().unwrap());
        assert_eq!(reader.get("/api/v1/me").await.json()["name"], "S 님", "{}", office.kind);
        let more = |scopes: Value, until: &str| json!({ "name": "더", "scopes": scopes, "until": until });
        let wider = |until| more(json!(["read"]), until);
        assert_eq!(refused(&reader, "/api/v1/tokens", wider("2026-11-30")).await, (403, "token.scope".to_owned()));
        assert_eq!(refused(&admin, "/api/v1/tokens", wider("2026-12-25")).await, (403, "token.wider".to_owned()));
        assert_eq!(refused(&admin, "/api/v1/tokens", wider("2026-11-23")).await, (422, "token.scope".to_owned()));
        let engine = more(json!(["runs"]), "2026-12-01");
        assert_eq!(refused(&admin, "/api/v1/tokens", engine).await, (422, "request.value".to_owned()));
        // On its own last day it ends when the token ends, and not at midnight.
        let last = made(&admin, &["write"], "2026-12-24").await;
        let list = admin.get("/api/v1/tokens").await.json();
        let listed = |id: &Value| list["items"].as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap();
        let (last, own) =
            (listed(&last["id"]), list["items"].as_array().unwrap().iter().find(|one| one["is_this"] == true));
        assert_eq!((&last["expires_at"], &last["made_with"]), (&own.unwrap()["expires_at"], &own.unwrap()["id"]));
        assert!(!list.to_string().contains("haechi_"), "no secret is listed");
        office.days_pass(8);
        assert_eq!(reader.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED, "its last day is over");
        assert_eq!(admin.get("/api/v1/me").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn who_ends_a_token_ends_those_that_were_made_with_it() {
    for office in TestOffice::both().await {
        let admin = with(&office, &token(&office, Some("S"), &["write"]).await);
        let child = made(&admin, &["read", "write"], "2026-12-10").await;
        let grandchild = with(
            &office,
            made(&with(&office, child["token"].as_str().unwrap()), &["write"], "2026-12-05").await["token"]
                .as_str()
                .unwrap(),
        );
        let other = with(&office, made(&admin, &["read"], "2026-12-10").await["token"].as_str().unwrap());
        assert_eq!(grandchild.get("/api/v1/me").await.status, StatusCode::OK, "{}", office.kind);
        let end = format!("/api/v1/tokens/{}/end", child["id"].as_str().unwrap());
        assert_eq!(admin.post(&end, &json!({})).await.status, StatusCode::NO_CONTENT);
        for ended in [with(&office, child["token"].as_str().unwrap()), grandchild] {
            let told = ended.get("/api/v1/me").await;
            assert_eq!((told.status.as_u16(), told.code().as_str()), (401, "sign_in.needed"));
        }
        assert_eq!(other.get("/api/v1/me").await.status, StatusCode::OK, "that one was not made with it");
        assert_eq!(refused(&admin, &end, json!({})).await, (404, "hidden".to_owned()));
        let log = admin.get("/api/v1/log/events?limit=2").await.json();
        let ends: Vec<_> =
            log["items"].as_array().unwrap().iter().map(|event| event["record"]["kind"].clone()).collect();
        assert_eq!(ends, ["token", "token"], "each has its event");
    }
}

#[tokio::test]
async fn a_secret_is_answered_once_and_kept_nowhere() {
    for office in TestOffice::both().await {
        let admin = Program::of(&office, Some("S")).await;
        for (path, body, secret) in [
            ("/api/v1/tokens", json!({ "name": "보고", "scopes": ["read"], "until": "2026-12-01" }), "token"),
            ("/api/v1/webhooks", json!({ "url": "https://example.org/haechi", "events": ["case.confirm"] }), "secret"),
        ] {
            let send = |body: &Value| {
                let mut request = sends(path, body);
                request.headers_mut().insert("idempotency-key", secret.parse().unwrap());
                request
            };
            let first = admin.ask(send(&body)).await;
            assert_eq!(first.status, StatusCode::CREATED, "{}: {}", office.kind, first.text);
            let again = admin.ask(send(&body)).await;
            assert_eq!((again.status.as_u16(), again.code().as_str()), (409, "idempotency.done"), "{path}");
            assert!(!again.text.contains(first.json()[secret].as_str().unwrap()));
            let list = admin.get(path).await;
            assert!(!list.text.contains(first.json()[secret].as_str().unwrap()));
            let many = list.json()["items"].as_array().unwrap().len();
            let before = if secret == "token" { 1 } else { 0 };
            assert_eq!(many - before, 1, "it was done once: {}", list.text);
            let id = first.json()["id"].as_str().unwrap().to_owned();
            assert_eq!(admin.post(&format!("{path}/{id}/end"), &json!({})).await.status, StatusCode::NO_CONTENT);
            office.days_pass(1);
            assert_eq!(admin.ask(send(&body)).await.status, StatusCode::CREATED, "a day later the key is free");
        }
    }
}

#[tokio::test]
async fn a_token_makes_no_administrator_and_gives_its_person_nothing() {
    for office in TestOffice::both().await {
        let admin = Program::of(&office, Some("S")).await;
        let gives = |who: &str, role: &str| json!({ "employee_no": who, "role": role, "reason": "인사 발령" });
        let grants = "/api/v1/people/grants";
        assert_eq!(refused(&admin, grants, gives("Park", "administrator")).await, (403, "token.wider".to_owned()));
        assert_eq!(refused(&admin, grants, gives("S", "inspector")).await, (403, "forbidden".to_owned()));
        assert_eq!(
            admin.post(grants, &gives("Park", "inspector")).await.status,
            StatusCode::CREATED,
            "{}",
            office.kind
        );

        let park = Program::of(&office, Some("Park")).await;
        let asks = json!({ "role": "administrator", "reason": "정보통신 담당" });
        let asked = park.post("/api/v1/people/role-requests", &asks).await.json();
        assert_eq!(park.get("/api/v1/me").await.json()["asked"], json!(["administrator"]));
        assert_eq!(park.get("/api/v1/me").await.json()["granters"][0]["name"], "S 님");
        let decide = format!("/api/v1/people/role-requests/{}/decide", asked["id"].as_str().unwrap());
        let yes = json!({ "granted": true, "answer": "맡으십시오." });
        assert_eq!(refused(&admin, &decide, yes).await, (403, "token.wider".to_owned()));
        let roles = park.get("/api/v1/me").await.json()["roles"].clone();
        assert_eq!(roles, json!(["official", "inspector"]), "nothing was given");
        // On the page, where somebody signed in, it is as it was.
        let page = office.browser("S").await;
        let request = format!("/people/requests/{}", asked["id"].as_str().unwrap());
        let done = page.post(&request, &[("do", "grant"), ("answer", "맡으십시오.")]).await;
        assert_eq!(done.location.as_deref(), Some("/people/grants"), "{}", done.body);
    }
}

#[tokio::test]
async fn a_token_changes_no_password_but_signs_its_person_out() {
    for office in TestOffice::both().await {
        let kim = Program::of(&office, Some("Kim")).await;
        let told = kim.post("/api/v1/me/password", &json!({ "old": "a", "new": "b" })).await;
        assert_eq!((told.status.as_u16(), told.code().as_str()), (403, "token.sign_in"), "{}", office.kind);

        let (one, other) = (office.browser("Kim").await, office.browser("Kim").await);
        let park = office.browser("Park").await;
        let list = kim.get("/api/v1/me/sessions").await.json();
        let ids: Vec<&str> = list["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 2);
        let end = format!("/api/v1/me/sessions/{}/end", ids[0]);
        assert_eq!(kim.post(&end, &json!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(refused(&kim, &end, json!({})).await, (404, "hidden".to_owned()));
        let open = async |browser: &crate::testing::Browser| browser.get("/inbox").await.status == StatusCode::OK;
        assert!(open(&one).await != open(&other).await, "one of them is out");
        for _ in 0..2 {
            let all = kim.post("/api/v1/me/sessions/end", &json!(null)).await;
            assert_eq!(all.status, StatusCode::NO_CONTENT, "also where there is none");
        }
        assert!(!open(&one).await && !open(&other).await);
        assert!(open(&park).await, "another's goes on");
        assert_eq!(kim.get("/api/v1/me").await.status, StatusCode::OK, "and so does the token");
    }
}
