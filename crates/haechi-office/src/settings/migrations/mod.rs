//! The tables of settings.

mod m20261124_000007_settings_first;
mod m20261130_000302_settings_own_days;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000007_settings_first::Migration), Box::new(m20261130_000302_settings_own_days::Migration)]
}
