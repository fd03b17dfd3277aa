//! The secret keys of an installation, and where they go: they are kept apart from backups, or in them where that is asked for.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use haechi_core::digest::Digest;
use serde::{Deserialize, Serialize};

use super::error::BackupError;
use super::manifest::Manifest;
use crate::audit::{CheckpointError, Signer, Witness};

/// The folder of keys, below the office's folder and the data folder.
pub(super) const KEYS: &str = "keys/";
/// The key that signs the installation's logs, below the office's folder.
pub(super) const LOG: &str = "keys/log.key";
/// The key with which it signs others' logs.
pub(super) const WITNESS: &str = "keys/witness.key";
/// The key that seals second factors and forms that wait; an office from before there were any has none.
pub(super) const SEAL: &str = "keys/seal.key";

/// Where the secret keys go when a backup is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysGo {
    /// Nowhere: there is a copy of them already.
    Nowhere,
    /// Into a file of their own, which is made and readable by its owner alone.
    Apart(PathBuf),
    /// Into the backup.
    Inside,
}

/// Where the secret keys come from when a backup is restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keys {
    /// From the backup itself.
    Inside,
    /// From the file that was written beside a backup.
    Apart(PathBuf),
    /// From nowhere: they are lost. New ones are made, under the same name.
    New,
}

/// Secrets by the path of their file, as a file of keys holds them.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secrets {
    format: u32,
    pub(super) files: BTreeMap<String, String>,
}

const HEAD: &str = "# The secret keys of a Haechi installation. Whoever has them can sign in its name: keep this file under lock and apart\n\
    # from backups. `haechi restore … --keys FILE` takes it.\n";

impl Secrets {
    pub(super) const fn of(files: BTreeMap<String, String>) -> Self {
        Self { format: 1, files }
    }

    /// Writes them to a new file that its owner alone can read; one that holds the same stays.
    pub(super) fn write(&self, file: &Path) -> Result<(), BackupError> {
        let body = toml::to_string(self).map_err(|error| BackupError::Keys(error.to_string()))?;
        let text = format!("{HEAD}{body}");
        match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
            Ok(mut out) => {
                out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(BackupError::file("write", file))
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let there = std::fs::read_to_string(file).map_err(BackupError::file("read", file))?;
                if there == text { Ok(()) } else { Err(BackupError::There(file.to_owned())) }
            }
            Err(error) => Err(BackupError::file("write", file)(error)),
        }
    }

    pub(super) fn read(file: &Path) -> Result<Self, BackupError> {
        let text = std::fs::read_to_string(file).map_err(BackupError::file("read", file))?;
        // What is in such a file is not repeated, not even in part.
        let read: Option<Self> = toml::from_str(&text).ok();
        read.filter(|secrets| secrets.format == 1)
            .ok_or_else(|| BackupError::Keys(format!("{} is no file of keys", file.display())))
    }

    /// The two keys of the office, if they are those that the backup was made under.
    pub(super) fn check(&self, manifest: &Manifest) -> Result<(), BackupError> {
        let missing = || BackupError::Keys("the file of keys lacks a key of the office".to_owned());
        let log = Signer::parse(self.files.get(LOG).ok_or_else(missing)?)?;
        let witness = Witness::parse(self.files.get(WITNESS).ok_or_else(missing)?)?;
        if log.key() == manifest.log_key && witness.key().to_string() == manifest.witness_key {
            return Ok(());
        }
        Err(BackupError::Keys(format!(
            "these are keys of {}, and the backup is of {}; nothing was changed",
            log.key(),
            manifest.log_key
        )))
    }

    /// New keys for an installation that lost its own.
    pub(super) fn new(manifest: &Manifest) -> Result<Self, BackupError> {
        let name = manifest.log_key.split('+').next().unwrap_or_default();
        let (_, log) = Signer::generate(name)?;
        let (_, witness) = Witness::generate(manifest.witness_key.split('+').next().unwrap_or(name))?;
        let mut files = BTreeMap::from([(LOG.to_owned(), log), (WITNESS.to_owned(), witness)]);
        if manifest.files.contains_key("data/haechi.toml") {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(|_| CheckpointError::NoChance)?;
            files.insert("data/keys/installation.key".to_owned(), format!("{}\n", Digest::from_bytes(bytes)));
        }
        Ok(Self::of(files))
    }
}
