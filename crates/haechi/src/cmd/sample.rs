//! `haechi sample`

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use haechi_detect::error::EngineError;
use haechi_formats::sample::{SampleFile, city, corrected};

use crate::exit::Exit;
use crate::output;

/// Write the exports of an invented city, for trying things out
///
/// Prints a line a file: the mapping, a tab, the file. The same seed gives the same bytes.
#[derive(Debug, clap::Args)]
pub struct Sample {
    /// Where to write; a new or empty folder
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    out: PathBuf,
    /// The seed
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Card expenses in all; everything else follows from it
    #[arg(long, default_value_t = 20_000)]
    rows: u32,
    /// Write instead the one file that puts a planted case right
    #[arg(long)]
    corrected: bool,
}

impl Sample {
    pub fn run(self) -> anyhow::Result<Exit> {
        let files = if self.corrected { corrected(self.seed, self.rows) } else { city(self.seed, self.rows) };
        for file in write(&self.out, &files)? {
            output::line(format!("{}\t{}", file.0, file.1.display()))?;
        }
        Ok(Exit::Done)
    }
}

/// Writes sample files into `out`, and gives the mapping and path of each.
pub fn write(out: &Path, files: &[SampleFile]) -> anyhow::Result<Vec<(&'static str, PathBuf)>> {
    std::fs::create_dir_all(out).with_context(|| format!("Cannot make {}", out.display()))?;
    let mut written = Vec::new();
    for file in files {
        let path = out.join(&file.name);
        let same = std::fs::read(&path).is_ok_and(|there| there == file.bytes);
        if !same && path.exists() {
            return Err(EngineError::Asked(format!(
                "{} is there already and is another file. Nothing of it was changed.",
                path.display()
            ))
            .into());
        }
        if !same {
            std::fs::write(&path, &file.bytes).with_context(|| format!("Cannot write {}", path.display()))?;
        }
        written.push((file.mapping, path));
    }
    Ok(written)
}
