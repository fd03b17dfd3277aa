//! Messages leave, once, whatever the servers do.

use haechi_core::time::Moment;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use serde_json::json;

use super::servers::{Mood, SmtpServer, TextServer};
use super::{config, down, leaving, only, sent, told, with_mobile, write};
use crate::audit;
use crate::outbox::store::message;
use crate::outbox::{Channel, Delivered, Passwords, Senders, Template, What};
use crate::testing::TestOffice;

const HOUR: i64 = 60 * 60;

#[tokio::test]
async fn a_mail_leaves_once_and_the_log_says_so() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        write(&office, "Kim", Template::Assigned, "식당").await;
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let before = audit::size(&tx).await.unwrap();
        drop(tx);
        assert_eq!(sent(&office).await, Delivered { sent: 1, ..Delivered::default() }, "{}", office.kind);
        assert_eq!(sent(&office).await, Delivered::default());
        let [mail] = server.mails().try_into().unwrap();
        assert_eq!((mail.to.as_str(), mail.subject().as_str()), ("<kim@city.example>", "[확인 요청] 식당"));
        assert!(mail.body().contains("https://haechi.city.example"), "{}", mail.body());
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert_eq!(only(&office).await, told("delivered", 1, None));
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert_eq!(audit::size(&tx).await.unwrap() - before, 2, "taken, and noted");
    }
}

#[tokio::test]
async fn a_dead_server_loses_nothing_is_shown_and_gets_everything_once_it_is_back() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::Dead);
        write(&office, "Kim", Template::Assigned, "식당").await;
        write(&office, "Park", Template::Assigned, "주유소").await;
        assert_eq!(sent(&office).await, Delivered { again: 2, ..Delivered::default() }, "{}", office.kind);
        let calls = server.calls();
        assert_eq!(sent(&office).await, Delivered::default());
        assert_eq!(server.calls(), calls, "it is left alone for a minute");

        let page = office.browser("S").await.get("/outbox").await.body;
        assert!(page.contains("막혀 있습니다") && page.contains("서버에 연결되지 않습니다"), "{page}");

        office.clock.forward(60);
        assert_eq!(sent(&office).await.again, 2);
        office.clock.forward(60);
        assert_eq!(sent(&office).await, Delivered::default(), "after the second time for five");
        let states: Vec<_> = leaving(&office).await.into_iter().map(|row| (row.state, row.attempts)).collect();
        assert_eq!(states, [("queued".to_owned(), 2), ("queued".to_owned(), 2)]);

        server.is(Mood::Well);
        office.clock.forward(4 * 60);
        assert_eq!(sent(&office).await.sent, 2);
        assert_eq!(server.mails().len(), 2);
        assert_eq!(down(&office, Channel::Mail).await, None);
        assert!(!office.browser("S").await.get("/outbox").await.body.contains("막혀 있습니다"));
    }
}

#[tokio::test]
async fn a_server_that_dies_in_the_middle_took_what_it_took_and_gets_the_rest_later() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::Well);
        // Urgent ones, which are not joined; more than are taken at once.
        for at in 0..45 {
            write(&office, "H", Template::Step, &format!("식당 {at}")).await;
        }
        server.dies_after(23);
        let first = sent(&office).await;
        // The second batch is twenty: three left, seventeen wait. The third was not begun.
        assert_eq!(first, Delivered { sent: 23, again: 17, ..Delivered::default() }, "{}", office.kind);
        let rows = leaving(&office).await;
        let waiting =
            |attempts| rows.iter().filter(move |row| (row.state.as_str(), row.attempts) == ("queued", attempts));
        assert_eq!((waiting(0).count(), waiting(1).count()), (5, 17));
        server.is(Mood::Well);
        office.clock.forward(60);
        assert_eq!(sent(&office).await, Delivered { sent: 22, ..Delivered::default() });
        let mut ids: Vec<String> = server.mails().iter().map(|mail| mail.header("Message-ID")).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 45, "each once");
    }
}

