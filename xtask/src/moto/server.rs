//! moto's server, a process of Python.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What `python` lacks to run moto's server, for a person; `None` where it has everything.
pub(super) fn lacking(python: &Path) -> Option<String> {
    let asked = Command::new(python).args(["-c", "import moto.server"]).stdin(Stdio::null()).output();
    let Ok(answer) = asked else { return Some(format!("not found: {}", python.display())) };
    if answer.status.success() {
        return None;
    }
    let said = String::from_utf8_lossy(&answer.stderr);
    let last = said.trim_end().lines().last().unwrap_or("it does not import moto.server");
    Some(format!("{} has no moto server: {last}", python.display()))
}

/// Where the botocore that `python` has keeps its models; `None` where it has none.
pub(super) fn botocore(python: &Path) -> Option<PathBuf> {
    let question = "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";
    let answer =
        Command::new(python).args(["-c", question]).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    answer.status.success().then(|| PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()))
}

/// A running server; it ends when dropped.
#[derive(Debug)]
pub(super) struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the server that `script` makes, which says its URL on the first line and ends with its standard input.
    ///
    /// # Errors
    ///
    /// When Python does not start, or the script ends before it says a URL.
    pub(super) fn start(python: &Path, script: &Path) -> Result<Self, String> {
        let mut process = Command::new(python)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|cause| format!("cannot start {}: {cause}", python.display()))?;
        let mut url = String::new();
        let read = process.stdout.take().map(|stdout| BufReader::new(stdout).read_line(&mut url));
        let server = Self { process, url: url.trim().to_owned() };
        match read {
            Some(Ok(_)) if server.url.starts_with("http://") => Ok(server),
            _ => Err(format!("{} says no URL", script.display())),
        }
    }

    /// Where it listens.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to finish, and is gone already where that fails.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
