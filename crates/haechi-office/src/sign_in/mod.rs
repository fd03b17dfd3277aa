//! Who somebody is: local accounts, sessions in the database, one-time links, tokens of programs.
//!
//! Failures are counted for strangers and for browsers that signed in before apart, so that who guesses at a log-in locks out
//! guessers, and not its owner; and the command line can always make a new one-time link.

mod actions;
pub(crate) mod migrations;
pub(crate) mod pages;
mod password;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use self::actions::{
    Opened, SignInError, change_password, end_session, link, make_token, revoke_token, set_password, sign_in, sign_out,
    use_link,
};
pub use self::password::{PasswordError, Secret, passphrase};

#[cfg(test)]
pub(crate) use self::actions::session_of;
pub(crate) use self::actions::{actor_of_session, actor_of_token};
