//! Days on which a government is off besides the calendar, or works all the same.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "own_day",
            Rights::Remove,
            "day date NOT NULL, off boolean NOT NULL, reason text NOT NULL, set_by text NOT NULL, set_at timestamptz NOT NULL,
             PRIMARY KEY (tenant, day)",
        )
        .await
    }
}
