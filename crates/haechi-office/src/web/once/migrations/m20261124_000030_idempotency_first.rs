//! Keys with which programs send a request again, and what it was answered.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "idempotency",
            Rights::Keep,
            "token text NOT NULL, name text NOT NULL, digest text NOT NULL, made_at timestamptz NOT NULL, status integer,
             media text, tag text, answer text, PRIMARY KEY (tenant, token, name)",
        )
        .await?;
        index(manager, "idempotency", "by_age", "tenant, made_at").await
    }
}
