//! By which way a session was opened and when it was proved last; second factors, recovery codes, links to a provider, and forms that
//! wait until their writer has signed in again.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let moment = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Sqlite => "timestamp_text",
            _ => "timestamptz",
        };
        for column in
            ["way text NOT NULL DEFAULT 'local'", &format!("proved_at {moment}"), &format!("second_at {moment}")]
        {
            let add = format!("ALTER TABLE session ADD COLUMN {column}");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        table(
            manager,
            "second_factor",
            Rights::Remove,
            "person uuid NOT NULL, secret text NOT NULL, made_at timestamptz NOT NULL, last_step bigint NOT NULL,
             PRIMARY KEY (tenant, person)",
        )
        .await?;
        table(
            manager,
            "recovery_code",
            Rights::Remove,
            "digest text NOT NULL, person uuid NOT NULL, made_at timestamptz NOT NULL, used_at timestamptz,
             PRIMARY KEY (tenant, digest)",
        )
        .await?;
        index(manager, "recovery_code", "person", "tenant, person").await?;
        table(
            manager,
            "oidc_link",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, issuer text NOT NULL, subject text NOT NULL, made_at timestamptz NOT NULL,
             ended_at timestamptz, PRIMARY KEY (tenant, id)",
        )
        .await?;
        // One account of the provider is one person, and one person one account, as long as the link holds.
        for (name, columns) in [("subject", "tenant, issuer, subject"), ("person", "tenant, issuer, person")] {
            let make = format!("CREATE UNIQUE INDEX oidc_link_{name} ON oidc_link ({columns}) WHERE ended_at IS NULL");
            manager.get_connection().execute_unprepared(&make).await?;
        }
        table(
            manager,
            "oidc_used",
            Rights::Remove,
            "digest text NOT NULL, used_at timestamptz NOT NULL, PRIMARY KEY (tenant, digest)",
        )
        .await?;
        table(
            manager,
            "kept_form",
            Rights::Remove,
            "digest text NOT NULL, person uuid NOT NULL, form text NOT NULL, made_at timestamptz NOT NULL,
             expires_at timestamptz NOT NULL, PRIMARY KEY (tenant, digest)",
        )
        .await?;
        index(manager, "kept_form", "person", "tenant, person").await?;
        index(manager, "kept_form", "by_age", "tenant, expires_at").await
    }
}
