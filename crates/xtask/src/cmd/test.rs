//! `cargo x test`: every test there is, and one line that says how many.

use std::path::Path;

use anyhow::{Result, bail};

use crate::cmd::assets::{self, Assets};
use crate::cmd::{office_check, recipes, report_check};
use crate::tally::Tally;
use crate::{debian, process};

/// Run all tests; the last line is `N passed, N failed`
#[derive(clap::Args, Default)]
pub(crate) struct Test {
    /// Leave out what needs a browser or python
    #[arg(long)]
    pub(crate) quick: bool,
}

impl Test {
    pub(crate) fn run(self) -> Result<()> {
        let mut tally = Tally::default();
        if self.quick {
            assets::made_or_told();
        } else {
            check(&mut tally, "the look of the office", Assets::default().run());
        }
        if let Err(error) = database_servers() {
            // The tests that need them fail, and say so too.
            println!("{error:#}");
        }
        let mut command = process::cargo();
        command.args(["test", "--workspace", "--no-fail-fast"]);
        let all_well = process::follow(&mut command, |line| tally.read_line(line))?;
        if !all_well && tally.failed == 0 {
            // It did not compile, or a test program died: no test says so, so we do.
            tally.count(false);
        }
        check(&mut tally, "a slice made by cargo x new-slice", recipes::follow_slice());
        let haechi = process::build_haechi(false);
        match &haechi {
            Err(error) => {
                println!("haechi: {error:#}");
                tally.count(false);
            }
            Ok(haechi) => {
                check(&mut tally, "the recipes of CONTRIBUTING.md", recipes::follow(haechi));
                if self.quick {
                    println!("report and office in a browser, the API held against its document: left out (--quick)");
                } else {
                    check(&mut tally, "report in a browser", report_check::check(haechi));
                    check(&mut tally, "journeys through the office", office_check::journeys(haechi));
                    check(&mut tally, "each role's day in the office", office_check::roles());
                    check(&mut tally, "signing in by a real provider", office_check::sign_in());
                    check(&mut tally, "every page of the office, looked at", office_check::look());
                    check(&mut tally, "the API held against its document", office_check::api());
                }
            }
        }
        let nothing_ran = tally.passed == 0;
        println!("{tally}");
        if nothing_ran || tally.failed > 0 {
            bail!("{}", if nothing_ran { "no test ran" } else { "not every test passed" });
        }
        Ok(())
    }
}

/// Sees to the servers that tests of live databases start for themselves.
fn database_servers() -> Result<()> {
    let is_there = |path: &str, program: &str| Path::new(path).exists() || process::is_there(program);
    let servers = [
        ("postgresql", is_there("/usr/lib/postgresql", "initdb")),
        ("mariadb-server-core", is_there("/usr/sbin/mariadbd", "mariadbd")),
    ];
    let missing: Vec<&str> = servers.into_iter().filter(|(_, there)| !there).map(|(package, _)| package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    debian::install(&missing, "tests of live databases start a server of each kind", "")
}

fn check(tally: &mut Tally, name: &str, outcome: Result<()>) {
    match &outcome {
        Ok(()) => println!("{name}: ok"),
        Err(error) => println!("{name}: FAILED\n{error:#}"),
    }
    tally.count(outcome.is_ok());
}
