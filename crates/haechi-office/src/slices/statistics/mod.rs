//! What is counted of cases (통계): the three rates, times, exclusions, precision of rules, money, by unit, rule, system and month;
//! and the month's result sheet, which is closed once and then stays as it is.
//!
//! Nobody sees a figure of cases that they may not see one by one: what is counted goes through the same scope as lists do. The
//! month's sheet is the exception that is published on purpose, and leaves out what is kept.

mod api;
mod governments;
mod measures;
pub(crate) mod migrations;
mod pages;
mod sheets;
mod store;
mod tables;
#[cfg(test)]
mod tests;
mod view;

use super::Slice;

pub use self::governments::{OfGovernment, OfGovernments, of_governments};
pub use self::sheets::Line;

pub(crate) use self::sheets::close_by_itself;

/// The slice.
pub const SLICE: Slice = Slice {
    name: "statistics",
    routes,
    words: (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    migrations: migrations::migrations,
    documents: || api::documents().into(),
    menu: &[],
};

fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}
