//! Why a backup was not made, or not restored.

use std::path::{Path, PathBuf};

use haechi_core::digest::Digest;

use crate::audit::{CheckpointError, LogError};
use crate::config::ConfigError;
use crate::db::OpenError;
use crate::files::{self, FileError};

/// Why a backup was not made, or not restored. Each names the file or the table.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The database said no.
    #[error("the database said no")]
    Database(#[from] sea_orm::DbErr),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// A checkpoint or a key that is none.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// An attachment could not be read or kept.
    #[error("the attachment could not be read or kept")]
    Attachment(#[from] FileError),
    /// Settings with which no office can be.
    #[error(transparent)]
    Settings(#[from] ConfigError),
    /// Where attachments lie cannot be opened.
    #[error(transparent)]
    Place(#[from] files::OpenError),
    /// A file could not be read or written.
    #[error("cannot {what} {path}: {source}")]
    File {
        /// `read`, `write`, `make`.
        what: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A table has a column of a kind that backups do not know.
    #[error("the column {table}.{column} is of the kind `{kind}`, which a backup cannot hold")]
    Column {
        /// Its table.
        table: String,
        /// Its name.
        column: String,
        /// What the database calls its kind.
        kind: String,
    },
    /// It is no backup, or one whose end is missing.
    #[error("{path} is no whole backup: {why}. Nothing was changed")]
    NoBackup {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// It was made by a newer Haechi.
    #[error("{path} was made by a newer haechi ({by}): {what}. Restore it with that one. Nothing was changed")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Which version made it.
        by: String,
        /// What is not known here.
        what: String,
    },
    /// A file in it is not what it was.
    #[error("the backup is damaged: {file} should have the digest {expected} and {found}. Nothing was changed")]
    Damaged {
        /// Which file in it.
        file: String,
        /// What its manifest says.
        expected: Digest,
        /// What is there, in words.
        found: String,
    },
    /// Rows in it cannot be read.
    #[error("{file}, line {line}: {why}")]
    Row {
        /// Which file in the backup.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        why: String,
    },
    /// The place is not empty.
    #[error("{place} is not empty: {holds}. A backup is restored into an empty place only. Nothing was changed")]
    NotEmpty {
        /// Where.
        place: String,
        /// What is there.
        holds: String,
    },
    /// A restore was begun there and not ended.
    #[error("a restore of the backup {backup} was begun in {place} and not ended; run `haechi restore` with it again")]
    Unfinished {
        /// Where.
        place: PathBuf,
        /// Of which backup: the digest of its manifest.
        backup: String,
    },
    /// Keys that are missing, or another installation's.
    #[error("{0}")]
    Keys(String),
    /// What was restored is not what was backed up.
    #[error("after restoring, {what} is {found} and should be {expected}: the backup was restored, but do not use it")]
    Differs {
        /// What.
        what: String,
        /// What the backup says.
        expected: String,
        /// What is there.
        found: String,
    },
    /// What was restored could not be verified.
    #[error("what was restored could not be verified: {0}")]
    Unverified(String),
    /// The file is there already.
    #[error("{0} is there already; nothing was changed")]
    There(PathBuf),
}

impl BackupError {
    /// What to make of an error of the file system.
    pub(super) fn file(what: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { what, path, source }
    }
}
