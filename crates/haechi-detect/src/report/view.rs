//! What the templates show, in the report's language. Every text that comes from outside is escaped by them.

use std::borrow::Borrow;
use std::io;

use askama::Template;
use haechi_core::chart::{Bar, BarChart, Column, ColumnChart};
use haechi_core::finding::{self, Finding, Value};
use haechi_core::ids::ScenarioId;
use haechi_core::money::{Currency, grouped};
use haechi_core::period::Period;
use haechi_core::run_report::{self, Notify, Outcome, ScenarioRun};
use haechi_formats::scenario::AS_OF;

use super::figures::{Figures, Group, Tally};
use super::input::{EvidenceRow, LoadSummary, ReportInput, ScenarioText};
use super::show::Show;

/// The whole page. Findings are put into words one at a time while it is written.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    input: &'a ReportInput,
    figures: &'a Figures<'a>,
    show: Show,
}

/// Writes the page to `out`.
pub(super) fn write(input: &ReportInput, figures: &Figures<'_>, out: &mut impl io::Write) -> io::Result<()> {
    Page { input, figures, show: Show::in_language(input.language) }.write_into(out)
}

/// A row of the tables behind the charts.
struct Line {
    label: String,
    href: Option<String>,
    tally: Tally,
}

/// A row of the table of outcomes.
struct OutcomeRow<'a> {
    run: &'a ScenarioRun,
    title: &'a str,
    href: Option<String>,
    /// The end of the class and of the mark: `found`, `clean`, `unjudged`, `failed`.
    kind: &'static str,
    word: String,
    tally: Option<&'a Tally>,
    notes: Vec<String>,
    parameters: Vec<(String, String)>,
}

/// The files of one source.
struct Source<'a> {
    title: &'a str,
    loads: Vec<&'a LoadSummary>,
}

/// Rows of evidence of one finding that share their columns.
struct EvidenceTable<'a> {
    labels: Vec<&'a str>,
    rows: Vec<(&'a finding::Evidence, Option<&'a EvidenceRow>)>,
}

impl<'a> Page<'a> {
    fn t(&self, id: &str) -> String {
        self.show.texts.get(id)
    }

    fn n(&self, id: &str, count: impl Borrow<u64>) -> String {
        self.show.texts.count(id, *count.borrow())
    }

    fn w(&self, id: &str, what: &str) -> String {
        self.show.texts.what(id, what)
    }

