//! What can be wrong with a bundle.

use std::fmt;

use crate::audit::{CheckpointError, LogError};

/// Why a bundle could not be made or looked at.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// A file that cannot be read or written.
    #[error("the bundle cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// An archive that is none.
    #[error("the archive cannot be read or written: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// It holds no bag.
    #[error("it holds no `bagit.txt`: this is no proof bundle")]
    NoBag,
    /// A file of it is larger than any such file.
    #[error("`{0}` is too large to be read")]
    Large(String),
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The checkpoint could not be made.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Something cannot be written as JSON.
    #[error("the bundle cannot be written: {0}")]
    Json(#[from] serde_json::Error),
    /// The log was not signed: there is nothing to prove against.
    #[error("the log has no checkpoint")]
    NoCheckpoint,
}

impl From<BundleError> for crate::problem::Problem {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::Log(error) => error.into(),
            BundleError::Checkpoint(error) => error.into(),
            other => Self::internal("case.proof", &other),
        }
    }
}

/// What is wrong with a bundle.
#[derive(Debug)]
pub enum BundleFault {
    /// It is not of the form.
    Form(String),
    /// A file that its manifest names is not there.
    Missing(String),
    /// A file that is not what its manifest says.
    Damaged(String),
    /// A file that no manifest names.
    Extra(String),
    /// A checkpoint that cannot be believed.
    Checkpoint {
        /// The file.
        file: &'static str,
        /// Why.
        why: CheckpointError,
    },
    /// The newest checkpoint does not go on from the witnessed one.
    NotConsistent {
        /// Events of the witnessed one.
        witnessed: u64,
        /// Events of the newest.
        size: u64,
    },
    /// An event that is not in the log that was signed.
    NotInLog {
        /// The place it says it has.
        position: u64,
    },
    /// Between two events about the case something was changed that no event of the bundle tells of.
    Gap {
        /// The later one's place.
        position: u64,
    },
    /// The case is not what the newest event about it says.
    Changed {
        /// The event's place.
        position: u64,
    },
    /// No event says what the case is.
    Unsaid,
    /// What was found is not what the case was opened for, or last seen with.
    Found,
    /// The history is not what people said: a text was changed, or one is missing.
    Said,
    /// A comment that is not what was written, or is gone.
    Comment {
        /// The place of the event of its writing.
        position: u64,
    },
    /// An attachment that is not the file that was attached.
    Attachment(String),
}

impl fmt::Display for BundleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Form(what) => write!(f, "it is not of the form of a proof bundle: {what}"),
            Self::Missing(file) => write!(f, "`{file}` is not there"),
            Self::Damaged(file) => write!(f, "`{file}` is not what its manifest says"),
            Self::Extra(file) => write!(f, "`{file}` is in no manifest"),
            Self::Checkpoint { file, why } => write!(f, "`{file}`: {why}"),
            Self::NotConsistent { witnessed, size } => write!(
                f,
                "the checkpoint over {size} events does not go on from the one over {witnessed} that was witnessed: the log was rewritten"
            ),
            Self::NotInLog { position } => write!(f, "event {position} is not in the log that was signed"),
            Self::Gap { position } => write!(
                f,
                "before event {position} the case was something else than the events of the bundle left it: one is left out, or it was \
                 changed without one"
            ),
            Self::Changed { position } => {
                write!(f, "`data/case.json` is not the case that event {position}, the newest about it, speaks of")
            }
            Self::Unsaid => write!(f, "no event of the bundle says what the case is"),
            Self::Found => {
                write!(
                    f,
                    "`data/alert.json` is not what was found when the log last spoke of it: a value or a row of evidence was changed"
                )
            }
            Self::Said => {
                write!(f, "the history is not what people said: an answer or reason was changed, added or left out")
            }
            Self::Comment { position } => {
                write!(f, "the comment of event {position} is not in the history, or was changed")
            }
            Self::Attachment(name) => write!(f, "the attachment `{name}` is not the file that was attached"),
        }
    }
}
