//! A witness's signature of a checkpoint (C2SP `tlog-cosignature`, version 1): the log it saw had this size and root at this time,
//! and began with every log it signed before.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::{Signature as Ed25519, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use signed_note::{Note, Signer as NoteSigner, Verifier, is_key_name_valid};
use tlog_tiles::tlog::{EMPTY_HASH, Hash, TreeProof, check_tree};

use super::checkpoint::{CheckpointError, LogKey, opened};

/// The kind of key, as C2SP numbers it.
const KIND: u8 = 4;

/// An installation that signs what others' logs show it.
#[derive(Clone)]
pub struct Witness {
    name: String,
    key: SigningKey,
}

/// What a witness remembers of a log.
#[derive(Clone, Copy, PartialEq)]
pub struct Seen {
    /// Its size when it was signed last.
    pub size: u64,
    /// Its root then.
    pub root: Hash,
}

impl std::fmt::Debug for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} events, root {}", self.size, self.root)
    }
}

impl Default for Seen {
    fn default() -> Self {
        Self { size: 0, root: EMPTY_HASH }
    }
}

/// A witness's public key: `name+id+base64`.
#[derive(Clone, Debug)]
pub struct WitnessKey {
    name: String,
    id: u32,
    key: VerifyingKey,
}

impl Witness {
    /// A witness with the key `secret`.
    ///
    /// # Errors
    ///
    /// When the name is empty or holds white space or a plus sign.
    pub fn new(name: &str, secret: [u8; 32]) -> Result<Self, CheckpointError> {
        if is_key_name_valid(name) {
            Ok(Self { name: name.to_owned(), key: SigningKey::from_bytes(&secret) })
        } else {
            Err(CheckpointError::Key(name.to_owned()))
        }
    }

    /// A witness `name` with a new key, and the secret line that brings it back.
    ///
    /// # Errors
    ///
    /// A name that a key cannot bear; a machine that gives no random numbers.
    pub fn generate(name: &str) -> Result<(Self, String), CheckpointError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| CheckpointError::NoChance)?;
        let this = Self::new(name, bytes)?;
        let secret = BASE64_STANDARD.encode([&[KIND], bytes.as_slice()].concat());
        let line = format!("PRIVATE+KEY+{name}+{:08x}+{secret}", this.key().id);
        Ok((this, line))
    }

    /// The witness that `secret` writes: `PRIVATE+KEY+name+id+base64`.
    ///
    /// # Errors
    ///
    /// When it is no such key. What it says instead is not repeated.
    pub fn parse(secret: &str) -> Result<Self, CheckpointError> {
        let parsed = || {
            let (name, rest) = secret.trim().strip_prefix("PRIVATE+KEY+")?.split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let bytes = BASE64_STANDARD.decode(key).ok()?;
            let (kind, key) = bytes.split_first()?;
            let this = Self::new(name, key.try_into().ok()?).ok()?;
            let fits = *kind == KIND && u32::from_str_radix(id, 16).ok()? == this.key().id;
            fits.then_some(this)
        };
        parsed().ok_or_else(|| CheckpointError::Key("the secret line".to_owned()))
    }

    /// Its public key.
    pub fn key(&self) -> WitnessKey {
        let key = self.key.verifying_key();
        WitnessKey { name: self.name.clone(), id: key_id(&self.name, &key), key }
    }

    /// Signs `checkpoint` at `unix_seconds`, if the log's own signature holds and the log begins with what was `seen` of it, which
    /// `proof` shows. Returns the signature's line and what is now seen.
    ///
    /// # Errors
    ///
    /// A note that is none, whose signature is wrong, or that does not begin with what was seen: the log was rewritten.
    pub fn cosign(
        &self,
        checkpoint: &str,
        log: &LogKey,
        seen: Seen,
        proof: &TreeProof,
        unix_seconds: u64,
    ) -> Result<(String, Seen), CheckpointError> {
        let (note, head) = opened(checkpoint)?;
        log.verify(&note)?;
        let now = Seen { size: head.size(), root: *head.hash() };
        let goes_on = match seen.size {
            0 => true,
            size if size == now.size => seen.root == now.root,
            size => size < now.size && check_tree(proof, now.size, now.root, size, seen.root).is_ok(),
        };
        if !goes_on {
            return Err(CheckpointError::Rewritten {
                origin: head.origin().to_owned(),
                before: seen.size,
                size: now.size,
            });
        }
        let signer = At { witness: self, unix_seconds };
        let mut signed = Note::new(note.text(), &[])?;
        signed.add_sigs(&[&signer])?;
        let signed = String::from_utf8_lossy(&signed.to_bytes()).into_owned();
        let line = signed.lines().last().unwrap_or_default().to_owned();
        Ok((line, now))
    }
}

/// A witness at a moment.
struct At<'a> {
    witness: &'a Witness,
    unix_seconds: u64,
}

impl NoteSigner for At<'_> {
    fn name(&self) -> &str {
        &self.witness.name
    }

    fn key_id(&self) -> u32 {
        self.witness.key().id
    }

    fn sign(&self, text: &[u8]) -> Result<Vec<u8>, signature::Error> {
        let signature = self.witness.key.try_sign(&message(self.unix_seconds, text))?;
        Ok([self.unix_seconds.to_be_bytes().as_slice(), &signature.to_bytes()].concat())
    }
}

impl WitnessKey {
    /// The key that `text` writes.
    ///
    /// # Errors
    ///
    /// When it is no key of a witness.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let parsed = || {
            let (name, rest) = text.trim().split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let bytes = BASE64_STANDARD.decode(key).ok()?;
            let (kind, key) = bytes.split_first()?;
            let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok()?;
            let id = u32::from_str_radix(id, 16).ok()?;
            let fits = *kind == KIND && id == key_id(name, &key) && is_key_name_valid(name);
            fits.then(|| Self { name: name.to_owned(), id, key })
        };
        parsed().ok_or_else(|| CheckpointError::Key(text.to_owned()))
    }

    /// The witness's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl std::fmt::Display for WitnessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = [&[KIND], self.key.as_bytes().as_slice()].concat();
        write!(f, "{}+{:08x}+{}", self.name, self.id, BASE64_STANDARD.encode(bytes))
    }
}

impl Verifier for WitnessKey {
    fn name(&self) -> &str {
        &self.name
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
        let Some((time, signature)) = signature.split_first_chunk::<8>() else { return false };
        let Ok(signature) = Ed25519::from_slice(signature) else { return false };
        self.key.verify_strict(&message(u64::from_be_bytes(*time), text), &signature).is_ok()
    }
}

/// What is signed: the time, then the checkpoint.
fn message(unix_seconds: u64, text: &[u8]) -> Vec<u8> {
    [format!("cosignature/v1\ntime {unix_seconds}\n").as_bytes(), text].concat()
}

fn key_id(name: &str, key: &VerifyingKey) -> u32 {
    let digest = Sha256::new().chain_update(name).chain_update(b"\n").chain_update([KIND]).chain_update(key.as_bytes());
    let digest: [u8; 32] = digest.finalize().into();
    let [a, b, c, d, ..] = digest;
    u32::from_be_bytes([a, b, c, d])
}
