//! The document of the API, held against the routes there are and against what is answered.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Program, token};
use crate::policy::Role;
use crate::slices::people;
use crate::testing::TestOffice;
use crate::web::{self, Keyed, Kind};

#[tokio::test]
async fn the_document_speaks_of_every_route_of_the_api_and_of_no_other() {
    let office = TestOffice::sqlite().await;
    let routes = web::routes(&office.office);
    let routes: BTreeSet<(String, String)> = routes
        .list()
        .iter()
        // What witnesses speak is another document's (C2SP).
        .filter(|route| route.kind == Kind::Api && route.path.starts_with("/api/"))
        .map(|route| (route.path.to_owned(), route.method.to_string()))
        .collect();
    let document = web::openapi::whole();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["title"], "Haechi");
    let documented: BTreeSet<(String, String)> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| item.as_object().unwrap().keys().map(|method| (path.clone(), method.to_uppercase())))
        .collect();
    assert_eq!(documented, routes);
    // Every part that is referred to is there.
    let text = document.to_string();
    for name in text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document["components"]["schemas"].get(name).is_some(), "`{name}` is not described");
    }
    assert_eq!(document["components"]["schemas"]["Records"]["type"], "object");
}

#[tokio::test]
async fn every_request_says_which_key_and_revision_it_takes_and_has_words_for_people() {
    let office = TestOffice::sqlite().await;
    let document = web::openapi::whole();
    let routes = web::routes(&office.office);
    for route in routes.list().iter().filter(|route| route.kind == Kind::Api && route.path.starts_with("/api/")) {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        let what = format!("{} {}", route.method, route.path);
        assert!(operation["tags"][0].is_string() && operation["summary"].is_string(), "{what}");
        let headers: BTreeSet<&str> = operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|one| one["in"] == "header")
            .filter_map(|one| one["name"].as_str())
            .collect();
        assert_eq!(headers.contains("Idempotency-Key"), route.keyed != Keyed::No, "{what}");
        assert_eq!(headers.contains("If-Match"), operation["responses"].get("428").is_some(), "{what}");
    }
}

#[test]
fn no_two_parts_of_the_document_call_different_things_by_one_name() {
    let mut known = std::collections::BTreeMap::new();
    for part in web::openapi::parts() {
        let part = serde_json::to_value(part).unwrap();
        for (name, schema) in part["components"]["schemas"].as_object().into_iter().flatten() {
            let before = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(before, schema, "two schemas are called {name}");
        }
    }
}

/// What an address takes is understood: with a record that is not there it is not found, and nothing is said of the body.
#[tokio::test]
async fn each_example_is_one_that_its_address_takes() {
    let office = TestOffice::sqlite().await;
    for role in [Role::Administrator, Role::IntegrityOfficer] {
        people::grant_by_installation(&office.office, office.tenant, office.person("A2").await, role).await.unwrap();
    }
    let all =
        Program { service: web::service(&office.office), token: token(&office, Some("A2"), &["read", "write"]).await };
    let document = web::openapi::whole();
    let (mut tried, nobody) = (0, "01990000-0000-7000-8000-000000000000");
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(body) = web::openapi::body(document, &item["post"]) else { continue };
        let place = path.replace("{id}", nobody).replace("{month}", "2026-10").replace("{name}", "step");
        let is_needed = body["required"].is_array() && path != "/api/v1/people/records";
        assert!(!is_needed || body["examples"].is_array(), "{path} has no example of what it takes");
        for example in body["examples"].as_array().into_iter().flatten() {
            let told = all.post(&place, example).await;
            let code = if told.status.is_client_error() { told.code() } else { String::new() };
            assert!(!code.starts_with("request.") && code != "case.missing", "{path} {example}: {}", told.text);
            assert!(!told.status.is_server_error(), "{path} {example}: {}", told.text);
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

#[tokio::test]
async fn the_page_for_people_shows_examples() {
    let office = TestOffice::sqlite().await;
    let page = office.stranger().get("/api/v1/").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("같은 날 열린 서로 다른 모임이었습니다."), "{}", page.body);
    assert!(page.body.contains("POST /api/v1/cases/{id}/attachments"), "{}", page.body);
}

#[test]
fn what_does_not_fit_a_schema_is_noticed() {
    let me = |change: &dyn Fn(&mut Value)| {
        let mut told = json!({
            "person": null, "name": "engine", "government": "1", "government_name": { "ko": "가", "en": "a" },
            "roles": [], "places": [], "may": [], "granters": [], "asked": []
        });
        change(&mut told);
        super::conform::told("GET", "/api/v1/me", 200, "application/json", &told.to_string())
    };
    assert_eq!(me(&|_| {}), Ok(()));
    assert!(me(&|told| told["name"] = json!(7)).is_err());
    assert!(me(&|told| drop(told.as_object_mut().unwrap().remove("may"))).is_err());
    assert!(me(&|told| told["more"] = json!(true)).is_err());
    assert!(me(&|told| told["government_name"]["ko"] = json!(null)).is_err());
    assert!(super::conform::told("GET", "/api/v1/me", 418, "application/json", "{}").is_err());
    assert!(super::conform::told("GET", "/api/v1/me", 200, "text/html", "").is_err());
}
