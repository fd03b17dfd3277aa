//! Webhooks on both databases, as stories. The address is one of this machine.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;

use super::post_webhooks;
use super::send::signature;
use crate::config::Config;
use crate::testing::{TestFinding, TestOffice, TestRun};

/// What arrived, and what is to be answered: 200 once nothing more is said.
#[derive(Clone, Default)]
struct Listener(Arc<Mutex<Heard>>);

/// What arrived, and what is answered next.
type Heard = (Vec<(HeaderMap, String)>, VecDeque<u16>);

impl Listener {
    async fn start() -> (Self, String) {
        let this = Self::default();
        let router = Router::new().route("/hook", post(Self::take)).with_state(this.clone());
        let socket = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/hook", socket.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(socket, router).await });
        (this, url)
    }

    async fn take(State(this): State<Self>, headers: HeaderMap, body: String) -> StatusCode {
        let mut state = this.0.lock().unwrap();
        let status = state.1.pop_front().unwrap_or(200);
        if status == 200 {
            state.0.push((headers, body));
        }
        StatusCode::from_u16(status).unwrap()
    }

    fn arrived(&self) -> Vec<(HeaderMap, String)> {
        self.0.lock().unwrap().0.clone()
    }

    fn answers(&self, statuses: impl IntoIterator<Item = u16>) {
        self.0.lock().unwrap().1.extend(statuses);
    }
}

async fn secret(office: &TestOffice, url: &str, events: &str) -> String {
    let page = office.browser("S").await.post("/settings/webhooks", &[("url", url), ("events", events)]).await;
    page.body
        .split("<code>")
        .nth(1)
        .unwrap_or_else(|| panic!("{}", page.body))
        .split("</code>")
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn what_was_done_is_told_in_its_order_signed_and_without_a_word_of_a_person() {
    for office in TestOffice::both_with(Config { webhooks_inside: true, ..Config::default() }).await {
        let (listener, url) = Listener::start().await;
        let secret = secret(&office, &url, "case. run.").await.replace("&#43;", "+");
        office.receive(&TestRun::of([TestFinding::to_kim("비밀식당")])).await;
        // The day is the office's: what is due is due by its clock.
        assert!(post_webhooks(&office.office, office.tenant).await.unwrap() >= 2, "{}", office.kind);
        let arrived = listener.arrived();
        for (headers, body) in &arrived {
            let event: Value = serde_json::from_str(body).unwrap();
            assert_eq!(event["specversion"], "1.0");
            assert!(!body.contains("비밀식당") && !body.contains("Kim"), "{body}");
            let header = |name: &str| headers[name].to_str().unwrap().to_owned();
            let signed = signature(&secret, &header("webhook-id"), header("webhook-timestamp").parse().unwrap(), body);
            assert_eq!(signed, Some(header("webhook-signature")));
            assert_eq!(header("webhook-id"), event["id"].as_str().unwrap());
        }
        let kinds: Vec<Value> =
            arrived.iter().map(|(_, body)| serde_json::from_str::<Value>(body).unwrap()["type"].clone()).collect();
        assert_eq!(kinds.last().unwrap(), "haechi.run.submit", "{kinds:?}");
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0, "nothing is told twice");
    }
}

#[tokio::test]
async fn an_address_that_does_not_take_it_is_tried_again_later_and_later_and_then_given_up() {
    for office in TestOffice::both_with(Config { webhooks_inside: true, ..Config::default() }).await {
        let (listener, url) = Listener::start().await;
        secret(&office, &url, "setting.").await;
        // The event of its making, told to an address that is not well, and sends one elsewhere.
        listener.answers([500, 302]);
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0, "{}", office.kind);
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0);
        assert!(listener.arrived().is_empty(), "not before its time");
        let page = office.browser("S").await.get("/settings/webhooks").await.body;
        assert!(page.contains("HTTP 500") && page.contains("다시 시도 중"), "{page}");
        office.clock.forward(5);
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0, "no redirect is followed");
        office.clock.forward(60);
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 1);

        listener.answers(std::iter::repeat_n(503, 20));
        let set = [("name", "step-days"), ("value", "4"), ("from", ""), ("scenario", "")];
        office.browser("S").await.post("/settings", &set).await;
        for _ in 0..12 {
            post_webhooks(&office.office, office.tenant).await.unwrap();
            office.days_pass(1);
        }
        let admin = office.browser("S").await;
        let page = admin.get("/settings/webhooks").await.body;
        assert!(page.contains("멈춤"), "{page}");
        listener.0.lock().unwrap().1.clear();
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0, "given up until somebody looks");
        let resume =
            page.split("action=\"").find(|part| part.contains("/resume\"")).unwrap().split('"').next().unwrap();
        assert_eq!(admin.post(resume, &[]).await.location.as_deref(), Some("/settings/webhooks"));
        assert!(post_webhooks(&office.office, office.tenant).await.unwrap() >= 1);
    }
}

#[tokio::test]
async fn the_own_network_is_not_reached() {
    let office = TestOffice::sqlite().await;
    let admin = office.browser("S").await;
    for url in ["http://127.0.0.1:1/", "https://169.254.169.254/latest", "https://localhost", "ftp://x", ""] {
        let told = admin.post("/settings/webhooks", &[("url", url), ("events", "")]).await;
        // A name is resolved when something is told, so that it cannot say something else then.
        let is_name = url == "https://localhost";
        assert_eq!(told.status == StatusCode::UNPROCESSABLE_ENTITY, !is_name, "{url}");
    }
    assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0);
    let page = admin.get("/settings/webhooks").await.body;
    assert!(page.contains("is inside"), "{page}");
}

#[tokio::test]
async fn what_was_done_in_a_trial_is_told_neither_then_nor_later() {
    let real = Config { webhooks_inside: true, ..Config::default() };
    for mut office in TestOffice::both_with(real.clone()).await {
        let (listener, url) = Listener::start().await;
        secret(&office, &url, "run.").await;
        office.office = office.office.clone_with(Config { trial: true, ..real.clone() });
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0, "{}", office.kind);
        // After the last round of the trial.
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        office.office = office.office.clone_with(real.clone());
        assert_eq!(post_webhooks(&office.office, office.tenant).await.unwrap(), 0, "{}", office.kind);
        assert!(listener.arrived().is_empty(), "{}", office.kind);
        office.receive(&TestRun::of([TestFinding::to_kim("찻집")]).looking_from("2026-11-21")).await;
        assert_eq!(
            post_webhooks(&office.office, office.tenant).await.unwrap(),
            1,
            "{}: from then on it is",
            office.kind
        );
    }
}
