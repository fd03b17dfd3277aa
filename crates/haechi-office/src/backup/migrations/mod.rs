//! The tables of backups.

mod m20261130_000201_backup_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261130_000201_backup_first::Migration)]
}
