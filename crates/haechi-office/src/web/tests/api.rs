//! Programs, as stories on both databases.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{Program, json as sends};
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::web;

#[tokio::test]
async fn a_run_is_handed_in_and_its_case_goes_its_way_without_a_page() {
    for office in TestOffice::both().await {
        let engine = Program::of(&office, None).await;
        let lines = TestRun::of([TestFinding::to_kim("식당")]).lines(&office.code);
        let send = || Request::post("/api/v1/runs").body(Body::from(lines.clone())).unwrap();
        let received = engine.ask(send()).await;
        assert_eq!(received.status, StatusCode::OK, "{}: {}", office.kind, received.text);
        assert_eq!((&received.json()["new"], &received.json()["again"]), (&json!(1), &json!(false)));
        assert_eq!(engine.ask(send()).await.json()["again"], true, "the same run changes nothing");
        assert!(
            std::fs::read_dir(office.office.files().spool().unwrap()).unwrap().next().is_none(),
            "nothing is left lying"
        );

        let [kim, head, auditor] = [
            Program::of(&office, Some("Kim")).await,
            Program::of(&office, Some("H")).await,
            Program::of(&office, Some("A1")).await,
        ];
        let list = kim.get("/api/v1/cases").await.json();
        let id = list["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(list["next"], json!(null));
        let case = kim.get(&format!("/api/v1/cases/{id}")).await;
        assert_eq!(case.headers[header::ETAG], "\"1\"");
        let case = case.json();
        assert_eq!(case["alert"]["evidence"][0]["place"], "cards.csv:2");
        assert_eq!((&case["due"]["days"], &case["due"]["by"]), (&json!(7), &json!("scenario")));
        assert_eq!(case["handler"]["name"], "Kim 님");

        let answer = format!("/api/v1/cases/{id}/answer");
        let explained = json!({ "outcome": "explained", "text": "서로 다른 모임이었습니다." });
        let unseen = kim.post(&answer, &explained).await;
        assert_eq!((unseen.status, unseen.code().as_str()), (StatusCode::PRECONDITION_REQUIRED, "request.revision"));
        let mut seen = sends(&answer, &explained);
        seen.headers_mut().insert(header::IF_MATCH, "\"1\"".parse().unwrap());
        let answered = kim.ask(seen).await;
        assert_eq!((answered.status, answered.json()["state"].as_str()), (StatusCode::OK, Some("with_manager")));
        assert_eq!(answered.headers[header::ETAG], "\"2\"");

        let approve = format!("/api/v1/cases/{id}/approve");
        let stale = head.post(&approve, &json!({ "revision": 1 })).await;
        assert_eq!((stale.status, stale.code().as_str()), (StatusCode::CONFLICT, "case.stale"));
        assert_eq!(head.post(&approve, &json!({ "revision": 2 })).await.status, StatusCode::OK);
        let closed = auditor.post(&format!("/api/v1/cases/{id}/confirm"), &json!({ "revision": 3 })).await;
        assert_eq!((&closed.json()["state"], &closed.json()["outcome"]), (&json!("closed"), &json!("explained")));
        assert_eq!(kim.get("/api/v1/cases?closed=true").await.json()["items"].as_array().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn many_cases_are_explained_with_one_reason_and_one_that_is_not_theirs_holds_up_none() {
    for office in TestOffice::both().await {
        let to_park = TestFinding { person: Some("Park"), ..TestFinding::to_kim("호텔") };
        office.receive(&TestRun::of([TestFinding::to_kim("식당"), TestFinding::to_kim("찻집"), to_park])).await;
        let (kim, head) = (Program::of(&office, Some("Kim")).await, Program::of(&office, Some("H")).await);
        let list = head.get("/api/v1/cases?limit=2").await.json();
        assert_eq!(list["items"].as_array().unwrap().len(), 2);
        let rest = head.get(&format!("/api/v1/cases?after={}", list["next"].as_str().unwrap())).await.json();
        let seen = |revision: i32| -> Vec<Value> {
            let all = [&list, &rest].into_iter().flat_map(|page| page["items"].as_array().unwrap());
            all.map(|case| json!({ "id": case["id"], "revision": revision })).collect()
        };
        assert_eq!(seen(1).len(), 3, "each once");
        let body = json!({ "cases": seen(1), "reason": "같은 날 두 모임이었습니다." });
        let done = kim.post("/api/v1/cases/bulk/explain", &body).await.json();
        let results = done["results"].as_array().unwrap();
        let (mine, others): (Vec<_>, Vec<_>) = results.iter().partition(|one| one["problem"].is_null());
        assert_eq!((mine.len(), others.len()), (2, 1), "{done}");
        assert_eq!(others[0]["problem"]["code"], "hidden");
        let blind = head.post("/api/v1/cases/bulk/approve", &body).await.json();
        assert!(blind["results"].as_array().unwrap().iter().all(|one| one["case"].is_null()), "not as it was seen");
        let body = json!({ "cases": seen(2), "reason": "확인했습니다." });
        let done = head.post("/api/v1/cases/bulk/approve", &body).await.json();
        let states: Vec<&str> =
            done["results"].as_array().unwrap().iter().filter_map(|one| one["case"]["state"].as_str()).collect();
        assert_eq!(states, ["with_audit", "with_audit"], "{done}");
        let body = json!({ "cases": seen(3), "reason": "소명이 맞습니다." });
        let done = Program::of(&office, Some("A1")).await.post("/api/v1/cases/bulk/confirm", &body).await.json();
        let outcomes: Vec<&str> =
            done["results"].as_array().unwrap().iter().filter_map(|one| one["case"]["outcome"].as_str()).collect();
        assert_eq!(outcomes, ["explained", "explained"], "{done}");
    }
}

#[tokio::test]
async fn whatever_does_not_fit_is_told_as_a_problem() {
    let office = TestOffice::sqlite().await;
    office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
    let kim = Program::of(&office, Some("Kim")).await;
    let id = kim.get("/api/v1/cases").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    let (answer, comments) = (format!("/api/v1/cases/{id}/answer"), format!("/api/v1/cases/{id}/comments"));
    let raw = |path: &str, media: &str, body: &str| {
        Request::post(path).header(header::CONTENT_TYPE, media).body(Body::from(body.to_owned())).unwrap()
    };
    let get = |path: &str| Request::get(path).body(Body::empty()).unwrap();
    let large = format!("{{\"text\": \"{}\"}}", "가".repeat(200_000));
    for (request, status, code) in [
        (get("/api/v1/cases/no-id"), 404, "hidden"),
        (get("/api/v1/cases?after=7"), 422, "request.query"),
        (get("/api/v1/cases?limit=0"), 422, "request.limit"),
        (get("/api/v1/cases?unknown=1"), 422, "request.query"),
        (get("/api/v1/cases?text=%00"), 422, "request.query"),
        (get("/api/v1/nothing"), 404, "hidden"),
        (get("/api/v1/runs"), 403, "forbidden"),
        (get(&answer), 405, "request.method"),
        (raw(&comments, "text/plain", "{}"), 415, "request.media"),
        (raw(&comments, "application/json", "{"), 400, "request.json"),
        (raw(&comments, "application/json", "{\"text\": 7}"), 422, "request.value"),
        (raw(&comments, "application/json", "[\"a list is no object\"]"), 422, "request.value"),
        (raw("/api/v1/inbox/read", "application/json", "[]"), 422, "request.value"),
        (raw(&comments, "application/json", "{\"text\": \"a\", \"more\": 1}"), 422, "request.value"),
        (raw(&comments, "application/json", "{\"text\": \"a\\u0000b\"}"), 422, "request.nul"),
        (raw(&comments, "application/json", "{\"text\": \" \"}"), 422, "case.missing"),
        (raw(&comments, "application/json", &large), 413, "request.large"),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let told = kim.ask(request).await;
        assert_eq!((told.status.as_u16(), told.code().as_str()), (status, code), "{what}: {}", told.text);
        if status == 405 {
            assert_eq!(told.headers[header::ALLOW], "POST");
        }
    }
    let mut korean = get("/api/v1/runs");
    korean.headers_mut().insert(header::ACCEPT_LANGUAGE, "ko-KR,ko;q=0.9".parse().unwrap());
    assert_eq!(kim.ask(korean).await.json()["title"], "이 일을 할 권한이 없습니다.");
    let nobody = Program { token: String::new(), ..kim };
    let told = nobody.get("/api/v1/me").await;
    assert_eq!((told.status, told.code().as_str()), (StatusCode::UNAUTHORIZED, "sign_in.needed"));
    assert_eq!(told.headers[header::WWW_AUTHENTICATE], "Bearer");
    assert_eq!(nobody.get("/api/v1/openapi.json").await.status, StatusCode::OK);
    let page = nobody.get("/api/v1/").await;
    assert!(page.text.contains("/api/v1/cases/{id}/hand-over") && !page.text.contains("<script>"), "{}", page.text);
}

#[tokio::test]
async fn a_token_does_no_more_than_its_scope() {
    let office = TestOffice::sqlite().await;
    let token = super::token(&office, Some("S"), &["read"]).await;
    let reader = Program { service: web::service(&office.office), token };
    assert_eq!(reader.get("/api/v1/settings").await.status, StatusCode::OK);
    let body = json!({ "name": "handler-days", "value": 5 });
    let told = reader.post("/api/v1/settings", &body).await;
    assert_eq!((told.status, told.code().as_str()), (StatusCode::FORBIDDEN, "token.scope"));
    let writer = Program::of(&office, Some("S")).await;
    assert_eq!(writer.post("/api/v1/settings", &body).await.status, StatusCode::NO_CONTENT);
    let settings = writer.get("/api/v1/settings").await.json();
    assert_eq!((&settings["items"][0]["value"], &settings["items"][0]["by"]), (&json!(5), &json!("government")));
    let engine = Program::of(&office, None).await;
    assert_eq!(engine.get("/api/v1/me").await.json()["roles"], json!(["engine"]));
    assert_eq!(engine.get("/api/v1/cases").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_same_request_with_the_same_key_is_done_once() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let (kim, head) = (Program::of(&office, Some("Kim")).await, Program::of(&office, Some("H")).await);
        let id = kim.get("/api/v1/cases").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let comments = format!("/api/v1/cases/{id}/comments");
        let send = |text: &str, key: &str| {
            let mut request = sends(&comments, &json!({ "text": text }));
            request.headers_mut().insert("idempotency-key", key.parse().unwrap());
            request
        };
        let said = async || {
            let history = kim.get(&format!("/api/v1/cases/{id}")).await.json()["history"].clone();
            history.as_array().unwrap().iter().filter(|line| line["event"] == "comment").count()
        };
        let first = kim.ask(send("영수증을 찾고 있습니다.", "k-1")).await;
        let again = kim.ask(send("영수증을 찾고 있습니다.", "k-1")).await;
        assert_eq!((first.status, &first.text), (again.status, &again.text), "{}", office.kind);
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.headers[header::ETAG], first.headers[header::ETAG]);
        assert_eq!(said().await, 1);
        let other = kim.ask(send("다른 말", "k-1")).await;
        assert_eq!((other.status.as_u16(), other.code().as_str()), (422, "idempotency.reused"));
        // Another token's key of the same name is another key.
        assert_eq!(head.ask(send("기다리겠습니다.", "k-1")).await.status, StatusCode::OK);
        let malformed = kim.ask(send("말", "k 1")).await;
        assert_eq!((malformed.status.as_u16(), malformed.code().as_str()), (400, "idempotency.key"));
        // Refusals are replayed too: the key stands for one answer.
        assert_eq!(kim.ask(send(" ", "k-2")).await.status.as_u16(), 422);
        assert!(kim.ask(send(" ", "k-2")).await.headers.contains_key("idempotency-replayed"));
        // Of two that come at once one is done; the other is told that it is under way, or what the first was told.
        let (one, other) = tokio::join!(kim.ask(send("함께", "k-3")), kim.ask(send("함께", "k-3")));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert!(statuses == [200, 200] || statuses == [200, 409], "{statuses:?}");
        assert_eq!(said().await, 3);
        office.days_pass(1);
        assert_eq!(kim.ask(send("다른 말", "k-1")).await.status, StatusCode::OK, "a day later the key is free");
        assert_eq!(said().await, 4);
    }
}

#[tokio::test]
async fn a_token_that_asks_too_often_is_told_how_long_to_wait_and_a_run_that_is_too_large_is_not_taken() {
    let config = crate::config::Config { requests_a_minute: 3, run_bytes: 10, ..Default::default() };
    for office in TestOffice::both_with(config).await {
        let (kim, head) = (Program::of(&office, Some("Kim")).await, Program::of(&office, Some("H")).await);
        for _ in 0..3 {
            assert_eq!(kim.get("/api/v1/me").await.status, StatusCode::OK);
        }
        let told = kim.get("/api/v1/me").await;
        assert_eq!((told.status.as_u16(), told.code().as_str()), (429, "request.rate"), "{}", office.kind);
        let wait: i64 = told.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        assert_eq!(head.get("/api/v1/me").await.status, StatusCode::OK, "another token is not held up");
        // A share of bytes there is too: what is larger than a run may be is not taken in.
        let engine = Program::of(&office, None).await;
        let large = engine.ask(Request::post("/api/v1/runs").body(Body::from("x".repeat(11))).unwrap()).await;
        assert_eq!((large.status.as_u16(), large.code().as_str()), (413, "request.large"));
        office.clock.forward(wait);
        assert_eq!(kim.get("/api/v1/me").await.status, StatusCode::OK);
    }
}
