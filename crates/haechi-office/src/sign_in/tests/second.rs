//! The second factor, as stories.

use super::visitor::Visitor;
use super::{PASSWORD, with_password};
use crate::audit;
use crate::config::Config;
use crate::policy::{Action, generally};
use crate::settings::{self, Setting};
use crate::sign_in::{self, factor};
use crate::testing::TestOffice;

/// Sets an app up on the page, and returns its secret as text and the codes on paper.
async fn set_up(office: &TestOffice, visitor: &Visitor) -> (String, Vec<String>) {
    let page = visitor.post("/account/second-factor/setup", &[("next", "/cases")]).await;
    let text = page.body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    assert!(page.body.contains("<svg"), "{}", page.body);
    let code = factor::code_of(&text, office.office.now());
    let fields = [("setup", page.value("setup")), ("code", code), ("next", "/cases".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let shown = visitor.post("/account/second-factor/confirm", &fields).await.page();
    assert!(shown.contains("href=\"/cases\""), "{shown}");
    let codes = shown.split("<code>").skip(1).map(|part| part.split("</code>").next().unwrap().to_owned());
    (text, codes.collect())
}

/// What the log says was done, the newest last.
async fn done(office: &TestOffice) -> Vec<String> {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    let lines = audit::lines(&tx, 0, 10_000).await.unwrap();
    lines.iter().map(|line| serde_json::from_str::<audit::Event>(line).unwrap().action).collect()
}

#[tokio::test]
async fn who_set_an_app_up_signs_in_with_its_code_and_no_code_is_good_twice() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        let other = Visitor::of(&office);
        other.sign_in(&login, PASSWORD).await.led();
        let (text, paper) = set_up(&office, &visitor).await;
        assert_eq!(paper.len(), 10);
        assert!(other.get("/account").await.led().starts_with("/sign-in"), "{}: other browsers are out", office.kind);
        assert_eq!(visitor.get("/account").await.status, 200, "this one stays");

        let again = Visitor::of(&office);
        assert_eq!(again.sign_in(&login, PASSWORD).await.led(), "/sign-in/code");
        assert!(again.get("/account").await.led().starts_with("/sign-in"), "half a sign-in opens nothing");
        let now = factor::code_of(&text, office.office.now());
        let enter = async |code: &str| again.post("/sign-in/code", &[("code", code), ("next", "/inbox")]).await;
        let used = enter(&now).await;
        assert_eq!(used.status, 401, "the code that set it up was used: {}", used.body);
        office.clock.forward(30);
        let next = factor::code_of(&text, office.office.now());
        let spaced = format!(" {} {} ", &next[..3], &next[3..]);
        assert_eq!(enter(&spaced).await.led(), "/inbox");
        assert!(again.get("/account").await.page().contains("해치 비밀번호와 인증 코드"));
        assert!(again.get("/sign-in/code").await.led().starts_with("/sign-in"), "the first step is forgotten");

        let third = Visitor::of(&office);
        third.sign_in(&login, PASSWORD).await.led();
        let replayed = third.post("/sign-in/code", &[("code", &next)]).await;
        assert_eq!(replayed.status, 401, "within its half minute, but used");
        assert!(!replayed.body.contains("아이디 또는 비밀번호"), "{}", replayed.body);
    }
}

#[tokio::test]
async fn the_apps_secret_and_the_codes_on_paper_are_not_to_be_read_in_the_database() {
    let office = TestOffice::sqlite().await;
    let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
    visitor.sign_in(&login, PASSWORD).await.led();
    let (text, paper) = set_up(&office, &visitor).await;
    let plain = text.replace(' ', "");
    let mut bytes = Vec::new();
    for file in ["office.db", "office.db-wal"] {
        bytes.extend(std::fs::read(office.folder.path().join(file)).unwrap_or_default());
    }
    let secret = totp_rs::Secret::try_from_base32(&plain).unwrap();
    let mut texts: Vec<&[u8]> = vec![plain.as_bytes(), secret.as_bytes()];
    texts.extend(paper.iter().map(|code| code.as_bytes()));
    for one in texts {
        assert!(!bytes.windows(one.len()).any(|window| window == one), "{}", String::from_utf8_lossy(one));
    }
}

#[tokio::test]
async fn a_code_on_paper_stands_in_for_a_lost_telephone_once_and_its_owner_is_told() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        let (_, paper) = set_up(&office, &visitor).await;
        let enter = async |code: &str| {
            let visitor = Visitor::of(&office);
            visitor.sign_in(&login, PASSWORD).await.led();
            (visitor.post("/sign-in/code", &[("code", code)]).await, visitor)
        };
        let (seen, inside) = enter(&paper[3].to_uppercase().replace('-', " ")).await;
        assert_eq!(seen.led(), "/", "{}", office.kind);
        assert_eq!(enter(&paper[3]).await.0.status, 401, "used up");
        let account = inside.get("/account").await.page();
        assert!(account.contains("복구 코드가 9개"), "{account}");
        assert!(inside.get("/inbox").await.page().contains("복구 코드 하나를 썼습니다"));

        // New ones make the old ones useless.
        let renewed = inside.post("/account/second-factor/codes", &[("code", &paper[4])]).await.page();
        assert!(!renewed.contains(&paper[5]), "{renewed}");
        assert_eq!(enter(&paper[5]).await.0.status, 401);
    }
}

