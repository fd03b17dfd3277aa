//! What this installation saw of others' logs, what its own witnesses answered, and by which record events are found.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Only a finder: what an event is about is said by its line, which is what is signed.
        manager.get_connection().execute_unprepared("ALTER TABLE audit_event ADD COLUMN about text").await?;
        index(manager, "audit_event", "about", "tenant, about").await?;
        table(
            manager,
            "witness_seen",
            Rights::Keep,
            "origin text NOT NULL, size bigint NOT NULL, root bytea NOT NULL, seen_at timestamptz NOT NULL,
             PRIMARY KEY (tenant, origin)",
        )
        .await?;
        table(
            manager,
            "witness_answer",
            Rights::Keep,
            "witness text NOT NULL, tried_at timestamptz NOT NULL, tried_size bigint NOT NULL, signed_at timestamptz,
             signed_size bigint, failed_at timestamptz, problem text, PRIMARY KEY (tenant, witness)",
        )
        .await
    }
}
