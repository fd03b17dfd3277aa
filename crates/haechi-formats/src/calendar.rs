//! `calendar/kr.csv`: the public holidays, each row citing its source.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use haechi_core::calendar::WorkCalendar;
use haechi_core::time::Day;

use crate::fault::Fault;

/// What a row may say of its day.
pub const KINDS: [&str; 4] = ["public", "substitute", "temporary", "election"];

const HEADER: [&str; 4] = ["date", "name", "kind", "source"];

/// Reads a calendar: `date,name,kind,source`, a row a day, the kind one of [`KINDS`].
///
/// The years with rows are the years listed, each taken to be listed whole. Several holidays on one day are one row,
/// their names joined by `·`.
///
/// # Errors
///
/// Another header, an unreadable date, an unknown kind, an empty name or source, a day twice, a year left out between two.
pub fn parse_calendar(file: &str, text: &str) -> Result<WorkCalendar, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut holidays: BTreeMap<Day, String> = BTreeMap::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(Fault::new("calendar-csv", file, format!("It is not CSV: {error}."), "Save it as CSV."));
                break;
            }
        };
        let line = record.position().map_or(1, csv::Position::line);
        let mut fault = |what: String, help: &str| {
            faults.push(Fault::new("calendar-invalid", file, what, help).at_line(line));
        };
        if at == 0 {
            if record.iter().ne(HEADER) {
                fault(
                    "The header is not `date,name,kind,source`.".to_owned(),
                    "Write these four columns in this order.",
                );
                break;
            }
            continue;
        }
        let [Some(date), Some(name), Some(kind), Some(source), None] = [0, 1, 2, 3, 4].map(|at| record.get(at)) else {
            fault("The row does not have four values.".to_owned(), "Write date, name, kind and source.");
            continue;
        };
        let Ok(day) = Day::parse_from_str(date, "%Y-%m-%d") else {
            fault(format!("`{date}` is not a date."), "Write it as 2026-11-22.");
            continue;
        };
        if !KINDS.contains(&kind) {
            fault(format!("`{kind}` is no kind of holiday."), "Write public, substitute, temporary or election.");
        }
        if name.trim().is_empty() || source.trim().is_empty() {
            fault("The name or the source is empty.".to_owned(), "Cite the notice, or write `to be confirmed`.");
        }
        if holidays.insert(day, name.to_owned()).is_some() {
            fault(format!("{day} is there twice."), "Keep one row a day, with the names joined by `·`.");
        }
    }
    let years: BTreeSet<i32> = holidays.keys().map(|day| day.year()).collect();
    if let (Some(first), Some(last)) = (years.first(), years.last()) {
        for year in (*first..=*last).filter(|year| !years.contains(year)) {
            let what = format!("The year {year} has no row, but years before and after it have.");
            faults.push(Fault::new(
                "calendar-gap",
                file,
                what,
                "Add its holidays; a year is listed whole or not at all.",
            ));
        }
    } else if faults.is_empty() {
        faults.push(Fault::new("calendar-invalid", file, "It lists no day.", "Add the holidays of at least one year."));
    }
    if faults.is_empty() { Ok(WorkCalendar::new(years, holidays)) } else { Err(faults) }
}

/// The calendar that lies in the binary.
///
/// # Errors
///
/// As [`parse_calendar`]; a test keeps it from happening.
pub fn shipped() -> Result<WorkCalendar, Vec<Fault>> {
    parse_calendar("calendar/kr.csv", crate::shipped::CALENDAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_calendar_lists_2010_to_2027_with_the_fixed_holidays_of_each_year() {
        let calendar = shipped().unwrap();
        assert_eq!(calendar.years().collect::<Vec<_>>(), (2010..=2027).collect::<Vec<_>>());
        for year in 2010..=2027 {
            for fixed in ["01-01", "03-01", "05-05", "08-15", "10-03", "12-25"] {
                assert!(calendar.holiday(day(&format!("{year}-{fixed}"))).unwrap().is_some(), "{year}-{fixed}");
            }
            assert_eq!(calendar.holiday(day(&format!("{year}-10-09"))).unwrap().is_some(), year >= 2013, "{year}");
        }
    }

    #[test]
    fn moving_substitute_temporary_and_election_days_are_listed() {
        let calendar = shipped().unwrap();
        for (date, name) in [
            ("2017-05-09", "대통령 선거일"),
            ("2017-10-02", "임시공휴일"),
            ("2017-10-03", "개천절·추석 전날"),
            ("2018-05-07", "어린이날 대체 휴일"),
            ("2020-08-17", "임시공휴일"),
            ("2025-01-29", "설날"),
        ] {
            assert_eq!(calendar.holiday(day(date)).unwrap(), Some(name), "{date}");
        }
    }

    #[test]
    fn every_row_cites_a_source_and_the_years_not_yet_certain_say_so() {
        for line in crate::shipped::CALENDAR.lines().skip(1).filter(|line| *line >= "2026") {
            assert!(line.contains("to be confirmed"), "{line}");
        }
    }

    #[test]
    fn each_slip_is_named_with_its_line() {
        let codes = |text: &str| {
            let faults = parse_calendar("kr.csv", text).unwrap_err();
            faults.iter().map(|fault| (fault.code, fault.place.line)).collect::<Vec<_>>()
        };
        let header = "date,name,kind,source\n";
        assert_eq!(codes("date,name\n"), [("calendar-invalid", Some(1))]);
        assert_eq!(codes(header), [("calendar-invalid", None)]);
        for row in ["2026-13-01,a,public,s", "2026-01-01,a,bank,s", "2026-01-01,a,public,", "2026-01-01,a,public"] {
            assert!(codes(&format!("{header}{row}\n"))[0] == ("calendar-invalid", Some(2)), "{row}");
        }
        let twice = format!("{header}2026-01-01,a,public,s\n2026-01-01,b,public,s\n");
        assert_eq!(codes(&twice), [("calendar-invalid", Some(3))]);
        let gap = format!("{header}2024-01-01,a,public,s\n2026-01-01,b,public,s\n");
        assert_eq!(codes(&gap), [("calendar-gap", None)]);
    }
}
