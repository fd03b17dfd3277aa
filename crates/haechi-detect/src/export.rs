//! Findings for other programs: CSV that a spreadsheet opens and takes nothing of for a formula, and Parquet.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema};
use haechi_core::finding::{Evidence, Finding};
use haechi_core::words::Language;
use parquet::arrow::ArrowWriter;

use crate::error::EngineError;

const COLUMNS: [&str; 17] = [
    "key",
    "government",
    "scenario",
    "version",
    "severity",
    "occurred_on",
    "unit_code",
    "employee_no",
    "amount",
    "currency",
    "subject",
    "facts",
    "explanation",
    "evidence_rows",
    "evidence",
    "snapshots",
    "scenario_digest",
];

/// Findings as CSV: UTF-8 with a mark (Excel then reads Korean), one line a finding.
///
/// A text that begins with `=`, `+`, `-`, `@`, a tab or a return is preceded by an apostrophe: a spreadsheet would run it.
pub fn to_csv(
    findings: impl IntoIterator<Item = Result<Finding, EngineError>>,
    language: Language,
) -> Result<Vec<u8>, EngineError> {
    let mut writer = csv::Writer::from_writer(vec![0xef, 0xbb, 0xbf]);
    let failed = |error: csv::Error| EngineError::Asked(format!("The findings cannot be written as CSV: {error}."));
    writer.write_record(COLUMNS).map_err(failed)?;
    for finding in findings {
        writer.write_record(cells(&finding?, language).into_iter().map(safe)).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| EngineError::Asked(format!("The findings cannot be written as CSV: {error}.")))
}

/// Findings as one Parquet file; subject, facts and evidence are JSON texts.
pub fn to_parquet(findings: &[Finding]) -> Result<Vec<u8>, EngineError> {
    let failed = |error: parquet::errors::ParquetError| EngineError::engine("write Parquet", error.into());
    let text = |read: &dyn Fn(&Finding) -> Option<String>| -> ArrayRef {
        Arc::new(findings.iter().map(read).collect::<StringArray>())
    };
    let json = |value: serde_json::Result<String>| value.ok();
    let columns: Vec<(&str, DataType, ArrayRef)> = vec![
        ("key", DataType::Utf8, text(&|f| Some(f.key.to_string()))),
        ("government", DataType::Utf8, text(&|f| Some(f.government.to_string()))),
        ("scenario", DataType::Utf8, text(&|f| Some(f.scenario.id.to_string()))),
        (
            "version",
            DataType::Int64,
            Arc::new(findings.iter().map(|f| Some(i64::from(f.scenario.version))).collect::<Int64Array>()),
        ),
        ("scenario_digest", DataType::Utf8, text(&|f| Some(f.scenario.digest.to_string()))),
        ("severity", DataType::Utf8, text(&|f| Some(f.severity.as_str().to_owned()))),
        ("occurred_on", DataType::Utf8, text(&|f| f.occurred_on.map(|day| day.to_string()))),
        ("unit_code", DataType::Utf8, text(&|f| f.responsible.unit_code.clone())),
        ("employee_no", DataType::Utf8, text(&|f| f.responsible.employee_no.clone())),
        ("amount", DataType::Int64, Arc::new(findings.iter().map(|f| f.amount).collect::<Int64Array>())),
        ("currency", DataType::Utf8, text(&|f| f.currency.map(|currency| currency.code().to_owned()))),
        ("subject", DataType::Utf8, text(&|f| json(serde_json::to_string(&f.subject)))),
        ("facts", DataType::Utf8, text(&|f| json(serde_json::to_string(&f.facts)))),
        ("evidence", DataType::Utf8, text(&|f| json(serde_json::to_string(&f.evidence)))),
        ("explanation_ko", DataType::Utf8, text(&|f| Some(f.explanation.ko.clone()))),
        ("explanation_en", DataType::Utf8, text(&|f| Some(f.explanation.en.clone()))),
    ];
    let schema = Arc::new(Schema::new(
        columns.iter().map(|(name, kind, _)| Field::new(*name, kind.clone(), true)).collect::<Vec<_>>(),
    ));
    let arrays = columns.into_iter().map(|(_, _, array)| array).collect();
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(|error| failed(error.into()))?;
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, None).map_err(failed)?;
    writer.write(&batch).map_err(failed)?;
    writer.into_inner().map_err(failed)
}

fn cells(finding: &Finding, language: Language) -> [String; 17] {
    let pairs = |values: &indexmap::IndexMap<String, haechi_core::finding::Value>| {
        values.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join("; ")
    };
    let mut snapshots: Vec<&str> = finding.evidence.iter().map(|evidence| evidence.snapshot.as_str()).collect();
    snapshots.sort_unstable();
    snapshots.dedup();
    let places: Vec<String> = finding.evidence.iter().map(Evidence::place).collect();
    [
        finding.key.to_string(),
        finding.government.to_string(),
        finding.scenario.id.to_string(),
        finding.scenario.version.to_string(),
        finding.severity.as_str().to_owned(),
        finding.occurred_on.map(|day| day.to_string()).unwrap_or_default(),
        finding.responsible.unit_code.clone().unwrap_or_default(),
        finding.responsible.employee_no.clone().unwrap_or_default(),
        finding.amount.map(|amount| amount.to_string()).unwrap_or_default(),
        finding.currency.map(|currency| currency.code().to_owned()).unwrap_or_default(),
        pairs(&finding.subject),
        pairs(&finding.facts),
        finding.explanation.in_language(language).to_owned(),
        finding.evidence.len().to_string(),
        places.join(" "),
        snapshots.join(" "),
        finding.scenario.digest.to_string(),
    ]
}

/// A number stays a number; any other text a spreadsheet would run is preceded by an apostrophe.
fn safe(cell: String) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if runs && cell.parse::<i64>().is_err() { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn a_formula_is_disarmed_and_a_negative_amount_stays_a_number() {
        assert_eq!(safe("=HYPERLINK(\"x\")".to_owned()), "'=HYPERLINK(\"x\")");
        assert_eq!(safe("@SUM(A1)".to_owned()), "'@SUM(A1)");
        assert_eq!(safe("-1200".to_owned()), "-1200");
        assert_eq!(safe("-1+cmd|' /C calc'!A0".to_owned()), "'-1+cmd|' /C calc'!A0");
        assert_eq!(safe("총무과".to_owned()), "총무과");
    }
}
