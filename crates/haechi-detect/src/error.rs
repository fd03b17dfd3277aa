//! Why the engine could not do what it was asked. `Display` is what the person sees, so each says what to do.

use haechi_formats::fault::Fault;

/// Why the engine could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Something is wrong in a file people wrote or a system exported.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Several things are.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faults(Vec<Fault>),
    /// A load went past its declared reject rate; nothing was replaced.
    #[error(
        "The load was stopped: {rejected} of {rows} rows do not fit, and the mapping `{mapping}` allows {allowed}. Nothing was replaced. \
         `haechi snapshot rejects --data DIR --load {load}` lists the rows; correct the export or the mapping and take it again."
    )]
    TooManyRejects {
        /// The mapping.
        mapping: String,
        /// Rows that do not fit.
        rejected: u64,
        /// Rows read.
        rows: u64,
        /// The share allowed, in words.
        allowed: String,
        /// The load's id, whose rejects are kept.
        load: String,
    },
    /// Another process holds the data folder.
    #[error(
        "Another haechi is changing this data folder ({holder}). Wait for it to end, or run again without --no-wait."
    )]
    Busy {
        /// What the lock file says of it.
        holder: String,
    },
    /// The disk is full.
    #[error(
        "The disk that holds the data folder is full. Nothing was changed. Make room and run the same command again."
    )]
    DiskFull,
    /// A file of the data folder could not be read or written.
    #[error("{what}: {source}. Nothing was changed.")]
    Io {
        /// What was tried, with the path.
        what: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The store under the data folder could not be read or written.
    #[error("The store could not {what}: {source}. Nothing was changed.")]
    Store {
        /// What was tried, with the path.
        what: String,
        /// What it says.
        source: object_store::Error,
    },
    /// The store in an S3-compatible server could not be read or written.
    #[error("The store {place} could {what}: {why} Nothing was changed.")]
    Remote {
        /// What was tried, with the path: `not write parts/…`.
        what: String,
        /// Bucket, prefix and server.
        place: String,
        /// What went wrong and what to do, in sentences. No secret.
        why: String,
    },
    /// A file of the store is not what it should be.
    #[error(
        "{path} is damaged: {what}. Restore it from a backup, or take the export again: `haechi snapshot verify` lists all that is damaged."
    )]
    Damaged {
        /// The path inside the store.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// The engine under the scenarios failed.
    #[error("The query engine failed to {what}: {source}.")]
    Engine {
        /// What was tried.
        what: String,
        /// What it says.
        source: Box<datafusion::error::DataFusionError>,
    },
    /// The command cannot be done as asked.
    #[error("{0}")]
    Asked(String),
}

impl EngineError {
    /// An I/O error, told apart from a full disk.
    pub fn io(what: impl Into<String>, source: std::io::Error) -> Self {
        if source.kind() == std::io::ErrorKind::StorageFull {
            return Self::DiskFull;
        }
        Self::Io { what: what.into(), source }
    }

    /// A store error, told apart from a full disk.
    pub fn store(what: impl Into<String>, source: object_store::Error) -> Self {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&source);
        while let Some(error) = cause {
            if error.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
                return Self::DiskFull;
            }
            cause = error.source();
        }
        Self::Store { what: what.into(), source }
    }

    /// An engine error, told apart from a server that does not give what the engine wants to read.
    pub fn engine(what: impl Into<String>, source: datafusion::error::DataFusionError) -> Self {
        if let Some(why) = crate::store::words_for(&source) {
            let what = format!("not be read to {}", what.into());
            return Self::Remote { what, place: "that haechi.toml names".to_owned(), why };
        }
        Self::Engine { what: what.into(), source: Box::new(source) }
    }
}

impl From<Vec<Fault>> for EngineError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}
