//! The table of settings.

mod m20261124_000007_settings_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000007_settings_first::Migration)]
}
