//! Settings, each from a day on.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "setting",
            Rights::Keep,
            "name text NOT NULL, scope text NOT NULL, first_day date NOT NULL, value text NOT NULL, set_by text NOT NULL,
             set_at timestamptz NOT NULL, PRIMARY KEY (tenant, name, scope, first_day)",
        )
        .await
    }
}