#[tokio::test]
async fn who_guesses_codes_is_made_to_wait_though_they_know_the_password() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        let (text, _) = set_up(&office, &visitor).await;
        office.clock.forward(60);
        let thief = Visitor::of(&office);
        for _ in 0..5 {
            // The password each time anew: it sets the count of codes back by nothing.
            thief.sign_in(&login, PASSWORD).await.led();
            assert_eq!(thief.post("/sign-in/code", &[("code", "000000")]).await.status, 401, "{}", office.kind);
        }
        thief.sign_in(&login, PASSWORD).await.led();
        let code = factor::code_of(&text, office.office.now());
        assert_eq!(thief.post("/sign-in/code", &[("code", &code)]).await.status, 429, "even the right one");
        // Who signed in before in their own browser is not held up.
        visitor.post("/sign-out", &[]).await.led();
        assert_eq!(visitor.sign_in(&login, PASSWORD).await.led(), "/sign-in/code");
        assert_eq!(visitor.post("/sign-in/code", &[("code", &code)]).await.led(), "/");
    }
}

#[tokio::test]
async fn the_first_step_holds_five_minutes_and_falls_with_the_password() {
    let office = TestOffice::sqlite().await;
    let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
    visitor.sign_in(&login, PASSWORD).await.led();
    let (text, _) = set_up(&office, &visitor).await;
    let slow = Visitor::of(&office);
    slow.sign_in(&login, PASSWORD).await.led();
    office.clock.forward(301);
    let code = factor::code_of(&text, office.office.now());
    assert_eq!(slow.post("/sign-in/code", &[("code", &code)]).await.status, 410);

    slow.sign_in(&login, PASSWORD).await.led();
    with_password(&office, "Kim").await;
    office.clock.forward(1);
    assert_eq!(slow.post("/sign-in/code", &[("code", &code)]).await.status, 410, "another password was set");
}

#[tokio::test]
async fn a_one_time_link_stands_in_for_the_password_alone() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        let (text, _) = set_up(&office, &visitor).await;
        let kim = office.person("Kim").await;
        let link = sign_in::link(&office.office, office.tenant, kim, "installation", audit::Via::Cli).await.unwrap();
        let other = Visitor::of(&office);
        let password = "another sentence nobody says";
        let fields = [("link", link.as_str()), ("password", password), ("again", password)];
        assert_eq!(other.post("/start", &fields).await.led(), "/sign-in/code", "{}", office.kind);
        assert!(other.get("/").await.led().starts_with("/sign-in"));
        office.clock.forward(30);
        let code = factor::code_of(&text, office.office.now());
        assert_eq!(other.post("/sign-in/code", &[("code", &code)]).await.led(), "/");
    }
}

#[tokio::test]
async fn where_the_government_wants_it_nothing_is_open_before_it_is_set_up_and_what_was_typed_waits() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "S").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        let admin = office.actor("S").await;
        let may = generally(&admin, Action::ChangeSettings).unwrap();
        settings::set(&office.office, &may, Setting::SecondFactor, "", office.office.today(), 1).await.unwrap();

        let led = visitor.get("/settings").await;
        assert_eq!(led.led(), "/account/second-factor?next=%2Fsettings", "{}", office.kind);
        let form = [("name", "handler-days"), ("value", "9"), ("from", ""), ("scenario", "")];
        assert_eq!(visitor.post("/settings", &form).await.led(), "/account/second-factor?next=%2Fkept");
        assert_eq!(visitor.get("/language?to=en&back=/").await.led(), "/", "what is open to everybody is open");
        visitor.get("/language?to=ko&back=/").await.led();
        let page = visitor.get("/account/second-factor?next=%2Fkept").await.page();
        assert!(page.contains("기관이 2단계 인증을 쓰도록 정했습니다"), "{page}");
        set_up(&office, &visitor).await;
        let kept = visitor.get("/kept").await.page();
        assert!(kept.contains("action=\"/settings?kept=1\"") && kept.contains("value=\"9\""), "{kept}");
        assert_eq!(visitor.post("/settings?kept=1", &form).await.led(), "/settings");

        // One's own cannot be removed while it is wanted; others are not asked.
        let kept = visitor.post("/account/second-factor/remove", &[("code", "123456")]).await;
        assert_eq!(kept.status, 409, "{}", kept.body);
        let login = with_password(&office, "Kim").await;
        let kim = Visitor::of(&office);
        kim.sign_in(&login, PASSWORD).await.led();
        assert_eq!(kim.get("/cases").await.status, 200);
    }
}

