//! What a user of the client takes in with it: where it comes from, under which licence, and how much it is.
//!
//! `deny.toml` says it for cargo-deny; these tests hold the same lists against what Cargo itself knows, without a network.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The only place that packages come from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// How many crates a client without TLS takes, itself included, as the README tells.
const CRATES_WITHOUT_TLS: usize = 68;
/// How many crates of types alone take.
const CRATES_OF_TYPES: usize = 20;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// What Cargo says, of what is on the disk already.
fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let run = command.current_dir(root()).args(arguments).args(["--offline", "--locked"]).output().expect("cargo runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("cargo writes UTF-8")
}

/// The target that this test was built for: its packages are there, those of others need not be.
fn host() -> String {
    let run = Command::new(env!("CARGO")).args(["-vV"]).output().expect("cargo runs");
    let said = String::from_utf8(run.stdout).expect("cargo writes UTF-8");
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.expect("cargo tells its host").to_owned()
}

/// Every package that a build on this machine takes, as Cargo describes them.
fn packages() -> Vec<Value> {
    let text = cargo(&["metadata", "--format-version", "1", "--filter-platform", &host()]);
    let metadata: Value = serde_json::from_str(&text).expect("cargo writes JSON");
    metadata["packages"].as_array().expect("there are packages").clone()
}

/// The packages of this repository, by name.
fn ours() -> BTreeMap<String, Value> {
    let own = packages().into_iter().filter(|package| package["source"].is_null());
    own.map(|package| (package["name"].as_str().unwrap_or_default().to_owned(), package)).collect()
}

/// The texts of a list of `deny.toml` that follow a key.
fn denied(start: &str, before: &str) -> BTreeSet<String> {
    let text = read("deny.toml");
    let list = text.split_once(start).and_then(|(_, rest)| rest.split_once("\n]")).expect("deny.toml has the list").0;
    let entries = list.lines().filter_map(|line| line.trim().strip_prefix(before)?.split('"').next());
    entries.map(str::to_owned).collect()
}

#[test]
fn every_package_comes_from_the_registry_with_a_checksum() {
    let lock = read("Cargo.lock");
    let ours = ours();
    for package in lock.split("[[package]]").skip(1) {
        let field = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.map(|value| value.trim_matches('"').to_owned())
        };
        let name = field("name").expect("a package has a name");
        match field("source") {
            None => assert!(ours.contains_key(&name), "{name} comes from nowhere"),
            Some(source) => {
                assert_eq!(source, REGISTRY, "{name}");
                assert!(field("checksum").is_some(), "{name} has no checksum");
            }
        }
    }
}

#[test]
fn every_licence_is_one_that_is_allowed() {
    let allowed = denied("\nallow = [", "\"");
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or("none").replace('/', " OR ");
        let fits =
            |part: &str| part.trim_matches(['(', ')', ' ']).split(" OR ").any(|one| allowed.contains(one.trim()));
        assert!(licence.split(" AND ").all(fits), "{}: {licence}", package["name"]);
    }
}

#[test]
fn nothing_of_ours_runs_at_build_time() {
    for (name, package) in ours() {
        let targets = package["targets"].as_array().into_iter().flatten();
        for kind in targets.flat_map(|target| target["kind"].as_array()).flatten() {
            // No client compiles the generator, which has a fingerprint made of its own sources.
            let is_fingerprint = name == "smithy-client-codegen" && kind == "custom-build";
            let runs = ["custom-build", "proc-macro"].iter().any(|runs| kind == runs);
            assert!(!runs || is_fingerprint, "{name} has a {kind}");
        }
    }
}

#[test]
fn the_client_is_a_library_with_one_dependency_and_one_that_a_feature_brings() {
    let client = &ours()["ivs-realtime"];
    let entries = |list: &str| client[list].as_array().cloned().unwrap_or_default().into_iter();
    let names = |list: &str, kind: Value| -> Vec<Value> {
        entries(list).filter(|entry| entry["kind"] == kind).map(|entry| entry["name"].clone()).collect()
    };
    let dependencies = entries("dependencies").filter(|entry| entry["kind"].is_null());
    let dependencies: Vec<Value> =
        dependencies.map(|entry| serde_json::json!([entry["name"], entry["optional"]])).collect();
    assert_eq!(Value::Array(dependencies), serde_json::json!([["aws-config", true], ["smithy-client-runtime", false]]));
    // For the program on the first page of its documentation: whoever uses the crate does not compile it.
    assert_eq!(names("dependencies", "dev".into()), ["tokio"]);
    assert_eq!(names("targets", serde_json::json!(["lib"])), ["ivs_realtime"]);
    assert_eq!(client["targets"][0]["kind"], serde_json::json!(["lib"]));
}

#[test]
fn the_runtime_asks_for_no_crate_that_breaks_with_each_release() {
    let banned = denied("\ndeny = [", "{ crate = \"");
    assert!(banned.contains("aws-smithy-json"), "{banned:?}");
    let runtime = &ours()["smithy-client-runtime"];
    for dependency in runtime["dependencies"].as_array().into_iter().flatten().filter(|one| one["kind"].is_null()) {
        let (name, version) = (dependency["name"].as_str(), dependency["req"].as_str());
        let (name, version) = (name.unwrap_or_default(), version.unwrap_or_default());
        assert!(!banned.contains(name), "{name} is for the engine alone");
        assert!(!name.starts_with("aws-") || !version.starts_with("^0."), "{name} {version} is not stable");
    }
}

/// The crates that a build of a package of ours takes.
fn tree(package: &str, features: &[&str]) -> BTreeSet<String> {
    let mut arguments =
        vec!["tree", "--package", package, "--edges", "normal", "--prefix", "none", "--no-default-features"];
    arguments.extend(features);
    let text = cargo(&arguments);
    text.lines().filter_map(|line| line.split(' ').next().filter(|name| !name.is_empty()).map(str::to_owned)).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn each_crate_that_users_compile_is_counted() {
    let client = tree("ivs-realtime", &["--features", "rt-tokio"]);
    assert!(client.len() <= CRATES_WITHOUT_TLS, "{} crates: {client:?}", client.len());
    let tls = ["hyper", "ring", "rustls", "aws-lc-rs"];
    assert!(!tls.iter().any(|name| client.contains(*name)), "{client:?}");
    let types = tree("smithy-client-runtime", &["--features", "serde"]);
    assert!(types.len() <= CRATES_OF_TYPES, "{} crates: {types:?}", types.len());
    assert!(!types.contains("tokio"), "{types:?}");
}
