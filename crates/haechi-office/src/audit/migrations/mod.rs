//! The tables of the log.

mod m20261124_000001_audit_first;
mod m20261124_000020_witnesses;
mod m20261130_000202_audit_begun_anew;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261124_000001_audit_first::Migration),
        Box::new(m20261124_000020_witnesses::Migration),
        Box::new(m20261130_000202_audit_begun_anew::Migration),
    ]
}
