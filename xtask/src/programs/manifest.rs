//! The workspace in which the programs are built against the official crate: the manifests of this repository, changed as
//! little as can be.

use cargo_smithy_client::paths;
use std::fs;
use std::path::{Path, PathBuf};

use crate::bench::OFFICIAL_VERSION;

/// The directory of the programs, from the root of the repository.
pub(super) const PACKAGE: &str = "tests/programs";

/// Their sources, from the root of the repository.
const SOURCES: &str = "tests/programs/src/bin";

/// How a manifest begins to say where something is.
const PATH: &str = "path = \"";

/// The names of all programs, in order.
///
/// # Errors
///
/// A sentence when the directory cannot be read or holds none.
pub(super) fn programs(root: &Path) -> Result<Vec<String>, String> {
    let directory = root.join(SOURCES);
    let failed = |cause| format!("cannot read {}: {cause}", directory.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(path.file_stem().and_then(|name| name.to_str()).map(str::to_owned));
        }
    }
    names.sort();
    if names.is_empty() { Err(format!("{} holds no program", directory.display())) } else { Ok(names) }
}

/// Writes the workspace of the official side, and answers with its directory. What is current is left alone.
///
/// Its lock file begins as that of the repository, so that both sides have the same versions of everything else.
///
/// # Errors
///
/// A sentence when a manifest cannot be read or written, or does not have the one line that is to be changed.
pub(super) fn write_official(root: &Path) -> Result<PathBuf, String> {
    let directory = root.join("target/programs");
    let package = directory.join("programs");
    fs::create_dir_all(&package).map_err(|cause| format!("cannot create {}: {cause}", package.display()))?;

    let workspace = rebased(&read(&root.join("Cargo.toml"))?, root, &directory)?;
    write(&directory.join("Cargo.toml"), &with_one_member(&workspace)?)?;

    let manifest = official(&read(&root.join(PACKAGE).join("Cargo.toml"))?)?;
    let mut manifest = rebased(&manifest, &root.join(PACKAGE), &package)?;
    for name in programs(root)? {
        let source = between(&package, &root.join(SOURCES).join(format!("{name}.rs")))?;
        manifest += &format!("\n[[bin]]\nname = \"{name}\"\n{PATH}{source}\"\n");
    }
    write(&package.join("Cargo.toml"), &manifest)?;

    // Cargo adds the official crate to the lock file, so it is not compared but renewed when the original is.
    let (original, lock) = (root.join("Cargo.lock"), directory.join("Cargo.lock"));
    let original = read(&original)?;
    let copied = directory.join("Cargo.lock.copied");
    if !lock.is_file() || fs::read_to_string(&copied).ok().as_ref() != Some(&original) {
        write(&lock, &original)?;
        write(&copied, &original)?;
    }
    Ok(directory)
}

/// The manifest of the programs with the one line changed back that users of the official crate change.
fn official(manifest: &str) -> Result<String, String> {
    let ours = "aws-sdk-ivsrealtime = { package = \"ivs-realtime\", path = \"../../generated\",";
    let theirs = format!("aws-sdk-ivsrealtime = {{ version = \"={OFFICIAL_VERSION}\",");
    match manifest.matches(ours).count() {
        1 => Ok(manifest.replacen(ours, &theirs, 1)),
        _ => Err(format!("{PACKAGE}/Cargo.toml must have one line that begins with `{ours}`")),
    }
}

/// The manifest of the workspace with the programs as its only member.
fn with_one_member(manifest: &str) -> Result<String, String> {
    let line = manifest.lines().find(|line| line.starts_with("members = ["));
    let line = line.ok_or("Cargo.toml must have one line that begins with `members = [`")?;
    Ok(manifest.replacen(line, "members = [\"programs\"]", 1))
}

/// The manifest with its relative paths as they lead from `to` instead of `from`.
fn rebased(manifest: &str, from: &Path, to: &Path) -> Result<String, String> {
    let mut parts = manifest.split(PATH);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (path, rest) = part.split_once('"').ok_or("a path in a manifest does not end")?;
        text += &format!("{PATH}{}\"{rest}", between(to, &from.join(path))?);
    }
    Ok(text)
}

