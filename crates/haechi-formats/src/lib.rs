//! What people write and systems export, read without an engine.
//!
//! Exports become typed rows ([`export`], [`value`], [`mapping`]); folders of data become dictionaries, mappings and
//! scenarios ([`dictionary`], [`mapping`], [`scenario`]). Nothing here knows Arrow, DataFusion or where snapshots lie,
//! so it compiles in seconds, can be fuzzed, and the office may use it.

pub mod calendar;
pub mod cell;
pub mod dictionary;
pub mod export;
pub mod fault;
pub mod folder;
pub mod keys;
pub mod mapping;
pub mod scenario;
pub mod shipped;
pub mod tables;
pub mod value;
