//! Processor time of child processes.

use std::fs;

/// Ticks per second in which Linux tells processor time to programs, whatever the kernel's own clock.
const TICKS_PER_SECOND: f64 = 100.0;

/// Seconds of processor time that the ended children of this process have used, and their children, user and system.
///
/// `None` on systems that do not tell in `/proc`. The unit of the system is a hundredth of a second.
pub(super) fn of_children() -> Option<f64> {
    parse(&fs::read_to_string("/proc/self/stat").ok()?)
}

/// Reads the times of children out of a line of `/proc/PID/stat`.
fn parse(line: &str) -> Option<f64> {
    // The name of the program is in parentheses and may hold spaces and parentheses of its own.
    let fields = line.rsplit_once(')')?.1;
    let mut times = fields.split_ascii_whitespace().skip(13);
    let user: f64 = times.next()?.parse().ok()?;
    let system: f64 = times.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn times_of_children_are_the_16th_and_17th_field_of_the_line() {
        let line = "42 (a name) with) R 1 2 3 4 5 6 7 8 9 10 100 200 1250 250 20 0 1 0";
        assert_eq!(parse(line), Some(15.0));
    }

    #[test]
    fn a_line_of_another_form_is_no_time() {
        for line in ["", "42 (cut) R 1 2", "42 (x) R 1 2 3 4 5 6 7 8 9 10 100 200 a b"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
