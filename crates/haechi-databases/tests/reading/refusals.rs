use std::net::TcpListener;

use haechi_testkit::database_servers::ADMIN_PASSWORD;

use crate::clerk::{Office, open, read_by, rule};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_let_us_in_is_named_without_the_password() {
    for office in [Office::postgres().await, Office::mariadb().await] {
        let code = async |url: String, password: &str| {
            let fault = office.open_by(&format!("url = \"{url}\""), password).await.err().unwrap();
            assert!(!fault.to_string().contains("hunter2"), "{fault}");
            assert_eq!(fault.place.file, "efinance");
            fault.code
        };
        assert_eq!(code(office.url("admin"), "hunter2").await, "database-login");
        assert_eq!(code(office.url("nobody"), "hunter2").await, "database-login");
        assert_eq!(code(office.url("admin").replace("/finance", "/nowhere"), ADMIN_PASSWORD).await, "database-missing");
        let verified = format!("{}?sslmode=verify-full", office.url("admin"));
        assert_eq!(code(verified, ADMIN_PASSWORD).await, "database-tls-refused");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_without_the_right_to_read_gets_a_fault_that_says_what_to_grant() {
    for mut office in [Office::postgres().await, Office::mariadb().await] {
        office.write("CREATE TABLE payment (no integer PRIMARY KEY, amount integer)").await;
        office.write("CREATE TABLE open_table (no integer PRIMARY KEY)").await;
        let is_postgres = office.url("x").starts_with("postgres");
        if is_postgres {
            office.write("CREATE ROLE clerk LOGIN PASSWORD 'hunter2'; GRANT SELECT ON open_table TO clerk").await;
        } else {
            office
                .write("CREATE USER clerk IDENTIFIED BY 'hunter2'; GRANT SELECT ON finance.open_table TO clerk")
                .await;
        }
        let settings = format!("url = \"{}\"", office.url("clerk"));
        let opened = office.open_by(&settings, "hunter2").await.unwrap();
        let fault = read_by(opened, "payment", rule(&["amount"], &[])).await.unwrap_err();
        // MariaDB does not even show the table to somebody who may not read it.
        assert_eq!(fault.code, if is_postgres { "database-permission" } else { "table-unknown" });
        assert!(fault.to_string().contains(if is_postgres { "GRANT SELECT" } else { "open_table" }), "{fault}");
        let mut opened = office.open_by(&settings, "hunter2").await.unwrap();
        let listed: Vec<String> = opened.tables().await.unwrap().into_iter().map(|table| table.name).collect();
        assert_eq!(listed, [if is_postgres { "public.open_table" } else { "open_table" }]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_not_there_is_answered_with_those_that_are() {
    for mut office in Office::all().await {
        office.write("CREATE TABLE payment (no integer PRIMARY KEY)").await;
        let fault = office.read("Payment", &["no"]).await.unwrap_err();
        assert_eq!((fault.code, fault.place.file.as_str()), ("table-unknown", "efinance:Payment"));
        assert!(fault.help.contains("payment"), "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_never_answers_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    for scheme in ["postgres", "mysql"] {
        let settings = format!("url = \"{scheme}://reader@127.0.0.1:{port}/finance\"\nconnect_timeout_seconds = 1");
        let fault = open(folder.path(), &settings, "hunter2").await.err().unwrap();
        assert_eq!(fault.code, "database-timeout");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_somebody_holds_locked_is_given_up() {
    let mut office = Office::postgres().await;
    office.write("CREATE TABLE payment (no integer PRIMARY KEY)").await;
    let settings = format!("url = \"{}\"\nread_timeout_seconds = 1", office.url("admin"));
    let mut opened = office.open_by(&settings, ADMIN_PASSWORD).await.unwrap();
    let plan = opened.plan("payment", &rule(&["no"], &[])).await.unwrap();
    office.write("BEGIN; LOCK TABLE payment IN ACCESS EXCLUSIVE MODE").await;
    let fault = crate::clerk::rest(opened.read(vec![plan]).remove(0)).await.unwrap_err();
    assert_eq!((fault.code, fault.place.file.as_str()), ("database-stalled", "efinance:public.payment"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_or_not_there_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("text.db"),
        "This is a text and no database, long enough to be read as one.".repeat(20),
    )
    .unwrap();
    let code =
        async |name: &str| open(folder.path(), &format!("url = \"sqlite:{name}\""), "").await.err().unwrap().code;
    assert_eq!(code("text.db").await, "database-unreachable");
    assert_eq!(code("nowhere.db").await, "database-unreachable");
    assert!(!folder.path().join("nowhere.db").exists(), "a reader made a file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_no_transaction_holds_still_is_refused() {
    let mut office = Office::mariadb().await;
    office.write("CREATE TABLE payment (no integer PRIMARY KEY) ENGINE = MyISAM").await;
    let fault = office.read("payment", &["no"]).await.unwrap_err();
    assert_eq!((fault.code, fault.what.contains("MyISAM")), ("table-without-moments", true), "{fault}");
}
