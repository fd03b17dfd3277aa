//! A mapping folder to start from.

use haechi_core::ids::SourceName;

/// The files of a new mapping: it reads a small made-up export, and its case passes as it stands.
pub fn new_mapping(name: &SourceName) -> Vec<(String, String)> {
    let toml = format!(
        r#"format = 1
name = "{name}"
table = "card_expense"
source_system = "to be named"
currency = "KRW"
files = ["*.csv"]
max_reject_rate = "1%"

[title]
ko = "새 매핑"
en = "A new mapping"

[description]
ko = "이 자료가 무엇인지 적으십시오."
en = "Say what this export is."

[government]
code = "9999999"
ko = "이름을 적으십시오"
en = "Name the government"

[load]
mode = "period"
period = {{ option = true }}

[columns.unit_code]
header = ["부서"]

[columns.spent_on]
header = ["사용일"]

[columns.place]
header = ["사용장소"]
with = "squeeze"

[columns.amount]
header = ["금액"]
"#
    );
    let readme = format!("# {name}\n\nWhat this export is, who makes it and when, and what is odd about it.\n");
    let cases = "# Cases\n\n## A row is read as it stands\n\n```csv input file=export.csv period=2026-03\n부서,사용일,사용장소,금액\n총무과,2026.03.05.,한빛식당  본점,\"45,000\"\n```\n\n```csv card_expense\nunit_code,spent_on,place,amount,currency\n총무과,2026-03-05,한빛식당 본점,45000,KRW\n```\n";
    vec![("mapping.toml".to_owned(), toml), ("README.md".to_owned(), readme), ("cases.md".to_owned(), cases.to_owned())]
}
