//! What programs read and do who administer and review: the log, messages and their words, the month of accesses, webhooks, long lists.

use axum::http::{StatusCode, header};
use serde_json::{Value, json};

use super::{Program, json as sends};
use crate::config::Config;
use crate::testing::{TestFinding, TestOffice, TestRun};

async fn refused(told: super::Told) -> (u16, String) {
    (told.status.as_u16(), told.code())
}

#[tokio::test]
async fn the_log_is_read_a_page_at_a_time_and_taken_as_files() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let [auditor, kim] = [Program::of(&office, Some("A1")).await, Program::of(&office, Some("Kim")).await];
        let log = auditor.get("/api/v1/log").await.json();
        let size = log["size"].as_u64().unwrap();
        assert_eq!((&log["signed"], &log["witnesses"]), (&json!(null), &json!([])), "{}", office.kind);
        assert!(log["key"].as_str().unwrap().starts_with("test.example+"));
        let (mut positions, mut after) = (Vec::new(), String::new());
        loop {
            let page = auditor.get(&format!("/api/v1/log/events?limit=5{after}")).await.json();
            positions.extend(page["items"].as_array().unwrap().iter().map(|event| event["position"].as_u64().unwrap()));
            match page["next"].as_u64() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(positions, (0..size).rev().collect::<Vec<_>>(), "each once, the newest first");

        let file = auditor.get("/api/v1/log/events.jsonl").await;
        assert_eq!(file.text.lines().count() as u64, size + 1, "that it is taken is in it");
        let last = auditor.get("/api/v1/log/events?limit=1").await.json();
        let taken = &last["items"][0];
        assert_eq!((&taken["action"], &taken["person"]["name"]), (&json!("log.export"), &json!("A1 님")));
        assert_eq!((&taken["via"], &taken["record"]["id"]), (&json!("api"), &json!("events")));
        let tx = office.office.db().write(office.tenant).await.unwrap();
        let of = &office.office;
        crate::audit::checkpoint(&tx, of.signer(), &office.code, of.clock()).await.unwrap();
        tx.commit().await.unwrap();
        let signed = auditor.get("/api/v1/log").await.json()["signed"]["size"].as_u64();
        assert_eq!(signed, Some(size + 1));
        let notes = auditor.get("/api/v1/log/checkpoints.txt").await;
        assert!(notes.text.starts_with(&format!("test.example/{}\n{}\n", office.code, size + 1)), "{}", notes.text);
        for path in ["/api/v1/log", "/api/v1/log/events", "/api/v1/log/events.jsonl", "/api/v1/log/checkpoints.txt"] {
            assert_eq!(refused(kim.get(path).await).await, (403, "forbidden".to_owned()), "{path}");
        }
    }
}

#[tokio::test]
async fn one_reads_ones_own_messages_and_says_when() {
    for office in TestOffice::both().await {
        let some = |place| TestFinding::to_kim(place);
        office.receive(&TestRun::of([some("식당")])).await;
        office.receive(&TestRun::of([some("식당"), some("찻집")]).looking_from("2026-11-21")).await;
        let [kim, park] = [Program::of(&office, Some("Kim")).await, Program::of(&office, Some("Park")).await];
        let first = kim.get("/api/v1/inbox?limit=1").await.json();
        let next = first["next"].as_str().unwrap_or_else(|| panic!("{}: {first}", office.kind));
        let rest = kim.get(&format!("/api/v1/inbox?limit=1&after={next}")).await.json();
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &json!(null)));
        assert_ne!(first["items"][0]["id"], rest["items"][0]["id"]);
        assert_eq!(first["items"][0]["read_at"], json!(null), "reading it here marks nothing");
        assert_eq!(park.get("/api/v1/inbox").await.json()["items"], json!([]));
        assert_eq!(park.post("/api/v1/inbox/read", &json!({})).await.status, StatusCode::NO_CONTENT);
        let new = async || {
            let list = kim.get("/api/v1/inbox").await.json();
            list["items"].as_array().unwrap().iter().filter(|one| one["read_at"].is_null()).count()
        };
        assert_eq!(new().await, 2, "another's word marks nothing of theirs");
        assert_eq!(kim.post("/api/v1/inbox/read", &json!(null)).await.status, StatusCode::NO_CONTENT);
        assert_eq!(new().await, 0);
    }
}

