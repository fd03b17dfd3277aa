//! What the office says of itself, and that nothing of it is of a person.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, header};
use haechi_core::digest::Digest;
use haechi_testkit::database_servers::Postgres;
use tower::ServiceExt as _;

use super::logs;
use crate::config::Config;
use crate::office::Office;
use crate::problem::Problem;
use crate::testing::{self, Browser, TestOffice, lived};
use crate::web;

/// A log that is read afterwards.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Written {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// The office's own answer to a path, with this token.
async fn get(office: &Office, path: &str, token: Option<&str>) -> (u16, String) {
    let mut request = Request::get(path);
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    let response = web::service(office).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status().as_u16();
    let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn the_log_of_a_whole_story_tells_each_request_and_nothing_of_a_person() {
    let written = Written::default();
    let to = written.clone();
    let _heard =
        tracing::subscriber::set_default(logs::subscriber(move || to.clone(), logs::Form::Json, tracing::Level::INFO));
    for office in TestOffice::both().await {
        let lived = lived::live(&office).await;
        let kim: Browser = office.browser("Kim").await;
        let typed = lived::TYPED.join(" ");
        // What people type into addresses, and what forms are refused for.
        let coded: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        for path in [format!("/cases?q={coded}"), format!("/cases/{coded}"), format!("/{coded}"), "/healthz".to_owned()]
        {
            kim.get(&path).await;
        }
        let at = format!("/cases/{}/answer", lived.case("호텔"));
        kim.post(&at, &[("revision", &typed), ("outcome", "explained"), ("text", &typed)]).await;
        kim.post(&at, &[("revision", "99"), ("outcome", "explained"), ("text", &typed)]).await;
        kim.post("/settings", &[("name", &typed)]).await;
        let unreadable = Request::post("/api/v1/people/records").body(Body::from(typed.clone())).unwrap();
        web::service(&office.office).oneshot(unreadable).await.unwrap();
        // A failure inside, whose text quotes what it could not take.
        let inner = std::io::Error::other(format!("invalid type: string \"{typed}\", expected {}", lived::TYPED[0]));
        Problem::internal("test", &inner).tell_log();
    }
    let text = written.text();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = lines.iter().find(|line| line["route"] == "/cases/{id}/answer" && line["status"] == 303).unwrap();
    for (name, is_there) in [
        ("method", answered["method"] == "POST"),
        ("ms", answered["ms"].is_u64()),
        ("tenant", answered["span"]["tenant"].as_str().is_some_and(|id| id.len() == 36)),
        ("actor", answered["span"]["actor"].as_str().is_some_and(|id| id.len() == 36)),
        ("number", answered["span"]["number"].as_str().is_some_and(|id| id.len() == 32)),
        ("time", answered["timestamp"].is_string()),
    ] {
        assert!(is_there, "{name}: {answered}");
    }
    assert!(lines.iter().any(|line| line["message"] == "failed" && line["code"] == "test"));
    assert!(lines.iter().any(|line| line["message"] == "refused"), "who may not is noted");
    assert!(!lines.iter().any(|line| line["route"] == "/healthz"), "what machines ask all day is not");
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    for secret in
        lived::TYPED.into_iter().chain(["님", "식당", "거래처", "영수증", "맑은 물", "@", "card.split", "?q="])
    {
        assert!(!text.contains(secret), "{secret} is in the log");
        if digits(secret).len() > 6 {
            assert!(!text.contains(&digits(secret)), "{secret} is in the log");
        }
    }
    for person in ["Kim", "Lee", "Park"] {
        assert!(!text.contains(&format!("\"{person}")), "{person} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_for_who_watches_the_machine_and_say_how_it_is() {
    for office in TestOffice::both().await {
        lived::live(&office).await;
        let open = office.office.clone_with(Config::default());
        let (status, _) = get(&open, "/healthz", None).await;
        assert_eq!(status, 200);
        let (status, text) = get(&open, "/metrics", None).await;
        assert_eq!(status, 200, "{}", office.kind);
        let value = |name: &str| {
            let label = format!("{name}{{government=\"{}\"}} ", office.code);
            let line = text.lines().find_map(|line| line.strip_prefix(&label));
            line.unwrap_or_else(|| panic!("{}: no {name} in {text}", office.kind)).parse::<f64>().unwrap()
        };
        assert_eq!(value("haechi_cases_open"), 6.0, "{}", office.kind);
        assert!(value("haechi_cases_overdue") > 0.0 && value("haechi_log_events") > 40.0);
        assert_eq!(value("haechi_messages_failed"), 0.0);
        assert!(value("haechi_run_age_seconds") >= 0.0);
        for name in [
            "haechi_database_connections{state=\"open\"}",
            "haechi_disk_free_bytes ",
            "haechi_process_resident_bytes ",
            "haechi_migrations_pending 0.0",
            "haechi_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"200\"} 1",
            "haechi_http_request_duration_seconds_bucket{le=\"0.015\",method=\"GET\",route=\"/healthz\"}",
            "# EOF",
        ] {
            assert!(text.contains(name), "{}: no {name} in {text}", office.kind);
        }
        assert_eq!(text.contains("haechi_clock_drift_seconds "), office.kind == "PostgreSQL", "its own clock");
        assert!(!text.contains("haechi_backup_age_seconds{"), "there is none");
        // Behind a proxy everybody comes from this machine.
        let config = Config { public_url: "https://haechi.city.example".to_owned(), ..Config::default() };
        let behind = office.office.clone_with(config.clone());
        assert_eq!(get(&behind, "/metrics", None).await.0, 404);
        let token = "a token that nobody guesses";
        let with = office.office.clone_with(Config { metrics_token: Some(Digest::of(token)), ..config });
        assert_eq!(get(&with, "/metrics", None).await.0, 404);
        assert_eq!(get(&with, "/metrics", Some("another")).await.0, 404);
        assert_eq!(get(&with, "/metrics", Some(token)).await.0, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_that_cannot_serve_lives_and_is_not_ready_and_says_why() {
    for office in TestOffice::both().await {
        assert_eq!(get(&office.office, "/readyz", None).await, (200, "ready\n".to_owned()), "{}", office.kind);
        let full = office.office.clone_with(Config { disk_free_bytes: u64::MAX, ..Config::default() });
        assert_eq!(get(&full, "/readyz", None).await, (503, "not ready: disk\n".to_owned()), "{}", office.kind);
    }
    let mut server = Postgres::start();
    let settings = testing::log_ins(&server, 5).await;
    let office = TestOffice::on("PostgreSQL", settings, tempfile::tempdir().unwrap(), Config::default()).await;
    server.kill();
    assert_eq!(get(&office.office, "/readyz", None).await, (503, "not ready: database\n".to_owned()));
    assert_eq!(get(&office.office, "/healthz", None).await.0, 200, "it lives");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_administrator_reads_first_what_has_to_be_done() {
    for office in TestOffice::both().await {
        let admin = office.browser("S").await;
        let page = admin.get("/system").await;
        assert_eq!(page.status.as_u16(), 200, "{}", page.body);
        // No backup, no witness, no round of timed work in this process.
        for said in [
            "살펴보셔야 할 것이 3가지 있습니다",
            "백업이 한 번도 없었습니다",
            "증인이 없음",
            "해치를 다시 시작하십시오",
        ] {
            assert!(page.body.contains(said), "{}: no {said} in {}", office.kind, page.body);
        }
        office.office.watch().went_round(office.office.now());
        assert!(admin.get("/system").await.body.contains("살펴보셔야 할 것이 2가지 있습니다"));
        let (first, last) =
            (page.body.find("백업이 한 번도").unwrap(), page.body.find("PostgreSQL 1").or(page.body.find("SQLite 3")));
        assert!(first < last.unwrap(), "what has to be done stands first");
        assert_eq!(office.browser("A1").await.get("/system").await.status.as_u16(), 403);
    }
}
