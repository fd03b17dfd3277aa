//! Signing in on both databases, as stories.

mod second;
pub(crate) mod visitor;
mod waiting;

use self::visitor::Visitor;
use crate::audit::Via;
use crate::config::Config;
use crate::policy::{Role, generally};
use crate::sign_in::{self, Entered, SignInError};
use crate::testing::{TestOffice, cli};

pub(crate) const PASSWORD: &str = "a long line nobody told";

pub(crate) async fn with_password(office: &TestOffice, who: &str) -> String {
    let person = office.person(who).await;
    sign_in::set_password(&office.office, office.tenant, person, PASSWORD).await.unwrap()
}

async fn tried(
    office: &TestOffice,
    login: &str,
    password: &str,
    known: Option<&str>,
) -> Result<sign_in::Opened, SignInError> {
    match sign_in::sign_in(&office.office, office.tenant, login, password, known, "test").await? {
        Entered::Open(opened) => Ok(opened),
        Entered::Second(_) => panic!("{login} is asked for a code"),
    }
}

#[tokio::test]
async fn who_knows_the_password_is_let_in_and_a_session_ends_when_idle_too_old_or_revoked() {
    for office in TestOffice::both().await {
        let login = with_password(&office, "Kim").await;
        assert!(matches!(tried(&office, &login, "wrong", None).await, Err(SignInError::Wrong)), "{}", office.kind);
        assert!(matches!(tried(&office, "nobody", PASSWORD, None).await, Err(SignInError::Wrong)));
        let opened = tried(&office, &login, PASSWORD, None).await.unwrap();
        let who = async || {
            sign_in::actor_of_session(&office.office, office.tenant, &opened.secret)
                .await
                .unwrap()
                .and_then(|actor| actor.id())
        };
        let kim = office.person("Kim").await;
        assert_eq!(who().await, Some(kim));
        office.clock.forward(29 * 60);
        assert_eq!(who().await, Some(kim), "a click keeps it open");
        office.clock.forward(31 * 60);
        assert_eq!(who().await, None, "idle too long");

        let again = tried(&office, &login, PASSWORD, None).await.unwrap();
        let actor = sign_in::actor_of_session(&office.office, office.tenant, &again.secret).await.unwrap().unwrap();
        sign_in::end_session(&office.office, &actor, None).await.unwrap();
        let ended = sign_in::actor_of_session(&office.office, office.tenant, &again.secret).await.unwrap();
        assert!(ended.is_none(), "revoked sessions are out at once");
    }
}

#[tokio::test]
async fn who_guesses_is_made_to_wait_and_does_not_lock_out_the_owner_in_their_own_browser() {
    for office in TestOffice::both().await {
        let login = with_password(&office, "Kim").await;
        let opened = tried(&office, &login, PASSWORD, None).await.unwrap();
        for _ in 0..5 {
            assert!(matches!(tried(&office, &login, "guess", None).await, Err(SignInError::Wrong)));
        }
        let waits = tried(&office, &login, PASSWORD, None).await;
        assert!(matches!(waits, Err(SignInError::Wait(seconds)) if seconds <= 30), "{}: {waits:?}", office.kind);
        tried(&office, &login, PASSWORD, opened.browser.as_ref().map(sign_in::Secret::text)).await.unwrap();
        // Other log-ins, known or not, are not held up.
        assert!(matches!(tried(&office, "Park", "guess", None).await, Err(SignInError::Wrong)));
        office.clock.forward(31);
        tried(&office, &login, PASSWORD, None).await.unwrap();
    }
}

#[tokio::test]
async fn who_guesses_with_many_at_once_is_stopped_as_soon() {
    for office in TestOffice::both().await {
        let login = with_password(&office, "Kim").await;
        let tries = (0..20).map(|_| tried(&office, &login, "guess", None));
        let tries = futures::future::join_all(tries).await;
        let judged = tries.iter().filter(|tried| matches!(tried, Err(SignInError::Wrong))).count();
        let held_up = tries.iter().filter(|tried| matches!(tried, Err(SignInError::Wait(_)))).count();
        assert_eq!((judged, held_up), (5, 15), "{}", office.kind);
    }
}

