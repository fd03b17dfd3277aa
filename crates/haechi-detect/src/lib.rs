//! Exports in, findings out. The only crate written against DataFusion and Arrow.
//!
//! Reading order: [`store`] (what lies in a data folder, and how a change to it is atomic), [`import`] (exports become
//! snapshots), [`session`] (the one place that builds a DataFusion session), [`run`] (scenarios become findings),
//! [`history`] and [`recompute`] (what became of them, and whether they still hold).

pub mod error;
pub mod functions;
pub mod import;
pub mod store;
