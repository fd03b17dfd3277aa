//! `cargo x ci`: what must hold before a change is merged.

use std::time::Duration;

use anyhow::{Result, bail};

use crate::cmd::assets::{self, Assets};
use crate::cmd::{docs::Docs, test::Test};
use crate::process;
use crate::stopwatch::{Stopwatch, words};
use crate::tidy::Tidy;
use crate::torture::Torture;

/// Run every check, also after one has failed, and sum up
#[derive(clap::Args)]
pub(crate) struct Ci {
    /// Leave out what needs a browser
    #[arg(long)]
    quick: bool,
}

struct Done {
    name: &'static str,
    took: Duration,
    failed: Option<String>,
}

impl Ci {
    pub(crate) fn run(self) -> Result<()> {
        let quick = self.quick;
        let mut done = Vec::new();
        // First, so that everything below builds the office once: with its look.
        step(&mut done, "assets", || {
            if quick {
                assets::made_or_told();
                Ok(())
            } else {
                Assets::default().run()
            }
        });
        step(&mut done, "fmt", || process::run(process::cargo().args(["fmt", "--all", "--check"])));
        step(&mut done, "clippy", || {
            process::run(process::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        });
        step(&mut done, "tidy", || Tidy::default().run());
        step(&mut done, "docs", || Docs { check: true }.run());
        step(&mut done, "test", || Test { quick }.run());
        step(&mut done, "torture", || Torture::short().run());
        println!("\n== summary");
        for step in &done {
            let outcome = step.failed.as_ref().map_or("ok".to_owned(), |why| format!("FAILED: {why}"));
            println!("{:<8} {:>12}  {outcome}", step.name, words(step.took));
        }
        match done.iter().filter(|step| step.failed.is_some()).count() {
            0 => Ok(()),
            failed => bail!("{failed} of {} steps failed", done.len()),
        }
    }
}

fn step(done: &mut Vec<Done>, name: &'static str, run: impl FnOnce() -> Result<()>) {
    println!("\n== {name}");
    let watch = Stopwatch::start();
    let failed = run().err().map(|error| format!("{error:#}"));
    if let Some(why) = &failed {
        println!("{name}: FAILED: {why}");
    }
    done.push(Done { name, took: watch.read(), failed });
}
