//! Who stands in for whom, and in which session somebody does.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "stand_in",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, stand_in uuid NOT NULL, first_day date NOT NULL, last_day date NOT NULL,
             reason text NOT NULL, made_by uuid NOT NULL, made_at timestamptz NOT NULL, ended_at timestamptz, ended_by uuid,
             PRIMARY KEY (tenant, id)",
        )
        .await?;
        index(manager, "stand_in", "who", "tenant, stand_in, last_day").await?;
        table(
            manager,
            "standing_in",
            Rights::Remove,
            "session text NOT NULL, stand_in uuid NOT NULL, since timestamptz NOT NULL, PRIMARY KEY (tenant, session)",
        )
        .await
    }
}
