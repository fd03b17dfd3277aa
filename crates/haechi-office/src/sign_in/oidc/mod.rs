//! Signing in by a government's own provider of OpenID Connect: the authorization code flow with PKCE.
//!
//! The provider says who somebody is; what they may do is ours. Somebody who comes for the first time is found among our people by the
//! rule of `office.toml`, once; from then on the provider's own name of them (`sub`) decides, and that is a row with its event. Whoever
//! the rule finds twice or not at all is told whom to ask.
//!
//! Between leaving for the provider and coming back nothing is kept here: what was begun lies sealed in a cookie (`attempt.rs`), and
//! strangers write no rows. Nothing of the provider's is kept either, neither tokens nor claims.
//!
//! Reading order: `provider.rs` (what is known of a provider), `attempt.rs` (leaving), `answer.rs` (coming back), `link.rs` (who it is).

mod answer;
mod attempt;
mod error;
mod link;
mod provider;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use self::answer::{Brought, Came, come_back};
pub(crate) use self::attempt::{MOST, Purpose, begun, cookie_of, leave};
pub(crate) use self::error::OidcError;
pub(crate) use self::link::{forget, linked_since, unlink};
pub(crate) use self::provider::Providers;

use crate::office::Office;

/// Whether every provider's secret can be read: said when the office starts, and not when the first person signs in.
///
/// # Errors
///
/// The file that cannot be read, and why.
pub fn ready(office: &Office) -> Result<(), String> {
    office.oidc().all().try_for_each(|provider| provider.secret().map(drop).map_err(|error| error.to_string()))
}
