//! The table of guides that somebody put away.

mod m20261130_000306_guides_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261130_000306_guides_first::Migration)]
}
