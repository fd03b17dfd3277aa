//! A data folder: what lies in it, and how a change to it is all or nothing.
//!
//! Like a version-control store: everything is written under its own digest first and changes nothing by lying there;
//! one numbered file written last ([`view`], [`runs`]) makes it count. A process killed half way leaves objects nobody
//! names, which the next import sweeps away. The store is the folder `store/`, or a bucket that `haechi.toml` names ([`settings`]).

mod bucket;
pub mod journal;
pub mod keep;
mod marks;
pub mod objects;
pub mod purge;
pub mod records;
pub mod runs;
mod settings;
pub mod spill;
pub mod sweep;
pub mod verify;
pub mod view;

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use haechi_core::calendar::WorkCalendar;
use haechi_core::digest::Digest;
use haechi_core::time::{Clock, SystemClock};
use haechi_formats::dictionary::Dictionary;
use haechi_formats::keys::InstallationKey;
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;

use crate::error::EngineError;

pub(crate) use self::bucket::words_for;
pub use self::settings::FORMAT;

/// An open data folder.
pub struct DataFolder {
    root: PathBuf,
    /// Snapshots, views, runs and what they name.
    pub(crate) objects: objects::Objects,
    /// The standard tables: shipped, and the installation's own in `DIR/dictionary`.
    pub dictionary: Dictionary,
    /// The working calendar: shipped, or the installation's own `DIR/calendar.csv`.
    pub calendar: Arc<WorkCalendar>,
    /// The country whose days off it lists; `None` when the installation brought its own, which is taken at its word.
    pub(crate) calendar_of: Option<&'static str>,
    /// Digest of the calendar's text.
    pub calendar_digest: Digest,
    /// The calendar's text, archived with each run.
    pub(crate) calendar_text: String,
    /// Where "now" comes from, for records and the journal.
    pub clock: Arc<dyn Clock>,
}

impl DataFolder {
    /// Makes `root` a data folder: its settings, a new installation key of mode 0600, room for own scenarios and mappings.
    ///
    /// # Errors
    ///
    /// When it is one already, or holds something else, or cannot be written.
    pub fn init(root: &Path) -> Result<Self, EngineError> {
        let io = |what: &str, path: &Path| {
            let what = format!("{what} {}", path.display());
            move |source| EngineError::io(what, source)
        };
        if root.join("haechi.toml").exists() {
            return Err(EngineError::Asked(format!(
                "{} is a data folder already. Nothing was changed.",
                root.display()
            )));
        }
        std::fs::create_dir_all(root).map_err(io("Cannot make", root))?;
        let leftovers = std::fs::read_dir(root).map_err(io("Cannot read", root))?;
        let strange = leftovers.filter_map(Result::ok).find(|entry| {
            !["keys", "store", "scenarios", "mappings", "dictionary", "tmp"]
                .iter()
                .any(|own| entry.file_name() == **own)
        });
        if let Some(entry) = strange {
            return Err(EngineError::Asked(format!(
                "{} is not empty (it holds `{}`). Choose a new or empty folder. Nothing was changed.",
                root.display(),
                entry.file_name().to_string_lossy()
            )));
        }
        for folder in ["keys", "store", "scenarios", "mappings", "dictionary", "tmp"] {
            let folder = root.join(folder);
            std::fs::create_dir_all(&folder).map_err(io("Cannot make", &folder))?;
        }
        restrict(root, 0o700)?;
        restrict(&root.join("keys"), 0o700)?;
        let key = root.join("keys/installation.key");
        if !key.exists() {
            let mut bytes = [0u8; 32];
            getrandom::fill(&mut bytes).map_err(|error| {
                EngineError::Asked(format!("The system gives no random numbers for the key: {error}."))
            })?;
            write_private(&key, format!("{}\n", Digest::from_bytes(bytes)).as_bytes())?;
        }
        // The settings come last: a folder without them is not yet a data folder, and init may be run again.
        let settings = root.join("haechi.toml");
        let text = "# A Haechi data folder. Keep keys/ secret and apart from backups of store/.\nformat = 1\n";
        write_private(&settings, text.as_bytes())?;
        Self::open(root)
    }

