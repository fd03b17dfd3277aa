//! In a trial nothing leaves, and what was held does not leave afterwards.

use super::servers::{SmtpServer, TextServer};
use super::{config, leaving, sent, with_mobile, write};
use crate::config::Config;
use crate::outbox::{Delivered, Template};
use crate::testing::TestOffice;

#[tokio::test]
async fn nothing_leaves_in_a_trial_and_what_was_held_does_not_leave_after_it() {
    let (mail, text) = (SmtpServer::start().await, TextServer::start().await);
    let real = config(Some(&mail), Some(&text));
    for mut office in TestOffice::both_with(real.clone()).await {
        with_mobile(&office, "H", "010-1234-5678").await;
        // One waits from before the trial.
        write(&office, "Kim", Template::Assigned, "먼저").await;
        office.office = office.office.clone_with(Config { trial: true, ..real.clone() });
        write(&office, "H", Template::Step, "식당").await;
        assert_eq!(sent(&office).await, Delivered::default(), "{}", office.kind);
        let states: Vec<_> = leaving(&office).await.into_iter().map(|row| (row.channel, row.state)).collect();
        let held = |channel: &str| (channel.to_owned(), "held".to_owned());
        assert_eq!(states, [held("mail"), held("mail"), held("text")], "{}", office.kind);
        let admin = office.browser("S").await;
        let page = admin.get("/outbox").await.body;
        assert!(page.contains("시험 운영으로 보내지 않은 알림") && page.contains("시험 운영 중입니다"), "{page}");
        assert!(office.stranger().get("/sign-in").await.body.contains("시험 운영 중입니다"), "every page says so");
        assert!(office.browser("H").await.get("/inbox").await.body.contains("식당"), "it is in its reader's inbox");
        let row = leaving(&office).await[0].id;
        assert!(!page.contains(&format!("/outbox/{row}")), "nobody can send it either");
        assert_eq!(admin.post(&format!("/outbox/{row}"), &[("do", "again")]).await.status.as_u16(), 409);

        // The trial ends.
        office.office = office.office.clone_with(real.clone());
        office.days_pass(1);
        assert_eq!(sent(&office).await, Delivered::default(), "{}", office.kind);
        assert_eq!(mail.calls(), 0, "{}: no server was ever spoken to", office.kind);
        assert!(text.texts().is_empty(), "{}", office.kind);
        assert!(!office.stranger().get("/sign-in").await.body.contains("시험 운영"));
    }
    let office = &TestOffice::both_with(real).await[0];
    write(office, "Kim", Template::Assigned, "진짜").await;
    assert_eq!(sent(office).await.sent, 1, "the servers were there all the time");
}
