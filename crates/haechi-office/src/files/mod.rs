//! Attachments, each under the digest of its bytes: the same file twice is kept once, and one that changed is noticed.
//!
//! What comes is spooled in a nameless file of the office's folder, which goes with the process. Only when it was looked at whole is it
//! put under its digest, in a folder or a bucket, in one step.

pub(crate) mod clamd;
mod kinds;
mod place;
pub(crate) mod settings;
#[cfg(test)]
pub(crate) mod tests;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use haechi_core::digest::Digest;
use haechi_core::words::Words;
use sha2::Digest as _;

pub use self::clamd::ScanFault;

use self::clamd::{Scanner, Verdict};
use self::kinds::Kind;
use self::place::Place;
use self::settings::{Address, Credentials};
use crate::config::Config;
use crate::problem::Problem;

/// Why a file was not taken, or not given.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No file came, or one without a byte.
    #[error("the file is empty")]
    Empty,
    /// Larger than is allowed.
    #[error("the file is larger than {0} bytes")]
    Large(u64),
    /// Of a kind that is not taken, or that is not what its name says.
    #[error("a file of this kind is not taken")]
    Kind,
    /// It was taken away, since nothing pointed at it any more, while somebody sent it again.
    #[error("the file {0} was taken away meanwhile")]
    Overtaken(Digest),
    /// It is not there, or is not what it was.
    #[error("the file {0} is missing or was changed")]
    Gone(Digest),
    /// The scanner found something in it.
    #[error("the scanner found {finding} in a file with digest {digest}")]
    Infected {
        /// What, as the scanner calls it: at most a hundred visible ASCII characters.
        finding: String,
        /// The digest of the file, of which nothing is kept.
        digest: Digest,
    },
    /// It could not be scanned, and is not taken without.
    #[error(transparent)]
    NotScanned(#[from] ScanFault),
    /// The disk said no.
    #[error("files could not be read or written")]
    Disk(#[from] std::io::Error),
    /// Where files lie cannot be reached, or said no.
    #[error("{place}: {why}")]
    Place {
        /// The folder or bucket.
        place: String,
        /// What it said, without anything that was sent to it.
        why: String,
    },
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Empty => Self::invalid("file.empty", ("파일이 비어 있습니다.", "The file is empty.")),
            FileError::Large(_) => Self::new(
                413,
                "file.large",
                ("파일이 너무 큽니다.", "The file is too large."),
                ("줄이거나 나누어 올려 주십시오.", "Make it smaller, or send it in parts."),
            ),
            FileError::Kind => Self::invalid(
                "file.kind",
                (
                    "PDF, 그림(PNG, JPEG, WebP), 한글(HWP, HWPX), DOCX, XLSX, TXT, CSV 파일만 올릴 수 있고, 내용이 이름과 맞아야 합니다.",
                    "PDF, PNG, JPEG, WebP, HWP, HWPX, DOCX, XLSX, TXT and CSV are taken, and must be what their name says.",
                ),
            ),
            FileError::Infected { finding, .. } => {
                let mut problem = Self::invalid("file.infected", ("", ""));
                problem.happened = Words::new(
                    format!(
                        "바이러스 검사에서 ‘{finding}’이(가) 나온 파일이어서 받지 않았습니다. 파일은 남기지 않았고, 있었던 일은 기록했습니다."
                    ),
                    format!(
                        "The virus scanner found ‘{finding}’ in this file, so it was not taken. Nothing of it is kept; that it came is in the log."
                    ),
                );
                problem.advice = Words::new(
                    "이 파일을 열지 말고 정보보안 담당자에게 알려 주십시오. 깨끗한 파일은 다시 올릴 수 있습니다.",
                    "Do not open the file, and tell whoever answers for information security. A clean one can be sent again.",
                );
                problem
            }
            FileError::NotScanned(ScanFault::Large(_)) => {
                let mut problem = Self::new(
                    413,
                    "file.scan_large",
                    (
                        "바이러스 검사기가 이 크기의 파일을 검사하지 못해 받지 않았습니다.",
                        "The virus scanner takes no file of this size, so it was not taken.",
                    ),
                    (
                        "줄이거나 나누어 올리거나, 관리자에게 검사기의 한도를 높여 달라고 해 주십시오.",
                        "Make it smaller or send it in parts, or ask your administrator to raise the scanner's limit.",
                    ),
                );
                problem.inner = Some(error.to_string());
                problem
            }
            FileError::NotScanned(ref fault) => {
                let mut problem = Self::internal("file.not_scanned", fault);
                problem.status = 503;
                problem.happened = Words::new(
                    "파일은 바이러스 검사를 거쳐야 받을 수 있는데, 지금 검사기가 답하지 않습니다. 저장된 것은 없습니다.",
                    "Files are taken only once they are scanned for viruses, and the scanner cannot be reached just now. Nothing was saved.",
                );
                problem
            }
            FileError::Overtaken(_) => Self::new(
                503,
                "file.overtaken",
                (
                    "같은 파일이 바로 그때 파기되었습니다. 저장된 것은 없습니다.",
                    "The same file was destroyed at that moment. Nothing was saved.",
                ),
                ("파일을 다시 올려 주십시오.", "Send the file again."),
            ),
            FileError::Place { .. } => {
                let mut problem = Self::new(
                    503,
                    "file.place",
                    (
                        "첨부 파일 저장소에 지금 닿지 않습니다. 저장된 것은 없습니다.",
                        "The place where attachments are kept cannot be reached just now. Nothing was saved.",
                    ),
                    (
                        "잠시 후 다시 시도하고, 계속되면 관리자에게 알려 주십시오.",
                        "Try again shortly; if it stays, tell your administrator.",
                    ),
                );
                problem.inner = Some(error.to_string());
                problem
            }
            FileError::Gone(_) | FileError::Disk(_) => Self::internal("file.disk", &error),
        }
    }
}