/// An office with a mail server that is never asked.
fn with_mail() -> Config {
    let mut config = Config::default();
    config.mail.host = Some("mail.invalid".to_owned());
    config.mail.from = "해치 <haechi@city.example>".to_owned();
    config
}

#[tokio::test]
async fn messages_that_leave_are_tried_again_or_given_up_without_being_read() {
    for office in TestOffice::both_with(with_mail()).await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let [admin, kim] = [Program::of(&office, Some("S")).await, Program::of(&office, Some("Kim")).await];
        let ways = admin.get("/api/v1/outbox").await.json();
        let mail = &ways["items"][0];
        assert_eq!((&mail["channel"], &mail["is_set"]), (&json!("mail"), &json!(true)), "{}", office.kind);
        assert_eq!((&mail["counts"], &mail["closed"]), (&json!([{ "state": "queued", "count": 1 }]), &json!(null)));
        assert_eq!(ways["items"][1]["is_set"], json!(false));
        let waits = async || admin.get("/api/v1/outbox/messages?state=waiting").await.json();
        let list = waits().await;
        let one = &list["items"][0];
        assert_eq!((&one["person"]["name"], &one["channel"]), (&json!("Kim 님"), &json!("mail")));
        assert!(!list.to_string().contains("식당"), "what it says is not theirs to read: {list}");
        let does = |verb: &str| format!("/api/v1/outbox/messages/{}/{verb}", one["id"].as_str().unwrap());
        assert_eq!(admin.post(&does("give-up"), &json!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(waits().await["items"], json!([]));
        assert_eq!(refused(admin.post(&does("give-up"), &json!({})).await).await, (409, "message.gone".to_owned()));
        assert_eq!(admin.post(&does("again"), &json!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(waits().await["items"].as_array().unwrap().len(), 1);
        assert_eq!(admin.get("/api/v1/outbox/messages?state=failed").await.json()["items"], json!([]));
        // What lies in somebody's inbox is no message that leaves.
        let letter = kim.get("/api/v1/inbox").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let again = format!("/api/v1/outbox/messages/{letter}/again");
        assert_eq!(refused(admin.post(&again, &json!({})).await).await, (404, "hidden".to_owned()));
        assert_eq!(refused(kim.get("/api/v1/outbox").await).await, (403, "forbidden".to_owned()));
    }
}

#[tokio::test]
async fn the_words_of_messages_are_looked_at_tried_and_written_on_what_was_read() {
    for office in TestOffice::both().await {
        let admin = Program::of(&office, Some("S")).await;
        let list = admin.get("/api/v1/templates").await.json();
        assert!(list["items"].as_array().unwrap().iter().any(|one| one["name"] == "step" && one["version"] == 0));
        let place = "/api/v1/templates/step";
        let read = admin.get(place).await;
        assert_eq!(read.headers[header::ETAG], "\"0\"", "{}", office.kind);
        assert_eq!(read.json()["places"], json!(["title", "due", "link"]));
        let words = |subject: &str| json!({ "subject": subject, "body": "기한: [due]\n[link]" });
        assert_eq!(refused(admin.post(place, &words("기한이 지남")).await).await, (428, "request.revision".to_owned()));
        let preview = admin.post(&format!("{place}/preview"), &words("지남: [title]")).await.json();
        assert!(
            preview["subject"].as_str().unwrap().starts_with("지남: ") && preview["text"]["kind"] == "SMS",
            "{preview}"
        );
        let unknown = admin.post(&format!("{place}/preview"), &words("[deu]")).await;
        assert_eq!(refused(unknown).await, (422, "template.places".to_owned()));
        let long = admin.post(&format!("{place}/preview"), &words(&"가".repeat(151))).await;
        assert_eq!(refused(long).await, (422, "request.value".to_owned()));

        let mut seen = sends(place, &words("기한이 지남: [title]"));
        seen.headers_mut().insert(header::IF_MATCH, "\"0\"".parse().unwrap());
        let saved = admin.ask(seen).await;
        assert_eq!((saved.status, &saved.json()["version"]), (StatusCode::OK, &json!(1)), "{}", saved.text);
        let mut stale = words("나중 사람");
        stale["revision"] = json!(0);
        assert_eq!(refused(admin.post(place, &stale).await).await, (409, "template.stale".to_owned()));
        assert_eq!(admin.get(place).await.json()["subject"], "기한이 지남: [title]");

        let tried = admin.post(&format!("{place}/test"), &json!({})).await;
        assert_eq!(tried.status, StatusCode::CREATED);
        let letter = &admin.get("/api/v1/inbox").await.json()["items"][0];
        assert_eq!(letter["id"], tried.json()["id"]);
        assert!(letter["subject"].as_str().unwrap().starts_with("기한이 지남: "), "{letter}");
        assert_eq!(refused(admin.get("/api/v1/templates/none").await).await, (404, "hidden".to_owned()));
    }
}

#[tokio::test]
async fn a_month_of_accesses_is_signed_once_when_it_is_over() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let head = Program::of(&office, Some("H")).await;
        let case = head.get("/api/v1/cases").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(head.get(&format!("/api/v1/cases/{case}")).await.status, StatusCode::OK);
        let auditor = Program::of(&office, Some("A1")).await;
        let sign = "/api/v1/access/months/2026-11/sign";
        assert_eq!(
            refused(auditor.post(sign, &json!({})).await).await,
            (422, "access.month".to_owned()),
            "it is not over"
        );
        office.days_pass(10);
        let months = async || {
            let list = auditor.get("/api/v1/access/months").await.json();
            let all = list["items"].as_array().unwrap().iter();
            all.map(|one| {
                (one["month"].as_str().unwrap().to_owned(), one["is_over"] == true, one["signed"].is_object())
            })
            .collect::<Vec<_>>()
        };
        let month = |month: &str, is_over, is_signed| (month.to_owned(), is_over, is_signed);
        assert_eq!(months().await, [month("2026-12", false, false), month("2026-11", true, false)], "{}", office.kind);
        assert_eq!(auditor.post(sign, &json!({ "note": "이상 없음" })).await.status, StatusCode::NO_CONTENT);
        assert_eq!(refused(auditor.post(sign, &json!({})).await).await, (409, "access.signed".to_owned()));
        assert_eq!(months().await[1], month("2026-11", true, true));
        let signed = auditor.get("/api/v1/access/months/2026-11").await.json()["signed"].clone();
        assert_eq!((&signed["note"], &signed["by"]["name"]), (&json!("이상 없음"), &json!("A1 님")));
        for none in ["2026-13", "2027-01", "1999-01", "2026-1"] {
            let told = auditor.get(&format!("/api/v1/access/months/{none}")).await;
            assert_eq!(refused(told).await, (404, "hidden".to_owned()), "{none}");
        }
        assert_eq!(refused(head.get("/api/v1/access/months").await).await, (403, "forbidden".to_owned()));
    }
}

#[tokio::test]
async fn a_month_is_closed_once_and_its_sheet_is_everybodys_from_then_on() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let [integrity, kim] = [Program::of(&office, Some("Io")).await, Program::of(&office, Some("Kim")).await];
        let unhandled = integrity.get("/api/v1/statistics/unhandled?period=2026").await.json();
        let left = json!([{
            "unit": "team", "scenario": "card.split-payment", "year": 2026, "state": "with_handler", "why": null, "count": 1, "late": 0
        }]);
        assert_eq!(unhandled["items"], left, "{}", office.kind);
        // What a figure counts can be listed.
        for (period, many) in [("2026-Q4", 1), ("2026-10", 0), ("2026-11-24..2026-11-24", 1)] {
            let list = integrity.get(&format!("/api/v1/cases?opened={period}")).await.json();
            assert_eq!(list["items"].as_array().unwrap().len(), many, "{period}");
        }
        assert_eq!(
            refused(integrity.get("/api/v1/cases?opened=2026-Q5").await).await,
            (422, "request.query".to_owned())
        );
        let sheet = "/api/v1/statistics/sheets/2026-11";
        let close = format!("{sheet}/close");
        assert_eq!(refused(integrity.post(&close, &json!({})).await).await, (409, "statistics.not_over".to_owned()));
        office.days_pass(10);
        assert_eq!(integrity.get(sheet).await.json()["closed"], json!(null), "a draft of what it would be");
        assert_eq!(refused(kim.get(sheet).await).await.0, 404, "a draft is not everybody's");
        assert_eq!(integrity.post(&close, &json!({ "note": "처음 마감" })).await.status, StatusCode::NO_CONTENT);
        assert_eq!(refused(integrity.post(&close, &json!({})).await).await, (409, "statistics.closed".to_owned()));
        let closed = integrity.get(sheet).await.json();
        assert_eq!((&closed["all"]["opened"], &closed["closed"]["note"]), (&json!(1), &json!("처음 마감")));
        assert_eq!(kim.get(sheet).await.json()["all"], closed["all"]);
        let list = kim.get("/api/v1/statistics/sheets").await.json();
        assert_eq!(
            (&list["items"][0]["month"], &list["items"][0]["closed"]["by"]["name"]),
            (&json!("2026-11"), &json!("Io 님"))
        );
        assert_eq!(refused(kim.post(&close, &json!({})).await).await, (403, "forbidden".to_owned()));
        assert_eq!(refused(integrity.get("/api/v1/statistics/sheets/2026").await).await, (404, "hidden".to_owned()));
    }
}

