//! A database of each kind with a clerk who writes into it, and an auditor who reads from it.

use std::collections::HashSet;
use std::path::Path;

use haechi_databases::{Addresses, OpenDatabase};
use haechi_formats::export::live::LiveTable;
use haechi_formats::export::{RawRow, ReadRule, normal_header};
use haechi_formats::fault::Fault;
use haechi_testkit::database_servers::{ADMIN_PASSWORD, MariaDb, Postgres};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, MySqlConnection, PgConnection, SqliteConnection};
use tempfile::TempDir;

/// A server, or a file, that lives as long as its test.
pub enum Server {
    Postgres(Postgres),
    MariaDb(MariaDb),
    Sqlite,
}

/// The clerk's connection.
enum Pen {
    Postgres(PgConnection),
    MariaDb(MySqlConnection),
    Sqlite(SqliteConnection),
}

pub struct Office {
    pub server: Server,
    pub folder: TempDir,
    pen: Pen,
}

/// Rows as the reader gave them.
pub type Rows = Vec<Vec<String>>;

impl Office {
    pub async fn postgres() -> Self {
        let server = Postgres::start();
        let pen = Pen::Postgres(PgConnection::connect(&server.admin_url()).await.unwrap());
        Self { server: Server::Postgres(server), folder: tempfile::tempdir().unwrap(), pen }
    }

    pub async fn mariadb() -> Self {
        let server = MariaDb::start();
        let pen = Pen::MariaDb(MySqlConnection::connect(&server.admin_url()).await.unwrap());
        Self { server: Server::MariaDb(server), folder: tempfile::tempdir().unwrap(), pen }
    }

    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("finance.db").display());
        let mut pen = SqliteConnection::connect(&url).await.unwrap();
        pen.execute("PRAGMA journal_mode = WAL").await.unwrap();
        Self { server: Server::Sqlite, folder, pen: Pen::Sqlite(pen) }
    }

    pub async fn all() -> [Self; 3] {
        [Self::postgres().await, Self::mariadb().await, Self::sqlite().await]
    }

    /// The clerk writes.
    pub async fn write(&mut self, sql: &str) {
        for statement in sql.split(';').filter(|statement| !statement.trim().is_empty()) {
            let statement = AssertSqlSafe(statement.to_owned());
            match &mut self.pen {
                Pen::Postgres(pen) => drop(pen.execute(statement).await.unwrap()),
                Pen::MariaDb(pen) => drop(pen.execute(statement).await.unwrap()),
                Pen::Sqlite(pen) => drop(pen.execute(statement).await.unwrap()),
            }
        }
    }

    /// The url of a user, as it stands in `databases.toml`.
    pub fn url(&self, user: &str) -> String {
        match &self.server {
            Server::Postgres(server) => server.url(user),
            Server::MariaDb(server) => server.url(user),
            Server::Sqlite => "sqlite:finance.db".to_owned(),
        }
    }

    /// Opens the database that `settings` describe.
    pub async fn open_by(&self, settings: &str, password: &str) -> Result<OpenDatabase, Fault> {
        open(self.folder.path(), settings, password).await
    }

    pub async fn open(&self) -> OpenDatabase {
        self.open_by(&format!("url = \"{}\"", self.url("admin")), ADMIN_PASSWORD).await.unwrap()
    }

    /// Reads the columns named of a table.
    pub async fn read(&self, table: &str, columns: &[&str]) -> Result<Rows, Fault> {
        read_by(self.open().await, table, rule(columns, &[])).await
    }
}

pub async fn open(folder: &Path, settings: &str, password: &str) -> Result<OpenDatabase, Fault> {
    std::fs::write(folder.join("databases.toml"), format!("[database.efinance]\n{settings}\n")).unwrap();
    let environment = |name: &str| (name == "HAECHI_DB_EFINANCE_PASSWORD").then(|| password.to_owned());
    let addresses = Addresses::load(folder, &environment).unwrap();
    OpenDatabase::open(addresses.get("efinance").unwrap()).await
}

pub async fn read_by(mut open: OpenDatabase, table: &str, rule: ReadRule) -> Result<Rows, Fault> {
    let plan = open.plan(table, &rule).await?;
    rest(open.read(vec![plan]).remove(0)).await
}

/// A mapping that knows these columns, and says that `key` tells rows apart.
pub fn rule(columns: &[&str], key: &[&str]) -> ReadRule {
    ReadRule {
        known_headers: columns.iter().map(|name| normal_header(name).into_owned()).collect::<HashSet<_>>(),
        key: key.iter().map(ToString::to_string).collect(),
        ..ReadRule::default()
    }
}

/// The next row of a table; none at its end.
pub async fn next(mut table: LiveTable) -> (LiveTable, Result<Option<Vec<String>>, Fault>) {
    let read = move || {
        let mut row = RawRow::default();
        let there = table.rows.next(&mut row);
        let texts = || row.fields.iter().map(str::to_owned).collect();
        (table, there.map(|there| there.then(texts)))
    };
    tokio::task::spawn_blocking(read).await.unwrap()
}

/// All rows that are left.
pub async fn rest(mut table: LiveTable) -> Result<Rows, Fault> {
    let mut rows = Vec::new();
    loop {
        let (back, row) = next(table).await;
        table = back;
        match row? {
            Some(row) => rows.push(row),
            None => return Ok(rows),
        }
    }
}
