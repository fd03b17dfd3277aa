//! What may be attached, and what is left out of it.

use std::fs::File;
use std::io::{Read as _, Seek as _, Write as _};

use haechi_core::digest::Digest;
use sha2::Digest as _;

use super::FileError;

/// A kind of file that is taken.
pub(super) struct Kind {
    ending: &'static str,
    media: &'static str,
    /// What such a file begins with; nothing for text, which holds no zero byte.
    begins: &'static [u8],
}

const fn kind(ending: &'static str, media: &'static str, begins: &'static [u8]) -> Kind {
    Kind { ending, media, begins }
}

const KINDS: [Kind; 11] = [
    kind("pdf", "application/pdf", b"%PDF-"),
    kind("png", "image/png", b"\x89PNG\r\n\x1a\n"),
    kind("jpg", "image/jpeg", b"\xff\xd8\xff"),
    kind("jpeg", "image/jpeg", b"\xff\xd8\xff"),
    kind("webp", "image/webp", b"RIFF"),
    kind("hwp", "application/x-hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    kind("hwpx", "application/hwp+zip", b"PK\x03\x04"),
    kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    kind("txt", "text/plain", b""),
    kind("csv", "text/csv", b""),
];

/// How much is read at once.
const PIECE: u64 = 64 * 1024;

/// A file as it will be kept.
pub(super) struct Checked {
    pub(super) file: File,
    pub(super) digest: Digest,
    pub(super) media: &'static str,
    pub(super) bytes: u64,
}

impl Kind {
    /// The kind that a name ends with.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        let ending = name.rsplit_once('.')?.1.to_lowercase();
        KINDS.iter().find(|kind| kind.ending == ending)
    }

    /// Whether a file is what its name says, and the file without what a picture says of where and by whom it was taken.
    pub(super) fn check(&'static self, mut file: File) -> Result<Checked, FileError> {
        if self.media.starts_with("image/") {
            file.rewind()?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            if let Some(bare) = without_metadata(self.ending, &bytes) {
                file.set_len(0)?;
                file.rewind()?;
                file.write_all(&bare)?;
            }
        }
        file.rewind()?;
        let mut hasher = sha2::Sha256::new();
        let (mut bytes, mut piece) = (0, Vec::new());
        while (&mut file).take(PIECE).read_to_end(&mut piece)? > 0 {
            let is_it =
                if self.begins.is_empty() { !piece.contains(&0) } else { bytes > 0 || piece.starts_with(self.begins) };
            if !is_it {
                return Err(FileError::Kind);
            }
            bytes += piece.len() as u64;
            hasher.update(&piece);
            piece.clear();
        }
        if bytes == 0 {
            return Err(FileError::Empty);
        }
        Ok(Checked { file, digest: Digest::from_bytes(hasher.finalize().into()), media: self.media, bytes })
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
