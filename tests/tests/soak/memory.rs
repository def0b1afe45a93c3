//! How much memory the process has.

/// How much more there may be at the end than after the warm-up: a tenth, and what the allocator keeps for itself.
const TENTH: u64 = 10;
const KEPT: u64 = 4 * 1024;

/// The resident set in KiB, where the system says so.
pub(crate) fn resident() -> Option<u64> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = pages.split(' ').nth(1)?.parse().ok()?;
    // The size of a page in the same words: no page is of another size there.
    let sizes = std::fs::read_to_string("/proc/self/smaps").ok()?;
    let size = sizes.lines().find_map(|line| line.strip_prefix("MMUPageSize:"))?;
    let size: u64 = size.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(pages * size)
}

/// Whether memory is flat between two times.
pub(crate) fn is_flat(warm: u64, end: u64) -> bool {
    end <= warm + warm / TENTH + KEPT
}
