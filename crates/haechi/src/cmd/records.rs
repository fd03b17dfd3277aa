//! `haechi records`

use std::path::PathBuf;

use anyhow::Context as _;
use haechi_core::ids::Government;
use haechi_core::time::Day;
use haechi_detect::people::{Posts, people};

use super::{Data, Resources, government};
use crate::exit::Exit;
use crate::output;

/// People and units of the personnel exports that were taken, for the office
///
/// Reads the registers of departments and employees, personnel orders and leave. `haechi office people` takes the file in.
#[derive(Debug, clap::Args)]
pub struct Records {
    #[command(flatten)]
    data: Data,
    /// The government, where the folder holds several
    #[arg(long, value_name = "CODE")]
    government: Option<Government>,
    /// The day on which it was so; by default the end of the latest declared period
    #[arg(long, value_name = "YYYY-MM-DD")]
    as_of: Option<Day>,
    /// A position whose holder heads their unit; may be given several times, in place of the usual ones
    #[arg(long = "head", value_name = "POSITION")]
    heads: Vec<String>,
    /// A position whose holder keeps their unit's papers
    #[arg(long = "coordinator", value_name = "POSITION")]
    coordinators: Vec<String>,
    /// The code of the audit office; by default the unit whose name begins with 감사
    #[arg(long, value_name = "CODE")]
    audit_unit: Option<String>,
    #[command(flatten)]
    resources: Resources,
    /// Where to write
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    out: PathBuf,
}

impl Records {
    pub async fn run(self) -> anyhow::Result<Exit> {
        let folder = self.data.open()?;
        let code = government(&folder, self.government.as_ref()).await?;
        let mut posts = Posts { audit_unit: self.audit_unit, ..Posts::default() };
        if !self.heads.is_empty() {
            posts.heads = self.heads.into_iter().collect();
        }
        if !self.coordinators.is_empty() {
            posts.coordinators = self.coordinators.into_iter().collect();
        }
        let records = people(&folder, &code, self.as_of, &posts, &self.resources.limits(&folder)?).await?;
        let text = serde_json::to_string_pretty(&records)?;
        std::fs::write(&self.out, text).with_context(|| format!("Cannot write {}", self.out.display()))?;
        let (units, persons) = (records.units.len(), records.persons.len());
        output::line(format!(
            "{units} units and {persons} persons as of {} written to {}.",
            records.as_of,
            self.out.display()
        ))?;
        Ok(Exit::Done)
    }
}
