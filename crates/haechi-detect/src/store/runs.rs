//! Runs: what was found, from what and by which rules. A numbered envelope names everything by digest, so a run can be replayed.

use haechi_core::digest::Digest;
use haechi_core::finding::Finding;
use haechi_core::ids::Government;
use haechi_core::run_report::RunReport;
use serde::{Deserialize, Serialize};

use super::DataFolder;
use super::objects::Created;
use crate::error::EngineError;
use crate::run::FindingLines;

/// When a run was, by whom, and where what it used and found lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// [`super::records::FORMAT`].
    pub format: u32,
    /// Its number, from 1, per government.
    pub number: u32,
    /// When, UTC.
    pub at: String,
    /// The operating-system user.
    pub by: String,
    /// Whose data.
    pub government: Government,
    /// The view it ran over.
    pub view: u32,
    /// Its [`RunReport`] in `reports/`.
    pub report: Digest,
    /// Its findings in `findings/`, as JSON Lines.
    pub findings: Digest,
    /// The [`Archive`] in `archive/`.
    pub archive: Digest,
}

/// Everything but the data that a run's findings follow from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// [`super::records::FORMAT`].
    pub format: u32,
    /// The rule files of each scenario: id, then file name, then text.
    pub scenarios: std::collections::BTreeMap<String, std::collections::BTreeMap<String, String>>,
    /// The installation's own parameter values, as written.
    pub parameters: String,
    /// The working calendar, as written.
    pub calendar: String,
    /// The dictionary's tables that were read, as written: file name, then text.
    pub settings: std::collections::BTreeMap<String, String>,
}

/// A run as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRun {
    /// The envelope.
    pub envelope: Envelope,
    /// Its report.
    pub report: RunReport,
}

impl DataFolder {
    /// Keeps a run: its findings, its report and what it used; the envelope last.
    ///
    /// A run that came to the same report from the same rules as the one before is that run; its envelope is given back.
    pub(crate) async fn keep_run(
        &self,
        view: u32,
        report: &RunReport,
        findings: &FindingLines,
        archive: &Archive,
    ) -> Result<Envelope, EngineError> {
        let government = &report.government;
        let path = format!("findings/{}.jsonl", report.findings_digest);
        self.objects.put_named(&path, findings.bytes().clone()).await?;
        let findings = report.findings_digest;
        let report_digest = self.objects.put("reports", "json", super::objects::json(report)?).await?;
        let archive = self.objects.put("archive", "json", super::objects::json(archive)?).await?;
        loop {
            let last = self.last_envelope(government).await?;
            if let Some(last) = &last
                && last.report == report_digest
                && last.archive == archive
            {
                return Ok(last.clone());
            }
            let envelope = Envelope {
                format: super::records::FORMAT,
                number: last.map_or(1, |last| last.number + 1),
                at: self.clock.stamp(),
                by: super::journal::os_user(),
                government: government.clone(),
                view,
                report: report_digest,
                findings,
                archive,
            };
            match self.objects.create(&envelope_path(government, envelope.number), &envelope).await? {
                Created::Yes => return Ok(envelope),
                Created::Taken => {}
            }
        }
    }

    async fn last_envelope(&self, government: &Government) -> Result<Option<Envelope>, EngineError> {
        match self.objects.latest(&format!("runs/{government}")).await? {
            Some(number) => self.objects.expect(&envelope_path(government, number)).await.map(Some),
            None => Ok(None),
        }
    }

    /// Every run of a government, the first one first.
    pub async fn runs(&self, government: &Government) -> Result<Vec<KeptRun>, EngineError> {
        let mut runs = Vec::new();
        for (path, _) in self.objects.list(&format!("runs/{government}")).await? {
            let envelope: Envelope = self.objects.expect(&path).await?;
            let report = self.objects.expect(&format!("reports/{}.json", envelope.report)).await?;
            runs.push(KeptRun { envelope, report });
        }
        Ok(runs)
    }

    /// The last run of a government.
    pub async fn last_run(&self, government: &Government) -> Result<Option<KeptRun>, EngineError> {
        let Some(envelope) = self.last_envelope(government).await? else { return Ok(None) };
        let report = self.objects.expect(&format!("reports/{}.json", envelope.report)).await?;
        Ok(Some(KeptRun { envelope, report }))
    }

    /// The findings of a run.
    pub async fn findings(&self, envelope: &Envelope) -> Result<Vec<Finding>, EngineError> {
        let path = format!("findings/{}.jsonl", envelope.findings);
        let missing = || EngineError::Damaged { path: path.clone(), what: "it is missing".to_owned() };
        let bytes = self.objects.bytes(&path).await?.ok_or_else(missing)?;
        let damaged = |error: serde_json::Error| EngineError::Damaged { path: path.clone(), what: error.to_string() };
        bytes
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).map_err(damaged))
            .collect()
    }

    /// What a run used besides the data.
    pub async fn archive(&self, envelope: &Envelope) -> Result<Archive, EngineError> {
        self.objects.expect(&format!("archive/{}.json", envelope.archive)).await
    }
}

fn envelope_path(government: &Government, number: u32) -> String {
    format!("runs/{government}/{number:08}.json")
}
