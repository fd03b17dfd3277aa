//! Exports that are not what they should be.

use std::io::Write as _;

use crate::place::{PAYMENTS, Place};

const HEADER: &str = "지급번호,부서,거래처,적요,지급일,금액\n";

#[test]
fn an_export_in_cp949_is_read_all_right() {
    let place = Place::new();
    let file = place.write("지출.csv", encoding_rs::EUC_KR.encode(PAYMENTS).0);
    place.take("own-payments", &[&file]).with(0).saying(&["CP949", "3 rows of payment taken, 0 rejected"]);
}

#[test]
fn utf_16_is_refused_with_the_way_to_save_it() {
    let place = Place::with_payments();
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(PAYMENTS.encode_utf16()).flat_map(|unit: u16| unit.to_le_bytes()).collect();
    let file = place.write("지출.csv", utf16);
    place.refuses_to_take("own-payments", &[&file], 10).saying(&[
        "지출.csv: ",
        "UTF-16",
        "save it as \"CSV UTF-8\"",
        "[encoding-utf16]",
    ]);
}

#[test]
fn bytes_that_are_broken_reject_their_row_and_no_other() {
    let place = Place::new();
    let mut bytes = HEADER.as_bytes().to_vec();
    for day in 1..=9 {
        bytes.extend(format!("{day},D10,V7,구내식당 식재료 구입 대금,2017-01-0{day},5000\n").bytes());
    }
    bytes.extend(b"10,D10,V7,\xea\xb5\xac\xeb,2017-01-10,5000\n");
    let file = place.write("지출.csv", bytes);
    place.take("own-payments", &[&file]).with(0).saying(&["9 rows of payment taken, 1 rejected"]);
    let rejects = place.haechi(&["snapshot", "rejects"]).with(0).saying(&["지출.csv", "11", "적요", "구"]);
    assert!(rejects.out.contains("bytes that the file's encoding does not know"), "{}", rejects.out);
}

#[test]
fn an_archive_cut_short_is_refused_whatever_it_is_packed_with() {
    let place = Place::with_payments();
    let mut rows = HEADER.to_owned();
    for number in 0..3000 {
        rows.push_str(&format!(
            "{number},D{},V{},품목 {},2017-01-10,{}\n",
            number % 7,
            number * 31,
            number * 17,
            number * 13
        ));
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(rows.as_bytes()).unwrap();

    let mut header = tar::Header::new_gnu();
    header.set_size(rows.len() as u64);
    header.set_mode(0o600);
    let mut tar_gz = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default()));
    tar_gz.append_data(&mut header, "payments.csv", rows.as_bytes()).unwrap();

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("payments.csv", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(rows.as_bytes()).unwrap();

    let packed = [
        ("a.csv.gz", gz.finish().unwrap()),
        ("b.tar.gz", tar_gz.into_inner().unwrap().finish().unwrap()),
        ("c.zip", zip.finish().unwrap().into_inner()),
    ];
    for (name, whole) in packed {
        let cut = place.write(name, &whole[..whole.len() / 2]);
        let said = place.refuses_to_take("own-payments", &[&cut], 10).saying(&[name, "[archive-", "again"]);
        assert!(said.err.contains("cut short") || said.err.contains("damaged"), "{}", said.err);
        let whole = place.write(name, whole);
        place.take("own-payments", &[&whole]).with(0).saying(&["3,000 rows of payment taken, 0 rejected"]);
    }
}

#[test]
fn a_renamed_column_is_refused_and_the_closest_name_is_given() {
    let place = Place::with_payments();
    let file = place.write("지출.csv", PAYMENTS.replace("지급일", "지급일자"));
    place.refuses_to_take("own-payments", &[&file], 10).saying(&[
        "지출.csv:1",
        "지급일",
        "`지급일자`",
        "own-payments",
        "[header-renamed]",
    ]);
}

#[test]
fn a_column_that_is_there_twice_is_refused() {
    let place = Place::with_payments();
    let file = place.write("지출.csv", "지급번호,부서,거래처,적요,지급일,금액,금액\n1,D1,V1,가,2017-01-01,1,2\n");
    place.refuses_to_take("own-payments", &[&file], 10).saying(&[
        "지출.csv:1, column `금액`",
        "twice, as columns 6 and 7",
        "Remove one from the file",
        "[column-twice]",
    ]);
}

#[test]
fn a_column_that_changes_its_type_half_way_stops_the_load_and_its_rows_can_be_listed() {
    let place = Place::with_payments();
    let (view, before) = (place.view(), place.kept());
    let mut rows = HEADER.to_owned();
    for number in 1..=20 {
        let amount = if number <= 10 { "5,000" } else { "오천원정" };
        rows.push_str(&format!("{number},D10,V7,품목,2017-03-02,\"{amount}\"\n"));
    }
    let file = place.write("지출.csv", rows);

    let stopped = place.take("own-payments", &[&file]).with(11).saying(&[
        "10 of 20 rows do not fit",
        "`own-payments` allows 25.00 %",
        "Nothing was replaced",
        "haechi snapshot rejects --data DIR --load ",
    ]);
    assert_eq!(place.view(), view);
    let left: Vec<String> = place.kept().into_keys().filter(|file| !before.contains_key(file)).collect();
    assert!(
        matches!(left.as_slice(), [load, rejects] if load.starts_with("store/loads/") && rejects.starts_with("store/rejects/")),
        "of a stopped load its record and its rejects are kept, and no part of its rows: {left:?}"
    );

    let load = stopped.err.split("--load ").nth(1).unwrap().split('`').next().unwrap();
    let listed = place.haechi(&["snapshot", "rejects", "--load", load, "--format", "json"]).with(0);
    let rows: serde_json::Value = serde_json::from_str(&listed.out).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 10);
    assert_eq!(rows[0]["file"], "지출.csv");
    assert_eq!(rows[0]["line"], 12);
    assert_eq!(rows[0]["column"], "금액");
    assert_eq!(rows[0]["value"], "오천원정");
    assert_eq!(rows[0]["code"], "amount-unreadable");
}

