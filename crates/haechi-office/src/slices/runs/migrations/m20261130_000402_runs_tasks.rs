//! What an engine is asked to do, and how far it is.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "engine_task",
            Rights::Keep,
            "id uuid NOT NULL, asked_by uuid, asked_at timestamptz NOT NULL, state text NOT NULL, stage text NOT NULL,
             about text NOT NULL, done bigint NOT NULL, total bigint NOT NULL, seen_at timestamptz NOT NULL, ended_at timestamptz,
             message text NOT NULL, run uuid, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "engine_task", "asked", "tenant, asked_at").await?;
        // One at a time, whoever clicks at once.
        manager
            .get_connection()
            .execute_unprepared("CREATE UNIQUE INDEX engine_task_open ON engine_task (tenant) WHERE ended_at IS NULL")
            .await
            .map(drop)
    }
}
