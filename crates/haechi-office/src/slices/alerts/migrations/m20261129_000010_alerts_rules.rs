//! What a rule says of itself, once for each version of it; and exclusions by their day.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "rule",
            Rights::Keep,
            "scenario text NOT NULL, digest text NOT NULL, words text NOT NULL, PRIMARY KEY (tenant, scenario, digest)",
        )
        .await?;
        index(manager, "exclusion", "made", "tenant, made_at").await
    }
}