    /// Opens a data folder. An access key to its store, where it needs one, is in a file that `haechi.toml` names.
    ///
    /// # Errors
    ///
    /// When it is none, is of a newer format, or its settings, dictionary or calendar have faults.
    pub fn open(root: &Path) -> Result<Self, EngineError> {
        Self::open_with(root, &|_| None)
    }

    /// Opens a data folder; `environment` gives variables by name, for the access key of a store that needs one
    /// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`). Nothing is asked of a server yet.
    ///
    /// # Errors
    ///
    /// As [`Self::open`], and when the store needs a key and none is known.
    pub fn open_with(root: &Path, environment: &dyn Fn(&str) -> Option<String>) -> Result<Self, EngineError> {
        let settings = root.join(settings::FILE);
        let text = std::fs::read_to_string(&settings).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => EngineError::Asked(format!(
                "{} is not a data folder. `haechi init {}` makes one.",
                root.display(),
                root.display()
            )),
            _ => EngineError::io(format!("Cannot read {}", settings.display()), source),
        })?;
        let objects = objects_of(root, &settings::parse(root, &text)?, environment)?;
        let own_calendar = root.join("calendar.csv");
        let (place, calendar_text) = if own_calendar.exists() {
            let text = std::fs::read_to_string(&own_calendar)
                .map_err(|source| EngineError::io(format!("Cannot read {}", own_calendar.display()), source))?;
            ("calendar.csv", text)
        } else {
            ("calendar/kr.csv", haechi_formats::shipped::CALENDAR.to_owned())
        };
        let calendar = haechi_formats::calendar::parse_calendar(place, &calendar_text)?;
        let dictionary = haechi_formats::shipped::dictionary_with(Some(&root.join("dictionary")))?;
        Ok(Self {
            root: root.to_owned(),
            objects,
            dictionary,
            calendar: Arc::new(calendar),
            calendar_of: (place != "calendar.csv").then_some("KR"),
            calendar_digest: Digest::of(calendar_text.as_bytes()),
            calendar_text,
            clock: Arc::new(SystemClock),
        })
    }

    /// The same folder under another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// The same folder under another working calendar, to replay a run.
    pub(crate) fn under_calendar(&self, calendar: Arc<WorkCalendar>) -> Self {
        Self {
            root: self.root.clone(),
            objects: self.objects.clone(),
            dictionary: self.dictionary.clone(),
            calendar,
            calendar_of: self.calendar_of,
            calendar_digest: self.calendar_digest,
            calendar_text: self.calendar_text.clone(),
            clock: Arc::clone(&self.clock),
        }
    }

    /// Where it lies.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the installation's own scenarios.
    pub fn own_scenarios(&self) -> PathBuf {
        self.root.join("scenarios")
    }

    /// The folder of the installation's own mappings.
    pub fn own_mappings(&self) -> PathBuf {
        self.root.join("mappings")
    }

    /// Where spill files and half-written texts may lie; emptied by the sweep.
    pub(crate) fn tmp(&self) -> Result<PathBuf, EngineError> {
        let tmp = self.root.join("tmp");
        std::fs::create_dir_all(&tmp)
            .map_err(|source| EngineError::io(format!("Cannot make {}", tmp.display()), source))?;
        Ok(tmp)
    }

    /// The installation key.
    ///
    /// # Errors
    ///
    /// When it is missing, unreadable, or readable by others than its owner.
    pub fn key(&self) -> Result<InstallationKey, EngineError> {
        let path = self.root.join("keys/installation.key");
        only_for_its_owner(&path, "The installation key")?;
        let text = std::fs::read_to_string(&path)
            .map_err(|source| EngineError::io(format!("Cannot read the key {}", path.display()), source))?;
        let digest: Digest = text.trim().parse().map_err(|_| {
            EngineError::Asked(format!(
                "{} does not hold a key of 64 hexadecimal digits. Restore it from its backup.",
                path.display()
            ))
        })?;
        Ok(InstallationKey::new(*digest.as_bytes()))
    }

    /// Takes the folder for one writer; others wait, or are told [`EngineError::Busy`] when `wait` is false.
    ///
    /// # Errors
    ///
    /// [`EngineError::Busy`], or when the lock file cannot be made.
    pub fn lock(&self, wait: bool, on_wait: impl FnOnce(&str)) -> Result<FolderLock, EngineError> {
        let path = self.root.join("lock");
        let cannot = |source| EngineError::io(format!("Cannot lock {}", path.display()), source);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(std::fs::TryLockError::Error(source)) => return Err(cannot(source)),
            Err(std::fs::TryLockError::WouldBlock) => {
                let holder = std::fs::read_to_string(&path).unwrap_or_default().trim().to_owned();
                let holder = if holder.is_empty() { "it does not say who".to_owned() } else { holder };
                if !wait {
                    return Err(EngineError::Busy { holder });
                }
                on_wait(&holder);
                file.lock().map_err(cannot)?;
            }
        }
        file.set_len(0).map_err(cannot)?;
        writeln!(file, "process {} of {} since {}", std::process::id(), journal::os_user(), self.clock.stamp())
            .map_err(cannot)?;
        Ok(FolderLock { _file: file })
    }
}

