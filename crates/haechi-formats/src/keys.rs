//! The installation key: identifiers become keyed hashes, so that records join and nobody reads them.

use std::fmt;

use haechi_core::digest::Digest;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The secret 32 bytes under which identifiers are hashed. Never printed, never serialised.
#[derive(Clone)]
pub struct InstallationKey([u8; 32]);

impl InstallationKey {
    /// From 32 secret bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What manifests call the key: the first 16 digits of a digest of it, which tells keys apart and gives nothing away.
    pub fn id(&self) -> String {
        Digest::of_parts([b"haechi installation key id".as_slice(), &self.0]).to_string().chars().take(16).collect()
    }

    /// HMAC-SHA-256 of the identifier's letters and digits (marks, spaces and width do not count), as 64 hexadecimal digits.
    ///
    /// `kind` keeps a resident number and an account number with the same digits apart: it is the identifier's meaning
    /// (`account_no`), the same in every table that is to join on it. `None` when no letter or digit is there.
    pub fn hash(&self, kind: &str, identifier: &str) -> Option<String> {
        use unicode_normalization::UnicodeNormalization as _;
        let plain: String = identifier.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        if plain.is_empty() {
            return None;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(plain.as_bytes());
        Some(Digest::from_bytes(mac.finalize().into_bytes().into()).to_string())
    }
}

impl fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "InstallationKey({})", self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_account_written_two_ways_has_one_hash_and_another_key_another() {
        let key = InstallationKey::new([7; 32]);
        assert_eq!(key.hash("account_no", "110-234-567890"), key.hash("account_no", "１１０ 234567890"));
        assert_ne!(key.hash("account_no", "110234567890"), key.hash("resident_no", "110234567890"));
        assert_ne!(key.hash("account_no", "1"), InstallationKey::new([8; 32]).hash("account_no", "1"));
        assert_eq!(key.hash("account_no", " - "), None);
    }

    #[test]
    fn printing_the_key_prints_its_id() {
        let key = InstallationKey::new([7; 32]);
        assert_eq!(format!("{key:?}"), format!("InstallationKey({})", key.id()));
    }
}
