//! Members of gz, zst, zip and tar, one after another, without unpacking to disk.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs::EUC_KR;
use flate2::bufread::MultiGzDecoder;

use super::{Member, READABLE, Survey};
use crate::fault::Fault;

/// How much is read at a time. Memory is bounded by a handful of these.
pub(super) const BUFFER: usize = 256 * 1024;

/// What an archive may unpack to before it is taken for a bomb.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Bytes in all.
    pub(super) bytes: u64,
    /// Bytes from which the ratio counts.
    pub(super) ratio_from: u64,
    /// Unpacked bytes a packed one.
    pub(super) ratio: u64,
    /// Members.
    pub(super) members: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 30, ratio_from: 1 << 30, ratio: 1_000, members: 10_000 }
    }
}

/// Opens the file again and gives each member's bytes to `visit`, in the survey's order, as a stream.
///
/// A member cut short is an [`io::Error`] of the reader that carries the fault (`archive-truncated`, `archive-damaged`,
/// `file-unreadable`); row sources add the line. What `visit` leaves unread is passed over.
///
/// # Errors
///
/// What `visit` gives; otherwise faults: the file cannot be opened, the archive is damaged, or the file was written to since
/// the survey (`file-changed`), in which case nothing that was visited may be kept.
pub fn for_each_member<E: From<Fault>>(
    path: &Path,
    survey: &Survey,
    mut visit: impl FnMut(usize, &Member, &mut dyn BufRead) -> Result<(), E>,
) -> Result<(), E> {
    as_surveyed(path, survey, |file| {
        let mut at = 0;
        walk(file, &survey.file, survey.bytes, Limits::default(), &mut |name, reader| {
            let member = survey.members.get(at).filter(|member| member.name == name);
            let visited = visit(at, member.ok_or_else(|| changed(survey))?, reader);
            at += 1;
            visited
        })?;
        if at == survey.members.len() { Ok(()) } else { Err(changed(survey).into()) }
    })
}

/// Opens the file again for `read`, and sees that nobody wrote to it since the survey, also not while it was read.
pub(super) fn as_surveyed<E: From<Fault>>(
    path: &Path,
    survey: &Survey,
    read: impl FnOnce(&mut File) -> Result<(), E>,
) -> Result<(), E> {
    let mut file = open(path, &survey.file)?;
    if !is_as_surveyed(&file, survey) {
        return Err(changed(survey).into());
    }
    let done = read(&mut file);
    // A file that changed under the reader looks damaged in many ways; this is the one that says what to do.
    let here =
        std::fs::metadata(path).is_ok_and(|meta| meta.len() == survey.bytes && meta.modified().ok() == survey.modified);
    if here && is_as_surveyed(&file, survey) { done } else { Err(changed(survey).into()) }
}

fn changed(survey: &Survey) -> Fault {
    Fault::new(
        "file-changed",
        &survey.file,
        "It was written to while it was being read.",
        "Wait until the export is finished, then import again; nothing was replaced.",
    )
}

fn is_as_surveyed(file: &File, survey: &Survey) -> bool {
    file.metadata().is_ok_and(|meta| meta.len() == survey.bytes && meta.modified().ok() == survey.modified)
}

/// Opens a plain file; folders, pipes and the like are refused.
pub(super) fn open(path: &Path, name: &str) -> Result<File, Fault> {
    let unreadable = |error: &io::Error| {
        let code = if error.kind() == io::ErrorKind::NotFound { "file-missing" } else { "file-unreadable" };
        Fault::new(code, name, format!("It cannot be opened: {}.", error.kind()), READABLE)
    };
    // Asked first, because opening a pipe would wait for its writer.
    let meta = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if meta.is_dir() {
        return Err(Fault::new("file-is-folder", name, "It is a folder.", "Name the files in it, or use a pattern."));
    }
    if !meta.is_file() {
        return Err(Fault::new(
            "file-unreadable",
            name,
            "It is no ordinary file.",
            "Copy what it gives into a file first.",
        ));
    }
    File::open(path).map_err(|error| unreadable(&error))
}

/// What one member is given to: its name in the archive, and its bytes.
pub(super) type Visit<'v, E> = dyn FnMut(Option<String>, &mut dyn BufRead) -> Result<(), E> + 'v;

