//! A copy of a program below `target/takeover/`, and cargo and our command in it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::bench::compiler::{self, Unit};
use crate::bench::{Side, cpu, plain};

/// Where everything is built, from the root of the repository. It may be deleted.
const DIRECTORY: &str = "target/takeover";

/// A workspace of a user.
#[derive(Debug)]
pub(super) struct Scratch {
    /// Its directory.
    directory: PathBuf,
    /// Where cargo builds: one folder for all that is tested on a side, and one of its own for what is measured.
    target: PathBuf,
}

/// What one run of a program took.
#[derive(Debug)]
pub(super) struct Took {
    /// What was compiled.
    pub(super) units: Vec<Unit>,
    /// Seconds of processor time, of the program and all that it started.
    pub(super) cpu: f64,
    /// Seconds that passed.
    pub(super) wall: f64,
}

impl Scratch {
    /// A fresh copy of a program for one side, built with the other programs of that side.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be read or written.
    pub(super) fn of(root: &Path, name: &str, source: &Path, side: Side) -> Result<Self, String> {
        let base = root.join(DIRECTORY);
        let directory = base.join(side.word()).join(name);
        remove(&directory)?;
        copy(source, &directory)?;
        Ok(Self { directory, target: base.join(format!("{}-target", side.word())) })
    }

    /// A fresh workspace of these files.
    ///
    /// # Errors
    ///
    /// As [`Self::of`].
    pub(super) fn made(root: &Path, name: &str, files: &[(&str, &str)]) -> Result<Self, String> {
        let directory = root.join(DIRECTORY).join(name);
        remove(&directory)?;
        let scratch = Self { target: directory.join("target"), directory };
        files.iter().try_for_each(|(path, text)| scratch.write(path, text))?;
        Ok(scratch)
    }

    /// The same copy, built in a folder of its own, where nothing is built.
    ///
    /// # Errors
    ///
    /// A sentence on what cannot be removed.
    pub(super) fn cold(mut self) -> Result<Self, String> {
        self.target = self.directory.join("target");
        remove(&self.target)?;
        Ok(self)
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub(super) fn read(&self, path: &str) -> Result<String, String> {
        let place = self.directory.join(path);
        fs::read_to_string(&place).map_err(|cause| format!("cannot read {}: {cause}", place.display()))
    }

    /// Writes a file.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub(super) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let place = self.directory.join(path);
        let above = place.parent().unwrap_or(&self.directory);
        let written = fs::create_dir_all(above).and_then(|()| fs::write(&place, text));
        written.map_err(|cause| format!("cannot write {}: {cause}", place.display()))
    }

