//! The table of keys.

mod m20261124_000030_idempotency_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000030_idempotency_first::Migration)]
}
