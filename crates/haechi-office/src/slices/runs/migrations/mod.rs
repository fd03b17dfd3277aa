//! The tables of runs.

mod m20261124_000004_runs_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000004_runs_first::Migration)]
}
