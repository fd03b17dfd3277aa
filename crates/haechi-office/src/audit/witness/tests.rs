//! Two installations in one process, of which one watches the other.

use std::io::Cursor;

use tokio::net::TcpListener;

use super::super::verify::{Keys, Verdict, verify};
use super::super::{LogKey, Witness, WitnessKey, append, checkpoints, export};
use super::{Anew, AnewError, begin_anew, keep_checkpoints, store};
use crate::backup::{self, Backup, Keys as SecretKeys, KeysGo, Place, Progress};
use crate::config::{Config, Watched, Watcher};
use crate::db::{Settings, Transaction};
use crate::office::Office;
use crate::testing::{TestOffice, cli};
use crate::web;

/// The office with other settings, on the same database.
fn with(of: &Office, change: impl FnOnce(&mut Config)) -> Office {
    let mut config = of.config().clone();
    change(&mut config);
    of.clone_with(config)
}

/// Serves an office on this machine, and says where.
async fn serve(office: &Office) -> (String, tokio::task::JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/witness", listener.local_addr().unwrap());
    let service = web::service(office);
    (url, tokio::spawn(async move { axum::serve(listener, service).await.unwrap() }))
}

/// An office whose log another one watches.
struct Pair {
    watched: TestOffice,
    watching: TestOffice,
    office: Office,
    witness: WitnessKey,
    served: tokio::task::JoinHandle<()>,
}

impl Pair {
    async fn of(watched: TestOffice, watching: TestOffice) -> Self {
        let origin = watched.office.signer().origin(&watched.code);
        let key = watched.office.signer().key().to_owned();
        let (url, served) =
            serve(&with(&watching.office, |config| config.witness = vec![Watched { origin, key }])).await;
        let witness = watching.office.witness().key();
        let key = witness.to_string();
        let office = with(&watched.office, |config| config.witnesses = vec![Watcher { url, key }]);
        Self { watched, watching, office, witness, served }
    }

    async fn both() -> [Self; 2] {
        let [a, b] = TestOffice::both().await;
        let [c, d] = TestOffice::both().await;
        [Self::of(a, c).await, Self::of(b, d).await]
    }

    async fn read(&self) -> Transaction {
        self.office.db().read(self.watched.tenant).await.unwrap()
    }

