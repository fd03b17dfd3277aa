//! Who is changing a store that several machines share.
//!
//! The folder's lock holds on one machine. In a shared store each data folder that changes something lays down a mark,
//! `marks/NAME.json`, and takes it away in the end. Imports may be under way together: each writes objects nobody else names, and
//! the numbered file that makes them count can be created once only. Who removes objects, a sweep or a purge, must be alone: it
//! says so in its mark and looks for others; an import lays down its mark and looks for one who is alone. Whichever comes second
//! sees the other, and steps back.
//!
//! `unfinished.json` in the data folder notes the mark and the uploads under way. Found at the next start it says that an import of
//! this folder was killed, or that a sweep is still owed.

use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::bucket::Bucket;
use super::{DataFolder, journal};
use crate::error::EngineError;

/// A mark this much older than our own was left by a machine that is gone; both times are the server's.
const GONE: Duration = Duration::from_secs(7 * 24 * 3600);

/// A mark in the store.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    /// Who, for people: process, user, since when.
    by: String,
    /// Whether nobody else may change anything meanwhile.
    alone: bool,
}

/// What a data folder has begun in a shared store.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Note {
    /// The name of its mark.
    mark: String,
    /// Whether objects lie there that nobody names, for a sweep to remove.
    owes_sweep: bool,
    /// Uploads that were begun and not ended.
    uploads: Vec<Upload>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Upload {
    path: String,
    id: String,
}

/// Notes an upload before its first piece is sent.
pub(super) fn note_upload(note: &Path, path: &str, id: &str) -> Result<(), EngineError> {
    change(note, |note| note.uploads.push(Upload { path: path.to_owned(), id: id.to_owned() }))
}

/// Forgets an upload that ended.
pub(super) fn forget_upload(note: &Path, id: &str) -> Result<(), EngineError> {
    change(note, |note| note.uploads.retain(|upload| upload.id != id))
}

impl DataFolder {
    /// Lays down this folder's mark; sweeps first what a killed change of it left, unless others are at work. Gives the number of
    /// objects swept.
    ///
    /// # Errors
    ///
    /// [`EngineError::Busy`] while another machine must be alone.
    pub(super) async fn begin_shared(&self, bucket: &Bucket) -> Result<usize, EngineError> {
        bucket.creates_once().await?;
        let left = read(bucket.note())?;
        let owes_sweep = left.is_some();
        let mut note = left.unwrap_or_default();
        if note.mark.is_empty() {
            let mut bytes = [0u8; 16];
            getrandom::fill(&mut bytes)
                .map_err(|error| EngineError::Asked(format!("The system gives no random numbers: {error}.")))?;
            note.mark = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        }
        note.owes_sweep = owes_sweep;
        write(bucket.note(), &note)?;
        self.mark(&note.mark, false).await?;
        if let Some(other) = self.others(&note.mark).await?.into_iter().find(|other| other.alone) {
            self.end_shared(bucket).await?;
            return Err(EngineError::Busy { holder: other.by });
        }
        match owes_sweep {
            true => match self.sweep().await {
                Err(EngineError::Busy { .. }) => Ok(0),
                swept => swept,
            },
            false => Ok(0),
        }
    }

    /// Takes the mark away. What is owed stays noted.
    pub(super) async fn end_shared(&self, bucket: &Bucket) -> Result<(), EngineError> {
        let Some(note) = read(bucket.note())? else { return Ok(()) };
        self.objects.remove(&path(&note.mark)).await?;
        if note.owes_sweep || !note.uploads.is_empty() {
            return Ok(());
        }
        std::fs::remove_file(bucket.note())
            .map_err(|source| EngineError::io(format!("Cannot remove {}", bucket.note().display()), source))
    }

    /// From now on nobody else may change anything, until [`Self::let_others`]. Aborts the uploads a killed import left.
    ///
    /// # Errors
    ///
    /// [`EngineError::Busy`] while others do; a sweep is then noted as owed.
    pub(super) async fn be_alone(&self, bucket: &Bucket) -> Result<(), EngineError> {
        change(bucket.note(), |note| note.owes_sweep = true)?;
        let note = read(bucket.note())?.unwrap_or_default();
        for upload in &note.uploads {
            bucket.abort(&upload.path, &upload.id).await?;
            forget_upload(bucket.note(), &upload.id)?;
        }
        self.mark(&note.mark, true).await?;
        let Some(other) = self.others(&note.mark).await?.into_iter().next() else { return Ok(()) };
        self.mark(&note.mark, false).await?;
        Err(EngineError::Busy { holder: other.by })
    }

    /// Others may again; nothing is owed.
    pub(super) async fn let_others(&self, bucket: &Bucket) -> Result<(), EngineError> {
        let note = read(bucket.note())?.unwrap_or_default();
        self.mark(&note.mark, false).await?;
        change(bucket.note(), |note| note.owes_sweep = false)
    }

    async fn mark(&self, name: &str, alone: bool) -> Result<(), EngineError> {
        let by = format!("process {} of {} since {}", std::process::id(), journal::os_user(), self.clock.stamp());
        self.objects.replace(&path(name), &Mark { by, alone }).await
    }

    /// The marks of others, those of machines long gone left out; `own` must lie there.
    async fn others(&self, own: &str) -> Result<Vec<Mark>, EngineError> {
        let marks = self.objects.list_with_ages(MARKS).await?;
        let own = path(own);
        let now = marks.iter().find(|(name, _)| *name == own).map(|(_, at)| *at);
        let mut others = Vec::new();
        for (name, at) in marks.into_iter().filter(|(name, _)| *name != own) {
            let is_gone = now.is_some_and(|now| (now - at).to_std().is_ok_and(|age| age > GONE));
            // One that went away meanwhile is nobody.
            if let (false, Some(mark)) = (is_gone, self.objects.read::<Mark>(&name).await?) {
                let by = format!("{}; where that machine is gone for good, delete {name} from the store", mark.by);
                others.push(Mark { by, alone: mark.alone });
            }
        }
        Ok(others)
    }
}

const MARKS: &str = "marks";

fn path(name: &str) -> String {
    format!("{MARKS}/{name}.json")
}

fn read(note: &Path) -> Result<Option<Note>, EngineError> {
    match std::fs::read(note) {
        // One that cannot be understood still says that something was begun.
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes).unwrap_or_default())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(EngineError::io(format!("Cannot read {}", note.display()), source)),
    }
}

fn write(at: &Path, note: &Note) -> Result<(), EngineError> {
    super::write_private(at, &super::objects::json(note)?)
}

fn change(at: &Path, edit: impl FnOnce(&mut Note)) -> Result<(), EngineError> {
    let mut note = read(at)?.unwrap_or_default();
    edit(&mut note);
    write(at, &note)
}
