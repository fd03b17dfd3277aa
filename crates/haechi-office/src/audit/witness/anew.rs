//! Beginning anew with a log that was restored from a backup.
//!
//! A witness signs a log as long as it only grows. One that was restored holds less than the witness signed, so the witness refuses it
//! for ever, which is what it is there for. Whoever runs the witness can let it begin anew, knowing why: from the last checkpoint that
//! the restored log still has and that this witness signed itself, so that nothing up to there can have been changed. What was lost
//! between is recorded with both logs, and that the witness began anew is an event of every government on its installation.

use super::super::checkpoint::{CheckpointError, LogKey, is_witnessed, opened};
use super::super::cosignature::Seen;
use super::super::event::{Entry, Record, Via, digest};
use super::super::log::{self, LogError};
use super::super::verify::notes;
use super::store;
use crate::ids::TenantId;
use crate::office::Office;
use crate::slices::people;

/// From where a witness begins anew.
#[derive(Clone, Copy, Debug)]
pub enum Anew<'a> {
    /// From the last of these checkpoints (the file `checkpoints.txt` of the restored installation) that this witness signed.
    Signed(&'a str),
    /// From nothing: what the log says next is taken as it is. For one of which no signed checkpoint is left.
    Nothing,
}

/// With what a witness began anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Events it had signed.
    pub before: u64,
    /// Events from which it goes on.
    pub after: u64,
}

/// Why a witness did not begin anew.
#[derive(Debug, thiserror::Error)]
pub enum AnewError {
    /// `office.toml` names no such log.
    #[error("no log `{0}` is watched here (`[[witness]]` in office.toml)")]
    Unknown(String),
    /// Nothing of it was ever signed.
    #[error("nothing of the log `{0}` was ever signed here; it needs no beginning anew")]
    Unseen(String),
    /// Nothing among the checkpoints was signed by this witness.
    #[error("none of these checkpoints is one of `{0}` that this witness signed")]
    Unsigned(String),
    /// It stands there already.
    #[error("the witness stands at the {0} events of that checkpoint already; nothing was changed")]
    Same(u64),
    /// No reason.
    #[error("say why, in a few words: it is kept")]
    Reason,
    /// A key or checkpoint that cannot be read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The database said no.
    #[error("the database said no")]
    Database(#[from] sea_orm::DbErr),
}

/// The shortest reason.
const REASON: usize = 4;

/// Has this installation begin anew as a witness of the log `origin`. Each government here is told first, in its log.
///
/// # Errors
///
/// A log that is not watched or was never signed; checkpoints of which none was signed here; no reason.
pub async fn begin_anew(office: &Office, origin: &str, from: Anew<'_>, reason: &str) -> Result<Begun, AnewError> {
    let reason = reason.trim();
    if reason.chars().count() < REASON {
        return Err(AnewError::Reason);
    }
    let watched = office.config().witness.iter().find(|log| log.origin == origin);
    let watched = watched.ok_or_else(|| AnewError::Unknown(origin.to_owned()))?;
    let now = match from {
        Anew::Nothing => Seen::default(),
        Anew::Signed(checkpoints) => last_signed(office, origin, &LogKey::parse(&watched.key)?, checkpoints)?,
    };
    let tx = office.db().read(TenantId::nobody()).await?;
    let before = store::seen(&tx, origin).await?.ok_or_else(|| AnewError::Unseen(origin.to_owned()))?;
    drop(tx);
    if before == now {
        return Err(AnewError::Same(now.size));
    }
    for government in people::governments(office).await? {
        let tx = office.db().write(government.tenant).await?;
        let entry = Entry {
            action: "witness.begin_anew".to_owned(),
            actor: "installation".to_owned(),
            true_actor: None,
            via: Via::Cli,
            record: Record { kind: "witness".to_owned(), id: origin.to_owned() },
            before: Some(digest(&(before.size, before.root.to_string()))),
            after: Some(digest(&(now.size, now.root.to_string()))),
        };
        log::append(&tx, office.clock(), &entry).await?;
        tx.commit().await?;
    }
    let tx = office.db().write(TenantId::nobody()).await?;
    tx.alone().await?;
    if !store::remember(&tx, origin, Some(before), now, office.now()).await? {
        // It signed something between, and so was not stuck.
        return Err(AnewError::Unseen(origin.to_owned()));
    }
    store::keep_anew(&tx, origin, (before, now), reason, office.now()).await?;
    tx.commit().await?;
    Ok(Begun { before: before.size, after: now.size })
}

/// The largest checkpoint of the log that this installation signed as a witness.
fn last_signed(office: &Office, origin: &str, key: &LogKey, checkpoints: &str) -> Result<Seen, AnewError> {
    let own = office.witness().key();
    let mut last: Option<Seen> = None;
    for text in notes(checkpoints) {
        let Ok((note, head)) = opened(&text) else { continue };
        let is_ours =
            head.origin() == origin && key.verify(&note).is_ok() && is_witnessed(&note, &own).unwrap_or(false);
        if is_ours && last.is_none_or(|last| head.size() > last.size) {
            last = Some(Seen { size: head.size(), root: *head.hash() });
        }
    }
    last.ok_or_else(|| AnewError::Unsigned(origin.to_owned()))
}
