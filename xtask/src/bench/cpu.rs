//! Processor time of child processes.

use process_usage::processor_time_of_children;

/// Seconds of processor time that the ended children of this process have used, and their children, user and system.
///
/// `None` on systems that do not tell. It is exact to a hundredth of a second.
pub(crate) fn of_children() -> Option<f64> {
    processor_time_of_children().map(|time| time.as_secs_f64())
}
