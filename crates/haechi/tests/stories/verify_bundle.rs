//! An inspector verifies a case on another machine, with the program, the bundle and two keys.

use std::path::PathBuf;

use haechi_core::digest::Digest;
use haechi_core::time::FixedClock;
use haechi_office::audit::bundle::{Attachment, Contents, Found, make, prove};
use haechi_office::audit::{
    Entry, LogKey, Record, Seen, Signer, Via, Witness, append, checkpoint, consistency, cosign,
};
use haechi_office::db::{Database, Settings};
use haechi_office::ids::TenantId;
use serde_json::json;

use crate::city::{Ran, program};

const CLOCK: FixedClock = FixedClock(1_795_478_400);
const CASE: &str = "01930000-0000-7000-8000-000000000001";

/// What was found.
const FOUND: &str = r#"{"severity":"high"}"#;

/// What the inspector was given.
struct Given {
    folder: tempfile::TempDir,
    key: String,
    witness: String,
}

impl Given {
    /// The bundle of a case that says it is `state`, though the log says it was closed.
    async fn new(state: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&Settings::Sqlite { file: folder.path().join("office.db") }).await.unwrap();
        let (tenant, (signer, _)) = (TenantId::new(), Signer::generate("haechi.example").unwrap());
        let witness = Witness::new("witness.example", [7; 32]).unwrap();
        let row = |state: &str| json!({ "id": CASE, "state": state, "found": Digest::of(FOUND) }).to_string();
        let record = |kind: &str, id: &str| Record { kind: kind.to_owned(), id: id.to_owned() };
        let tx = database.write(tenant).await.unwrap();
        for (kind, id, after) in [
            ("case", CASE, Digest::of(row("with_handler"))),
            ("attachment", "receipt", Digest::of("12,000")),
            ("case", CASE, Digest::of(row("closed"))),
        ] {
            let entry = Entry {
                action: "case.confirm".to_owned(),
                actor: "0199".to_owned(),
                true_actor: None,
                via: Via::Web,
                record: record(kind, id),
                before: None,
                after: Some(after.to_string()),
            };
            append(&tx, &CLOCK, &entry).await.unwrap();
        }
        let note = checkpoint(&tx, &signer, "3110000", &CLOCK).await.unwrap().unwrap();
        let log = LogKey::parse(signer.key()).unwrap();
        let proof = consistency(&tx, 3, 0).await.unwrap();
        let (line, _) = witness.cosign(&note, &log, Seen::default(), &proof, 1_795_478_401).unwrap();
        cosign(&tx, 3, &witness.key(), &line).await.unwrap();
        let bundle = make(Contents {
            case: CASE.to_owned(),
            government: "해치시 (3110000)".to_owned(),
            made_at: "2026-11-24T00:00:00Z".to_owned(),
            row: row(state),
            entries: json!([]),
            steps: json!([]),
            attachments: vec![Attachment {
                id: "receipt".to_owned(),
                name: "영수증.txt".to_owned(),
                media: "text/plain".to_owned(),
                digest: Digest::of("12,000").to_string(),
                bytes: Some(b"12,000".to_vec()),
            }],
            alert: Found {
                id: "alert".to_owned(),
                found: FOUND.to_owned(),
                first_run: "run".to_owned(),
                last_run: "run".to_owned(),
                snapshots: Vec::new(),
            },
            run: "{}".to_owned(),
            proven: prove(&tx, &[record("case", CASE), record("attachment", "receipt")]).await.unwrap(),
        });
        std::fs::write(folder.path().join("bundle.zip"), bundle.unwrap()).unwrap();
        tx.commit().await.unwrap();
        Self { folder, key: signer.key().to_owned(), witness: witness.key().to_string() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn verify(&self, bundle: &str, witness: &str) -> Ran {
        let mut command = program();
        command.args(["verify", "bundle"]).arg(self.path(bundle));
        Ran::of(command.args(["--key", &self.key, "--witness", witness]))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_is_what_the_log_says_holds_and_a_witness_saw_it() {
    let given = Given::new("closed").await;
    let said = given.verify("bundle.zip", &given.witness).ends_with(0).text();
    assert!(said.contains(&format!("Case {CASE} of the log of haechi.example/3110000")), "{said}");
    assert!(said.contains("As a witness saw them: all."), "{said}");
    assert!(said.contains("Proved: what was found"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_is_something_else_does_not_hold_and_what_is_no_bundle_is_bad_input() {
    let given = Given::new("with_audit").await;
    let said = given.verify("bundle.zip", &given.witness).ends_with(30).text();
    assert!(said.contains("Does not hold: `data/case.json` is not the case that event 2"), "{said}");
    let stranger = Witness::new("stranger.example", [9; 32]).unwrap().key().to_string();
    given.verify("bundle.zip", &stranger).ends_with(30);
    given.verify("office.db", &given.witness).ends_with(10);
    given.verify("bundle.zip", "a key").ends_with(10);
    given.verify("not-there.zip", &given.witness).ends_with(10);
}
