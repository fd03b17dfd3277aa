//! The tables of people.

mod m20261124_000002_people_first;
mod m20261129_000012_people_stand_ins;
mod m20261130_000301_people_by_hand;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261124_000002_people_first::Migration),
        Box::new(m20261129_000012_people_stand_ins::Migration),
        Box::new(m20261130_000301_people_by_hand::Migration),
    ]
}
