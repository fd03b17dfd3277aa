use serde_json::json;

use crate::slices::cases;
use crate::testing::{Browser, TestFinding, TestOffice, TestRun, day};
use crate::web::tests::Program;

/// Whose the only open case is, and where.
async fn whose(office: &TestOffice) -> (Option<String>, Option<String>) {
    crate::timed::tick_of(&office.office, office.tenant).await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let row = cases::store::open_cases(&tx).await.unwrap().remove(0);
    let directory = super::super::directory(&office.office, &tx).await.unwrap();
    (row.handler.and_then(|id| directory.person(id)).map(|person| person.employee_no.clone()), row.unit)
}

fn said(handler: &str, unit: &str) -> (Option<String>, Option<String>) {
    (Some(handler.to_owned()), Some(unit.to_owned()))
}

async fn refused(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let page = browser.post(path, fields).await;
    assert_eq!(page.status.as_u16(), 422, "{path}: {}", page.body);
    page.body
}

#[tokio::test]
async fn an_outside_confirmer_who_is_in_no_register_stays_when_it_is_imported() {
    for office in TestOffice::both().await {
        let admin = office.browser("S").await;
        let fields = [("employee_no", "EXT-01"), ("name", "김외부"), ("mail", "kim@law.example"), ("mobile", "")];
        let page = admin.post("/people/person/new", &fields).await;
        let own = page.location.unwrap_or_else(|| panic!("{}: {}", office.kind, page.body));
        let shown = admin.get(&own).await.body;
        assert!(
            shown.contains("김외부") && shown.contains("kim@law.example") && shown.contains("직접 관리"),
            "{shown}"
        );
        assert!(admin.get("/people").await.body.contains("김외부"), "who has no place is found, too");
        assert!(
            !office.browser("A1").await.get(&own).await.body.contains("kim@law.example"),
            "an auditor reads no mail"
        );

        let changes = office.take_in(&office.records()).await;
        assert_eq!(changes.kept_by_hand, ["EXT-01 김외부"], "{}", office.kind);
        assert!(changes.is_empty() && !office.person("EXT-01").await.to_string().is_empty());

        let mut named = office.records();
        let known = named.persons[0].clone();
        named.persons.push(haechi_core::records::PersonRecord {
            employee_no: "EXT-01".to_owned(),
            name: "김내부".to_owned(),
            mail: None,
            ..known
        });
        let changes = office.take_in(&named).await;
        assert_eq!(changes.taken_over, ["EXT-01 김내부"], "{}", office.kind);
        let shown = admin.get(&own).await.body;
        assert!(shown.contains("김내부") && shown.contains("인사 자료"), "{shown}");
        assert!(shown.contains("kim@law.example"), "an address that the register does not have is kept: {shown}");
        let changes = office.take_in(&office.records()).await;
        assert_eq!(changes.left, ["EXT-01 김내부"], "{}: from then on the register is right", office.kind);
    }
}

#[tokio::test]
async fn what_does_not_fit_is_said_beside_its_field() {
    for office in TestOffice::both().await {
        let admin = office.browser("S").await;
        let person = [("employee_no", "Kim"), ("name", "김"), ("mail", ""), ("mobile", "")];
        assert!(refused(&admin, "/people/person/new", &person).await.contains("id=\"employee_no-error\""));
        let person = [("employee_no", "EXT-01"), ("name", "김"), ("mail", "nowhere"), ("mobile", "")];
        let page = refused(&admin, "/people/person/new", &person).await;
        assert!(page.contains("id=\"mail-error\"") && page.contains("value=\"nowhere\""), "{page}");
        let unit = |code, parent, from| [("code", code), ("name_ko", "팀"), ("parent", parent), ("from", from)];
        let new = "/people/unit/new";
        assert!(refused(&admin, new, &unit("team", "hall", "2026-11-24")).await.contains("id=\"code-error\""));
        assert!(refused(&admin, new, &unit("new", "nowhere", "2026-11-24")).await.contains("id=\"parent-error\""));
        assert!(refused(&admin, new, &unit("new", "hall", "2026-11-23")).await.contains("id=\"from-error\""));
        // The bureau below its own team.
        let circle = [("code", "bureau"), ("name_ko", "행정국"), ("parent", "team"), ("from", "2026-12-01")];
        assert!(refused(&admin, "/people/unit/change", &circle).await.contains("id=\"parent-error\""));
        // The bureau has a team below it, which nobody would take over.
        let end = [("code", "bureau"), ("from", "2026-12-01"), ("successor", ""), ("places", "end")];
        assert!(refused(&admin, "/people/unit/end", &end).await.contains("id=\"successor-error\""));
        let oneself = format!("/people/persons/{}/leave", office.person("S").await);
        assert!(refused(&admin, &oneself, &[("from", "2026-11-24")]).await.contains("다른 관리자가"));
        let clerk = office.browser("Kim").await;
        assert_eq!(clerk.get("/people/unit?code=team").await.status.as_u16(), 403, "{}", office.kind);
    }
}

