//! Who somebody is: accounts of the office's own, a government's provider of OpenID Connect, sessions in the database, one-time links,
//! tokens of programs.
//!
//! Failures are counted for strangers and for browsers that signed in before apart, so that who guesses at a log-in locks out
//! guessers, and not its owner; and the command line can always make a new one-time link.
//!
//! Reading order: `session.rs` (what being signed in is), `local.rs` with `password.rs`, `guess.rs` and `factor` (the office's own
//! accounts), `oidc` (the provider's), `kept` (what was typed waits meanwhile), `others.rs`, `tokens.rs`, then the pages.

pub(crate) mod api;
mod device;
mod error;
pub(crate) mod factor;
mod forget;
mod guess;
pub(crate) mod kept;
mod local;
pub(crate) mod migrations;
mod notice;
mod oidc;
mod others;
mod pages;
mod password;
mod session;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod tokens;

pub use self::error::SignInError;
pub use self::local::{Entered, change_password, link, second_step, set_password, sign_in, use_link};
pub use self::oidc::ready;
pub use self::others::reset_factor_by_installation;
pub use self::password::{PasswordError, Secret, passphrase};
pub use self::session::{Opened, Way, end_session};
pub use self::tokens::{make_token, revoke_token};

pub(crate) use self::factor::picture;
pub(crate) use self::forget::forget;
pub(crate) use self::kept::Kept;
pub(crate) use self::oidc::Providers;
pub(crate) use self::session::{Found, Session, find, sign_out};
#[cfg(test)]
pub(crate) use self::session::{actor_of_session, session_of};
pub(crate) use self::tokens::{Held, actor_of_token, wider};

/// The addresses of signing in, of accounts and of tokens.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}
