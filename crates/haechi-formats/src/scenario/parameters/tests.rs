use haechi_core::decided::DecidedValue;

use super::*;
use crate::scenario::fixture::{dictionary, scenario, with};

fn government(code: &str) -> Government {
    Government::parse(code).unwrap()
}

fn day() -> Day {
    Day::from_ymd_opt(2026, 10, 31).unwrap()
}

fn codes(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.code).collect()
}

fn query(sql: &str) -> Scenario {
    Scenario { sql: sql.to_owned(), ..scenario() }
}

#[test]
fn a_dated_value_becomes_a_case_with_the_newest_day_first() {
    let query = query("SELECT @limit(spent_on, currency), $min_payments");
    let expanded = query.expand(&government("B1"), &Overrides::default(), day()).unwrap();
    assert_eq!(
        expanded.sql,
        "SELECT (CASE WHEN (spent_on) >= DATE '2020-01-01' AND (currency) = 'KRW' THEN 600000 \
         WHEN (spent_on) >= DATE '2010-01-01' AND (currency) = 'KRW' THEN 500000 \
         WHEN (spent_on) >= DATE '2010-01-01' AND (currency) = 'GBP' THEN 50000 END), $min_payments"
    );
    assert_eq!(expanded.scalars, [("min_payments".to_owned(), 2)]);
    assert_eq!(expanded.used["limit"][0], serde_json::json!({"from": "2010-01-01", "currency": "GBP", "value": 50000}));
}

#[test]
fn a_governments_own_value_wins_over_one_for_all() {
    let query = query("SELECT @limit(spent_on, currency), $min_payments");
    let sql = query.expand(&government("6110000"), &Overrides::default(), day()).unwrap().sql;
    assert!(sql.contains("700000") && !sql.contains("600000"), "{sql}");
}

#[test]
fn arguments_may_hold_brackets_quotes_comments_and_other_parameters() {
    let query = query("SELECT @limit(coalesce(d, -- or (\n  '2017-01-01)'), concat('K', $min_payments))\nFROM t");
    let sql = query.expand(&government("B1"), &Overrides::default(), day()).unwrap().sql;
    assert!(sql.contains("(coalesce(d, '2017-01-01)')) >= DATE"), "{sql}");
    assert!(sql.contains("(concat('K', $min_payments)) = 'KRW'"), "{sql}");
    assert_eq!(sql.lines().count(), 3, "lines stay where they were: {sql}");
}

#[test]
fn quoted_text_and_comments_are_left_alone() {
    let text = "SELECT '@limit(x)', $min_payments, @limit(d, c) -- @nothing $here";
    let sql = query(text).expand(&government("B1"), &Overrides::default(), day()).unwrap().sql;
    assert!(sql.starts_with("SELECT '@limit(x)', ") && sql.ends_with("-- @nothing $here"), "{sql}");
}

#[test]
fn every_wrong_use_is_named_with_its_line() {
    let faults =
        query("SELECT $limit,\n @min_payments(d),\n @other(d),\n @limit(d),\n @limit,\n @limit(a, b, c),\n @limit(a")
            .parameter_faults();
    assert_eq!(
        faults.iter().map(|fault| (fault.code, fault.place.line.unwrap())).collect::<Vec<_>>(),
        [
            ("parameter-without-date", 1),
            ("parameter-not-dated", 2),
            ("parameter-unknown", 3),
            ("parameter-without-currency", 4),
            ("parameter-without-date", 5),
            ("parameter-arguments", 6),
            ("parameter-unclosed", 7),
        ]
    );
    assert_eq!(codes(&query("SELECT 1").parameter_faults()), ["parameter-unused", "parameter-unused"]);
}

#[test]
fn an_installations_own_values_replace_the_folders() {
    let own = "[\"card.split-payment\"]\nmin_payments = 3\nlimit = [{ from = \"2015-01-01\", currency = \"KRW\", value = 1 }]";
    let own = Overrides::parse("parameters.toml", own).unwrap();
    let expanded = query("SELECT @limit(d, c), $min_payments").expand(&government("B1"), &own, day()).unwrap();
    assert_eq!(expanded.scalars, [("min_payments".to_owned(), 3)]);
    assert!(expanded.sql.contains("'2015-01-01'") && !expanded.sql.contains("GBP"), "{}", expanded.sql);
}

fn decided(parameter: &str, value: i64, from: Option<&str>) -> DecidedValue {
    DecidedValue {
        scenario: scenario().id,
        parameter: TableName::parse(parameter).unwrap(),
        value,
        from: from.map(|day| day.parse().unwrap()),
        currency: from.map(|_| "KRW".to_owned()),
    }
}

