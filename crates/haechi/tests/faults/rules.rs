//! Own scenarios and mappings with faults: named by file and line, before anything runs.

use crate::outputs::{GOOD_SQL, SCENARIO};
use crate::place::Place;

#[test]
fn an_unknown_key_in_a_scenario_is_named_with_its_line() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", &SCENARIO.replace("severity", "severty"), GOOD_SQL);
    place.refuses(&mut place.command(&["detect"]), 21).saying(&["payment/own-question/scenario.toml:8", "severty"]);
}

#[test]
fn a_scenario_that_is_no_toml_is_named_with_its_line() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", &SCENARIO.replace("version = 1", "version = one"), GOOD_SQL);
    place.refuses(&mut place.command(&["detect"]), 21).saying(&["payment/own-question/scenario.toml:4"]);
}

#[test]
fn a_table_or_column_the_dictionary_does_not_have_is_named_with_its_line() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", &SCENARIO.replace("[inputs.payment]", "[inputs.payments]"), GOOD_SQL);
    place.refuses(&mut place.command(&["detect"]), 21).saying(&["scenario.toml:", "payments"]);
    place.scenario(
        "payment.own-question",
        &SCENARIO.replace("\"vendor_no\", \"paid_on\"", "\"vendor\", \"paid_on\""),
        GOOD_SQL,
    );
    place.refuses(&mut place.command(&["detect"]), 21).saying(&["scenario.toml:", "vendor"]);
}

#[test]
fn a_scenario_without_its_query_is_refused() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", SCENARIO, GOOD_SQL);
    std::fs::remove_file(place.data().join("scenarios/payment/own-question/query.sql")).unwrap();
    place.refuses(&mut place.command(&["detect"]), 21).saying(&["payment/own-question", "query.sql"]);
}

#[test]
fn a_scenario_that_bears_a_shipped_ones_id_is_refused() {
    let place = Place::with_payments();
    place.scenario("payment.duplicate", SCENARIO, GOOD_SQL);
    place
        .refuses(&mut place.command(&["detect"]), 21)
        .saying(&["payment/duplicate/scenario.toml", "another scenario's already"]);
}

#[test]
fn the_linter_names_the_line_of_a_syntax_error_in_sql() {
    let place = Place::with_payments();
    place.scenario("payment.own-question", SCENARIO, &GOOD_SQL.replace("GROUP BY", "GROUPBY"));
    let folder = place.data().join("scenarios/payment/own-question");
    place
        .haechi(&["scenario", "lint", &folder.to_string_lossy()])
        .with(21)
        .saying(&["payment/own-question/query.sql:"]);
}

#[test]
fn a_mapping_with_an_unknown_key_or_column_is_named_with_its_line() {
    let place = Place::with_payments();
    let file = place.path("before.csv");
    let good = crate::place::OWN_MAPPINGS[0].1;
    place.write("data/mappings/own-payments/mapping.toml", good.replace("max_reject_rate", "max_rejects"));
    place.refuses_to_take("own-payments", &[&file], 21).saying(&["own-payments/mapping.toml:7", "max_rejects"]);
    place.write("data/mappings/own-payments/mapping.toml", good.replace("paid_on = ", "paid = "));
    place.refuses_to_take("own-payments", &[&file], 21).saying(&["own-payments/mapping.toml:16", "paid"]);
}

#[test]
fn parameters_of_the_installation_with_a_fault_are_refused() {
    let place = Place::with_payments();
    place.write("data/parameters.toml", "[\"payment.duplicate\"]\nno_such_parameter = 1\n");
    place.refuses(&mut place.command(&["detect"]), 21).saying(&["parameters.toml", "no_such_parameter"]);
}
