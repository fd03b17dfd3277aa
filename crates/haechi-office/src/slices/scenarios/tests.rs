//! Scenarios on both databases, as stories.

use serde_json::json;

use super::{Change, ScenarioError, What, decide, decided, propose, withdraw};
use crate::audit;
use crate::policy::{Action, Denied};
use crate::testing::{TestFinding, TestOffice, TestRun, day};
use crate::web::tests::Program;

/// The scenario of the tests' run.
const SPLIT: &str = "card.split-payment";

fn number(value: Option<i64>) -> Change<'static> {
    let what = What::Value { parameter: "min_payments".to_owned(), value, from: None, currency: None };
    Change { scenario: SPLIT, what, reason: "두 건은 거의 모두 정당했습니다" }
}

fn limit(value: i64, from: &str) -> Change<'static> {
    let (from, currency) = (Some(day(from)), Some("KRW".to_owned()));
    let what = What::Value { parameter: "limit".to_owned(), value: Some(value), from, currency };
    Change { scenario: SPLIT, what, reason: "조례가 바뀌었습니다" }
}

fn switch(on: bool) -> Change<'static> {
    Change { scenario: SPLIT, what: What::Switch(on), reason: "해당 업무가 없습니다" }
}

async fn after_a_run() -> [TestOffice; 2] {
    let offices = TestOffice::both().await;
    for office in &offices {
        office.receive(&TestRun::of([TestFinding::to_kim("가")])).await;
    }
    offices
}

/// What the engine is told, as JSON.
async fn told(office: &TestOffice) -> serde_json::Value {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    serde_json::to_value(decided(&tx).await.unwrap()).unwrap()
}

/// Lines of the log that hold `word`.
async fn logged(office: &TestOffice, word: &str) -> Vec<String> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let lines = audit::lines(&tx, 0, 10_000).await.unwrap();
    lines.into_iter().filter(|line| line.contains(word)).collect()
}

#[tokio::test]
async fn what_one_proposes_and_a_second_approves_is_told_to_the_engine_and_not_before() {
    for office in after_a_run().await {
        let (admin, officer) = (office.actor("S").await, office.actor("Io").await);
        let id = propose(&office.office, &admin, number(Some(3))).await.unwrap();
        assert_eq!(told(&office).await["values"], json!([]), "{}", office.kind);
        let own = decide(&office.office, &admin, id, true, "좋습니다").await;
        assert!(matches!(own, Err(ScenarioError::Denied(Denied::Forbidden(Action::DecideScenario)))), "{own:?}");
        decide(&office.office, &officer, id, true, "확인했습니다").await.unwrap();
        let value = json!({ "scenario": SPLIT, "parameter": "min_payments", "value": 3 });
        assert_eq!(told(&office).await["values"], json!([value]));
        assert_eq!(logged(&office, &id.to_string()).await.len(), 2, "each step has its event");
        assert!(logged(&office, "정당했습니다").await.is_empty(), "what people wrote is not in the log");
        // The scenario's own again.
        let back = propose(&office.office, &officer, number(None)).await.unwrap();
        decide(&office.office, &admin, back, true, "되돌립니다").await.unwrap();
        assert_eq!(told(&office).await["values"], json!([]));
    }
}

