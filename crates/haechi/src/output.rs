//! Tables for a terminal, JSON for a program, a progress bar for who waits.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use comfy_table::{CellAlignment, Table, TableComponent, presets};
use haechi_detect::import::Progress;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// The form of a listing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

/// Prints a line; a closed pipe ends the program quietly.
pub fn line(text: impl AsRef<str>) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{}", text.as_ref())?;
    Ok(())
}

/// Prints a value as indented JSON.
pub fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string_pretty(value)?)
}

/// Prints a table. Columns whose header begins with `#` hold numbers and lean right.
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> anyhow::Result<()> {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_style(TableComponent::HeaderLines, '─').set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_header(header.iter().map(|name| name.trim_start_matches('#')));
    for row in rows {
        table.add_row(row);
    }
    for (at, name) in header.iter().enumerate() {
        if name.starts_with('#')
            && let Some(column) = table.column_mut(at)
        {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let text: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    line(text.join("\n"))
}

/// A bar on a terminal; without one, a plain line a step.
pub struct Bar {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Bar {
    /// Shows an import's progress until dropped.
    pub fn show(progress: &Arc<Progress>) -> Self {
        let progress = Arc::clone(progress);
        Self::watch("{msg:8} {wide_bar} {bytes}/{total_bytes} {eta}", move || {
            let now = progress.now();
            (now.step, now.bytes_done, now.bytes_total)
        })
    }

    /// Shows what `now` says (the step, how much of it is done, how much it is) until dropped.
    pub fn watch(style: &'static str, now: impl Fn() -> (String, u64, u64) + Send + 'static) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let on_terminal = std::io::stderr().is_terminal();
        let thread = std::thread::spawn(move || {
            let bar = if on_terminal { ProgressBar::new(0) } else { ProgressBar::hidden() };
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            let mut said = String::new();
            loop {
                let ends = stopped.load(Ordering::Relaxed);
                let (step, done, all) = now();
                bar.set_length(all);
                bar.set_position(done.min(all));
                bar.set_message(step.clone());
                if !on_terminal && step != said && !step.is_empty() {
                    eprintln!("{step} …");
                    said = step;
                }
                if ends {
                    break;
                }
                std::thread::park_timeout(Duration::from_millis(120));
            }
            bar.finish_and_clear();
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            thread.join().ok();
        }
    }
}
