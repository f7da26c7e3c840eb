//! The crates of all fixtures compile without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fixtures;

/// The manifest of a workspace in which every fixture's crate is a member.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";

#[test]
#[ignore = "starts cargo for some forty crates; run it with --ignored"]
fn the_crate_of_every_fixture_compiles_without_warnings() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    write_workspace(&workspace);
    let cargo = Command::new(env!("CARGO"))
        .args(["check", "--keep-going", "--workspace", "--features", "serde", "--offline", "--color", "never"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", target_directory())
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = String::from_utf8_lossy(&cargo.stderr);
    let complaint = said.lines().position(|line| line.starts_with("warning") || line.starts_with("error"));
    let from = complaint.unwrap_or_default();
    let excerpt: Vec<&str> = said.lines().skip(from).take(200).collect();
    assert!(cargo.status.success() && complaint.is_none(), "cargo check says:\n{}", excerpt.join("\n"));
}

/// Writes the crates of all fixtures anew, as members of one workspace.
///
/// # Panics
/// When the disk does not take them.
fn write_workspace(workspace: &Path) {
    let crates = workspace.join("crates");
    if crates.exists() {
        fs::remove_dir_all(&crates).unwrap_or_else(|error| panic!("cannot empty {}: {error}", crates.display()));
    }
    write(&workspace.join("Cargo.toml"), WORKSPACE);
    // The versions that the repository has locked are the ones that are at hand without a network.
    let locked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let locked = fs::read_to_string(&locked).unwrap_or_else(|error| panic!("cannot read Cargo.lock: {error}"));
    write(&workspace.join("Cargo.lock"), &locked);
    for fixture in fixtures() {
        for (path, text) in fixture.generated().files {
            write(&crates.join(fixture.name()).join(path), &text);
        }
    }
}

fn write(path: &Path, text: &str) {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// The directory in which this test was built, so that what it has compiled is used again.
fn target_directory() -> PathBuf {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    own.parent().unwrap_or(own).to_path_buf()
}
