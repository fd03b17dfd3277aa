use haechi_formats::export::ReadRule;

use crate::clerk::{Office, read_by, rule};

#[tokio::test(flavor = "multi_thread")]
async fn postgres_gives_every_value_as_its_exact_text() {
    let mut office = Office::postgres().await;
    office
        .write(
            r#"CREATE SCHEMA fin; CREATE DOMAIN fin.won AS numeric(20, 2);
            CREATE TABLE fin."Payment" (no bigint PRIMARY KEY, amount fin.won, rate double precision, paid_on date, at timestamp,
                seen timestamptz, ok boolean, price money, note text, code char(6), photo bytea);
            INSERT INTO fin."Payment" VALUES
                (9, 12345678901234567.80, 0.1, '2026-03-05', '2026-03-05 14:05', '2026-03-05 20:05+00', true, 1234.5, '한글', 'A1', 'x');
            INSERT INTO fin."Payment" (no) VALUES (-1)"#,
        )
        .await;
    let columns = ["no", "amount", "rate", "paid_on", "at", "seen", "ok", "price", "note", "code"];
    let rows = office.read("fin.Payment", &columns).await.unwrap();
    let full = ["9", "12345678901234567.80", "0.1", "2026-03-05", "2026-03-05 14:05:00", "2026-03-06 05:05:00", "true"];
    // Bytes that no mapping asks for are not read; their column is there all the same.
    assert_eq!(rows[1], [full.as_slice(), &["1234.50", "한글", "A1", ""]].concat());
    assert_eq!(rows[0], ["-1", "", "", "", "", "", "", "", "", "", ""]);

    let fault = office.read("fin.Payment", &["photo"]).await.unwrap_err();
    assert_eq!((fault.code, fault.place.column.as_deref()), ("column-binary", Some("photo")));
    assert_eq!(fault.place.file, "efinance:fin.Payment");
}

#[tokio::test(flavor = "multi_thread")]
async fn mariadb_gives_every_value_as_its_exact_text() {
    let mut office = Office::mariadb().await;
    office
        .write(
            "SET time_zone = '+00:00'; CREATE TABLE payment (no bigint PRIMARY KEY, amount decimal(20, 2), rate double, paid_on date,
                at datetime, seen timestamp NULL, ok boolean, note text CHARACTER SET euckr, code char(6), photo blob);
            INSERT INTO payment VALUES
                (9, 12345678901234567.80, 0.1, '2026-03-05', '2026-03-05 14:05', '2026-03-05 20:05', true, '한글', 'A1', 'x');
            INSERT INTO payment (no) VALUES (-1)",
        )
        .await;
    let columns = ["no", "amount", "rate", "paid_on", "at", "seen", "ok", "note", "code"];
    let rows = office.read("payment", &columns).await.unwrap();
    let full = ["9", "12345678901234567.80", "0.1", "2026-03-05", "2026-03-05 14:05:00", "2026-03-06 05:05:00", "1"];
    assert_eq!(rows[1], [full.as_slice(), &["한글", "A1", ""]].concat());
    assert_eq!(rows[0], ["-1", "", "", "", "", "", "", "", "", ""]);

    let fault = office.read("finance.payment", &["photo"]).await.unwrap_err();
    assert_eq!((fault.code, fault.place.column.as_deref()), ("column-binary", Some("photo")));
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_gives_every_value_as_its_text_and_finds_bytes_row_by_row() {
    let mut office = Office::sqlite().await;
    office
        .write(
            "CREATE TABLE payment (no INTEGER PRIMARY KEY, amount NUMERIC, paid_on TEXT, ok BOOLEAN, note, photo BLOB);
            INSERT INTO payment VALUES (9, 1234567890123, '2026-03-05', 1, '한글', x'00');
            INSERT INTO payment (no) VALUES (-1)",
        )
        .await;
    let columns = ["no", "amount", "paid_on", "ok", "note"];
    let rows = office.read("payment", &columns).await.unwrap();
    assert_eq!(rows, [vec!["-1", "", "", "", "", ""], vec!["9", "1234567890123", "2026-03-05", "1", "한글", ""]]);

    office.write("INSERT INTO payment (no, note) VALUES (10, x'ff')").await;
    let fault = office.read("payment", &columns).await.unwrap_err();
    assert_eq!((fault.code, fault.place.column.as_deref(), fault.place.line), ("column-binary", Some("note"), Some(3)));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_tables_and_columns_never_become_sql() {
    for mut office in Office::all().await {
        let odd = r#"a "b" `c` -- d"#;
        let mark = if office.url("admin").starts_with("mysql") { '`' } else { '"' };
        let quoted = format!("{mark}{}{mark}", odd.replace(mark, &format!("{mark}{mark}")));
        office.write(&format!("CREATE TABLE {quoted} ({quoted} integer PRIMARY KEY)")).await;
        office.write(&format!("INSERT INTO {quoted} VALUES (1)")).await;
        let plain = rule(&[odd], &[]);
        assert_eq!(read_by(office.open().await, odd, plain).await.unwrap(), [["1"]]);
        let fault = office.read("x\"; DROP TABLE y; --", &[]).await.unwrap_err();
        assert_eq!(fault.code, "table-unknown");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_tells_rows_apart_is_the_primary_key_or_a_unique_one_or_what_the_mapping_says() {
    for mut office in Office::all().await {
        office
            .write(
                "CREATE TABLE line (doc varchar(20) NOT NULL, seq integer NOT NULL, amount integer, PRIMARY KEY (seq, doc));
                INSERT INTO line VALUES ('b', 1, 30), ('a', 2, 20), ('a', 1, 10);
                CREATE TABLE slip (amount integer, no integer NOT NULL, UNIQUE (no));
                INSERT INTO slip VALUES (1, 3), (2, 1);
                CREATE TABLE loose (no integer, memo varchar(20), UNIQUE (no));
                INSERT INTO loose VALUES (NULL, 'x'), (2, 'b'), (1, 'B')",
            )
            .await;
        let lines = office.read("line", &["amount"]).await.unwrap();
        assert_eq!(lines.iter().map(|row| row[2].as_str()).collect::<Vec<_>>(), ["10", "30", "20"]);
        let slips = office.read("slip", &["amount"]).await.unwrap();
        assert_eq!(slips, [["2", "1"], ["1", "3"]]);

        // A unique column that may be NULL tells nothing apart.
        let fault = office.read("loose", &["memo"]).await.unwrap_err();
        assert_eq!(fault.code, "table-without-key");
        assert!(fault.help.contains("[read] key"), "{fault}");
        let by_memo = |columns: &[&str], key: &[&str]| {
            let rule: ReadRule = rule(columns, key);
            let open = office.open();
            async move { read_by(open.await, "loose", rule).await }
        };
        let rows = by_memo(&["memo"], &["memo"]).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| row[1].as_str()).collect::<Vec<_>>(),
            ["B", "b", "x"],
            "in the order of bytes"
        );
        assert_eq!(by_memo(&[], &["serial"]).await.unwrap_err().code, "key-column-unknown");
        office.write("INSERT INTO loose VALUES (7, 'b')").await;
        let fault = office_read(&office, "loose", rule(&["no"], &["memo"])).await;
        assert_eq!((fault.code, fault.place.line), ("key-twice", Some(3)));
    }
}

async fn office_read(office: &Office, table: &str, rule: ReadRule) -> haechi_formats::fault::Fault {
    read_by(office.open().await, table, rule).await.unwrap_err()
}
