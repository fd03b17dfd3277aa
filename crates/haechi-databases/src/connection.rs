//! One connection, one read-only transaction: everything read through it is of one moment.

use std::time::Duration;

use futures::StreamExt as _;
use haechi_formats::export::ReadRule;
use haechi_formats::export::live::LiveTable;
use haechi_formats::fault::Fault;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{
    AssertSqlSafe, ColumnIndex, ConnectOptions as _, Connection as _, Database, Decode, Encode, Executor,
    IntoArguments, Row as _, Type,
};

use crate::addresses::{Address, Engine, Server, Tls};
use crate::catalogue::{self, ListedTable};
use crate::faults::{self, While};
use crate::password::Password;
use crate::rows::{self, Plan};

/// A database, open for reading as it stood at one moment. Dropped, it ends its transaction.
pub struct OpenDatabase {
    pub(crate) address: Address,
    pub(crate) connection: Connection,
}

/// A connection of each kind.
pub(crate) enum Connection {
    Postgres(PgConnection),
    MySql(MySqlConnection),
    Sqlite(SqliteConnection),
}

/// A row of texts; nothing where the database has NULL.
pub(crate) type Texts = Vec<Option<String>>;

impl OpenDatabase {
    /// Connects and begins the one transaction.
    ///
    /// # Errors
    ///
    /// A fault that names the database: `database-unreachable`, `database-timeout`, `database-login`, `database-missing`,
    /// `database-tls-refused`, `database-password-file`.
    pub async fn open(address: &Address) -> Result<Self, Fault> {
        let password = address.secret()?;
        let opened = tokio::time::timeout(address.connect_within, connect(address, password.as_ref())).await;
        let connection = opened.map_err(|_| faults::late(address, &address.name, While::Connecting))?;
        let connection = connection.map_err(|error| faults::of(address, &address.name, &error, While::Connecting))?;
        Ok(Self { address: address.clone(), connection })
    }

    /// The tables that may be read, by name.
    pub async fn tables(&mut self) -> Result<Vec<ListedTable>, Fault> {
        catalogue::tables(self).await
    }

    /// How to read `table` for a mapping: the columns it knows, the key, the order. Nothing of the table is read yet.
    ///
    /// # Errors
    ///
    /// A fault that names database and table: `table-unknown`, `table-without-key`, `key-column-unknown`, `column-binary`.
    pub async fn plan(&mut self, table: &str, rule: &ReadRule) -> Result<Plan, Fault> {
        catalogue::plan(self, table, rule).await
    }

    /// Reads the tables one after another in a task of its own, and gives their rows to whoever asks, on any thread that is
    /// not the runtime's. They are to be read in this order, each to its end: one connection gives one table at a time.
    pub fn read(self, plans: Vec<Plan>) -> Vec<LiveTable> {
        rows::read(self, plans)
    }

    /// All rows of a question to the catalogue.
    pub(crate) async fn ask(&mut self, place: &str, sql: String, names: &[&str]) -> Result<Vec<Texts>, Fault> {
        let limit = self.address.read_within;
        let rows = match &mut self.connection {
            Connection::Postgres(connection) => texts(connection, sql, names, limit).await,
            Connection::MySql(connection) => texts(connection, sql, names, limit).await,
            Connection::Sqlite(connection) => texts(connection, sql, names, limit).await,
        };
        rows.map_err(|error| match error {
            Some(error) => faults::of(&self.address, place, &error, While::Reading),
            None => faults::late(&self.address, place, While::Reading),
        })
    }
}

impl Connection {
    /// Ends transaction and connection; what was read stays read whether or not the server hears of it.
    pub(crate) async fn end(self) {
        let _ = match self {
            Self::Postgres(connection) => connection.close().await,
            Self::MySql(connection) => connection.close().await,
            Self::Sqlite(connection) => connection.close().await,
        };
    }
}

/// The rows of a query as texts. No error at all means that none came within `limit`.
async fn texts<'c, C, DB>(
    connection: &'c mut C,
    sql: String,
    names: &[&str],
    limit: Duration,
) -> Result<Vec<Texts>, Option<sqlx::Error>>
where
    DB: Database,
    &'c mut C: Executor<'c, Database = DB>,
    DB::Arguments: IntoArguments<DB>,
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB>,
    usize: ColumnIndex<DB::Row>,
{
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for name in names {
        query = query.bind((*name).to_owned());
    }
    let mut stream = query.fetch(connection);
    let mut rows = Vec::new();
    while let Some(row) = tokio::time::timeout(limit, stream.next()).await.map_err(|_| None)? {
        let row = row.map_err(Some)?;
        let texts: Result<Texts, _> = (0..row.len()).map(|at| row.try_get_unchecked(at)).collect();
        rows.push(texts.map_err(Some)?);
    }
    Ok(rows)
}

async fn connect(address: &Address, password: Option<&Password>) -> Result<Connection, sqlx::Error> {
    let password = password.map_or("", Password::reveal);
    match &address.engine {
        Engine::Postgres(server) => {
            // The password is set even where there is none: the driver would else take one from the environment.
            let mut options = PgConnectOptions::new_without_pgpass()
                .username(&address.user)
                .password(password)
                .database(&address.database)
                .application_name("haechi")
                .ssl_mode(match address.tls {
                    Tls::Off => PgSslMode::Disable,
                    Tls::WhereOffered => PgSslMode::Prefer,
                    Tls::Unverified => PgSslMode::Require,
                    Tls::Verified => PgSslMode::VerifyCa,
                    Tls::VerifiedWithName => PgSslMode::VerifyFull,
                })
                .disable_statement_logging();
            options = match server {
                Server::Host(host, port) => options.host(host).port(*port),
                Server::Socket(path) => options.socket(path),
            };
            if let Some(path) = &address.authorities {
                options = options.ssl_root_cert(path);
            }
            let mut connection = options.connect().await?;
            connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
            // The moment is that of the first query.
            connection.execute("SELECT 1").await?;
            Ok(Connection::Postgres(connection))
        }
        Engine::MySql(server) => {
            let mut options = MySqlConnectOptions::new()
                .username(&address.user)
                .password(password)
                .database(&address.database)
                .charset("utf8mb4")
                .timezone(Some(address.time_zone.clone()))
                .ssl_mode(match address.tls {
                    Tls::Off => MySqlSslMode::Disabled,
                    Tls::WhereOffered => MySqlSslMode::Preferred,
                    Tls::Unverified => MySqlSslMode::Required,
                    Tls::Verified => MySqlSslMode::VerifyCa,
                    Tls::VerifiedWithName => MySqlSslMode::VerifyIdentity,
                })
                .disable_statement_logging();
            options = match server {
                Server::Host(host, port) => options.host(host).port(*port),
                Server::Socket(path) => options.socket(path),
            };
            if let Some(path) = &address.authorities {
                options = options.ssl_ca(path);
            }
            let mut connection = options.connect().await?;
            connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ").await?;
            connection.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").await?;
            Ok(Connection::MySql(connection))
        }
        Engine::Sqlite(path) => {
            let options = SqliteConnectOptions::new()
                .filename(path)
                .read_only(true)
                .create_if_missing(false)
                .busy_timeout(address.connect_within)
                .disable_statement_logging();
            let mut connection = options.connect().await?;
            connection.execute("BEGIN").await?;
            // The moment is that of the first query.
            connection.execute("SELECT count(*) FROM sqlite_schema").await?;
            Ok(Connection::Sqlite(connection))
        }
    }
}
