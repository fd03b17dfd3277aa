//! The tables that are taken away.

use std::collections::BTreeMap;

use super::measures::Measures;
use super::view::{Asking, Counted, Unhandled};
use crate::export::{Cell, Table};
use crate::web::Page;

/// The columns of measures, after the name of what is measured.
fn columns(page: &Page, name: &str) -> Vec<String> {
    let words = [
        "stat-opened",
        "stat-answered-rate",
        "stat-approved-rate",
        "stat-confirmed-rate",
        "stat-late",
        "stat-hours-half",
        "stat-hours-most",
        "stat-corrected",
        "stat-explained",
        "stat-excluded",
        "stat-referred",
        "stat-exclusion-rate",
        "stat-precision",
        "stat-precision-least",
        "stat-precision-most",
        "stat-repeats",
        "stat-unmapped",
        "stat-steps",
        "stat-recovered",
        "stat-levied",
        "stat-prevented",
    ];
    std::iter::once(page.say(name)).chain(words.map(|word| page.say(word))).collect()
}

fn row(name: String, of: &Measures) -> Vec<Cell> {
    let precision = of.precision();
    let hours = |percent| of.hours(percent).map_or(Cell::Empty, Cell::Number);
    // Amounts of several currencies are not summed; where there is one, it stands in the cell.
    let money = |at: usize| match of.money.iter().collect::<Vec<_>>().as_slice() {
        [] => Cell::Empty,
        [(_, sums)] => sums.get(at).map_or(Cell::Empty, |sum| Cell::Number(*sum)),
        several => Cell::text(
            several
                .iter()
                .filter_map(|(currency, sums)| Some(format!("{currency} {}", sums.get(at)?)))
                .collect::<Vec<_>>()
                .join("; "),
        ),
    };
    vec![
        Cell::text(name),
        Cell::count(of.opened),
        Cell::share(of.answered_rate()),
        Cell::share(of.approved_rate()),
        Cell::share(of.confirmed_rate()),
        Cell::count(of.late),
        hours(50),
        hours(90),
        Cell::count(of.corrected),
        Cell::count(of.explained),
        Cell::count(of.excluded),
        Cell::count(of.referred),
        Cell::share(of.exclusion_rate()),
        Cell::share(precision.map(|precision| precision.share)),
        Cell::share(precision.map(|precision| precision.least)),
        Cell::share(precision.map(|precision| precision.most)),
        Cell::count(of.repeats),
        Cell::count(of.unmapped),
        Cell::count(of.steps),
        money(0),
        money(1),
        money(2),
    ]
}

/// Everything that was counted, a sheet each: in all, by unit, rule, system and month.
pub(super) fn all(
    page: &Page,
    asking: &Asking,
    counted: &Counted,
    unit: impl Fn(Option<&str>) -> String,
) -> Vec<Table> {
    let about = vec![
        format!("{} · {}", page.government, asking.period),
        page.of("stat-as-of", page.printed.clone(), page.who.clone().unwrap_or_default()),
    ];
    let table = |title: &str, name: &str, rows: Vec<Vec<Cell>>| Table {
        title: page.say(title),
        about: about.clone(),
        columns: columns(page, name),
        rows,
    };
    let scenario =
        |id: &str| counted.titles.get(id).map_or_else(|| id.to_owned(), |title| page.words(title).to_owned());
    vec![
        table(
            "stat-by-unit",
            "stat-unit",
            counted.units.iter().map(|(code, of)| row(unit(code.as_deref()), of)).collect(),
        ),
        table("stat-in-all", "stat-period", vec![row(asking.period.to_string(), &counted.all)]),
        table(
            "stat-by-scenario",
            "scenario",
            counted.scenarios.iter().map(|(id, of)| row(format!("{} ({id})", scenario(id)), of)).collect(),
        ),
        table("stat-by-area", "stat-area", counted.areas.iter().map(|(area, of)| row(page.area(area), of)).collect()),
        table(
            "stat-by-month",
            "stat-month",
            counted.months.iter().map(|(month, of)| row(month.to_string(), of)).collect(),
        ),
    ]
}

/// What is not handled, by unit, rule, year and where it stands: what councils ask for.
pub(super) fn unhandled(
    page: &Page,
    asking: &Asking,
    counted: &Counted,
    cases: BTreeMap<Unhandled, (u64, u64)>,
    unit: impl Fn(Option<&str>) -> String,
) -> Table {
    let mut counts: BTreeMap<(String, String, i32, String), (u64, u64)> = BTreeMap::new();
    for (of, (count, late)) in cases {
        let title = counted.titles.get(&of.scenario).map_or(of.scenario, |title| page.words(title).to_owned());
        let reason = match of.state.as_str() {
            "unowned" => page.say(&format!("why-{}", of.routed_why)),
            state => page.say(&format!("unhandled-{}", state.replace('_', "-"))),
        };
        let sum = counts.entry((unit(of.unit.as_deref()), title, of.year, reason)).or_default();
        sum.0 += count;
        sum.1 += late;
    }
    let rows = counts.into_iter().map(|((unit, scenario, year, reason), (count, late))| {
        vec![
            Cell::text(unit),
            Cell::text(scenario),
            Cell::Number(i64::from(year)),
            Cell::text(reason),
            Cell::count(count),
            Cell::count(late),
        ]
    });
    let words = ["stat-unit", "scenario", "stat-year", "stat-unhandled-why", "stat-unhandled-count", "stat-late"];
    Table {
        title: page.say("stat-unhandled"),
        about: vec![
            format!("{} · {}", page.government, asking.period),
            page.of("stat-as-of", page.printed.clone(), page.who.clone().unwrap_or_default()),
        ],
        columns: words.map(|word| page.say(word)).to_vec(),
        rows: rows.collect(),
    }
}
