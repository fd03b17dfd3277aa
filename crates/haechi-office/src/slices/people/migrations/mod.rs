//! The tables of people.

mod m20261124_000002_people_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000002_people_first::Migration)]
}
