//! Passwords and secrets that a machine made.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher as _, PasswordVerifier as _};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use haechi_core::digest::Digest;
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Shorter than twelve characters.
    #[error("a password has at least twelve characters")]
    Short,
    /// Longer than 200 characters.
    #[error("a password has at most 200 characters")]
    Long,
    /// The log-in, the name or one character again and again.
    #[error("the password can be guessed")]
    Guessable,
    /// The machine could not make it.
    #[error("the password could not be kept")]
    Machine,
}

/// Passwords that are hashed at once. Each takes 19 MiB and tens of milliseconds of a core, and strangers say how many come.
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// Hashes on a thread of its own, so that nobody else waits for it.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
    let _turn = AT_ONCE.acquire().await.map_err(|_| PasswordError::Machine)?;
    tokio::task::spawn_blocking(work).await.map_err(|_| PasswordError::Machine)
}

/// The hash of a password (Argon2id, 19 MiB, two passes), as a PHC string.
pub(super) async fn hashed(password: &str, login: &str) -> Result<String, PasswordError> {
    let length = password.chars().count();
    if length < 12 {
        return Err(PasswordError::Short);
    }
    if length > 200 {
        return Err(PasswordError::Long);
    }
    let first = password.chars().next();
    // A log-in of a letter or two is in any sentence.
    let is_login = login.chars().count() > 3 && password.to_lowercase().contains(&login.to_lowercase());
    if password.chars().all(|one| Some(one) == first) || is_login {
        return Err(PasswordError::Guessable);
    }
    let password = password.to_owned();
    let hashed = aside(move || Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()));
    hashed.await?.map_err(|_| PasswordError::Machine)
}

/// Whether `password` is the one of `hash`. Takes the same time where there is no account (`None`).
pub(super) async fn is_right(password: &str, hash: Option<&str>) -> bool {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    aside(move || fits(&password, hash.as_deref())).await.unwrap_or(false)
}

fn fits(password: &str, hash: Option<&str>) -> bool {
    /// Of a password nobody has.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$7CrHfmFYjgBwhONOLZHi9Q$sWTmXRUb0HWtQ5XbMHvfNJP9OZbBIxrDZAc9VUQnN2c";
    let parsed = PasswordHash::new(hash.unwrap_or(NOBODY));
    let fits = parsed.is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
    fits && hash.is_some()
}

/// A password that a machine made, for the accounts of a demonstration: 80 random bits, easy to type.
///
/// # Errors
///
/// When the machine gives no random numbers.
pub fn passphrase() -> Result<String, PasswordError> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567890";
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| PasswordError::Machine)?;
    let letters = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let mut text = String::new();
    for (at, letter) in letters.enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push('-');
        }
        text.push(letter);
    }
    Ok(text)
}

/// A secret of 256 random bits that is shown once; the database keeps its digest.
#[derive(Clone)]
pub struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    pub(super) fn new() -> Result<Self, PasswordError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| PasswordError::Machine)?;
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    pub(crate) fn of(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, to be shown once.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What the database keeps.
    pub(crate) fn digest(&self) -> String {
        Digest::of_parts([b"haechi secret".as_slice(), self.0.as_bytes()]).to_string()
    }

    /// What a form must send back, so that no other page can send it: made of the session's secret, and of no use without it.
    pub(crate) fn form_token(&self) -> String {
        Digest::of_parts([b"haechi form".as_slice(), self.0.as_bytes()]).to_string()
    }

    /// Whether a form sent that; in the same time whatever it sent.
    pub(crate) fn is_form_token(&self, sent: &str) -> bool {
        self.form_token().as_bytes().ct_eq(sent.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_not_the_log_in_but_may_hold_a_letter_that_is_one() {
        let taken =
            |password: &'static str, login: &'static str| async move { hashed(password, login).await.map(drop) };
        assert_eq!(taken("kim 2019-0107 kim", "2019-0107").await, Err(PasswordError::Guessable));
        assert_eq!(taken("aaaaaaaaaaaaaaa", "2019-0107").await, Err(PasswordError::Guessable));
        assert_eq!(taken("river apple stone", "A").await, Ok(()));
    }
}
