//! Every route there is: strangers, every role, and people of another government with ids that are not theirs.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use chrono::TimeDelta;
use haechi_core::words::Words;
use serde_json::{Value, json};

use super::{Program, Told, token};
use crate::audit::Via;
use crate::policy::{Action, Actor, Role};
use crate::sign_in;
use crate::slices::people;
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::web::{self, Gate, Kind, Route};

/// Somebody of each role.
const EVERYBODY: [&str; 8] = ["M", "A1", "H", "Lee", "Kim", "Io", "X", "S"];
/// A text in the first government's records that nobody of another may see.
const MARK: &str = "표지-이천쌀집";

#[tokio::test]
async fn the_list_of_routes() {
    let office = TestOffice::sqlite().await;
    let gate = |gate: Gate| match gate {
        Gate::Open => "everybody".to_owned(),
        Gate::Signed => "who signed in".to_owned(),
        Gate::May(action) => format!("who may {}", action.as_str()),
    };
    let routes = web::routes(&office.office);
    let mut lines: Vec<String> = routes
        .list()
        .iter()
        .map(|route| {
            let proof = if route.marks.wants_proof { ", proved again" } else { "" };
            format!("{} {} ({:?}): {}{proof}", route.path, route.method, route.kind, gate(route.gate))
        })
        .collect();
    lines.sort();
    insta::assert_snapshot!("routes", lines.join("\n"));
}

/// A body with which a request of the API would be done, were it theirs.
fn body(path: &str, office: &TestOffice, id: &str) -> Value {
    match path.rsplit('/').next().unwrap_or_default() {
        "answer" => json!({ "revision": 1, "outcome": "explained", "text": "이유" }),
        "wait" => json!({ "revision": 1, "whom": "은행", "until": "2026-11-30" }),
        "resume" if path.contains("/webhooks/") => json!({}),
        "resume" | "claim" => json!({ "revision": 1 }),
        "approve" | "confirm" | "explain" if path.contains("/bulk/") => {
            json!({ "cases": [{ "id": id, "revision": 1 }], "reason": "이유" })
        }
        "return" if path.contains("/people/") => json!({}),
        "remove" => json!({}),
        "end" if path.contains("/people/units/") || path.contains("/people/places/") => as_documented(path).unwrap(),
        "approve" => json!({ "revision": 1 }),
        "confirm" => json!({ "revision": 1, "text": "" }),
        "return" | "reopen" | "release" => json!({ "revision": 1, "reason": "이유" }),
        "hand-over" => json!({ "revision": 1, "to": id, "reason": "이유" }),
        "comments" => json!({ "text": "말" }),
        "decide" if path.contains("/scenario-changes/") || path.contains("/retention/") => {
            json!({ "approve": false, "answer": "아니요" })
        }
        "end" if path.contains("/engine/") => json!({ "failed": false }),
        "decide" => json!({ "granted": false, "answer": "아니요" }),
        "grants" => json!({ "employee_no": "Park", "role": "inspector", "reason": "이유" }),
        "role-requests" => json!({ "role": "inspector", "reason": "이유" }),
        "settings" => json!({ "name": "step-days", "value": 4 }),
        "stand-ins" => json!({ "stand_in": "Park", "to": "2026-12-01", "reason": "휴가" }),
        "records" => serde_json::to_value(office.records()).unwrap(),
        "reveal" | "proof" => json!({ "reason": "업무상 확인" }),
        "recusal" => json!({ "reason": "이유" }),
        "sign" | "close" => json!({ "note": "이상 없음" }),
        "tokens" => json!({ "name": "이름", "scopes": ["read"], "until": "2026-11-30" }),
        "webhooks" => json!({ "url": "https://example.org/haechi" }),
        "{name}" => json!({ "revision": 0, "subject": "제목", "body": "본문" }),
        "preview" => json!({ "subject": "제목", "body": "본문" }),
        "done" | "seen" | "end" | "keep" | "acknowledge" | "read" | "again" | "give-up" | "test" | "tasks"
        | "withdraw" => {
            json!({})
        }
        "password" | "attachments" | "runs" | "add-checkpoint" => json!({}),
        _ => as_documented(path).unwrap_or_else(|| panic!("say what is sent to {path}")),
    }
}

/// The example that the API's document gives of what is sent to `path`.
fn as_documented(path: &str) -> Option<Value> {
    let whole = web::openapi::whole();
    web::openapi::body(whole, &whole["paths"][path]["post"])?["examples"].get(0).cloned()
}

