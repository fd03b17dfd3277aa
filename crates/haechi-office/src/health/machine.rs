//! What the machine says of itself.

use std::path::Path;

/// Free and all bytes of the disk on which `path` lies, for who is no superuser; none where the system does not say.
pub(super) fn disk(path: &Path) -> Option<(u64, u64)> {
    // The folder may not be there yet; its disk is that of the folder above.
    let there = path.ancestors().find(|folder| folder.exists()).unwrap_or(Path::new("."));
    let of = rustix::fs::statvfs(there).ok()?;
    Some((of.f_bavail.saturating_mul(of.f_frsize), of.f_blocks.saturating_mul(of.f_frsize)))
}

/// Bytes of memory that this process holds; none where the system does not say.
pub(super) fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}
