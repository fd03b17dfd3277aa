//! Conditions of the list of cases that somebody keeps under a name.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "saved_view",
            Rights::Remove,
            "id uuid NOT NULL, person uuid NOT NULL, name text NOT NULL, query text NOT NULL, made_at timestamptz NOT NULL,
             PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "saved_view", "person", "tenant, person").await
    }
}
