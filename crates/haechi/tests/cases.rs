//! The cases of every scenario and mapping in the repository, one named test each, with a lint and a lock test per scenario.
//!
//! They are read from `scenarios/` and `mappings/` as they stand, so a new folder is tested without a line of Rust.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use haechi_core::calendar::WorkCalendar;
use haechi_detect::case_runner::{CaseResult, run_cases};
use haechi_formats::dictionary::Dictionary;
use haechi_formats::fault::Fault;
use haechi_formats::folder::Folder;
use haechi_formats::mapping::{self, Mapping, check_cases};
use haechi_formats::scenario::{Level, Scenario, Status, check_lock, lint, scenario_folders};
use haechi_formats::shipped;
use haechi_formats::tables::CasesFile;
use libtest_mimic::{Arguments, Failed, Trial};

/// What every test reads.
struct Rules {
    dictionary: Dictionary,
    calendar: Arc<WorkCalendar>,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match trials() {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn trials() -> Result<Vec<Trial>, String> {
    let rules = Arc::new(Rules {
        dictionary: shipped::dictionary().map_err(lines)?,
        calendar: Arc::new(haechi_formats::calendar::shipped().map_err(lines)?),
    });
    let mut trials = Vec::new();
    for (_, folder) in scenario_folders(&repository("scenarios")).map_err(lines)? {
        of_scenario(&rules, folder, &mut trials)?;
    }
    for (_, folder) in mapping::folders_in(&repository("mappings")).map_err(lines)? {
        of_mapping(&rules, &folder, &mut trials)?;
    }
    Ok(trials)
}

fn of_scenario(rules: &Arc<Rules>, folder: Folder, trials: &mut Vec<Trial>) -> Result<(), String> {
    let name = format!("scenarios/{}", folder.name);
    let cases = cases_of(&folder)?;
    let scenario = Scenario::parse(&folder, &rules.dictionary).map_err(lines)?;
    let folder = Arc::new(folder);
    {
        let (rules, folder) = (Arc::clone(rules), Arc::clone(&folder));
        trials.push(Trial::test(format!("{name}: has no lint errors"), move || {
            let found = lint(&folder, &rules.dictionary);
            let errors = found.iter().filter(|lint| lint.level == Level::Error);
            nothing(errors.map(|lint| format!("{}: {} {} [{}]", lint.place, lint.what, lint.help, lint.code)))
        }));
    }
    if scenario.status == Status::Stable {
        let (folder, scenario) = (Arc::clone(&folder), scenario.clone());
        trials.push(Trial::test(format!("{name}: is what its lock says"), move || {
            nothing(check_lock(&folder, &scenario).err().iter().map(ToString::to_string))
        }));
    }
    // The cases of a scenario run once, by whichever of its tests comes first.
    let results: Arc<OnceLock<Result<Vec<CaseResult>, String>>> = Arc::default();
    for case in cases.cases {
        let (rules, folder, scenario, results) =
            (Arc::clone(rules), Arc::clone(&folder), scenario.clone(), Arc::clone(&results));
        trials.push(Trial::test(format!("{name}: {}", case.title), move || {
            let results = results.get_or_init(|| run(&rules, &folder, &scenario)).as_ref().map_err(Failed::from)?;
            let result = results.iter().find(|result| result.line == case.line).ok_or("the case did not run")?;
            let place = folder.place("cases.md");
            nothing(result.difference.iter().map(|differs| format!("{place}:{}\n{differs}", case.line)))
        }));
    }
    Ok(())
}

fn of_mapping(rules: &Arc<Rules>, folder: &Folder, trials: &mut Vec<Trial>) -> Result<(), String> {
    let cases = cases_of(folder)?;
    let mapping = Mapping::parse(folder, &rules.dictionary).map_err(lines)?;
    let table = rules.dictionary.tables.get(&mapping.table).ok_or_else(|| format!("there is no {}", mapping.table))?;
    for result in check_cases(&mapping, table, &cases) {
        let place = folder.place("cases.md");
        trials.push(Trial::test(format!("mappings/{}: {}", folder.name, result.title), move || {
            nothing(result.failure.iter().map(|differs| format!("{place}:{}\n{differs}", result.line)))
        }));
    }
    Ok(())
}

fn run(rules: &Rules, folder: &Folder, scenario: &Scenario) -> Result<Vec<CaseResult>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(run_cases(folder, scenario, &rules.dictionary, &rules.calendar)).map_err(|error| error.to_string())
}

fn cases_of(folder: &Folder) -> Result<CasesFile, String> {
    let text = folder.text("cases.md").map_err(|fault| fault.to_string())?;
    CasesFile::parse(&folder.place("cases.md"), text).map_err(lines)
}

/// Passes when nothing is wrong.
fn nothing(wrong: impl Iterator<Item = String>) -> Result<(), Failed> {
    let wrong: Vec<String> = wrong.collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

fn lines(faults: Vec<Fault>) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn repository(folder: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(folder)
}
