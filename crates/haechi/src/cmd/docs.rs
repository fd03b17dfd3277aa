//! `haechi docs`: the reference pages that follow from code and data.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::CommandFactory as _;
use haechi_core::finding::Finding;
use haechi_core::run_report::RunReport;
use haechi_detect::error::EngineError;
use haechi_detect::run::Catalogue;
use haechi_formats::mapping;
use haechi_formats::scenario::CHECKS;
use haechi_formats::shipped;

use crate::Cli;
use crate::exit::Exit;
use crate::output;

/// Write the reference pages under docs/generated
#[derive(Debug, clap::Args)]
pub struct Docs {
    /// Where to write
    #[arg(long, default_value = "docs/generated", value_hint = clap::ValueHint::DirPath)]
    out: PathBuf,
}

impl Docs {
    pub fn run(self) -> anyhow::Result<Exit> {
        std::fs::create_dir_all(&self.out).with_context(|| format!("Cannot make {}", self.out.display()))?;
        let pages = [
            ("finding.schema.json", schema::<Finding>()?),
            ("run-report.schema.json", schema::<RunReport>()?),
            ("dictionary.md", dictionary()?),
            ("scenarios.md", scenarios()?),
            ("mappings.md", mappings()?),
            ("lint.md", lint()),
            ("exit-codes.md", exit_codes()),
            ("config.md", haechi_office::config::reference::reference()),
            ("cli.md", cli()),
        ];
        for (name, text) in pages {
            let file = self.out.join(name);
            std::fs::write(&file, text).with_context(|| format!("Cannot write {}", file.display()))?;
            output::line(file.display().to_string())?;
        }
        Ok(Exit::Done)
    }
}

fn schema<T: schemars::JsonSchema>() -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&schemars::schema_for!(T))? + "\n")
}

fn dictionary() -> anyhow::Result<String> {
    let dictionary = shipped::dictionary().map_err(EngineError::Faults)?;
    let mut page = "# Dictionary\n\nThe standard tables scenarios may read. An identifier field is kept as two columns: `NAME_key` (a keyed hash) and `NAME_masked`.\n".to_owned();
    for table in dictionary.tables.values() {
        write!(
            page,
            "\n## {}\n\n{} · {}. {} {} Retention class `{}`.\n\n",
            table.name, table.title.ko, table.title.en, table.description.ko, table.description.en, table.retention
        )?;
        page.push_str("| field | Korean | English | type | privacy |\n|---|---|---|---|---|\n");
        for field in &table.fields {
            let kind = format!("{:?}", field.kind).to_lowercase();
            let privacy = format!("{:?}", field.privacy).to_lowercase();
            writeln!(page, "| `{}` | {} | {} | {kind} | {privacy} |", field.name, field.title.ko, field.title.en)?;
        }
    }
    Ok(page)
}

fn scenarios() -> anyhow::Result<String> {
    let dictionary = shipped::dictionary().map_err(EngineError::Faults)?;
    let catalogue = Catalogue::load(&dictionary, None)?;
    let mut page = "# Scenarios\n\n| id | version | severity | whom first | catalogue | what it asks |\n|---|---|---|---|---|---|\n".to_owned();
    for listed in catalogue.scenarios.values() {
        let scenario = &listed.scenario;
        let path = scenario.id.as_str().replacen('.', "/", 1);
        writeln!(
            page,
            "| [`{}`](../../scenarios/{path}/README.md) | {} | {} | {} | {} | {} · {} |",
            scenario.id,
            scenario.version,
            scenario.severity.as_str(),
            match scenario.notify {
                haechi_core::run_report::Notify::Handler => "handler",
                haechi_core::run_report::Notify::AuditFirst => "audit office",
            },
            scenario.catalogue.join(", "),
            scenario.title.ko,
            scenario.title.en
        )?;
    }
    Ok(page)
}

fn mappings() -> anyhow::Result<String> {
    let dictionary = shipped::dictionary().map_err(EngineError::Faults)?;
    let mut page = "# Mappings\n\n| name | table | government | what it reads |\n|---|---|---|---|\n".to_owned();
    for mapping in mapping::shipped(&dictionary).map_err(EngineError::Faults)? {
        writeln!(
            page,
            "| [`{0}`](../../mappings/{0}/README.md) | `{1}` | {2} | {3} · {4} |",
            mapping.name, mapping.table, mapping.government, mapping.title.ko, mapping.title.en
        )?;
    }
    Ok(page)
}

fn lint() -> String {
    let mut page = "# What the linter checks\n\n| code | level | what |\n|---|---|---|\n".to_owned();
    for (code, level, summary) in CHECKS {
        page.push_str(&format!("| `{code}` | {} | {summary} |\n", format!("{level:?}").to_lowercase()));
    }
    page
}

fn exit_codes() -> String {
    let mut page = "# Exit codes\n\nScripts and timers rely on them; a number never changes its meaning.\n\n| code | what it means | what to do |\n|---|---|---|\n| 2 | The arguments are wrong. | Read the usage that is printed. |\n".to_owned();
    for (exit, meaning, what_to_do) in Exit::ALL {
        page.push_str(&format!("| {} | {meaning} | {what_to_do} |\n", exit as u8));
    }
    page
}

fn cli() -> String {
    let mut page = "# The commands\n".to_owned();
    let mut command = Cli::command().term_width(100);
    command.build();
    help(&mut command, &mut page);
    page
}

fn help(command: &mut clap::Command, page: &mut String) {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned();
    let text: Vec<String> =
        command.render_long_help().to_string().lines().map(|line| line.trim_end().to_owned()).collect();
    page.push_str(&format!("\n## {name}\n\n```text\n{}\n```\n", text.join("\n").trim_end()));
    for sub in command.get_subcommands_mut().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help") {
        help(sub, page);
    }
}
