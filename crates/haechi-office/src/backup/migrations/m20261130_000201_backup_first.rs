//! Which backups were made, and from which the rows were restored.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "backup_made",
            Rights::Append,
            "digest text NOT NULL, of_moment timestamptz NOT NULL, ended_at timestamptz NOT NULL, bytes bigint NOT NULL,
             place text NOT NULL, keys_inside boolean NOT NULL, missing bigint NOT NULL, PRIMARY KEY (tenant, digest)",
        )
        .await?;
        table(
            manager,
            "backup_restored",
            Rights::Append,
            "digest text NOT NULL, of_moment timestamptz NOT NULL, restored_at timestamptz NOT NULL, events bigint NOT NULL,
             earlier_key text, PRIMARY KEY (tenant, digest, restored_at)",
        )
        .await
    }
}