#[tokio::test]
async fn no_message_is_given_up_because_the_server_was_dead_for_a_week() {
    let server = SmtpServer::start().await;
    let office = TestOffice::both_with(config(Some(&server), None)).await;
    for office in office {
        server.is(Mood::Dead);
        write(&office, "Kim", Template::Assigned, "식당").await;
        for _ in 0..7 * 24 {
            office.clock.forward(HOUR);
            sent(&office).await;
        }
        assert_eq!(only(&office).await, told("queued", 24, Some("connection")), "{}", office.kind);
        server.is(Mood::Well);
        office.clock.forward(HOUR);
        assert_eq!(sent(&office).await.sent, 1);
        server.mails();
    }
}

#[tokio::test]
async fn a_server_that_does_not_take_us_as_sender_is_closed_and_no_message_fails() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::RefusesSender);
        write(&office, "Kim", Template::Assigned, "식당").await;
        assert_eq!(sent(&office).await.again, 1, "{}", office.kind);
        assert_eq!(only(&office).await, told("queued", 1, Some("sender 550")));
        assert!(down(&office, Channel::Mail).await.is_some());
    }
}

#[tokio::test]
async fn a_server_that_offers_no_tls_gets_neither_password_nor_mail() {
    let server = SmtpServer::start().await;
    let mut settings = config(Some(&server), None);
    settings.mail.encryption = "starttls".to_owned();
    settings.mail.user = Some("haechi".to_owned());
    let passwords = Passwords { mail: Some("secret".to_owned()), gateway: None };
    let senders = Senders::new(&settings, passwords).unwrap();
    let refused = senders.mail.as_ref().unwrap().connect().await.map(drop).unwrap_err();
    assert_eq!(refused.fault, What::Tls.into());
    let said = server.said();
    assert!(said.starts_with("EHLO ") && !said.contains("AUTH") && !said.contains("MAIL"), "{said}");
}

#[tokio::test]
async fn a_gateway_where_nobody_listens_is_closed_for_all_governments_until_it_answers() {
    let mut settings = config(None, Some(&TextServer::start().await));
    // Nobody listens on the port of `tcpmux`.
    settings.gateway.url = Some("http://127.0.0.1:1/".to_owned());
    for office in TestOffice::both_with(settings).await {
        with_mobile(&office, "H", "010-1234-5678").await;
        for at in 0..3 {
            write(&office, "H", Template::Step, &format!("식당 {at}")).await;
        }
        assert_eq!(sent(&office).await, Delivered { again: 3, ..Delivered::default() }, "{}", office.kind);
        let rows = leaving(&office).await;
        assert!(rows.iter().all(|row| (row.attempts, row.fault.as_deref()) == (1, Some("connection"))), "{rows:?}");
        let down = down(&office, Channel::Text).await.unwrap();
        assert_eq!((down.tried, down.until - down.since), (1, chrono::TimeDelta::minutes(1)), "one call, not three");
    }
}

#[tokio::test]
async fn a_refused_recipient_fails_without_a_word_of_personal_data_and_can_be_tried_again() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::RefusesRecipient);
        write(&office, "Kim", Template::Assigned, "식당").await;
        write(&office, "Park", Template::Assigned, "주유소").await;
        assert_eq!(sent(&office).await, Delivered { failed: 2, ..Delivered::default() }, "{}", office.kind);
        let [kim, park] = leaving(&office).await.try_into().unwrap();
        assert_eq!((kim.state.as_str(), kim.fault.as_deref()), ("failed", Some("recipient 550")));
        let browser = office.browser("S").await;
        let page = browser.get("/outbox").await.body;
        assert!(page.contains("거절했습니다 (550)") && page.contains("Kim 님"), "{page}");
        assert!(!page.contains("kim@city.example") && !page.contains("식당"), "no address, and nothing of the case");

        server.is(Mood::Well);
        assert_eq!(sent(&office).await, Delivered::default(), "not by itself");
        let again = browser.post(&format!("/outbox/{}", kim.id), &[("do", "again")]).await;
        assert_eq!(again.status, 303);
        browser.post(&format!("/outbox/{}", park.id), &[("do", "giveup")]).await;
        assert_eq!(sent(&office).await.sent, 1);
        let states: Vec<_> = leaving(&office).await.into_iter().map(|row| row.state).collect();
        assert_eq!(states, ["delivered", "given-up"]);
        let left = browser.post(&format!("/outbox/{}", kim.id), &[("do", "again")]).await;
        assert_eq!(left.status, 409, "what left does not leave twice");
        server.mails();
    }
}

