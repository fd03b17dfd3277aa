//! What a backup says of itself.

use std::collections::BTreeMap;

use haechi_core::digest::Digest;
use serde::{Deserialize, Serialize};

use crate::ids::TenantId;

/// The number of the form.
pub(super) const FORMAT: u32 = 1;
/// The manifest's name in the backup; it is written last.
pub(super) const NAME: &str = "manifest.json";

/// What is in a backup, and what each file should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The number of the form; this program reads 1.
    pub format: u32,
    /// When it was made, UTC: `2026-11-24T05:03:54Z`. The rows are of this moment.
    pub made_at: String,
    /// The version of the program that made it.
    pub haechi: String,
    /// Where the rows came from: `sqlite` or `postgresql`.
    pub database: String,
    /// The migrations that had made its tables.
    pub migrations: Vec<String>,
    /// The public key with which the logs are signed.
    pub log_key: String,
    /// The public key with which it signs others' logs.
    pub witness_key: String,
    /// Whether the secret keys are in it.
    pub has_keys: bool,
    /// The governments, and how far their logs went.
    pub governments: Vec<Kept>,
    /// The tables, in the order of their names.
    pub tables: Vec<Table>,
    /// The files, by their paths in the backup.
    pub files: BTreeMap<String, FileSum>,
    /// Attachments that were not to be had when it was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
}

/// A government in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which.
    pub tenant: TenantId,
    /// Its code.
    pub code: String,
    /// Events of its log.
    pub events: u64,
    /// The log's root, as a checkpoint writes it.
    pub root: String,
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name; its rows are in `rows/NAME.jsonl`.
    pub name: String,
    /// Its columns, in the order in which a line has them.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
}

impl Table {
    /// The path of its rows in the backup.
    pub(super) fn path(&self) -> String {
        format!("rows/{}.jsonl", self.name)
    }
}

/// How long a file is, and the digest of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSum {
    /// Its size.
    pub bytes: u64,
    /// SHA-256.
    pub sha256: Digest,
}

/// An attachment that a row names and that was not to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// Its digest.
    pub digest: String,
    /// Why: `missing` or `changed`.
    pub why: String,
}
