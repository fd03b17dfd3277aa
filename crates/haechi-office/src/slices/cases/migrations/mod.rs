//! The tables of cases.

mod m20261124_000006_cases_first;
mod m20261124_000022_cases_said;
mod m20261129_000011_cases_found;
mod m20261129_000014_cases_figures;
mod m20261130_000305_cases_views;
mod m20261130_000420_cases_read;

use sea_orm_migration::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261124_000006_cases_first::Migration),
        Box::new(m20261124_000022_cases_said::Migration),
        Box::new(m20261129_000011_cases_found::Migration),
        Box::new(m20261129_000014_cases_figures::Migration),
        Box::new(m20261130_000305_cases_views::Migration),
        Box::new(m20261130_000420_cases_read::Migration),
    ]
}
