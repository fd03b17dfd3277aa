//! Who somebody is: local accounts, sessions in the database, one-time links, tokens of programs.
//!
//! Failures are counted for strangers and for browsers that signed in before apart, so that who guesses at a log-in locks out
//! guessers, and not its owner; and the command line can always make a new one-time link.

mod actions;
pub(crate) mod api;
pub(crate) mod migrations;
mod pages;
mod password;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod tokens;

pub use self::actions::{
    Opened, SignInError, change_password, end_session, link, set_password, sign_in, sign_out, use_link,
};
pub use self::password::{PasswordError, Secret, passphrase};
pub use self::tokens::{make_token, revoke_token};

pub(crate) use self::actions::actor_of_session;
#[cfg(test)]
pub(crate) use self::actions::session_of;
pub(crate) use self::tokens::{Held, actor_of_token, wider};

/// The addresses of tokens, and of one's sessions for programs.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}
