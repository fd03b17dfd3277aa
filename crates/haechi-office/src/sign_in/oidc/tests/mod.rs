//! Signing in by a provider, on both databases, as stories.

mod provider;

use serde_json::{Value, json};

use self::provider::{CLIENT, Key, Provider, SECRET, Wrong};
use crate::audit;
use crate::config::{Config, LinkBy, Oidc};
use crate::sign_in::tests::visitor::{Seen, Visitor};
use crate::sign_in::tests::{PASSWORD, with_password};
use crate::testing::TestOffice;

/// A city with a provider.
struct City {
    office: TestOffice,
    provider: Provider,
}

impl City {
    async fn all(link_by: LinkBy) -> Vec<Self> {
        let mut cities = Vec::new();
        for office in TestOffice::both().await {
            cities.push(Self::of(office, link_by).await);
        }
        cities
    }

    async fn sqlite(link_by: LinkBy) -> Self {
        Self::of(TestOffice::sqlite().await, link_by).await
    }

    async fn of(mut office: TestOffice, link_by: LinkBy) -> Self {
        let provider = Provider::start(office.office.now().timestamp()).await;
        let secret = office.folder.path().join("client.secret");
        std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
        let oidc = Oidc {
            government: office.code.clone(),
            issuer: provider.issuer(),
            client_id: CLIENT.to_owned(),
            client_secret_file: Some(secret),
            name_ko: "시청 통합로그인".to_owned(),
            name_en: "City SSO".to_owned(),
            link_by,
            claim: "employee_number".to_owned(),
            scopes: vec!["profile".to_owned(), "email".to_owned()],
        };
        office.office = office.office.clone_with(Config { oidc: vec![oidc], ..Config::default() });
        Self { office, provider }
    }

    fn visitor(&self) -> Visitor {
        Visitor::of(&self.office)
    }

    /// To the provider: the address of its page.
    async fn leaves(&self, visitor: &Visitor, next: &str) -> String {
        let path = format!("/sign-in/oidc?government={}&next={next}", self.office.code);
        let seen = visitor.get(&path).await;
        assert!(seen.led().starts_with(&format!("{}/authorize?", self.provider.issuer())), "{}", seen.to);
        seen.to
    }

    /// There and back as who these claims say.
    async fn visits(&self, visitor: &Visitor, claims: &Value) -> Seen {
        let to = self.leaves(visitor, "/inbox").await;
        visitor.get(&self.provider.signs_in(&to, claims)).await
    }

    async fn time_passes(&self, seconds: i64) {
        self.office.clock.forward(seconds);
        self.provider.now_is(self.office.office.now().timestamp());
    }

    async fn done(&self, action: &str) -> usize {
        let tx = self.office.office.db().read(self.office.tenant).await.unwrap();
        let lines = audit::lines(&tx, 0, 10_000).await.unwrap();
        lines.iter().filter(|line| line.contains(&format!("\"action\":\"{action}\""))).count()
    }
}

fn kim() -> Value {
    json!({ "sub": "f3a1", "employee_number": "Kim", "email": "kim@city.example", "email_verified": true })
}

#[tokio::test]
async fn who_comes_for_the_first_time_is_found_by_the_rule_and_afterwards_by_the_providers_own_name_of_them() {
    for city in City::all(LinkBy::EmployeeNo).await {
        let kind = city.office.kind;
        let visitor = city.visitor();
        let page = visitor.get("/sign-in").await.page();
        assert!(
            page.contains("시청 통합로그인 계정으로 로그인") && page.contains("<details class=\"act\">"),
            "{kind}: {page}"
        );
        assert_eq!(city.visits(&visitor, &kim()).await.led(), "/inbox", "{kind}");
        let inbox = visitor.get("/inbox").await.page();
        assert!(inbox.contains("Kim 님") && inbox.contains("통합로그인 계정과 연결되었습니다"), "{inbox}");
        assert_eq!(city.done("account.link_provider").await, 1);
        let account = visitor.get("/account").await.page();
        assert!(account.contains("<div>통합로그인") && !account.contains("password-change"), "{account}");
        assert!(visitor.cookies().iter().all(|name| !name.starts_with("haechi-oidc")), "{:?}", visitor.cookies());

        // The number is said of somebody else now; `sub` decides, and no second link is made.
        let again = json!({ "sub": "f3a1", "employee_number": "Park" });
        let other = city.visitor();
        assert_eq!(city.visits(&other, &again).await.led(), "/inbox");
        assert!(other.get("/inbox").await.page().contains("Kim 님"));
        assert_eq!(city.done("account.link_provider").await, 1);
        assert_eq!(city.done("session.open").await, 2);
    }
}

