//! Scratch workspaces in which one client is built: the programs of `tests/bench/` against it, with Cargo's own defaults.
//!
//! Each client has two: one in which dependencies stay warm from one run to the next, and one for cold builds. They stand
//! below `target/bench/` and may be deleted at any time.

use cargo_smithy_client::paths;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use clap::ValueEnum;
use serde_json::Value;

use super::compiler::{self, Kind, Unit};
use super::{cpu, readme};

/// The version of the official crate that ours is compared with.
pub(crate) const OFFICIAL_VERSION: &str = "1.133.0";

/// The package of our runtime, as Cargo knows it.
pub(super) const RUNTIME: &str = "smithy-client-runtime";

/// The package of the benchmark programs.
const PROGRAMS: &str = "bench-programs";

/// Whose client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// AWS's own.
    Official,
    /// The one of this repository.
    Ours,
}

impl Side {
    /// Both, in the order in which they are measured.
    pub(crate) const BOTH: [Self; 2] = [Self::Official, Self::Ours];

    /// The package, as Cargo knows it.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Official => "aws-sdk-ivsrealtime",
            Self::Ours => "ivs-realtime",
        }
    }

    /// One word for people and paths.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Ours => "ours",
        }
    }
}

/// What one run of Cargo took.
#[derive(Debug)]
pub(super) struct Run {
    /// What was compiled.
    pub(super) units: Vec<Unit>,
    /// Processor time in seconds of Cargo and all that it started; `None` where the system does not tell.
    pub(super) cpu: Option<f64>,
    /// Seconds that passed.
    pub(super) wall: f64,
}

impl Run {
    /// The run of a compiler for `package`, a package or program.
    ///
    /// # Errors
    ///
    /// A sentence when Cargo found nothing to do for it.
    pub(super) fn unit(&self, package: &str, kind: Kind) -> Result<&Unit, String> {
        let name = package.replace('-', "_");
        let found = self.units.iter().find(|unit| unit.kind == kind && unit.name == name);
        found.ok_or_else(|| format!("Cargo did not compile `{package}`; delete target/bench and run again"))
    }
}

/// A crate that the generator has emitted, to be built with these features and no others.
#[derive(Debug)]
pub(super) struct Emitted<'a> {
    /// Its package.
    pub(super) package: &'a str,
    /// Its directory below the repository's root.
    pub(super) path: String,
    /// The features.
    pub(super) features: &'a [&'a str],
}

/// A scratch workspace.
#[derive(Debug)]
pub(super) struct Scratch {
    directory: PathBuf,
    /// Where Cargo builds.
    target: PathBuf,
    side: Side,
    /// The client's package, as Cargo knows it.
    package: String,
}

impl Scratch {
    /// The workspace of `side` below the repository's `root` for builds with warm dependencies: without the features that
    /// bring a TLS stack.
    ///
    /// # Errors
    ///
    /// A sentence when it cannot be written.
    pub(super) fn warm(root: &Path, side: Side) -> Result<Self, String> {
        let directory = root.join("target/bench").join(side.word());
        let features = "default-features = false, features = [\"behavior-version-latest\", \"rt-tokio\"]";
        let programs = PROGRAM_NAMES.map(|name| format!("[[bin]]\nname = \"{name}\"\npath = \"SOURCES/{name}.rs\"\n"));
        let files = [
            ("Cargo.toml", WORKSPACE.to_owned()),
            ("harness/Cargo.toml", HARNESS.to_owned()),
            ("programs/Cargo.toml", format!("{PACKAGE}{}\n{}", client(side, features), programs.join("\n"))),
        ];
        Self::of(directory, side).written(root, &files)
    }

    /// The workspace of `side` for cold builds: the first program of the repository's README, copied as it stands, or as
    /// it is written with the official crate.
    ///
    /// # Errors
    ///
    /// A sentence when the README cannot be read or has no such program, or the workspace cannot be written.
    pub(super) fn cold(root: &Path, side: Side) -> Result<Self, String> {
        Self::cold_in(root, side, "cold", "")
    }

