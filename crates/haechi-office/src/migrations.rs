//! The migrations of all parts, in the order of their names, and what every table gets on PostgreSQL.

#[cfg(test)]
mod tests;

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _,
};
use sea_orm_migration::MigratorTraitSelf;
use sea_orm_migration::prelude::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::db::OpenError;
use crate::{access, audit, backup, guides, outbox, retention, settings, setup, sign_in, slices, web, webhooks};

/// Every migration there is, in the order of their names.
fn all() -> Vec<Box<dyn MigrationTrait>> {
    let mut all: Vec<Box<dyn MigrationTrait>> = [
        audit::migrations(),
        backup::migrations(),
        sign_in::migrations::migrations(),
        settings::migrations::migrations(),
        setup::migrations::migrations(),
        guides::migrations::migrations(),
        outbox::migrations::migrations(),
        access::migrations::migrations(),
        web::once::migrations::migrations(),
        webhooks::migrations::migrations(),
        retention::migrations::migrations(),
    ]
    .into_iter()
    .chain(slices::ALL.iter().map(|slice| (slice.migrations)()))
    .flatten()
    .collect();
    all.sort_by(|a, b| a.name().cmp(b.name()));
    all
}

/// Migrations that are applied together.
pub(crate) struct Migrations {
    of: fn() -> Vec<Box<dyn MigrationTrait>>,
    /// Their names, where it is not all of them.
    only: Option<Vec<String>>,
}

impl Migrations {
    /// All there are.
    pub(crate) const fn all() -> Self {
        Self { of: all, only: None }
    }

    /// Those of these names.
    pub(crate) const fn only(names: Vec<String>) -> Self {
        Self { of: all, only: Some(names) }
    }

    /// Their names.
    pub(crate) fn names(&self) -> Vec<String> {
        self.migrations().iter().map(|migration| migration.name().to_owned()).collect()
    }

    /// Applies what `on` does not have yet: all of it, or nothing. Two that come at once come one after another.
    ///
    /// # Errors
    ///
    /// One that fails; the tables are then what they were. Some that were applied and that nobody here knows.
    pub(crate) async fn apply(self, on: &DatabaseConnection) -> Result<(), OpenError> {
        let immediate = TransactionOptions {
            isolation_level: None,
            access_mode: None,
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        };
        let is_postgres = on.get_database_backend() == DatabaseBackend::Postgres;
        let tx = if is_postgres { on.begin().await? } else { on.begin_with_options(immediate).await? };
        if is_postgres {
            tx.execute_unprepared("SELECT pg_advisory_xact_lock(7164775598438704232)").await?;
        }
        known(&tx).await?;
        self.up(&tx, None).await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait::async_trait]
impl MigratorTraitSelf for Migrations {
    fn migrations(&self) -> Vec<Box<dyn MigrationTrait>> {
        let mut all = (self.of)();
        all.retain(|one| self.only.as_ref().is_none_or(|only| only.iter().any(|name| name == one.name())));
        all
    }
}

/// The names of the migrations that were applied to a database; none where it has no tables yet.
///
/// # Errors
///
/// When the database does not answer, or some of them are known to a newer Haechi alone.
pub(crate) async fn known(on: &impl ConnectionTrait) -> Result<Vec<String>, OpenError> {
    let there = match on.get_database_backend() {
        DatabaseBackend::Postgres => "SELECT to_regclass('public.seaql_migrations') IS NOT NULL AS there",
        _ => "SELECT count(*) = 1 AS there FROM sqlite_master WHERE name = 'seaql_migrations'",
    };
    let ask = |text: &str| Statement::from_string(on.get_database_backend(), text);
    let is_there = on.query_one_raw(ask(there)).await?.map_or(Ok(false), |row| row.try_get("", "there"))?;
    if !is_there {
        return Ok(Vec::new());
    }
    let rows = on.query_all_raw(ask("SELECT version FROM seaql_migrations ORDER BY version")).await?;
    let applied: Vec<String> = rows.iter().map(|row| row.try_get("", "version")).collect::<Result<_, _>>()?;
    let ours = Migrations::all().names();
    let strange: Vec<String> = applied.iter().filter(|name| !ours.contains(name)).cloned().collect();
    if strange.is_empty() { Ok(applied) } else { Err(OpenError::Newer(strange)) }
}

/// What the serving log-in may do with a table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rights {
    /// Add rows and read them: what was written stays as it was.
    Append,
    /// Add, read and change rows, but remove none.
    Keep,
    /// All of it.
    Remove,
}