#[tokio::test]
async fn who_the_rule_finds_not_once_is_refused_with_whom_to_ask() {
    for city in City::all(LinkBy::Mail).await {
        let mut records = city.office.records();
        for person in records.persons.iter_mut().filter(|person| person.employee_no == "Park") {
            person.mail = Some("LEE@city.example".to_owned());
        }
        city.office.take_in(&records).await;
        let refused = async |claims: Value, code: &str| {
            let visitor = city.visitor();
            let seen = city.visits(&visitor, &claims).await;
            assert_eq!(seen.status, 403, "{} {code}: {}", city.office.kind, seen.body);
            assert!(seen.body.contains(code) && seen.body.contains("<li>S 님</li>"), "{code}: {}", seen.body);
            assert!(visitor.get("/inbox").await.led().starts_with("/sign-in"), "{code}");
        };
        let mail = |mail: &str| json!({ "sub": mail, "email": mail, "email_verified": true });
        refused(mail("stranger@elsewhere.example"), "oidc.nobody").await;
        refused(mail("lee@city.example"), "oidc.several").await;
        refused(json!({ "sub": "1" }), "oidc.unsaid").await;
        refused(json!({ "sub": "1", "email": "kim@city.example" }), "oidc.unverified").await;
        refused(json!({ "sub": "1", "email": "kim@city.example", "email_verified": false }), "oidc.unverified").await;
        assert_eq!(city.done("account.link_provider").await, 0);

        assert_eq!(city.visits(&city.visitor(), &mail("Kim@City.Example")).await.led(), "/inbox", "letters alike");
        refused(json!({ "sub": "another", "email": "kim@city.example", "email_verified": true }), "oidc.taken").await;
    }
}

#[tokio::test]
async fn who_has_left_does_not_come_in_by_a_link_or_a_rule() {
    for city in City::all(LinkBy::Sub).await {
        assert_eq!(city.visits(&city.visitor(), &json!({ "sub": "Park" })).await.led(), "/inbox");
        let mut records = city.office.records();
        records.persons.retain(|person| person.employee_no != "Park" && person.employee_no != "Lee");
        records.places.retain(|place| place.employee_no != "Park" && place.employee_no != "Lee");
        city.office.take_in(&records).await;
        for who in ["Park", "Lee"] {
            let seen = city.visits(&city.visitor(), &json!({ "sub": who })).await;
            assert!(seen.status == 403 && seen.body.contains("oidc.left"), "{} {who}: {}", city.office.kind, seen.body);
        }
    }
}

#[tokio::test]
async fn what_the_token_does_not_say_is_asked_for_once_and_only_of_the_same_person() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    city.provider.keeps_claims_for_who_asks();
    city.provider.does_wrong(Wrong::OtherInfo);
    let other = city.visits(&city.visitor(), &kim()).await;
    assert!(other.status == 401 && other.body.contains("oidc.answer"), "{}", other.body);
    city.provider.does_wrong(Wrong::Nothing);
    assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox");
    // Who is linked is not asked about again.
    city.provider.does_wrong(Wrong::OtherInfo);
    assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox");
}

#[tokio::test]
async fn a_number_may_be_a_number() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    let mut records = city.office.records();
    for person in records.persons.iter_mut().filter(|person| person.employee_no == "Park") {
        person.employee_no = "20240017".to_owned();
    }
    for place in records.places.iter_mut().filter(|place| place.employee_no == "Park") {
        place.employee_no = "20240017".to_owned();
    }
    city.office.take_in(&records).await;
    let claims = json!({ "sub": "x", "employee_number": 20_240_017 });
    assert_eq!(city.visits(&city.visitor(), &claims).await.led(), "/inbox");
}

