//! What messages say, and whose words they are.

use haechi_core::words::Language;

use super::servers::SmtpServer;
use super::{config, leaving, sent, write};
use crate::config::Config;
use crate::outbox::{Channel, OutboxError, Passwords, Senders, SendersError, State, Template, Wording, holding, save};
use crate::policy::{Action, generally};
use crate::say::say;
use crate::testing::TestOffice;

#[tokio::test]
async fn a_title_from_data_can_neither_add_headers_nor_links_nor_turn_what_is_read() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        let title =
            "식당\r\nBcc: everybody@evil.example\r\n\r\n<b>본문</b>\u{202e} [link] [due] http://evil.example/pay";
        write(&office, "Kim", Template::Assigned, title).await;
        assert_eq!(sent(&office).await.sent, 1, "{}", office.kind);
        let [mail] = server.mails().try_into().unwrap();
        let names: Vec<String> =
            mail.headers().iter().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
        let mut known = names.clone();
        known.sort();
        assert_eq!(
            known,
            [
                "Auto-Submitted",
                "Content-Transfer-Encoding",
                "Content-Type",
                "Date",
                "From",
                "MIME-Version",
                "Message-ID",
                "Subject",
                "To"
            ]
        );
        let inert = "식당Bcc: everybody@evil. example<b>본문</b> [link] [due] http: //evil. example/pay";
        assert_eq!(mail.subject(), format!("[확인 요청] {inert}"));
        assert!(mail.body().contains(&format!("{inert}. 기한은 2026.12.01. 18:00까지")), "{}", mail.body());
        let inbox = office.browser("Kim").await.get("/inbox").await.body;
        assert!(inbox.contains("&#60;b&#62;") && !inbox.contains("<b>") && !inbox.contains("evil.example"), "{inbox}");
    }
}

#[tokio::test]
async fn a_message_keeps_the_words_and_the_version_it_was_written_from() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        let actor = office.actor("S").await;
        let may = generally(&actor, Action::ChangeSettings).unwrap();
        let words = |seen, subject: &str| Wording {
            template: Template::Closed,
            seen,
            subject: subject.to_owned(),
            body: "[title] 끝.\r\n[link]".to_owned(),
        };
        write(&office, "Kim", Template::Closed, "하나").await;
        assert_eq!(save(&office.office, &may, words(0, "끝: [title]")).await.unwrap(), 1);
        write(&office, "Kim", Template::Closed, "둘").await;
        assert_eq!(save(&office.office, &may, words(1, "마침: [title]")).await.unwrap(), 2);
        write(&office, "Kim", Template::Closed, "셋").await;
        let stale = save(&office.office, &may, words(1, "늦음: [title]")).await;
        assert!(matches!(stale, Err(OutboxError::Stale)), "{}: {stale:?}", office.kind);
        assert_eq!(holding(&office.office, &may, Template::Closed).await.unwrap().subject, "마침: [title]");

        sent(&office).await;
        let rows: Vec<_> = leaving(&office).await.into_iter().map(|row| (row.template_version, row.subject)).collect();
        let is = |version, subject: &str| (version, subject.to_owned());
        assert_eq!(rows, [is(0, "[완료] 하나"), is(1, "끝: 둘"), is(2, "마침: 셋")]);
        assert_eq!(server.mails().len(), 3);
    }
}

#[tokio::test]
async fn words_with_places_that_nothing_fills_are_refused_by_name() {
    let office = TestOffice::sqlite().await;
    let actor = office.actor("S").await;
    let may = generally(&actor, Action::ChangeSettings).unwrap();
    let words = |subject: &str, body: &str| Wording {
        template: Template::Closed,
        seen: 0,
        subject: subject.to_owned(),
        body: body.to_owned(),
    };
    let refused = save(&office.office, &may, words("[완료] [titel]", "[due] [link] [title]")).await;
    assert!(matches!(&refused, Err(OutboxError::Places(places)) if places == &["due", "titel"]), "{refused:?}");
    for (subject, body) in [("", "[title]"), ("[title]", " "), (&*"가".repeat(151), "[title]")] {
        assert!(matches!(save(&office.office, &may, words(subject, body)).await, Err(OutboxError::Length)));
    }
    let lines = save(&office.office, &may, words("끝\r\nBcc: x", "[title]")).await.unwrap();
    assert_eq!(lines, 1);
    let held = holding(&office.office, &may, Template::Closed).await.unwrap();
    assert_eq!(held.subject, "끝  Bcc: x", "a subject is one line");
}

#[test]
fn everything_a_page_says_of_messages_has_words_in_both_languages() {
    let kinds = Template::ALL.iter().map(|template| format!("template-{}", template.as_str()));
    let places = Template::ALL.iter().flat_map(|template| template.places()).map(|place| format!("place-{place}"));
    let states = State::ALL.map(|state| format!("message-{}", state.as_str()));
    let channels = Channel::ALL.map(|channel| format!("channel-{}", channel.as_str()));
    let ids: Vec<String> = kinds.chain(places).chain(states).chain(channels).collect();
    for id in &ids {
        for language in [Language::Korean, Language::English] {
            assert_ne!(&say(language, id, &[]), id);
        }
    }
}

#[test]
fn settings_with_which_nothing_could_leave_are_refused_at_the_start_and_passwords_are_not_shown() {
    let refused = |change: fn(&mut Config)| {
        let mut config = Config::default();
        config.mail.host = Some("mail.city.example".to_owned());
        config.mail.from = "haechi@city.example".to_owned();
        config.gateway.url = Some("https://sms.city.example/messages".to_owned());
        config.gateway.sender = "021200000".to_owned();
        change(&mut config);
        Senders::new(&config, Passwords::default()).unwrap_err()
    };
    assert!(matches!(refused(|config| config.mail.from = "해치".to_owned()), SendersError::From(_)));
    assert!(matches!(refused(|config| config.mail.user = Some("haechi".to_owned())), SendersError::Password));
    assert!(matches!(refused(|config| config.gateway.sender = String::new()), SendersError::Number(_)));
    let unknown = refused(|config| {
        config.gateway.alimtalk.insert("stepp".to_owned(), "HC001".to_owned());
    });
    assert!(matches!(unknown, SendersError::Template(_)));
    let passwords = Passwords { mail: Some("secret".to_owned()), gateway: Some("secret".to_owned()) };
    assert!(!format!("{passwords:?}").contains("secret"));
}

#[test]
fn telephone_numbers_leave_this_machine_over_tls_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("office.toml");
    let read = |url: &str| {
        std::fs::write(&file, format!("[gateway]\nurl = \"{url}\"\nsender = \"021200000\"\n")).unwrap();
        Config::read(&file)
    };
    for url in ["https://sms.city.example/", "http://127.0.0.1:9000/", "http://[::1]/", "http://localhost/"] {
        assert!(read(url).is_ok(), "{url}");
    }
    for url in
        ["http://sms.city.example/", "http://127.0.0.1@sms.city.example/", "http://127.0.0.1.city.example/", "sms"]
    {
        assert!(read(url).is_err(), "{url}");
    }
    std::fs::write(&file, "quiet_from_hour = 24\n").unwrap();
    assert!(Config::read(&file).is_err());
}
