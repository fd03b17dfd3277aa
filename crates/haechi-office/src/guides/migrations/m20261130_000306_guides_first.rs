//! Guides of roles that somebody put away.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "guide_seen",
            Rights::Append,
            "person uuid NOT NULL, role text NOT NULL, seen_at timestamptz NOT NULL, PRIMARY KEY (tenant, person, role)",
        )
        .await
    }
}
