//! haechi-detect

pub mod report;
