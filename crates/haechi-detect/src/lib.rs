//! Exports in, findings out. The only crate written against DataFusion and Arrow.
//!
//! Reading order: [`store`] (what lies in a data folder, and how a change to it is atomic), [`import`] (exports become
//! snapshots), [`session`] (the one place that builds a DataFusion session), [`run`] (scenarios become findings),
//! [`history`] and [`recompute`] (what became of them, and whether they still hold).

pub mod case_runner;
pub mod error;
pub mod export;
pub mod functions;
pub mod history;
pub mod import;
pub mod junit;
mod one_thread;
pub mod people;
pub mod recompute;
pub mod report;
pub mod report_input;
pub mod rows;
pub mod run;
pub mod session;
mod shared_tables;
mod sorted_parts;
pub mod store;