#[tokio::test]
async fn an_answer_that_does_not_hold_opens_nothing() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    for wrong in [
        Wrong::Nonce,
        Wrong::Audience,
        Wrong::TwoAudiences,
        Wrong::Party,
        Wrong::Expired,
        Wrong::Future,
        Wrong::AlgNone,
        Wrong::Hs256,
        Wrong::ForeignKey,
        Wrong::Issuer,
        Wrong::AccessHash,
        Wrong::Changed,
        Wrong::NoToken,
    ] {
        city.provider.does_wrong(wrong);
        let visitor = city.visitor();
        let seen = city.visits(&visitor, &kim()).await;
        assert_eq!(seen.status, 401, "{wrong:?}: {}", seen.body);
        assert!(seen.body.contains("oidc.answer"), "{wrong:?}: {}", seen.body);
        assert!(visitor.get("/inbox").await.led().starts_with("/sign-in"), "{wrong:?}");
    }
    assert_eq!(city.done("session.open").await, 0);
    city.provider.does_wrong(Wrong::Nothing);
    assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox");
}

#[tokio::test]
async fn what_comes_back_a_second_time_or_to_another_browser_or_late_opens_nothing() {
    for city in City::all(LinkBy::EmployeeNo).await {
        city.provider.takes_codes_twice();
        let visitor = city.visitor();
        let to = city.leaves(&visitor, "/").await;
        let back = city.provider.signs_in(&to, &kim());
        let thief = city.visitor();
        assert_eq!(thief.get(&back).await.status, 410, "{}: another browser", city.office.kind);
        let copy = visitor.copied();
        assert_eq!(visitor.get(&back).await.led(), "/");
        let again = copy.get(&back).await;
        assert!(again.status == 410 && again.body.contains("oidc.late"), "replayed with its cookie: {}", again.body);

        let changed = back.replace("state=", "state=0");
        assert_eq!(city.visitor().get(&changed).await.status, 410);
        let to = city.leaves(&visitor, "/").await;
        let back = city.provider.signs_in(&to, &kim());
        city.time_passes(601).await;
        assert_eq!(visitor.get(&back).await.status, 410, "eleven minutes later");
        let to = city.leaves(&visitor, "/").await;
        let back = city.provider.signs_in(&to, &kim()).replace("iss=http", "iss=https");
        assert_eq!(visitor.get(&back).await.status, 401, "another issuer answers");
        // The provider of another government sends somebody on to this one's, to be brought its code.
        let to = city.leaves(&visitor, "/").await;
        let back = city.provider.signs_in(&to, &kim());
        let path = format!("/sign-in/oidc/callback/{}?", city.office.code);
        assert!(back.starts_with(&path), "{back}");
        let mixed = visitor.get(&back.replace(&path, "/sign-in/oidc/callback/9999999?")).await;
        assert!(mixed.status == 401 && mixed.body.contains("oidc.answer"), "{}", mixed.body);
    }
}

#[tokio::test]
async fn a_code_that_the_provider_takes_no_more_opens_nothing() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    let visitor = city.visitor();
    let to = city.leaves(&visitor, "/").await;
    let back = city.provider.signs_in(&to, &kim());
    let thief = visitor.copied();
    assert_eq!(visitor.get(&back).await.led(), "/");
    assert_eq!(thief.get(&back).await.status, 401);

    let to = city.leaves(&visitor, "/").await;
    let (query, _) =
        city.provider.signs_in(&to, &kim()).split_once("code=").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let state = url::Url::parse(&to).unwrap().query_pairs().find(|pair| pair.0 == "state").unwrap().1.into_owned();
    let refused = visitor.get(&format!("{query}state={state}&error=access_denied&error_description=%3Cb%3E")).await;
    assert!(refused.status == 401 && refused.body.contains("oidc.refused"), "{}", refused.body);
    assert!(!refused.body.contains("<b>"));
}

