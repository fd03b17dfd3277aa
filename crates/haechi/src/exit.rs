//! Exit codes: a documented public type. Scripts and timers rely on them, so a number never changes its meaning.

use std::process::ExitCode;

use haechi_detect::error::EngineError;
use haechi_formats::fault::Fault;
use haechi_office::backup::BackupError;

/// How the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked is done. Findings or none make no difference.
    Done = 0,
    /// Something nobody foresaw.
    Unexpected = 1,
    /// A file cannot be taken as it is.
    BadInput = 10,
    /// A load went past its reject rate.
    TooManyRejects = 11,
    /// Another haechi is changing the data folder.
    Busy = 12,
    /// The disk is full.
    DiskFull = 13,
    /// The store is damaged, or cannot be read or written.
    Damaged = 14,
    /// The request does not fit the data folder.
    Asked = 15,
    /// A test case differs from what it expects.
    CaseDiffers = 20,
    /// A scenario or mapping has faults.
    RuleFaults = 21,
    /// A finding no longer follows from what it cites, or a log, a bundle or what was restored is not what was signed.
    DoesNotHold = 30,
}

impl Exit {
    /// Every code with its meaning and what to do, for the documentation.
    pub const ALL: [(Self, &'static str, &'static str); 11] = [
        (Self::Done, "What was asked is done, with or without findings.", "Nothing."),
        (Self::Unexpected, "Something nobody foresaw.", "Report it with the message."),
        (
            Self::BadInput,
            "A file cannot be taken as it is; the view is what it was.",
            "Do what the message says of the file and line.",
        ),
        (
            Self::TooManyRejects,
            "More rows do not fit than the mapping allows; the view is what it was.",
            "Look at them with `haechi snapshot rejects`.",
        ),
        (Self::Busy, "Another haechi is changing the data folder.", "Wait, or leave out --no-wait."),
        (Self::DiskFull, "The disk is full; the view is what it was.", "Make room and run the command again."),
        (
            Self::Damaged,
            "The store or a backup is damaged, or cannot be read or written.",
            "Run `haechi snapshot verify`; restore from another backup.",
        ),
        (Self::Asked, "The request does not fit the data folder.", "Do what the message says."),
        (
            Self::CaseDiffers,
            "A test case differs from what it expects.",
            "Mend the rule or the case; --bless rewrites the case.",
        ),
        (Self::RuleFaults, "A scenario or mapping has faults.", "Do what each message says of the file and line."),
        (
            Self::DoesNotHold,
            "A finding no longer follows from what it cites, or a log, a bundle or what was restored is not what was signed.",
            "Treat the finding, the store, the log or the case as changed.",
        ),
    ];

    /// The code an error ends the program with.
    pub fn of(error: &anyhow::Error) -> Self {
        if error.is::<Fault>() || error.is::<BadLog>() {
            return Self::BadInput;
        }
        if let Some(error) = error.downcast_ref::<BackupError>() {
            return Self::of_backup(error);
        }
        match error.downcast_ref::<EngineError>() {
            None => Self::Unexpected,
            Some(EngineError::Fault(fault)) => Self::of_fault(fault),
            Some(EngineError::Faults(faults)) => faults.first().map_or(Self::BadInput, Self::of_fault),
            Some(EngineError::TooManyRejects { .. }) => Self::TooManyRejects,
            Some(EngineError::Busy { .. }) => Self::Busy,
            Some(EngineError::DiskFull) => Self::DiskFull,
            Some(
                EngineError::Damaged { .. }
                | EngineError::Store { .. }
                | EngineError::Remote { .. }
                | EngineError::Io { .. },
            ) => Self::Damaged,
            Some(EngineError::Asked(_)) => Self::Asked,
            Some(EngineError::Engine { .. }) => Self::Unexpected,
        }
    }

    const fn of_backup(error: &BackupError) -> Self {
        match error {
            BackupError::NoBackup { .. } | BackupError::Newer { .. } | BackupError::Row { .. } => Self::BadInput,
            BackupError::Damaged { .. } | BackupError::File { .. } => Self::Damaged,
            BackupError::NotEmpty { .. }
            | BackupError::Unfinished { .. }
            | BackupError::Keys(_)
            | BackupError::Settings(_)
            | BackupError::Place(_)
            | BackupError::There(_) => Self::Asked,
            BackupError::Differs { .. } | BackupError::Unverified(_) => Self::DoesNotHold,
            _ => Self::Unexpected,
        }
    }

    /// Faults of TOML, SQL and Markdown files are faults of rules; all others, those of addresses too, of exports.
    fn of_fault(fault: &Fault) -> Self {
        let own = fault.place.file == haechi_databases::FILE;
        let of_rule = !own && [".toml", ".sql", ".md"].iter().any(|ending| fault.place.file.ends_with(ending));
        if of_rule { Self::RuleFaults } else { Self::BadInput }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A log, its checkpoints, a bundle or a key that cannot be taken as it is.
#[derive(Debug)]
pub struct BadLog(pub String);

impl std::fmt::Display for BadLog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadLog {}

/// Whether the reader of the output went away (`haechi … | head`), which is no error.
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
