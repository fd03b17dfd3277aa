use serde_json::json;

use crate::testing::TestOffice;
use crate::web::tests::Program;

#[tokio::test]
async fn conditions_are_kept_under_a_name_by_who_saved_them_alone() {
    for office in TestOffice::both().await {
        let kim = office.browser("Kim").await;
        let list = kim.get("/cases?late=yes&order=amount").await.body;
        assert!(list.contains("/views/new?late=yes&#38;order=amount"), "{list}");
        let new = kim.get("/views/new?late=yes&order=amount&page=3&nonsense=1").await.body;
        assert!(new.contains("value=\"late=yes&#38;order=amount\""), "what the list does not know is left out: {new}");
        let fields = [("name", "기한 지난 큰 것"), ("query", "late=yes&order=amount&evil=1")];
        let saved = kim.post("/views", &fields).await;
        assert_eq!(saved.location.as_deref(), Some("/cases?late=yes&order=amount"), "{}", office.kind);
        assert!(kim.get("/cases").await.body.contains("기한 지난 큰 것"), "{}", office.kind);
        assert!(!office.browser("Park").await.get("/cases").await.body.contains("기한 지난 큰 것"), "{}", office.kind);

        let twice = kim.post("/views", &fields).await;
        assert_eq!(twice.status.as_u16(), 422, "{}", office.kind);
        assert!(twice.body.contains("같은 이름이 이미 있습니다"), "{}", twice.body);
        let nothing = kim.post("/views", &[("name", "빈 것"), ("query", "")]).await;
        assert!(nothing.body.contains("저장할 조건이 없습니다"), "{}", nothing.body);

        let [mine, other] = [Program::of(&office, Some("Kim")).await, Program::of(&office, Some("Park")).await];
        let id = mine.get("/api/v1/me/views").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
        let rename = format!("/api/v1/me/views/{id}/rename");
        assert_eq!(other.post(&rename, &json!({ "name": "남의 것" })).await.status.as_u16(), 404, "{}", office.kind);
        assert_eq!(mine.post(&rename, &json!({ "name": "내 목록" })).await.status.as_u16(), 204);
        assert!(kim.get("/views").await.body.contains("내 목록"));
        assert_eq!(kim.post(&format!("/views/{id}/remove"), &[]).await.location.as_deref(), Some("/views"));
        assert!(!kim.get("/cases").await.body.contains("내 목록"), "{}", office.kind);
    }
}

#[tokio::test]
async fn nobody_keeps_more_than_twenty() {
    for office in TestOffice::both().await {
        let program = Program::of(&office, Some("Kim")).await;
        for at in 0..20 {
            let view = json!({ "name": format!("{at}"), "query": "late=yes" });
            assert_eq!(program.post("/api/v1/me/views", &view).await.status.as_u16(), 201, "{}", office.kind);
        }
        let more = program.post("/api/v1/me/views", &json!({ "name": "20", "query": "late=yes" })).await;
        assert_eq!((more.status.as_u16(), more.code().as_str()), (422, "view.many"), "{}", office.kind);
    }
}
