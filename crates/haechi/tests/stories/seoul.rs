//! Two years of Seoul's card payments, packed as they were published, against an independent tool's count.

use std::collections::{BTreeMap, BTreeSet};

use haechi_core::finding::Finding;

use crate::city::{City, real_data};

/// What is counted from the Parquet files of the snapshots.
const SNAPSHOT_FIGURES: &str = "
    SELECT count(*) AS rows,
           sum(amount) AS sum_amount,
           count(DISTINCT unit_code) AS departments,
           count(*) FILTER (WHERE spent_on NOT BETWEEN DATE '2017-01-01' AND DATE '2018-12-31') AS bad_date_rows,
           count(*) FILTER (WHERE head_count IS NULL) AS headcount_missing,
           count(*) FILTER (WHERE amount >= 490000 AND amount < 500000) AS rows_490k_to_500k,
           count(*) FILTER (WHERE amount >= 500000 AND amount < 510000) AS rows_500k_to_510k,
           count(*) FILTER (WHERE amount >= 500000) AS over_500k_rows,
           CAST(sum(CASE WHEN extract(dow FROM spent_on) IN (0, 6) THEN 1 ELSE 0 END) AS BIGINT) AS weekend_rows
    FROM card_expense";

#[test]
fn every_figure_of_the_independent_count_comes_out_of_the_packed_file() {
    let Some(folder) = real_data("seoul-card-expense") else { return };
    let expected = std::fs::read(folder.join("expected-2017-2018.json")).unwrap();
    let expected: BTreeMap<String, i64> = serde_json::from_slice(&expected).unwrap();
    let city = City::new();

    let taken = city.take("seoul-card-expense", &[folder.join("2017-2018.tar.gz")]);
    assert_eq!(taken["load"]["files"].as_array().unwrap().len(), 24);
    assert_eq!(taken["load"]["rejects"], serde_json::Value::Null);

    let mut found = city.numbers("6110000", SNAPSHOT_FIGURES);
    let findings = city.findings(&[]);
    let of = |id: &str| -> Vec<&Finding> { findings.iter().filter(|one| one.scenario.id.as_str() == id).collect() };
    let groups = |id: &str| i64::try_from(of(id).len()).unwrap();
    let rows = |id: &str| -> i64 {
        let rows: BTreeSet<i64> = of(id).iter().flat_map(|one| &one.evidence).map(|row| row.row).collect();
        i64::try_from(rows.len()).unwrap()
    };
    found.extend(
        [
            ("split_groups", groups("card.split-payment")),
            ("split_rows", rows("card.split-payment")),
            ("late_night_rows", rows("card.late-night")),
            ("weekend_or_holiday_rows", rows("card.holiday")),
            ("dept_quarters_3plus_just_below", groups("card.just-below-limit")),
            ("per_head_over_40000", rows("card.per-head")),
            ("duplicate_groups", groups("card.duplicate")),
            ("duplicate_rows", rows("card.duplicate")),
            ("over_500k_without_headcount_rows", rows("card.over-limit-without-headcount")),
            ("date_outside_ledger_month_rows", rows("card.date-outside-ledger")),
        ]
        .map(|(name, number)| (name.to_owned(), number)),
    );
    assert_eq!(found, expected);
}
