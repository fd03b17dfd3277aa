//! What was done, by whom and to what: a log per tenant to which rows can only be added, and which anyone can verify.
//!
//! The log is a Merkle tree as in RFC 6962: a leaf is one event's line, the hashes of whole subtrees lie in a table beside it.
//! A checkpoint is the tree's size and root, signed (C2SP `tlog-checkpoint`), and cosigned by witnesses, which are other
//! installations: who runs this one can sign whatever they like, but not for them. [`verify`] needs an export, the
//! checkpoints and the public keys, and no installation.

pub(crate) mod api;
pub mod bundle;
mod checkpoint;
mod cosignature;
mod event;
mod export;
mod log;
mod migrations;
mod overview;
mod pages;
mod standing;
mod store;
#[cfg(test)]
mod tests;
pub mod verify;
mod witness;

pub use self::checkpoint::{CheckpointError, LogKey, Signer, checkpoint, cosign, latest};
pub use self::cosignature::{Seen, Witness, WitnessKey};
pub use self::event::{Entry, Event, Record, Via, digest};
pub use self::export::{ExportError, checkpoints, export};
pub use self::log::{LogError, append, append_all, consistency, size};
pub use self::witness::{Anew, AnewError, Begun, begin_anew};

pub(crate) use self::log::{head, head_at};
pub(crate) use self::migrations::migrations;
pub(crate) use self::standing::{Standing, standing};
pub(crate) use self::witness::keep_checkpoints;

/// The log's routes.
pub(crate) fn routes(routes: &mut crate::web::Routes) {
    witness::routes(routes);
    pages::routes(routes);
    api::routes(routes);
}
pub(crate) use self::store::lines;
