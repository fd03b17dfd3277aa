//! What only this installation can read: texts sealed with a key that lies in its own folder, apart from the database.
//!
//! A seal names what it is for and to what it is bound (a person, a session), so that a sealed text that is put in another place does
//! not open there. Whoever has a copy of the database alone reads none of them.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;

/// The first word of a key's file.
const WORD: &str = "haechi-seal-1";
/// Bytes of a nonce: long enough to be drawn at random for ever.
const NONCE: usize = 24;

/// Why something could not be sealed, or a key not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The file holds no key.
    #[error("that is no key to seal with: `{WORD} BASE64`")]
    Key,
    /// The machine gave no random numbers, or the text is too long.
    #[error("the text could not be sealed")]
    Machine,
}

/// The key with which this installation seals what it alone reads. 256 random bits.
#[derive(Clone)]
pub struct SealKey([u8; 32]);

impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey")
    }
}

impl SealKey {
    /// A new key, and the text of its file.
    ///
    /// # Errors
    ///
    /// When the machine gives no random numbers.
    pub fn generate() -> Result<(Self, String), SealError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| SealError::Machine)?;
        Ok((Self(bytes), format!("{WORD} {}\n", BASE64_STANDARD_NO_PAD.encode(bytes))))
    }

    /// The key of a file's text.
    ///
    /// # Errors
    ///
    /// A text that is none.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let key = text.trim().strip_prefix(WORD).ok_or(SealError::Key)?;
        let bytes = BASE64_STANDARD_NO_PAD.decode(key.trim()).map_err(|_| SealError::Key)?;
        bytes.try_into().map(Self).map_err(|_| SealError::Key)
    }

    /// A key that is made of this one and of `secret`: what it seals is read by nobody who lacks either.
    pub(crate) fn and(&self, secret: &str) -> Result<Self, SealError> {
        self.derived("with a secret", secret).map(Self)
    }

    fn derived(&self, purpose: &str, of: &str) -> Result<[u8; 32], SealError> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0).map_err(|_| SealError::Machine)?;
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(of.as_bytes());
        Ok(mac.finalize().into_bytes().into())
    }

    fn cipher(&self, purpose: &str) -> Result<XChaCha20Poly1305, SealError> {
        Ok(XChaCha20Poly1305::new(&self.derived(purpose, "")?.into()))
    }

    /// `value`, sealed for `purpose` and bound to `to`: letters, digits, `-` and `_` alone.
    ///
    /// # Errors
    ///
    /// When the machine gives no random numbers.
    pub(crate) fn seal(&self, purpose: &str, to: &str, value: &impl Serialize) -> Result<String, SealError> {
        let plain = serde_json::to_vec(value).map_err(|_| SealError::Machine)?;
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| SealError::Machine)?;
        let payload = Payload { msg: &plain, aad: to.as_bytes() };
        let sealed = self.cipher(purpose)?.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Machine)?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// What was sealed for `purpose` and bound to `to`; none where it was not, or was changed, or sealed with another key.
    pub(crate) fn open<T: DeserializeOwned>(&self, purpose: &str, to: &str, sealed: &str) -> Option<T> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: to.as_bytes() };
        let plain = self.cipher(purpose).ok()?.decrypt(&XNonce::from(*nonce), payload).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_in_the_same_place_alone() {
        let (key, text) = SealKey::generate().unwrap();
        let (other, _) = SealKey::generate().unwrap();
        let sealed = key.seal("code", "kim", &"비밀").unwrap();
        assert!(
            !sealed.contains("비밀") && sealed.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one))
        );
        let again = SealKey::parse(&text).unwrap();
        assert_eq!(again.open::<String>("code", "kim", &sealed).as_deref(), Some("비밀"));
        let mut changed = sealed.clone().into_bytes();
        changed[40] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        for none in [
            other.open::<String>("code", "kim", &sealed),
            key.open("draft", "kim", &sealed),
            key.open("code", "park", &sealed),
            key.and("cookie").unwrap().open("code", "kim", &sealed),
            key.open("code", "kim", &changed),
            key.open("code", "kim", ""),
            key.open("code", "kim", "%"),
        ] {
            assert_eq!(none, None);
        }
        assert_ne!(sealed, key.seal("code", "kim", &"비밀").unwrap(), "the same text is sealed anew each time");
    }

    #[test]
    fn a_file_that_holds_no_key_is_refused() {
        let (_, text) = SealKey::generate().unwrap();
        for wrong in ["", "haechi-seal-1", "haechi-seal-1 AAAA", &text.replace("seal", "log"), &text.replace(' ', " !")]
        {
            assert_eq!(SealKey::parse(wrong).map(drop), Err(SealError::Key), "{wrong}");
        }
    }
}
