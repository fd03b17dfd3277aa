//! The tables of sign-in.

mod m20261124_000003_sign_in_first;
mod m20261129_000040_sign_in_made_with;
mod m20261129_000060_sign_in_ways;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261124_000003_sign_in_first::Migration),
        Box::new(m20261129_000040_sign_in_made_with::Migration),
        Box::new(m20261129_000060_sign_in_ways::Migration),
    ]
}