    /// The workspace for cold builds of the README's program with our client, and with a package of ours in the place of
    /// the official one of its name, on which `aws-config` depends.
    ///
    /// # Errors
    ///
    /// As [`Self::cold`].
    pub(super) fn cold_patched(root: &Path, package: &str, folder: &Path) -> Result<Self, String> {
        let patch = format!("\n[patch.crates-io]\n{package} = {{ path = {folder:?} }}\n");
        Self::cold_in(root, Side::Ours, "cold-patched", &patch)
    }

    fn cold_in(root: &Path, side: Side, name: &str, patch: &str) -> Result<Self, String> {
        let directory = root.join("target/bench").join(format!("{}-{name}", side.word()));
        let file = root.join("README.md");
        let text = fs::read_to_string(&file).map_err(|cause| format!("cannot read {}: {cause}", file.display()))?;
        let program = readme::program(&text).ok_or_else(|| {
            format!("{} does not begin with a manifest and a program that use the client", file.display())
        })?;
        let readme::Program { dependencies, source } = match side {
            Side::Official => program.of_official_crate(),
            Side::Ours => program,
        };
        let files = [("Cargo.toml", format!("{APPLICATION}{dependencies}{patch}")), ("src/main.rs", source)];
        Self::of(directory, side).written(root, &files)
    }

