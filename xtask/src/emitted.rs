//! Clients that a command emits to build them: by `codegen`, as anybody would, in a process of its own.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where a model is.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// A file, a folder or an archive.
    pub(crate) path: PathBuf,
    /// The service, where it holds several.
    pub(crate) service: Option<String>,
    /// Whether operations that cannot be emitted are left out.
    pub(crate) skip_unsupported: bool,
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
        let output = command.current_dir(root).stdin(Stdio::null()).output();
        let output = output.map_err(|cause| format!("cannot run {}: {cause}", myself.display()))?;
        let refused = || String::from_utf8_lossy(&output.stderr).into_owned();
        Ok(if output.status.success() { Ok(()) } else { Err(refused()) })
    }
}
