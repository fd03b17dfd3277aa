//! How far a log is signed and witnessed.

use sea_orm::DbErr;

use super::cosignature::WitnessKey;
use super::store;
use crate::config::Config;
use crate::db::Transaction;

/// How far a log is signed and witnessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Its events.
    pub(crate) events: u64,
    /// Events that no checkpoint covers yet.
    pub(crate) unsigned: u64,
    /// Whether somebody watches it.
    pub(crate) has_witnesses: bool,
    /// When the oldest checkpoint was made that none of them signed; none where they signed all.
    pub(crate) unwitnessed_since: Option<String>,
}

/// How far the tenant's log is signed, and witnessed by those that `config` names.
///
/// # Errors
///
/// When the database does not answer.
pub(crate) async fn standing(tx: &Transaction, config: &Config) -> Result<Standing, DbErr> {
    let events = store::size(tx).await?;
    let signed = store::last_made(tx).await?.map_or(0, |(size, _)| size);
    let has_witnesses = !config.witnesses.is_empty();
    let unwitnessed_since = if has_witnesses {
        let sizes = store::witnessed(tx).await?;
        let names = config.witnesses.iter().filter_map(|one| WitnessKey::parse(&one.key).ok());
        let seen = names.filter_map(|key| sizes.get(key.name()).copied()).max().unwrap_or(0);
        store::first_made_after(tx, seen).await?
    } else {
        None
    };
    Ok(Standing { events, unsigned: events.saturating_sub(signed), has_witnesses, unwitnessed_since })
}