#[tokio::test]
async fn each_browser_is_listed_in_plain_words_and_one_that_is_ended_is_out_at_once() {
    for office in TestOffice::both().await {
        let login = with_password(&office, "Kim").await;
        let (desk, other) = (Visitor::of(&office), Visitor::of(&office));
        assert_eq!(desk.sign_in(&login, PASSWORD).await.led(), "/", "{}", office.kind);
        office.clock.forward(60);
        other.sign_in(&login, PASSWORD).await.led();
        office.clock.forward(60);
        let page = desk.get("/account").await;
        assert_eq!(page.body.matches("Chrome · Windows").count(), 4, "twice, each with its button: {}", page.body);
        assert!(
            page.body.contains("해치 비밀번호") && page.body.matches("지금 이 브라우저").count() == 1,
            "{}",
            page.body
        );

        // Who clicked last is the first in the list.
        let ids = page.body.split("name=\"session\" value=\"").skip(1).map(|from| from.split('"').next().unwrap());
        let session = ids.filter(|id| *id != "all").nth(1).unwrap().to_owned();
        assert_eq!(desk.post("/account/sessions", &[("session", &session)]).await.led(), "/account");
        assert!(other.get("/account").await.led().starts_with("/sign-in?next="), "out with the next click");
        assert_eq!(other.post("/account/sessions", &[("session", "all")]).await.status, 401);
        desk.post("/account/sessions", &[("session", "all")]).await.led();
        assert!(desk.get("/").await.led().starts_with("/sign-in"), "signed out everywhere");
    }
}

#[tokio::test]
async fn who_signs_in_where_somebody_is_signed_in_leaves_no_session_behind_that_nobody_can_reach() {
    for office in TestOffice::both().await {
        let (kim, park) = (with_password(&office, "Kim").await, with_password(&office, "Park").await);
        let desk = Visitor::of(&office);
        desk.sign_in(&kim, PASSWORD).await.led();
        let left = desk.copied();
        assert_eq!(desk.get("/sign-in").await.value("csrf").len(), 64, "{}: the form knows the session", office.kind);
        desk.sign_in(&park, PASSWORD).await.led();
        assert!(left.get("/").await.led().starts_with("/sign-in"));
        assert!(desk.get("/account").await.page().contains("Park 님"));
    }
}

#[tokio::test]
async fn an_address_of_another_site_is_never_gone_to() {
    let office = TestOffice::sqlite().await;
    let login = with_password(&office, "Kim").await;
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "/\t/evil",
    ] {
        let visitor = Visitor::of(&office);
        assert_eq!(visitor.sign_in_to(&login, PASSWORD, next).await.led(), "/", "{next}");
    }
    let visitor = Visitor::of(&office);
    assert_eq!(visitor.sign_in_to(&login, PASSWORD, "/cases?order=due").await.led(), "/cases?order=due");
}

#[tokio::test]
async fn a_one_time_link_sets_a_password_once_within_a_day() {
    for office in TestOffice::both().await {
        let kim = office.person("Kim").await;
        let link = async || {
            sign_in::link(&office.office, office.tenant, kim, "installation", crate::audit::Via::Cli).await.unwrap()
        };
        let used = async |link: &str, password: &str| {
            let (_, secret) = link.split_once('.').unwrap();
            sign_in::use_link(&office.office, office.tenant, secret, password, "test").await.map(drop)
        };
        let first = link().await;
        assert!(matches!(used(&first, "short").await, Err(SignInError::Password(_))), "{}", office.kind);
        used(&first, PASSWORD).await.unwrap();
        assert!(matches!(used(&first, PASSWORD).await, Err(SignInError::Link)), "used up");
        let late = link().await;
        office.days_pass(1);
        assert!(matches!(used(&late, PASSWORD).await, Err(SignInError::Link)), "too old");
        assert!(tried(&office, "Kim", PASSWORD, None).await.is_ok());
    }
}

#[tokio::test]
async fn who_left_is_out_and_a_role_that_ended_is_gone_with_the_next_click() {
    for office in TestOffice::both().await {
        let auditor = office.actor("A1").await;
        assert!(auditor.roles().any(|role| role == Role::Auditor));
        let mut records = office.records();
        records.persons.retain(|person| person.employee_no != "Park");
        records.places.retain(|place| place.employee_no != "Park");
        let secret = sign_in::session_of(&office.office, office.tenant, office.person("Park").await).await;
        office.take_in(&records).await;
        let gone = sign_in::actor_of_session(&office.office, office.tenant, &secret).await.unwrap();
        assert!(gone.is_none(), "{}", office.kind);
    }
}

#[tokio::test]
async fn a_token_of_an_engine_hands_runs_in_and_does_nothing_else_until_it_ends() {
    for office in TestOffice::both().await {
        let until = office.office.now() + chrono::TimeDelta::days(1);
        let make = async |scopes: &[&str], whose| {
            sign_in::make_token(&office.office, office.tenant, cli("token.make"), "engine", whose, scopes, until).await
        };
        assert!(matches!(make(&["runs", "write"], None).await, Err(SignInError::Scope)), "{}", office.kind);
        assert!(matches!(make(&["runs"], Some(office.person("Kim").await)).await, Err(SignInError::Scope)));
        let (id, token) = make(&["runs"], None).await.unwrap();
        let (engine, _) = sign_in::actor_of_token(&office.office, &token).await.unwrap().unwrap();
        assert_eq!(engine.roles().collect::<Vec<_>>(), [Role::Engine]);
        assert!(sign_in::actor_of_token(&office.office, &format!("{token}x")).await.unwrap().is_none());
        let admin = office.actor("S").await;
        let may = generally(&admin, crate::policy::Action::ChangeSettings).unwrap();
        sign_in::revoke_token(&office.office, &may, id).await.unwrap();
        assert!(sign_in::actor_of_token(&office.office, &token).await.unwrap().is_none(), "revoked");
    }
}

