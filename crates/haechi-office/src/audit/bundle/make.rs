//! A bundle is written.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use serde::Serialize;
use serde_json::value::RawValue;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::prove::Proven;
use super::{BundleError, bag, name};

/// What is said of a case.
#[derive(Debug)]
pub struct Contents {
    /// Its id.
    pub case: String,
    /// Whose it is, for people.
    pub government: String,
    /// When the bundle is made, UTC.
    pub made_at: String,
    /// The case's row as JSON, byte for byte as its digest is made.
    pub row: String,
    /// What happened to it.
    pub entries: serde_json::Value,
    /// The steps up the report line.
    pub steps: serde_json::Value,
    /// Its attachments.
    pub attachments: Vec<Attachment>,
    /// What the engine found.
    pub alert: Found,
    /// The report of the run that found it last, as it was received.
    pub run: String,
    /// The events about it.
    pub proven: Proven,
}

/// What was found, and by which runs.
#[derive(Debug)]
pub struct Found {
    /// The alert's id.
    pub id: String,
    /// What it was raised for as JSON, byte for byte as the digest in the case's row is made.
    pub found: String,
    /// The run that brought it first.
    pub first_run: String,
    /// The run that brought it last.
    pub last_run: String,
    /// The snapshots which that run read.
    pub snapshots: Vec<String>,
}

/// A file that was attached to the case.
#[derive(Debug)]
pub struct Attachment {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// The digest it was attached with.
    pub digest: String,
    /// Its bytes; none where the file is no longer there.
    pub bytes: Option<Vec<u8>>,
}

/// `case.json`.
#[derive(Serialize)]
struct CaseFile<'a> {
    format: u32,
    case: &'a RawValue,
    entries: &'a serde_json::Value,
    steps: &'a serde_json::Value,
    attachments: Vec<Listed<'a>>,
}

/// `alert.json`.
#[derive(Serialize)]
struct AlertFile<'a> {
    format: u32,
    id: &'a str,
    found: &'a RawValue,
    first_run: &'a str,
    last_run: &'a str,
    snapshots: &'a [String],
}

/// An attachment in `case.json`.
#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    name: &'a str,
    media: &'a str,
    digest: &'a str,
    /// Where it lies in the bundle; none where the installation no longer has it.
    file: Option<String>,
}

/// The bundle as a zip archive with one folder in it.
///
/// # Errors
///
/// When something cannot be written as JSON or the archive not be made.
pub fn make(contents: Contents) -> Result<Vec<u8>, BundleError> {
    let mut payload = BTreeMap::new();
    let mut listed = Vec::new();
    for (number, one) in contents.attachments.iter().enumerate() {
        let file = format!("{}/{:03}-{}", name::ATTACHMENTS, number + 1, bag::file_name(&one.name));
        let file = one.bytes.as_ref().map(|bytes| {
            payload.insert(file.clone(), bytes.clone());
            file
        });
        listed.push(Listed { id: &one.id, name: &one.name, media: &one.media, digest: &one.digest, file });
    }
    let row = RawValue::from_string(contents.row)?;
    let case = CaseFile {
        format: super::FORMAT,
        case: &row,
        entries: &contents.entries,
        steps: &contents.steps,
        attachments: listed,
    };
    let found = RawValue::from_string(contents.alert.found)?;
    let alert = AlertFile {
        format: super::FORMAT,
        id: &contents.alert.id,
        found: &found,
        first_run: &contents.alert.first_run,
        last_run: &contents.alert.last_run,
        snapshots: &contents.alert.snapshots,
    };
    let proven = contents.proven;
    payload.insert(name::ABOUT.to_owned(), about(&contents.case).into_bytes());
    payload.insert(name::CASE.to_owned(), serde_json::to_vec_pretty(&case)?);
    payload.insert(name::ALERT.to_owned(), serde_json::to_vec_pretty(&alert)?);
    payload.insert(name::RUN.to_owned(), contents.run.into_bytes());
    payload.insert(name::EVENTS.to_owned(), proven.events.into_bytes());
    payload.insert(name::PROOF.to_owned(), serde_json::to_vec_pretty(&proven.proof)?);
    payload.insert(name::CHECKPOINT.to_owned(), proven.checkpoint.into_bytes());
    if let Some(note) = proven.witnessed {
        payload.insert(name::WITNESSED.to_owned(), note.into_bytes());
    }
    let info = [
        ("Source-Organization", contents.government),
        ("External-Identifier", contents.case.clone()),
        ("External-Description", "A case of internal control with the proof that it is in the signed log".to_owned()),
        ("Bagging-Date", contents.made_at.get(..10).unwrap_or_default().to_owned()),
        ("Bag-Software-Agent", format!("Haechi {}", env!("CARGO_PKG_VERSION"))),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in bag::files(payload, &info) {
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        zip.start_file(format!("haechi-case-{}/{path}", contents.case), options)?;
        zip.write_all(&bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What the reader is told in the bundle itself.
fn about(case: &str) -> String {
    format!(
        "사안 {case}의 증명 묶음입니다. 개인정보가 들어 있으니 받은 목적에만 쓰고, 끝나면 지우십시오.\n\
         확인: haechi verify bundle 이-파일.zip --key 기관의-공개-열쇠 --witness 증인의-공개-열쇠\n\
         열쇠는 이 묶음이 아니라 기관과 증인에게서 직접 받으십시오.\n\
         증명되는 것: 사안의 지금 상태와 그때까지의 사건, 찾은 내용과 근거, 답변과 의견의 글, 첨부가 서명된 기록과 같다는 것. 나머지(단계, \
         점검 보고)는 기관이 준 그대로입니다.\n\
         \n\
         This is the proof bundle of case {case}. It holds personal data: use it for what you were given it for, then delete it.\n\
         Verify: haechi verify bundle THIS.zip --key KEY-OF-THE-INSTALLATION --witness KEY-OF-A-WITNESS\n\
         Get the keys from the installation and its witnesses, not from this bundle.\n\
         Proved: that the case as it stands, the events up to then, what was found with its evidence, what people answered and wrote, and \
         the attachments are those of the signed log. The rest (the steps, the run's report) is as the installation gave it.\n"
    )
}