    async fn add(&self) {
        let tx = self.office.db().write(self.watched.tenant).await.unwrap();
        append(&tx, self.office.clock(), &cli("test.event")).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn keep(&self) -> (u32, u32) {
        let kept = keep_checkpoints(&self.office, self.watched.tenant).await.unwrap();
        (kept.witnessed, kept.failed)
    }

    async fn verdict(&self) -> Verdict {
        let tx = self.read().await;
        let mut events = Vec::new();
        export(&tx, &mut events).await.unwrap();
        let log = LogKey::parse(self.office.signer().key()).unwrap();
        let keys = Keys { log, witnesses: vec![self.witness.clone()] };
        verify(Cursor::new(events), &checkpoints(&tx).await.unwrap(), &keys).unwrap()
    }

    async fn problem(&self) -> Option<String> {
        let tx = self.read().await;
        store::answers(&tx).await.unwrap().into_iter().next().and_then(|answer| answer.problem)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_signs_as_the_log_grows_and_what_it_signed_is_verified_elsewhere() {
    for pair in Pair::both().await {
        assert_eq!(pair.keep().await, (1, 0), "{}", pair.watched.kind);
        let first = pair.verdict().await;
        assert!(first.is_whole(), "{:?}", first.faults);
        assert_eq!(first.witnessed, first.events);
        pair.add().await;
        assert_eq!(pair.keep().await, (0, 0), "a checkpoint is made every five minutes");
        assert_eq!(pair.verdict().await.witnessed, first.events, "the new one is not witnessed yet");
        pair.watched.clock.forward(300);
        assert_eq!(pair.keep().await, (1, 0));
        let next = pair.verdict().await;
        assert_eq!((next.is_whole(), next.witnessed), (true, first.events + 1));
        pair.watched.clock.forward(300);
        assert_eq!(pair.keep().await, (0, 0), "nothing was added, nothing is signed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_trial_the_log_is_signed_and_no_witness_is_asked() {
    for pair in Pair::both().await {
        let trial = with(&pair.office, |config| config.trial = true);
        let kept = keep_checkpoints(&trial, pair.watched.tenant).await.unwrap();
        assert!(kept.signed.is_some() && kept.witnessed + kept.failed == 0, "{}: {kept:?}", pair.watched.kind);
        assert_eq!(pair.verdict().await.witnessed, 0, "{}", pair.watched.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_is_down_loses_nothing_and_signs_a_later_checkpoint() {
    for pair in Pair::both().await {
        assert_eq!(pair.keep().await, (1, 0));
        let url = pair.office.config().witnesses[0].url.clone();
        let nowhere = with(&pair.office, |config| config.witnesses[0].url = "http://127.0.0.1:1/witness".to_owned());
        for _ in 0..2 {
            pair.add().await;
            pair.watched.clock.forward(300);
            let kept = keep_checkpoints(&nowhere, pair.watched.tenant).await.unwrap();
            assert_eq!((kept.witnessed, kept.failed), (0, 1), "{}", pair.watched.kind);
        }
        let told = pair.problem().await.unwrap();
        assert!(told.starts_with("unreachable "), "{told}");
        assert!(!url.is_empty());
        pair.add().await;
        pair.watched.clock.forward(300);
        assert_eq!(pair.keep().await, (1, 0));
        let verdict = pair.verdict().await;
        assert_eq!((verdict.is_whole(), verdict.witnessed), (true, verdict.events));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_rewritten_is_not_signed_and_the_office_is_told() {
    for pair in Pair::both().await {
        assert_eq!(pair.keep().await, (1, 0));
        // Another log under the same name and key, as after a database was replaced: other events, more of them.
        let replaced = TestOffice::sqlite().await;
        let code = pair.watched.code.clone();
        let (signer, config) = (pair.office.signer().clone(), pair.office.config().clone());
        let office = replaced.office.clone_with(config).clone_signing(signer);
        let tx = office.db().write(replaced.tenant).await.unwrap();
        for _ in 0..50 {
            append(&tx, office.clock(), &cli("forged.event")).await.unwrap();
        }
        super::super::checkpoint(&tx, office.signer(), &code, office.clock()).await.unwrap();
        tx.commit().await.unwrap();
        let kept = keep_checkpoints(&office, replaced.tenant).await.unwrap();
        assert_eq!((kept.witnessed, kept.failed), (0, 1), "{}", pair.watched.kind);
        let tx = office.db().read(replaced.tenant).await.unwrap();
        let told = store::answers(&tx).await.unwrap().remove(0).problem.unwrap();
        assert!(told.starts_with("rewritten "), "{told}");
        // The witness still stands by what it saw, and goes on with the log that is whole.
        pair.add().await;
        pair.watched.clock.forward(300);
        assert_eq!(pair.keep().await, (1, 0));
        let tx = pair.watching.office.db().read(crate::ids::TenantId::nobody()).await.unwrap();
        let origin = pair.office.signer().origin(&pair.watched.code);
        let seen = store::seen(&tx, &origin).await.unwrap().unwrap();
        assert_eq!(seen.size, pair.verdict().await.events);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_that_another_knows_nothing_of_or_with_another_key_signs_nothing() {
    for pair in Pair::both().await {
        let stranger = Witness::new("stranger.example", [9; 32]).unwrap().key().to_string();
        let posing = with(&pair.office, |config| config.witnesses[0].key = stranger);
        let kept = keep_checkpoints(&posing, pair.watched.tenant).await.unwrap();
        assert_eq!((kept.witnessed, kept.failed), (0, 1), "{}", pair.watched.kind);
        assert!(pair.problem().await.unwrap().starts_with("signature "));
        pair.served.abort();
        let (url, _served) = serve(&pair.watching.office).await;
        let unknown = with(&pair.office, |config| config.witnesses[0].url = url);
        let kept = keep_checkpoints(&unknown, pair.watched.tenant).await.unwrap();
        assert_eq!((kept.witnessed, kept.failed), (0, 1));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_show_different_logs_at_once_a_witness_signs_one() {
    for pair in Pair::both().await {
        let url = format!("{}/add-checkpoint", pair.office.config().witnesses[0].url);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut notes = Vec::new();
        for events in [3_u64, 4] {
            let other = TestOffice::sqlite().await;
            let tx = other.office.db().write(other.tenant).await.unwrap();
            for _ in 0..events {
                append(&tx, pair.office.clock(), &cli("test.event")).await.unwrap();
            }
            let signer = pair.office.signer();
            let note = super::super::checkpoint(&tx, signer, &pair.watched.code, pair.office.clock()).await.unwrap();
            notes.push(format!("old 0\n\n{}", note.unwrap()));
        }
        let [one, two] = <[String; 2]>::try_from(notes).unwrap();
        let (one, two) =
            tokio::join!(client.post(url.as_str()).body(one).send(), client.post(url.as_str()).body(two).send());
        let mut statuses = [one.unwrap().status().as_u16(), two.unwrap().status().as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{}", pair.watched.kind);
        let stays = client.post(url.as_str()).body("no checkpoint").send().await.unwrap();
        assert_eq!(stays.status().as_u16(), 400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_says_how_far_the_log_is_witnessed_and_gives_the_files_to_verify_it() {
    for mut pair in Pair::both().await {
        pair.keep().await;
        pair.add().await;
        let kind = pair.watched.kind;
        pair.watched.office = pair.office.clone();
        let auditor = pair.watched.browser("A1").await;
        let page = auditor.get("/log").await;
        assert_eq!(page.status.as_u16(), 200, "{kind} {}", page.body);
        for said in [
            pair.office.signer().key(),
            "haechi verify log events.jsonl",
            "test-witness.example",
            "아직 증인이 보지 못했습니다",
        ] {
            assert!(page.body.contains(said), "{kind}: {said} in {}", page.body);
        }
        let events = auditor.get("/log/events.jsonl").await.body;
        let checkpoints = auditor.get("/log/checkpoints.txt").await.body;
        assert!(events.lines().last().unwrap().contains("log.export"), "taking it away is in it");
        let keys =
            Keys { log: LogKey::parse(pair.office.signer().key()).unwrap(), witnesses: vec![pair.witness.clone()] };
        let verdict = verify(Cursor::new(events), &checkpoints, &keys).unwrap();
        assert!(verdict.is_whole() && verdict.witnessed > 0, "{kind}: {verdict:?}");
        assert_eq!(pair.watched.browser("Kim").await.get("/log").await.status.as_u16(), 403);
        // A page of older events goes on where the last ended.
        assert_eq!(auditor.get("/log?before=1").await.status.as_u16(), 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_witness_answers_each_slip_with_its_own_number() {
    for pair in Pair::both().await {
        assert_eq!(pair.keep().await, (1, 0));
        let tx = pair.read().await;
        let (size, note) = super::super::latest(&tx).await.unwrap().unwrap();
        let origin = pair.office.signer().origin(&pair.watched.code);
        let url = format!("{}/add-checkpoint", pair.office.config().witnesses[0].url);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let show = async |old: u64, proof: &[&str], note: &str| {
            let proof: String = proof.iter().map(|line| format!("{line}\n")).collect();
            let sent = client.post(url.as_str()).body(format!("old {old}\n{proof}\n{note}")).send().await.unwrap();
            (sent.status().as_u16(), sent.text().await.unwrap())
        };
        assert_eq!(show(size, &[], &note).await.0, 200, "what it signed it signs again, {}", pair.watched.kind);
        assert_eq!(show(0, &[], &note).await, (409, format!("{size}\n")), "it says what it knows");
        assert_eq!(show(size + 1, &[], &note).await.0, 400, "a log does not shrink");
        let elsewhere = note.replace(&origin, "elsewhere.example/1");
        assert_eq!(show(size, &[], &elsewhere).await.0, 404);
        let forged = note.replacen(&format!("\n{size}\n"), &format!("\n{}\n", size + 1), 1);
        assert_eq!(show(size, &[], &forged).await.0, 403, "its installation signed something else");
        // The next checkpoint is the log's own, but what is sent as its proof is not.
        pair.add().await;
        let tx = pair.office.db().write(pair.watched.tenant).await.unwrap();
        let code = &pair.watched.code;
        let next =
            super::super::checkpoint(&tx, pair.office.signer(), code, pair.office.clock()).await.unwrap().unwrap();
        assert_eq!(show(size, &["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="], &next).await.0, 422);
    }
}

/// Backs the watched office up.
async fn back_up(pair: &Pair, to: &std::path::Path) {
    let folder = pair.watched.folder.path();
    std::fs::create_dir_all(folder.join("keys")).unwrap();
    std::fs::write(folder.join("keys/log.key"), &pair.watched.log_secret).unwrap();
    std::fs::write(folder.join("keys/witness.key"), Witness::generate("test.example").unwrap().1).unwrap();
    let source = backup::Source {
        db: pair.office.db(),
        files: pair.office.files(),
        folder,
        data: None,
        clock: pair.office.clock(),
    };
    backup::make(&source, to, &KeysGo::Inside, &Progress::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_a_witness_begins_anew_from_what_it_signed_itself_and_both_say_so() {
    for watching in TestOffice::both().await {
        let kind = watching.kind;
        let pair = Pair::of(TestOffice::sqlite().await, watching).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("one.backup");
        assert_eq!(pair.keep().await, (1, 0), "{kind}");
        let signed = pair.verdict().await.witnessed;
        back_up(&pair, &file).await;
        for _ in 0..3 {
            pair.add().await;
            pair.watched.clock.forward(300);
            assert_eq!(pair.keep().await, (1, 0), "{kind}");
        }
        let seen = pair.verdict().await.witnessed;

        let place = folder.path().join("office");
        let database = Settings::Sqlite { file: place.join("office.db") };
        let place = Place {
            folder: place,
            database: database.clone(),
            data: None,
            settings: None,
            keeps_bucket: false,
            environment: |_| None,
        };
        let mut opened = Backup::open(&file, &Progress::default()).unwrap();
        let clock = pair.office.clock();
        backup::restore(&mut opened, &place, &SecretKeys::Inside, clock, &Progress::default()).await.unwrap();
        let mut restored = TestOffice::found_in("SQLite", &database, &pair.watched.log_secret).await;
        restored.office = with(&restored.office, |config| config.witnesses = pair.office.config().witnesses.clone());
        restored.clock.forward(900);
        let keep = async || {
            let kept = keep_checkpoints(&restored.office, restored.tenant).await.unwrap();
            (kept.witnessed, kept.failed)
        };
        assert_eq!(keep().await, (0, 1), "{kind}: the witness saw more than there is");
        let page = restored.browser("A1").await.get("/log").await.body;
        assert!(page.contains("백업에서 복원되었기 때문일 수 있습니다") && page.contains("백업에서 복원함"), "{page}");

        let taken = {
            let tx = restored.office.db().read(restored.tenant).await.unwrap();
            checkpoints(&tx).await.unwrap()
        };
        let origin = pair.office.signer().origin(&pair.watched.code);
        let key = pair.office.signer().key().to_owned();
        let watched = vec![Watched { origin: origin.clone(), key }];
        let witness = with(&pair.watching.office, |config| config.witness = watched);
        let reason = "디스크가 고장 나 백업에서 복원함";
        let unknown = begin_anew(&witness, "elsewhere.example/1", Anew::Signed(&taken), reason).await;
        assert!(matches!(unknown, Err(AnewError::Unknown(_))), "{unknown:?}");
        let foreign: String =
            taken.lines().filter(|line| !line.contains("test-witness")).collect::<Vec<_>>().join("\n");
        let unsigned = begin_anew(&witness, &origin, Anew::Signed(&foreign), reason).await;
        assert!(matches!(unsigned, Err(AnewError::Unsigned(_))), "{unsigned:?}");
        let silent = begin_anew(&witness, &origin, Anew::Signed(&taken), " ").await;
        assert!(matches!(silent, Err(AnewError::Reason)), "{silent:?}");

        let begun = begin_anew(&witness, &origin, Anew::Signed(&taken), reason).await.unwrap();
        assert_eq!((begun.before, begun.after), (seen, signed), "{kind}");
        restored.clock.forward(300);
        assert_eq!(keep().await, (1, 0), "{kind}: it signs again, and what it had signed of it still stands");
        let mut watching = pair.watching;
        watching.office = witness;
        let page = watching.browser("A1").await.get("/log").await.body;
        assert!(page.contains("증인으로서 새로 시작함") && page.contains(reason), "{kind}: {page}");
    }
}
