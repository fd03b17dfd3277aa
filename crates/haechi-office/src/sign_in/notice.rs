//! Messages to somebody about what became of their own account: who did not do it themselves learns of it.

use haechi_core::words::Language;

use crate::db::Transaction;
use crate::ids::PersonId;
use crate::office::Office;
use crate::outbox::{self, Letter, Template};
use crate::say::say;

/// Writes what became of the account, in the transaction that does it.
pub(super) async fn put(office: &Office, tx: &Transaction, person: PersonId, what: &str) -> Result<(), sea_orm::DbErr> {
    let letter = Letter {
        to: person,
        template: Template::Account,
        values: vec![("what", say(Language::Korean, what, &[]))],
        about: None,
        once: format!("{what} {}", office.now().to_rfc3339()),
    };
    outbox::put(office, tx, &letter).await.map(drop)
}