#[tokio::test]
async fn a_busy_server_is_asked_again_ever_more_slowly_and_forty_eight_times() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::Busy);
        write(&office, "Kim", Template::Assigned, "식당").await;
        for (attempts, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60), (5, 60)] {
            assert_eq!(sent(&office).await.again, 1, "{} {attempts}", office.kind);
            let [row] = leaving(&office).await.try_into().unwrap();
            assert_eq!((row.attempts, (row.next_at - office.office.now()).num_minutes()), (attempts, minutes));
            office.clock.forward(minutes * 60);
        }
        for _ in 5..48 {
            office.clock.forward(HOUR);
            sent(&office).await;
        }
        assert_eq!(only(&office).await, told("failed", 48, Some("recipient 451")));
        assert_eq!(down(&office, Channel::Mail).await, None, "the way is open, for others");
    }
}

#[tokio::test]
async fn who_was_killed_between_sending_and_noting_sends_the_same_mail_again() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        write(&office, "Kim", Template::Assigned, "식당").await;
        sent(&office).await;
        let [first] = server.mails().try_into().unwrap();
        // Killed: the mail is with the server, the row still says that somebody has it.
        let [row] = leaving(&office).await.try_into().unwrap();
        let until: Moment = office.office.now() + chrono::TimeDelta::minutes(5);
        let mut row: message::ActiveModel = row.into();
        (row.state, row.next_at, row.sent_at) = (Set("sending".to_owned()), Set(until), Set(None));
        let tx = office.office.db().write(office.tenant).await.unwrap();
        message::Entity::update(row).exec(tx.on()).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(sent(&office).await, Delivered::default(), "{}: it may still be at it", office.kind);
        office.clock.forward(5 * 60);
        assert_eq!(sent(&office).await.sent, 1);
        let [second] = server.mails().try_into().unwrap();
        assert_eq!(first.header("Message-ID"), second.header("Message-ID"));
        assert_eq!(first.raw, second.raw, "to the letter");
    }
}

#[tokio::test]
async fn of_two_workers_each_message_is_sent_by_one() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        for at in 0..5 {
            write(&office, "Kim", Template::Assigned, &format!("식당 {at}")).await;
        }
        let (one, other) = tokio::join!(sent(&office), sent(&office));
        assert_eq!(one.sent + other.sent, 5, "{}", office.kind);
        assert_eq!(server.mails().len(), 5);
    }
}

#[tokio::test]
async fn many_mails_to_one_person_leave_as_one_that_lists_them() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        for at in 1..=6 {
            write(&office, "Kim", Template::Closed, &format!("식당 {at}")).await;
        }
        write(&office, "Kim", Template::Step, "급한 것").await;
        write(&office, "Park", Template::Closed, "주유소").await;
        server.is(Mood::RefusesRecipient);
        sent(&office).await;
        server.is(Mood::Well);
        let rows = leaving(&office).await;
        assert_eq!(rows.len(), 9, "{}", office.kind);
        assert!(rows.iter().all(|row| row.state == "failed"), "what were joined fail with it: {rows:?}");
        let one = rows.iter().find(|row| row.template == "joined").unwrap();
        let browser = office.browser("S").await;
        let part = rows.iter().find(|row| row.joined == Some(one.id)).unwrap();
        assert_eq!(browser.post(&format!("/outbox/{}", part.id), &[("do", "again")]).await.status, 409);
        for row in rows.iter().filter(|row| row.joined.is_none()) {
            browser.post(&format!("/outbox/{}", row.id), &[("do", "again")]).await;
        }
        assert_eq!(sent(&office).await, Delivered { sent: 3, ..Delivered::default() });
        let mails = server.mails();
        let mut subjects: Vec<_> = mails.iter().map(|mail| (mail.to.clone(), mail.subject())).collect();
        subjects.sort();
        let to = |who: &str, subject: &str| (format!("<{who}@city.example>"), subject.to_owned());
        assert_eq!(subjects, [to("kim", "[기한 경과] 급한 것"), to("kim", "알림 6건"), to("park", "[완료] 주유소")]);
        let list = mails.iter().find(|mail| mail.subject() == "알림 6건").unwrap().body();
        assert!((1..=6).all(|at| list.contains(&format!("- [완료] 식당 {at}"))), "{list}");
        let rows = leaving(&office).await;
        assert!(rows.iter().all(|row| row.state == "delivered" && row.fault.is_none()), "{rows:?}");
    }
}

