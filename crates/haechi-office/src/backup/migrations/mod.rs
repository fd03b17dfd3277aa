//! The tables of backups.

mod m20261129_000070_backup_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261129_000070_backup_first::Migration)]
}