#[tokio::test]
async fn a_form_that_another_site_sends_is_refused() {
    let office = TestOffice::sqlite().await;
    let kim = office.browser("Kim").await;
    let refused = kim.get("/cases").await;
    assert_eq!(refused.status, 200);
    let without_token = office.stranger().post("/cases/bulk", &[("do", "approve")]).await;
    assert_eq!(without_token.status, 401, "nobody signed in");
    let page = kim.post("/roles", &[("role", "auditor"), ("reason", "감사부서 발령")]).await;
    assert_eq!((page.status.as_u16(), page.location.as_deref()), (303, Some("/roles")));
    assert!(kim.get("/roles").await.body.contains("감사자"));
}

#[tokio::test]
async fn a_browser_that_does_not_name_the_site_names_the_page_and_that_of_another_site_is_refused() {
    let office = TestOffice::sqlite().await;
    let login = with_password(&office, "Kim").await;
    for (header, said, status) in [
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-site", 403),
        ("sec-fetch-site", "same-origin", 303),
        ("origin", "https://evil.example", 403),
        ("origin", "http://127.0.0.1:8480.evil.example", 403),
        ("origin", "null", 403),
        ("origin", "http://127.0.0.1:8480", 303),
        ("origin", "http://office.example", 303),
    ] {
        let visitor = Visitor::of(&office).says("host", "office.example").says(header, said);
        assert_eq!(visitor.sign_in(&login, PASSWORD).await.status, status, "{header}: {said}");
    }
}

#[tokio::test]
async fn over_tls_a_cookie_that_opens_something_is_of_this_host_alone() {
    let mut office = TestOffice::sqlite().await;
    let public_url = "https://haechi.city.example".to_owned();
    office.office = office.office.clone_with(Config { public_url, ..Config::default() });
    let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
    visitor.sign_in(&login, PASSWORD).await.led();
    assert_eq!(visitor.cookies(), ["__Host-haechi", "__Host-haechi-browser"]);
    assert_eq!(visitor.get("/account").await.status, 200);
    // Another machine of the same domain can set a cookie for all of it, but none of such a name.
    let tossed = Visitor::of(&office).holds("haechi", &visitor.cookie("__Host-haechi").unwrap());
    assert!(tossed.get("/account").await.led().starts_with("/sign-in"));
}

#[tokio::test]
async fn who_had_a_password_learns_that_another_was_set_by_a_link() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
        let kim = office.person("Kim").await;
        let link = sign_in::link(&office.office, office.tenant, kim, "installation", Via::Cli).await.unwrap();
        let password = "another sentence nobody says";
        let fields = [("link", link.as_str()), ("password", password), ("again", password)];
        assert_eq!(visitor.post("/start", &fields).await.led(), "/", "{}", office.kind);
        assert!(visitor.get("/inbox").await.page().contains("일회용 링크로 새 비밀번호를 정했습니다"));
        let wrong = [("old", PASSWORD), ("new", PASSWORD), ("again", PASSWORD)];
        let refused = visitor.post("/account/password", &wrong).await;
        assert!(refused.status == 401 && refused.body.contains("id=\"old-error\""), "{}", refused.body);
        let changes = [("old", password), ("new", PASSWORD), ("again", PASSWORD)];
        assert_eq!(visitor.post("/account/password", &changes).await.led(), "/sign-in?why=changed");
        visitor.sign_in(&login, PASSWORD).await.led();
        assert!(visitor.get("/inbox").await.page().contains("비밀번호를 바꾸었습니다"));
    }
}

#[tokio::test]
async fn who_has_no_place_and_no_role_is_told_who_grants_one_and_is_not_shown_a_zero() {
    let office = TestOffice::sqlite().await;
    let mut records = office.records();
    records.places.retain(|place| place.employee_no != "Park");
    office.take_in(&records).await;
    office.days_pass(1);
    let park = office.browser("Park").await;
    let first = park.get("/").await.body;
    assert!(first.contains("사안이 없다는 뜻은 아닙니다"), "{first}");
    assert!(park.get("/roles").await.body.contains("S 님"), "the administrator who grants roles is named");
}
