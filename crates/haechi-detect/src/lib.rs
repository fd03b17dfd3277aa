//! haechi-detect

pub mod functions;
