//! The two databases the office runs on, opened and written to in one way.
//!
//! SQLite: one writer, which is the queue, and several readers. PostgreSQL: two log-ins; the owner makes the tables and leaves,
//! the application's serves, sees one tenant at a time (row-level security) and can change nothing of the log.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait as _, Database as Connect, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, DbErr, IsolationLevel, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _,
};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use crate::ids::TenantId;
use crate::migrations::{Migrations, known};

/// Where the office keeps its rows.
#[derive(Clone)]
pub enum Settings {
    /// A file, made where it is not there.
    Sqlite {
        /// Its path.
        file: PathBuf,
    },
    /// A PostgreSQL server, version 15 or newer.
    Postgres {
        /// The log-in that owns the tables; used to make them, then closed.
        owner: String,
        /// The log-in that serves. No superuser, no owner.
        application: String,
        /// How many connections it holds at most.
        connections: u32,
    },
}

/// Addresses hold passwords, so none is shown.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { file } => f.debug_struct("Sqlite").field("file", file).finish(),
            Self::Postgres { .. } => f.debug_struct("Postgres").finish_non_exhaustive(),
        }
    }
}

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database said no.
    #[error("the database could not be opened")]
    Database(#[from] DbErr),
    /// The file could not be made.
    #[error("cannot make {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The log-in that serves could do what it must not.
    #[error(
        "the log-in `{0}` is a superuser, passes row-level security or owns tables of the office; give it a role of its own \
         (`CREATE ROLE haechi_app LOGIN`) and the tables to another"
    )]
    TooMighty(String),
    /// A log-in without a name.
    #[error("the address of the database names no user")]
    NoUser,
    /// Changes of its tables that only a newer Haechi knows.
    #[error(
        "a newer haechi was here: the tables were changed by {}, which this one does not know. Nothing was changed. \
         Install the newer one again, or restore a backup that was made before the upgrade",
        .0.join(", ")
    )]
    Newer(Vec<String>),
    /// There is no office yet.
    #[error("there is no database at {0}")]
    Nothing(PathBuf),
}

/// The office's database.
#[derive(Clone, Debug)]
pub struct Database {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
}

/// The lock of the files: no tenant's, of which the first bits are random.
const FILES: i64 = 6_149_320_557_126_884_673;

/// A transaction that sees one tenant.
#[derive(Debug)]
pub struct Transaction {
    inner: DatabaseTransaction,
    tenant: TenantId,
}

impl Database {
    /// Opens it and brings its tables up to date.
    ///
    /// # Errors
    ///
    /// A server that cannot be reached, a file that cannot be made, a migration that fails (nothing of it is left), a serving
    /// log-in that may too much.
    pub async fn open(settings: &Settings) -> Result<Self, OpenError> {
        Self::open_with(settings, Some(Migrations::all())).await
    }

    /// Opens it as it is: nothing is made, nothing is changed. Somebody else may be serving it, of another version too.
    ///
    /// # Errors
    ///
    /// As of [`Database::open`]; where there is none.
    pub async fn look(settings: &Settings) -> Result<Self, OpenError> {
        Self::open_with(settings, None).await
    }

    /// Opens it after `migrations`; none leaves it as it is.
    pub(crate) async fn open_with(settings: &Settings, migrations: Option<Migrations>) -> Result<Self, OpenError> {
        let database = match settings {
            Settings::Sqlite { file } => sqlite(file, migrations).await?,
            Settings::Postgres { owner, application, connections } => {
                postgres(owner, application, *connections, migrations).await?
            }
        };
        known(&database.reader).await?;
        Ok(database)
    }

    /// The names of the migrations that were applied to it.
    ///
    /// # Errors
    ///
    /// When it does not answer, or a newer Haechi was here.
    pub(crate) async fn applied(&self) -> Result<Vec<String>, OpenError> {
        known(&self.reader).await
    }

