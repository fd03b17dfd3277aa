use super::*;
use crate::scenario::fixture::{dictionary, good, scenario, with};

fn faults(from: &str, to: &str) -> Vec<(&'static str, u64)> {
    let folder = with("scenario.toml", from, to);
    let faults = Scenario::parse(&folder, &dictionary()).unwrap_err();
    faults.iter().map(|fault| (fault.code, fault.place.line.unwrap_or_default())).collect()
}

#[test]
fn a_good_folder_is_read_whole_and_in_the_order_written() {
    let scenario = scenario();
    assert_eq!(scenario.id.as_str(), "card.split-payment");
    assert_eq!(scenario.parameters.keys().map(TableName::as_str).collect::<Vec<_>>(), ["min_payments", "limit"]);
    let table = TableName::parse("card_expense").unwrap();
    assert_eq!(scenario.inputs[&table].max_reject_per_10_000, Some(500));
    assert_eq!(scenario.inputs[&table].optional.len(), 1);
    assert_eq!(scenario.locality.unwrap()[&table].len(), 3);
    assert_eq!(scenario.digest, good().digest(&RULE_FILES));
}

#[test]
fn every_slip_is_a_fault_at_its_line() {
    assert_eq!(faults("tags ", "tgas "), [("unknown-key", 14)]);
    assert_eq!(faults("version   = 1", "version   = 0"), [("version-zero", 3)]);
    assert_eq!(faults("format    = 1", "format    = 2"), [("format-unknown", 1)]);
    assert_eq!(faults("en = \"Card payments", "# \""), [("words-missing", 16)]);
    assert_eq!(faults("\"amount\", \"currency\"", "\"amont\", \"currency\""), [("column-unknown", 31)]);
    assert_eq!(faults("[inputs.card_expense]", "[inputs.card_expenses]")[0], ("table-unknown", 31));
    assert_eq!(faults("optional = [\"holder_no\"]", "optional = [\"place_name\"]"), [("optional-unknown", 31)]);
    assert_eq!(faults("\"5%\"", "\"five\""), [("rate-unreadable", 31)]);
    assert_eq!(faults("default = 2", "default = 1"), [("value-outside-range", 37)]);
    assert_eq!(faults("[2, 50]", "[50, 2]"), [("range-reversed", 37)]);
    assert_eq!(faults("default = 2", "# none"), [("parameter-form", 37)]);
    assert_eq!(faults("unit = \"count\"\n", "unit = \"pieces\"\n"), [("unit-unknown", 37)]);
    assert_eq!(
        faults("subject   = [\"unit_code\", \"place\", \"spent_on\"]", "subject   = []"),
        [("subject-empty", 10)]
    );
    assert_eq!(faults("card_expense = [\"unit_code\"", "card_expense = [\"unit_no\""), [("locality-unknown", 58)]);
}

#[test]
fn values_by_date_are_sorted_unique_and_in_known_currencies() {
    let to = |line: &str| format!("{line}\n  {{ from = \"2020-01-01\", currency = \"KRW\", value = 600_000 }},");
    let from = "  { from = \"2020-01-01\", currency = \"KRW\", value = 600_000 },";
    assert_eq!(faults(from, &to(from)), [("values-twice", 43)]);
    assert_eq!(
        faults(
            "from = \"2020-01-01\", currency = \"KRW\", value = 6",
            "from = \"2009-01-01\", currency = \"KRW\", value = 6"
        )[0]
        .0,
        "values-unsorted"
    );
    assert_eq!(faults("currency = \"GBP\"", "currency = \"JPY\""), [("currency-unknown", 43)]);
    assert_eq!(faults("currency = \"GBP\", ", ""), [("currency-missing", 43)]);
}

#[test]
fn a_column_of_a_locality_expression_is_told_from_its_functions() {
    assert_eq!(columns_in("date_trunc('month', spent_on) + 1"), ["spent_on"]);
}

#[test]
fn rates_are_percentages_with_two_decimals_at_most() {
    assert_eq!([per_10_000("5%"), per_10_000("0.25%"), per_10_000("100%")], [Some(500), Some(25), Some(10_000)]);
    assert_eq!([per_10_000("0.05"), per_10_000("101%"), per_10_000("1.234%"), per_10_000("%")], [None; 4]);
}
