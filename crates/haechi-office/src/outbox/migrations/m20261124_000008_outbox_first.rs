//! Messages, and the government's own versions of templates.

use sea_orm_migration::prelude::*;

use crate::migrations::{Rights, index, table};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table(
            manager,
            "message",
            Rights::Keep,
            "id uuid NOT NULL, person uuid NOT NULL, channel text NOT NULL, template text NOT NULL, template_version integer NOT NULL,
             subject text NOT NULL, body text NOT NULL, about uuid, once text NOT NULL, state text NOT NULL, attempts integer NOT NULL,
             next_at timestamptz NOT NULL, made_at timestamptz NOT NULL, sent_at timestamptz, read_at timestamptz, fault text,
             joined uuid,
             PRIMARY KEY (tenant, id), UNIQUE (tenant, once)",
        )
        .await?;
        index(manager, "message", "person", "tenant, person, channel, made_at").await?;
        index(manager, "message", "due", "tenant, state, next_at").await?;
        index(manager, "message", "joined", "tenant, joined").await?;
        table(
            manager,
            "message_template",
            Rights::Append,
            "name text NOT NULL, version integer NOT NULL, subject text NOT NULL, body text NOT NULL, made_by text NOT NULL,
             made_at timestamptz NOT NULL, PRIMARY KEY (tenant, name, version)",
        )
        .await
    }
}