    /// The workspace in which crates of this repository's generator are built beside each other.
    ///
    /// # Errors
    ///
    /// A sentence when it cannot be written.
    pub(super) fn emitted(root: &Path, crates: &[Emitted<'_>]) -> Result<Self, String> {
        let directory = root.join("target/bench/slices");
        let from = paths::resolve(&directory).map_err(|cause| format!("{}: {cause}", directory.display()))?;
        let mut manifest = SLICES.to_owned();
        for Emitted { package, path, features } in crates {
            let place = root.join(path);
            let to = paths::resolve(&place).map_err(|cause| format!("{}: {cause}", place.display()))?;
            let path = paths::relative(&from, &to).ok_or_else(|| format!("{} is not UTF-8", to.display()))?;
            manifest.push_str(&format!(
                "{package} = {{ path = {path:?}, default-features = false, features = {features:?} }}\n"
            ));
        }
        Self::of(directory, Side::Ours).written(root, &[("Cargo.toml", manifest), ("lib.rs", String::new())])
    }

    /// The workspace of `side` for the client of any service, with warm dependencies: `dependency` is the line of its manifest
    /// that names the package `package`. It stands in a directory of its own below `directory`, and all of them are built in
    /// one place, as they have the engine in common.
    ///
    /// # Errors
    ///
    /// A sentence when it cannot be written.
    pub(super) fn of_service(
        root: &Path,
        directory: &Path,
        side: Side,
        package: &str,
        dependency: &str,
    ) -> Result<Self, String> {
        let directory = directory.join(side.word());
        let manifest = format!("{SLICES}{dependency}\n");
        let target = root.join("target/bench/services/target");
        let scratch = Self { directory, target, side, package: package.to_owned() };
        scratch.written(root, &[("Cargo.toml", manifest), ("lib.rs", String::new())])
    }

    fn of(directory: PathBuf, side: Side) -> Self {
        Self { target: directory.join("target"), directory, side, package: side.package().to_owned() }
    }

    /// Writes the manifests, with paths as they lead from here, and leaves those alone that are current.
    fn written(self, root: &Path, files: &[(&str, String)]) -> Result<Self, String> {
        for (name, text) in files {
            let file = self.directory.join(name);
            let directory = file.parent().unwrap_or(&self.directory);
            let failed = |cause| format!("cannot write {}: {cause}", file.display());
            fs::create_dir_all(directory).map_err(failed)?;
            let path = |to: &str| {
                let from = paths::resolve(directory).map_err(failed)?;
                let to = paths::resolve(&root.join(to)).map_err(failed)?;
                paths::relative(&from, &to).ok_or_else(|| format!("{} is not UTF-8", to.display()))
            };
            let text = text.replace("SOURCES", &path("tests/bench")?).replace("GENERATED", &path("generated")?);
            if fs::read_to_string(&file).ok().as_ref() != Some(&text) {
                fs::write(&file, text).map_err(failed)?;
            }
        }
        Ok(self)
    }

    /// Whose client is built here.
    pub(super) fn side(&self) -> Side {
        self.side
    }

    /// The client's package.
    pub(super) fn package(&self) -> &str {
        &self.package
    }

    /// A file that Cargo has built, by its path below the target directory.
    pub(super) fn built(&self, path: &str) -> PathBuf {
        self.target.join(path)
    }

    /// Removes everything that was ever built here.
    ///
    /// # Errors
    ///
    /// A sentence when something cannot be removed.
    pub(super) fn wipe(&self) -> Result<(), String> {
        let target = &self.target;
        match fs::remove_dir_all(target) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(format!("cannot remove {}: {cause}", target.display()))
            }
            _ => Ok(()),
        }
    }

    /// Removes what was built of some packages, so that they are compiled again.
    ///
    /// # Errors
    ///
    /// As [`Self::cargo`].
    pub(super) fn forget(&self, packages: &[&str]) -> Result<(), String> {
        let named = packages.iter().flat_map(|package| ["-p", package]);
        let arguments: Vec<&str> = std::iter::once("clean").chain(named).collect();
        self.cargo(&arguments).map(drop)
    }

    /// Removes what was built of the client, of our runtime and of the programs, so that only these are compiled again.
    ///
    /// # Errors
    ///
    /// As [`Self::cargo`].
    pub(super) fn forget_client(&self, release: bool) -> Result<(), String> {
        let mut arguments = vec!["clean", "-p", self.side.package(), "-p", PROGRAMS];
        if self.side == Side::Ours {
            arguments.extend(["-p", RUNTIME]);
        }
        if release {
            arguments.push("--release");
        }
        self.cargo(&arguments).map(drop)
    }

    /// Runs Cargo with `arguments` and keeps the time of it and of every compiler that it starts.
    ///
    /// # Errors
    ///
    /// A sentence with what Cargo said, when it cannot run or fails.
    pub(super) fn cargo(&self, arguments: &[&str]) -> Result<Run, String> {
        let log = self.directory.join("compilers.log");
        if let Err(cause) = fs::remove_file(&log)
            && cause.kind() != std::io::ErrorKind::NotFound
        {
            return Err(format!("cannot remove {}: {cause}", log.display()));
        }
        let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
        let before = cpu::of_children();
        let started = Instant::now();
        let output = self
            .command(&["--quiet"])
            .args(arguments)
            .env(compiler::LOG, &log)
            .env(compiler::RUSTDOC, env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into()))
            .env("RUSTC_WRAPPER", &myself)
            .env("RUSTDOC", &myself)
            .output()
            .map_err(|cause| format!("cannot run cargo: {cause}"))?;
        let wall = started.elapsed().as_secs_f64();
        let cpu = cpu::of_children().zip(before).map(|(after, before)| after - before);
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`cargo {}` failed for {}:\n{said}", arguments.join(" "), self.package));
        }
        Ok(Run { units: compiler::read_log(&log)?, cpu, wall })
    }

    /// The directory of the client's sources.
    ///
    /// # Errors
    ///
    /// A sentence when Cargo does not know, as without a network on the first run.
    pub(super) fn sources(&self) -> Result<PathBuf, String> {
        let output = self
            .command(&["metadata", "--format-version", "1"])
            .output()
            .map_err(|cause| format!("cannot run cargo: {cause}"))?;
        if !output.status.success() {
            return Err(format!("`cargo metadata` failed:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)
            .map_err(|cause| format!("cannot read the output of `cargo metadata`: {cause}"))?;
        let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let package = packages.iter().find(|package| package["name"] == self.package);
        let manifest = package.and_then(|package| package["manifest_path"].as_str()).map(Path::new);
        let sources = manifest.and_then(Path::parent).map(|directory| directory.join("src"));
        sources.ok_or_else(|| format!("`cargo metadata` does not list {}", self.package))
    }

    /// Cargo in this workspace.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = plain();
        command
            .args(arguments)
            .current_dir(&self.directory)
            .stdin(Stdio::null())
            .env("CARGO_TARGET_DIR", &self.target)
            // Dependencies from a registry are never built incrementally and never linted; ours stands by a path here, and
            // is built as it would be from a registry.
            .env("CARGO_INCREMENTAL", "0")
            .env("RUSTFLAGS", "--cap-lints=allow");
        command
    }
}

/// Cargo as it builds for everybody: free of what the environment would change about a build.
pub(crate) fn plain() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let shown = name.to_string_lossy();
        let changes_builds = ["CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_ENCODED_", "RUSTFLAGS", "RUSTDOCFLAGS"];
        if changes_builds.iter().any(|prefix| shown.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command.env_remove("RUSTC_WORKSPACE_WRAPPER");
    command
}

/// The dependency on the client of `side`, under the name that the programs use.
fn client(side: Side, features: &str) -> String {
    match side {
        Side::Official => format!("aws-sdk-ivsrealtime = {{ version = \"={OFFICIAL_VERSION}\", {features} }}\n"),
        Side::Ours => {
            let package = side.package();
            format!("aws-sdk-ivsrealtime = {{ package = \"{package}\", path = \"GENERATED\", {features} }}\n")
        }
    }
}

/// The programs, by their files in `tests/bench/`.
const PROGRAM_NAMES: [&str; 3] = ["consumer_one", "consumer_all", "calls"];

const WORKSPACE: &str = "\
[workspace]
members = [\"harness\", \"programs\"]
resolver = \"3\"

[profile.release]
strip = true
";

const HARNESS: &str = "\
[package]
name = \"bench-harness\"
version = \"0.0.0\"
edition = \"2024\"

[lib]
path = \"SOURCES/harness.rs\"

[dependencies]
aws-credential-types = { version = \"1\", features = [\"hardcoded-credentials\"] }
aws-smithy-http-client = { version = \"1\", default-features = false, features = [\"default-client\"] }
aws-smithy-runtime-api = { version = \"1\", features = [\"client\", \"http-1x\"] }
aws-smithy-types = { version = \"1\", features = [\"http-body-1-x\"] }
bytes = \"1\"
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
tokio = { version = \"1\", features = [\"net\", \"rt\", \"time\"] }
";

const PACKAGE: &str = "\
[package]
name = \"bench-programs\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
bench-harness = { path = \"../harness\" }
";

const SLICES: &str = "\
[workspace]

[package]
name = \"slices\"
version = \"0.0.0\"
edition = \"2024\"

[lib]
path = \"lib.rs\"

[dependencies]
";

const APPLICATION: &str = "\
[workspace]

[package]
name = \"application\"
version = \"0.0.0\"
edition = \"2024\"

";

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Kind, Run, Scratch, Side, Unit};

    #[test]
    fn both_clients_go_by_one_name_and_without_tls() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let manifest = |side| {
            Scratch::warm(root.path(), side).expect("it is writable");
            let file = root.path().join("target/bench").join(Side::word(side)).join("programs/Cargo.toml");
            fs::read_to_string(file).expect("it was written")
        };
        let features = "default-features = false, features = [\"behavior-version-latest\", \"rt-tokio\"]";
        let official = format!("\naws-sdk-ivsrealtime = {{ version = \"=1.133.0\", {features} }}\n");
        let ours = format!(
            "\naws-sdk-ivsrealtime = {{ package = \"ivs-realtime\", path = \"../../../../generated\", {features} }}\n"
        );
        assert!(manifest(Side::Official).contains(&official));
        assert!(manifest(Side::Ours).contains(&ours));
    }

    #[test]
    fn a_manifest_that_is_current_keeps_its_time() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let changed = || {
            Scratch::warm(root.path(), Side::Ours).expect("it is writable");
            let file = root.path().join("target/bench/ours/programs/Cargo.toml");
            fs::metadata(file).and_then(|metadata| metadata.modified()).expect("it was written")
        };
        assert_eq!(changed(), changed());
    }

    #[test]
    fn a_package_is_found_among_what_was_compiled_by_name_and_kind() {
        let unit = |kind| Unit { name: "ivs_realtime".to_owned(), kind, cpu: None, wall: 1.0, peak: None };
        let run = Run { units: vec![unit(Kind::Documentation)], cpu: None, wall: 2.0 };
        assert_eq!(run.unit("ivs-realtime", Kind::Documentation), Ok(&unit(Kind::Documentation)));
        let error = run.unit("ivs-realtime", Kind::Library).expect_err("only documentation was made");
        assert!(error.contains("ivs-realtime"), "{error}");
    }
}
