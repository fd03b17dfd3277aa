//! Findings compared with the truth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use haechi_core::finding::Finding;
use serde::de::DeserializeOwned;

use crate::{Kind, SynthError, Truth};

/// How one scenario did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Planted and found.
    pub hits: u64,
    /// Planted and not found: story and subject.
    pub misses: Vec<String>,
    /// Found, and neither planted nor implied: the subject, and the story where it is a decoy's.
    pub false_alarms: Vec<String>,
    /// Of the false alarms, those on a decoy.
    pub decoys_flagged: u64,
    /// Found, and implied by something planted.
    pub implied: u64,
    /// Decoys in all.
    pub decoys: u64,
}

/// Compares a file of findings (one JSON a line) with a file of the truth, scenario by scenario.
///
/// # Errors
///
/// [`SynthError::File`] and [`SynthError::Line`]: a file cannot be read, or a line of it is not what it should be.
pub fn score(truth: &Path, findings: &Path) -> Result<BTreeMap<String, Mark>, SynthError> {
    let truth: Vec<Truth> = lines(truth)?;
    let findings: Vec<Finding> = lines(findings)?;
    Ok(compare(&truth, &findings))
}

type Subject = BTreeMap<String, String>;

fn compare(truth: &[Truth], findings: &[Finding]) -> BTreeMap<String, Mark> {
    let mut known: BTreeMap<(&str, &Subject), &Truth> = BTreeMap::new();
    for line in truth {
        // A subject that is planted and a decoy elsewhere is planted.
        let place = known.entry((&line.scenario, &line.subject)).or_insert(line);
        if line.kind < place.kind {
            *place = line;
        }
    }
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    let mut found: BTreeSet<(String, Subject)> = BTreeSet::new();
    for finding in findings {
        let scenario = finding.scenario.id.to_string();
        let subject: Subject =
            finding.subject.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let mark = marks.entry(scenario.clone()).or_default();
        match known.get(&(scenario.as_str(), &subject)).map(|line| (line.kind, line)) {
            Some((Kind::Planted, _)) => mark.hits += 1,
            Some((Kind::Implied, _)) => mark.implied += 1,
            Some((Kind::Decoy, line)) => {
                mark.decoys_flagged += 1;
                mark.false_alarms.push(format!("{} (decoy: {})", shown(&subject), line.story));
            }
            None => mark.false_alarms.push(shown(&subject)),
        }
        found.insert((scenario, subject));
    }
    for ((scenario, subject), line) in known {
        let mark = marks.entry(scenario.to_owned()).or_default();
        match line.kind {
            Kind::Decoy => mark.decoys += 1,
            Kind::Planted if !found.contains(&(scenario.to_owned(), subject.clone())) => {
                mark.misses.push(format!("{} ({})", shown(subject), line.story));
            }
            Kind::Planted | Kind::Implied => {}
        }
    }
    marks
}

fn shown(subject: &Subject) -> String {
    subject.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, SynthError> {
    let file = path.display().to_string();
    let opened = File::open(path).map_err(|error| SynthError::File { file: file.clone(), error })?;
    let mut read = Vec::new();
    for (at, line) in BufReader::new(opened).lines().enumerate() {
        let line = line.map_err(|error| SynthError::File { file: file.clone(), error })?;
        if line.trim().is_empty() {
            continue;
        }
        let value = serde_json::from_str(&line).map_err(|error| SynthError::Line {
            file: file.clone(),
            line: at + 1,
            error,
        })?;
        read.push(value);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(petition: &str) -> Finding {
        let digest = "0".repeat(64);
        serde_json::from_value(serde_json::json!({
            "format": 1, "key": digest, "government": "9999999",
            "scenario": {"id": "petition.overdue", "version": 1, "digest": digest},
            "subject": {"petition_no": petition},
            "responsible": {"unit_code": null, "employee_no": null},
            "occurred_on": null, "amount": null, "currency": null, "severity": "low", "facts": {}, "evidence": [],
            "explanation": {"ko": "?", "en": "?"},
        }))
        .unwrap()
    }

    fn told(petition: &str, kind: Kind) -> Truth {
        Truth::new("petition.overdue", kind, "a story", &[("petition_no", petition.to_owned())])
    }

    #[test]
    fn what_is_found_is_a_hit_implied_or_a_false_alarm_and_what_is_not_found_a_miss() {
        let truth =
            [told("1", Kind::Planted), told("2", Kind::Planted), told("3", Kind::Decoy), told("4", Kind::Implied)];
        let marks = compare(&truth, &["1", "3", "4", "5"].map(finding));
        let mark = Mark {
            hits: 1,
            misses: vec!["petition_no=2 (a story)".to_owned()],
            false_alarms: vec!["petition_no=3 (decoy: a story)".to_owned(), "petition_no=5".to_owned()],
            decoys_flagged: 1,
            implied: 1,
            decoys: 1,
        };
        assert_eq!(marks, BTreeMap::from([("petition.overdue".to_owned(), mark)]));
    }

    #[test]
    fn a_scenario_that_found_nothing_misses_everything() {
        let marks = compare(&[told("1", Kind::Planted)], &[]);
        assert_eq!(marks["petition.overdue"].misses.len(), 1);
    }

    #[test]
    fn a_finding_of_another_scenario_is_no_hit() {
        let mut other = told("1", Kind::Planted);
        other.scenario = "petition.other".to_owned();
        let marks = compare(&[other], &[finding("1")]);
        assert_eq!((marks["petition.overdue"].false_alarms.len(), marks["petition.other"].misses.len()), (1, 1));
    }
}
