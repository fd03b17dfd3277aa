//! The public keys with which a log, or a case's proof, is verified.

use haechi_office::audit::verify::Keys;
use haechi_office::audit::{CheckpointError, LogKey, WitnessKey};

use crate::exit::Exit;

/// Public keys, got from those they belong to and not from what is verified.
#[derive(Debug, clap::Args)]
pub struct PublicKeys {
    /// The public key of the installation that keeps the log: name+number+base64; twice, where it lost its key and has a new one
    #[arg(long = "key", value_name = "KEY", required = true)]
    logs: Vec<String>,
    /// The public key of a witness; may be given several times
    #[arg(long = "witness", value_name = "KEY")]
    witnesses: Vec<String>,
}

impl PublicKeys {
    /// How many witnesses are named.
    pub fn witnesses(&self) -> usize {
        self.witnesses.len()
    }

    /// The keys, read.
    pub fn read(&self) -> Result<Keys, CheckpointError> {
        let witnesses = self.witnesses.iter().map(|key| WitnessKey::parse(key)).collect::<Result<_, _>>()?;
        let mut logs = self.logs.iter().map(|key| LogKey::parse(key));
        let first = logs.next().unwrap_or_else(|| LogKey::parse(""))?;
        let log = logs.try_fold(first, |all, one| Ok::<_, CheckpointError>(all.or(one?)))?;
        Ok(Keys { log, witnesses })
    }

    /// How it ends: whole, and signed by a witness where one is named.
    pub fn exit(&self, is_whole: bool, is_witnessed: bool) -> Exit {
        if is_whole && (self.witnesses.is_empty() || is_witnessed) { Exit::Done } else { Exit::DoesNotHold }
    }
}
