//! haechi-detect
