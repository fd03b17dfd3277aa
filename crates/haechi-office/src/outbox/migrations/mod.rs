//! The tables of messages.

mod m20261124_000008_outbox_first;
mod m20261129_000050_outbox_ways;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000008_outbox_first::Migration), Box::new(m20261129_000050_outbox_ways::Migration)]
}