    /// Adds to the end of a file.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub(super) fn append(&self, path: &str, text: &str) -> Result<(), String> {
        let old = self.read(path)?;
        self.write(path, &(old + text))
    }

    /// Removes what was built.
    ///
    /// # Errors
    ///
    /// A sentence.
    pub(super) fn wipe(&self) -> Result<(), String> {
        remove(&self.target)
    }

    /// Takes the workspace over with these models, and with these words more; gives what the command says of it.
    ///
    /// # Errors
    ///
    /// A sentence on what it could not take.
    pub(super) fn migrate(&self, command: &Path, models: &[PathBuf], words: &[&str]) -> Result<Value, String> {
        let folder = self.directory.join("models");
        for model in models {
            let name = model.file_name().unwrap_or_default();
            let copied = fs::create_dir_all(&folder).and_then(|()| fs::copy(model, folder.join(name)));
            copied.map_err(|cause| format!("cannot copy {}: {cause}", model.display()))?;
        }
        let mut migrate = Command::new(command);
        migrate.args(["smithy-client", "migrate", "--model", "models", "--no-build", "--format", "json"]).args(words);
        let output = self.run(&mut migrate)?;
        let said = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            return Err(format!("migrate: {said}{}", String::from_utf8_lossy(&output.stderr)));
        }
        serde_json::from_str(&said).map_err(|cause| format!("migrate does not say JSON: {cause}\n{said}"))
    }

    /// Runs our command, and tells what that took.
    ///
    /// # Errors
    ///
    /// A sentence: it fails, with what it said.
    pub(super) fn ours(&self, command: &Path, words: &[&str]) -> Result<Took, String> {
        let mut ours = Command::new(command);
        ours.arg("smithy-client").args(words);
        self.timed(&mut ours, words)
    }

    /// Runs cargo, and tells what that took, with the time of every compiler.
    ///
    /// # Errors
    ///
    /// A sentence: it fails, with what it said.
    pub(super) fn cargo(&self, words: &[&str]) -> Result<Took, String> {
        let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
        let log = self.directory.join("compilers.log");
        let _ = fs::remove_file(&log);
        let mut cargo = plain();
        cargo.arg("--quiet").args(words).env("CARGO_TARGET_DIR", &self.target);
        cargo.env(compiler::LOG, &log).env("RUSTC_WRAPPER", myself);
        let took = self.timed(&mut cargo, words)?;
        Ok(Took { units: compiler::read_log(&log)?, ..took })
    }

    /// Runs the tests; gives what cargo said.
    ///
    /// # Errors
    ///
    /// A sentence: cargo cannot be run.
    pub(super) fn test(&self) -> Result<Output, String> {
        let mut cargo = plain();
        cargo.args(["test", "--quiet", "--no-fail-fast"]).env("CARGO_TARGET_DIR", &self.target);
        // Nothing of it is looked at in a debugger.
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_TEST_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        self.run(&mut cargo)
    }

    fn timed(&self, command: &mut Command, words: &[&str]) -> Result<Took, String> {
        let before = cpu::of_children();
        let started = std::time::Instant::now();
        let output = self.run(command)?;
        let wall = started.elapsed().as_secs_f64();
        let used = cpu::of_children().zip(before).map(|(after, before)| after - before);
        if !output.status.success() {
            let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            return Err(format!("`{}` failed in {}:\n{said}{wrong}", words.join(" "), self.directory.display()));
        }
        let cpu = used.ok_or("this system does not tell the processor time of processes")?;
        Ok(Took { units: Vec::new(), cpu, wall })
    }

    fn run(&self, command: &mut Command) -> Result<Output, String> {
        let program = command.get_program().to_string_lossy().into_owned();
        let output = command.current_dir(&self.directory).stdin(Stdio::null()).output();
        output.map_err(|cause| format!("cannot run {program}: {cause}"))
    }
}

/// Builds `cargo smithy-client`, and says where it is.
///
/// # Errors
///
/// A sentence: it cannot be built.
pub(super) fn command(root: &Path, is_release: bool) -> Result<PathBuf, String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--quiet", "--package", "cargo-smithy-client", "--bin", "cargo-smithy-client"]);
    if is_release {
        cargo.arg("--release");
    }
    let status = cargo.current_dir(root).status().map_err(|cause| format!("cannot run cargo: {cause}"))?;
    if !status.success() {
        return Err("cargo-smithy-client cannot be built".to_owned());
    }
    let myself = env::current_exe().map_err(|cause| format!("cannot find this program: {cause}"))?;
    let built = myself.parent().and_then(Path::parent).unwrap_or(root);
    let name = format!("cargo-smithy-client{}", env::consts::EXE_SUFFIX);
    Ok(built.join(if is_release { "release" } else { "debug" }).join(name))
}

/// Copies a directory but for what cargo has built in it.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let failed = |cause: std::io::Error| format!("cannot copy {}: {cause}", from.display());
    fs::create_dir_all(to).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().filter(|name| *name != "target") else { continue };
        match path.is_dir() {
            true => copy(&path, &to.join(name))?,
            false => fs::copy(&path, to.join(name)).map(drop).map_err(failed)?,
        }
    }
    Ok(())
}

fn remove(directory: &Path) -> Result<(), String> {
    match fs::remove_dir_all(directory) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("cannot remove {}: {cause}", directory.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Scratch;
    use crate::bench::Side;

    #[test]
    fn a_copy_is_fresh_and_without_what_was_built() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let source = root.path().join("program");
        for (path, text) in [("Cargo.toml", "a"), ("src/lib.rs", "b"), ("target/debug/x", "c")] {
            let place = source.join(path);
            fs::create_dir_all(place.parent().expect("it has one")).expect("it is writable");
            fs::write(place, text).expect("it is writable");
        }
        let of = || Scratch::of(root.path(), "program", &source, Side::Ours).expect("it can be copied");
        of().append("src/lib.rs", "more").expect("it is writable");
        let scratch = of();
        assert_eq!(scratch.read("src/lib.rs").as_deref(), Ok("b"));
        assert!(scratch.read("target/debug/x").is_err());
    }
}
