//! A bundle is taken, and verified where there is no installation.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use sea_orm::ConnectionTrait as _;

use super::super::{Answer, NewFile, answer, attach, comment, store};
use super::proof;
use crate::audit::bundle::{BundleFault, BundleVerdict, verify};
use crate::audit::verify::Keys;
use crate::audit::{self, LogKey, Seen, Witness, WitnessKey};
use crate::config::Config;
use crate::files::tests::bucket;
use crate::ids::CaseId;
use crate::problem::Problem;
use crate::testing::{TestFinding, TestOffice, TestRun};

const WHY: &str = "감사원 제출";

/// The case that was opened for a finding about Kim.
async fn case_of_kim(office: &TestOffice) -> CaseId {
    office.receive(&TestRun::of([TestFinding::to_kim("식당")])).await;
    let tx = office.office.db().read(office.tenant).await.unwrap();
    store::open_cases(&tx).await.unwrap().remove(0).id
}

/// Has a witness sign the log as it stands.
async fn witnessed(office: &TestOffice) -> WitnessKey {
    let witness = Witness::new("witness.example", [7; 32]).unwrap();
    let of = &office.office;
    let tx = of.db().write(office.tenant).await.unwrap();
    let note = audit::checkpoint(&tx, of.signer(), &office.code, of.clock()).await.unwrap().unwrap();
    let size = audit::size(&tx).await.unwrap();
    let log = LogKey::parse(of.signer().key()).unwrap();
    let (line, _) = witness.cosign(&note, &log, Seen::default(), &Vec::new(), 1).unwrap();
    audit::cosign(&tx, size, &witness.key(), &line).await.unwrap();
    tx.commit().await.unwrap();
    witness.key()
}

/// Attaches a file that lies where attachments lie.
async fn attached(office: &TestOffice, id: CaseId, name: &str, bytes: &[u8]) {
    let mut writing = office.office.files().begin(name, 1_000).unwrap();
    writing.add(bytes).unwrap();
    let kept = writing.keep().await.unwrap();
    let file = NewFile { digest: kept.digest.to_string(), name: name.to_owned(), media: kept.media, bytes: kept.bytes };
    attach(&office.office, &office.actor("Kim").await, id, file).await.unwrap();
}

/// A case with a comment, a file and an answer, of which a witness saw the beginning; and its bundle.
struct Taken {
    keys: Keys,
    folder: tempfile::TempDir,
    zip: PathBuf,
}

impl Taken {
    async fn from(office: &TestOffice) -> Self {
        let id = case_of_kim(office).await;
        let kim = office.actor("Kim").await;
        comment(&office.office, &kim, id, "영수증을 찾고 있습니다.").await.unwrap();
        let witness = witnessed(office).await;
        attached(office, id, "영수증: 1/2.txt", b"12,000").await;
        let text = "서로 다른 모임이었습니다.".to_owned();
        answer(&office.office, &kim, id, Some(1), &Answer::Explained { text }).await.unwrap();
        Self::of(office, id, vec![witness]).await
    }

    async fn of(office: &TestOffice, id: CaseId, witnesses: Vec<WitnessKey>) -> Self {
        let bytes = proof(&office.office, &office.actor("H").await, id, WHY).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let zip = folder.path().join("bundle.zip");
        std::fs::write(&zip, bytes).unwrap();
        let log = LogKey::parse(office.office.signer().key()).unwrap();
        Self { keys: Keys { log, witnesses }, folder, zip }
    }

    fn verdict(&self) -> BundleVerdict {
        verify(&self.zip, &self.keys).unwrap()
    }

    /// What is said of the bundle once somebody changed a file of it.
    fn changed(&self, file: &str, change: impl Fn(&str) -> String) -> Vec<BundleFault> {
        let folder = tempfile::tempdir_in(self.folder.path()).unwrap();
        zip::ZipArchive::new(Cursor::new(std::fs::read(&self.zip).unwrap())).unwrap().extract(folder.path()).unwrap();
        let bag = std::fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
        let path = found(&bag, file);
        let before = std::fs::read_to_string(&path).unwrap();
        let after = change(&before);
        assert_ne!(before, after, "{file} was not changed");
        std::fs::write(&path, after).unwrap();
        let mut faults = verify(folder.path(), &self.keys).unwrap().faults;
        // Who changes a file on purpose mends the manifests too; they are no proof.
        faults.retain(|fault| !matches!(fault, BundleFault::Damaged(_)));
        faults
    }
}

