//! What becomes of a file that was sent, with a scanner as well or ill as a test wants.

use futures::TryStreamExt as _;
use haechi_core::digest::Digest;

use super::super::store;
use crate::audit::lines;
use crate::config::{Clamd, Config};
use crate::files::Listed;
use crate::files::tests::clamd::{FakeClamd, Mood};
use crate::ids::CaseId;
use crate::testing::{TestFinding, TestOffice, TestRun};

/// A case of Kim, and what is kept of files: those that lie there, and the events about the case, its attachments included.
async fn of_kim(office: &TestOffice) -> CaseId {
    office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    store::open_cases(&tx).await.unwrap().remove(0).id
}

async fn lie_there(office: &TestOffice) -> usize {
    office.office.files().list().try_collect::<Vec<Listed>>().await.unwrap().len()
}

async fn log(office: &TestOffice) -> String {
    let tx = office.office.db().read(office.tenant).await.unwrap();
    lines(&tx, 0, 10_000).await.unwrap().join("\n")
}

fn scanned_by(clamd: &FakeClamd) -> Config {
    Config { clamd: Clamd { address: Some(clamd.address()), allow_remote: false }, ..Config::default() }
}

#[tokio::test]
async fn a_file_is_scanned_kept_and_given_back_as_it_was() {
    let clamd = FakeClamd::start(Mood::Clean).await;
    for office in TestOffice::both_with(scanned_by(&clamd)).await {
        let (id, kim) = (of_kim(&office).await, office.browser("Kim").await);
        let path = format!("/cases/{id}/attachments");
        let sent = kim.send_file(&path, "receipt.txt", b"12,000").await;
        assert_eq!(sent.status, 303, "{}: {}", office.kind, sent.body);
        assert_eq!(clamd.last(), b"12,000");
        let page = kim.get(&format!("/cases/{id}")).await.body;
        let link = page.split('"').find(|part| part.starts_with(&format!("{path}/"))).unwrap();
        assert_eq!(kim.get(link).await.body, "12,000");
        let tx = office.office.db().read(office.tenant).await.unwrap();
        assert_eq!(store::attachments(&tx, id).await.unwrap()[0].digest, Digest::of("12,000").to_string());
    }
}

#[tokio::test]
async fn an_infected_file_is_refused_with_what_was_found_and_leaves_an_event_alone() {
    let clamd = FakeClamd::start(Mood::Says("stream: Eicar-Test-Signature FOUND\0")).await;
    for office in TestOffice::both_with(scanned_by(&clamd)).await {
        let (id, kim) = (of_kim(&office).await, office.browser("Kim").await);
        let refused = kim.send_file(&format!("/cases/{id}/attachments"), "receipt.txt", b"X5O!").await;
        assert_eq!(refused.status, 422, "{}", office.kind);
        assert!(refused.body.contains("Eicar-Test-Signature"), "{}", refused.body);
        assert_eq!(lie_there(&office).await, 0);
        let log = log(&office).await;
        let event = log.lines().find(|line| line.contains("case.infected")).unwrap();
        assert!(event.contains(&id.to_string()) && event.contains(&Digest::of("X5O!").to_string()), "{event}");
        assert!(!log.contains("receipt") && !log.contains("attachment"), "neither its name nor a row");
    }
}

#[tokio::test]
async fn without_its_scanner_nothing_is_taken_and_it_is_said_why() {
    let clamd = FakeClamd::start(Mood::HangsUpAtOnce).await;
    for office in TestOffice::both_with(scanned_by(&clamd)).await {
        clamd.is(Mood::HangsUpAtOnce);
        let (id, kim) = (of_kim(&office).await, office.browser("Kim").await);
        let path = format!("/cases/{id}/attachments");
        let refused = kim.send_file(&path, "receipt.txt", b"12,000").await;
        assert_eq!(refused.status, 503, "{}", office.kind);
        assert!(
            refused.body.contains("바이러스 검사를 거쳐야") && refused.body.contains("다시 시도"),
            "{}",
            refused.body
        );
        clamd.is(Mood::TakesUpTo(3));
        let large = kim.send_file(&path, "receipt.txt", b"12,000").await;
        assert!(large.status == 413 && large.body.contains("한도"), "{}", large.body);
        assert_eq!(lie_there(&office).await, 0);
        clamd.is(Mood::Clean);
        assert_eq!(kim.send_file(&path, "receipt.txt", b"12,000").await.status, 303, "once it is back");
    }
}
