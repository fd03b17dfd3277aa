//! What was found, as a digest in the case's row.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = "ALTER TABLE case_file ADD COLUMN found text NOT NULL DEFAULT ''";
        manager.get_connection().execute_unprepared(add).await.map(drop)
    }
}
