//! What of units, persons, places and absences is kept by hand, so that the import of a personnel register leaves it alone.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("unit", "by_hand"),
            ("person", "by_hand"),
            ("person", "addresses_by_hand"),
            ("appointment", "by_hand"),
            ("absence", "by_hand"),
        ] {
            let add = format!("ALTER TABLE {table} ADD COLUMN {column} boolean NOT NULL DEFAULT false");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        Ok(())
    }
}