#[tokio::test]
async fn a_webhook_is_made_listed_without_its_secret_and_ended() {
    for office in TestOffice::both().await {
        let admin = Program::of(&office, Some("S")).await;
        let place = "/api/v1/webhooks";
        for (url, code) in [
            ("http://example.org/", "webhook.address"),
            ("https:example.org", "webhook.address"),
            ("HTTPS://example.org/", "webhook.address"),
            ("https://127.0.0.1/", "webhook.inside"),
            ("https://u:p@example.org/", "webhook.address"),
        ] {
            assert_eq!(refused(admin.post(place, &json!({ "url": url })).await).await, (422, code.to_owned()), "{url}");
        }
        let nonsense = json!({ "url": "https://example.org/", "events": ["Case Confirm"] });
        assert_eq!(refused(admin.post(place, &nonsense).await).await, (422, "webhook.events".to_owned()));
        let made = admin.post(place, &json!({ "url": "https://example.org/hook", "events": ["case.confirm"] })).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}: {}", office.kind, made.text);
        assert!(made.json()["secret"].as_str().unwrap().starts_with("whsec_"));
        let list = admin.get(place).await;
        assert!(!list.text.contains("whsec_"));
        let one = &list.json()["items"][0];
        assert_eq!((&one["events"], &one["state"]), (&json!(["case.confirm"]), &json!("active")));
        let does = |verb: &str| format!("{place}/{}/{verb}", one["id"].as_str().unwrap());
        assert_eq!(
            refused(admin.post(&does("resume"), &json!({})).await).await,
            (404, "hidden".to_owned()),
            "it goes on"
        );
        assert_eq!(admin.post(&does("end"), &json!({})).await.status, StatusCode::NO_CONTENT);
        assert_eq!(admin.get(place).await.json()["items"], json!([]));
        assert_eq!(refused(admin.post(&does("end"), &json!({})).await).await, (404, "hidden".to_owned()));
    }
}

