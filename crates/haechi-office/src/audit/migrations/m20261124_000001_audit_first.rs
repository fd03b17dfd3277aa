//! Events, the hashes of whole subtrees, checkpoints and what witnesses signed of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, string, text, uuid};

use crate::migrations::{Rights, protect};

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

const TABLES: [&str; 4] = ["audit_event", "audit_hash", "audit_checkpoint", "audit_cosignature"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = |name: &str| Table::create().table(Alias::new(name)).col(uuid("tenant")).to_owned();
        let key = |columns: &[&str]| {
            let mut key = Index::create();
            for column in columns {
                key.col(Alias::new(*column));
            }
            key
        };
        let events = table("audit_event")
            .col(big_integer("position"))
            .col(text("line"))
            .primary_key(&mut key(&["tenant", "position"]))
            .to_owned();
        let hashes = table("audit_hash")
            .col(big_integer("position"))
            .col(binary("hash"))
            .primary_key(&mut key(&["tenant", "position"]))
            .to_owned();
        let checkpoints = table("audit_checkpoint")
            .col(big_integer("size"))
            .col(string("made_at"))
            .col(text("note"))
            .primary_key(&mut key(&["tenant", "size"]))
            .to_owned();
        let cosignatures = table("audit_cosignature")
            .col(big_integer("size"))
            .col(string("witness"))
            .col(text("line"))
            .primary_key(&mut key(&["tenant", "size", "witness"]))
            .to_owned();
        for table in [events, hashes, checkpoints, cosignatures] {
            manager.create_table(table).await?;
        }
        for table in TABLES {
            protect(manager, table, Rights::Append).await?;
        }
        Ok(())
    }
}
