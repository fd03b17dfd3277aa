use proptest::prelude::*;

use super::*;

fn on(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn days_are_read_as_korean_offices_write_them() {
    for text in [
        "2024.03.05.",
        "2024. 3. 5.",
        "2024.3.5",
        "2024-03-05",
        "2024/3/5",
        "20240305",
        "24.3.5",
        "2024년 3월 5일",
        "2024년3월5일",
        "'24.3.5.",
        "’24. 3. 5.",
        "2024.03.05.(화)",
        "2024-03-05 (화요일)",
        "２０２４．３．５．",
        "2024-03-05 00:00",
        "2024-03-05 00:00:00.000",
        "2024-03-05T00:00:00",
        "2024. 3. 5. 오전 12:00:00",
        " 2024−03−05 ",
        "20240305000000",
    ] {
        assert_eq!(day(text, DateOrder::YearFirst), Ok(on(2024, 3, 5)), "{text}");
    }
}

#[test]
fn days_are_read_as_british_and_american_councils_write_them() {
    for text in [
        "19/04/2017",
        "19.4.2017",
        "19-04-17",
        "19 Apr 2017",
        "19-Apr-17",
        "19 April 2017",
        "2017-04-19",
        "19/04/2017 00:00",
    ] {
        assert_eq!(day(text, DateOrder::DayFirst), Ok(on(2017, 4, 19)), "{text}");
    }
    for text in ["04/19/2017", "4-19-17", "Apr 19, 2017", "April 19 2017", "2017/4/19"] {
        assert_eq!(day(text, DateOrder::MonthFirst), Ok(on(2017, 4, 19)), "{text}");
    }
}

#[test]
fn years_of_two_digits_turn_at_seventy() {
    assert_eq!(day("70.1.1", DateOrder::YearFirst), Ok(on(1970, 1, 1)));
    assert_eq!(day("69.1.1", DateOrder::YearFirst), Ok(on(2069, 1, 1)));
}

#[test]
fn what_is_no_day_is_refused_and_says_why() {
    for (text, expected) in [
        ("", DateError::Empty),
        ("00:00:00", DateError::Unreadable),
        ("xxx", DateError::Unreadable),
        ("2024.3", DateError::Unreadable),
        ("2024-3.5", DateError::Unreadable),
        ("19/04/2017", DateError::Unreadable),
        ("2023.2.29", DateError::NoSuchDay),
        ("0201.3.5", DateError::NoSuchDay),
        ("2024.3.5 13:10", DateError::TimeBeside),
        ("2024.3.5.7", DateError::Unreadable),
        ("2024.3.5 xxx", DateError::Unreadable),
        ("45356", DateError::Unreadable),
    ] {
        assert_eq!(day(text, DateOrder::YearFirst), Err(expected), "{text}");
    }
    assert_eq!(day("04/19/2017", DateOrder::DayFirst), Err(DateError::NoSuchDay));
}

#[test]
fn times_follow_dates_in_many_forms() {
    for (text, hour, minute, second) in [
        ("2017-01-26 13:10", 13, 10, 0),
        ("2017.1.26. 13:10:05", 13, 10, 5),
        ("2017-01-26T13:10:05.999", 13, 10, 5),
        ("2017년 1월 26일 14시 05분", 14, 5, 0),
        ("2017년 1월 26일(목) 14시", 14, 0, 0),
        ("2017-01-26(목)14:05", 14, 5, 0),
        ("2017-01-26 오후 2:05", 14, 5, 0),
        ("2017-01-26 오후 2시 5분 9초", 14, 5, 9),
        ("2017-01-26 오전 12:00", 0, 0, 0),
        ("2017-01-26 오후 12:30", 12, 30, 0),
        ("2017-01-26 오전 0:30", 0, 30, 0),
        ("2017-01-26 PM 2:05", 14, 5, 0),
        ("2017-01-26 2:05 pm", 14, 5, 0),
        ("20170126131005", 13, 10, 5),
        ("201701261310", 13, 10, 0),
        ("20170126 131005", 13, 10, 5),
    ] {
        let expected = on(2017, 1, 26).and_hms_opt(hour, minute, second).unwrap();
        assert_eq!(moment(text, DateOrder::YearFirst), Ok(expected), "{text}");
    }
    assert_eq!(moment("19/04/2017 09:30", DateOrder::DayFirst), Ok(on(2017, 4, 19).and_hms_opt(9, 30, 0).unwrap()));
    assert_eq!(time("1310").unwrap().to_string(), "13:10:00");
}

#[test]
fn what_is_no_moment_is_refused_and_says_why() {
    for (text, expected) in [
        ("2017-01-26", DateError::NoTime),
        ("2017.1.26.(목)", DateError::NoTime),
        ("2017-01-26 24:00", DateError::Hour24),
        ("2017-01-26 25:00", DateError::NoSuchTime),
        ("2017-01-26 13:60", DateError::NoSuchTime),
        ("2017-01-26 오전 13:00", DateError::NoSuchTime),
        ("2017-01-26 13", DateError::Unreadable),
        ("2017-01-26 13:10Z", DateError::Unreadable),
    ] {
        assert_eq!(moment(text, DateOrder::YearFirst), Err(expected), "{text}");
    }
}

#[test]
fn spreadsheet_serials_count_from_the_day_they_count_from() {
    assert_eq!(excel_serial("45356", false), Ok(on(2024, 3, 5).and_hms_opt(0, 0, 0).unwrap()));
    assert_eq!(excel_serial("45356.5", false), Ok(on(2024, 3, 5).and_hms_opt(12, 0, 0).unwrap()));
    assert_eq!(excel_serial("42761.548611111111", false), Ok(on(2017, 1, 26).and_hms_opt(13, 10, 0).unwrap()));
    assert_eq!(excel_serial("61", false), Ok(on(1900, 3, 1).and_hms_opt(0, 0, 0).unwrap()));
    assert_eq!(excel_serial("43894", true), excel_serial("45356", false));
    assert_eq!(excel_serial("60", false), Err(DateError::SerialAmbiguous));
    assert_eq!(excel_serial("4,5356", false), Err(DateError::Unreadable));
    assert_eq!(excel_serial("99999999", false), Err(DateError::NoSuchDay));
}

fn any_moment() -> impl Strategy<Value = LocalTime> {
    // 1970-01-01 to 2069-12-31, where years of two digits are read back too.
    (0_i64..3_155_759_999)
        .prop_map(|seconds| on(1970, 1, 1).and_hms_opt(0, 0, 0).unwrap() + TimeDelta::seconds(seconds))
}

proptest! {
    #[test]
    fn every_day_is_read_back_however_it_is_written(moment in any_moment()) {
        let (wanted, order) = (Ok(moment.date()), DateOrder::YearFirst);
        for format in ["%Y.%m.%d.", "%Y. %-m. %-d.", "%Y-%m-%d", "%Y/%-m/%-d", "%Y%m%d", "%y.%-m.%-d", "%Y년 %-m월 %-d일", "'%y.%-m.%-d."] {
            let text = moment.format(format).to_string();
            prop_assert_eq!(day(&text, order), wanted, "{}", text);
        }
        for format in ["%d/%m/%Y", "%-d.%-m.%Y", "%d-%m-%y", "%d %b %Y", "%d-%b-%y"] {
            let text = moment.format(format).to_string();
            prop_assert_eq!(day(&text, DateOrder::DayFirst), wanted, "{}", text);
        }
    }

    #[test]
    fn every_moment_is_read_back(wanted in any_moment()) {
        for format in ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%.3f", "%Y.%m.%d. %-H시 %-M분 %-S초", "%Y%m%d%H%M%S", "%Y-%m-%d %p %-I:%M:%S"] {
            let text = wanted.format(format).to_string();
            prop_assert_eq!(moment(&text, DateOrder::YearFirst), Ok(wanted), "{}", text);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", near in "[-0-9./:' ()년월일시분초화오전후AapmPMT０-９]*") {
        for text in [&text, &near] {
            for order in [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst] {
                let _ = (day(text, order), moment(text, order));
            }
            let _ = (time(text), excel_serial(text, false));
        }
    }
}
