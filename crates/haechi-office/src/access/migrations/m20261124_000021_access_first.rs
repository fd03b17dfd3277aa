//! Who saw whose data, and who looked through a month of it. Both can only be added to.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "access_log",
            Rights::Append,
            "id uuid NOT NULL, person uuid NOT NULL, whose text NOT NULL, case_id uuid NOT NULL, action text NOT NULL,
             reason text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "access_log", "at", "tenant, at").await?;
        index(manager, "access_log", "noted", "tenant, person, case_id, at").await?;
        table(
            manager,
            "access_review",
            Rights::Append,
            "month text NOT NULL, signed_by uuid NOT NULL, signed_at timestamptz NOT NULL, views bigint NOT NULL,
             reveals bigint NOT NULL, downloads bigint NOT NULL, note text NOT NULL, PRIMARY KEY (tenant, month)",
        )
        .await
    }
}