/// The path that leads from one place to another.
fn between(from: &Path, to: &Path) -> Result<String, String> {
    let resolve = |path: &Path| paths::resolve(path).map_err(|cause| format!("{}: {cause}", path.display()));
    paths::relative(&resolve(from)?, &resolve(to)?).ok_or_else(|| format!("{} is not UTF-8", to.display()))
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|cause| format!("cannot read {}: {cause}", file.display()))
}

/// Writes a file unless it holds the text already: Cargo builds again what depends on a newer one.
fn write(file: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(file).is_ok_and(|current| current == text) {
        return Ok(());
    }
    fs::write(file, text).map_err(|cause| format!("cannot write {}: {cause}", file.display()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{official, programs, rebased, with_one_member, write_official};

    const MANIFEST: &str = "\
[package]
name = \"programs\"

[dependencies]
aws-sdk-ivsrealtime = { package = \"ivs-realtime\", path = \"../../generated\", features = [\"rt-tokio\"] }
harness = { package = \"tests\", path = \"..\" }
";

    #[test]
    fn one_line_leads_to_the_official_crate() {
        let changed = official(MANIFEST).expect("it has the line");
        let [before, after] = [MANIFEST, &changed].map(|text| text.lines().collect::<Vec<_>>());
        let differing: Vec<_> = before.iter().zip(&after).filter(|(before, after)| before != after).collect();
        let line = "aws-sdk-ivsrealtime = { version = \"=1.133.0\", features = [\"rt-tokio\"] }";
        assert_eq!(before.len(), after.len());
        assert_eq!(differing, [(&before[4], &line)]);
    }

    #[test]
    fn the_manifests_of_this_repository_can_be_changed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let read = |path: &str| fs::read_to_string(root.join(path)).expect("it is part of the repository");
        official(&read("tests/programs/Cargo.toml")).expect("it has the line");
        with_one_member(&read("Cargo.toml")).expect("it has the line");
    }

    #[test]
    fn a_manifest_without_that_line_is_refused() {
        let error = official("[dependencies]\n").expect_err("there is no line");
        assert!(error.starts_with("tests/programs/Cargo.toml must have one line"), "{error}");
    }

    #[test]
    fn paths_lead_to_the_same_place_from_elsewhere() {
        let text = rebased("a = { path = \"../a\" }\nb = { path = \".\" }", Path::new("/r/b"), Path::new("/r/t/p"));
        assert_eq!(text.as_deref(), Ok("a = { path = \"../../a\" }\nb = { path = \"../../b\" }"));
    }

    #[test]
    fn the_workspace_keeps_all_but_its_members() {
        let text = with_one_member("[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n");
        assert_eq!(text.as_deref(), Ok("[workspace]\nmembers = [\"programs\"]\nresolver = \"3\"\n"));
    }

    #[test]
    fn the_written_workspace_lists_every_program_and_is_written_once() {
        let root = tempfile::tempdir().expect("a temporary directory");
        let file = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("it is writable");
            fs::write(path, text).expect("it is writable");
        };
        file("Cargo.toml", "[workspace]\nmembers = [\"tests/programs\"]\n");
        file("Cargo.lock", "version = 4\n");
        file("tests/programs/Cargo.toml", MANIFEST);
        file("tests/programs/src/bin/two.rs", "");
        file("tests/programs/src/bin/one.rs", "");
        assert_eq!(programs(root.path()), Ok(vec!["one".to_owned(), "two".to_owned()]));

        let directory = write_official(root.path()).expect("it is writable");
        let manifest = directory.join("programs/Cargo.toml");
        let text = fs::read_to_string(&manifest).expect("it was written");
        assert!(text.contains("harness = { package = \"tests\", path = \"../../../tests\" }"), "{text}");
        assert!(text.contains("name = \"one\"\npath = \"../../../tests/programs/src/bin/one.rs\""), "{text}");

        // What Cargo wrote into the lock file stays until the repository's own changes.
        fs::write(directory.join("Cargo.lock"), "version = 4\n# official\n").expect("it is writable");
        let time = || fs::metadata(&manifest).and_then(|metadata| metadata.modified()).expect("it was written");
        let before = time();
        write_official(root.path()).expect("it is writable");
        assert_eq!(time(), before);
        let lock = || fs::read_to_string(directory.join("Cargo.lock")).expect("it was written");
        assert_eq!(lock(), "version = 4\n# official\n");
        file("Cargo.lock", "version = 4\n# newer\n");
        write_official(root.path()).expect("it is writable");
        assert_eq!(lock(), "version = 4\n# newer\n");
    }
}
