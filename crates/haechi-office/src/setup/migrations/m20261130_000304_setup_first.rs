//! Steps of setting an office up that somebody said to have done.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "setup_step",
            Rights::Append,
            "step text NOT NULL, said_by text NOT NULL, said_at timestamptz NOT NULL, PRIMARY KEY (tenant, step)",
        )
        .await
    }
}
