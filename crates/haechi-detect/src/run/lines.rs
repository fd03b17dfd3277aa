//! Findings as the JSON lines they are kept, digested and handed on in.
//!
//! A run over a large city has hundreds of thousands of findings. Each is written as its line when it is made, and lives as
//! a value no longer; what remains of a run in memory is the bytes it is kept in.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use haechi_core::digest::Digest;
use haechi_core::finding::Finding;
use haechi_core::ids::TableName;
use haechi_core::money::{Currency, Money};

use super::reader::{ContractError, words};
use crate::error::EngineError;
use crate::import::live_keys::RowKeys;

/// Findings of a run, in the order of scenario and key, as JSON Lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingLines {
    bytes: Bytes,
    count: usize,
}

impl FindingLines {
    /// The text: a finding a line.
    pub const fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// How many findings there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The digest of the text.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }

    /// The findings, each read from its line when it is asked for.
    pub fn iter(&self) -> impl Iterator<Item = Result<Finding, EngineError>> {
        let unreadable = |error| EngineError::Asked(format!("A finding cannot be read from its line: {error}."));
        let lines = self.bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(move |line| serde_json::from_slice(line).map_err(unreadable))
    }

    /// All of them at once.
    pub fn to_vec(&self) -> Result<Vec<Finding>, EngineError> {
        self.iter().collect()
    }

    /// The rows of live tables that they cite, by table.
    pub(crate) fn live_rows(&self) -> Result<BTreeMap<TableName, BTreeSet<i64>>, EngineError> {
        let mut rows: BTreeMap<TableName, BTreeSet<i64>> = BTreeMap::new();
        for finding in self.iter() {
            for evidence in finding?.evidence.into_iter().filter(|evidence| evidence.live.is_some()) {
                rows.entry(evidence.table).or_default().insert(evidence.row);
            }
        }
        Ok(rows)
    }

    /// The same with the keys of live rows, which the query that found them does not know.
    ///
    /// # Errors
    ///
    /// When a row has no key: its part is then not what was written.
    pub(crate) fn with_keys(self, keys: &RowKeys) -> Result<Self, EngineError> {
        let mut bytes = Vec::with_capacity(self.bytes.len() + self.bytes.len() / 8);
        for finding in self.iter() {
            let mut finding = finding?;
            for evidence in &mut finding.evidence {
                let Some(live) = &mut evidence.live else { continue };
                let key = keys.get(&(evidence.table.clone(), evidence.row)).ok_or_else(|| EngineError::Damaged {
                    path: format!("snapshot {}", evidence.snapshot),
                    what: format!("it does not hold the key of its row {}", evidence.row),
                })?;
                live.key.clone_from(key);
            }
            serde_json::to_writer(&mut bytes, &finding)
                .map_err(|error| EngineError::Asked(format!("A finding cannot be written as JSON: {error}.")))?;
            bytes.push(b'\n');
        }
        Ok(Self { bytes: bytes.into(), count: self.count })
    }

    /// One after another. Each is let go of as soon as it is copied, so that there are never two of all.
    pub(crate) fn joined(lines: Vec<Self>) -> Self {
        let count = lines.iter().map(Self::len).sum();
        let mut bytes = Vec::with_capacity(lines.iter().map(|lines| lines.bytes.len()).sum());
        for lines in lines {
            bytes.extend_from_slice(&lines.bytes);
        }
        Self { bytes: bytes.into(), count }
    }
}

/// Where the findings of one scenario are written down as they are made.
#[derive(Debug, Default)]
pub(crate) struct FindingSheet {
    bytes: Vec<u8>,
    lines: Vec<(Digest, std::ops::Range<usize>)>,
    at_risk: BTreeMap<Currency, i64>,
}

impl FindingSheet {
    pub(crate) fn push(&mut self, finding: &Finding) -> Result<(), ContractError> {
        let start = self.bytes.len();
        serde_json::to_writer(&mut self.bytes, finding)
            .map_err(|error| ContractError::Unwritable(error.to_string()))?;
        self.bytes.push(b'\n');
        self.lines.push((finding.key, start..self.bytes.len()));
        if let (Some(amount), Some(currency)) = (finding.amount, finding.currency) {
            // Amounts below zero (credit notes) lower it.
            let sum = self.at_risk.entry(currency).or_default();
            *sum = sum.saturating_add(amount);
        }
        Ok(())
    }

    pub(crate) const fn len(&self) -> usize {
        self.lines.len()
    }

    /// The money at risk, a sum per currency.
    pub(crate) fn at_risk(&self) -> Vec<Money> {
        self.at_risk.iter().map(|(currency, amount)| Money { amount: *amount, currency: *currency }).collect()
    }

    /// The findings in the one order they are kept in, once it is sure that no subject is there twice.
    pub(crate) fn settle(mut self) -> Result<FindingLines, ContractError> {
        self.lines.sort_unstable_by_key(|(key, _)| *key);
        if let Some(pair) = self.lines.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let finding: Option<Finding> =
                self.bytes.get(pair[0].1.clone()).and_then(|line| serde_json::from_slice(line).ok());
            let subject = finding.map(|finding| words(&finding.subject)).unwrap_or_default();
            return Err(ContractError::SubjectTwice(subject));
        }
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for (_, line) in &self.lines {
            bytes.extend_from_slice(&self.bytes[line.clone()]);
        }
        Ok(FindingLines { bytes: bytes.into(), count: self.lines.len() })
    }
}
