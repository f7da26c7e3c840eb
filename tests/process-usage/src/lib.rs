//! What a process has used of processor and memory, for tests and measurements.
//!
//! Linux tells it in `/proc`, as the manual page `proc(5)` says. Where the system does not tell, everything is `None`.

use std::fs;
use std::time::Duration;

/// What Linux counts processor time in when it tells programs of it, whatever the kernel's own clock.
const TICK: Duration = Duration::from_millis(10);

/// The processor time of this process so far, user and system, its threads included; exact to a hundredth of a second.
pub fn processor_time() -> Option<Duration> {
    times(&stat()?, 11)
}

/// The processor time, user and system, of the children of this process that have ended, and of their children.
pub fn processor_time_of_children() -> Option<Duration> {
    times(&stat()?, 13)
}

/// Bytes of memory that this process has in use now: what is resident.
pub fn memory() -> Option<u64> {
    bytes(&status()?, "VmRSS:")
}

/// The most bytes of memory that this process has had in use at one time.
pub fn peak_memory() -> Option<u64> {
    bytes(&status()?, "VmHWM:")
}

/// The most bytes of memory that another process, by its id, has had in use at one time; `None` once it has ended.
pub fn peak_memory_of(process: u32) -> Option<u64> {
    bytes(&fs::read_to_string(format!("/proc/{process}/status")).ok()?, "VmHWM:")
}

fn stat() -> Option<String> {
    fs::read_to_string("/proc/self/stat").ok()
}

fn status() -> Option<String> {
    fs::read_to_string("/proc/self/status").ok()
}

/// Two times, user and system, out of a line of `/proc/PID/stat`, from the field at `position` behind the program's name on.
fn times(line: &str, position: usize) -> Option<Duration> {
    // The name of the program is in parentheses and may hold spaces and parentheses of its own.
    let mut fields = line.rsplit_once(')')?.1.split_ascii_whitespace().skip(position);
    let [user, system] = [fields.next()?.parse::<u32>().ok()?, fields.next()?.parse().ok()?];
    Some(TICK.checked_mul(user)? + TICK.checked_mul(system)?)
}

/// An amount of memory out of the lines of `/proc/PID/status`, which counts in units of 1024 bytes.
fn bytes(lines: &str, name: &str) -> Option<u64> {
    let amount = lines.lines().find_map(|line| line.strip_prefix(name))?;
    amount.trim().strip_suffix(" kB")?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn times_are_the_14th_to_17th_field_of_the_line() {
        let line = "42 (a name) with) R 1 2 3 4 5 6 7 8 9 10 100 200 1250 250 20 0 1 0";
        assert_eq!(times(line, 11), Some(Duration::from_secs(3)));
        assert_eq!(times(line, 13), Some(Duration::from_secs(15)));
    }

    #[test]
    fn a_line_of_another_form_is_no_time() {
        for line in ["", "42 (cut) R 1 2", "42 (x) R 1 2 3 4 5 6 7 8 9 10 100 200 a b"] {
            assert_eq!(times(line, 13), None, "{line}");
        }
    }

    #[test]
    fn memory_is_told_in_bytes() {
        let lines = "Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t many kB\n";
        assert_eq!(bytes(lines, "VmHWM:"), Some(2048 * 1024));
        assert_eq!(bytes(lines, "VmRSS:"), None);
        assert_eq!(bytes(lines, "VmSwap:"), None);
    }

    #[test]
    fn a_process_that_works_uses_time_and_memory() {
        let Some(before) = processor_time() else { return println!("skipped: not found: /proc/self/stat") };
        let start = Instant::now();
        while processor_time() == Some(before) && start.elapsed() < Duration::from_secs(10) {}
        assert!(processor_time() > Some(before));
        assert!(processor_time_of_children().is_some());
        assert!(memory() > Some(0) && peak_memory() > Some(0));
        assert!(peak_memory_of(std::process::id()) > Some(0));
    }
}