/// Why files cannot be kept with these settings.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The settings contradict themselves.
    #[error("office.toml: {0}")]
    Settings(String),
    /// The folder could not be made.
    #[error("cannot make {path}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A bucket is named, and the folder holds files, which would be out of sight.
    #[error(
        "office.toml names a bucket, but {0} still holds files. Copy all of it below the bucket's prefix, as it lies, and move the \
         folder away"
    )]
    Both(PathBuf),
    /// A bucket without an access key.
    #[error(
        "office.toml keeps attachments in a bucket, and no access key to it is known. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, \
         or name a file of mode 0600 as `credentials` in `[files]`"
    )]
    NoKey,
    /// Half of an access key.
    #[error("{0} is set and {1} is not. Set both or neither")]
    Half(&'static str, &'static str),
    /// The file of the access key cannot be read.
    #[error("cannot read {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others may read the access key.
    #[error("{path} holds an access key and may be read by others (mode {mode:o}). Run `chmod 600 {path}`")]
    Open {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// The file holds no access key.
    #[error("{0} does not hold an access key. Write `access_key_id = \"…\"` and `secret_access_key = \"…\"` into it")]
    NoKeyIn(PathBuf),
    /// A scanner that cannot be with these settings.
    #[error("office.toml: {0}")]
    Scanner(String),
    /// A bucket that cannot be with these settings.
    #[error("{0} cannot be opened: {1}")]
    Bucket(String, String),
}

/// Where attachments lie, and how they get there. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Files {
    place: Arc<Place>,
    spool: PathBuf,
    scanner: Option<Scanner>,
}

/// A file that is being written. Dropped before it is kept, or with the process, it leaves nothing.
#[derive(Debug)]
pub struct Writing {
    files: Files,
    spooled: std::fs::File,
    name: String,
    bytes: u64,
    most: u64,
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    /// The digest of its bytes.
    pub digest: Digest,
    /// Its name, without a path.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its size.
    pub bytes: u64,
}

/// A file that lies there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The digest it lies under.
    pub digest: Digest,
    /// Its size.
    pub bytes: u64,
}

impl Files {
    /// The files of the office in the folder `office`, where `config` has them: in its folder `files/`, or in a bucket. What comes is
    /// spooled in `spool/`. `environment` gives the variables that hold an access key.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made; settings or an access key with which no file could be kept. No server is asked yet.
    pub fn open(
        config: &Config,
        office: &Path,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, OpenError> {
        let folder = office.join("files");
        let place = match Address::of(&config.files).map_err(OpenError::Settings)? {
            None => Place::folder(folder)?,
            Some(_) if place::holds_something(&folder) => return Err(OpenError::Both(folder)),
            Some(address) => Place::bucket(address, Credentials::of(&config.files, office, environment)?)?,
        };
        let scanner = Scanner::of(&config.clamd).map_err(OpenError::Scanner)?;
        Ok(Self { place: Arc::new(place), spool: office.join("spool"), scanner })
    }

    /// Asks whether files can be kept: where they lie is there, and who scans them, if anybody does, answers.
    ///
    /// # Errors
    ///
    /// What an upload would be refused with.
    pub async fn reach(&self) -> Result<(), FileError> {
        self.list().try_next().await?;
        if let Some(scanner) = &self.scanner {
            scanner.scan(tempfile::tempfile_in(self.spool()?)?).await?;
        }
        Ok(())
    }

    /// A path on the disk that fills as files come.
    pub(crate) fn disk(&self) -> &Path {
        self.place.on_disk().unwrap_or(&self.spool)
    }

    /// The folder in which what comes is spooled, made where it is not there.
    ///
    /// # Errors
    ///
    /// A disk that says no.
    pub(crate) fn spool(&self) -> std::io::Result<&Path> {
        std::fs::create_dir_all(&self.spool)?;
        Ok(&self.spool)
    }

    /// Begins a file of at most `most` bytes.
    ///
    /// # Errors
    ///
    /// A name whose ending is of no kind that is taken; a disk that says no.
    pub fn begin(&self, name: &str, most: u64) -> Result<Writing, FileError> {
        let name: String = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|one| !one.is_control())
            .take(150)
            .collect();
        Kind::of(&name).ok_or(FileError::Kind)?;
        let spooled = tempfile::tempfile_in(self.spool()?)?;
        Ok(Writing { files: self.clone(), spooled, name, bytes: 0, most })
    }