#[tokio::test]
async fn two_attempts_in_two_tabs_both_come_home() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    let visitor = city.visitor();
    let (one, other) = (city.leaves(&visitor, "/cases").await, city.leaves(&visitor, "/inbox").await);
    assert_eq!(visitor.get(&city.provider.signs_in(&other, &kim())).await.led(), "/inbox");
    assert_eq!(visitor.get(&city.provider.signs_in(&one, &kim())).await.led(), "/cases");
    for _ in 0..9 {
        city.leaves(&visitor, "/").await;
    }
    let begun = visitor.cookies().into_iter().filter(|name| name.starts_with("haechi-oidc")).count();
    assert!(begun <= 3, "{begun} cookies");
    for next in ["//evil.example", "https://evil.example", "/\\evil.example"] {
        let to = city.leaves(&visitor, next).await;
        assert_eq!(visitor.get(&city.provider.signs_in(&to, &kim())).await.led(), "/", "{next}");
    }
}

#[tokio::test]
async fn keys_are_changed_under_way_and_nobody_notices() {
    for city in City::all(LinkBy::EmployeeNo).await {
        assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox", "RS256, {}", city.office.kind);
        let visitor = city.visitor();
        let to = city.leaves(&visitor, "/").await;
        // Between leaving and coming back, and what was read of the provider still counts as fresh.
        city.provider.signs_with(Key::p256("second"), true);
        assert_eq!(visitor.get(&city.provider.signs_in(&to, &kim())).await.led(), "/", "ES256");
        city.provider.signs_with(Key::p256("third"), false);
        assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox");
        // The same name, another key.
        city.provider.signs_with(Key::p256("third"), false);
        assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox");
    }
}

#[tokio::test]
async fn when_the_provider_is_down_the_page_says_so_and_offers_the_offices_own_way_and_when_it_is_back_all_is_well() {
    for city in City::all(LinkBy::EmployeeNo).await {
        let visitor = city.visitor();
        let to = city.leaves(&visitor, "/").await;
        let back = city.provider.signs_in(&to, &kim());
        city.provider.stop().await;
        let told = visitor.get(&back).await;
        assert!(told.status == 503 && told.body.contains("통합로그인 서버가 답하지 않습니다"), "{}", told.body);
        city.time_passes(20).await;
        let told = visitor.get(&format!("/sign-in/oidc?government={}&next=/cases", city.office.code)).await;
        assert!(told.status == 503 && told.body.contains("oidc.down"), "{}: {}", city.office.kind, told.body);
        assert!(
            told.body.contains("<details class=\"act\" open>") && told.body.contains("name=\"next\" value=\"/cases\""),
            "{}",
            told.body
        );
        let page = city.visitor().get("/sign-in").await.page();
        assert!(
            page.contains("조금 전 시청 통합로그인 서버가 답하지 않았습니다"),
            "whoever comes next is told: {page}"
        );

        let login = with_password(&city.office, "S").await;
        assert_eq!(visitor.sign_in(&login, PASSWORD).await.led(), "/", "the office's own way");

        city.provider.come_back().await;
        let at_once = visitor.get(&format!("/sign-in/oidc?government={}", city.office.code)).await;
        assert_eq!(at_once.status, 503, "it is left alone for a moment");
        city.time_passes(11).await;
        assert_eq!(city.visits(&city.visitor(), &kim()).await.led(), "/inbox");
        assert!(!city.visitor().get("/sign-in").await.page().contains("답하지 않았습니다"));
    }
}

