//! Running other programs: cargo, git, node, python and `haechi` itself.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// The cargo that runs us, in the workspace's root, told nothing of the package we are: build scripts (ring's) that ask for it
/// would run again, and everything above them, the query engine too, would be compiled again.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let of_a_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_a_package)) {
        command.env_remove(name);
    }
    command.current_dir(workspace::root());
    command
}

/// Runs to the end with the terminal's own input and output.
///
/// # Errors
///
/// A program that cannot be started, or that ends with anything but 0.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", words(command)))?;
    if !status.success() {
        bail!("{} ended with {status}", words(command));
    }
    Ok(())
}

/// Runs to the end and gives what it wrote to its standard output.
///
/// # Errors
///
/// As [`run`]; what it wrote to its standard error is in the message.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command.output().with_context(|| format!("cannot start {}", words(command)))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!("{} ended with {}: {}", words(command), done.status, said.trim());
    }
    String::from_utf8(done.stdout).with_context(|| format!("{} wrote something that is not UTF-8", words(command)))
}

/// Runs to the end, shows each line of its standard output and hands it to `each`. Gives whether it ended with 0.
///
/// # Errors
///
/// A program that cannot be started or read.
pub(crate) fn follow(command: &mut Command, mut each: impl FnMut(&str)) -> Result<bool> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", words(command)))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            each(&line);
        }
    }
    Ok(child.wait()?.success())
}

/// Whether a program of this name answers to `--version`.
pub(crate) fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Builds the `haechi` program with cargo's own progress on standard error, and gives its path.
///
/// # Errors
///
/// It does not compile, or cargo names no executable.
pub(crate) fn build_haechi(release: bool) -> Result<PathBuf> {
    build(&["--bin", "haechi"], "haechi", release)
}

/// Builds an example of a crate, and returns where it lies.
///
/// # Errors
///
/// It does not compile, or cargo names no executable.
pub(crate) fn build_example(name: &str, release: bool) -> Result<PathBuf> {
    build(&["--example", name], name, release)
}

fn build(what: &[&str], name: &str, release: bool) -> Result<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--workspace", "--message-format", "json-render-diagnostics"]).args(what);
    if release {
        command.arg("--release");
    }
    let done = command.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
    if !done.status.success() {
        bail!("{name} does not build");
    }
    String::from_utf8_lossy(&done.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .with_context(|| format!("cargo built {name} but names no executable"))
}

/// The command as a person would type it.
fn words(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|arg| arg.to_string_lossy().into_owned()));
    let long = words.len() > 12;
    words.truncate(12);
    format!("`{}{}`", words.join(" "), if long { " …" } else { "" })
}
