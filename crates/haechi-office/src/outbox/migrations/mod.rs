//! The tables of messages.

mod m20261124_000008_outbox_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000008_outbox_first::Migration)]
}