#[tokio::test]
async fn one_removes_it_oneself_with_a_code_and_an_administrator_without_one_and_both_are_told() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "Kim").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        let (_, paper) = set_up(&office, &visitor).await;
        assert_eq!(visitor.post("/account/second-factor/remove", &[("code", "000000")]).await.status, 401);
        let removed = visitor.post("/account/second-factor/remove", &[("code", &paper[0])]).await;
        assert_eq!(removed.led(), "/account/second-factor", "{}", office.kind);
        assert!(visitor.get("/inbox").await.page().contains("2단계 인증을 없앴습니다"));

        set_up(&office, &visitor).await;
        let (kim, admin) = (office.person("Kim").await, Visitor::of(&office));
        let own = with_password(&office, "S").await;
        admin.sign_in(&own, PASSWORD).await.led();
        let path = format!("/people/{kim}/account");
        assert!(admin.get(&path).await.page().contains("value=\"second-factor\""));
        assert_eq!(admin.post(&path, &[("do", "second-factor")]).await.led(), path);
        assert_eq!(admin.post(&path, &[("do", "second-factor")]).await.status, 404, "there is none any more");
        let log = done(&office).await;
        assert_eq!(log[log.len() - 2..], ["account.second_factor_reset", "account.sign_out"], "two events");
        assert!(visitor.get("/inbox").await.led().starts_with("/sign-in"), "signed out at once");
        assert_eq!(visitor.sign_in(&login, PASSWORD).await.led(), "/", "with the password alone");
        assert!(visitor.get("/inbox").await.page().contains("관리자가 2단계 인증을 없앴습니다"));

        let myself = format!("/people/{}/account", office.person("S").await);
        assert_eq!(admin.get(&myself).await.status, 403, "one's own account is not managed here");
        assert_eq!(admin.post(&path, &[("do", "sessions")]).await.led(), path);
        assert!(visitor.get("/inbox").await.led().starts_with("/sign-in"));
    }
}

#[tokio::test]
async fn the_command_line_opens_the_way_for_the_last_administrator() {
    for office in TestOffice::both().await {
        let (login, visitor) = (with_password(&office, "S").await, Visitor::of(&office));
        visitor.sign_in(&login, PASSWORD).await.led();
        set_up(&office, &visitor).await;
        let person = office.person("S").await;
        sign_in::reset_factor_by_installation(&office.office, office.tenant, person).await.unwrap();
        assert_eq!(visitor.sign_in(&login, PASSWORD).await.led(), "/", "{}", office.kind);
        let none = sign_in::reset_factor_by_installation(&office.office, office.tenant, person).await;
        assert!(matches!(none, Err(sign_in::SignInError::Gone)));
    }
}

#[tokio::test]
async fn where_the_day_was_moved_an_app_still_goes_by_its_telephones_clock() {
    let mut office = TestOffice::sqlite().await;
    let login = with_password(&office, "Kim").await;
    let telephone = office.office.now();
    let clock = office.clock.clone();
    let demo = office.office.clone_with(Config { demo: true, ..Config::default() });
    office.office = demo.movable(move || clock.moved(), |_| {});
    office.clock.forward(9 * 24 * 60 * 60);
    let visitor = Visitor::of(&office);
    visitor.sign_in(&login, PASSWORD).await.led();
    let page = visitor.post("/account/second-factor/setup", &[]).await;
    let text = page.body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap();
    let (setup, code) = (page.value("setup"), factor::code_of(text, telephone));
    let fields = [("setup", setup.as_str()), ("code", code.as_str())];
    assert!(visitor.post("/account/second-factor/confirm", &fields).await.page().contains("복구 코드"));

    let again = Visitor::of(&office);
    again.sign_in(&login, PASSWORD).await.led();
    assert_eq!(again.post("/sign-in/code", &[("code", &code)]).await.status, 401, "used");
    let next = factor::code_of(text, telephone + chrono::TimeDelta::seconds(30));
    assert_eq!(again.post("/sign-in/code", &[("code", &next)]).await.led(), "/");
}

#[tokio::test]
async fn an_app_begun_in_one_session_is_of_no_use_in_another() {
    let office = TestOffice::sqlite().await;
    let login = with_password(&office, "Kim").await;
    let (one, other) = (Visitor::of(&office), Visitor::of(&office));
    one.sign_in(&login, PASSWORD).await.led();
    other.sign_in(&login, PASSWORD).await.led();
    let page = one.post("/account/second-factor/setup", &[]).await;
    let text = page.body.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    let (setup, code) = (page.value("setup"), factor::code_of(&text, office.office.now()));
    let fields = [("setup", setup.as_str()), ("code", code.as_str())];
    assert_eq!(other.post("/account/second-factor/confirm", &fields).await.status, 410);
    let wrong = one.post("/account/second-factor/confirm", &[("setup", &setup), ("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains(&text), "the same secret is shown again");
    office.clock.forward(16 * 60);
    let code = factor::code_of(&text, office.office.now());
    let late = one.post("/account/second-factor/confirm", &[("setup", &setup), ("code", &code)]).await;
    assert_eq!(late.status, 410);
}
