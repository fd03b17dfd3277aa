//! Addresses that are told what was done, and how far each was told.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "webhook",
            Rights::Keep,
            "id uuid NOT NULL, url text NOT NULL, secret text NOT NULL, events text NOT NULL, made_by text NOT NULL,
             made_at timestamptz NOT NULL, ended_at timestamptz, place bigint NOT NULL, state text NOT NULL,
             attempts integer NOT NULL, next_at timestamptz NOT NULL, sent_at timestamptz, fault text,
             PRIMARY KEY (tenant, id)",
        )
        .await
    }
}