    /// A transaction that reads and writes rows of `tenant`.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn write(&self, tenant: TenantId) -> Result<Transaction, DbErr> {
        Transaction::begin(&self.writer, tenant, true).await
    }

    /// The last migration that was applied to it, and how many that this version knows are still to come.
    ///
    /// # Errors
    ///
    /// When it does not answer, or a newer Haechi was here.
    pub(crate) async fn pending(&self) -> Result<(String, usize), OpenError> {
        let applied = self.applied().await?;
        let all = Migrations::all().names();
        let pending = all.iter().filter(|name| !applied.contains(name)).count();
        Ok((applied.last().cloned().unwrap_or_default(), pending))
    }

    /// What it calls itself, and its clock in seconds since 1970; none where that is this machine's.
    ///
    /// # Errors
    ///
    /// When it does not answer.
    pub(crate) async fn says(&self) -> Result<(String, Option<i64>), DbErr> {
        let backend = self.reader.get_database_backend();
        let ask = match backend {
            DatabaseBackend::Postgres => {
                "SELECT 'PostgreSQL ' || current_setting('server_version') AS name,
                    extract(epoch FROM clock_timestamp())::bigint AS clock"
            }
            _ => "SELECT 'SQLite ' || sqlite_version() AS name, NULL AS clock",
        };
        let row = self.reader.query_one_raw(Statement::from_string(backend, ask)).await?;
        let row = row.ok_or_else(|| DbErr::RecordNotFound("what the database says of itself".to_owned()))?;
        let clock = if self.is_postgres() { Some(row.try_get("", "clock")?) } else { None };
        Ok((row.try_get("", "name")?, clock))
    }

    /// Its connections: open, idle, and how many there may be.
    pub(crate) fn connections(&self) -> (u32, u32, u32) {
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        if self.is_postgres() {
            let pool = self.reader.get_postgres_connection_pool();
            return (pool.size(), small(pool.num_idle()), pool.options().get_max_connections());
        }
        let of = |connection: &DatabaseConnection| {
            let pool = connection.get_sqlite_connection_pool();
            (pool.size(), small(pool.num_idle()), pool.options().get_max_connections())
        };
        let (writer, reader) = (of(&self.writer), of(&self.reader));
        (writer.0 + reader.0, writer.1 + reader.1, writer.2 + reader.2)
    }

    /// A transaction that sees one moment and changes nothing, whatever others write meanwhile. It turns from tenant to tenant.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn moment(&self) -> Result<Transaction, DbErr> {
        let inner = match self.reader.get_database_backend() {
            // What is read first decides of which moment all is.
            DatabaseBackend::Sqlite => self.reader.begin().await?,
            _ => {
                let (level, access) = (IsolationLevel::RepeatableRead, AccessMode::ReadOnly);
                self.reader.begin_with_config(Some(level), Some(access)).await?
            }
        };
        let mut transaction = Transaction { inner, tenant: TenantId::nobody() };
        transaction.turn_to(TenantId::nobody()).await?;
        Ok(transaction)
    }

    /// Whether its rows are on a PostgreSQL server.
    pub fn is_postgres(&self) -> bool {
        self.reader.get_database_backend() == DatabaseBackend::Postgres
    }

    /// A transaction that reads rows of `tenant`.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn read(&self, tenant: TenantId) -> Result<Transaction, DbErr> {
        Transaction::begin(&self.reader, tenant, false).await
    }
}

impl Transaction {
    async fn begin(connection: &DatabaseConnection, tenant: TenantId, writes: bool) -> Result<Self, DbErr> {
        let immediate = TransactionOptions {
            isolation_level: None,
            access_mode: None,
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        };
        let inner = match connection.get_database_backend() {
            DatabaseBackend::Sqlite if writes => connection.begin_with_options(immediate).await?,
            _ => connection.begin().await?,
        };
        let mut transaction = Self { inner, tenant };
        transaction.turn_to(tenant).await?;
        Ok(transaction)
    }

    /// Sees another tenant from here on. For what is about all of them: a backup, a restore.
    pub(crate) async fn turn_to(&mut self, tenant: TenantId) -> Result<(), DbErr> {
        if self.is_postgres() {
            let see = "SELECT set_config('app.tenant', $1, true)";
            let values = [tenant.to_string().into()];
            let see = Statement::from_sql_and_values(DatabaseBackend::Postgres, see, values);
            self.inner.query_one_raw(see).await?;
        }
        self.tenant = tenant;
        Ok(())
    }

