//! What programs do around a case: files, names behind the mask, the proof bundle, keeping away; and what is to be done.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use futures::TryStreamExt as _;
use serde_json::{Value, json};

use super::{Program, json as sends};
use crate::config::{Clamd, Config};
use crate::files::tests::clamd::{FakeClamd, Mood};
use crate::slices::cases;
use crate::testing::{TestFinding, TestOffice, TestRun};
use crate::{sign_in, web};

/// Programs of these people, and the address of Kim's case.
async fn with_case<const N: usize>(office: &TestOffice, people: [&str; N]) -> ([Program; N], String) {
    office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
    let mut programs = Vec::new();
    for who in people {
        programs.push(Program::of(office, Some(who)).await);
    }
    let list = Program::of(office, Some("Kim")).await.get("/api/v1/cases").await.json();
    let case = format!("/api/v1/cases/{}", list["items"][0]["id"].as_str().unwrap());
    (programs.try_into().ok().unwrap(), case)
}

fn bytes(path: &str, media: &str, bytes: &[u8]) -> Request<Body> {
    Request::post(path).header(header::CONTENT_TYPE, media).body(Body::from(bytes.to_vec())).unwrap()
}

fn file(case: &str, name: &str, content: &[u8]) -> Request<Body> {
    let name: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    bytes(&format!("{case}/attachments?name={name}"), "application/octet-stream", content)
}

#[tokio::test]
async fn a_file_is_added_once_however_often_it_is_sent_and_comes_back_as_it_was() {
    for office in TestOffice::both().await {
        let ([kim, head, park], case) = with_case(&office, ["Kim", "H", "Park"]).await;
        let receipt = b"%PDF-1.7 \x00\xff receipt";
        let added = kim.ask(file(&case, "영수증 1.pdf", receipt)).await;
        assert_eq!((added.status, &added.json()["again"]), (StatusCode::CREATED, &json!(false)), "{}", office.kind);
        let again = kim.ask(file(&case, "영수증 1.pdf", receipt)).await;
        assert_eq!((again.status, &again.json()["id"]), (StatusCode::OK, &added.json()["id"]));
        let named = kim.ask(file(&case, "영수증 2.pdf", receipt)).await;
        assert_eq!(named.status, StatusCode::CREATED, "under another name it is another file");

        let list = head.get(&format!("{case}/attachments")).await.json();
        let names: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
        assert_eq!(names, ["영수증 1.pdf", "영수증 2.pdf"]);
        assert_eq!(list["items"], head.get(&case).await.json()["files"]);
        let place = format!("{case}/attachments/{}", added.json()["id"].as_str().unwrap());
        let given = head.get(&place).await;
        assert_eq!(given.bytes, receipt);
        let disposition = given.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert_eq!(disposition, "attachment; filename*=UTF-8''%EC%98%81%EC%88%98%EC%A6%9D%201.pdf");
        let history = head.get(&case).await.json()["history"].clone();
        assert_eq!(history.as_array().unwrap().iter().filter(|line| line["event"] == "attached").count(), 2);

        // Whose case it is not learns nothing, and sends in vain.
        for told in [
            park.get(&place).await,
            park.get(&format!("{case}/attachments")).await,
            park.ask(file(&case, "a.pdf", receipt)).await,
            park.ask(bytes(&format!("{case}/attachments"), "text/plain", b"x")).await,
        ] {
            assert_eq!((told.status.as_u16(), told.code().as_str()), (404, "hidden"));
        }
    }
}

