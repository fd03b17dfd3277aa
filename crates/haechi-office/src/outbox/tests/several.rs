//! Several processes of one installation know the same of its ways out, and so does one that was started again.

use super::servers::{Mood, SmtpServer};
use super::{config, down, sent, write};
use crate::office::Office;
use crate::outbox::{Channel, Delivered, Template, Way, deliver, way};
use crate::testing::TestOffice;

/// Another process on the same database.
fn another(office: &TestOffice) -> Office {
    office.office.clone_with(office.office.config().clone())
}

#[tokio::test]
async fn what_one_process_found_closed_no_other_tries_and_every_page_shows() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::Dead);
        write(&office, "Kim", Template::Assigned, "식당").await;
        assert_eq!(sent(&office).await, Delivered { again: 1, ..Delivered::default() }, "{}", office.kind);
        let (calls, since) = (server.calls(), office.office.now());
        let other = another(&office);
        assert_eq!(deliver(&other, office.tenant).await.unwrap(), Delivered::default());
        assert_eq!(server.calls(), calls, "the other leaves it alone too");
        let known = way(&other, Channel::Mail).await.unwrap().down().unwrap();
        assert_eq!((known.since, known.tried, (known.until - since).num_minutes()), (since, 1, 1));

        office.clock.forward(60);
        assert_eq!(deliver(&other, office.tenant).await.unwrap().again, 1);
        let known = down(&office, Channel::Mail).await.unwrap();
        let left_alone = (known.until - office.office.now()).num_minutes();
        assert_eq!((known.since, known.tried, left_alone), (since, 2, 5), "the second failure, whoever had the first");

        // All processes end; one is started.
        let started = another(&office);
        office.clock.forward(4 * 60);
        assert_eq!(deliver(&started, office.tenant).await.unwrap(), Delivered::default(), "nothing is forgotten");
        server.is(Mood::Well);
        office.clock.forward(60);
        assert_eq!(deliver(&started, office.tenant).await.unwrap().sent, 1);
        let back = way(&office.office, Channel::Mail).await.unwrap();
        assert_eq!(back, Way::Open { since: Some(office.office.now()) });
        let page = office.browser("S").await.get("/outbox").await.body;
        assert!(page.contains("열려 있습니다. 막혔다가 2026.11.24. 10:06에"), "{page}");
        server.mails();
    }
}

#[tokio::test]
async fn two_processes_that_find_it_closed_at_once_count_once() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::Dead);
        for at in 0..45 {
            write(&office, "H", Template::Step, &format!("식당 {at}")).await;
        }
        let other = another(&office);
        let (one, two) = tokio::join!(deliver(&office.office, office.tenant), deliver(&other, office.tenant));
        assert!(one.unwrap().again + two.unwrap().again >= 20, "{}", office.kind);
        let known = down(&office, Channel::Mail).await.unwrap();
        assert_eq!((known.tried, (known.until - known.since).num_minutes()), (1, 1));
    }
}

#[tokio::test]
async fn who_wants_a_message_sent_again_opens_the_way_for_every_process() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::RefusesRecipient);
        write(&office, "Kim", Template::Assigned, "식당").await;
        assert_eq!(sent(&office).await.failed, 1, "{}", office.kind);
        server.is(Mood::Dead);
        write(&office, "Park", Template::Assigned, "주유소").await;
        assert_eq!(sent(&office).await.again, 1);
        server.is(Mood::Well);
        let failed = super::leaving(&office).await.into_iter().find(|row| row.state == "failed").unwrap();
        office.browser("S").await.post(&format!("/outbox/{}", failed.id), &[("do", "again")]).await;
        assert_eq!(deliver(&another(&office), office.tenant).await.unwrap().sent, 1, "it is tried at once");
        assert_eq!(down(&office, Channel::Mail).await, None);
        server.mails();
    }
}

#[tokio::test]
async fn a_message_to_nobody_says_nothing_of_the_server() {
    let server = SmtpServer::start().await;
    for office in TestOffice::both_with(config(Some(&server), None)).await {
        server.is(Mood::Dead);
        write(&office, "Kim", Template::Assigned, "식당").await;
        sent(&office).await;
        let mut records = office.records();
        for person in &mut records.persons {
            person.mail = None;
        }
        office.take_in(&records).await;
        office.clock.forward(60);
        assert_eq!(sent(&office).await.failed, 1, "{}: it has no address any more", office.kind);
        assert!(down(&office, Channel::Mail).await.is_some(), "nobody asked the server");
    }
}

#[tokio::test]
async fn another_server_in_the_settings_is_tried_at_once() {
    let (dead, well) = (SmtpServer::start().await, SmtpServer::start().await);
    for office in TestOffice::both_with(config(Some(&dead), None)).await {
        dead.is(Mood::Dead);
        write(&office, "Kim", Template::Assigned, "식당").await;
        assert_eq!(sent(&office).await.again, 1, "{}", office.kind);
        let mended = office.office.clone_with(config(Some(&well), None));
        assert_eq!(way(&mended, Channel::Mail).await.unwrap(), Way::Open { since: None });
        office.clock.forward(60);
        assert_eq!(deliver(&mended, office.tenant).await.unwrap().sent, 1);
        assert!(down(&office, Channel::Mail).await.is_some(), "of the old one it is still known");
        well.mails();
    }
}
