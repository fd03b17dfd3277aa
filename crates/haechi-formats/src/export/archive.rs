//! Members of gz, zst, zip and tar.