/// Walks the members of `source`, whatever it is packed in.
pub(super) fn walk<S: Read + io::Seek, E: From<Fault>>(
    source: &mut S,
    file: &str,
    packed_bytes: u64,
    limits: Limits,
    visit: &mut Visit<'_, E>,
) -> Result<(), E> {
    let place = Place { file, packed: false };
    let mut raw = BufReader::with_capacity(BUFFER, source);
    let magic = raw.fill_buf().map_err(|error| place.fault(None, error))?;
    if magic.starts_with(b"PK\x03\x04") || magic.starts_with(b"PK\x05\x06") {
        // The directory of a zip lies at its end, so the buffer's place in the file no longer matters.
        return walk_zip(raw, place.packed(), Guard::new(packed_bytes, limits), visit);
    }
    let guard = Guard::new(packed_bytes, limits);
    if magic.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = guard.over(place.packed(), MultiGzDecoder::new(raw));
        walk_stream(&mut unpacked, place.packed(), limits, visit)
    } else if magic.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        let decoder =
            zstd::stream::read::Decoder::with_buffer(raw).map_err(|error| place.packed().fault(None, error))?;
        let mut unpacked = guard.over(place.packed(), decoder);
        walk_stream(&mut unpacked, place.packed(), limits, visit)
    } else if is_tar(magic) {
        let mut unpacked = guard.over(place.packed(), raw);
        walk_stream(&mut unpacked, place.packed(), limits, visit)
    } else {
        visit(None, &mut raw)
    }
}

/// One unpacked stream: a tar, or a member by itself.
fn walk_stream<E: From<Fault>>(
    stream: &mut dyn Read,
    place: Place<'_>,
    limits: Limits,
    visit: &mut Visit<'_, E>,
) -> Result<(), E> {
    let mut head = Vec::with_capacity(512);
    Read::take(&mut *stream, 512).read_to_end(&mut head).map_err(|error| place.fault(None, error))?;
    let tar = is_tar(&head);
    let mut whole = Tail { inner: Cursor::new(head).chain(stream), zeros: 0 };
    if tar {
        walk_tar(&mut whole, place, limits, visit)?;
        // The padding behind the last member, so that the packer's own checksum is compared.
        io::copy(&mut whole, &mut io::sink()).map_err(|error| place.fault(None, error))?;
        if whole.zeros < 512 {
            return Err(place.cut(None).into());
        }
        Ok(())
    } else {
        visit(None, &mut BufReader::with_capacity(BUFFER, whole))
    }
}

fn walk_tar<E: From<Fault>>(
    stream: &mut dyn Read,
    place: Place<'_>,
    limits: Limits,
    visit: &mut Visit<'_, E>,
) -> Result<(), E> {
    let mut archive = tar::Archive::new(stream);
    let mut members = 0;
    for entry in archive.entries().map_err(|error| place.fault(None, error))? {
        let entry = entry.map_err(|error| place.fault(None, error))?;
        let name = member_name(&entry.path_bytes());
        if !entry.header().entry_type().is_file() || is_hidden(&name) {
            continue;
        }
        members += 1;
        place.count(members, limits)?;
        let size = entry.size();
        let exact = Exact { inner: entry, left: size, place, member: &name };
        visit(Some(name.clone()), &mut BufReader::with_capacity(BUFFER, exact))?;
    }
    Ok(())
}

fn walk_zip<E: From<Fault>>(
    source: impl Read + io::Seek,
    place: Place<'_>,
    guard: Guard,
    visit: &mut Visit<'_, E>,
) -> Result<(), E> {
    let archive = zip::ZipArchive::new(source).map_err(|error| place.broken(None, error))?;
    if ["[Content_Types].xml", "META-INF/manifest.xml"].iter().any(|name| archive.index_for_name(name).is_some()) {
        return Err(Fault::new(
            "office-document",
            place.file,
            "It is an office document, but no workbook.",
            "Take the workbook that holds the table, or save the table as \"CSV UTF-8\".",
        )
        .into());
    }
    walk_entries(archive, place, guard, |name| !is_hidden(name), visit)
}

/// Every part of a workbook that is a zip, hidden ones too.
pub(super) fn walk_parts(
    source: impl Read + io::Seek,
    file: &str,
    packed_bytes: u64,
    limits: Limits,
    visit: &mut Visit<'_, Fault>,
) -> Result<(), Fault> {
    let place = Place { file, packed: true };
    let archive = zip::ZipArchive::new(source).map_err(|error| place.broken(None, error))?;
    walk_entries(archive, place, Guard::new(packed_bytes, limits), |_| true, visit)
}

fn walk_entries<E: From<Fault>>(
    mut archive: zip::ZipArchive<impl Read + io::Seek>,
    place: Place<'_>,
    mut guard: Guard,
    is_wanted: impl Fn(&str) -> bool,
    visit: &mut Visit<'_, E>,
) -> Result<(), E> {
    let mut members = 0;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| place.broken(None, error))?;
        let name = member_name(entry.name_raw());
        if !entry.is_file() || !is_wanted(&name) {
            continue;
        }
        members += 1;
        place.count(members, guard.limits)?;
        let size = entry.size();
        let exact = Exact { inner: entry, left: size, place, member: &name };
        let mut guarded = guard.over(place, exact);
        visit(Some(name.clone()), &mut BufReader::with_capacity(BUFFER, &mut guarded))?;
        guard = guarded.guard;
    }
    Ok(())
}

/// A name as text. Korean Windows packs names in CP949 and says nothing of it.
fn member_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => EUC_KR.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// Names of a leading dot and what macOS adds.
fn is_hidden(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| (part.starts_with('.') && part != "." && part != "..") || part == "__MACOSX")
}