#[tokio::test]
async fn who_came_by_the_provider_proves_with_it_who_they_are_and_what_was_typed_waits() {
    for city in City::all(LinkBy::EmployeeNo).await {
        let kind = city.office.kind;
        let visitor = city.visitor();
        let admin = json!({ "sub": "a9", "employee_number": "S" });
        city.visits(&visitor, &admin).await.led();
        city.time_passes(15 * 60).await;
        let form = [("name", "handler-days"), ("value", "9"), ("from", ""), ("scenario", "")];
        assert_eq!(visitor.post("/settings", &form).await.led(), "/proof?next=%2Fkept", "{kind}");
        let page = visitor.get("/proof?next=%2Fkept").await.page();
        assert!(
            page.contains("href=\"/proof/provider?next=%2Fkept\"") && !page.contains("type=\"password\""),
            "{page}"
        );

        let asked = async |wrong: Wrong, claims: &Value| {
            city.provider.does_wrong(wrong);
            let to = visitor.get("/proof/provider?next=%2Fkept").await.led().to_owned();
            visitor.get(&city.provider.signs_in(&to, claims)).await
        };
        for wrong in [Wrong::NoAuthTime, Wrong::OldAuthTime] {
            let stale = asked(wrong, &admin).await;
            assert!(stale.status == 401 && stale.body.contains("oidc.stale"), "{wrong:?}: {}", stale.body);
        }
        let other = asked(Wrong::Nothing, &kim()).await;
        assert!(other.status == 403 && other.body.contains("oidc.other"), "{}", other.body);
        assert!(visitor.post("/settings", &form).await.led().starts_with("/proof"), "nothing of this counted");
        assert_eq!(asked(Wrong::Nothing, &admin).await.led(), "/kept");
        assert!(visitor.get("/kept").await.page().contains("value=\"9\""));
        assert_eq!(visitor.post("/settings?kept=1", &form).await.led(), "/settings");
        assert_eq!(city.done("session.prove").await, 1);

        // What is begun in one session proves nothing in another.
        city.time_passes(15 * 60).await;
        let to = visitor.get("/proof/provider?next=%2F").await.led().to_owned();
        let back = city.provider.signs_in(&to, &admin);
        visitor.post("/sign-out", &[]).await.led();
        assert_eq!(visitor.get(&back).await.status, 410);
    }
}

#[tokio::test]
async fn a_session_of_the_providers_that_ends_keeps_what_was_typed_too() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    let visitor = city.visitor();
    city.visits(&visitor, &json!({ "sub": "a9", "employee_number": "S" })).await.led();
    city.time_passes(31 * 60).await;
    let form = [("name", "handler-days"), ("value", "9"), ("from", ""), ("scenario", "")];
    let led = visitor.post("/settings", &form).await;
    let page = visitor.get(led.led()).await.page();
    let href = page
        .split("href=\"/sign-in/oidc")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&amp;", "&")
        .replace("&#38;", "&");
    let to = visitor.get(&format!("/sign-in/oidc{href}")).await.led().to_owned();
    let back = city.provider.signs_in(&to, &json!({ "sub": "a9" }));
    assert_eq!(visitor.get(&back).await.led(), "/kept");
    assert!(visitor.get("/kept").await.page().contains("value=\"9\""));
}

#[tokio::test]
async fn who_signs_out_is_shown_how_to_sign_out_of_the_provider_too_where_it_offers_that() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    let visitor = city.visitor();
    city.visits(&visitor, &kim()).await.led();
    let led = visitor.post("/sign-out", &[]).await;
    assert_eq!(led.led(), format!("/signed-out?government={}", city.office.code));
    let page = visitor.get(&led.to).await.page();
    let logout = format!("{}/logout?client_id={CLIENT}", city.provider.issuer());
    assert!(page.contains(&logout) && page.contains("post_logout_redirect_uri="), "{page}");
    assert!(visitor.get("/inbox").await.led().starts_with("/sign-in"));

    city.provider.has_no_logout();
    city.time_passes(6 * 60).await;
    let page = visitor.get(&led.to).await.page();
    assert!(!page.contains("logout?") && page.contains("로그아웃했습니다"), "{page}");
}

#[tokio::test]
async fn an_administrator_ends_a_link_and_the_account_that_comes_next_is_looked_for_anew() {
    for city in City::all(LinkBy::EmployeeNo).await {
        let visitor = city.visitor();
        city.visits(&visitor, &kim()).await.led();
        let login = with_password(&city.office, "S").await;
        let admin = city.visitor();
        admin.sign_in(&login, PASSWORD).await.led();
        let path = format!("/people/{}/account", city.office.person("Kim").await);
        assert!(admin.get(&path).await.page().contains("value=\"link\""));
        assert_eq!(admin.post(&path, &[("do", "link")]).await.led(), path, "{}", city.office.kind);
        assert!(visitor.get("/inbox").await.led().starts_with("/sign-in"), "out at once");
        let anew = json!({ "sub": "another account", "employee_number": "Kim" });
        assert_eq!(city.visits(&visitor, &anew).await.led(), "/inbox");
        assert_eq!(city.done("account.unlink_provider").await, 1);
        let old = city.visits(&city.visitor(), &kim()).await;
        assert!(old.status == 403 && old.body.contains("oidc.taken"), "{}", old.body);
    }
}

