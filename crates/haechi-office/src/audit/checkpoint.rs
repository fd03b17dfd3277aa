//! The log's size and root at a moment, signed.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::SigningKey;
use haechi_core::time::Clock;
use sea_orm::DbErr;
use signed_note::{Note, NoteError, Signer as _, StandardSigner, StandardVerifier, Verifier, VerifierList};
use tlog_tiles::Checkpoint;

use super::cosignature::WitnessKey;
use super::log::{self, LogError};
use super::store;
use crate::db::Transaction;

/// The kind of an installation's key, as C2SP numbers it.
const KIND: u8 = 1;

/// Why a checkpoint could not be made, read or believed.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The log could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It is no note, or its signature does not hold.
    #[error("the checkpoint cannot be believed: {0}")]
    Note(#[from] NoteError),
    /// The note holds no checkpoint.
    #[error("the note holds no checkpoint")]
    Malformed,
    /// A text that is no key, or a name that a key cannot bear.
    #[error("`{0}` is no key: a name without white space and plus signs, then `+`, its number, `+` and the key")]
    Key(String),
    /// The machine gave no random numbers.
    #[error("the machine gives no random numbers")]
    NoChance,
    /// The log does not begin with what was seen of it before.
    #[error("the log {origin} had {before} events and has {size}, but does not begin with them: it was rewritten")]
    Rewritten {
        /// Whose log.
        origin: String,
        /// Events that were seen before.
        before: u64,
        /// Events it says it has.
        size: u64,
    },
}

impl From<DbErr> for CheckpointError {
    fn from(error: DbErr) -> Self {
        Self::Log(error.into())
    }
}

/// The key with which this installation signs its logs. Its secret is a line that is kept in a file of mode 0600.
#[derive(Clone)]
pub struct Signer {
    inner: StandardSigner,
    key: String,
}

impl Signer {
    /// A new key for the installation `name`, and the secret line that brings it back.
    ///
    /// # Errors
    ///
    /// A name that a key cannot bear; a machine that gives no random numbers.
    pub fn generate(name: &str) -> Result<(Self, String), CheckpointError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| CheckpointError::NoChance)?;
        let public = SigningKey::from_bytes(&bytes).verifying_key();
        let id = signed_note::key_id(name, &[&[KIND], public.as_bytes().as_slice()].concat());
        let secret = BASE64_STANDARD.encode([&[KIND], bytes.as_slice()].concat());
        let line = format!("PRIVATE+KEY+{name}+{id:08x}+{secret}");
        Ok((Self::parse(&line)?, line))
    }

    /// The key that `secret` writes: `PRIVATE+KEY+name+id+base64`.
    ///
    /// # Errors
    ///
    /// When it is no such key. What it says instead is not repeated.
    pub fn parse(secret: &str) -> Result<Self, CheckpointError> {
        let hidden = || CheckpointError::Key("the secret line".to_owned());
        let inner = StandardSigner::new(secret.trim()).map_err(|_| hidden())?;
        let bytes = secret.trim().splitn(5, '+').nth(4).and_then(|encoded| BASE64_STANDARD.decode(encoded).ok());
        let bytes = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes.get(1..)?).ok()).ok_or_else(hidden)?;
        let public = SigningKey::from_bytes(&bytes).verifying_key();
        let key = signed_note::new_ed25519_verifier_key(inner.name(), &public);
        Ok(Self { inner, key })
    }

    /// Its public key, for those who verify: `name+id+base64`.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The installation's name.
    pub fn name(&self) -> &str {
        self.inner.name()
    }

    /// The name of a tenant's log: `installation/government`.
    pub fn origin(&self, government: &str) -> String {
        format!("{}/{government}", self.name())
    }
}

/// The public key of an installation: `name+id+base64`.
#[derive(Clone)]
pub struct LogKey(Vec<StandardVerifier>);

impl LogKey {
    /// The key that `text` writes.
    ///
    /// # Errors
    ///
    /// When it is no such key.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let one = StandardVerifier::new(text.trim()).map_err(|_| CheckpointError::Key(text.to_owned()))?;
        Ok(Self(vec![one]))
    }

    /// This key or `other`: an installation that lost its key goes on with another one, and what it signed before stays as it was.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        // One key twice would be of two that cannot be told apart.
        let is_new = |one: &StandardVerifier| {
            !self.0.iter().any(|known| known.name() == one.name() && known.key_id() == one.key_id())
        };
        let new: Vec<StandardVerifier> = other.0.into_iter().filter(|one| is_new(one)).collect();
        self.0.extend(new);
        self
    }

    /// Whether the installation signed the note.
    pub(super) fn verify(&self, note: &Note) -> Result<(), CheckpointError> {
        let all = self.0.iter().map(|one| -> Box<dyn Verifier> { Box::new(one.clone()) });
        note.verify(&VerifierList::new(all.collect()))?;
        Ok(())
    }
}

/// Whether a witness signed the note. A signature of its that does not hold is an error.
pub(super) fn is_witnessed(note: &Note, witness: &WitnessKey) -> Result<bool, CheckpointError> {
    match note.verify(&VerifierList::new(vec![Box::new(witness.clone())])) {
        Ok(_) => Ok(true),
        Err(NoteError::UnverifiedNote) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// A note and the checkpoint in it.
pub(super) fn opened(text: &str) -> Result<(Note, Checkpoint), CheckpointError> {
    let note = Note::from_bytes(text.as_bytes())?;
    let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|_| CheckpointError::Malformed)?;
    Ok((note, checkpoint))
}

/// Signs the tenant's log as it stands and keeps the checkpoint. `None` where nothing was added since the last.
///
/// # Errors
///
/// When the log cannot be read or the checkpoint not be kept.
pub async fn checkpoint(
    tx: &Transaction,
    signer: &Signer,
    government: &str,
    clock: &dyn Clock,
) -> Result<Option<String>, CheckpointError> {
    tx.alone().await?;
    let size = store::size(tx).await?;
    let last = store::last_checkpoint(tx).await?.map_or(0, |(size, _)| size);
    if size == last {
        return Ok(None);
    }
    let root = log::root(tx, size).await?;
    let text = Checkpoint::new(&signer.origin(government), size, root, "").map_err(|_| CheckpointError::Malformed)?;
    let mut note = Note::new(&text.to_bytes(), &[])?;
    note.add_sigs(&[&signer.inner])?;
    let note = String::from_utf8_lossy(&note.to_bytes()).into_owned();
    store::keep_checkpoint(tx, size, clock.stamp(), note.clone()).await?;
    Ok(Some(note))
}

/// The newest checkpoint: the size of the log then, and the note.
///
/// # Errors
///
/// When the database does not answer.
pub async fn latest(tx: &Transaction) -> Result<Option<(u64, String)>, CheckpointError> {
    Ok(store::last_checkpoint(tx).await?)
}

/// Keeps a witness's line of the checkpoint of `size`, if it is the witness's and about that checkpoint.
///
/// # Errors
///
/// When there is no such checkpoint, or the line does not hold.
pub async fn cosign(tx: &Transaction, size: u64, witness: &WitnessKey, line: &str) -> Result<(), CheckpointError> {
    let note = store::checkpoint_of(tx, size).await?.ok_or(CheckpointError::Malformed)?;
    let (note, _) = opened(&format!("{note}{line}\n"))?;
    if !is_witnessed(&note, witness)? {
        return Err(CheckpointError::Note(NoteError::UnverifiedNote));
    }
    store::keep_cosignature(tx, size, witness.name().to_owned(), line.to_owned()).await?;
    Ok(())
}