#[tokio::test]
async fn texts_wait_for_the_morning_and_nothing_else_does() {
    let (server, gateway) = (SmtpServer::start().await, TextServer::start().await);
    for office in TestOffice::both_with(config(Some(&server), Some(&gateway))).await {
        with_mobile(&office, "H", "010-1234-5678").await;
        // Ten in the evening.
        office.clock.forward(12 * HOUR);
        write(&office, "H", Template::Step, "식당").await;
        assert_eq!(sent(&office).await.sent, 1, "{}: the mail", office.kind);
        assert_eq!((server.mails().len(), gateway.texts().len()), (1, 0));
        assert!(office.browser("H").await.get("/inbox").await.body.contains("식당"));
        // One to eight in the morning.
        office.clock.forward(10 * HOUR - 60);
        sent(&office).await;
        assert!(gateway.texts().is_empty());
        office.clock.forward(60);
        assert_eq!(sent(&office).await.sent, 1);
        let [text] = gateway.texts().try_into().unwrap();
        let body = "[해치] 식당 사안의 기한이 2026.12.01. 18:00에 지났습니다. 담당 부서와 함께 살펴 주십시오. \
            https://haechi.city.example";
        assert_eq!(
            text.body,
            json!({"kind": "lms", "sender": "021200000", "to": "01012345678", "subject": "[기한 경과] 식당", "text": body})
        );
    }
}

#[tokio::test]
async fn what_the_gateway_answers_decides_what_becomes_of_a_text() {
    let gateway = TextServer::start().await;
    let mut settings = config(None, Some(&gateway));
    settings.gateway.alimtalk.insert("step".to_owned(), "HC001".to_owned());
    for office in TestOffice::both_with(settings).await {
        with_mobile(&office, "H", "010-1234-5678").await;
        write(&office, "H", Template::Assigned, "급하지 않은 것").await;
        write(&office, "H", Template::Step, "식당").await;
        gateway.answers(503);
        assert_eq!(sent(&office).await.again, 1, "{}", office.kind);
        assert_eq!(only(&office).await, told("queued", 1, Some("gateway 503")));
        assert!(down(&office, Channel::Text).await.is_some());
        office.clock.forward(60);
        gateway.answers(500);
        assert_eq!(sent(&office).await.again, 1);
        assert_eq!(down(&office, Channel::Text).await, None, "an error inside may be the message's");
        office.clock.forward(5 * 60);
        gateway.answers(422);
        assert_eq!(sent(&office).await.failed, 1);
        let [row] = leaving(&office).await.try_into().unwrap();
        assert_eq!((row.state.as_str(), row.fault.as_deref()), ("failed", Some("refused 422")));

        gateway.answers(202);
        office.browser("Io").await.post(&format!("/outbox/{}", row.id), &[("do", "again")]).await;
        assert_eq!(sent(&office).await.sent, 1);
        let [text] = gateway.texts().try_into().unwrap();
        assert_eq!((text.key, text.token), (row.id.to_string(), None));
        assert_eq!((&text.body["kind"], &text.body["template"]), (&json!("alimtalk"), &json!("HC001")));
    }
}

#[tokio::test]
async fn a_message_to_nobody_reachable_fails_and_a_server_nobody_named_leaves_it_in_the_inbox() {
    let gateway = TextServer::start().await;
    for office in TestOffice::both_with(config(None, Some(&gateway))).await {
        with_mobile(&office, "H", "010-1234-5678").await;
        write(&office, "H", Template::Step, "식당").await;
        // The number is gone before the message leaves.
        office.take_in(&office.records()).await;
        assert_eq!(sent(&office).await.failed, 1, "{}", office.kind);
        assert_eq!(only(&office).await, told("failed", 1, Some("no-address")));
        assert!(gateway.texts().is_empty());
        assert!(office.browser("H").await.get("/inbox").await.body.contains("식당"));
    }
}
