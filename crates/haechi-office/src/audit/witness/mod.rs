//! Installations watch one another: each signs what the others' logs show it, as long as they only grow (C2SP `tlog-witness`).
//!
//! Who runs an installation can rewrite its log and sign the new one. They cannot make a witness forget what it signed, and the
//! new log does not begin with that.

mod anew;
mod ask;
mod request;
mod serve;
mod store;
#[cfg(test)]
mod tests;

pub use self::anew::{Anew, AnewError, Begun, begin_anew};
pub(crate) use self::ask::keep_checkpoints;
pub(super) use self::serve::routes;
pub(super) use self::store::{AnewRow, answers, begun_anew, seen_all};
