//! How fast this machine compiles: something small is compiled once, and what that took is kept where cargo builds.

use std::fmt::Write;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::files;

/// What [`sample`] takes on the machine of the rates, in seconds of processor time.
const REFERENCE: f64 = 1.4;

/// How many structures the sample has.
const STRUCTURES: usize = 100;

/// How often it is compiled. The least counts: what else a machine does makes it slower only.
const RUNS: usize = 2;

/// How many times as long this machine takes as that of the rates, as it is kept in `folder`, or by compiling; `None` where
/// there is no compiler.
pub fn factor(folder: &Path) -> Option<f64> {
    let version = output(Command::new(rustc()).arg("-vV"))?;
    let place = folder.join("smithy-client").join("speed.json");
    let kept = files::text(&place).ok().and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
    let kept = kept.filter(|kept| kept["rustc"] == version).and_then(|kept| kept["seconds"].as_f64());
    let seconds = match kept {
        Some(seconds) => seconds,
        None => {
            let seconds = (0..RUNS).filter_map(|_| compiled()).reduce(f64::min)?;
            // Where nothing can be kept, it is compiled again.
            let _ = files::write_if_changed(&place, &json!({ "rustc": version, "seconds": seconds }).to_string());
            seconds
        }
    };
    Some(seconds / REFERENCE).filter(|factor| factor.is_finite() && *factor > 0.0)
}

/// Compiles the sample into a folder that goes, and gives what that took.
fn compiled() -> Option<f64> {
    let name = format!("smithy-client-speed-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).ok()?;
    let mut command = Command::new(rustc());
    command.args(["--crate-type", "lib", "--crate-name", "speed", "--edition", "2021", "-C", "debuginfo=2", "-"]);
    command.arg("--out-dir").arg(&folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let seconds = timed(&mut command, &sample());
    // What the system does not let go is small.
    let _ = fs::remove_dir_all(&folder);
    seconds
}

/// The processor time of a program that gets a text; where the system does not tell, how long it took.
fn timed(command: &mut Command, text: &str) -> Option<f64> {
    let (before, started) = (of_children(), Instant::now());
    let mut child = command.spawn().ok()?;
    let given = child.stdin.take().map(|mut stdin| stdin.write_all(text.as_bytes()));
    let status = child.wait().ok()?;
    let used = of_children().zip(before).map(|(after, before)| after.saturating_sub(before));
    let seconds = used.unwrap_or_else(|| started.elapsed()).as_secs_f64();
    (status.success() && matches!(given, Some(Ok(())))).then_some(seconds)
}

/// The processor time of the programs that this one has started and that have ended, as `proc(5)` says: the 16th and 17th
/// field of the line, in hundredths of a second. Only Linux tells.
fn of_children() -> Option<Duration> {
    let line = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = line.rsplit_once(')')?.1.split_ascii_whitespace().skip(13);
    let [user, system] = [fields.next()?.parse::<u64>().ok()?, fields.next()?.parse().ok()?];
    Some(Duration::from_millis(10 * (user + system)))
}

/// Rust as emitted crates have it, of the standard library alone.
fn sample() -> String {
    let mut text = String::new();
    for number in 0..STRUCTURES {
        let structure = format!(
            "#[derive(Clone, Debug, Default, PartialEq)]\npub struct S{number} {{ a: Option<String>, b: Option<Vec<i64>> }}\n\
             impl S{number} {{\n    pub fn a(mut self, a: impl Into<String>) -> Self {{ self.a = Some(a.into()); self }}\n    \
             pub fn b(&self) -> &[i64] {{ self.b.as_deref().unwrap_or_default() }}\n}}\n\
             pub fn f{number}(text: &str) -> Option<S{number}> {{\n    let mut s = S{number}::default().a(text);\n    \
             s.b = text.split(' ').map(|word| word.parse().ok()).collect();\n    (s.b().len() > {number}).then_some(s)\n}}\n"
        );
        // Writing to a String cannot fail.
        let _ = text.write_str(&structure);
    }
    text
}

fn rustc() -> std::ffi::OsString {
    std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::factor;

    #[test]
    fn what_was_measured_is_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = factor(folder.path()).expect("there is a compiler");
        assert!(first > 0.0);
        let kept = std::fs::read_to_string(folder.path().join("smithy-client/speed.json")).expect("it was kept");
        assert!(kept.contains("\"seconds\""), "{kept}");
        assert_eq!(factor(folder.path()), Some(first));
    }
}
