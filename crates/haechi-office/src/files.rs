//! Attachments, each under the digest of its bytes: the same file twice is kept once, and one that changed is noticed.

use std::io::Write as _;
use std::path::PathBuf;

use haechi_core::digest::Digest;

use crate::problem::Problem;

/// What may be attached: the ending, the media type, and the bytes such a file begins with.
const KINDS: &[(&str, &str, &[&[u8]])] = &[
    ("pdf", "application/pdf", &[b"%PDF-"]),
    ("png", "image/png", &[b"\x89PNG\r\n\x1a\n"]),
    ("jpg", "image/jpeg", &[b"\xff\xd8\xff"]),
    ("jpeg", "image/jpeg", &[b"\xff\xd8\xff"]),
    ("webp", "image/webp", &[b"RIFF"]),
    ("hwp", "application/x-hwp", &[b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]),
    ("hwpx", "application/hwp+zip", &[b"PK\x03\x04"]),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", &[b"PK\x03\x04"]),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &[b"PK\x03\x04"]),
    ("txt", "text/plain", &[]),
    ("csv", "text/csv", &[]),
];

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
    /// It is not there, or is not what it was.
    #[error("the file {0} is missing or was changed")]
    Gone(Digest),
    /// The disk said no.
    #[error("files could not be read or written")]
    Disk(#[from] std::io::Error),
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
            FileError::Gone(_) | FileError::Disk(_) => Self::internal("file.disk", &error),
        }
    }
}

/// A folder of files.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

/// A file that is being written. Dropped before it is kept, it leaves nothing.
#[derive(Debug)]
pub struct Writing {
    files: Files,
    part: tempfile::NamedTempFile,
    name: String,
    ending: String,
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

impl Files {
    /// Files in `folder`, which is made when the first comes.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    fn path(&self, digest: &Digest) -> PathBuf {
        let name = digest.to_string();
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
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
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        if !KINDS.iter().any(|kind| kind.0 == ending) {
            return Err(FileError::Kind);
        }
        std::fs::create_dir_all(&self.folder)?;
        let part = tempfile::NamedTempFile::new_in(&self.folder)?;
        Ok(Writing { files: self.clone(), part, name, ending, bytes: 0, most })
    }

    /// The file's bytes.
    ///
    /// # Errors
    ///
    /// One that is missing, or whose bytes are not those of its digest.
    pub fn read(&self, digest: &Digest) -> Result<Vec<u8>, FileError> {
        let bytes = std::fs::read(self.path(digest)).map_err(|_| FileError::Gone(*digest))?;
        if Digest::of(&bytes) == *digest { Ok(bytes) } else { Err(FileError::Gone(*digest)) }
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
        Ok(self.part.write_all(bytes)?)
    }

    /// Keeps the file under its digest. What a picture says of where and by whom it was taken is left out.
    ///
    /// # Errors
    ///
    /// An empty file; one that is not what its name says; a disk that says no.
    pub fn keep(self) -> Result<KeptFile, FileError> {
        let Self { files, mut part, name, ending, .. } = self;
        let bytes = std::fs::read(part.path())?;
        let kind = KINDS.iter().find(|kind| kind.0 == ending).ok_or(FileError::Kind)?;
        if bytes.is_empty() {
            return Err(FileError::Empty);
        }
        let fits = kind.2.is_empty() || kind.2.iter().any(|begin| bytes.starts_with(begin));
        if !fits || (kind.2.is_empty() && bytes.contains(&0)) {
            return Err(FileError::Kind);
        }
        let bytes = match without_metadata(&ending, &bytes) {
            Some(bare) => {
                part.as_file_mut().set_len(0)?;
                std::io::Seek::rewind(part.as_file_mut())?;
                part.write_all(&bare)?;
                bare
            }
            None => bytes,
        };
        let digest = Digest::of(&bytes);
        let path = files.path(&digest);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        part.as_file().sync_all()?;
        part.persist(&path).map_err(|error| error.error)?;
        Ok(KeptFile { digest, name, media: kind.1.to_owned(), bytes: bytes.len() as u64 })
    }
}

/// A picture without EXIF: where, when and with what it was taken. None for what is no picture or holds none.
fn without_metadata(ending: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    use img_parts::ImageEXIF as _;
    let bytes = img_parts::Bytes::copy_from_slice(bytes);
    match ending {
        "jpg" | "jpeg" => {
            let mut picture = img_parts::jpeg::Jpeg::from_bytes(bytes).ok()?;
            picture.set_exif(None);
            // Application segments other than colour profiles: XMP, IPTC, makers' own; and comments.
            picture.segments_mut().retain(|segment| !matches!(segment.marker(), 0xE1 | 0xE3..=0xED | 0xEF | 0xFE));
            Some(picture.encoder().bytes().to_vec())
        }
        "png" => {
            let mut picture = img_parts::png::Png::from_bytes(bytes).ok()?;
            picture
                .chunks_mut()
                .retain(|chunk| !matches!(&chunk.kind(), b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"));
            Some(picture.encoder().bytes().to_vec())
        }
        "webp" => {
            let mut picture = img_parts::webp::WebP::from_bytes(bytes).ok()?;
            picture.set_exif(None);
            Some(picture.encoder().bytes().to_vec())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(files: &Files, name: &str, bytes: &[u8]) -> Result<KeptFile, FileError> {
        let mut writing = files.begin(name, 1_000)?;
        writing.add(bytes)?;
        writing.keep()
    }

    #[test]
    fn a_file_is_kept_once_under_its_digest_and_one_that_was_changed_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path().join("files"));
        let one = kept(&files, "../../etc/영수증.pdf", b"%PDF-1.7 x").unwrap();
        assert_eq!((one.name.as_str(), one.media.as_str()), ("영수증.pdf", "application/pdf"));
        assert_eq!(kept(&files, "other.pdf", b"%PDF-1.7 x").unwrap().digest, one.digest);
        assert_eq!(files.read(&one.digest).unwrap(), b"%PDF-1.7 x");
        std::fs::write(files.path(&one.digest), b"%PDF-1.7 y").unwrap();
        assert!(matches!(files.read(&one.digest), Err(FileError::Gone(_))));
    }

    #[test]
    fn what_is_empty_too_large_or_not_what_it_says_is_refused_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path().join("files"));
        assert!(matches!(kept(&files, "a.pdf", b""), Err(FileError::Empty)));
        assert!(matches!(kept(&files, "a.pdf", &[b'x'; 2_000]), Err(FileError::Large(1_000))));
        assert!(matches!(kept(&files, "a.pdf", b"MZ program"), Err(FileError::Kind)));
        assert!(matches!(kept(&files, "a.exe", b"MZ program"), Err(FileError::Kind)));
        assert!(matches!(kept(&files, "a.txt", b"a\0b"), Err(FileError::Kind)));
        assert_eq!(std::fs::read_dir(folder.path().join("files")).unwrap().count(), 0);
    }

    #[test]
    fn a_picture_loses_what_it_says_of_where_it_was_taken() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(folder.path().join("files"));
        // Start, an EXIF segment, an empty scan, end.
        let picture = [
            b"\xff\xd8".as_slice(),
            b"\xff\xe1\x00\x14Exif\0\0GPS 37.5665N",
            b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00",
            b"\xff\xd9",
        ]
        .concat();
        let one = kept(&files, "현장.jpg", &picture).unwrap();
        let bytes = files.read(&one.digest).unwrap();
        assert!(!bytes.windows(3).any(|three| three == b"GPS"), "{bytes:?}");
    }
}
