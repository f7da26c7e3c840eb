//! A workspace with its clients: the manifest, the lock, and the folder of what is emitted.

use std::io;
use std::path::{Path, PathBuf};

use crate::emission::resolve;
use crate::files::{self, Limits};
use crate::http_client;
use crate::lock::{LOCK, Lock, Original};
use crate::manifest::{MANIFEST, Manifest};
use crate::runtime::PACKAGE;
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
    /// The folder that they are in, where the manifest has come to name another one.
    pub former: Option<PathBuf>,
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
        let below = |folder: &str| {
            let directory = resolve(&workspace.root.join(folder))?;
            match directory.starts_with(&workspace.root) {
                true => Ok(directory),
                false => Err(format!("{} is not below {}", directory.display(), workspace.root.display())),
            }
        };
        let directory = below(&manifest.content.directory)?;
        let is_moved = !lock.content.clients.is_empty() && lock.content.directory != manifest.content.directory;
        let former = if is_moved { Some(below(&lock.content.directory)?) } else { None };
        Ok(Self { workspace, manifest, lock, directory, former, limits })
    }

    /// That the clients are where the manifest has them, which only `sync` brings about where it was changed, and that nobody
    /// else is there.
    ///
    /// # Errors
    ///
    /// A sentence: they are elsewhere, or as [`Self::check`].
    pub fn settled(&self) -> Result<(), String> {
        let Some(former) = &self.former else { return self.check() };
        let (former, directory) = (self.shown(former), self.shown(&self.directory));
        Err(format!(
            "the clients are in {former} yet, and smithy-client.toml has them in {directory}\n  hint: move them first: \
             cargo smithy-client sync"
        ))
    }

    /// That the clients can be in the workspace with its packages: cargo takes no two packages of one name that are both from
    /// folders, and the folder of the clients is kept out of the workspace.
    ///
    /// # Errors
    ///
    /// A sentence: a client has the name of a package, or a package is in the folder, or the folder is somebody else's.
    pub fn check(&self) -> Result<(), String> {
        if let Some(whose) = self.other_owner() {
            return Err(format!(
                "{} {whose}\n  hint: let the clients have a folder of their own, as this line of smithy-client.toml says: \
                 directory = \"clients\"",
                self.shown(&self.directory)
            ));
        }
        let clients = &self.manifest.content.clients;
        for member in &self.workspace.members {
            let shown = self.shown(&member.manifest);
            if let Some((name, _)) = clients.iter().find(|(name, client)| client.package(name) == member.name) {
                let other = self.other_package(&member.name).unwrap_or_default();
                return Err(format!(
                    "the client {name} would be the package {}, and {shown} is that already\n  hint: give it another name in \
                     smithy-client.toml: package = \"{other}\"",
                    member.name
                ));
            }
            let own = member.directory().strip_prefix(&self.directory).ok().and_then(Path::to_str);
            if own.is_some_and(|own| ![PACKAGE, http_client::PACKAGE].contains(&own) && !clients.contains_key(own)) {
                let directory = self.shown(&self.directory);
                return Err(format!(
                    "{directory} has a package of the workspace, {shown}, and would be kept out of that\n  hint: let the \
                     clients have a folder of their own, as this line of smithy-client.toml says: directory = \
                     \"{directory}-aws\""
                ));
            }
        }
        Ok(())
    }

    /// Whose the folder of the clients is, if it is not theirs, as a phrase.
    fn other_owner(&self) -> Option<&'static str> {
        let Self { workspace, directory, .. } = self;
        let below = directory.strip_prefix(&workspace.root).unwrap_or(directory);
        if directory.starts_with(&workspace.target) {
            return Some("is where cargo builds, and is emptied by cargo clean");
        }
        if below.components().any(|part| part.as_os_str() == ".git") {
            return Some("is git's");
        }
        // Nothing in the folder of the clients is read as a part of the program.
        let mut entries = std::fs::read_dir(directory).into_iter().flatten().flatten();
        let is_source = |path: PathBuf| path.extension().is_some_and(|extension| extension == "rs") && path.is_file();
        entries.any(|entry| is_source(entry.path())).then_some("has sources of the program")
    }

    /// What the package of a client is called where its name is that of another package already: Cargo takes no two of one
    /// name that are both from folders. `None` where the name is free.
    pub fn other_package(&self, name: &str) -> Option<String> {
        let clients = &self.manifest.content.clients;
        let is_taken = |package: &str| {
            self.workspace.members.iter().any(|member| member.name == package)
                || clients.iter().any(|(other, client)| other != name && client.package(other) == package)
        };
        let others = (1..).map(|number| match number {
            1 => format!("{name}-client"),
            more => format!("{name}-client-{more}"),
        });
        is_taken(name).then(|| others.into_iter().find(|other| !is_taken(other)).unwrap_or_default())
    }

    /// Whether there is nothing of this command's.
    pub fn is_empty(&self) -> bool {
        self.manifest.text.is_none() && self.lock.text.is_none()
    }

    /// Whether a client takes the place of this package of the registry, and is called as that.
    pub fn is_patched(&self, package: &str) -> bool {
        self.manifest.content.clients.get(package).is_some_and(|client| client.patch.is_some())
    }

    /// Where a client is, or has to be.
    pub fn crate_directory(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// The dependencies that a client took the place of.
    pub fn originals(&self, name: &str) -> &[Original] {
        self.lock.content.clients.get(name).map_or(&[], |locked| &locked.replaced)
    }

    /// A place of the workspace as a person names it, relative to its root.
    pub fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.workspace.root).unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}
