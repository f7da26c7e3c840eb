//! Clients that a command emits to build them: by `codegen`, as anybody would, in a process of its own. And the programs
//! that call them, each with its client in a workspace of its own.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_smithy_client::files;

/// Where a model is.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// A file, a folder or an archive.
    pub(crate) path: PathBuf,
    /// The service, where it holds several.
    pub(crate) service: Option<String>,
    /// Whether operations that cannot be emitted are left out.
    pub(crate) skip_unsupported: bool,
    /// The operations that the client has, with commas between them, whatever it had before; `None` for all.
    pub(crate) operations: Option<String>,
}

impl Model {
    /// Emits its client as the package `name` into the directory `out`; within, what was said where it is refused.
    ///
    /// # Errors
    ///
    /// A sentence: this program cannot be run.
    pub(crate) fn emit(&self, root: &Path, name: &str, out: &Path) -> Result<Result<(), String>, String> {
        let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
        let path =
            std::path::absolute(&self.path).map_err(|cause| format!("cannot find {}: {cause}", self.path.display()))?;
        let mut command = Command::new(&myself);
        command.arg("codegen").arg("--model").arg(path).args(["--crate-name", name, "--out"]).arg(out);
        if let Some(service) = &self.service {
            command.args(["--service", service]);
        }
        if self.skip_unsupported {
            command.arg("--skip-unsupported");
        }
        if let Some(operations) = &self.operations {
            command.args(["--operations", operations, "--replace"]);
        }
        let output = command.current_dir(root).stdin(Stdio::null()).output();
        let output = output.map_err(|cause| format!("cannot run {}: {cause}", myself.display()))?;
        let refused = || String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(if output.status.success() { Ok(()) } else { Err(refused()) })
    }
}

/// Gives a crate or a workspace the versions that the repository has locked.
///
/// # Errors
///
/// A sentence: a file cannot be read or written.
pub(crate) fn lock(root: &Path, directory: &Path) -> Result<(), String> {
    let locked = root.join("Cargo.lock");
    let locked = fs::read_to_string(&locked).map_err(|cause| format!("cannot read {}: {cause}", locked.display()))?;
    files::write_if_changed(&directory.join("Cargo.lock"), &locked)
}

/// Writes the workspace of a program, whose client stands alone in its folder `client`: the manifest, with the source of
/// the program relative to it and these lines of dependencies, and the lock.
///
/// # Errors
///
/// A sentence: a file cannot be read or written.
pub(crate) fn write_program(
    root: &Path,
    directory: &Path,
    name: &str,
    source: &str,
    dependencies: &str,
) -> Result<(), String> {
    lock(root, directory)?;
    let manifest = format!(
        "\
[package]
name = \"{name}\"
version = \"0.0.0\"
edition = \"2024\"
publish = false

[workspace]
resolver = \"3\"
exclude = [\"client\"]

[[bin]]
name = \"{name}\"
path = \"{source}\"

[dependencies]
{dependencies}"
    );
    files::write_if_changed(&directory.join("Cargo.toml"), &manifest)
}