#[tokio::test]
async fn a_file_that_is_too_large_or_not_what_it_says_is_refused_and_leaves_nothing() {
    for office in TestOffice::both_with(Config { attachment_bytes: 1_000, ..Config::default() }).await {
        let ([kim], case) = with_case(&office, ["Kim"]).await;
        let place = format!("{case}/attachments");
        for (request, status, code) in [
            (file(&case, "a.pdf", &[b"%PDF-".as_slice(), &[b'x'; 1_000]].concat()), 413, "file.large"),
            (file(&case, "a.exe", b"MZ"), 422, "file.kind"),
            (file(&case, "a.pdf", b"MZ"), 422, "file.kind"),
            (file(&case, "a.pdf", b""), 422, "file.empty"),
            (bytes(&place, "application/octet-stream", b"%PDF-"), 422, "request.query"),
            (bytes(&format!("{place}?name=a.pdf"), "multipart/form-data; boundary=x", b"%PDF-"), 415, "request.media"),
        ] {
            let told = kim.ask(request).await;
            assert_eq!((told.status.as_u16(), told.code().as_str()), (status, code), "{}: {}", office.kind, told.text);
        }
        assert_eq!(kim.get(&place).await.json()["items"], json!([]));
        let files = office.office.files();
        assert_eq!(files.list().try_collect::<Vec<_>>().await.unwrap(), []);
        assert_eq!(std::fs::read_dir(files.spool().unwrap()).unwrap().count(), 0);
        // Two who send the same at once: one of them adds it.
        let (one, other) = tokio::join!(kim.ask(file(&case, "a.txt", b"a")), kim.ask(file(&case, "a.txt", b"a")));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!((statuses, &one.json()["id"]), ([200, 201], &other.json()["id"]), "{}", office.kind);
    }
}

#[tokio::test]
async fn a_program_is_told_what_the_scanner_found_and_when_it_does_not_answer() {
    let clamd = FakeClamd::start(Mood::Clean).await;
    let scanned = Clamd { address: Some(clamd.address()), allow_remote: false };
    for office in TestOffice::both_with(Config { clamd: scanned.clone(), ..Config::default() }).await {
        let ([kim], case) = with_case(&office, ["Kim"]).await;
        for (mood, status, code) in [
            (Mood::Says("stream: Eicar-Test-Signature FOUND\0"), 422, "file.infected"),
            (Mood::HangsUpAtOnce, 503, "file.not_scanned"),
            (Mood::TakesUpTo(0), 413, "file.scan_large"),
        ] {
            clamd.is(mood);
            let told = kim.ask(file(&case, "a.txt", b"a")).await;
            assert_eq!((told.status.as_u16(), told.code().as_str()), (status, code), "{}: {}", office.kind, told.text);
        }
        assert_eq!(kim.get(&format!("{case}/attachments")).await.json()["items"], json!([]));
        clamd.is(Mood::Clean);
        assert_eq!(kim.ask(file(&case, "a.txt", b"a")).await.status, StatusCode::CREATED);
    }
}

#[tokio::test]
async fn a_file_of_several_megabytes_is_taken_on_the_page_as_well_and_one_over_the_limit_is_named_so() {
    let office = TestOffice::sqlite().await;
    let ([kim], case) = with_case(&office, ["Kim"]).await;
    let secret = sign_in::session_of(&office.office, office.tenant, office.person("Kim").await).await;
    let page = Program { service: web::service(&office.office), token: String::new() };
    let sends = async |bytes: usize| {
        let part = |head: &str| format!("--part\r\ncontent-disposition: form-data; {head}\r\n\r\n");
        let file = part("name=\"file\"; filename=\"a.pdf\"");
        let head = part("name=\"csrf\"") + &secret.form_token() + "\r\n" + &file;
        let body = [head.as_bytes(), b"%PDF-", &vec![b'x'; bytes], b"\r\n--part--\r\n"].concat();
        let request = Request::post(format!("{}/attachments", case.replace("/api/v1", "")))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
            .header(header::COOKIE, format!("haechi={}.{}", office.tenant, secret.text()));
        page.ask(request.body(Body::from(body)).unwrap()).await
    };
    let large = sends(20 * 1024 * 1024).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", large.text);
    let taken = sends(3 * 1024 * 1024).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let list = kim.get(&format!("{case}/attachments")).await.json();
    assert_eq!(list["items"][0]["bytes"], json!(3 * 1024 * 1024 + 5));
}

