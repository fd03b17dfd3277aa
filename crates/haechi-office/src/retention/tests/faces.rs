//! The pages and the API of retention.

use haechi_core::digest::Digest;
use serde_json::json;

use super::{closed, row, with_one_who_left};
use crate::retention::HoldId;
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::timed;
use crate::web::tests::Program;

#[tokio::test]
async fn the_pages_propose_decide_hold_and_certify_without_scripts() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let id = closed(&office, "식당").await;
        let admin = office.browser("S").await;
        let at = "/settings/retention";
        let page = admin.get(at).await.body;
        assert!(
            page.contains("계속 보관") && page.contains("파기하지 않는 것") && page.contains("/settings/calendar"),
            "{page}"
        );
        let form = admin.get(&format!("{at}/period?class=access")).await.body;
        assert!(form.contains("2년보다 짧게 정할 수 없습니다"), "{form}");
        let fields =
            [("class", "access"), ("years", "1"), ("counted", "day"), ("from", "2026-11-24"), ("reason", "<b>적음")];
        let short = admin.post(&format!("{at}/period"), &fields).await;
        assert_eq!(short.status, 422);
        assert!(
            short.body.contains("2년보다 짧게 보관할 수 없습니다") && !short.body.contains("<b>적음"),
            "{}",
            short.body
        );
        let fields = [
            ("class", "cases"),
            ("years", "1"),
            ("counted", "new-year"),
            ("from", "2026-11-24"),
            ("reason", "정합니다"),
        ];
        assert_eq!(admin.post(&format!("{at}/period"), &fields).await.location.as_deref(), Some(at));
        assert_eq!(admin.post(&format!("{at}/period"), &fields).await.status, 409, "one waits already");
        let own = admin.get(at).await.body;
        assert!(own.contains("제안한 사람은 결정할 수 없습니다"), "{own}");
        let proposal = async |browser: &crate::testing::Browser| {
            let page = browser.get(at).await.body;
            page.split("/proposals/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned()
        };
        let officer = office.browser("Io").await;
        let decide = format!("{at}/proposals/{}/decide", proposal(&officer).await);
        assert_eq!(officer.post(&decide, &[("do", "approve"), ("answer", "")]).await.status, 422);
        assert_eq!(officer.post(&decide, &[("do", "approve"), ("answer", "네")]).await.status, 303);
        office.days_pass(402);
        let early = office.browser("S").await.get(at).await.body;
        assert!(!early.contains("파기 제안하기"), "counted from the new year it is not due");
        office.days_pass(1);
        let [admin, officer, auditor] =
            [office.browser("S").await, office.browser("Io").await, office.browser("A1").await];
        let form = admin.get(&format!("{at}/destruction?class=cases")).await.body;
        assert!(form.contains("1건") && form.contains("2026.12.31."), "{form}");
        let fields = [("class", "cases"), ("until", "2026-12-31"), ("reason", "끝났습니다")];
        assert_eq!(admin.post(&format!("{at}/destruction"), &fields).await.status, 303);
        let decide = format!("{at}/proposals/{}/decide", proposal(&officer).await);
        assert_eq!(officer.post(&decide, &[("do", "approve"), ("answer", "네")]).await.status, 303);
        let holds = format!("{at}/holds");
        let record = id.to_string();
        let fields = [("kind", "case"), ("record", record.as_str()), ("reason", "수사"), ("basis", "수사협조 1")];
        assert_eq!(auditor.post(&holds, &fields).await.status, 303);
        timed::tick_of(&office.office, office.tenant).await;
        assert!(row(&office, id).await.destroyed_on.is_none(), "{}: the hold stopped it", office.kind);
        let page = auditor.get(&holds).await.body;
        assert!(page.contains("수사협조 1") && page.contains("보존 중"), "{page}");
        assert!(admin.get(&holds).await.body.contains("볼 수 없는 것에 대한 보존"), "who sees no case");
        let lift = page.split("/holds/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
        assert_eq!(auditor.post(&format!("{holds}/{lift}/lift"), &[("reason", "끝")]).await.status, 303);
        let decide = format!("{at}/proposals/{}/decide", proposal(&officer).await);
        assert_eq!(officer.post(&decide, &[("do", "approve"), ("answer", "네")]).await.status, 303);
        assert_eq!(
            admin
                .post(&format!("{at}/destruction"), &[("class", "cases"), ("until", "2026-12-31"), ("reason", "다시")])
                .await
                .status,
            303
        );
        let decide = format!("{at}/proposals/{}/decide", proposal(&officer).await);
        assert_eq!(officer.post(&decide, &[("do", "approve"), ("answer", "네")]).await.status, 303);
        timed::tick_of(&office.office, office.tenant).await;
        assert!(row(&office, id).await.destroyed_on.is_some());
        let page = auditor.get(at).await.body;
        let certificate = page.split("/certificates/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let shown = auditor.get(&format!("{at}/certificates/{certificate}")).await.body;
        let digest = Digest::of(format!("{id}\n")).to_string();
        assert!(shown.contains("파기확인서") && shown.contains(&digest) && shown.contains("해치시"), "{shown}");
        assert_eq!(office.browser("Kim").await.get(at).await.status, 403);
    }
}

#[tokio::test]
async fn programs_propose_decide_hold_and_read_certificates() {
    for office in TestOffice::both().await {
        let (admin, officer) = (Program::of(&office, Some("S")).await, Program::of(&office, Some("Io")).await);
        office.take_in(&with_one_who_left(&office)).await;
        let short = json!({ "class": "access", "years": 1, "from": "2026-11-24", "reason": "줄입니다" });
        let refused = admin.post("/api/v1/retention/periods", &short).await;
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (422, "retention.access_years"));
        let period = json!({ "class": "persons", "years": 1, "from": "2026-11-24", "reason": "정합니다" });
        let made = admin.post("/api/v1/retention/periods", &period).await;
        assert_eq!(made.status, 201, "{}: {}", office.kind, made.text);
        let at =
            |id: &serde_json::Value, verb: &str| format!("/api/v1/retention/proposals/{}/{verb}", id.as_str().unwrap());
        let approve = json!({ "approve": true, "answer": "네" });
        let id = made.json()["id"].clone();
        assert_eq!(admin.post(&at(&id, "decide"), &approve).await.status, 403);
        assert_eq!(officer.post(&at(&id, "decide"), &approve).await.status, 204);
        let again = officer.post(&at(&id, "decide"), &approve).await;
        assert_eq!((again.status.as_u16(), again.code().as_str()), (409, "retention.decided"));
        let stands = officer.get("/api/v1/retention").await.json();
        assert_eq!(stands["classes"][3]["due"]["count"], 1, "{stands}");
        assert_eq!(stands["classes"][0]["period"], json!(null));
        let hold = json!({ "kind": "person", "record": "Han", "reason": "소송", "basis": "법원" });
        assert_eq!(admin.post("/api/v1/retention/holds", &hold).await.status, 403);
        let held = officer.post("/api/v1/retention/holds", &hold).await;
        assert_eq!(held.status, 201, "{}", held.text);
        assert_eq!(officer.get("/api/v1/retention").await.json()["classes"][3]["due"]["held"], 1);
        let hold = held.json()["id"].as_str().unwrap().parse::<HoldId>().unwrap();
        let lift = officer.post(&format!("/api/v1/retention/holds/{hold}/lift"), &json!({ "reason": "끝" })).await;
        let waits = admin.get("/api/v1/retention").await.json()["waiting"][0].clone();
        assert_eq!((&waits["kind"], &waits["may_decide"]), (&json!("lift"), &json!(true)));
        assert_eq!(admin.post(&at(&lift.json()["id"], "decide"), &approve).await.status, 204);
        assert!(admin.get("/api/v1/retention/holds").await.json()["items"][0]["lifted_at"].is_string());
        let destruction = json!({ "class": "persons", "until": "2025-11-24", "reason": "끝났습니다" });
        let made = admin.post("/api/v1/retention/destructions", &destruction).await.json()["id"].clone();
        assert_eq!(admin.get(&format!("/api/v1/retention/destructions/{}", made.as_str().unwrap())).await.status, 404);
        assert_eq!(officer.post(&at(&made, "decide"), &approve).await.status, 204);
        timed::tick_of(&office.office, office.tenant).await;
        let list = officer.get("/api/v1/retention/destructions").await.json();
        assert_eq!((&list["items"][0]["destroyed"], &list["items"][0]["held"]), (&json!(1), &json!(0)));
        assert!(list["items"][0]["digest"].is_string() && list["items"][0]["ended_at"].is_string());
        let withdrawn = admin.post("/api/v1/retention/destructions", &destruction).await.json()["id"].clone();
        assert_eq!(admin.post(&at(&withdrawn, "withdraw"), &json!({})).await.status, 204);
    }
}
