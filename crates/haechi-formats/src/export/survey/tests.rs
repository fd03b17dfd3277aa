use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use encoding_rs::EUC_KR;
use tempfile::TempDir;

use super::*;
use crate::export::archive::for_each_member;

const CSV: &str = "부서명,금액\n총무과,1000\n";

/// A folder with one file in it.
struct One {
    _folder: TempDir,
    path: PathBuf,
}

fn one(name: &str, bytes: &[u8]) -> One {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    One { _folder: folder, path }
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packer = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        packer.append_data(&mut header, name, *bytes).unwrap();
    }
    packer.into_inner().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        packer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        packer.write_all(bytes).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

/// Name and text of every member, read the second time.
fn contents(path: &Path) -> Vec<(Option<String>, String)> {
    let survey = survey(path).unwrap();
    let mut out = Vec::new();
    for_each_member::<Fault>(path, &survey, |at, member, reader| {
        assert_eq!(&survey.members[at], member);
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        assert_eq!(text.len() as u64, member.bytes);
        out.push((member.name.clone(), text));
        Ok(())
    })
    .unwrap();
    out
}

#[test]
fn a_plain_file_is_one_member_with_its_digest() {
    let file = one("a.csv", CSV.as_bytes());
    let seen = survey(&file.path).unwrap();
    assert_eq!((seen.file.as_str(), seen.sha256, seen.bytes), ("a.csv", Digest::of(CSV), CSV.len() as u64));
    assert_eq!(
        seen.members,
        [Member { name: None, format: Format::Delimited, encoding: Encoding::Utf8, bytes: CSV.len() as u64 }]
    );
    assert_eq!(contents(&file.path), [(None, CSV.to_owned())]);
}

#[test]
fn every_archive_gives_the_same_members_whatever_its_name_says() {
    let members: [(&str, &[u8]); 4] = [
        ("2024/01.csv", CSV.as_bytes()),
        (".hidden", b"x"),
        ("__MACOSX/01.csv", b"x"),
        ("2024/02.csv", CSV.as_bytes()),
    ];
    let tar = tar(&members);
    let expected = [(Some("2024/01.csv".to_owned()), CSV.to_owned()), (Some("2024/02.csv".to_owned()), CSV.to_owned())];
    for bytes in [tar.clone(), gz(&tar), zstd::encode_all(&*tar, 0).unwrap(), zip(&members)] {
        let file = one("named-wrongly.dat", &bytes);
        assert_eq!(contents(&file.path), expected);
        assert_eq!(survey(&file.path).unwrap().sha256, Digest::of(&bytes));
    }
    for bytes in [gz(CSV.as_bytes()), zstd::encode_all(CSV.as_bytes(), 0).unwrap()] {
        let file = one("a", &bytes);
        assert_eq!(contents(&file.path), [(None, CSV.to_owned())]);
        assert_eq!(survey(&file.path).unwrap().sha256, Digest::of(&bytes));
    }
}

#[test]
fn a_name_that_korean_windows_packed_in_cp949_is_read() {
    let name = EUC_KR.encode("1월.csv").0;
    let mut bytes = zip(&[("1XX.csv", CSV.as_bytes())]);
    for at in memchr::memmem::find_iter(&bytes.clone(), b"1XX.csv") {
        bytes[at..at + 7].copy_from_slice(&name);
    }
    assert_eq!(survey(&one("a.zip", &bytes).path).unwrap().members[0].name.as_deref(), Some("1월.csv"));
}

#[test]
fn what_cannot_be_surveyed_says_so_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let code = |path: &Path| survey(path).unwrap_err().code;
    assert_eq!(code(folder.path()), "file-is-folder");
    assert_eq!(code(&folder.path().join("none.csv")), "file-missing");
    assert_eq!(code(&one("a.csv", b"").path), "file-empty");
    assert_eq!(code(&one("a.csv", b"\xff\xfea\0,\0").path), "encoding-utf16");
    assert_eq!(code(&one("a.zip", &zip(&[])).path), "archive-empty");
    assert_eq!(code(&one("a.tar", &tar(&[(".hidden", b"x")])).path), "archive-empty");
    assert_eq!(code(&one("a.xlsx", &zip(&[("[Content_Types].xml", b"x")])).path), "office-document");
    let fault = survey(&one("a.zip", &zip(&[("a.csv", b"a"), ("b.csv", b"")])).path).unwrap_err();
    assert_eq!((fault.code, fault.place.member.as_deref()), ("file-empty", Some("b.csv")));
}

#[test]
fn an_archive_cut_short_anywhere_is_never_taken_for_whole() {
    let text = (0..20_000).map(|n| format!("{n},{}\n", n * 7919 % 10_007)).collect::<String>();
    let members: [(&str, &[u8]); 2] = [("a.csv", text.as_bytes()), ("b.csv", text.as_bytes())];
    let tar = tar(&members);
    for whole in [tar.clone(), gz(&tar), zstd::encode_all(&*tar, 0).unwrap(), zip(&members), gz(text.as_bytes())] {
        for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 1_100] {
            let fault = survey(&one("a", &whole[..cut]).path).unwrap_err();
            assert!(matches!(fault.code, "archive-truncated" | "archive-damaged"), "{cut} of {}: {fault}", whole.len());
        }
    }
    // Cut exactly between two members.
    let fault = survey(&one("a.tar", &tar[..512 + text.len().next_multiple_of(512)]).path).unwrap_err();
    assert_eq!(fault.code, "archive-truncated");
}

#[test]
fn a_small_archive_that_unpacks_without_end_is_refused() {
    let limits = Limits { bytes: 1 << 20, ratio_from: 1 << 16, ratio: 100, members: 2 };
    let code = |bytes: &[u8]| survey_within(&one("a", bytes).path, "a".to_owned(), limits).unwrap_err().code;
    assert_eq!(code(&gz(&[b'a'; 500_000])), "archive-too-large");
    assert_eq!(code(&zip(&[("a", &[b'a'; 500_000])])), "archive-too-large");
    assert_eq!(code(&tar(&[("a", b"a"), ("b", b"b"), ("c", b"c")])), "archive-too-large");
    assert_eq!(code(&tar(&[("a", &[b'a'; 2_000_000])])), "archive-too-large");
    assert_eq!(survey(&one("a", &gz(&[b'a'; 500_000])).path).unwrap().members[0].bytes, 500_000);
}

#[test]
fn a_file_written_to_after_the_survey_is_noticed() {
    let file = one("a.csv", CSV.as_bytes());
    let seen = survey(&file.path).unwrap();
    let append = || {
        let mut open = std::fs::OpenOptions::new().append(true).open(&file.path).unwrap();
        open.write_all(b"x,1\n").unwrap();
    };
    let fault = for_each_member::<Fault>(&file.path, &seen, |_, _, reader| {
        append();
        io::copy(reader, &mut io::sink()).unwrap();
        Ok(())
    });
    assert_eq!(fault.unwrap_err().code, "file-changed");
    let mut visited = 0;
    let fault = for_each_member::<Fault>(&file.path, &seen, |_, _, _| {
        visited += 1;
        Ok(())
    });
    assert_eq!((fault.unwrap_err().code, visited), ("file-changed", 0));
}
