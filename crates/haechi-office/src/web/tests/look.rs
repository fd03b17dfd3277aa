//! The look of pages: files of the program, colours, parts of pages, forms that were refused.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt as _;

use crate::config::Config;
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::web::{self, look};

/// What is answered to a request of nobody with these headers.
async fn ask(office: &TestOffice, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = web::service(&office.office).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, headers, String::from_utf8_lossy(&body).into_owned())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_file_of_the_look_is_kept_for_good_under_its_digest_and_not_under_another() {
    let office = TestOffice::sqlite().await;
    let address = look::address("office.css").unwrap();
    let (status, headers, style) = ask(&office, &address, &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(text(&headers, "content-type"), "text/css; charset=utf-8");
    assert_eq!(text(&headers, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(text(&headers, "content-encoding"), "");
    assert!(style.contains("--ink:"), "{style}");
    assert!(!style.contains("http:") && !style.contains("https:"), "nothing comes from elsewhere");
    let (status, headers, again) = ask(&office, "/assets/0123456789abcdef/office.css", &[]).await;
    assert_eq!((status, text(&headers, "cache-control")), (StatusCode::OK, "no-store"));
    assert_eq!(again, style, "a page of another version is not left bare");
    for nothing in ["/assets/0/nothing.css", "/assets/0/../office.toml", "/assets/0/letters/"] {
        assert_eq!(ask(&office, nothing, &[]).await.0, StatusCode::NOT_FOUND, "{nothing}");
    }
    if web::is_built() {
        for (accepted, encoding) in
            [("br, gzip", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", "")]
        {
            let (_, headers, _) = ask(&office, &address, &[("accept-encoding", accepted)]).await;
            assert_eq!(text(&headers, "content-encoding"), encoding, "{accepted}");
            assert_eq!(text(&headers, "vary"), "accept-encoding");
        }
    }
}

#[tokio::test]
async fn colours_are_a_choice_of_the_browser_that_leads_back_to_its_page_and_nowhere_else() {
    let office = TestOffice::sqlite().await;
    let (status, headers, _) = ask(&office, "/theme?to=dark&back=/help", &[]).await;
    assert_eq!((status, text(&headers, "location")), (StatusCode::SEE_OTHER, "/help"));
    assert!(text(&headers, "set-cookie").starts_with("haechi-theme=dark; Path=/; SameSite=Lax"));
    let (.., page) = ask(&office, "/help", &[("cookie", "haechi-theme=dark")]).await;
    assert!(page.contains("<html lang=\"ko\" data-theme=\"dark\">"), "{page}");
    let (.., page) = ask(&office, "/help", &[("cookie", "haechi-theme=\"><script>")]).await;
    assert!(page.contains("<html lang=\"ko\">"), "{page}");
    let (_, headers, _) = ask(&office, "/theme?to=system&back=//evil.example", &[]).await;
    assert_eq!(text(&headers, "location"), "/");
    assert!(text(&headers, "set-cookie").contains("Max-Age=0"));
}

#[tokio::test]
async fn the_official_banner_is_there_for_who_says_so_and_for_nobody_else() {
    let [office, _] = TestOffice::both_with(Config { official: true, ..Config::default() }).await;
    assert!(office.stranger().get("/help").await.body.contains("krds-masthead"));
    let office = TestOffice::sqlite().await;
    assert!(!office.stranger().get("/help").await.body.contains("krds-masthead"));
}

#[tokio::test]
async fn the_gallery_is_for_administrators_and_for_everybody_in_a_demonstration() {
    let office = TestOffice::sqlite().await;
    assert_eq!(office.browser("S").await.get("/gallery").await.status, StatusCode::OK);
    assert_eq!(office.browser("Kim").await.get("/gallery").await.status, StatusCode::NOT_FOUND);
    let [demo, _] = TestOffice::both_with(Config { demo: true, ..Config::default() }).await;
    assert_eq!(demo.browser("Kim").await.get("/gallery").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_list_answers_with_what_was_found_alone_where_a_part_is_asked_for() {
    let office = TestOffice::sqlite().await;
    office.receive(&TestRun::of([TestFinding::to_kim("이천쌀집")])).await;
    let browser = office.browser("Kim").await;
    let request = |part: &str| {
        Request::get("/cases?q=card")
            .header(header::COOKIE, browser.cookie())
            .header("hx-request-type", part)
            .body(Body::empty())
    };
    for (asked, is_whole) in [("partial", false), ("full", true)] {
        let response = web::service(&office.office).oneshot(request(asked).unwrap()).await.unwrap();
        assert_eq!(
            text(response.headers(), "vary"),
            "hx-request-type",
            "what is kept of one is not shown for the other"
        );
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8_lossy(&body);
        assert_eq!(body.contains("<html"), is_whole, "{body}");
        assert!(body.contains("role=\"table\"") && body.contains("class=\"chip\""), "{body}");
    }
}

#[tokio::test]
async fn a_refused_form_is_shown_again_with_what_was_typed_and_its_title_says_so() {
    let office = TestOffice::sqlite().await;
    let admin = office.browser("S").await;
    let typed = [("name", "handler-days"), ("value", "500"), ("from", "2026년 12월 1일"), ("scenario", "card.<b>")];
    let page = admin.post("/settings", &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("<title>오류: "), "{}", page.body);
    assert!(page.body.contains("href=\"#value\"") && page.body.contains("id=\"value-error\""), "{}", page.body);
    assert!(page.body.contains("value=\"500\"") && page.body.contains("value=\"2026년 12월 1일\""), "{}", page.body);
    assert!(page.body.contains("card.&#60;b&#62;"), "what was typed is text: {}", page.body);
    // The day is read as it was typed once the value fits.
    let typed = [("name", "handler-days"), ("value", "9"), ("from", "2026년 12월 1일"), ("scenario", "")];
    assert_eq!(admin.post("/settings", &typed).await.location.as_deref(), Some("/settings"));
    assert!(admin.get("/settings?change=handler-days").await.body.contains("2026.12.01."));
}