    /// The tenant it sees.
    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// Keeps what was written.
    ///
    /// # Errors
    ///
    /// When the database could not keep it; then nothing of it is kept.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.inner.commit().await
    }

    /// The connection, for the stores.
    pub(crate) const fn on(&self) -> &DatabaseTransaction {
        &self.inner
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.inner.get_database_backend() == DatabaseBackend::Postgres
    }

    /// Waits until no other transaction that asked for the same is open: appends to one tenant's log come one after another.
    pub(crate) async fn alone(&self) -> Result<(), DbErr> {
        if self.is_postgres() {
            // The last 64 bits are the random ones.
            let [.., a, b, c, d, e, f, g, h] = self.tenant.as_u128().to_be_bytes();
            let key = i64::from_be_bytes([a, b, c, d, e, f, g, h]);
            self.locked(key).await?;
        }
        Ok(())
    }

    /// Waits until no other transaction that asked for the same is open, of whatever tenant: a file that one of them names is not taken
    /// away by another.
    pub(crate) async fn alone_with_files(&self) -> Result<(), DbErr> {
        if self.is_postgres() { self.locked(FILES).await } else { Ok(()) }
    }

    async fn locked(&self, key: i64) -> Result<(), DbErr> {
        let lock = "SELECT pg_advisory_xact_lock($1)";
        let lock = Statement::from_sql_and_values(DatabaseBackend::Postgres, lock, [key.into()]);
        self.inner.query_one_raw(lock).await.map(drop)
    }
}

async fn sqlite(file: &Path, migrations: Option<Migrations>) -> Result<Database, OpenError> {
    match &migrations {
        Some(_) => make_private(file)?,
        None if !file.is_file() => return Err(OpenError::Nothing(file.to_owned())),
        None => {}
    }
    let address = format!("sqlite://{}", file.display());
    let mut write = ConnectOptions::new(address.clone());
    // The pool of one is the queue. FULL, because "every write leaves an event" must hold over a power cut too.
    write.max_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(|options| {
        options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
    });
    let writer = Connect::connect(write).await?;
    if let Some(migrations) = migrations {
        migrations.apply(&writer).await?;
    }
    let mut read = ConnectOptions::new(address);
    read.max_connections(4).sqlx_logging(false).map_sqlx_sqlite_opts(|options| {
        // Rows come from a thread of the connection's own: with a short queue both threads wake for every few of them.
        options.read_only(true).busy_timeout(Duration::from_secs(5)).row_buffer_size(1024)
    });
    Ok(Database { writer, reader: Connect::connect(read).await? })
}

/// Makes the file, readable by its owner alone, where it is not there.
fn make_private(file: &Path) -> Result<(), OpenError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let options = std::fs::OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(file);
    options.map(drop).map_err(|source| OpenError::File { path: file.to_owned(), source })
}

async fn postgres(
    owner: &str,
    application: &str,
    connections: u32,
    migrations: Option<Migrations>,
) -> Result<Database, OpenError> {
    let connect = |address: &str, connections: u32| {
        let mut options = ConnectOptions::new(address.to_owned());
        options.max_connections(connections).sqlx_logging(false);
        Connect::connect(options)
    };
    let serves = connect(application, connections).await?;
    let role = of_itself(&serves, "SELECT current_user::text AS answer").await?.ok_or(OpenError::NoUser)?;
    if let Some(migrations) = migrations {
        let owner = connect(owner, 1).await?;
        // The migrations grant the serving log-in what it needs and no more; they read its name here.
        owner
            .execute_raw(Statement::from_sql_and_values(
                DatabaseBackend::Postgres,
                "SELECT set_config('haechi.application', $1, false)",
                [role.clone().into()],
            ))
            .await?;
        migrations.apply(&owner).await?;
        owner.close().await?;
    }
    let mighty = "SELECT CASE WHEN rolsuper OR rolbypassrls
            OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid AND c.relnamespace = 'public'::regnamespace)
        THEN rolname::text END AS answer
        FROM pg_roles r WHERE rolname = current_user";
    match of_itself(&serves, mighty).await? {
        Some(role) => Err(OpenError::TooMighty(role)),
        None => Ok(Database { writer: serves.clone(), reader: serves }),
    }
}

/// What the database says of itself; `None` where that is null.
async fn of_itself(connection: &DatabaseConnection, question: &str) -> Result<Option<String>, DbErr> {
    let row = connection.query_one_raw(Statement::from_string(DatabaseBackend::Postgres, question)).await?;
    row.map_or(Ok(None), |row| row.try_get("", "answer"))
}
