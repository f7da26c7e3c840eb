//! The most memory that a child process has in use, which is looked at while it runs.

use std::io;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use process_usage::peak_memory_of;

use super::source::number;

/// How long nobody looks. The system keeps the most that there was so far, so only what comes after the last look is missed.
const INTERVAL: Duration = Duration::from_millis(20);

/// Waits for a process; its status, and the most bytes that it had in use.
///
/// # Errors
///
/// That it cannot be waited for.
pub(super) fn wait(mut child: Child) -> io::Result<(ExitStatus, Option<f64>)> {
    let process = child.id();
    let has_ended = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut most = None;
            while !has_ended.load(Ordering::Acquire) {
                most = peak_memory_of(process).or(most);
                thread::park_timeout(INTERVAL);
            }
            most
        });
        let status = child.wait();
        has_ended.store(true, Ordering::Release);
        watcher.thread().unpark();
        let most = watcher.join().ok().flatten();
        Ok((status?, most.map(|most| number(usize::try_from(most).unwrap_or(usize::MAX)))))
    })
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::wait;

    #[test]
    fn the_peak_and_the_status_of_a_child_are_known() {
        let shell = || Command::new("sh").args(["-c", "read x; exit 3"]).stdin(Stdio::piped()).spawn();
        let Ok(mut child) = shell() else { return println!("skipped: not found: sh") };
        let input = child.stdin.take();
        let closing = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(200));
            drop(input);
        });
        let (status, peak) = wait(child).expect("it can be waited for");
        closing.join().expect("it ends");
        assert_eq!(status.code(), Some(3));
        assert!(!cfg!(target_os = "linux") || peak > Some(0.0), "{peak:?}");
    }
}
