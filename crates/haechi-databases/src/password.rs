//! Passwords: from the environment or from a file that nobody else can read, never from an address.

use std::fmt;
use std::path::Path;

use haechi_formats::fault::Fault;

use crate::addresses::FILE;

/// A password. Never printed.
#[derive(Clone)]
pub(crate) struct Password(String);

impl Password {
    pub(crate) const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for the log-in alone.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// The password in the file at `path`, of the database `name`: its text without the line's end.
///
/// # Errors
///
/// `database-password-file`: it is not there, is empty, is another user's, or others may read it.
pub(crate) fn of_file(name: &str, path: &Path) -> Result<Password, Fault> {
    let fault = |what: String, help: &str| {
        let what = format!("The password file {} {what}.", path.display());
        Fault::new("database-password-file", FILE, what, help).in_column(format!("database.{name}.password_file"))
    };
    let unreadable = |error: std::io::Error| fault(format!("cannot be read: {error}"), "Check the path and its mode.");
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let mode = meta.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            let help = "Run `chmod 600` on it, and change the password, which others may know.";
            return Err(fault(format!("can be read by others (mode {mode:o})"), help));
        }
        // A file of our own says who we are, on every kind of Unix.
        let ours = tempfile::tempfile().and_then(|file| file.metadata()).map_err(unreadable)?;
        if meta.uid() != ours.uid() {
            return Err(fault("belongs to another user".to_owned(), "Give it to the user who runs haechi."));
        }
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    match text.trim_end_matches(['\r', '\n']) {
        "" => Err(fault("is empty".to_owned(), "Write the password into it, one line.")),
        password => Ok(Password::new(password.to_owned())),
    }
}
