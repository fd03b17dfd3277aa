//! The token with which a token was made: it ends with it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = match manager.get_database_backend() {
            sea_orm::DatabaseBackend::Sqlite => "blob",
            _ => "uuid",
        };
        let add = format!("ALTER TABLE api_token ADD COLUMN made_with {kind}");
        manager.get_connection().execute_unprepared(&add).await.map(drop)
    }
}
