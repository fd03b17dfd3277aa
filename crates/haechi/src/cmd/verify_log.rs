//! `haechi verify log`

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use anyhow::Context as _;
use haechi_office::audit::verify::{Verdict, verify};

use super::public_keys::PublicKeys;
use crate::exit::{BadLog, Exit};
use crate::output;

/// Verify an office's log from its export and its checkpoints
///
/// Needs no installation and no network: the events as they were exported, the checkpoints, and the public keys of the
/// installation and of those that watch it, got from them and not from the export. Up to the last checkpoint that a witness signed,
/// every event that was edited, removed, added or moved is found. Ends with 30 when something does not hold, or when witnesses are
/// named and none of them has signed.
#[derive(Debug, clap::Args)]
pub struct VerifyLog {
    /// The events, one a line
    #[arg(value_hint = clap::ValueHint::FilePath)]
    events: PathBuf,
    /// The checkpoints
    #[arg(value_hint = clap::ValueHint::FilePath)]
    checkpoints: PathBuf,
    #[command(flatten)]
    keys: PublicKeys,
}

impl VerifyLog {
    pub fn run(&self) -> anyhow::Result<Exit> {
        let verdict = self.verify().map_err(|error| BadLog(format!("{error:#}.")))?;
        for line in words(&verdict, self.keys.witnesses()) {
            output::line(line)?;
        }
        Ok(self.keys.exit(verdict.is_whole(), verdict.witnessed > 0))
    }

    fn verify(&self) -> anyhow::Result<Verdict> {
        let keys = self.keys.read()?;
        let cannot = |path: &PathBuf| format!("cannot read {}", path.display());
        let checkpoints = std::fs::read_to_string(&self.checkpoints).with_context(|| cannot(&self.checkpoints))?;
        let events = File::open(&self.events).with_context(|| cannot(&self.events))?;
        Ok(verify(BufReader::with_capacity(1 << 20, events), &checkpoints, &keys)?)
    }
}

/// What came of it, for people.
fn words(verdict: &Verdict, witnesses: usize) -> Vec<String> {
    let mut lines: Vec<String> = verdict.faults.iter().map(|fault| format!("Does not hold: {fault}.")).collect();
    lines.push(format!("The log of {}: {} events.", verdict.origin, verdict.events));
    lines.push(format!("As the installation signed them: the first {}.", verdict.signed));
    lines.push(match (witnesses, verdict.witnessed) {
        (0, _) => "No witness was named (--witness), so only the installation vouches for them.".to_owned(),
        (_, 0) => "No witness has signed any of them: only the installation vouches for them.".to_owned(),
        (_, witnessed) => format!("As a witness saw them: the first {witnessed}."),
    });
    if verdict.witnessed > 0 && verdict.witnessed < verdict.events {
        let rest = verdict.events - verdict.witnessed;
        lines.push(format!("Not yet witnessed: the last {rest}. For those only the installation vouches."));
    }
    lines
}
