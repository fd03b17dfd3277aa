//! A folder of data files, whether it lies on disk or in the binary.

use std::collections::BTreeMap;
use std::path::Path;

use haechi_core::digest::Digest;
use include_dir::Dir;

use crate::fault::Fault;

/// The text files of one folder (a scenario, a mapping), by file name. Sub-folders are not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// What faults call it: `card/split-payment`.
    pub name: String,
    /// Its files.
    pub files: BTreeMap<String, String>,
}

/// Longest data file read, in bytes.
const LONGEST: u64 = 4 * 1024 * 1024;

impl Folder {
    /// Reads the folder at `path`; faults call it `name`.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, is not UTF-8 or is longer than 4 MiB.
    pub fn read(name: &str, path: &Path) -> Result<Self, Fault> {
        let unreadable = |file: &str, error: &std::io::Error| {
            Fault::new(
                "folder-unreadable",
                format!("{name}/{file}"),
                format!("It cannot be read: {error}."),
                "Check that it is there and that you may read it.",
            )
        };
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(path).map_err(|error| unreadable("", &error))? {
            let entry = entry.map_err(|error| unreadable("", &error))?;
            let file = entry.file_name().to_string_lossy().into_owned();
            let meta = std::fs::metadata(entry.path()).map_err(|error| unreadable(&file, &error))?;
            if !meta.is_file() || file.starts_with('.') || file.ends_with('~') {
                continue;
            }
            if meta.len() > LONGEST {
                return Err(Fault::new(
                    "folder-file-too-long",
                    format!("{name}/{file}"),
                    "It is longer than 4 MiB.",
                    "Keep data files short; this is no place for exports.",
                ));
            }
            let bytes = std::fs::read(entry.path()).map_err(|error| unreadable(&file, &error))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Fault::new("folder-not-utf8", format!("{name}/{file}"), "It is not UTF-8.", "Save it as UTF-8.")
            })?;
            files.insert(file, text);
        }
        Ok(Self { name: name.to_owned(), files })
    }

    /// A folder that lies in the binary.
    pub fn embedded(name: &str, dir: &Dir<'_>) -> Self {
        let files = dir
            .files()
            .filter_map(|file| Some((file.path().file_name()?.to_str()?.to_owned(), file.contents_utf8()?.to_owned())))
            .collect();
        Self { name: name.to_owned(), files }
    }

    /// The text of `file`.
    ///
    /// # Errors
    ///
    /// [`Fault`] `file-missing` when it is not there.
    pub fn text(&self, file: &str) -> Result<&str, Fault> {
        self.files.get(file).map(String::as_str).ok_or_else(|| {
            Fault::new(
                "file-missing",
                format!("{}/{file}", self.name),
                "It is missing.",
                "Add it; `haechi scenario new` and CONTRIBUTING.md show what a folder holds.",
            )
        })
    }

    /// What faults call `file` of this folder.
    pub fn place(&self, file: &str) -> String {
        format!("{}/{file}", self.name)
    }

    /// The digest of the named files that are there, in the order given.
    pub fn digest(&self, files: &[&str]) -> Digest {
        Digest::of_parts(
            files.iter().filter_map(|file| self.files.get_key_value(*file)).flat_map(|(name, text)| [name, text]),
        )
    }
}

/// A TOML error as a fault with its line and key.
pub fn toml_fault(file: &str, text: &str, error: &toml::de::Error) -> Fault {
    let fault = Fault::new(
        "toml-invalid",
        file,
        format!("{}.", error.message().trim_end_matches('.').replace('\n', " ")),
        "Compare with the format in CONTRIBUTING.md; an unknown key is an error so that a typing error cannot pass.",
    );
    match error.span() {
        Some(span) => fault.at_line(line_of(text, span.start)),
        None => fault,
    }
}

/// The line, counted from 1, of the byte at `offset`.
pub fn line_of(text: &str, offset: usize) -> u64 {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() as u64 + 1
}
