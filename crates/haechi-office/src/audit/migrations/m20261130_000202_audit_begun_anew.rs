//! Logs of others with which this installation began anew as a witness, because they were restored from a backup.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "witness_begun_anew",
            Rights::Append,
            "origin text NOT NULL, begun_at timestamptz NOT NULL, size_before bigint NOT NULL, root_before bytea NOT NULL,
             size_after bigint NOT NULL, root_after bytea NOT NULL, reason text NOT NULL,
             PRIMARY KEY (tenant, origin, begun_at)",
        )
        .await
    }
}
