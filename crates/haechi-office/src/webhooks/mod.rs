//! Programs elsewhere are told what was done: every event of the log, in its order, as a signed CloudEvent.
//!
//! What is told is read from the log, so that no action knows of it, and what was done is told even where the office stopped
//! in between. It says what was done to which record, and nothing of a person: who wants more asks the API.

mod actions;
mod address;
pub(crate) mod api;
pub(crate) mod migrations;
mod pages;
mod send;
mod store;
#[cfg(test)]
mod tests;

pub use self::send::post_webhooks;

pub(crate) fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
}

/// How many webhooks were given up.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn stopped(tx: &crate::db::Transaction) -> Result<u64, sea_orm::DbErr> {
    Ok(store::list(tx).await?.iter().filter(|row| row.state == "stopped").count() as u64)
}