fn found(bag: &Path, file: &str) -> PathBuf {
    match file {
        "attachment" => std::fs::read_dir(bag.join("data/attachments")).unwrap().next().unwrap().unwrap().path(),
        file => bag.join(file),
    }
}

#[tokio::test]
async fn a_bundle_verifies_offline_and_says_how_much_of_it_a_witness_saw() {
    for office in TestOffice::both().await {
        let taken = Taken::from(&office).await;
        let verdict = taken.verdict();
        assert!(verdict.is_whole(), "{}: {:?}", office.kind, verdict.faults);
        // Opened, run, comment, file, answer, taking the bundle away; the witness saw the first three.
        assert_eq!((verdict.events, verdict.witnessed), (6, 3), "{}", office.kind);
        assert_eq!(verdict.origin, office.office.signer().origin(&office.code));
        let strangers = Keys { witnesses: Vec::new(), ..taken.keys.clone() };
        assert_eq!(verify(&taken.zip, &strangers).unwrap().witnessed, 0);
        let other = LogKey::parse(audit::Signer::generate("test.example").unwrap().0.key()).unwrap();
        let posing = verify(&taken.zip, &Keys { log: other, witnesses: Vec::new() }).unwrap();
        assert!(matches!(posing.faults.as_slice(), [BundleFault::Checkpoint { .. }, ..]), "{:?}", posing.faults);
    }
}

#[tokio::test]
async fn what_was_changed_in_a_bundle_is_found() {
    let office = TestOffice::sqlite().await;
    let taken = Taken::from(&office).await;
    let state = taken.changed("data/case.json", |text| text.replacen("with_manager", "closed", 1));
    assert!(matches!(state.as_slice(), [BundleFault::Changed { .. }]), "{state:?}");
    let said = taken.changed("data/case.json", |text| text.replace("찾고 있습니다", "잃어버렸습니다"));
    assert!(matches!(said.as_slice(), [BundleFault::Comment { .. }]), "{said:?}");
    let words = taken.changed("data/case.json", |text| text.replace("서로 다른 모임", "같은 모임"));
    assert!(matches!(words.as_slice(), [BundleFault::Said]), "{words:?}");
    let file = taken.changed("attachment", |_| "120,000".to_owned());
    assert!(matches!(file.as_slice(), [BundleFault::Attachment(_)]), "{file:?}");
    for (before, after) in [("\"payments\":2", "\"payments\":1"), ("나누어 결제했습니까", "한 번에 결제했습니까")]
    {
        let finding = taken.changed("data/alert.json", |text| text.replacen(before, after, 1));
        assert!(matches!(finding.as_slice(), [BundleFault::Found]), "{finding:?}");
    }
    let event = taken.changed("data/events.jsonl", |text| text.replacen("case.answer", "case.return", 1));
    assert!(matches!(event.as_slice(), [BundleFault::NotInLog { .. }, ..]), "{event:?}");
    let note = taken.changed("data/checkpoint.txt", |text| text.replacen("test.example/", "best.example/", 1));
    assert!(matches!(note.as_slice(), [BundleFault::Checkpoint { .. }, ..]), "{note:?}");
    let proof = taken.changed("data/proof.json", |text| text.replacen("\"position\": ", "\"position\": 1", 1));
    assert!(matches!(proof.as_slice(), [BundleFault::NotInLog { .. }, ..]), "{proof:?}");
}

#[tokio::test]
async fn a_row_that_was_changed_behind_the_offices_back_is_found_and_a_finding_that_came_back_is_not_taken_for_that() {
    for office in TestOffice::both().await {
        let id = case_of_kim(&office).await;
        // Another run finds nothing, a third finds it again: both are in the log.
        let nothing = haechi_core::run_report::Outcome::Findings { count: 0, at_risk: Vec::new(), outside_calendar: 0 };
        office.receive(&TestRun::of([]).with("card.split-payment", nothing).looking_from("2026-11-21")).await;
        office.receive(&TestRun::of([TestFinding::to_kim("식당")]).looking_from("2026-11-22")).await;
        let taken = Taken::of(&office, id, Vec::new()).await;
        assert!(taken.verdict().is_whole(), "{}: {:?}", office.kind, taken.verdict().faults);
        let tx = office.office.db().write(office.tenant).await.unwrap();
        assert!(taken.verdict().is_finding_proved, "{}", office.kind);
        let change = "UPDATE case_file SET severity = 'low'";
        tx.on().execute_unprepared(change).await.unwrap();
        tx.commit().await.unwrap();
        let faults = Taken::of(&office, id, Vec::new()).await.verdict().faults;
        assert!(matches!(faults.as_slice(), [BundleFault::Changed { .. }]), "{}: {faults:?}", office.kind);
        // Who then acts leaves a gap that stays visible.
        let text = "확인했습니다.".to_owned();
        answer(&office.office, &office.actor("Kim").await, id, None, &Answer::Explained { text }).await.unwrap();
        let faults = Taken::of(&office, id, Vec::new()).await.verdict().faults;
        assert!(matches!(faults.as_slice(), [BundleFault::Gap { .. }]), "{}: {faults:?}", office.kind);
    }
}

