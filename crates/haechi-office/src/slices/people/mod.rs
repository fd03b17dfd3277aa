//! Who is where, answers for what, and to whom: units, persons, appointments and absences, each with its days.

mod actions;
pub(crate) mod api;
mod by_hand;
pub(crate) mod destroy;
mod directory;
mod import;
pub(crate) mod migrations;
mod pages;
mod routing;
pub(crate) mod stand_ins;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use self::actions::{
    Grantee, PeopleError, ask, decide, end_grant, found, grant, grant_by_installation, preview,
    preview_by_installation, recuse, take_in,
};
pub(crate) use self::destroy::blank_recusals;
pub use self::directory::{Absence, Appointment, Directory, Person, Post, Unit};
pub use self::import::{Changes, OWN_UNIT, RecordsFault};
pub use self::routing::{Responsible, Route, Why, Whyless};
pub use self::store::GovernmentRow;

use std::sync::Arc;

use super::Slice;
use crate::db::Transaction;
use crate::office::Office;

/// The slice.
pub const SLICE: Slice = Slice {
    name: "people",
    routes,
    words: (include_str!("words.ko.ftl"), include_str!("words.en.ftl")),
    migrations: migrations::migrations,
    documents: || vec![api::document(), by_hand::document(), stand_ins::api::document()],
    menu: &[],
};

fn routes(routes: &mut crate::web::Routes) {
    pages::routes(routes);
    api::routes(routes);
    by_hand::routes(routes);
    stand_ins::routes(routes);
}

/// The governments of this installation, by code.
///
/// # Errors
///
/// When the database does not answer.
pub async fn governments(office: &Office) -> Result<Vec<GovernmentRow>, sea_orm::DbErr> {
    let tx = office.db().read(crate::ids::TenantId::nobody()).await?;
    store::governments(&tx).await
}

/// The governments as a transaction sees them.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn all_governments(tx: &Transaction) -> Result<Vec<GovernmentRow>, sea_orm::DbErr> {
    store::governments(tx).await
}

/// The tenant's government.
///
/// # Errors
///
/// When the database does not answer or there is none.
pub async fn government(tx: &Transaction) -> Result<GovernmentRow, sea_orm::DbErr> {
    let own = store::own_government(tx).await?;
    own.map(|own| own.0).ok_or_else(|| sea_orm::DbErr::RecordNotFound(format!("government {}", tx.tenant())))
}

/// When the tenant's government was made here.
///
/// # Errors
///
/// When the database does not answer or there is none.
pub(crate) async fn founded_at(tx: &Transaction) -> Result<haechi_core::time::Moment, sea_orm::DbErr> {
    let at = store::founded_at(tx).await?;
    at.ok_or_else(|| sea_orm::DbErr::RecordNotFound(format!("government {}", tx.tenant())))
}

/// The number of the last change of the tenant's people.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn version(tx: &Transaction) -> Result<i64, sea_orm::DbErr> {
    Ok(store::own_government(tx).await?.map_or(0, |own| own.1))
}

/// The tenant's people, read again only when they changed.
///
/// # Errors
///
/// When the database does not answer.
pub async fn directory(office: &Office, tx: &Transaction) -> Result<Arc<Directory>, sea_orm::DbErr> {
    let Some((_, version)) = store::own_government(tx).await? else { return Ok(Arc::default()) };
    if let Some(kept) = office.kept_directory(tx.tenant(), version) {
        return Ok(kept);
    }
    let read = Arc::new(store::directory(tx).await?);
    office.keep_directory(tx.tenant(), version, read.clone());
    Ok(read)
}

/// Who holds a role on `day` by a grant, the longest holder first.
///
/// # Errors
///
/// When the database does not answer.
pub async fn holders(
    tx: &Transaction,
    role: crate::policy::Role,
    day: haechi_core::time::Day,
) -> Result<Vec<crate::ids::PersonId>, sea_orm::DbErr> {
    let grants = store::grants(tx, day).await?;
    Ok(grants.into_iter().filter(|grant| grant.role == role.as_str()).map(|grant| grant.person).collect())
}