#[tokio::test]
async fn names_are_shown_for_an_hour_to_who_says_why_and_the_month_says_so() {
    for office in TestOffice::both().await {
        let ([kim, head, park, auditor], case) = with_case(&office, ["Kim", "H", "Park", "A1"]).await;
        let reveal = format!("{case}/reveal");
        let seen = async |who: &Program| {
            let case = who.get(&case).await.json();
            (case["is_masked"].clone(), case["alert"]["subject"]["place"].clone())
        };
        assert_eq!(seen(&kim).await, (json!(false), json!("식당")), "it is about them");
        assert_eq!(seen(&head).await, (json!(true), json!("식*")), "{}", office.kind);
        let short = head.post(&reveal, &json!({ "reason": "  음  " })).await;
        assert_eq!((short.status.as_u16(), short.code().as_str()), (422, "access.reason"));
        let may = |case: Value| case["may"].as_array().unwrap().iter().any(|one| one == "reveal");
        assert!(may(head.get(&case).await.json()));
        let why = json!({ "reason": "결재 전에 확인합니다." });
        assert_eq!(head.post(&reveal, &why).await.status, StatusCode::NO_CONTENT);
        assert_eq!(seen(&head).await, (json!(false), json!("식당")));
        assert!(!may(head.get(&case).await.json()));
        let stranger = park.post(&reveal, &why).await;
        assert_eq!((stranger.status.as_u16(), stranger.code().as_str()), (404, "hidden"));

        let month = "/api/v1/access/months/2026-11";
        let reasons = auditor.get(&format!("{month}/reasons")).await.json();
        let only = &reasons["items"][0];
        assert_eq!((&only["look"], &only["reason"]), (&json!("reveal"), &json!("결재 전에 확인합니다.")));
        assert_eq!((&only["person"]["name"], &only["whose"]), (&json!("H 님"), &json!("***")));
        let counted = auditor.get(month).await.json();
        let of_head = counted["people"].as_array().unwrap().iter().find(|one| one["person"]["name"] == "H 님").unwrap();
        assert_eq!((&of_head["views"], &of_head["reveals"]), (&json!(1), &json!(1)), "{counted}");
        office.clock.forward(3_601);
        assert_eq!(seen(&head).await, (json!(true), json!("식*")));
    }
}

#[tokio::test]
async fn a_proof_bundle_is_taken_with_a_reason_and_its_bytes_are_kept_nowhere_else() {
    for office in TestOffice::both().await {
        let ([head, auditor], case) = with_case(&office, ["H", "A1"]).await;
        let proof = format!("{case}/proof");
        let without = head.post(&proof, &json!({ "reason": "" })).await;
        assert_eq!((without.status.as_u16(), without.code().as_str()), (422, "access.reason"), "{}", office.kind);
        let send = || {
            let mut request = sends(&proof, &json!({ "reason": "감사원 제출" }));
            request.headers_mut().insert("idempotency-key", "bundle".parse().unwrap());
            request
        };
        let taken = head.ask(send()).await;
        assert_eq!(
            (taken.status, &taken.headers[header::CONTENT_TYPE]),
            (StatusCode::OK, &"application/zip".parse().unwrap())
        );
        let bag = zip::ZipArchive::new(std::io::Cursor::new(taken.bytes)).unwrap();
        let names: Vec<String> = bag.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert!(names.iter().any(|name| name.ends_with("/data/case.json")), "{names:?}");
        let again = head.ask(send()).await;
        assert_eq!((again.status.as_u16(), again.code().as_str()), (409, "idempotency.done"));
        let reasons = auditor.get("/api/v1/access/months/2026-11/reasons").await.json();
        let looks: Vec<&Value> = reasons["items"].as_array().unwrap().iter().map(|one| &one["look"]).collect();
        assert_eq!(looks, ["download"], "once");
    }
}

#[tokio::test]
async fn who_keeps_away_no_longer_sees_the_case_and_others_do() {
    for office in TestOffice::both().await {
        let ([one, other, kim], case) = with_case(&office, ["A1", "A2", "Kim"]).await;
        let recusal = format!("{case}/recusal");
        let blank = one.post(&recusal, &json!({ "reason": " " })).await;
        assert_eq!((blank.status.as_u16(), blank.code().as_str()), (422, "people.reason"), "{}", office.kind);
        let why = json!({ "reason": "거래처 대표가 친척입니다." });
        assert_eq!(one.post(&recusal, &why).await.status, StatusCode::NO_CONTENT);
        assert_eq!(one.get(&case).await.code(), "hidden");
        assert_eq!(one.get("/api/v1/cases").await.json()["items"], json!([]));
        assert_eq!(one.post(&recusal, &why).await.code(), "hidden", "again it is not theirs to say");
        for who in [&other, &kim] {
            assert_eq!(who.get(&case).await.status, StatusCode::OK);
        }
    }
}

