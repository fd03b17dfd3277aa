use crate::clerk::{Office, Server, next, rest, rule};

/// So many rows that they come in several pages and cannot all wait between server and reader.
const MANY: usize = 60_000;

async fn fill(office: &mut Office) {
    office.write("CREATE TABLE payment (no integer PRIMARY KEY, amount integer, memo varchar(200))").await;
    office.write("CREATE TABLE vendor (no integer PRIMARY KEY, name varchar(20))").await;
    for start in (0..MANY).step_by(5_000) {
        let values: Vec<String> =
            (start..start + 5_000).map(|no| format!("({no}, 1, '{}')", "m".repeat(200))).collect();
        office.write(&format!("INSERT INTO payment VALUES {}", values.join(", "))).await;
    }
    office.write("INSERT INTO vendor VALUES (1, 'before')").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tables_are_read_as_they_stood_when_the_first_was_opened() {
    for mut office in Office::all().await {
        fill(&mut office).await;
        let mut open = office.open().await;
        let columns = rule(&["no", "amount", "name"], &[]);
        let plans = vec![open.plan("payment", &columns).await.unwrap(), open.plan("vendor", &columns).await.unwrap()];
        let mut tables = open.read(plans);
        let (payments, first) = next(tables.remove(0)).await;
        assert_eq!(first.unwrap().unwrap(), ["0", "1", ""]);

        // Between the first page and the next the clerk changes everything and commits.
        office.write("UPDATE payment SET amount = 2").await;
        office.write("DELETE FROM payment WHERE no > 100").await;
        office.write("INSERT INTO payment VALUES (-5, 2, '')").await;
        office.write("UPDATE vendor SET name = 'after'").await;

        let rows = rest(payments).await.unwrap();
        assert_eq!(rows.len(), MANY - 1);
        assert!(rows.iter().all(|row| row[1] == "1"), "a row of another moment");
        assert_eq!(rest(tables.remove(0)).await.unwrap(), [["1", "before"]]);
        // Who opens it now sees the new state.
        assert_eq!(office.read("payment", &["amount"]).await.unwrap().len(), 102);
        assert_eq!(office.read("vendor", &["name"]).await.unwrap(), [["1", "after"]]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_can_be_written_through_the_reading_connection() {
    for mut office in Office::all().await {
        office.write("CREATE TABLE payment (no integer PRIMARY KEY)").await;
        // Were a function of the server to write, its transaction would refuse it; the reader itself sends SELECT alone.
        if matches!(office.server, Server::Postgres(_)) {
            office
                .write(
                    "CREATE FUNCTION sneak() RETURNS integer LANGUAGE sql AS 'INSERT INTO payment VALUES (1) RETURNING no'; \
                     CREATE VIEW sly AS SELECT sneak() AS no",
                )
                .await;
            let fault = crate::clerk::read_by(office.open().await, "sly", rule(&["no"], &["no"])).await.unwrap_err();
            assert_eq!(fault.code, "database-refused");
        }
        assert_eq!(office.read("payment", &["no"]).await.unwrap().len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_half_way_is_a_fault_and_no_short_table() {
    for mut office in [Office::postgres().await, Office::mariadb().await] {
        fill(&mut office).await;
        let mut open = office.open().await;
        let plans = vec![open.plan("payment", &rule(&["no", "memo"], &[])).await.unwrap()];
        let (payments, first) = next(open.read(plans).remove(0)).await;
        assert!(first.unwrap().is_some());
        match &mut office.server {
            Server::Postgres(server) => server.kill(),
            Server::MariaDb(server) => server.kill(),
            Server::Sqlite => {}
        }
        let fault = rest(payments).await.unwrap_err();
        assert_eq!((fault.code, fault.place.file.contains("payment")), ("database-cut", true), "{fault}");
        assert_eq!(
            office.open_by(&format!("url = \"{}\"", office.url("admin")), "x").await.err().unwrap().code,
            "database-unreachable"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_an_administrator_ends_half_way_is_a_fault() {
    let mut office = Office::postgres().await;
    fill(&mut office).await;
    let mut open = office.open().await;
    let plans = vec![open.plan("payment", &rule(&["no", "memo"], &[])).await.unwrap()];
    let (payments, first) = next(open.read(plans).remove(0)).await;
    assert!(first.unwrap().is_some());
    office.write("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'haechi'").await;
    assert_eq!(rest(payments).await.unwrap_err().code, "database-cut");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_dropped_before_its_turn_is_a_fault() {
    let mut office = Office::postgres().await;
    office.write("CREATE SCHEMA old; CREATE TABLE old.payment (no integer PRIMARY KEY)").await;
    let mut open = office.open().await;
    let plans = vec![open.plan("old.payment", &rule(&["no"], &[])).await.unwrap()];
    office.write("DROP SCHEMA old CASCADE").await;
    let fault = rest(open.read(plans).remove(0)).await.unwrap_err();
    assert_eq!((fault.code, fault.place.file.as_str()), ("table-changed", "efinance:old.payment"));
}
