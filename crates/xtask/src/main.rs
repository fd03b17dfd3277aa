//! `cargo x`: everything a contributor runs that is not plain cargo.

mod bench;
mod cmd;
mod debian;
mod process;
mod stopwatch;
mod tally;
mod tidy;
mod torture;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The tasks of the Haechi workspace
#[derive(Parser)]
#[command(name = "cargo x", bin_name = "cargo x")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Assets(cmd::assets::Assets),
    Demo(cmd::demo::Demo),
    Test(cmd::test::Test),
    Ci(cmd::ci::Ci),
    Tidy(tidy::Tidy),
    Docs(cmd::docs::Docs),
    NewScenario(cmd::scaffold::NewScenario),
    NewMapping(cmd::scaffold::NewMapping),
    NewSlice(cmd::new_slice::NewSlice),
    Recipes(cmd::recipes::Recipes),
    /// Look at every page of the office in three colours, two languages, narrow, enlarged, by keyboard and on paper
    Look,
    /// Hold the API against its document
    Api,
    Bench(bench::Bench),
    Torture(torture::Torture),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::Assets(task) => task.run(),
        Task::Demo(task) => task.run(),
        Task::Test(task) => task.run(),
        Task::Ci(task) => task.run(),
        Task::Tidy(task) => task.run(),
        Task::Docs(task) => task.run(),
        Task::NewScenario(task) => task.run(),
        Task::NewMapping(task) => task.run(),
        Task::NewSlice(task) => task.run(),
        Task::Recipes(task) => task.run(),
        Task::Look => cmd::office_check::look(),
        Task::Api => cmd::office_check::api(),
        Task::Bench(task) => task.run(),
        Task::Torture(task) => task.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo x: {error:#}");
            ExitCode::FAILURE
        }
    }
}
