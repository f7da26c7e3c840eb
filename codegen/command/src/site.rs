//! A workspace with its clients: the manifest, the lock, and the folder of what is emitted.

use std::io;
use std::path::{Path, PathBuf};

use crate::emission::resolve;
use crate::files::{self, Limits};
use crate::lock::{LOCK, Lock};
use crate::manifest::{MANIFEST, Manifest};
use crate::workspace::Workspace;
use crate::write::Edit;

/// A file of text, and what it says.
#[derive(Clone, Debug)]
pub struct Kept<T> {
    /// Where it is.
    pub path: PathBuf,
    /// Its text; `None` where there is no such file.
    pub text: Option<String>,
    /// What it says, or what holds without it.
    pub content: T,
}

impl<T> Kept<T> {
    /// What makes the file have another text; nothing if it has that.
    pub fn edit(&self, new: String) -> Option<Edit> {
        (self.text.as_ref() != Some(&new)).then(|| Edit { path: self.path.clone(), old: self.text.clone(), new })
    }
}

impl<T: Default> Kept<T> {
    fn read(path: PathBuf, meaning: impl Fn(&str) -> Result<T, String>) -> Result<Self, String> {
        let failed = |reason: &str| format!("cannot read {}: {reason}", path.display());
        match files::text(&path) {
            Ok(text) => {
                let content = meaning(&text).map_err(|reason| failed(&reason))?;
                Ok(Self { path, text: Some(text), content })
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                Ok(Self { path, text: None, content: T::default() })
            }
            Err(cause) => Err(failed(&cause.to_string())),
        }
    }
}

/// A workspace with its clients.
#[derive(Clone, Debug)]
pub struct Site {
    /// The workspace.
    pub workspace: Workspace,
    /// `smithy-client.toml`.
    pub manifest: Kept<Manifest>,
    /// `smithy-client.lock`.
    pub lock: Kept<Lock>,
    /// The folder of the clients, without symbolic links.
    pub directory: PathBuf,
    /// How much of a model is read.
    pub limits: Limits,
}

impl Site {
    /// Reads what is there. A workspace without clients is one whose files are to come, in this `directory` if it is named.
    ///
    /// # Errors
    ///
    /// A sentence on a file that cannot be read, or on clients that are in another directory already.
    pub fn open(workspace: Workspace, directory: Option<&str>, limits: Limits) -> Result<Self, String> {
        let mut manifest = Kept::read(workspace.root.join(MANIFEST), Manifest::read)?;
        if let Some(directory) = directory.filter(|directory| *directory != manifest.content.directory) {
            if !manifest.content.clients.is_empty() {
                let held = &manifest.content.directory;
                return Err(format!("the clients of this workspace are in {held}"));
            }
            manifest.content.directory = directory.to_owned();
            manifest.content.check()?;
        }
        let lock = Kept::read(workspace.root.join(LOCK), Lock::read)?;
        let directory = resolve(&workspace.root.join(&manifest.content.directory))?;
        if !directory.starts_with(&workspace.root) {
            return Err(format!("{} is not below {}", directory.display(), workspace.root.display()));
        }
        Ok(Self { workspace, manifest, lock, directory, limits })
    }

    /// Whether there is nothing of this command's.
    pub fn is_empty(&self) -> bool {
        self.manifest.text.is_none() && self.lock.text.is_none()
    }

    /// Where a client is.
    pub fn crate_directory(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// A place of the workspace as a person names it, relative to its root.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.workspace.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}
