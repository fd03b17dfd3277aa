//! Findings become alerts and cases, and everything that is done leaves a trace nobody can remove unseen.
//!
//! Knows nothing of the engine. Reading order: [`db`] (two databases, one way to open them and one to write), [`audit`] (the
//! log, its checkpoints, and how they are verified without an installation), [`policy`] (who may do what), [`web`] (how people and
//! programs come in), then the slices.

pub(crate) mod access;
pub mod audit;
pub mod backup;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod elsewhere;
pub(crate) mod export;
pub mod files;
pub(crate) mod guides;
pub mod health;
#[macro_use]
pub mod ids;
pub mod ingest;
mod migrations;
pub mod office;
pub mod outbox;
pub mod policy;
pub mod problem;
pub(crate) mod retention;
mod say;
pub mod seal;
pub mod settings;
pub(crate) mod setup;
pub mod sign_in;
pub mod slices;
#[cfg(test)]
mod testing;
pub mod timed;
pub mod web;
pub mod webhooks;