#[tokio::test]
async fn two_who_come_at_once_for_the_first_time_are_linked_once() {
    for city in City::all(LinkBy::EmployeeNo).await {
        let visitors = [city.visitor(), city.visitor()];
        let mut backs = Vec::new();
        for visitor in &visitors {
            let to = city.leaves(visitor, "/").await;
            backs.push(city.provider.signs_in(&to, &kim()));
        }
        let (one, other) = tokio::join!(visitors[0].get(&backs[0]), visitors[1].get(&backs[1]));
        assert_eq!((one.led(), other.led()), ("/", "/"), "{}", city.office.kind);
        assert_eq!(city.done("account.link_provider").await, 1);
    }
}

#[tokio::test]
async fn a_city_without_a_provider_has_no_such_way() {
    let office = TestOffice::sqlite().await;
    let visitor = Visitor::of(&office);
    assert_eq!(visitor.get("/sign-in/oidc").await.status, 404);
    assert_eq!(visitor.get("/sign-in/oidc/callback/3110000?code=1&state=2").await.status, 410);
    assert_eq!(visitor.get("/signed-out").await.status, 404);
    assert!(!visitor.get("/sign-in").await.page().contains("<details class=\"act\""));
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_is_said_when_the_office_starts_and_never_to_strangers() {
    let city = City::sqlite(LinkBy::EmployeeNo).await;
    assert_eq!(super::ready(&city.office.office), Ok(()));
    let file = city.office.folder.path().join("client.secret");
    std::fs::write(&file, " \n").unwrap();
    assert!(super::ready(&city.office.office).unwrap_err().contains("it is empty"));
    std::fs::remove_file(&file).unwrap();
    assert!(super::ready(&city.office.office).unwrap_err().contains("client.secret"));
    let seen = city.visitor().get(&format!("/sign-in/oidc?government={}", city.office.code)).await;
    assert!(seen.status == 503 && !seen.body.contains("client.secret"), "{}", seen.body);
}

/// What `office.toml` says of a provider.
#[test]
fn settings_of_a_provider_are_checked_when_they_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let read = |lines: &str| {
        let file = folder.path().join("office.toml");
        std::fs::write(&file, lines).unwrap();
        Config::read(&file)
    };
    let good = "[[oidc]]\ngovernment = \"3110000\"\nissuer = \"https://sso.city.example/realms/city\"\nclient_id = \"haechi\"\n\
        client_secret_file = \"client.secret\"\nname_ko = \"통합로그인\"\nname_en = \"City SSO\"\nlink_by = \"employee_no\"\n";
    let config = read(good).unwrap();
    assert_eq!(config.oidc[0].client_secret_file.as_deref(), Some(folder.path().join("client.secret").as_path()));
    assert_eq!((config.oidc[0].claim.as_str(), config.oidc[0].scopes.len()), ("employee_number", 2));
    read(&good.replace("https://sso.city.example", "http://127.0.0.1:9000")).unwrap();
    read(&format!("{good}claim = \"preferred_username\"\n")).unwrap();
    for wrong in [
        good.replace("https:", "http:"),
        good.replace("https://sso.city.example/realms/city", "sso.city.example"),
        good.replace("/realms/city", "/realms/city?a=b"),
        good.replace("https://", "https://user@"),
        good.replace("\"haechi\"", "\" \""),
        good.replace("employee_no", "name"),
        good.replace("employee_no", "mail") + "claim = \"upn\"\n",
        format!("{good}{good}"),
        format!("{good}scopes = [\"a b\"]\n"),
        format!("{good}secret = \"x\"\n"),
        format!("session_idle_minutes = 0\n{good}"),
        format!("proof_minutes = -1\n{good}"),
        good.replace("3110000", "../x"),
    ] {
        assert!(read(&wrong).is_err(), "{wrong}");
    }
}
