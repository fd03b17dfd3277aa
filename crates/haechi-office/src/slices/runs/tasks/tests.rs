//! What an engine does, on both databases, as stories.

use serde_json::json;

use super::{Ended, Stage, Step, TaskError, ask, begin, end, progress, store};
use crate::policy::Actor;
use crate::slices::people;
use crate::testing::TestOffice;
use crate::web::tests::Program;

async fn engine(office: &TestOffice) -> Actor {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let directory = people::directory(&office.office, &tx).await.unwrap();
    Actor::engine(office.tenant, "engine".to_owned(), directory, office.office.today())
}

async fn newest(office: &TestOffice) -> store::Row {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    store::newest(&tx).await.unwrap().unwrap()
}

fn step(done: i64) -> Step {
    Step { stage: Stage::Detect, about: String::new(), done, total: 44 }
}

#[tokio::test]
async fn what_somebody_asks_for_an_engine_begins_and_says_how_far_it_is_until_it_ends() {
    for office in TestOffice::both().await {
        let (admin, engine) = (office.actor("S").await, engine(&office).await);
        assert_eq!(begin(&office.office, &engine, false).await.unwrap(), None, "{}: nobody asked", office.kind);
        let id = ask(&office.office, &admin).await.unwrap();
        assert!(matches!(ask(&office.office, &admin).await, Err(TaskError::Busy)));
        assert_eq!(begin(&office.office, &engine, false).await.unwrap(), Some(id));
        assert_eq!(begin(&office.office, &engine, true).await.unwrap(), None, "one at a time");
        progress(&office.office, &engine, id, &step(12)).await.unwrap();
        let row = newest(&office).await;
        assert_eq!((row.state.as_str(), row.stage.as_str(), row.done, row.total), ("running", "detect", 12, 44));
        let long = Ended::Done { run: None, message: "가".repeat(2_000) };
        end(&office.office, &engine, id, long).await.unwrap();
        assert_eq!(newest(&office).await.message.chars().count(), 1_000);
        assert!(matches!(progress(&office.office, &engine, id, &step(13)).await, Err(TaskError::Gone)));
        // By the clock, with nobody who asked.
        let of_its_own = begin(&office.office, &engine, true).await.unwrap().unwrap();
        assert_eq!(newest(&office).await.asked_by, None);
        let failed = Ended::Failed { message: "아무것도 받지 않았습니다".to_owned() };
        end(&office.office, &engine, of_its_own, failed).await.unwrap();
        assert_eq!(newest(&office).await.state, "failed");
    }
}

#[tokio::test]
async fn of_two_who_ask_at_once_one_does_and_of_two_engines_one_begins() {
    for office in TestOffice::both().await {
        let (admin, officer, engine) = (office.actor("S").await, office.actor("Io").await, engine(&office).await);
        let (one, two) = tokio::join!(ask(&office.office, &admin), ask(&office.office, &officer));
        assert!(one.is_ok() != two.is_ok(), "{}: {one:?} {two:?}", office.kind);
        let begins = async || begin(&office.office, &engine, true).await.unwrap();
        let (first, second) = tokio::join!(begins(), begins());
        assert!(first.is_some() != second.is_some(), "{first:?} {second:?}");
    }
}

#[tokio::test]
async fn an_engine_that_was_killed_is_told_apart_and_another_begins() {
    for office in TestOffice::both().await {
        let (admin, engine) = (office.actor("S").await, engine(&office).await);
        let dead = begin(&office.office, &engine, true).await.unwrap().unwrap();
        assert!(matches!(ask(&office.office, &admin).await, Err(TaskError::Busy)), "{}", office.kind);
        office.days_pass(1);
        let id = ask(&office.office, &admin).await.unwrap();
        assert_ne!(id, dead);
        assert_eq!(begin(&office.office, &engine, false).await.unwrap(), Some(id));
        assert!(matches!(progress(&office.office, &engine, dead, &step(1)).await, Err(TaskError::Gone)));
    }
}

#[tokio::test]
async fn the_page_has_the_button_the_bar_and_the_end_and_leaves_out_the_button_for_who_may_not() {
    for office in TestOffice::both().await {
        let (admin, engine) = (office.browser("S").await, engine(&office).await);
        assert!(admin.get("/runs/sources").await.body.contains("지금 자료를 받아 점검하기"), "{}", office.kind);
        assert!(!office.browser("A1").await.get("/runs/sources").await.body.contains("지금 자료를 받아 점검하기"));
        assert_eq!(office.browser("A1").await.post("/runs/sources/now", &[]).await.status, 403);
        assert_eq!(admin.post("/runs/sources/now", &[]).await.location.as_deref(), Some("/runs/sources"));
        assert_eq!(
            admin.post("/runs/sources/now", &[]).await.location.as_deref(),
            Some("/runs/sources"),
            "twice is once"
        );
        assert!(admin.get("/runs/sources").await.body.contains("곧 시작합니다"));
        let id = begin(&office.office, &engine, false).await.unwrap().unwrap();
        let import = Step { stage: Stage::Import, about: "payments".to_owned(), done: 50, total: 200 };
        progress(&office.office, &engine, id, &import).await.unwrap();
        let part = admin.get("/runs/sources/engine").await.body;
        assert!(part.contains("payments 자료를 받고 있습니다 (25%)") && part.contains("every 2s"), "{part}");
        progress(&office.office, &engine, id, &step(12)).await.unwrap();
        assert!(admin.get("/runs/sources").await.body.contains("시나리오 44개 가운데 12개"));
        end(&office.office, &engine, id, Ended::Done { run: None, message: "<i>".to_owned() }).await.unwrap();
        let part = admin.get("/runs/sources/engine").await.body;
        assert!(part.contains("마쳤습니다") && !part.contains("every 2s") && !part.contains("<i>"), "{part}");
    }
}

#[tokio::test]
async fn programs_ask_and_engines_tell() {
    for office in TestOffice::both().await {
        let (admin, engine) = (Program::of(&office, Some("S")).await, Program::of(&office, None).await);
        assert_eq!(admin.get("/api/v1/engine/tasks/newest").await.json()["task"], json!(null), "{}", office.kind);
        let made = admin.post("/api/v1/engine/tasks", &json!({})).await;
        assert_eq!(made.status, 201, "{}", made.text);
        assert_eq!(admin.post("/api/v1/engine/tasks", &json!({})).await.code(), "task.busy");
        let begun = engine.post("/api/v1/engine/tasks/begin", &json!({ "due": false })).await.json();
        assert_eq!(begun["task"], made.json()["id"]);
        let at = format!("/api/v1/engine/tasks/{}", begun["task"].as_str().unwrap());
        let step = json!({ "stage": "detect", "done": 1, "total": 44 });
        assert_eq!(engine.post(&format!("{at}/progress"), &step).await.status, 204);
        assert_eq!(admin.post(&format!("{at}/progress"), &step).await.status, 403);
        assert_eq!(engine.post(&format!("{at}/end"), &json!({ "failed": false })).await.status, 204);
        assert_eq!(admin.get("/api/v1/engine/tasks/newest").await.json()["task"]["state"], json!("done"));
    }
}
