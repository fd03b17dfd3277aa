//! Looks at a file once before it is read: its digest, its members, their formats and encodings.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use haechi_core::digest::Digest;
use sha2::{Digest as _, Sha256};

use super::archive::{self, BUFFER, Limits};
use super::encoding::Sniffer;
use super::{Encoding, Format, Member, READABLE, Survey, workbook};
use crate::fault::Fault;

/// Looks at the file at `path`.
///
/// - **Shape.** A plain file is read once; so is a `.gz`, `.zst` or `.tar`. Of a zip the bytes are read twice, because its
///   directory lies at its end. Formats are known by their first bytes, never by the name. Memory stays below a megabyte,
///   but for workbooks: their shared texts, and the whole of an XLS or ODS, are held.
/// - **Errors.** Faults that name the file: `file-missing`, `file-is-folder`, `file-unreadable`, `file-empty`, `archive-empty`,
///   `archive-truncated`, `archive-damaged`, `archive-too-large`, `workbook-damaged`, `workbook-encrypted`,
///   `workbook-too-large`, `workbook-binary`, `office-document`, `encoding-utf16`.
/// - **Source.** The order in which encodings are tried is that of `domain.md` 7.4: mark, strict UTF-8 over the whole
///   member, CP949.
pub fn survey(path: &Path) -> Result<Survey, Fault> {
    let file = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy()).into_owned();
    survey_within(path, file, Limits::default())
}

fn survey_within(path: &Path, file: String, limits: Limits) -> Result<Survey, Fault> {
    let unreadable =
        |error: io::Error| Fault::new("file-unreadable", &file, format!("It cannot be read: {error}."), READABLE);
    let mut source = archive::open(path, &file)?;
    let meta = source.metadata().map_err(unreadable)?;
    if meta.len() == 0 {
        return Err(empty(&file));
    }
    if let Some(book) = workbook::sniff(&file, &mut source)? {
        let members = workbook::sheets(&file, &mut source, meta.len(), book)?;
        source.rewind().map_err(unreadable)?;
        let source = Hashing { file: source, hasher: Some(Sha256::new()), bytes: 0 };
        let (sha256, bytes) = source.finish().map_err(unreadable)?;
        return Ok(Survey { file, sha256, bytes, modified: meta.modified().ok(), members });
    }
    source.rewind().map_err(unreadable)?;
    let mut source = Hashing { file: source, hasher: Some(Sha256::new()), bytes: 0 };
    let mut members = Vec::new();
    archive::walk(&mut source, &file, meta.len(), limits, &mut |name, reader| {
        members.push(member(&file, name, reader)?);
        Ok::<(), Fault>(())
    })?;
    // What lies behind the last member belongs to the file too.
    let (sha256, bytes) = source.finish().map_err(unreadable)?;
    if members.is_empty() {
        return Err(Fault::new(
            "archive-empty",
            file,
            "The archive holds no files.",
            "Check that the export was packed.",
        ));
    }
    Ok(Survey { file, sha256, bytes, modified: meta.modified().ok(), members })
}

/// Reads one member to its end.
fn member(file: &str, name: Option<String>, reader: &mut dyn BufRead) -> Result<Member, Fault> {
    let mut member = Member { name, format: Format::Delimited, encoding: Encoding::Utf8, bytes: 0 };
    let named = super::Named::new(file, &member);
    let mut sniffer = Sniffer::default();
    loop {
        let chunk = reader.fill_buf().map_err(|error| named.whole(error))?;
        if chunk.is_empty() {
            break;
        }
        let read = chunk.len();
        sniffer.feed(chunk);
        reader.consume(read);
        member.bytes += read as u64;
    }
    if member.bytes == 0 {
        let mut fault = empty(file);
        fault.place.member = member.name;
        return Err(fault);
    }
    (member.format, member.encoding) = sniffer.finish().map_err(|utf16| {
        named.fault(
            "encoding-utf16",
            format!("{utf16}"),
            "Open it in the spreadsheet program and save it as \"CSV UTF-8\", then import that.",
        )
    })?;
    Ok(member)
}

fn empty(file: &str) -> Fault {
    Fault::new(
        "file-empty",
        file,
        "It is empty.",
        "Export it again; a file without even a header says nothing of its period.",
    )
}

/// A file whose bytes are hashed as they are first read, in order. Seeking ends that: then the file is hashed by itself.
struct Hashing {
    file: File,
    hasher: Option<Sha256>,
    bytes: u64,
}

impl Hashing {
    fn finish(mut self) -> io::Result<(Digest, u64)> {
        if self.hasher.is_none() {
            self.file.seek(SeekFrom::Start(0))?;
            self.hasher = Some(Sha256::new());
            self.bytes = 0;
        }
        let mut rest = BufReader::with_capacity(BUFFER, &mut self);
        loop {
            let read = rest.fill_buf()?.len();
            if read == 0 {
                break;
            }
            rest.consume(read);
        }
        let digest = self.hasher.map(|hasher| Digest::from_bytes(hasher.finalize().into()));
        digest.map(|digest| (digest, self.bytes)).ok_or_else(|| io::Error::other("the digest was not finished"))
    }
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..read]);
            self.bytes += read as u64;
        }
        Ok(read)
    }
}

impl Seek for Hashing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.hasher = None;
        self.file.seek(to)
    }
}

#[cfg(test)]
mod tests;
