//! Folders in which these tests run Cargo.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_smithy_client::runtime;

/// Folder of the runtime's copy.
pub(crate) const RUNTIME: &str = runtime::PACKAGE;

/// A folder that is empty in the beginning, and the same in each run: what Cargo has compiled there it finds again.
pub(crate) struct Scratch {
    folder: PathBuf,
}

impl Scratch {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("it is writable");
        }
        Self { folder }
    }

    /// Writes a file, and the folders it stands in.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it is writable");
        fs::write(path, text).expect("it is writable");
    }

    /// Writes the copy of the runtime.
    pub(crate) fn runtime(&self) {
        for (path, text) in runtime::files().expect("the manifest is as expected") {
            self.write(&format!("{RUNTIME}/{path}"), &text);
        }
    }

    /// Gives a package the versions that the repository has locked: they are at hand without a network.
    pub(crate) fn lock(&self, package: &str) {
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
        self.write(&format!("{package}/Cargo.lock"), &fs::read_to_string(lock).expect("there is a lock file"));
    }

    /// Runs Cargo in a folder, without network: whether it succeeded, and what it said.
    pub(crate) fn cargo(&self, package: &str, arguments: &[&str]) -> (bool, String) {
        let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(arguments).args(["--offline", "--color", "never"]).current_dir(self.folder.join(package));
        cargo.env("CARGO_TARGET_DIR", own.parent().unwrap_or(own));
        let run = cargo.output().expect("cargo runs");
        (run.status.success(), String::from_utf8_lossy(&run.stderr).into_owned())
    }
}