#[test]
fn a_file_that_is_not_there_or_empty_or_a_folder_is_refused_by_its_name() {
    let place = Place::with_payments();
    let empty = place.write("empty.csv", "");
    place.refuses_to_take("own-payments", &[&empty], 10).saying(&[
        "empty.csv: It is empty.",
        "Export it again",
        "[file-empty]",
    ]);
    place.refuses_to_take("own-payments", &[&place.path("none.csv")], 10).saying(&["none.csv: ", "[file-missing]"]);
    place.refuses_to_take("own-payments", &[&place.data()], 10).saying(&["data: It is a folder.", "[file-is-folder]"]);
}

#[test]
fn one_bad_file_among_good_ones_stops_them_all_and_every_bad_one_is_named() {
    let place = Place::with_payments();
    let good = place.write("march.csv", PAYMENTS.replace("2017-01", "2017-03"));
    let (empty, none) = (place.write("empty.csv", ""), place.path("none.csv"));
    place.refuses_to_take("own-payments", &[&good, &empty, &none], 10).saying(&["empty.csv", "none.csv"]);
}

#[test]
fn a_header_without_rows_does_not_empty_a_table_that_is_loaded_whole() {
    let place = Place::new();
    let full = place.write("departments.csv", "부서코드,부서명\nD10,총무과\n");
    place.take("own-departments", &[&full]).with(0);
    let bare = place.write("departments-new.csv", "부서코드,부서명\n");
    place.refuses_to_take("own-departments", &[&bare], 10).saying(&[
        "departments-new.csv: No row of the load fits",
        "`haechi purge`",
        "[no-rows]",
    ]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_refused_with_its_line() {
    let place = Place::with_payments();
    let file = place.write("지출.csv", format!("{PAYMENTS}4,D10,V7,\"차량 정비,2017-02-03,450000\n"));
    place.refuses_to_take("own-payments", &[&file], 10).saying(&["지출.csv:5", "quotation mark"]);
}

#[test]
fn something_that_is_no_export_is_refused() {
    let place = Place::with_payments();
    let file = place.write("photo.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(50));
    place.refuses_to_take("own-payments", &[&file], 10).saying(&["photo.csv"]);
}

#[test]
fn a_file_whose_name_says_nothing_of_its_period_asks_for_it() {
    let place = Place::with_payments();
    let file = place.write("지출.csv", PAYMENTS);
    place.refuses_to_take("own-quarters", &[&file], 10).saying(&["지출.csv", "--period"]);
}

#[test]
fn a_mapping_that_is_not_there_is_answered_with_those_that_are() {
    let place = Place::with_payments();
    let file = place.write("지출.csv", PAYMENTS);
    place.refuses_to_take("own-payment", &[&file], 15).saying(&["no mapping `own-payment`", "own-payments"]);
}

#[test]
fn a_line_of_a_gigabyte_is_refused_in_bounded_memory() {
    let place = Place::with_payments();
    let path = place.path("long.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    let chunk = vec![b'a'; 4 << 20];
    file.write_all(HEADER.as_bytes()).unwrap();
    for _ in 0..256 {
        file.write_all(&chunk).unwrap();
    }
    drop(file);

    let view = place.view();
    let child = place
        .take_command("own-payments", &[&path])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let peak = std::thread::spawn({
        let status = format!("/proc/{}/status", child.id());
        move || peak_kib(&status)
    });
    let ended = crate::place::Ended::of(child.wait_with_output().unwrap());
    ended.with(10).saying(&["long.csv:2", "longer than 16 MiB", "quotation mark", "[line-too-long]"]);
    assert_eq!(place.view(), view);
    match peak.join().unwrap() {
        Some(peak) => assert!(peak < 256 * 1024, "its memory peaked at {peak} KiB"),
        None => println!("skipped: this system does not say how much memory a process took at most"),
    }
}

/// The most memory a process had in use so far, read again and again until the process is gone.
fn peak_kib(status: &str) -> Option<u64> {
    let mut peak = None;
    while let Ok(text) = std::fs::read_to_string(status) {
        let Some(line) = text.lines().find(|line| line.starts_with("VmHWM:")) else { break };
        peak = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).max(peak);
        std::thread::park_timeout(std::time::Duration::from_millis(5));
    }
    peak
}

#[test]
fn a_workbook_whose_sheet_cannot_be_told_is_refused_with_the_names_of_its_sheets() {
    let place = Place::with_payments();
    let mut book = rust_xlsxwriter::Workbook::new();
    for name in ["상반기", "하반기"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (line, row) in PAYMENTS.lines().enumerate() {
            sheet.write_row(line as u32, 0, row.split(',')).unwrap();
        }
    }
    let file = place.write("지출.xlsx", book.save_to_buffer().unwrap());
    let words = ["지출.xlsx: ", "`상반기`, `하반기`", "[read] sheet", "[sheet-ambiguous]"];
    place.refuses_to_take("own-payments", &[&file], 10).saying(&words);
    let page = place.write("지출.xls", "<html><body><table><tr><td>지급번호</td></tr></table>");
    place.refuses_to_take("own-payments", &[&page], 10).saying(&["지출.xls", "save it as .xlsx", "[web-page]"]);
}
