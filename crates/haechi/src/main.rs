//! haechi
fn main() {}
