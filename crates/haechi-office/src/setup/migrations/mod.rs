//! The table of steps that somebody said to have done.

mod m20261130_000304_setup_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261130_000304_setup_first::Migration)]
}
