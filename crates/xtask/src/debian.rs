//! Programs of the system that checks need: installed where we may, asked for elsewhere.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Installs Debian packages, as root where there is `apt-get`.
///
/// # Errors
///
/// `why`, with what to type and `otherwise`, where we may not; or what `apt-get` says.
pub(crate) fn install(packages: &[&str], why: &str, otherwise: &str) -> Result<()> {
    let root = process::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || !process::is_there("apt-get") {
        bail!("{why}: install it (Debian: `sudo apt-get install {}`){otherwise}", packages.join(" "));
    }
    println!("installing {}", packages.join(", "));
    process::run(Command::new("apt-get").args(["update", "-q"]))?;
    process::run(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-qy", "--no-install-recommends"])
            .args(packages),
    )
}
