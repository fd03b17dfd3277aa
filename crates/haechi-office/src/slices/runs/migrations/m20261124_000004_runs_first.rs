//! Runs as they were received.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "run",
            Rights::Append,
            "id uuid NOT NULL, number bigint NOT NULL, digest text NOT NULL, as_of date NOT NULL, received_at timestamptz NOT NULL,
             received_by text NOT NULL, report text NOT NULL, findings bigint NOT NULL, new_alerts bigint NOT NULL,
             seen_alerts bigint NOT NULL, gone_alerts bigint NOT NULL, hidden_alerts bigint NOT NULL,
             PRIMARY KEY (tenant, id), UNIQUE (tenant, digest), UNIQUE (tenant, number)",
        )
        .await
    }
}
