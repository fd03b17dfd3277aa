//! Invented exports in the columns of the Seoul mapping. No row is anybody's.

use std::path::PathBuf;

use crate::city::City;

/// The mapping that reads them, and whose they are.
pub const MAPPING: &str = "seoul-card-expense";
pub const GOVERNMENT: &str = "6110000";

/// The mapping's header.
pub const HEADER: [&str; 13] = [
    "",
    "nid",
    "title",
    "url",
    "exec_yr",
    "exec_month",
    "dept_nm_full",
    "exec_dt",
    "exec_loc",
    "exec_purpose",
    "target_nm",
    "payment_method",
    "exec_amount",
];

/// One payment.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    pub unit: &'static str,
    /// As the export writes it: `2017-08-10 12:30`.
    pub at: &'static str,
    pub place: &'static str,
    pub attendees: &'static str,
    pub amount: i64,
}

pub const fn payment(at: &'static str, unit: &'static str, place: &'static str, amount: i64) -> Payment {
    Payment { unit, at, place, attendees: "과장 외 9명", amount }
}

/// The rows of one ledger month.
pub fn rows(year: i32, month: u32, payments: &[Payment]) -> Vec<[String; 13]> {
    let row = |(at, payment): (usize, &Payment)| {
        [
            at.to_string(),
            format!("{year}{month:02}{at:04}"),
            "집행내역".to_owned(),
            "http://example.kr/1".to_owned(),
            year.to_string(),
            month.to_string(),
            payment.unit.to_owned(),
            payment.at.to_owned(),
            payment.place.to_owned(),
            "간담회".to_owned(),
            payment.attendees.to_owned(),
            "카드".to_owned(),
            payment.amount.to_string(),
        ]
    };
    payments.iter().enumerate().map(row).collect()
}

/// The file of one ledger month as bytes.
pub fn csv(year: i32, month: u32, header: &[&str], payments: &[Payment]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).unwrap();
    rows(year, month, payments).iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

/// Writes the file of one ledger month into `folder` of a city.
pub fn month(city: &City, folder: &str, year: i32, month: u32, payments: &[Payment]) -> PathBuf {
    city.write(&format!("{folder}/{year}{month:02}_expense_list.csv"), csv(year, month, &HEADER, payments))
}

/// August 2017: something for every card scenario to ask about, among payments nobody need ask about.
pub fn august() -> Vec<Payment> {
    let mut payments = vec![
        // Two parts of one dinner that together reach the limit.
        payment("2017-08-10 12:30", "총무과", "나무식당", 300_000),
        payment("2017-08-10 13:10", "총무과", "나무식당", 250_000),
        // Late at night, and twice the same.
        payment("2017-08-11 23:40", "복지과", "바다횟집", 120_000),
        payment("2017-08-11 23:40", "복지과", "바다횟집", 120_000),
        // Liberation Day.
        payment("2017-08-15 12:10", "복지과", "들꽃국수", 90_000),
        // Three times just below the limit.
        payment("2017-08-16 12:00", "기획과", "산촌", 495_000),
        payment("2017-08-17 12:00", "기획과", "강촌", 498_000),
        payment("2017-08-18 12:00", "기획과", "어촌", 499_000),
        // Above the limit and nobody knows for how many.
        Payment { attendees: "관계자", ..payment("2017-08-21 12:00", "기획과", "큰집", 700_000) },
        // A lot for two.
        Payment { attendees: "국장 외 1명", ..payment("2017-08-22 12:00", "기획과", "작은집", 150_000) },
        // In July, booked in August.
        payment("2017-07-31 12:00", "복지과", "들꽃국수", 40_000),
    ];
    let quiet = ["2017-08-01 12:00", "2017-08-02 12:05", "2017-08-03 12:10", "2017-08-04 12:15", "2017-08-07 12:20"];
    payments.extend(quiet.map(|at| payment(at, "문화과", "찻집", 30_000)));
    payments
}

/// September 2017: another late evening.
pub fn september() -> Vec<Payment> {
    vec![
        payment("2017-09-05 12:00", "문화과", "찻집", 30_000),
        payment("2017-09-06 23:15", "문화과", "바다횟집", 80_000),
        payment("2017-09-07 12:00", "총무과", "나무식당", 60_000),
    ]
}
