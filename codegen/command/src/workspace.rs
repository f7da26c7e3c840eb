//! The workspace of a user: which packages it has, and which of them a command is about.
//!
//! Cargo itself is asked, as nobody else knows how it finds a workspace. It is asked for the members alone, so that it
//! resolves nothing, needs no network, and takes some thirty milliseconds; clients that are not there yet do no harm.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use smithy_client_codegen::visible;

use crate::paths::resolve;

/// How many members a message names.
const SHOWN: usize = 20;

/// A workspace, or a package that is none of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// The directory of the root manifest, without symbolic links.
    pub root: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// The packages, in the order of their manifests.
    pub members: Vec<Member>,
}

/// A package of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Name of the package.
    pub name: String,
    /// Its `Cargo.toml`, in a directory without symbolic links.
    pub manifest: PathBuf,
}

impl Member {
    /// The directory of its manifest.
    pub fn directory(&self) -> &Path {
        self.manifest.parent().unwrap_or(&self.manifest)
    }
}

/// What cargo says of a workspace.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: PathBuf,
    target_directory: PathBuf,
}

/// What cargo says of a package.
#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
}

impl Workspace {
    /// The workspace of a manifest, or of the current directory, as cargo finds it.
    ///
    /// # Errors
    ///
    /// A sentence: there is none, or what cargo says is wrong with it.
    pub fn find(manifest: Option<&Path>) -> Result<Self, String> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(cargo);
        command.args(["metadata", "--no-deps", "--offline", "--quiet", "--format-version", "1"]);
        if let Some(manifest) = manifest {
            command.arg("--manifest-path").arg(manifest);
        }
        let output = command.stdin(Stdio::null()).output();
        let output = output.map_err(|cause| format!("cannot run cargo, which finds the workspace: {cause}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.trim();
            return Err(said.strip_prefix("error: ").unwrap_or(said).to_owned());
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .map_err(|cause| format!("cannot read what cargo says of the workspace: {cause}"))?;
        Self::of(metadata)
    }

    fn of(metadata: Metadata) -> Result<Self, String> {
        let real = |path: &Path| resolve(path).map_err(|cause| format!("cannot use {}: {cause}", path.display()));
        // A manifest that is a link is about the directory that it stands in.
        let manifest = |path: &Path| {
            let (Some(above), Some(name)) = (path.parent(), path.file_name()) else { return real(path) };
            Ok(real(above)?.join(name))
        };
        let member = |package: Package| Ok(Member { name: package.name, manifest: manifest(&package.manifest_path)? });
        let mut members = metadata.packages.into_iter().map(member).collect::<Result<Vec<Member>, String>>()?;
        members.sort_by(|one, other| one.manifest.cmp(&other.manifest));
        Ok(Self { root: real(&metadata.workspace_root)?, target: real(&metadata.target_directory)?, members })
    }

    /// The manifest of the workspace, which is also that of a package, or of none.
    pub fn manifest(&self) -> PathBuf {
        self.root.join("Cargo.toml")
    }

    /// The package that is named; without a name that of the directory, or the only one.
    ///
    /// # Errors
    ///
    /// A sentence: there is no such package, or several of which one has to be named.
    pub fn member(&self, name: Option<&str>, directory: &Path) -> Result<&Member, String> {
        if let Some(name) = name {
            let found = self.members.iter().find(|member| member.name == name);
            return found.ok_or_else(|| {
                format!("there is no package {} here; there are: {}", visible::line(name), self.names())
            });
        }
        let around = |member: &&Member| directory.starts_with(member.directory());
        let nearest = self.members.iter().filter(around).max_by_key(|member| member.directory().components().count());
        match (nearest, self.members.as_slice()) {
            (Some(member), _) | (None, [member]) => Ok(member),
            (None, []) => Err(format!("the workspace {} has no package", self.root.display())),
            (None, _) => Err(format!("say which package depends on it with --package: {}", self.names())),
        }
    }

    /// The names of all members.
    pub fn member_names(&self) -> BTreeSet<&str> {
        self.members.iter().map(|member| member.name.as_str()).collect()
    }

    /// The names of the members, as many as one reads.
    fn names(&self) -> String {
        let mut names: Vec<&str> = self.members.iter().map(|member| member.name.as_str()).collect();
        names.sort_unstable();
        let more = names.len().saturating_sub(SHOWN);
        let shown = names.into_iter().take(SHOWN).map(visible::line).collect::<Vec<_>>().join(", ");
        if more == 0 { shown } else { format!("{shown} and {more} more") }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::Workspace;

    /// A workspace of these packages, by their directories; that of `.` beside the table, if it is one of them.
    fn workspace(packages: &[&str]) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().expect("a folder");
        let mut root =
            "[workspace]\nmembers = [\"*\"]\nexclude = [\"target\", \"clients\"]\nresolver = \"3\"\n".to_owned();
        for package in packages {
            let name = if *package == "." { "root" } else { package };
            let manifest = format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n");
            let sources = folder.path().join(package).join("src");
            fs::create_dir_all(&sources).expect("it is ours");
            fs::write(sources.join("lib.rs"), "").expect("it is ours");
            match *package {
                "." => root += &manifest,
                _ => fs::write(folder.path().join(package).join("Cargo.toml"), manifest).expect("it is ours"),
            }
        }
        // A root without other packages has no members to match, which is no error for a pattern.
        fs::write(folder.path().join("Cargo.toml"), root).expect("it is ours");
        let found = Workspace::find(Some(&folder.path().join("Cargo.toml"))).expect("it is a workspace");
        (folder, found)
    }

    #[test]
    fn a_package_is_the_nearest_around_a_directory() {
        let (folder, workspace) = workspace(&["a", "b"]);
        let root = folder.path().canonicalize().expect("it is there");
        assert_eq!(workspace.root, root);
        let of = |directory: &str| workspace.member(None, &root.join(directory)).map(|member| member.name.as_str());
        assert_eq!(of("a/src"), Ok("a"));
        assert_eq!(of("b"), Ok("b"));
        assert_eq!(of(""), Err("say which package depends on it with --package: a, b".to_owned()));
        assert_eq!(workspace.member(Some("b"), &root).map(|member| member.name.as_str()), Ok("b"));
        assert_eq!(workspace.member(Some("c"), &root), Err("there is no package c here; there are: a, b".to_owned()));
    }

    #[test]
    fn the_only_package_needs_no_name() {
        let (_folder, workspace) = workspace(&["a"]);
        assert_eq!(workspace.member(None, Path::new("/")).map(|member| member.name.as_str()), Ok("a"));
    }

    #[test]
    fn where_there_is_no_package_cargo_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let refusal = Workspace::find(Some(&folder.path().join("Cargo.toml"))).expect_err("there is none");
        assert!(refusal.contains("Cargo.toml"), "{refusal}");
    }
}
