//! The tables of scenarios.

mod m20261130_000401_scenarios_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261130_000401_scenarios_first::Migration)]
}
