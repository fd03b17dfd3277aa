//! The tables of retention, and what marks the rows of others as destroyed.

mod m20261130_000410_retention_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261130_000410_retention_first::Migration)]
}