/// Asks as somebody; as a stranger where nobody is named.
async fn ask(service: &Router, office: &TestOffice, who: Option<&str>, route: &Route, id: &str) -> Told {
    let path = filled(route.path, id);
    let mut request = Request::builder().method(route.method.clone()).uri(&path);
    let mut sent = Body::empty();
    let mut program = Program { service: service.clone(), token: String::new() };
    match route.kind {
        Kind::Api => {
            if let Some(who) = who {
                program.token = token(office, Some(who), &["read", "write"]).await;
            }
            if route.method == Method::POST {
                request = request.header(header::CONTENT_TYPE, "application/json");
                sent = Body::from(body(route.path, office, id).to_string());
            }
        }
        Kind::Page => {
            let mut csrf = String::new();
            if let Some(who) = who {
                let secret = sign_in::session_of(&office.office, office.tenant, office.person(who).await).await;
                csrf = secret.form_token();
                request = request.header(header::COOKIE, format!("haechi={}.{}", office.tenant, secret.text()));
            }
            if route.method == Method::POST {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                let fields = [
                    ("csrf", csrf.as_str()),
                    ("reason", "이유"),
                    ("text", "이유"),
                    ("answer", "이유"),
                    ("outcome", "explained"),
                    ("revision", "1"),
                    ("until", "2026-12-31"),
                    ("role", "inspector"),
                    ("employee_no", "Park"),
                    ("to", id),
                    ("id", id),
                    ("token", id),
                    ("days", "0"),
                    ("name", "이름"),
                    ("whom", "은행"),
                ];
                let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
                sent = Body::from(form);
            }
        }
    }
    program.ask(request.body(sent).unwrap()).await
}