/// Whether `head` is a tar header: its checksum holds, which text never satisfies by chance.
fn is_tar(head: &[u8]) -> bool {
    let Some(header) = head.get(..512) else { return false };
    let written = std::str::from_utf8(&header[148..156])
        .ok()
        .and_then(|text| u32::from_str_radix(text.trim_matches([' ', '\0']), 8).ok());
    let sum: u32 =
        header.iter().enumerate().map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) }).sum();
    written == Some(sum)
}

/// Where faults of an archive point.
#[derive(Clone, Copy)]
struct Place<'p> {
    file: &'p str,
    packed: bool,
}

impl Place<'_> {
    const fn packed(self) -> Self {
        Self { packed: true, ..self }
    }

    fn count(self, members: usize, limits: Limits) -> Result<(), Fault> {
        if members <= limits.members {
            return Ok(());
        }
        Err(Fault::new(
            "archive-too-large",
            self.file,
            format!("It holds more than {} members.", limits.members),
            "Unpack it and import the files that are meant.",
        ))
    }

    fn cut(self, member: Option<&str>) -> Fault {
        self.at(
            member,
            "archive-truncated",
            "It ends too early: the archive was cut short.".to_owned(),
            "Copy or download it again; nothing was replaced.",
        )
    }

    fn broken(self, member: Option<&str>, error: zip::result::ZipError) -> Fault {
        match error {
            zip::result::ZipError::Io(error) => self.fault(member, error),
            error => self.damaged(member, &error.to_string()),
        }
    }

    fn damaged(self, member: Option<&str>, how: &str) -> Fault {
        self.at(
            member,
            "archive-damaged",
            format!("The archive is damaged: {}.", how.trim_end_matches('.')),
            "Copy or download it again; if it has a password, unpack it first.",
        )
    }

    fn at(self, member: Option<&str>, code: &'static str, what: String, help: &str) -> Fault {
        let mut fault = Fault::new(code, self.file, what, help);
        fault.place.member = member.map(str::to_owned);
        fault
    }

    /// What an error of the reader means here.
    fn fault(self, member: Option<&str>, error: io::Error) -> Fault {
        let (kind, text) = (error.kind(), error.to_string());
        match error.into_inner().map(|inner| inner.downcast::<Fault>()) {
            Some(Ok(fault)) => *fault,
            _ if self.packed && kind == io::ErrorKind::UnexpectedEof => self.cut(member),
            _ if self.packed
                && matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other) =>
            {
                self.damaged(member, &text)
            }
            _ => self.at(member, "file-unreadable", format!("It cannot be read: {kind}."), READABLE),
        }
    }

    /// The same as an error that carries the fault.
    fn error(self, member: Option<&str>, error: io::Error) -> io::Error {
        io::Error::new(error.kind(), self.fault(member, error))
    }
}

/// Counts what comes out of an archive against what went in.
struct Guard {
    packed_bytes: u64,
    out: u64,
    limits: Limits,
}

/// A reader under guard.
struct Guarded<'p, R> {
    inner: R,
    place: Place<'p>,
    guard: Guard,
}

impl Guard {
    const fn new(packed_bytes: u64, limits: Limits) -> Self {
        Self { packed_bytes, out: 0, limits }
    }

    const fn over<R>(self, place: Place<'_>, inner: R) -> Guarded<'_, R> {
        Guarded { inner, place, guard: self }
    }
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|error| self.place.error(None, error))?;
        let guard = &mut self.guard;
        guard.out += read as u64;
        let too_dense = guard.out > guard.limits.ratio_from && guard.out / guard.limits.ratio > guard.packed_bytes;
        if guard.out > guard.limits.bytes || too_dense {
            let what = format!("It unpacks to more than {} bytes from {}.", guard.out, guard.packed_bytes);
            let fault = self.place.at(
                None,
                "archive-too-large",
                what,
                "Check where it comes from; unpack it by hand if it is sound.",
            );
            return Err(io::Error::other(fault));
        }
        Ok(read)
    }
}

/// A member that must be as long as the archive says.
struct Exact<'p, R> {
    inner: R,
    left: u64,
    place: Place<'p>,
    member: &'p str,
}

impl<R: Read> Read for Exact<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|error| self.place.error(Some(self.member), error))?;
        self.left = self.left.saturating_sub(read as u64);
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, self.place.cut(Some(self.member))));
        }
        Ok(read)
    }
}

/// Counts the zeros a stream ends with: a whole tar ends with two blocks of them, one cut between members does not.
struct Tail<R> {
    inner: R,
    zeros: u64,
}

impl<R: Read> Read for Tail<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match buffer[..read].iter().rposition(|byte| *byte != 0) {
            Some(last) => self.zeros = (read - last - 1) as u64,
            None => self.zeros += read as u64,
        }
        Ok(read)
    }
}
