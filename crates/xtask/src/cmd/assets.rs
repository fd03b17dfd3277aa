//! `cargo x assets`: the look of the office, which the build puts into the program.

use std::hash::{DefaultHasher, Hasher as _};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, workspace};

/// Make the office's style sheet, scripts, letters and icons; only where something they are made of has changed
#[derive(clap::Args, Default)]
pub(crate) struct Assets {
    /// Make them though nothing has changed
    #[arg(long)]
    force: bool,
}

/// What they are made of, in `web/office`.
const MADE_OF: [&str; 6] = ["package.json", "package-lock.json", "build.mjs", "mark.svg", "style", "script"];
/// What they were made of when they were made last.
const STAMP: &str = "dist/stamp";
/// Which packages lie in `node_modules`.
const PACKAGES: &str = "node_modules/.haechi-packages";

impl Assets {
    pub(crate) fn run(self) -> Result<()> {
        let folder = workspace::root().join("web/office");
        let stamp = digest(&folder, &MADE_OF)?;
        if !self.force && is(&folder.join(STAMP), &stamp) && folder.join("dist/files.txt").is_file() {
            return Ok(());
        }
        if !process::is_there("node") || !process::is_there("npm") {
            bail!(
                "the look of the office is made with node and npm: install them (Debian: `apt-get install nodejs npm`)"
            );
        }
        let packages = digest(&folder, &["package-lock.json"])?;
        if !is(&folder.join(PACKAGES), &packages) {
            let mut npm = Command::new("npm");
            npm.current_dir(&folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
            process::run(&mut npm)?;
            std::fs::write(folder.join(PACKAGES), packages).context("node_modules cannot be written")?;
        }
        process::run(Command::new("node").arg("build.mjs").current_dir(&folder))?;
        std::fs::write(folder.join(STAMP), stamp).context("web/office/dist cannot be written")
    }
}

/// Makes them where that is possible; says what a program that is built without them is like where it is not.
pub(crate) fn made_or_told() {
    if let Err(error) = Assets::default().run() {
        println!("{error:#}\nPages will be plain: the office is built without its look, and does the same.");
    }
}

fn is(file: &Path, stamp: &str) -> bool {
    std::fs::read_to_string(file).is_ok_and(|kept| kept == stamp)
}

/// A digest of files and folders of files: changes with a name or a byte. Kept on this machine alone.
fn digest(folder: &Path, names: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    for name in names {
        if folder.join(name).is_dir() {
            workspace::walk(folder, name, &mut files)?;
        } else {
            files.push((*name).to_owned());
        }
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        let bytes = std::fs::read(folder.join(&file)).with_context(|| format!("cannot read web/office/{file}"))?;
        for part in [file.as_bytes(), &bytes] {
            hasher.write_usize(part.len());
            hasher.write(part);
        }
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_changes_with_every_name_and_byte() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("style")).unwrap();
        write("style/a.css", "a");
        write("one", "1");
        let before = digest(folder.path(), &["one", "style"]).unwrap();
        assert_eq!(digest(folder.path(), &["style", "one"]).unwrap(), before);
        write("style/a.css", "b");
        let after = digest(folder.path(), &["one", "style"]).unwrap();
        assert_ne!(after, before);
        std::fs::rename(folder.path().join("style/a.css"), folder.path().join("style/b.css")).unwrap();
        assert_ne!(digest(folder.path(), &["one", "style"]).unwrap(), after);
    }
}