#[tokio::test]
async fn open_cases_follow_a_unit_that_ends_to_the_one_that_takes_over() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        assert_eq!(whose(&office).await, said("Kim", "team"));
        let admin = office.browser("S").await;
        let new = [
            ("code", "9100"),
            ("name_ko", "재정과"),
            ("name_en", "Finance"),
            ("parent", "bureau"),
            ("from", "2026-11-24"),
        ];
        assert_eq!(admin.post("/people/unit/new", &new).await.location.as_deref(), Some("/people/unit?code=9100"));
        let form = admin.get("/people/unit/end?code=team").await.body;
        assert!(form.contains("4명이 이 부서에 자리가 있습니다"), "{form}");
        let end = [("code", "team"), ("from", "2026-11-26"), ("successor", "9100"), ("places", "move")];
        assert_eq!(admin.post("/people/unit/end", &end).await.status.as_u16(), 303, "{}", office.kind);
        assert_eq!(whose(&office).await, said("Kim", "team"), "until its last day it is theirs");
        office.days_pass(2);
        assert_eq!(whose(&office).await, said("Kim", "9100"), "{}: who does the work moved with it", office.kind);
        let shown = office.browser("S").await.get("/people/unit?code=9100").await.body;
        assert!(shown.contains("H 님") && shown.contains("지금 부서장이 없습니다"), "a head goes as staff: {shown}");
        let over = office.browser("S").await.get("/people/unit?code=team").await.body;
        assert!(over.contains("끝남") && over.contains("재정과"), "{over}");
        // The register knows nothing of it yet: it names the old unit, which is there again by it, and keeps the new one.
        let mut records = office.records();
        records.as_of = day("2026-11-26");
        let changes = office.take_in(&records).await;
        assert_eq!(changes.kept_by_hand[0], "9100 재정과", "{}: {changes:?}", office.kind);
        assert_eq!(changes.new_units, ["team 회계과"], "{}", office.kind);
        assert_eq!(whose(&office).await, (None, Some("9100".to_owned())), "{}: by it nobody works there", office.kind);
    }
}

#[tokio::test]
async fn a_unit_is_renamed_from_a_day_on_and_what_it_was_stays() {
    for office in TestOffice::both().await {
        let admin = office.browser("S").await;
        let fields = [("code", "team"), ("name_ko", "재무과"), ("parent", "hall"), ("from", "2026. 12. 1.")];
        assert_eq!(admin.post("/people/unit/change", &fields).await.status.as_u16(), 303, "{}", office.kind);
        let today = admin.get("/people/unit?code=team").await.body;
        assert!(today.contains(">회계과</h1>") && today.contains("재무과") && today.contains("예정"), "{today}");
        office.days_pass(7);
        let then = office.browser("S").await.get("/people/unit?code=team").await.body;
        assert!(then.contains(">재무과</h1>") && then.contains("회계과"), "{then}");
    }
}

#[tokio::test]
async fn who_leaves_or_is_away_gives_their_cases_to_who_does_the_work() {
    for office in TestOffice::both().await {
        office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
        let admin = office.browser("S").await;
        let [kim, park] = [office.person("Kim").await, office.person("Park").await];
        // Away beyond the due day, which is a week ahead: the coordinator answers.
        let away = [("from", "2026-11-24"), ("to", "2026-12-31")];
        assert_eq!(admin.post(&format!("/people/persons/{kim}/absence"), &away).await.status.as_u16(), 303);
        assert_eq!(whose(&office).await, said("Lee", "team"), "{}", office.kind);
        let changes = office.take_in(&office.records()).await;
        assert_eq!(changes.absences, 1, "{}: it is entered by hand and stays", office.kind);
        // Park gets the duty, and Lee leaves.
        let place = [("unit", "team"), ("post", "staff"), ("duties", "card"), ("from", "2026-11-24"), ("to", "")];
        assert_eq!(admin.post(&format!("/people/persons/{park}/place"), &place).await.status.as_u16(), 303);
        let lee = format!("/people/persons/{}/leave", office.person("Lee").await);
        assert_eq!(admin.post(&lee, &[("from", "2026-11-24")]).await.status.as_u16(), 303);
        assert_eq!(whose(&office).await, said("Park", "team"), "{}", office.kind);
        let changes = office.take_in(&office.records()).await;
        assert_eq!(changes.ended_places, ["Park team staff"], "{}: the register says what Park is there", office.kind);
    }
}

#[tokio::test]
async fn a_program_keeps_people_as_the_pages_do() {
    for office in TestOffice::both().await {
        let admin = Program::of(&office, Some("S")).await;
        let made = admin.post("/api/v1/people/persons", &json!({ "employee_no": "OMB", "name": "박옴부즈만" })).await;
        let own = format!("/api/v1/people/persons/{}", made.json()["id"].as_str().unwrap());
        let place = json!({ "unit": "bureau", "post": "staff", "duties": ["petition"], "from": "2026-12-01" });
        let given = admin.post(&format!("{own}/places"), &place).await.json();
        let away = json!({ "from": "2026-12-10", "to": "2026-12-11" });
        let absence = admin.post(&format!("{own}/absences"), &away).await.json();
        let seen = admin.get(&own).await.json();
        assert_eq!((&seen["places"][0]["by_hand"], &seen["absences"][0]["to"]), (&json!(true), &json!("2026-12-11")));
        let end = format!("/api/v1/people/places/{}/end", given["id"].as_str().unwrap());
        assert_eq!(admin.post(&end, &json!({ "from": "2026-12-20" })).await.status.as_u16(), 204);
        let remove = format!("/api/v1/people/absences/{}/remove", absence["id"].as_str().unwrap());
        assert_eq!(admin.post(&remove, &json!({})).await.status.as_u16(), 204);
        let seen = admin.get(&own).await.json();
        assert_eq!(
            (&seen["places"][0]["to"], &seen["absences"]),
            (&json!("2026-12-19"), &json!([])),
            "{}",
            office.kind
        );
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let mut log = Vec::new();
        crate::audit::export(&tx, &mut log).await.unwrap();
        let log = String::from_utf8(log).unwrap();
        for what in ["person.add", "place.give", "absence.enter", "place.end", "absence.remove"] {
            assert!(log.contains(what), "{}: {what}", office.kind);
        }
        assert!(!log.contains("박옴부즈만"), "no names in the log");
    }
}
