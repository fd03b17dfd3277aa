//! One folder per integrity module, in reading order: a slice calls the public face of those before it alone.

pub mod people;

pub mod cases;