impl Rights {
    const fn words(self) -> &'static str {
        match self {
            Self::Append => "SELECT, INSERT",
            Self::Keep => "SELECT, INSERT, UPDATE",
            Self::Remove => "SELECT, INSERT, UPDATE, DELETE",
        }
    }
}

/// Makes `table` with `columns` (as in `CREATE TABLE`, after `tenant`) and closes it, see [`protect`]. Types are those of PostgreSQL;
/// SQLite keeps the same values under names that it does not take for numbers.
pub(crate) async fn table(manager: &SchemaManager<'_>, name: &str, rights: Rights, columns: &str) -> Result<(), DbErr> {
    let mut columns = format!("tenant uuid NOT NULL, {columns}");
    if manager.get_database_backend() == sea_orm::DatabaseBackend::Sqlite {
        for (of, to) in
            [(" uuid", " blob"), (" timestamptz", " timestamp_text"), (" date", " date_text"), (" bytea", " blob")]
        {
            columns = columns.replace(of, to);
        }
    }
    manager.get_connection().execute_unprepared(&format!("CREATE TABLE {name} ({columns})")).await?;
    protect(manager, name, rights).await
}

/// Makes an index.
pub(crate) async fn index(manager: &SchemaManager<'_>, table: &str, name: &str, columns: &str) -> Result<(), DbErr> {
    let make = format!("CREATE INDEX {table}_{name} ON {table} ({columns})");
    manager.get_connection().execute_unprepared(&make).await.map(drop)
}

/// Does something to the rows of all tenants, which only a migration may: on PostgreSQL the owner sees past the closed door meanwhile.
pub(crate) async fn of_every_tenant(
    manager: &SchemaManager<'_>,
    tables: &[&str],
    statements: &[String],
) -> Result<(), DbErr> {
    let on = manager.get_connection();
    let is_postgres = manager.get_database_backend() == sea_orm::DatabaseBackend::Postgres;
    for table in tables.iter().filter(|_| is_postgres) {
        on.execute_unprepared(&format!("ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")).await?;
    }
    for statement in statements {
        on.execute_unprepared(statement).await?;
    }
    for table in tables.iter().filter(|_| is_postgres) {
        on.execute_unprepared(&format!("ALTER TABLE {table} FORCE ROW LEVEL SECURITY")).await?;
    }
    Ok(())
}

/// Lets the serving log-in change these columns of a table to which it may otherwise only add.
pub(crate) async fn may_change(manager: &SchemaManager<'_>, table: &str, columns: &str) -> Result<(), DbErr> {
    granted(manager, &format!("UPDATE ({columns}) ON {table}")).await
}

/// Lets the serving log-in remove rows of a table to which it may otherwise only add, each only while `holds` says so of it.
pub(crate) async fn may_remove_where(manager: &SchemaManager<'_>, table: &str, holds: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != sea_orm::DatabaseBackend::Postgres {
        return Ok(());
    }
    let policy = format!("CREATE POLICY may_go ON {table} AS RESTRICTIVE FOR DELETE USING ({holds})");
    manager.get_connection().execute_unprepared(&policy).await?;
    granted(manager, &format!("DELETE ON {table}")).await
}

async fn granted(manager: &SchemaManager<'_>, what: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != sea_orm::DatabaseBackend::Postgres {
        return Ok(());
    }
    let grant =
        format!("DO $do$ BEGIN EXECUTE format('GRANT {what} TO %I', current_setting('haechi.application')); END $do$;");
    manager.get_connection().execute_unprepared(&grant).await.map(drop)
}

/// Closes a table of one tenant's rows on PostgreSQL: a log-in sees the rows of the tenant that its transaction named, and may
/// do `rights` alone. Nothing to do on SQLite, where the file is the border.
pub(crate) async fn protect(manager: &SchemaManager<'_>, table: &str, rights: Rights) -> Result<(), DbErr> {
    if manager.get_database_backend() != sea_orm::DatabaseBackend::Postgres {
        return Ok(());
    }
    // After a transaction that named its tenant the setting is empty, not null.
    let own = "tenant = nullif(current_setting('app.tenant', true), '')::uuid";
    let rights = rights.words();
    let statements = format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
         ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
         CREATE POLICY own_tenant ON {table} USING ({own}) WITH CHECK ({own});
         DO $do$ BEGIN
             EXECUTE format('GRANT {rights} ON {table} TO %I', current_setting('haechi.application'));
             EXECUTE format('GRANT SELECT ON seaql_migrations TO %I', current_setting('haechi.application'));
         END $do$;"
    );
    manager.get_connection().execute_unprepared(&statements).await.map(drop)
}