#[tokio::test]
async fn today_the_monitoring_day_and_unmapped_sources_say_what_the_pages_say() {
    for office in TestOffice::both().await {
        let nowhere = TestFinding { unit: Some("없는과"), person: None, ..TestFinding::to_kim("호텔") };
        office.receive(&TestRun::of([TestFinding::to_kim("식당"), nowhere])).await;
        let [kim, head, lee] = [
            Program::of(&office, Some("Kim")).await,
            Program::of(&office, Some("H")).await,
            Program::of(&office, Some("Lee")).await,
        ];
        let today = async |who: &Program| {
            let today = who.get("/api/v1/today").await.json();
            let parts = today["parts"].as_array().unwrap().iter();
            parts
                .map(|part| (part["why"].as_str().unwrap().to_owned(), part["count"].as_u64().unwrap()))
                .collect::<Vec<_>>()
        };
        let some = |why: &str| (why.to_owned(), 1);
        assert_eq!(today(&kim).await, [some("mine")], "{}", office.kind);
        assert_eq!(today(&head).await, [some("unowned")]);
        let case = kim.get("/api/v1/today").await.json()["parts"][0]["items"][0]["id"].as_str().unwrap().to_owned();
        let answered = json!({ "revision": 1, "outcome": "explained", "text": "서로 다른 모임이었습니다." });
        assert_eq!(kim.post(&format!("/api/v1/cases/{case}/answer"), &answered).await.status, StatusCode::OK);
        assert_eq!(today(&kim).await, []);
        assert_eq!(today(&head).await, [some("approve"), some("unowned")]);

        let left = head.get("/api/v1/monitoring").await.json();
        assert_eq!((&left["weekday"], &left["next"]), (&json!(5), &json!("2026-11-27")));
        let team = left["units"].as_array().unwrap().iter().find(|unit| unit["unit"] == "team").unwrap();
        assert_eq!((&team["answered"], &team["open"], &team["rate"]), (&json!(1), &json!(0), &json!(100)));

        let sources = lee.get("/api/v1/unmapped").await.json();
        let only = &sources["items"][0];
        assert_eq!(
            (&only["named"], &only["why"], &only["count"]),
            (&json!("없는과"), &json!("unknown-unit"), &json!(1))
        );
        assert_eq!(kim.get("/api/v1/unmapped").await.json()["items"], json!([]), "not theirs to claim");
    }
}

#[tokio::test]
async fn reading_a_case_acknowledges_nothing_and_saying_so_does() {
    for office in TestOffice::both().await {
        let ([head, kim], case) = with_case(&office, ["H", "Kim"]).await;
        office.days_pass(10);
        assert_eq!(cases::fire_steps(&office.office, office.tenant).await.unwrap(), 1, "{}", office.kind);
        let status = async || head.get(&case).await.json()["steps"][0]["status"].clone();
        assert_eq!(status().await, "fired");
        let told = head.get(&case).await.json()["steps"][0]["told"]["name"].clone();
        assert_eq!(told, "H 님");
        let acknowledge = format!("{case}/acknowledge");
        assert_eq!(kim.post(&acknowledge, &json!({})).await.status, StatusCode::OK);
        assert_eq!(status().await, "fired", "who was not told acknowledges nothing");
        assert_eq!(head.post(&acknowledge, &json!({})).await.status, StatusCode::OK);
        assert_eq!(status().await, "acknowledged");
        let before = head.get(&case).await.json()["revision"].clone();
        assert_eq!(head.post(&acknowledge, &json!({})).await.json()["revision"], before, "again it changes nothing");
    }
}