#[tokio::test]
async fn long_lists_come_a_page_at_a_time_and_each_row_once() {
    for office in TestOffice::both().await {
        for day in ["2026-11-18", "2026-11-19", "2026-11-20"] {
            office.receive(&TestRun::of([TestFinding::to_kim("식당")]).looking_from(day)).await;
        }
        let all = Program::of(&office, Some("Io")).await;
        for (list, many) in [("/api/v1/runs", 3), ("/api/v1/people/persons", 12), ("/api/v1/exclusions", 0)] {
            let (mut rows, mut after): (Vec<Value>, String) = (Vec::new(), String::new());
            loop {
                let page = all.get(&format!("{list}?limit=2{after}")).await.json();
                assert!(page["items"].as_array().unwrap().len() <= 2, "{list}: {page}");
                rows.extend(page["items"].as_array().unwrap().iter().map(|row| row["id"].clone()));
                let next = match &page["next"] {
                    Value::Null => break,
                    Value::String(next) => next.clone(),
                    number => number.to_string(),
                };
                after = format!("&after={next}");
            }
            let count = rows.len();
            rows.sort_by_key(Value::to_string);
            rows.dedup();
            assert_eq!((count, rows.len()), (many, many), "{} {list}", office.kind);
            for limit in ["0", "201"] {
                let told = all.get(&format!("{list}?limit={limit}")).await;
                assert_eq!(refused(told).await, (422, "request.limit".to_owned()), "{list}");
            }
        }
        let persons = all.get("/api/v1/people/persons?limit=200").await.json();
        let kim = persons["items"].as_array().unwrap().iter().find(|one| one["employee_no"] == "Kim").unwrap();
        let place = json!([{ "unit": "team", "post": "staff", "duties": ["card"], "is_acting": false }]);
        assert_eq!(kim["places"], place);
    }
}
