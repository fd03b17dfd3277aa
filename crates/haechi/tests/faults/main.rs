//! What happens when something goes wrong: bad exports, full disks, two at once, rules with faults, secrets, purges.
//!
//! Every test runs the real program on made-up exports in a folder of its own, and looks at what the person gets (the exit
//! code of `src/exit.rs` and the message) and at what is left: the view before, and nothing half.

mod at_once;
mod disk;
mod exports;
#[cfg(feature = "failpoints")]
mod failpoints;
mod folders;
mod outputs;
mod place;
mod privacy;
mod purge;
mod rules;
