//! Servers that tests start for themselves on 127.0.0.1 and stop again.

pub mod s3;
