//! The sheets of months that were closed.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "month_sheet",
            Rights::Append,
            "month text NOT NULL, sheet text NOT NULL, note text NOT NULL, closed_by uuid, closed_at timestamptz NOT NULL,
             PRIMARY KEY (tenant, month)",
        )
        .await
    }
}