    /// The file's bytes.
    ///
    /// # Errors
    ///
    /// One that is missing, or whose bytes are not those of its digest; a place that cannot be reached.
    pub async fn read(&self, digest: &Digest) -> Result<Vec<u8>, FileError> {
        let stream = self.stream(digest).await?;
        stream
            .try_fold(Vec::new(), |mut all, piece| async move {
                all.extend_from_slice(&piece);
                Ok(all)
            })
            .await
    }

    /// The file's bytes as they come. Where they were not those of its digest the last of the stream is an error: who passes them on
    /// before has to take them back.
    ///
    /// # Errors
    ///
    /// One that is missing; a place that cannot be reached. Both may come later too, in the stream.
    pub async fn stream(&self, digest: &Digest) -> Result<BoxStream<'static, Result<Bytes, FileError>>, FileError> {
        let (digest, pieces) = (*digest, self.place.get(digest).await?);
        let verified = futures::stream::try_unfold(Some((pieces, sha2::Sha256::new())), move |state| async move {
            let Some((mut pieces, mut hasher)) = state else { return Ok(None) };
            match pieces.try_next().await? {
                Some(piece) => {
                    hasher.update(&piece);
                    Ok(Some((piece, Some((pieces, hasher)))))
                }
                None if Digest::from_bytes(hasher.finalize().into()) == digest => Ok(None),
                None => Err(FileError::Gone(digest)),
            }
        });
        Ok(verified.boxed())
    }

    /// Every file that is kept, in no order. One that is added meanwhile may or may not be among them.
    pub fn list(&self) -> BoxStream<'static, Result<Listed, FileError>> {
        self.place.list()
    }

    /// Puts a file back under its digest, as [`Self::stream`] gave it: for what was kept elsewhere meanwhile.
    ///
    /// # Errors
    ///
    /// Bytes that are not those of the digest, of which none is kept; a disk or place that says no.
    pub async fn put_back(
        &self,
        digest: &Digest,
        pieces: impl Stream<Item = Result<Bytes, FileError>> + Send,
    ) -> Result<(), FileError> {
        let mut spooled = tempfile::tempfile_in(self.spool()?)?;
        let (mut hasher, mut bytes) = (sha2::Sha256::new(), 0);
        let mut pieces = std::pin::pin!(pieces);
        while let Some(piece) = pieces.try_next().await? {
            hasher.update(&piece);
            bytes += piece.len() as u64;
            spooled.write_all(&piece)?;
        }
        if Digest::from_bytes(hasher.finalize().into()) != *digest {
            return Err(FileError::Gone(*digest));
        }
        self.put(*digest, spooled, bytes).await
    }

    /// Whether a file lies there under its digest.
    ///
    /// # Errors
    ///
    /// A place that cannot be reached.
    pub async fn is_there(&self, digest: &Digest) -> Result<bool, FileError> {
        self.place.is_there(digest).await
    }

    /// Takes a file away for good. One that is not there is no error. Who calls it knows that nothing points at it.
    ///
    /// # Errors
    ///
    /// A place that cannot be reached, or says no.
    pub async fn remove(&self, digest: &Digest) -> Result<(), FileError> {
        self.place.remove(digest).await
    }

    /// Goes on to its end also where nobody waits for it any more, so that what was begun in a bucket is ended or taken back.
    async fn put(&self, digest: Digest, file: std::fs::File, bytes: u64) -> Result<(), FileError> {
        let place = Arc::clone(&self.place);
        let putting = tokio::spawn(async move { place.put(&digest, file, bytes).await });
        putting.await.map_err(std::io::Error::other)?
    }
}

impl Writing {
    /// Adds bytes.
    ///
    /// # Errors
    ///
    /// More than are allowed; a disk that says no.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.most {
            return Err(FileError::Large(self.most));
        }
        Ok(self.spooled.write_all(bytes)?)
    }

    /// Keeps the file under its digest. What a picture says of where and by whom it was taken is left out. Where there is a scanner, it is
    /// scanned before.
    ///
    /// # Errors
    ///
    /// An empty file; one that is not what its name says, in which the scanner found something, or that it could not scan; a disk or place
    /// that says no. Then nothing of it is kept.
    pub async fn keep(self) -> Result<KeptFile, FileError> {
        let Self { files, spooled, name, .. } = self;
        let kind = Kind::of(&name).ok_or(FileError::Kind)?;
        let checked = tokio::task::spawn_blocking(move || kind.check(spooled)).await;
        let checked = checked.map_err(std::io::Error::other)??;
        if let Some(scanner) = &files.scanner
            && let Verdict::Infected(finding) = scanner.scan(checked.file.try_clone()?).await?
        {
            return Err(FileError::Infected { finding, digest: checked.digest });
        }
        files.put(checked.digest, checked.file, checked.bytes).await?;
        Ok(KeptFile { digest: checked.digest, name, media: checked.media.to_owned(), bytes: checked.bytes })
    }
}
