//! The tables of accesses.

mod m20261124_000021_access_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000021_access_first::Migration)]
}