#[tokio::test]
async fn a_value_by_date_stands_beside_the_others_and_a_scenario_is_switched_off_and_on() {
    for office in after_a_run().await {
        let (admin, officer) = (office.actor("S").await, office.actor("Io").await);
        for change in [limit(700_000, "2026-12-01"), switch(false)] {
            let id = propose(&office.office, &admin, change).await.unwrap();
            decide(&office.office, &officer, id, true, "네").await.unwrap();
        }
        let next = propose(&office.office, &admin, limit(800_000, "2027-01-01")).await.unwrap();
        decide(&office.office, &officer, next, true, "네").await.unwrap();
        let value = |value: i64, from: &str| json!({ "scenario": SPLIT, "parameter": "limit", "value": value, "from": from, "currency": "KRW" });
        let all = json!([value(700_000, "2026-12-01"), value(800_000, "2027-01-01")]);
        assert_eq!(told(&office).await, json!({ "format": 1, "off": [SPLIT], "values": all }), "{}", office.kind);
        let id = propose(&office.office, &officer, switch(true)).await.unwrap();
        decide(&office.office, &admin, id, true, "네").await.unwrap();
        assert_eq!(told(&office).await["off"], json!([]));
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_nothing_waits() {
    for office in after_a_run().await {
        let admin = office.actor("S").await;
        let refused = async |change| propose(&office.office, &admin, change).await.unwrap_err();
        assert!(matches!(refused(number(Some(1))).await, ScenarioError::Range { least: 2, most: 50 }));
        assert!(matches!(refused(limit(1, "2020-01-01")).await, ScenarioError::Past));
        let what = |parameter: &str, from: Option<&str>, currency: Option<&str>| What::Value {
            parameter: parameter.to_owned(),
            value: Some(5),
            from: from.map(day),
            currency: currency.map(str::to_owned),
        };
        let of = |what| Change { scenario: SPLIT, what, reason: "사유" };
        assert!(matches!(refused(of(what("gone", None, None))).await, ScenarioError::Parameter));
        assert!(matches!(refused(of(what("limit", None, Some("KRW")))).await, ScenarioError::Day));
        assert!(matches!(refused(of(what("limit", Some("2027-01-01"), None))).await, ScenarioError::Currency));
        assert!(matches!(refused(of(what("limit", Some("2027-01-01"), Some("ZZZ")))).await, ScenarioError::Currency));
        assert!(matches!(refused(of(what("min_payments", Some("2027-01-01"), None))).await, ScenarioError::Undated));
        assert!(matches!(refused(Change { scenario: "no.such", ..switch(false) }).await, ScenarioError::Unknown));
        for reason in ["", "  ", &"가".repeat(2_001)] {
            assert!(matches!(refused(Change { reason, ..switch(false) }).await, ScenarioError::Reason));
        }
        let kim = office.actor("Kim").await;
        assert!(matches!(propose(&office.office, &kim, switch(false)).await, Err(ScenarioError::Denied(_))));
        assert!(logged(&office, "scenario_change").await.is_empty(), "{}", office.kind);
    }
}

#[tokio::test]
async fn one_change_of_a_thing_waits_at_a_time_and_of_two_who_decide_one_does() {
    for office in after_a_run().await {
        let (admin, officer, auditor) = (office.actor("S").await, office.actor("Io").await, office.actor("A1").await);
        let (first, second) = tokio::join!(
            propose(&office.office, &admin, switch(false)),
            propose(&office.office, &officer, switch(false))
        );
        assert!(first.is_ok() != second.is_ok(), "{}: {first:?} {second:?}", office.kind);
        let (id, by, other) = match (first, second) {
            (Ok(id), Err(ScenarioError::Waiting)) => (id, &admin, &officer),
            (Err(ScenarioError::Waiting), Ok(id)) => (id, &officer, &admin),
            both => panic!("{both:?}"),
        };
        let decides = async |who| decide(&office.office, who, id, true, "네").await;
        let (one, two) = tokio::join!(decides(other), decides(&auditor));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        assert!(matches!(one.err().or(two.err()), Some(ScenarioError::Decided)));
        // What was decided is not taken back, and what waits is taken back by who proposed it alone.
        assert!(matches!(withdraw(&office.office, by, id).await, Err(ScenarioError::Decided)));
        let next = propose(&office.office, by, switch(true)).await.unwrap();
        assert!(matches!(withdraw(&office.office, other, next).await, Err(ScenarioError::Denied(_))));
        withdraw(&office.office, by, next).await.unwrap();
        assert_eq!(told(&office).await["off"], json!([SPLIT]), "what was withdrawn changes nothing");
    }
}

#[tokio::test]
async fn the_pages_propose_and_decide_without_scripts_and_say_what_holds() {
    for office in after_a_run().await {
        let admin = office.browser("S").await;
        let list = admin.get("/scenarios").await.body;
        assert!(list.contains("한 곳에서 나누어 결제") && list.contains("기준값 2개"), "{}: {list}", office.kind);
        let form = admin.get(&format!("/scenarios/{SPLIT}?change=min_payments")).await.body;
        assert!(form.contains("2에서 50 사이"), "{form}");
        let at = format!("/scenarios/{SPLIT}");
        let wrong = admin.post(&at, &[("parameter", "min_payments"), ("value", "99"), ("reason", "적음")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("2에서 50 사이로") && wrong.body.contains("적음"), "{}", wrong.body);
        let proposed =
            admin.post(&at, &[("parameter", "min_payments"), ("value", "3"), ("reason", "<b>적음</b>")]).await;
        assert_eq!(proposed.location.as_deref(), Some(at.as_str()));
        let own = admin.get("/scenarios").await.body;
        assert!(own.contains("제안한 사람은 결정할 수 없습니다") && !own.contains("<b>적음"), "{own}");
        let officer = office.browser("Io").await;
        let page = officer.get("/scenarios").await.body;
        assert!(page.contains("결정을 기다리는 제안이 1건"), "{page}");
        let id = page.split("/scenario-changes/").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let decide = format!("/scenario-changes/{id}/decide");
        assert_eq!(admin.post(&decide, &[("do", "approve"), ("answer", "네")]).await.status, 403);
        let unsaid = officer.post(&decide, &[("do", "approve"), ("answer", "")]).await;
        assert_eq!(unsaid.status, 422, "{}", unsaid.body);
        assert_eq!(officer.post(&decide, &[("do", "approve"), ("answer", "네")]).await.status, 303);
        let after = officer.get(&at).await.body;
        assert!(after.contains("3건") && after.contains("승인"), "{after}");
        assert_eq!(office.browser("Kim").await.get("/scenarios").await.status, 403);
    }
}

#[tokio::test]
async fn programs_propose_and_decide_and_an_engine_asks_what_holds() {
    for office in after_a_run().await {
        let (admin, officer) = (Program::of(&office, Some("S")).await, Program::of(&office, Some("Io")).await);
        let at = format!("/api/v1/scenarios/{SPLIT}");
        let change = json!({ "on": false, "reason": "없는 업무입니다" });
        let made = admin.post(&format!("{at}/changes"), &change).await;
        assert_eq!(made.status, 201, "{}: {}", office.kind, made.text);
        let list = officer.get("/api/v1/scenarios").await.json();
        assert_eq!((&list["items"][0]["on"], &list["waiting"][0]["value"]), (&json!(true), &json!(0)));
        let decide = format!("/api/v1/scenario-changes/{}/decide", made.json()["id"].as_str().unwrap());
        assert_eq!(officer.post(&decide, &json!({ "approve": true, "answer": "네" })).await.status, 204);
        let again = officer.post(&decide, &json!({ "approve": true, "answer": "네" })).await;
        assert_eq!((again.status.as_u16(), again.code().as_str()), (409, "scenario.decided"));
        assert_eq!(officer.get(&at).await.json()["on"], json!(false));
        let engine = Program::of(&office, None).await;
        let told = engine.get("/api/v1/engine/decided").await.json();
        assert_eq!(told, json!({ "format": 1, "off": [SPLIT], "values": [] }));
        assert_eq!(admin.get("/api/v1/engine/decided").await.status, 403);
    }
}