/// The folder is this process's to change until it is dropped. The system frees it when the process is killed.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

/// The store that `settings` name: the folder `store/`, or a bucket.
fn objects_of(
    root: &Path,
    settings: &settings::Settings,
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<objects::Objects, EngineError> {
    let store = root.join("store");
    let Some(remote) = &settings.store else {
        let local = LocalFileSystem::new_with_prefix(&store)
            .map_err(|source| EngineError::store(format!("open {}", store.display()), source))?;
        return Ok(objects::Objects::new(Arc::new(local) as Arc<dyn ObjectStore>));
    };
    // Who names a bucket for a folder that already holds something would no longer see it.
    if std::fs::read_dir(&store).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(EngineError::Asked(format!(
            "haechi.toml names a bucket, and {} holds what was taken before. Copy all of it into the bucket, below the prefix, and move \
             the folder away; or take the [store] section out of haechi.toml.",
            store.display()
        )));
    }
    let (store, bucket) = bucket::Bucket::open(remote.access(root, environment)?, root.join("unfinished.json"))?;
    Ok(objects::Objects::in_bucket(store, bucket))
}

/// Refuses a file of a secret that others than its owner can read; `what` names it: `The installation key`.
fn only_for_its_owner(path: &Path, what: &str) -> Result<(), EngineError> {
    let metadata = std::fs::metadata(path)
        .map_err(|source| EngineError::io(format!("{what} {} cannot be read", path.display()), source))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = metadata.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(EngineError::Asked(format!(
                "{what} {} can be read by others (mode {:o}). Run `chmod 600` on it, and think of it as known.",
                path.display(),
                mode & 0o777
            )));
        }
    }
    let _ = metadata;
    Ok(())
}

/// Writes a new file that only its owner may read, by way of a neighbour, so that it is whole or absent.
fn write_private(path: &Path, bytes: &[u8]) -> Result<(), EngineError> {
    let cannot = |source| EngineError::io(format!("Cannot write {}", path.display()), source);
    let parent = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(cannot)?;
    file.write_all(bytes).map_err(cannot)?;
    file.as_file().sync_all().map_err(cannot)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(())
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> Result<(), EngineError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
        .map_err(|source| EngineError::io(format!("Cannot restrict {}", path.display()), source))
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _mode: u32) -> Result<(), EngineError> {
    Ok(())
}
