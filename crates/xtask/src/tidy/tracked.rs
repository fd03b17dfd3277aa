//! What may lie in the repository at all.

use std::path::Path;

use anyhow::{Context, Result};

use super::Report;

/// No file is larger, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// Where pictures may be larger.
const PICTURES: &str = "docs/screens/";

/// Places of one person's machine.
const MACHINE: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/tm", "p/t-")];

/// Hosts of package registries: where packages come from is cargo's and npm's business, and differs by site.
const HOSTS: [&str; 7] = [
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("registry.npmjs", ".org"),
    concat!("registry.yarnpkg", ".com"),
    concat!("files.pythonhosted", ".org"),
    concat!("pypi", ".org"),
    concat!("proxy.golang", ".org"),
];

pub(super) fn check(root: &Path, file: &str, report: &mut Report) -> Result<()> {
    let path = root.join(file);
    let size = std::fs::metadata(&path).with_context(|| format!("cannot read {file}"))?.len();
    if size > LARGEST && !file.starts_with(PICTURES) {
        report.error(file, format!("{size} bytes; nothing over 1 MiB is kept here but pictures in {PICTURES}"));
        return Ok(());
    }
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {file}"))?;
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(()) };
    for (number, line) in text.lines().enumerate() {
        for machine in MACHINE.iter().filter(|machine| names_place(line, machine)) {
            report.error(format!("{file}:{}", number + 1), format!("`{machine}` is a place on one machine"));
        }
        for host in HOSTS.iter().filter(|host| line.contains(**host)) {
            report.error(format!("{file}:{}", number + 1), format!("`{host}` is a registry's host"));
        }
    }
    Ok(())
}

/// Whether `place` stands there as an absolute path, not as a part of another (`docs/home/`).
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        !line[..at]
            .chars()
            .next_back()
            .is_some_and(|before| before.is_alphanumeric() || matches!(before, '.' | '_' | '-' | '}' | '~'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absolute_path_is_a_place_and_a_part_of_another_is_not() {
        let root = concat!("/ro", "ot/");
        assert!(names_place(&format!("see {root}x"), root));
        assert!(names_place(&format!("\"{root}x\""), root));
        assert!(!names_place(&format!("sysroot{root}x"), root));
    }
}
