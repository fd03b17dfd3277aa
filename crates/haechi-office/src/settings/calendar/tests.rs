use serde_json::json;

use crate::slices::cases;
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::web::tests::Program;

/// The day on which the newest open case is due.
async fn due(office: &TestOffice, places: &[&str], from: &str) -> (String, String) {
    office.receive(&TestRun::of(places.iter().map(|place| TestFinding::to_kim(place))).looking_from(from)).await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let rows = cases::store::open_cases(&tx).await.unwrap();
    let newest = rows.iter().max_by_key(|row| row.id).unwrap();
    (office.office.local(newest.due_at.unwrap()).date().to_string(), newest.id.to_string())
}

#[tokio::test]
async fn a_governments_own_day_off_moves_what_is_counted_from_then_on_and_is_named() {
    for office in TestOffice::both().await {
        assert_eq!(due(&office, &["식당"], "2026-11-20").await.0, "2026-12-03", "{}", office.kind);
        let admin = office.browser("S").await;
        let off = [("day", "2026.12.01."), ("kind", "off"), ("reason", "시민의 날")];
        assert_eq!(admin.post("/settings/calendar", &off).await.status.as_u16(), 303, "{}", office.kind);
        let worked = [("day", "2026-11-28"), ("kind", "worked"), ("reason", "대체 근무")];
        assert_eq!(admin.post("/settings/calendar", &worked).await.status.as_u16(), 303, "{}", office.kind);
        let shown = admin.get("/settings/calendar").await.body;
        assert!(shown.contains("2026.12.01. 화요일 시민의 날") && shown.contains("기독탄신일"), "{shown}");

        // One day less, one day more: the same day, but it says how.
        let (day, id) = due(&office, &["식당", "찻집"], "2026-11-21").await;
        assert_eq!(day, "2026-12-03", "{}", office.kind);
        let page = office.browser("Kim").await.get(&format!("/cases/{id}")).await.body;
        assert!(page.contains("2026.12.01. 시민의 날 (우리 기관이 정한 날)"), "{page}");
        assert!(page.contains("2026.11.28. 대체 근무 (우리 기관이 정한 날)"), "{page}");
        let told = Program::of(&office, Some("Kim")).await.get(&format!("/api/v1/cases/{id}")).await.json();
        assert_eq!(told["due"]["worked"][0]["reason"], json!("대체 근무"), "{}", office.kind);

        assert_eq!(admin.post("/settings/calendar/remove", &[("day", "2026-11-28")]).await.status.as_u16(), 303);
        assert_eq!(due(&office, &["식당", "찻집", "빵집"], "2026-11-22").await.0, "2026-12-04", "{}", office.kind);
    }
}

#[tokio::test]
async fn days_that_have_passed_or_are_so_already_are_refused() {
    for office in TestOffice::both().await {
        let admin = Program::of(&office, Some("S")).await;
        let add = async |day: &str, off: bool, reason: &str| {
            let told =
                admin.post("/api/v1/settings/calendar", &json!({ "day": day, "off": off, "reason": reason })).await;
            if told.text.is_empty() { told.status.as_u16().to_string() } else { told.code() }
        };
        assert_eq!(add("2026-11-23", true, "어제").await, "calendar.past", "{}", office.kind);
        assert_eq!(add("2026-12-25", true, "성탄절").await, "calendar.already");
        assert_eq!(add("2026-12-24", false, "근무").await, "calendar.already");
        assert_eq!(add("2029-01-02", true, "쉬는 날").await, "calendar.unlisted");
        assert_eq!(add("2026-12-24", true, "시민의 날").await, "204");
        assert_eq!(add("2026-12-24", true, "또").await, "calendar.already");
        let told = admin.get("/api/v1/settings/calendar").await.json();
        let december = &told["months"][11];
        assert_eq!((&december["working_days"], december["days"].as_array().unwrap().len()), (&json!(21), 2));
        assert_eq!(december["days"][0]["is_own"], json!(true), "{}", office.kind);
        let clerk = Program::of(&office, Some("Kim")).await;
        assert_eq!(clerk.get("/api/v1/settings/calendar").await.status.as_u16(), 403);
    }
}
