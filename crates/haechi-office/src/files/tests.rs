//! Files in a folder and in a bucket, as stories.

pub(crate) mod clamd;

use futures::TryStreamExt as _;
use haechi_testkit::s3::{ACCESS_KEY_ID, S3Server, SECRET_ACCESS_KEY};

use super::*;
use crate::config::FileStore;

/// Files of an office in a folder, and of one in a bucket.
struct Kept {
    office: tempfile::TempDir,
    server: Option<S3Server>,
    files: Files,
}

fn in_folder() -> Kept {
    let office = tempfile::tempdir().unwrap();
    let files = Files::open(&Config::default(), office.path(), |_| None).unwrap();
    Kept { office, server: None, files }
}

fn in_bucket() -> Kept {
    let server = start();
    let store = store(&server);
    let office = tempfile::tempdir().unwrap();
    let files = Files::open(&Config { files: store, ..Config::default() }, office.path(), environment).unwrap();
    Kept { office, server: Some(server), files }
}

/// A bucket, and the settings of an office that keeps its files there.
pub(crate) fn bucket() -> (S3Server, FileStore, tempfile::TempDir) {
    use std::os::unix::fs::PermissionsExt as _;
    let (server, folder) = (start(), tempfile::tempdir().unwrap());
    let key = folder.path().join("key.toml");
    let text = format!("access_key_id = \"{ACCESS_KEY_ID}\"\nsecret_access_key = \"{SECRET_ACCESS_KEY}\"\n");
    std::fs::write(&key, text).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    let store = FileStore { credentials: Some(key), ..store(&server) };
    (server, store, folder)
}

/// It has a runtime of its own, which cannot be begun or ended within another.
fn start() -> S3Server {
    std::thread::spawn(|| S3Server::start("city").unwrap()).join().unwrap()
}

fn store(server: &S3Server) -> FileStore {
    FileStore {
        url: Some("s3://city/haechi/files".to_owned()),
        endpoint: Some(server.endpoint()),
        retry_seconds: Some(0),
        ..FileStore::default()
    }
}

fn environment(name: &str) -> Option<String> {
    match name {
        "AWS_ACCESS_KEY_ID" => Some(ACCESS_KEY_ID.to_owned()),
        "AWS_SECRET_ACCESS_KEY" => Some(SECRET_ACCESS_KEY.to_owned()),
        _ => None,
    }
}

impl Kept {
    /// Where the file of a digest lies, for looking at it and damaging it.
    fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        let root = match &self.server {
            Some(server) => server.bucket("city").join("haechi/files"),
            None => self.office.path().join("files"),
        };
        root.join(&name[..2]).join(name)
    }

    async fn listed(&self) -> Vec<Listed> {
        let mut listed: Vec<Listed> = self.files.list().try_collect().await.unwrap();
        listed.sort();
        listed
    }

    /// What is left lying of files that were not kept.
    fn left(&self) -> usize {
        let uploads = self.server.as_ref().map_or(0, |server| server.open_uploads().unwrap());
        uploads + std::fs::read_dir(self.files.spool().unwrap()).unwrap().count()
    }
}

async fn keep(files: &Files, name: &str, bytes: &[u8]) -> Result<KeptFile, FileError> {
    let mut writing = files.begin(name, 40 * 1024 * 1024)?;
    writing.add(bytes)?;
    writing.keep().await
}

/// So many bytes of a text, more than are sent at once.
fn long_text() -> Vec<u8> {
    (0..2_000_000_u32).flat_map(|line| format!("{line:07}\n").into_bytes()).collect()
}

#[tokio::test]
async fn a_file_is_kept_once_under_its_digest_and_one_that_was_changed_is_noticed() {
    for kept in [in_folder(), in_bucket()] {
        let files = &kept.files;
        let one = keep(files, "../../etc/영수증.pdf", b"%PDF-1.7 x").await.unwrap();
        assert_eq!((one.name.as_str(), one.media.as_str()), ("영수증.pdf", "application/pdf"));
        assert_eq!(keep(files, "other.pdf", b"%PDF-1.7 x").await.unwrap().digest, one.digest);
        assert_eq!(kept.listed().await, [Listed { digest: one.digest, bytes: 10 }]);
        assert_eq!(files.read(&one.digest).await.unwrap(), b"%PDF-1.7 x");
        std::fs::write(kept.path(&one.digest), b"%PDF-1.7 y").unwrap();
        assert!(matches!(files.read(&one.digest).await, Err(FileError::Gone(_))));
        keep(files, "again.pdf", b"%PDF-1.7 x").await.unwrap();
        assert_eq!(files.read(&one.digest).await.unwrap(), b"%PDF-1.7 x", "who sends it again mends it");
        std::fs::remove_file(kept.path(&one.digest)).unwrap();
        assert!(matches!(files.read(&one.digest).await, Err(FileError::Gone(_))));
    }
}

