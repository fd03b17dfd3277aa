//! Whether each way out is open, for all processes of the installation.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "way_out",
            Rights::Keep,
            "channel text NOT NULL, server text NOT NULL, since timestamptz NOT NULL, until timestamptz, tried integer NOT NULL,
             fault text, PRIMARY KEY (tenant, channel, server)",
        )
        .await
    }
}
