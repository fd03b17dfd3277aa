//! Findings become alerts and cases, and everything that is done leaves a trace nobody can remove unseen.
//!
//! Knows nothing of the engine. Reading order: [`db`] (two databases, one way to open them and one to write), [`audit`] (the
//! log, its checkpoints, and how they are verified without an installation), then the slices, as they come.

pub mod audit;
pub mod db;
pub mod ids;
mod migrations;
pub mod slices;
