//! Whether a webhook was kept from telling by trial mode: what was done meanwhile it is never told.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let add = "ALTER TABLE webhook ADD COLUMN held boolean NOT NULL DEFAULT false";
        manager.get_connection().execute_unprepared(add).await.map(drop)
    }
}
