//! Views: conditions of the list of cases that somebody keeps under a name, for themselves alone.

pub(super) mod api;
pub(super) mod pages;
mod store;
#[cfg(test)]
mod tests;

pub(super) use self::store::Row as View;
use crate::audit::{self, Entry, Record};
use crate::db::Transaction;
use crate::ids::{PersonId, SavedViewId};
use crate::office::Office;
use crate::policy::{Authorized, General};
use crate::problem::Problem;
use crate::web::Fields;

/// Views that somebody keeps at most.
const MOST: usize = 20;
/// The most characters of a name.
const LONGEST: usize = 60;

/// Why a view was not kept, renamed or removed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ViewError {
    /// It is not theirs, or not there.
    #[error("no such view")]
    Gone,
    /// A name is needed, and not too long.
    #[error("a name is needed, of at most {LONGEST} characters")]
    Name,
    /// Another has the name.
    #[error("a view of this name is there")]
    There,
    /// There are no conditions to be kept.
    #[error("there are no conditions")]
    Nothing,
    /// There are as many as one may keep.
    #[error("at most {MOST} views are kept")]
    Many,
    /// The database said no.
    #[error("views could not be read or written")]
    Database(#[from] sea_orm::DbErr),
    /// The log could not be written.
    #[error(transparent)]
    Log(#[from] audit::LogError),
}

impl From<ViewError> for Problem {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Gone => Self::hidden(),
            ViewError::Name => {
                Self::invalid("view.name", ("이름을 60자까지 적어 주십시오.", "Give a name of at most 60 characters."))
                    .at("name")
            }
            ViewError::There => {
                Self::invalid("view.there", ("같은 이름이 이미 있습니다.", "One of this name is there already."))
                    .at("name")
            }
            ViewError::Nothing => Self::invalid(
                "view.nothing",
                ("저장할 조건이 없습니다. 먼저 목록에서 조건을 고르십시오.", "There are no conditions to be saved."),
            ),
            ViewError::Many => Self::invalid(
                "view.many",
                ("20개까지 저장할 수 있습니다. 쓰지 않는 것을 지우십시오.", "At most 20 are saved. Remove one first."),
            ),
            ViewError::Database(error) => error.into(),
            ViewError::Log(error) => error.into(),
        }
    }
}

/// The conditions as the list's address would have them: what it does not know is left out.
///
/// # Errors
///
/// A condition that cannot be read.
fn known(office: &Office, fields: &Fields) -> Result<String, Problem> {
    Ok(super::pages::query(&super::pages::filter(office, fields)?, 1))
}

/// What stands behind `?` of an address.
fn read(query: &str) -> Fields {
    Fields::of(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect())
}

fn name(name: &str) -> Result<&str, ViewError> {
    let name = name.trim();
    let is_fit = !name.is_empty() && name.chars().count() <= LONGEST && !name.contains(char::is_control);
    if is_fit { Ok(name) } else { Err(ViewError::Name) }
}

/// Somebody's views.
///
/// # Errors
///
/// When the database does not answer.
pub(super) async fn of(tx: &Transaction, person: Option<PersonId>) -> Result<Vec<View>, sea_orm::DbErr> {
    match person {
        Some(person) => store::of(tx, person).await,
        None => Ok(Vec::new()),
    }
}

/// One's own views, for a change of one of them.
async fn own(office: &Office, may: &Authorized<'_, General>) -> Result<(Transaction, Vec<View>), ViewError> {
    let person = may.by().id().ok_or(ViewError::Gone)?;
    let tx = office.db().write(may.by().tenant()).await?;
    tx.alone().await?;
    let views = store::of(&tx, person).await?;
    Ok((tx, views))
}

/// Keeps conditions, written as the list's address has them, under a name.
///
/// # Errors
///
/// No conditions; no name, or one that another has; too many.
pub(super) async fn save(
    office: &Office,
    may: &Authorized<'_, General>,
    called: &str,
    query: &str,
) -> Result<SavedViewId, ViewError> {
    let called = name(called)?;
    if query.is_empty() {
        return Err(ViewError::Nothing);
    }
    let (tx, views) = own(office, may).await?;
    if views.len() >= MOST {
        return Err(ViewError::Many);
    }
    if views.iter().any(|view| view.name == called) {
        return Err(ViewError::There);
    }
    let id = SavedViewId::new();
    let row = View {
        tenant: tx.tenant(),
        id,
        person: may.by().id().ok_or(ViewError::Gone)?,
        name: called.to_owned(),
        query: query.to_owned(),
        made_at: office.now(),
    };
    let after = audit::digest(&(id, called, query));
    store::add(&tx, row).await?;
    told(office, may, tx, "view.save", id, Some(after)).await?;
    Ok(id)
}

/// Gives a view another name.
///
/// # Errors
///
/// Not one's own; no name, or one that another has.
pub(super) async fn rename(
    office: &Office,
    may: &Authorized<'_, General>,
    id: SavedViewId,
    called: &str,
) -> Result<(), ViewError> {
    let (tx, views) = own(office, may).await?;
    if views.iter().all(|view| view.id != id) {
        return Err(ViewError::Gone);
    }
    let called = name(called)?;
    if views.iter().any(|view| view.id != id && view.name == called) {
        return Err(ViewError::There);
    }
    store::rename(&tx, id, called).await?;
    told(office, may, tx, "view.rename", id, Some(audit::digest(&(id, called)))).await
}

/// Removes a view.
///
/// # Errors
///
/// Not one's own.
pub(super) async fn remove(office: &Office, may: &Authorized<'_, General>, id: SavedViewId) -> Result<(), ViewError> {
    let (tx, views) = own(office, may).await?;
    if views.iter().all(|view| view.id != id) {
        return Err(ViewError::Gone);
    }
    store::remove(&tx, id).await?;
    told(office, may, tx, "view.remove", id, None).await
}

async fn told(
    office: &Office,
    may: &Authorized<'_, General>,
    tx: Transaction,
    action: &str,
    id: SavedViewId,
    after: Option<String>,
) -> Result<(), ViewError> {
    let record = Record { kind: "view".to_owned(), id: id.to_string() };
    let entry = Entry { action: action.to_owned(), record, after, ..may.entry("view", id) };
    audit::append(&tx, office.clock(), &entry).await?;
    tx.commit().await?;
    Ok(())
}
