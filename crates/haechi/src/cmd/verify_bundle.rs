//! `haechi verify bundle`

use std::path::PathBuf;

use haechi_office::audit::bundle::{BundleVerdict, verify};

use super::public_keys::PublicKeys;
use crate::exit::{BadLog, Exit};
use crate::output;

/// Verify the proof bundle of a case
///
/// Needs no installation and no network: the bundle (a zip archive, or the folder that came out of it), and the public keys of the
/// installation and of those that watch it, got from them and not from the bundle. Says whether the case, what was
/// written to it and its attachments are those of the signed log, and how much of it a witness saw. Ends with 30 when something does not hold, or when
/// witnesses are named and none of them has signed.
#[derive(Debug, clap::Args)]
pub struct VerifyBundle {
    /// The bundle
    #[arg(value_hint = clap::ValueHint::AnyPath)]
    bundle: PathBuf,
    #[command(flatten)]
    keys: PublicKeys,
}

impl VerifyBundle {
    pub fn run(&self) -> anyhow::Result<Exit> {
        let verdict = self.verify().map_err(|error| BadLog(format!("{error:#}.")))?;
        for line in words(&verdict, self.keys.witnesses()) {
            output::line(line)?;
        }
        Ok(self.keys.exit(verdict.is_whole(), verdict.witnessed > 0))
    }

    fn verify(&self) -> anyhow::Result<BundleVerdict> {
        let keys = self.keys.read()?;
        Ok(verify(&self.bundle, &keys)?)
    }
}

/// What came of it, for people.
fn words(verdict: &BundleVerdict, witnesses: usize) -> Vec<String> {
    let mut lines: Vec<String> = verdict.faults.iter().map(|fault| format!("Does not hold: {fault}.")).collect();
    lines.push(format!("Case {} of the log of {}: {} files.", verdict.case, verdict.origin, verdict.files));
    lines.push(format!("Events about it in the log of {} that was signed: {}.", verdict.size, verdict.events));
    lines.push(match (witnesses, verdict.witnessed) {
        (0, _) => "No witness was named (--witness), so only the installation vouches for them.".to_owned(),
        (_, 0) => "No witness has signed any of them: only the installation vouches for them.".to_owned(),
        (_, seen) if seen < verdict.events => {
            format!("As a witness saw them: the first {seen}. For the rest only the installation vouches.")
        }
        (_, _) => "As a witness saw them: all.".to_owned(),
    });
    for name in &verdict.absent {
        lines.push(format!("Not in the bundle: the attachment `{name}`, which the installation no longer had."));
    }
    if verdict.is_whole() {
        lines.push(format!(
            "Proved: the case as it stood on {}, what people wrote to it, and its attachments.",
            verdict.newest
        ));
        lines.push(if verdict.is_finding_proved {
            "Proved: what was found, with the rows that speak for it.".to_owned()
        } else {
            "Not proved: what was found. The case is from before the log held it.".to_owned()
        });
    }
    lines
}
