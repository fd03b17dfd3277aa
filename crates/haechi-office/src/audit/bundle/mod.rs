//! What is to be said of one case, and the proof that it is what the log says: a folder that is verified without an installation.
//!
//! The folder is a BagIt bag (RFC 8493), which any archive takes; its manifests say whether a file was damaged. Whether something was
//! changed on purpose they cannot say. That is said by the log: every event about the case comes with the proof that it is in the
//! log under a signed checkpoint, and the case as it stands has the digest that the newest of them gives.

mod bag;
mod fault;
mod make;
mod prove;
mod source;
mod verify;

pub use self::fault::{BundleError, BundleFault};
pub use self::make::{Attachment, Contents, Found, make};
pub use self::prove::{Proven, prove};
pub(crate) use self::verify::said;
pub use self::verify::{BundleVerdict, verify};

/// The number of the bundle's form.
pub const FORMAT: u32 = 1;

/// The files of a bundle beside its attachments.
mod name {
    pub(super) const ABOUT: &str = "data/about.txt";
    pub(super) const CASE: &str = "data/case.json";
    pub(super) const ALERT: &str = "data/alert.json";
    pub(super) const RUN: &str = "data/run.json";
    pub(super) const EVENTS: &str = "data/events.jsonl";
    pub(super) const PROOF: &str = "data/proof.json";
    pub(super) const CHECKPOINT: &str = "data/checkpoint.txt";
    pub(super) const WITNESSED: &str = "data/witnessed.txt";
    pub(super) const ATTACHMENTS: &str = "data/attachments";
}
