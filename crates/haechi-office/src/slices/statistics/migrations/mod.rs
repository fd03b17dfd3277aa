//! The table of statistics.

mod m20261129_000090_statistics_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261129_000090_statistics_first::Migration)]
}
