//! The form of a bag (RFC 8493): payload under `data/`, manifests of digests, a few lines about it.

use std::collections::BTreeMap;

use haechi_core::digest::Digest;

/// What says that it is a bag.
pub(super) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
pub(super) const BAGIT: &str = "bagit.txt";
pub(super) const INFO: &str = "bag-info.txt";
pub(super) const MANIFEST: &str = "manifest-sha256.txt";
pub(super) const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// The files of a bag with this payload: its own files, then the payload.
pub(super) fn files(payload: BTreeMap<String, Vec<u8>>, info: &[(&str, String)]) -> Vec<(String, Vec<u8>)> {
    let bytes: usize = payload.values().map(Vec::len).sum();
    let mut lines: String = info.iter().map(|(label, value)| format!("{label}: {}\n", one_line(value))).collect();
    lines.push_str(&format!("Payload-Oxum: {bytes}.{}\n", payload.len()));
    let own = BTreeMap::from([
        (BAGIT.to_owned(), DECLARATION.as_bytes().to_vec()),
        (INFO.to_owned(), lines.into_bytes()),
        (MANIFEST.to_owned(), manifest(&payload).into_bytes()),
    ]);
    let tags = manifest(&own).into_bytes();
    own.into_iter().chain([(TAG_MANIFEST.to_owned(), tags)]).chain(payload).collect()
}

fn manifest(files: &BTreeMap<String, Vec<u8>>) -> String {
    files.iter().map(|(path, bytes)| format!("{}  {}\n", Digest::of(bytes), encoded(path))).collect()
}

/// A value of the bag's lines stays on its line.
fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A path as a manifest has it: line ends and percent signs are written out.
fn encoded(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn decoded(path: &str) -> String {
    path.replace("%0A", "\n").replace("%0a", "\n").replace("%0D", "\r").replace("%0d", "\r").replace("%25", "%")
}

/// The lines of a manifest: path and digest. `Err` is the first line that is none.
pub(super) fn parse(text: &str) -> Result<BTreeMap<String, Digest>, String> {
    let mut files = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let read = || {
            let (digest, path) = line.split_once([' ', '\t'])?;
            let path = decoded(path.trim_start_matches([' ', '\t', '*']));
            is_inside(&path).then_some(())?;
            Some((path, digest.to_ascii_lowercase().parse().ok()?))
        };
        let (path, digest) = read().ok_or_else(|| line.to_owned())?;
        files.insert(path, digest);
    }
    Ok(files)
}

/// Whether a path stays inside the bag.
pub(super) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.starts_with(['/', '~'])
        && !path.contains(['\\', '\0'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// A name under which an attachment can lie on every system; what was in its way is an underscore.
pub(super) fn file_name(name: &str) -> String {
    let is_plain = |letter: char| !letter.is_control() && !"/\\:*?\"<>|%~".contains(letter);
    let plain: String = name.chars().take(120).map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let plain = plain.trim_matches([' ', '.']);
    if plain.is_empty() { "file".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written_and_leads_nowhere_else() {
        let payload =
            BTreeMap::from([("data/a 100%.txt".to_owned(), b"a".to_vec()), ("data/b".to_owned(), Vec::new())]);
        let text = manifest(&payload);
        assert_eq!(parse(&text).unwrap().into_keys().collect::<Vec<_>>(), ["data/a 100%.txt", "data/b"]);
        for path in ["../x", "/etc/passwd", "data/../../x", "data//x", "~root", "data\\x", "."] {
            assert!(parse(&format!("{}  {path}\n", Digest::of("x"))).is_err(), "{path}");
        }
        assert!(parse("not a digest  data/x\n").is_err());
        assert_eq!(
            ["../../x", "영수증 1.pdf", "a/b:c", "..", "\u{7}"].map(file_name),
            ["_.._x", "영수증 1.pdf", "a_b_c", "file", "_"]
        );
    }
}
