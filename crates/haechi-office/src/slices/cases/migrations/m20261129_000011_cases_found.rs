//! What was found, as a digest in the case's row; and who did steps of it in another's name.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["found", "stood_in"] {
            let add = format!("ALTER TABLE case_file ADD COLUMN {column} text NOT NULL DEFAULT ''");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        Ok(())
    }
}