#[tokio::test]
async fn a_bundle_wants_a_reason_and_is_noted_and_who_only_may_claim_a_case_gets_none() {
    for office in TestOffice::both().await {
        let id = case_of_kim(&office).await;
        let path = format!("/cases/{id}/proof");
        let head = office.browser("H").await;
        assert_eq!(head.post(&path, &[("reason", "")]).await.status.as_u16(), 422, "{}", office.kind);
        assert_eq!(head.post(&path, &[("reason", WHY)]).await.status.as_u16(), 200);
        assert_eq!(office.browser("Park").await.post(&path, &[("reason", WHY)]).await.status.as_u16(), 404);
        let access = office.browser("A1").await.get("/access").await.body;
        assert!(access.contains(WHY) && access.contains("H 님"), "{}", office.kind);
        let unmapped = TestFinding { unit: None, person: None, ..TestFinding::to_kim("계좌 1") };
        office.receive(&TestRun::of([unmapped]).looking_from("2026-11-23")).await;
        let tx = office.office.db().read(office.tenant).await.unwrap();
        let unowned = store::open_cases(&tx).await.unwrap().into_iter().find(|row| row.handler.is_none()).unwrap();
        drop(tx);
        let path = format!("/cases/{}/proof", unowned.id);
        assert_eq!(office.browser("Lee").await.post(&path, &[("reason", WHY)]).await.status.as_u16(), 403);
    }
}

#[tokio::test]
async fn a_case_from_before_the_log_held_what_was_found_says_so_until_a_run_brings_it_again() {
    for office in TestOffice::both().await {
        let id = case_of_kim(&office).await;
        let kim = office.actor("Kim").await;
        let tx = office.office.db().write(office.tenant).await.unwrap();
        tx.on().execute_unprepared("UPDATE case_file SET found = ''").await.unwrap();
        let row = store::one(&tx, id).await.unwrap().unwrap();
        let opened = audit::Entry {
            after: Some(audit::digest(&row)),
            ..kim.entry(crate::policy::Action::AnswerCase, "case", id)
        };
        audit::append(&tx, office.office.clock(), &opened).await.unwrap();
        tx.commit().await.unwrap();
        let old = Taken::of(&office, id, Vec::new()).await.verdict();
        assert!(old.is_whole() && !old.is_finding_proved, "{}: {:?}", office.kind, old.faults);
        office.receive(&TestRun::of([TestFinding::to_kim("식당")]).looking_from("2026-11-22")).await;
        let new = Taken::of(&office, id, Vec::new()).await.verdict();
        assert!(new.is_whole() && new.is_finding_proved, "{}: {:?}", office.kind, new.faults);
    }
}

#[tokio::test]
async fn while_attachments_cannot_be_reached_there_is_no_bundle_that_says_they_are_gone() {
    let (server, files, _key) = bucket();
    for office in TestOffice::both_with(Config { files, ..Config::default() }).await {
        let id = case_of_kim(&office).await;
        attached(&office, id, "영수증.txt", b"12,000").await;
        let head = office.actor("H").await;
        server.be_busy_at("GetObject");
        let refused = proof(&office.office, &head, id, WHY).await.unwrap_err();
        let problem = Problem::from(refused);
        assert_eq!((problem.status, problem.code), (503, "file.place"), "{}", office.kind);
        let whole = Taken::of(&office, id, Vec::new()).await.verdict();
        assert!(whole.faults.is_empty() && whole.absent.is_empty(), "{whole:?}");
    }
}
