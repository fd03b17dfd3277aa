//! The tables of sign-in.

mod m20261124_000003_sign_in_first;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![Box::new(m20261124_000003_sign_in_first::Migration)]
}
