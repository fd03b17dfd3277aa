//! The verb of files: one is kept with a case.

use super::actions::Details;
use super::error::CaseError;
use super::store::{self, EntryRow};
use super::{load, opening};
use crate::audit::{self, Entry};
use crate::files::FileError;
use crate::ids::{AttachmentId, CaseId};
use crate::office::Office;
use crate::policy::{self, Action, Actor};

/// A file that was taken in, to be kept with a case.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// The digest of its bytes, under which it lies.
    pub digest: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its size.
    pub bytes: u64,
}

/// A file with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Which.
    pub id: AttachmentId,
    /// The same file was there under the same name, and nothing changed.
    pub again: bool,
}

/// Keeps a file with a case. The same under the same name is kept once, however often it is sent.
///
/// # Errors
///
/// Not theirs; its bytes were taken away meanwhile with a case that was destroyed.
pub async fn attach(office: &Office, actor: &Actor, id: CaseId, file: NewFile) -> Result<Attached, CaseError> {
    let tx = office.db().write(actor.tenant()).await?;
    // From here to the end nobody takes the file away of which no row speaks yet.
    tx.alone_with_files().await?;
    // Of two who send it at once, the second finds the first's.
    tx.alone().await?;
    let may = policy::authorize(actor, Action::CommentCase, load(&tx, actor, id).await?)?;
    may.still_there()?;
    let by = actor.id().ok_or(CaseError::Unknown(id))?;
    if let Ok(digest) = file.digest.parse()
        && !office.files().is_there(&digest).await?
    {
        return Err(FileError::Overtaken(digest).into());
    }
    let there = store::attachments(&tx, id).await?;
    if let Some(same) = there.iter().find(|one| one.digest == file.digest && one.name == file.name) {
        return Ok(Attached { id: same.id, again: true });
    }
    let row = store::attachment::Model {
        tenant: tx.tenant(),
        id: AttachmentId::new(),
        case_id: id,
        digest: file.digest.clone(),
        name: file.name,
        media: file.media,
        bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
        added_by: by,
        added_at: office.now(),
    };
    let attachment = row.id;
    let entry = EntryRow {
        actor: actor.id(),
        actor_name: actor.name().to_owned(),
        details: Details::default().by(actor).json(),
        ..opening::entry(&may.row, office.now(), "attached", &row.name)
    };
    store::add_attachment(&tx, row).await?;
    store::add_entries(&tx, vec![entry]).await?;
    audit::append(&tx, office.clock(), &Entry { after: Some(file.digest), ..may.entry("attachment", attachment) })
        .await?;
    tx.commit().await?;
    Ok(Attached { id: attachment, again: false })
}
