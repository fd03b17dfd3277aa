//! An office killed while it takes runs in, answers, climbs and writes messages; then: nothing lost, nothing doubled.

use std::fs::OpenOptions;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::moves::Dice;
use crate::process;

/// Kills between two looks.
const LOOK: u32 = 20;

/// Kills the office `kills` times on each database.
pub(super) fn run(kills: u32, seed: u64) -> Result<()> {
    let victim = process::build_example("victim", false)?;
    let place = tempfile::Builder::new().prefix("haechi-office-torture-").tempdir().context("no temporary folder")?;
    let mut server = Server::start(&victim)?;
    let databases = [("SQLite", Vec::new()), ("PostgreSQL", server.addresses()?)];
    let folders = databases.each_ref().map(|(name, _)| place.path().join(name));
    for folder in &folders {
        std::fs::create_dir(folder)?;
    }
    let _sink = Server::sink(&victim, &folders)?;
    for ((name, addresses), folder) in databases.into_iter().zip(folders) {
        let office = Office { victim: &victim, folder, addresses };
        let mut dice = Dice::new(seed);
        for kill in 1..=kills {
            office.kill_once(dice.below(1 << 40), Duration::from_millis(30 + dice.below(700)))?;
            if kill % LOOK == 0 || kill == kills {
                let said = office.check()?;
                println!("torture: office on {name}, seed {seed}: {kill} kills, {said}");
            }
        }
    }
    Ok(())
}

/// An office to be killed.
struct Office<'a> {
    victim: &'a Path,
    folder: PathBuf,
    addresses: Vec<String>,
}

impl Office<'_> {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(self.victim);
        command.args(words).args(&self.addresses);
        command
    }

    fn acks(&self) -> PathBuf {
        self.folder.join("acks")
    }

    /// Lets it work, and kills it `after` it first said something.
    fn kill_once(&self, seed: u64, after: Duration) -> Result<()> {
        let folder = self.folder.display().to_string();
        let mut child = self.command(&["work", &folder, &seed.to_string()]).stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().context("no output")?;
        let mut acks = OpenOptions::new().create(true).append(true).open(self.acks())?;
        // What was said before it died was committed before it was said.
        let (begun, wait) = std::sync::mpsc::channel();
        let reader = std::thread::spawn(move || -> std::io::Result<()> {
            for line in BufReader::new(out).split(b'\n') {
                let line = line?;
                begun.send(()).ok();
                acks.write_all(&line)?;
                acks.write_all(b"\n")?;
            }
            Ok(())
        });
        // Half of them before it has said anything at all, while it opens and takes in.
        if seed.is_multiple_of(2) {
            wait.recv_timeout(Duration::from_secs(60)).ok();
        }
        std::thread::sleep(after);
        if let Some(status) = child.try_wait()? {
            bail!("the office ended by itself with {status}");
        }
        child.kill()?;
        child.wait()?;
        match reader.join() {
            Ok(read) => Ok(read?),
            Err(_) => bail!("the reader of its output died"),
        }
    }

    fn check(&self) -> Result<String> {
        let folder = self.folder.display().to_string();
        if !self.acks().exists() {
            std::fs::write(self.acks(), "")?;
        }
        let acks = self.acks().display().to_string();
        let output = self.command(&["check", &folder, &acks]).output()?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        if !output.status.success() {
            bail!("{said}\n{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(said)
    }
}

/// A server that the offices need, for as long as this lives: PostgreSQL, or one that takes mail.
struct Server(Child);

impl Server {
    fn sink(victim: &Path, folders: &[PathBuf]) -> Result<Self> {
        let mut child =
            Command::new(victim).arg("sink").args(folders).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().context("no output")?;
        BufReader::new(out).lines().next().context("the mail server did not start")??;
        Ok(Self(child))
    }

    fn start(victim: &Path) -> Result<Self> {
        let child = Command::new(victim).arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        Ok(Self(child))
    }

    fn addresses(&mut self) -> Result<Vec<String>> {
        let out = self.0.stdout.take().context("no output")?;
        let mut lines = BufReader::new(out).lines();
        let mut next = || lines.next().context("PostgreSQL did not start")?.context("PostgreSQL did not start");
        Ok(vec![next()?, next()?])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its input ends, and with it the server.
        drop(self.0.stdin.take());
        self.0.wait().ok();
    }
}
