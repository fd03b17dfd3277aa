//! The tables of the log.

mod m20261124_000001_audit_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000001_audit_first::Migration)]
}
