//! The migrations of all parts, in the order of their names, and what every table gets on PostgreSQL.

use sea_orm_migration::prelude::*;

use crate::{access, audit, guides, outbox, settings, setup, sign_in, slices, web, webhooks};

pub(crate) struct Migrations;

impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all: Vec<Box<dyn MigrationTrait>> = [
            audit::migrations(),
            sign_in::migrations::migrations(),
            settings::migrations::migrations(),
            setup::migrations::migrations(),
            guides::migrations::migrations(),
            outbox::migrations::migrations(),
            access::migrations::migrations(),
            web::once::migrations::migrations(),
            webhooks::migrations::migrations(),
        ]
        .into_iter()
        .chain(slices::ALL.iter().map(|slice| (slice.migrations)()))
        .flatten()
        .collect();
        all.sort_by(|a, b| a.name().cmp(b.name()));
        all
    }
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
