//! The crates of fixtures compile without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::deprecation::every_kind;
use crate::endpoint_mutants;
use crate::endpoint_rust::{every_function, input_paths, odd_names, real_rule_sets};
use crate::fixture::Fixture;
use crate::fixtures;
use crate::names::builder_names;
use crate::taken_names::{services, taken_names, taken_operations};

/// The manifest of a workspace in which the crates of fixtures are members.
const WORKSPACE: &str = "\
[workspace]
resolver = \"3\"
members = [\"crates/*\"]

[workspace.lints.rust]
missing_docs = \"warn\"
";

/// What the manifests of the crates get beside what is emitted: every public item is documented.
const LINTS: &str = "
[lints]
workspace = true
";

#[test]
fn the_crate_of_every_fixture_compiles_without_warnings() {
    assert_compile("fixtures", &fixtures());
}

#[test]
fn crates_with_deprecated_items_do_not_warn_of_their_own_use_of_them() {
    assert_compile("deprecated", &[every_kind(), every_kind().named("deprecated-alone").types_alone()]);
}

#[test]
fn shapes_may_have_the_names_that_emitted_code_uses_for_something_else() {
    assert_compile(
        "taken-names",
        &[
            taken_names(),
            taken_names().named("taken-names-alone").types_alone(),
            taken_operations(),
            taken_operations().named("taken-operations-alone").types_alone(),
            builder_names(),
        ],
    );
}

#[test]
fn services_may_have_the_names_that_emitted_code_uses_for_something_else() {
    assert_compile("taken-services", &services());
}

#[test]
fn endpoint_rules_may_use_odd_names_and_every_function() {
    assert_compile("endpoint-rules", &[odd_names(), every_function(), input_paths()]);
}

#[test]
#[ignore = "starts cargo for some sixty crates; run it with --ignored"]
fn damaged_rules_that_are_not_refused_compile() {
    assert_compile("endpoint-mutants", &endpoint_mutants::accepted(60));
}

#[test]
#[ignore = "starts cargo for some forty crates; run it with --ignored"]
fn rule_sets_of_real_models_compile() {
    let services = real_rule_sets();
    if !services.is_empty() {
        assert_compile("real-rules", &services);
    }
}

/// Asserts that the crates of these fixtures compile without a warning. They are written to a workspace of this name.
///
/// Without default features nothing of TLS is compiled for it.
#[track_caller]
fn assert_compile(name: &str, fixtures: &[Fixture]) {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    write_workspace(&workspace, fixtures);
    let features = ["--keep-going", "--workspace", "--no-default-features", "--features", "serde"];
    let cargo = cargo(&workspace, "check").args(features).output();
    let cargo = cargo.unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = String::from_utf8_lossy(&cargo.stderr);
    let complaint = said.lines().position(|line| line.starts_with("warning") || line.starts_with("error"));
    let from = complaint.unwrap_or_default();
    let excerpt: Vec<&str> = said.lines().skip(from).take(200).collect();
    assert!(cargo.status.success() && complaint.is_none(), "cargo check says:\n{}", excerpt.join("\n"));
}

/// A command of cargo in a workspace, without network.
pub(crate) fn cargo(workspace: &Path, command: &str) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([command, "--offline", "--color", "never"]).current_dir(workspace);
    cargo.env("CARGO_TARGET_DIR", target_directory());
    cargo
}

/// Writes the crates of these fixtures anew, as members of one workspace.
///
/// # Panics
/// When the disk does not take them.
pub(crate) fn write_workspace(workspace: &Path, fixtures: &[Fixture]) {
    let crates = workspace.join("crates");
    if crates.exists() {
        fs::remove_dir_all(&crates).unwrap_or_else(|error| panic!("cannot empty {}: {error}", crates.display()));
    }
    write(&workspace.join("Cargo.toml"), WORKSPACE);
    // The versions that the repository has locked are the ones that are at hand without a network.
    let locked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let locked = fs::read_to_string(&locked).unwrap_or_else(|error| panic!("cannot read Cargo.lock: {error}"));
    write(&workspace.join("Cargo.lock"), &locked);
    for fixture in fixtures {
        for (path, text) in fixture.generated().files {
            let lints = if path == "Cargo.toml" { LINTS } else { "" };
            write(&crates.join(fixture.name()).join(path), &(text + lints));
        }
    }
}

/// Writes a file, and the folders it stands in.
///
/// # Panics
/// When the disk does not take it.
pub(crate) fn write(path: &Path, text: &str) {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// The directory in which this test was built, so that what it has compiled is used again.
fn target_directory() -> PathBuf {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    own.parent().unwrap_or(own).to_path_buf()
}
