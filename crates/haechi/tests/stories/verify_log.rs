//! An auditor verifies an office's log on another machine, with the program and three files.

use std::path::PathBuf;

use haechi_core::time::FixedClock;
use haechi_office::audit::{
    Entry, LogKey, Record, Seen, Signer, Via, Witness, append, checkpoint, checkpoints, consistency, cosign, export,
};
use haechi_office::db::{Database, Settings};
use haechi_office::ids::TenantId;

use crate::city::{Ran, program};

const CLOCK: FixedClock = FixedClock(1_795_478_400);

/// What the auditor was given.
struct Given {
    folder: tempfile::TempDir,
    key: String,
    witness: String,
}

impl Given {
    /// A log of 30 events; a witness signed the checkpoint after 20 of them.
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&Settings::Sqlite { file: folder.path().join("office.db") }).await.unwrap();
        let (tenant, (signer, _)) = (TenantId::new(), Signer::generate("haechi.example").unwrap());
        let witness = Witness::new("witness.example", [7; 32]).unwrap();
        for id in 0..30_u64 {
            let tx = database.write(tenant).await.unwrap();
            let entry = Entry {
                action: "case.confirm".to_owned(),
                actor: "0199".to_owned(),
                true_actor: None,
                via: Via::Web,
                record: Record { kind: "case".to_owned(), id: id.to_string() },
                before: None,
                after: None,
            };
            append(&tx, &CLOCK, &entry).await.unwrap();
            if id == 19 {
                let note = checkpoint(&tx, &signer, "3110000", &CLOCK).await.unwrap().unwrap();
                let log = LogKey::parse(signer.key()).unwrap();
                let proof = consistency(&tx, 20, 0).await.unwrap();
                let (line, _) = witness.cosign(&note, &log, Seen::default(), &proof, 1_795_478_401).unwrap();
                cosign(&tx, 20, &witness.key(), &line).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        let tx = database.read(tenant).await.unwrap();
        let mut events = Vec::new();
        export(&tx, &mut events).await.unwrap();
        std::fs::write(folder.path().join("events.jsonl"), events).unwrap();
        std::fs::write(folder.path().join("checkpoints.txt"), checkpoints(&tx).await.unwrap()).unwrap();
        Self { folder, key: signer.key().to_owned(), witness: witness.key().to_string() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn verify(&self, events: &str, witness: &str) -> Ran {
        let mut command = program();
        command.args(["verify", "log"]).arg(self.path(events)).arg(self.path("checkpoints.txt"));
        Ran::of(command.args(["--key", &self.key, "--witness", witness]))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_holds_says_how_far_a_witness_saw_it() {
    let given = Given::new().await;
    let said = given.verify("events.jsonl", &given.witness).ends_with(0).text();
    assert!(said.contains("The log of haechi.example/3110000: 30 events."), "{said}");
    assert!(said.contains("As a witness saw them: the first 20."), "{said}");
    assert!(said.contains("Not yet witnessed: the last 10."), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_event_is_found_and_the_program_says_so_with_its_exit_code() {
    let given = Given::new().await;
    let events = std::fs::read_to_string(given.path("events.jsonl")).unwrap();
    std::fs::write(given.path("edited.jsonl"), events.replacen("case.confirm", "case.return", 1)).unwrap();
    let said = given.verify("edited.jsonl", &given.witness).ends_with(30).text();
    assert!(said.contains("Does not hold: events 0 to 19 are not what a witness signed"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_no_named_witness_signed_does_not_hold_and_a_text_that_is_no_key_is_bad_input() {
    let given = Given::new().await;
    let stranger = Witness::new("stranger.example", [9; 32]).unwrap().key().to_string();
    let said = given.verify("events.jsonl", &stranger).ends_with(30).text();
    assert!(said.contains("No witness has signed any of them"), "{said}");
    given.verify("events.jsonl", "a key").ends_with(10);
    given.verify("not-there.jsonl", &given.witness).ends_with(10);
}