#[tokio::test]
async fn a_large_file_goes_and_comes_in_pieces_and_is_the_same() {
    for kept in [in_folder(), in_bucket()] {
        let text = long_text();
        let one = keep(&kept.files, "ledger.csv", &text).await.unwrap();
        assert_eq!((one.digest, one.bytes), (Digest::of(&text), text.len() as u64));
        let pieces: Vec<Bytes> = kept.files.stream(&one.digest).await.unwrap().try_collect().await.unwrap();
        assert!(pieces.len() > 1 && pieces.concat() == text);
        assert_eq!(kept.left(), 0);
    }
}

#[tokio::test]
async fn what_is_empty_too_large_or_not_what_it_says_is_refused_and_leaves_nothing() {
    for kept in [in_folder(), in_bucket()] {
        let files = &kept.files;
        let large = files.begin("a.pdf", 1_000).unwrap().add(&[b'x'; 2_000]);
        assert!(matches!(large, Err(FileError::Large(1_000))));
        assert!(matches!(keep(files, "a.pdf", b"").await, Err(FileError::Empty)));
        assert!(matches!(keep(files, "a.pdf", b"MZ program").await, Err(FileError::Kind)));
        assert!(matches!(keep(files, "a.exe", b"MZ program").await, Err(FileError::Kind)));
        assert!(matches!(keep(files, "a.txt", b"a\0b").await, Err(FileError::Kind)));
        let late = [&*long_text(), b"\0"].concat();
        assert!(matches!(keep(files, "a.txt", &late).await, Err(FileError::Kind)), "a zero byte far behind");
        let half = files.begin("half.txt", 1_000).map(|mut writing| writing.add(b"half"));
        assert!(half.is_ok());
        assert_eq!((kept.listed().await.len(), kept.left()), (0, 0));
    }
}

#[tokio::test]
async fn a_picture_loses_what_it_says_of_where_it_was_taken() {
    // Start, an EXIF segment, an empty scan, end.
    let picture = [
        b"\xff\xd8".as_slice(),
        b"\xff\xe1\x00\x14Exif\0\0GPS 37.5665N",
        b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00",
        b"\xff\xd9",
    ]
    .concat();
    for kept in [in_folder(), in_bucket()] {
        let one = keep(&kept.files, "현장.jpg", &picture).await.unwrap();
        let bytes = kept.files.read(&one.digest).await.unwrap();
        assert!(!bytes.windows(3).any(|three| three == b"GPS"), "{bytes:?}");
        assert_eq!(one.bytes, bytes.len() as u64);
    }
}

#[tokio::test]
async fn two_who_send_the_same_file_at_once_both_have_it() {
    for kept in [in_folder(), in_bucket()] {
        let sent = (0..8).map(|_| keep(&kept.files, "a.txt", b"the same"));
        let sent = futures::future::try_join_all(sent).await.unwrap();
        assert!(sent.iter().all(|one| one.digest == Digest::of("the same")));
        assert_eq!((kept.listed().await.len(), kept.left()), (1, 0));
    }
}

#[tokio::test]
async fn all_files_are_listed_copied_away_and_put_back_and_none_is_taken_for_another() {
    for (from, to) in [(in_folder(), in_bucket()), (in_bucket(), in_folder())] {
        for text in ["하나", "둘", "셋"] {
            keep(&from.files, "a.txt", text.as_bytes()).await.unwrap();
        }
        // What others left there is none of ours.
        let strange = from.path(&Digest::of("하나")).with_file_name("notes.txt");
        std::fs::write(strange, "x").unwrap();
        let listed = from.listed().await;
        assert_eq!(listed.len(), 3);
        for one in &listed {
            let pieces = from.files.stream(&one.digest).await.unwrap();
            to.files.put_back(&one.digest, pieces).await.unwrap();
        }
        assert_eq!(to.listed().await, listed);
        let other = Digest::of("넷");
        let wrong = to.files.put_back(&other, from.files.stream(&listed[0].digest).await.unwrap()).await;
        assert!(matches!(wrong, Err(FileError::Gone(digest)) if digest == other));
        std::fs::write(from.path(&listed[0].digest), "damaged").unwrap();
        let damaged = to.files.put_back(&listed[0].digest, from.files.stream(&listed[0].digest).await.unwrap()).await;
        assert!(matches!(damaged, Err(FileError::Gone(_))), "a damaged one replaces none that is whole");
        assert_eq!((to.listed().await, to.left()), (listed, 0));
    }
}