#[test]
fn what_a_government_decided_wins_over_the_file_and_stands_beside_the_folders_dated_values() {
    let mut own = Overrides::parse("parameters.toml", "[\"card.split-payment\"]\nmin_payments = 3").unwrap();
    let all = [decided("min_payments", 4, None), decided("limit", 700, Some("2026-07-01"))];
    assert_eq!(own.with_decided(&scenario(), &government("B1"), &all), Vec::<String>::new());
    // As it is handed to a run, which reads text.
    let own = Overrides::parse("parameters.toml", &own.to_toml()).unwrap();
    assert!(own.check(&scenario()).is_empty());
    let expanded = query("SELECT @limit(d, c), $min_payments").expand(&government("B1"), &own, day()).unwrap();
    assert_eq!(expanded.scalars, [("min_payments".to_owned(), 4)]);
    assert!(expanded.sql.contains("'2026-07-01'") && expanded.sql.contains("GBP"), "{}", expanded.sql);
    let other = query("SELECT @limit(d, c), $min_payments").expand(&government("B2"), &own, day()).unwrap();
    assert!(!other.sql.contains("'2026-07-01'"), "a decision is its government's alone: {}", other.sql);
}

#[test]
fn a_decision_that_fits_no_more_is_left_out_and_told() {
    let mut own = Overrides::default();
    let all = [decided("gone", 4, None), decided("limit", 7, None), decided("min_payments", 1, None)];
    let told = own.with_decided(&scenario(), &government("B1"), &all);
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(own.values.is_empty());
}

#[test]
fn an_override_that_does_not_fit_is_named_with_its_line() {
    let own = "[\"card.split-payment\"]\nmin_payments = 1\nlimit = 5\nmissing = 1";
    let faults = Overrides::parse("parameters.toml", own).unwrap().check(&scenario());
    assert_eq!(codes(&faults), ["value-outside-range", "parameter-form", "parameter-unknown"]);
    assert_eq!(faults.iter().map(|fault| fault.place.line.unwrap()).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(codes(&Overrides::parse("p", "[\"card.split-payment\"]\nx = 1.5").unwrap_err()), ["toml-invalid"]);
}

#[test]
fn values_of_other_governments_alone_give_null() {
    let text = "values = [{ from = \"2010-01-01\", currency = \"KRW\", value = 1, government = \"B9\" }]\nunused = [";
    let folder = with("scenario.toml", "values = [", text);
    assert_eq!(codes(&Scenario::parse(&folder, &dictionary()).unwrap_err()), ["unknown-key"]);
    let mut scenario = query("SELECT @limit(d, c), $min_payments");
    if let ParameterValue::Dated(values) =
        &mut scenario.parameters.get_mut(&TableName::parse("limit").unwrap()).unwrap().value
    {
        values.retain(|value| value.government.is_some());
    }
    let sql = scenario.expand(&government("B1"), &Overrides::default(), day()).unwrap().sql;
    assert!(sql.contains("(CAST(NULL AS BIGINT))"), "{sql}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn whatever_stands_in_a_query_is_read_without_a_panic(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "$", "@", "limit", "min_payments", "(", ")", ",", "'", "\"", "--", "/*", "*/", "\n", " ", "가", "1",
                "@limit(d, c)", "$min_payments",
            ]),
            0..40,
        )
    ) {
        if let Ok(expanded) = query(&parts.concat()).expand(&government("B1"), &Overrides::default(), day()) {
            let mask = mask(&expanded.sql);
            let left = all_uses(&mask, 0..mask.len());
            proptest::prop_assert!(left.iter().all(|found| found.form == Form::Scalar), "{}", expanded.sql);
        }
    }
}

#[test]
fn the_as_of_day_needs_no_declaration_and_is_told() {
    let query = query("SELECT @limit($as_of, c), $min_payments, '$as_of' WHERE d < $as_of");
    assert!(query.asks_as_of());
    let expanded = query.expand(&government("B1"), &Overrides::default(), day()).unwrap();
    assert!(expanded.sql.contains("WHEN (DATE '2026-10-31') >= DATE"), "{}", expanded.sql);
    assert!(expanded.sql.ends_with("'$as_of' WHERE d < DATE '2026-10-31'"), "{}", expanded.sql);
    assert_eq!(expanded.used["as_of"], "2026-10-31");
    assert_eq!(
        codes(&self::query("SELECT @as_of(d), @limit(d, c), $min_payments").parameter_faults()),
        ["parameter-unknown"]
    );
}

#[test]
fn who_does_not_ask_for_the_as_of_day_is_not_told_it() {
    let query = query("SELECT @limit(d, c), $min_payments");
    assert!(!query.asks_as_of());
    let expanded = query.expand(&government("B1"), &Overrides::default(), day()).unwrap();
    assert!(!expanded.used.contains_key("as_of"));
}