fn filled(path: &str, id: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { id } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// Whether the gate lets somebody through.
fn passes(gate: Gate, actor: &Actor) -> bool {
    match gate {
        Gate::Open | Gate::Signed => true,
        Gate::May(action) => actor.may_ever(action),
    }
}

/// One of each kind of record: a case, a run, an exclusion, a grant, a request, a person.
pub(super) async fn records(office: &TestOffice) -> Vec<(&'static str, String)> {
    let mut of_kim = TestFinding::to_kim(MARK);
    of_kim.rows = 3;
    office.receive(&TestRun::of([of_kim, TestFinding::to_kim("찻집")])).await;
    let head = Program::of(office, Some("H")).await;
    let cases = head.get("/api/v1/cases").await.json();
    let ids: Vec<String> =
        cases["items"].as_array().unwrap().iter().map(|case| case["id"].as_str().unwrap().to_owned()).collect();
    // One of them becomes an exclusion.
    let until = (office.office.today() + TimeDelta::days(90)).to_string();
    let excluded = ids.last().unwrap();
    let at = |verb: &str| format!("/api/v1/cases/{excluded}/{verb}");
    let asked = json!({ "revision": 1, "outcome": "excluded", "text": MARK, "basis": MARK, "until": until });
    let [kim, auditor, admin, park] = [
        Program::of(office, Some("Kim")).await,
        Program::of(office, Some("A1")).await,
        Program::of(office, Some("S")).await,
        Program::of(office, Some("Park")).await,
    ];
    for done in [
        kim.post(&at("answer"), &asked).await,
        head.post(&at("approve"), &json!({ "revision": 2 })).await,
        auditor.post(&at("confirm"), &json!({ "revision": 3 })).await,
    ] {
        assert_eq!(done.status.as_u16(), 200, "{}", done.text);
    }
    let request =
        park.post("/api/v1/people/role-requests", &json!({ "role": "inspector", "reason": MARK })).await.json();
    let first = |list: Value| list["items"][0]["id"].as_str().unwrap().to_owned();
    let kim = format!("/api/v1/people/persons/{}", office.person("Kim").await);
    let place = admin.get(&kim).await.json()["places"][0]["id"].as_str().unwrap().to_owned();
    vec![
        ("case", ids[0].clone()),
        ("closed case", ids[1].clone()),
        ("run", first(auditor.get("/api/v1/runs").await.json())),
        ("exclusion", first(auditor.get("/api/v1/exclusions").await.json())),
        ("grant", first(admin.get("/api/v1/people/grants").await.json())),
        ("request", request["id"].as_str().unwrap().to_owned()),
        ("person", office.person("Kim").await.to_string()),
        ("place", place),
    ]
}

#[tokio::test]
async fn a_stranger_is_sent_to_the_sign_in_or_told_that_a_token_is_needed() {
    let office = TestOffice::sqlite().await;
    let service = web::service(&office.office);
    for route in web::routes(&office.office).list() {
        let told = ask(&service, &office, None, route, "01990000-0000-7000-8000-000000000000").await;
        let what = format!("{} {}: {}", route.method, route.path, told.status);
        match (route.gate, route.kind, &route.method) {
            (Gate::Open, ..) => assert!(told.status.as_u16() < 500 && told.status != 403, "{what}"),
            (_, Kind::Api, _) => {
                assert_eq!((told.status.as_u16(), told.code().as_str()), (401, "sign_in.needed"), "{what}")
            }
            (_, Kind::Page, &Method::GET) => {
                assert_eq!(told.status.as_u16(), 303, "{what}");
                assert!(told.headers[header::LOCATION].to_str().unwrap().starts_with("/sign-in?next="), "{what}");
            }
            (_, Kind::Page, _) => assert_eq!(told.status.as_u16(), 401, "{what}"),
        }
    }
}

#[tokio::test]
async fn every_role_is_let_through_where_the_policy_says_and_nothing_breaks() {
    for office in TestOffice::both().await {
        let (records, service) = (records(&office).await, web::service(&office.office));
        let inspector = Program::of(&office, Some("S")).await;
        let grant = json!({ "employee_no": "Lee", "role": "inspector", "reason": "의회" });
        assert_eq!(inspector.post("/api/v1/people/grants", &grant).await.status.as_u16(), 201);
        // With one connection left, whatever wants a second one while it holds one waits for itself, as a few such requests at once
        // would wait for each other.
        let db = office.office.db();
        let writers = u32::from(!db.is_postgres());
        let mut others = Vec::new();
        for _ in 1..db.connections().2 - writers {
            others.push(db.read(office.tenant).await.unwrap());
        }
        for who in EVERYBODY {
            let actor = office.actor(who).await;
            for route in web::routes(&office.office).list() {
                let ids: &[(&str, String)] = if route.path.contains('{') { &records } else { &records[..1] };
                for (kind, id) in ids {
                    let told = ask(&service, &office, Some(who), route, id).await;
                    let what = format!(
                        "{}: {who} {} {} with a {kind}: {} {}",
                        office.kind, route.method, route.path, told.status, told.text
                    );
                    assert!(told.status.as_u16() < 500 && told.status.as_u16() != 401 || is_password(route), "{what}");
                    if !passes(route.gate, &actor) {
                        assert_eq!(told.status.as_u16(), 403, "{what}");
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn the_engine_hands_runs_in_and_does_nothing_else() {
    let office = TestOffice::sqlite().await;
    let records = records(&office).await;
    let engine = Program::of(&office, None).await;
    for route in web::routes(&office.office).list().iter().filter(|route| route.kind == Kind::Api) {
        let path = filled(route.path, &records[0].1);
        let told = match route.method {
            Method::GET => engine.get(&path).await,
            _ => engine.post(&path, &body(route.path, &office, &records[0].1)).await,
        };
        let is_its_own = ["/api/v1/me", "/api/v1/openapi.json", "/api/v1/runs", "/witness/add-checkpoint"]
            .contains(&route.path)
            || route.gate == Gate::May(Action::SubmitRun);
        let may = is_its_own && (route.path != "/api/v1/runs" || route.method == Method::POST);
        assert_eq!(told.status.as_u16() != 403, may, "{} {}: {}", route.method, route.path, told.text);
    }
}

/// A wrong password is a 401 of its own.
fn is_password(route: &Route) -> bool {
    ["/sign-in", "/sign-in/oidc/callback/{government}", "/sign-in/code", "/proof", "/account/password"]
        .contains(&route.path)
        || route.path.starts_with("/account/second-factor")
}

#[tokio::test]
async fn with_ids_of_another_government_one_finds_nothing_and_learns_nothing() {
    for first in TestOffice::both().await {
        let records = records(&first).await;
        let seen = Program::of(&first, Some("Kim")).await.get(&format!("/api/v1/cases/{}", records[0].1)).await;
        assert!(seen.text.contains(MARK), "its own people see it");
        let (other, service) = (another(&first).await, web::service(&first.office));
        for who in EVERYBODY {
            let actor = other.actor(who).await;
            for route in web::routes(&other.office).list() {
                for (kind, id) in &records {
                    let told = ask(&service, &other, Some(who), route, id).await;
                    let what = format!(
                        "{}: {who} {} {} with a {kind}: {} {}",
                        other.kind, route.method, route.path, told.status, told.text
                    );
                    assert!(!told.text.contains(MARK), "{what}");
                    if !route.path.contains('{') {
                        break;
                    }
                    match (passes(route.gate, &actor), route.kind) {
                        (false, _) => assert_eq!(told.status.as_u16(), 403, "{what}"),
                        (true, Kind::Api) => assert_eq!(told.status.as_u16(), 404, "{what}"),
                        // Nobody has begun what this would end.
                        (true, Kind::Page) if route.path.starts_with("/sign-in/oidc/") => {
                            assert_eq!(told.status.as_u16(), 410, "{what}");
                        }
                        // A form may be refused for what is in it before it is asked whose record it is.
                        (true, Kind::Page) => assert!([403, 404, 422].contains(&told.status.as_u16()), "{what}"),
                    }
                }
            }
        }
    }
}

/// A second government on the same installation, with people of the same numbers.
async fn another(first: &TestOffice) -> TestOffice {
    let code = format!("9{}", first.code.get(1..).unwrap_or_default());
    let name = Words::new("다른시", "Another City");
    let tenant = people::found(&first.office, &code, &name, Via::Cli).await.unwrap();
    let other = TestOffice {
        office: first.office.clone(),
        tenant,
        code,
        clock: first.clock.clone(),
        folder: tempfile::tempdir().unwrap(),
        kind: first.kind,
        log_secret: first.log_secret.clone(),
    };
    other.take_in(&other.records()).await;
    for (who, role) in [
        ("A1", Role::Auditor),
        ("Io", Role::IntegrityOfficer),
        ("X", Role::OutsideConfirmer),
        ("S", Role::Administrator),
        ("Lee", Role::Inspector),
    ] {
        people::grant_by_installation(&other.office, tenant, other.person(who).await, role).await.unwrap();
    }
    other
}