#[tokio::test]
async fn a_bucket_that_is_not_reached_or_not_there_is_said_and_is_no_missing_file() {
    let mut kept = in_bucket();
    let one = keep(&kept.files, "a.txt", b"text").await.unwrap();
    kept.files.reach().await.unwrap();
    let busy = |kept: &Kept| kept.server.as_ref().unwrap().be_busy_for(1);
    busy(&kept);
    let refused = keep(&kept.files, "b.txt", b"other").await.unwrap_err();
    assert!(matches!(&refused, FileError::Place { why, .. } if why.contains("SlowDown")), "{refused}");
    busy(&kept);
    assert!(matches!(kept.files.read(&one.digest).await, Err(FileError::Place { .. })));
    let problem = Problem::from(refused);
    assert_eq!((problem.status, problem.code), (503, "file.place"));
    let log = problem.inner.unwrap();
    assert!(
        log.contains("s3://city/haechi/files") && !log.contains(SECRET_ACCESS_KEY) && !log.contains("Signature"),
        "{log}"
    );

    let bucket = kept.server.as_ref().unwrap().bucket("city");
    std::fs::rename(&bucket, bucket.with_file_name("gone")).unwrap();
    let gone = kept.files.list().try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(&gone, FileError::Place { why, .. } if why == "there is no such bucket"), "{gone}");
    assert!(kept.files.reach().await.is_err());
    let mut server = kept.server.take().unwrap();
    std::thread::spawn(move || server.stop()).join().unwrap();
    let silent = kept.files.list().try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(&silent, FileError::Place { why, .. } if why.contains("does not answer")), "{silent}");
    assert!(matches!(keep(&kept.files, "b.txt", b"other").await, Err(FileError::Place { .. })));
}

#[tokio::test]
async fn an_upload_that_breaks_half_way_leaves_nothing() {
    for operation in ["UploadPart", "CompleteMultipartUpload"] {
        let kept = in_bucket();
        kept.server.as_ref().unwrap().be_busy_at(operation);
        let broken = keep(&kept.files, "ledger.csv", &long_text()).await;
        assert!(matches!(broken, Err(FileError::Place { .. })), "{operation}");
        assert_eq!((kept.listed().await.len(), kept.left()), (0, 0), "{operation}");
        keep(&kept.files, "ledger.csv", &long_text()).await.unwrap();
    }
}

#[tokio::test]
async fn an_upload_nobody_waits_for_any_more_is_ended_and_not_left_half_way() {
    let kept = in_bucket();
    let came = kept.server.as_ref().unwrap().linger_at("UploadPart");
    let text = long_text();
    tokio::select! {
        _ = keep(&kept.files, "ledger.csv", &text) => panic!("it lingers"),
        go_on = tokio::task::spawn_blocking(move || came.recv().unwrap()) => go_on.unwrap().send(()).unwrap(),
    }
    while kept.listed().await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!((kept.listed().await[0].digest, kept.left()), (Digest::of(&text), 0));
}

#[test]
fn a_bucket_is_not_opened_while_the_folder_holds_files_or_without_its_key() {
    let office = tempfile::tempdir().unwrap();
    let store = FileStore { url: Some("s3://city".to_owned()), ..FileStore::default() };
    let config = Config { files: store, ..Config::default() };
    assert!(matches!(Files::open(&config, office.path(), |_| None), Err(OpenError::NoKey)));
    assert!(Files::open(&config, office.path(), environment).is_ok());
    std::fs::create_dir_all(office.path().join("files/ab")).unwrap();
    assert!(matches!(Files::open(&config, office.path(), environment), Err(OpenError::Both(_))));
}
