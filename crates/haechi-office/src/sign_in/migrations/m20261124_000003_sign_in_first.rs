//! Accounts, sessions, one-time links, tokens of programs, and counters of failures.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "account",
            Rights::Keep,
            "person uuid NOT NULL, login text NOT NULL, password text NOT NULL, changed_at timestamptz NOT NULL, ended_at timestamptz,
             PRIMARY KEY (tenant, person), UNIQUE (tenant, login)",
        )
        .await?;
        table(
            manager,
            "session",
            Rights::Remove,
            "digest text NOT NULL, person uuid NOT NULL, made_at timestamptz NOT NULL, seen_at timestamptz NOT NULL,
             browser text NOT NULL, ended_at timestamptz, PRIMARY KEY (tenant, digest)",
        )
        .await?;
        index(manager, "session", "person", "tenant, person").await?;
        table(
            manager,
            "sign_in_failure",
            Rights::Remove,
            "guard text NOT NULL, failures integer NOT NULL, last_at timestamptz NOT NULL, PRIMARY KEY (tenant, guard)",
        )
        .await?;
        table(
            manager,
            "known_browser",
            Rights::Remove,
            "digest text NOT NULL, person uuid NOT NULL, made_at timestamptz NOT NULL, PRIMARY KEY (tenant, digest)",
        )
        .await?;
        table(
            manager,
            "one_time_link",
            Rights::Keep,
            "digest text NOT NULL, person uuid NOT NULL, made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
             used_at timestamptz, PRIMARY KEY (tenant, digest)",
        )
        .await?;
        table(
            manager,
            "api_token",
            Rights::Keep,
            "id uuid NOT NULL, digest text NOT NULL, name text NOT NULL, person uuid, scopes text NOT NULL,
             made_by text NOT NULL, made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, ended_at timestamptz,
             PRIMARY KEY (tenant, id), UNIQUE (tenant, digest)",
        )
        .await
    }
}
