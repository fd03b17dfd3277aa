//! haechi-formats
