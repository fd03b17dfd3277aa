//! Servers that tests start for themselves on 127.0.0.1 and stop again.

pub mod authority;
pub mod database_servers;
pub mod s3;
