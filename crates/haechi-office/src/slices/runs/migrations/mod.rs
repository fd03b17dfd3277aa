//! The tables of runs.

mod m20261124_000004_runs_first;
mod m20261130_000402_runs_tasks;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000004_runs_first::Migration), Box::new(m20261130_000402_runs_tasks::Migration)]
}
