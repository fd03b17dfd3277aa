//! Which encoding a text has.
