//! The program people run. Arguments, printing and exit codes live here; what is worth a test lives in the libraries.

mod cmd;
mod exit;
mod output;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::exit::Exit;

/// Internal control for local government: exports in, questions worth asking out
///
/// Exit codes: 0 done, 1 unexpected, 2 wrong arguments, 10 to 15 nothing was changed because of bad input, too many rejects,
/// another writer, a full disk, damage or a wrong request, 20 a test case differs, 21 a scenario or mapping has faults,
/// 30 a finding no longer holds. `haechi docs` writes them out with what to do.
#[derive(Debug, Parser)]
#[command(name = "haechi", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a data folder
    Init(cmd::init::Init),
    /// Take exports into snapshots, and look at what was taken
    #[command(subcommand)]
    Snapshot(cmd::snapshot::Snapshot),
    /// The databases whose tables may be taken
    #[command(subcommand)]
    Database(cmd::database::Database),
    /// The mappings that read exports
    #[command(subcommand)]
    Mapping(cmd::mapping::MappingCommand),
    /// The scenarios that ask questions
    #[command(subcommand)]
    Scenario(cmd::scenario::ScenarioCommand),
    /// Run scenarios over what was taken
    Detect(cmd::detect::Detect),
    /// What became of findings
    #[command(subcommand)]
    Findings(cmd::findings::Findings),
    /// Recompute findings from the snapshots they cite
    Verify(cmd::verify::Verify),
    /// Write the report of the last run as one HTML file
    Report(cmd::report::Report),
    /// Serve the office: pages, API and what falls due by time
    Serve(cmd::serve::Serve),
    /// Run the engine where the exports are, and hand its runs to an office
    Worker(cmd::serve::Worker),
    /// Governments, people and keys of an office
    #[command(subcommand)]
    Office(cmd::office::OfficeCommand),
    /// People and units of the personnel exports that were taken, for the office
    Records(cmd::records::Records),
    /// Back up an office, with its attachments and settings, into one file
    Backup(cmd::backup::Backup),
    /// Restore an office from a backup into an empty place
    Restore(cmd::restore::Restore),
    /// Destroy data by class and age; manifests and digests stay
    Purge(cmd::purge::Purge),
    /// Legal holds, which stop a purge
    #[command(subcommand)]
    Hold(cmd::purge::HoldCommand),
    /// Write an invented government of any size, or score findings against its truth
    Synth(cmd::synth::Synth),
    /// An invented government from exports to report, in one go
    Demo(cmd::demo::Demo),
    /// Write the reference pages under docs/generated
    #[command(hide = true)]
    Docs(cmd::docs::Docs),
}

fn main() -> ExitCode {
    // Faults that the environment asks for (`FAILPOINTS`), in builds for tests alone.
    #[cfg(feature = "failpoints")]
    let _faults = fail::FailScenario::setup();
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("haechi cannot start: {error}");
            return Exit::Unexpected.into();
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(exit) => exit.into(),
        Err(error) => {
            if exit::is_closed_pipe(&error) {
                return Exit::Done.into();
            }
            eprintln!("{}", told(&error));
            Exit::of(&error).into()
        }
    }
}

/// An error with its causes, each said once: most messages name theirs already.
fn told(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

async fn run(cli: Cli) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Init(command) => command.run(),
        Command::Snapshot(command) => command.run().await,
        Command::Database(command) => command.run().await,
        Command::Mapping(command) => command.run(),
        Command::Scenario(command) => command.run().await,
        Command::Detect(command) => command.run().await,
        Command::Findings(command) => command.run().await,
        Command::Verify(command) => command.run().await,
        Command::Report(command) => command.run().await,
        Command::Serve(command) => command.run().await,
        Command::Worker(command) => command.run().await,
        Command::Office(command) => command.run().await,
        Command::Records(command) => command.run().await,
        Command::Backup(command) => command.run().await,
        Command::Restore(command) => command.run().await,
        Command::Purge(command) => command.run().await,
        Command::Hold(command) => command.run().await,
        Command::Synth(command) => command.run(),
        Command::Demo(command) => command.run().await,
        Command::Docs(command) => command.run(),
    }
}
