//! The copy of the runtime that stands beside emitted clients: it is all there, and it builds.

mod scratch;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_smithy_client::runtime;
use scratch::{RUNTIME, Scratch};
use smithy_client_runtime::sources::FILES;

/// The runtime in the repository.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime")
}

/// The sources below a folder of the runtime, but what is compiled for tests alone.
fn sources(below: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(below).expect("the folder is readable") {
        let path = entry.expect("the folder is readable").path();
        if path.file_stem().is_some_and(|stem| stem == "tests") {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else {
            let path = path.strip_prefix(folder()).expect("it is below the runtime");
            let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
            found.insert(names.join("/"));
        }
    }
}

#[test]
fn the_command_brings_every_file_of_the_runtime() {
    let mut found = BTreeSet::from(["Cargo.toml", "LICENSE", "README.md"].map(str::to_owned));
    sources(&folder().join("src"), &mut found);
    let listed: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(
        listed,
        found.iter().map(String::as_str).collect::<Vec<_>>(),
        "codegen/runtime/src/sources.rs lists them"
    );
    for (path, text) in FILES {
        assert_eq!(fs::read_to_string(folder().join(path)).expect("it is readable"), *text, "{path}");
    }
}

#[test]
fn the_copy_is_a_package_that_builds_alone() {
    let scratch = Scratch::new("copy");
    scratch.runtime();
    // The scratch folder is below a workspace, of which the copy is no member.
    let manifest = &runtime::files().expect("the manifest is as expected")["Cargo.toml"];
    scratch.write(&format!("{RUNTIME}/Cargo.toml"), &format!("{manifest}\n[workspace]\n"));
    scratch.lock(RUNTIME);
    let features = "rest-json,aws-json";
    let (passed, said) = scratch.cargo(RUNTIME, &["check", "--no-default-features", "--features", features]);
    assert!(passed && !said.contains("warning"), "{said}");
}

#[test]
fn the_runtime_asks_for_the_compiler_of_the_workspace() {
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).expect("it is readable");
    let workspace = fs::read_to_string(folder().join("../../Cargo.toml")).expect("it is readable");
    for key in ["edition", "rust-version", "license"] {
        let lines = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with(&format!("{key} = "))).map(str::to_owned).collect()
        };
        assert_eq!(lines(&manifest), lines(&workspace), "{key}");
    }
}