    fn tag(&self) -> &'static str {
        self.input.language.tag()
    }

    fn government(&self) -> &str {
        self.show.words(&self.input.government)
    }

    fn lead(&self) -> String {
        let day = self.show.day(&self.input.run.as_of);
        self.show.texts.with("report-is", &[("what", self.government().into()), ("day", day.into())])
    }

    fn formats(&self) -> String {
        let (finding, run) = (finding::FORMAT.into(), run_report::FORMAT.into());
        self.show.texts.with("format-version-values", &[("finding", finding), ("run", run)])
    }

    fn sums(&self, tally: &Tally) -> String {
        tally.money().map(|money| self.show.money(&money)).collect::<Vec<_>>().join(" · ")
    }

    fn sum(&self, tally: &Tally, currency: &Currency) -> String {
        tally.in_currency(*currency).map_or_else(|| "–".to_owned(), |money| self.show.money(&money))
    }

    fn bar(&self, line: &Line) -> Bar {
        let mut sums = line.tally.money().map(|money| self.show.money(&money));
        let first = sums.next();
        let more = sums.next().is_some();
        Bar {
            label: line.label.clone(),
            value: i64::try_from(line.tally.count).unwrap_or(i64::MAX),
            display: self.n("findings-count", line.tally.count),
            // On a phone there is room for one sum; the table below has them all.
            secondary: first.map(|sum| if more { self.w("and-others", &sum) } else { sum }),
            href: line.href.clone(),
        }
    }

    fn by_scenario(&self) -> Vec<Line> {
        let line = |group: &Group<'_>| Line {
            label: self.title(group.run).to_owned(),
            href: Some(format!("#{}", anchor(&group.run.scenario.id))),
            tally: group.tally.clone(),
        };
        self.figures.groups.iter().map(line).collect()
    }

    fn by_unit(&self) -> Vec<Line> {
        let line = |label, tally: &Tally| Line { label, href: None, tally: tally.clone() };
        let named = |code: Option<&str>| code.map_or_else(|| self.t("no-unit"), |code| self.unit(code).to_owned());
        let mut lines: Vec<_> = self.figures.units.iter().map(|unit| line(named(unit.code), &unit.tally)).collect();
        if let Some((count, tally)) = &self.figures.other_units {
            lines.push(line(self.n("other-units", count), tally));
        }
        lines
    }

    fn by_month(&self) -> Vec<Line> {
        let months = &self.figures.months;
        months.iter().map(|m| Line { label: self.show.month(m.first), href: None, tally: m.tally.clone() }).collect()
    }

    fn scenario_chart(&self) -> String {
        self.bars("chart-scenario", self.t("by-scenario"), self.t("chart-scenario-description"), &self.by_scenario())
    }

    fn unit_chart(&self) -> String {
        self.bars("chart-unit", self.t("by-unit"), self.t("chart-unit-description"), &self.by_unit())
    }

    fn bars(&self, id: &str, title: String, description: String, lines: &[Line]) -> String {
        let bars = lines.iter().map(|line| self.bar(line)).collect();
        BarChart { id: id.to_owned(), title, description, bars }.svg()
    }

    fn month_chart(&self) -> String {
        let column = |month: &super::figures::OfMonth| Column {
            group: month.first.format("%Y").to_string(),
            bar: Bar {
                label: self.show.short_month(month.first),
                value: i64::try_from(month.tally.count).unwrap_or(i64::MAX),
                display: grouped(i64::try_from(month.tally.count).unwrap_or(i64::MAX)),
                secondary: Some(self.sums(&month.tally)).filter(|sums| !sums.is_empty()),
                href: None,
            },
        };
        let columns = self.figures.months.iter().map(column).collect();
        let (title, description) = (self.t("by-month"), self.t("chart-month-description"));
        ColumnChart { id: "chart-month".to_owned(), title, description, columns }.svg()
    }

    fn text(&self, id: &ScenarioId) -> Option<&'a ScenarioText> {
        self.input.scenarios.iter().find(|text| text.id == *id)
    }

    fn title(&self, run: &'a ScenarioRun) -> &'a str {
        let title = self.text(&run.scenario.id).map_or(&run.title, |text| &text.title);
        title.in_language(self.input.language)
    }

    fn unit<'b>(&'b self, code: &'b str) -> &'b str {
        self.input.units.get(code).map_or(code, String::as_str)
    }

    /// What failed and what was found come first, for who has ten minutes; what could not be judged stands before what is clean,
    /// and the sentence above the table counts it: silence is never read as clean.
    fn outcomes(&self) -> Vec<OutcomeRow<'a>> {
        let mut rows: Vec<_> = self.input.run.scenarios.iter().map(|run| self.outcome(run)).collect();
        rows.sort_by_key(|row| match row.run.outcome {
            Outcome::Failed { .. } => 0,
            Outcome::Findings { .. } => 1,
            Outcome::CannotBeJudged { .. } => 2,
            Outcome::Clean { .. } => 3,
        });
        rows
    }

    fn outcome(&self, run: &'a ScenarioRun) -> OutcomeRow<'a> {
        let group = self.figures.groups.iter().find(|group| group.run.scenario.id == run.scenario.id);
        let (kind, word, notes) = match &run.outcome {
            Outcome::Findings { outside_calendar, .. } => {
                ("found", "outcome-findings", self.outside(*outside_calendar))
            }
            Outcome::Clean { outside_calendar } => ("clean", "outcome-clean", self.outside(*outside_calendar)),
            Outcome::CannotBeJudged { reasons } => {
                let words = reasons.iter().map(|reason| self.show.words(&reason.words).to_owned());
                ("unjudged", "outcome-not-judged", words.collect())
            }
            Outcome::Failed { code, message } => {
                ("failed", "outcome-failed", vec![self.w("failed-with", code), message.clone()])
            }
        };
        let text = self.text(&run.scenario.id);
        // What was not judged used none of its values.
        let used = run.parameters.iter().filter(|_| !matches!(run.outcome, Outcome::CannotBeJudged { .. }));
        let parameters = used.map(|(name, value)| {
            let label = text.and_then(|text| text.parameters.get(name));
            let title = match label {
                Some(label) => self.show.words(&label.title).to_owned(),
                None if name == AS_OF => self.t("as-of"),
                None => name.clone(),
            };
            (title, self.show.parameter(value, label))
        });
        OutcomeRow {
            run,
            title: self.title(run),
            href: group.map(|_| anchor(&run.scenario.id)),
            kind,
            word: self.t(word),
            tally: group.map(|group| &group.tally),
            notes,
            parameters: parameters.collect(),
        }
    }

    fn outside(&self, rows: u64) -> Vec<String> {
        if rows == 0 { Vec::new() } else { vec![self.n("outside-calendar", rows)] }
    }

    /// The loads by source, in the order the sources first appear.
    fn sources(&self) -> Vec<Source<'a>> {
        let mut sources: Vec<Source<'a>> = Vec::new();
        for load in &self.input.loads {
            let title = load.source.in_language(self.input.language);
            match sources.iter_mut().find(|source| source.title == title) {
                Some(source) => source.loads.push(load),
                None => sources.push(Source { title, loads: vec![load] }),
            }
        }
        sources
    }

    /// Why rows were rejected, over all files, the commonest first.
    fn reject_reasons(&self) -> Vec<(&'a str, u64)> {
        let mut reasons: Vec<(&str, u64)> = Vec::new();
        for (words, count) in self.input.loads.iter().flat_map(|load| &load.reject_reasons) {
            let words = words.in_language(self.input.language);
            match reasons.iter_mut().find(|reason| reason.0 == words) {
                Some(reason) => reason.1 += count,
                None => reasons.push((words, *count)),
            }
        }
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.1));
        reasons
    }

    fn shown<'b>(&self, group: &'b Group<'a>) -> &'b [&'a Finding] {
        &group.findings[..group.findings.len().min(self.input.limits.findings_per_scenario)]
    }

    fn left_out(&self, group: &Group<'_>) -> Option<String> {
        let shown = group.findings.len().min(self.input.limits.findings_per_scenario);
        let left = group.findings.len() - shown;
        (left > 0).then(|| self.show.texts.with("left-out", &[("left", left.into()), ("shown", shown.into())]))
    }

    /// The subject and the facts with their titles; what stands beside them as unit, person and day is not said twice.
    fn facts(&self, finding: &'a Finding) -> Vec<(&'a str, String)> {
        let text = self.text(&finding.scenario.id);
        let said = |value: &Value| match value {
            Value::Text(said) => {
                let responsible = &finding.responsible;
                [&responsible.unit_code, &responsible.employee_no].into_iter().flatten().any(|code| code == said)
                    || finding.occurred_on.is_some_and(|day| day.to_string() == *said)
            }
            Value::Null | Value::Bool(_) | Value::Int(_) => false,
        };
        let subject = finding.subject.iter().filter(|(_, value)| !said(value)).map(|(name, value)| {
            let title = text.and_then(|text| text.subject.get(name));
            (title.map_or(name.as_str(), |title| self.words_of(title)), self.show.value(value, None, None))
        });
        let facts = finding.facts.iter().map(|(name, value)| {
            let label = text.and_then(|text| text.facts.get(name));
            let title = label.map_or(name.as_str(), |label| self.words_of(&label.title));
            let unit = label.and_then(|label| label.unit.as_deref());
            (title, self.show.value(value, unit, finding.currency))
        });
        subject.chain(facts).collect()
    }

    fn words_of(&self, words: &'a haechi_core::words::Words) -> &'a str {
        words.in_language(self.input.language)
    }

    fn amount(&self, finding: &Finding) -> Option<String> {
        finding_money(finding).map(|money| self.show.money(&money))
    }

    fn evidence(&self, finding: &'a Finding) -> Vec<EvidenceTable<'a>> {
        let mut tables: Vec<EvidenceTable<'a>> = Vec::new();
        for place in finding.evidence.iter().take(self.input.limits.evidence_per_finding) {
            let row = self.input.evidence.get(&(place.snapshot.as_str().to_owned(), place.row));
            let labels: Vec<&str> =
                row.map(|row| row.cells.iter().map(|cell| self.words_of(&cell.label)).collect()).unwrap_or_default();
            match tables.last_mut() {
                Some(table) if table.labels == labels => table.rows.push((place, row)),
                _ => tables.push(EvidenceTable { labels, rows: vec![(place, row)] }),
            }
        }
        tables
    }

    fn evidence_left_out(&self, finding: &Finding) -> Option<String> {
        let left = finding.evidence.len().saturating_sub(self.input.limits.evidence_per_finding);
        (left > 0).then(|| self.n("evidence-left-out", left as u64))
    }

    fn period(&self, period: &Period) -> String {
        self.show.period(&format!("{}..{}", period.from(), period.to()))
    }

    fn anchor(&self, id: &ScenarioId) -> String {
        anchor(id)
    }

    /// Enough of a finding's key to tell it from the others of a report.
    fn short(&self, key: &haechi_core::digest::Digest) -> String {
        key.to_string().chars().take(12).collect()
    }

    fn number(&self, count: &u64) -> String {
        grouped(i64::try_from(*count).unwrap_or(i64::MAX))
    }
}

fn finding_money(finding: &Finding) -> Option<haechi_core::money::Money> {
    Some(haechi_core::money::Money { amount: finding.amount?, currency: finding.currency? })
}

/// The id of a scenario's section.
fn anchor(id: &ScenarioId) -> String {
    format!("s-{}", id.as_str().replace('.', "-"))
}
