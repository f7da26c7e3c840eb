//! The packages that are for a registry: what a registry shows of them, and what is in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The rules of crates.io: at most so many keywords and categories, and so many characters of a keyword.
const MOST: usize = 5;
const LONGEST: usize = 20;

/// The [categories](https://crates.io/category_slugs) that are chosen here.
const CATEGORIES: [&str; 4] =
    ["api-bindings", "development-tools", "development-tools::cargo-plugins", "web-programming::http-client"];

/// What a package has beside its sources and what Cargo adds.
const BESIDE: [&str; 3] = ["LICENSE", "README.md", "build.rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let run = command.current_dir(root()).args(arguments).args(["--offline", "--locked"]).output().expect("cargo runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("cargo writes UTF-8")
}

/// The packages of the workspace that may be published.
fn packages() -> Vec<Value> {
    let metadata = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&metadata).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    packages.iter().filter(|package| package["publish"].is_null()).cloned().collect()
}

fn name(package: &Value) -> &str {
    package["name"].as_str().expect("a package has a name")
}

/// The texts of a list.
fn texts<'p>(package: &'p Value, key: &str) -> Vec<&'p str> {
    package[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

#[test]
fn the_script_makes_every_package_that_is_for_a_registry() {
    let script = fs::read_to_string(root().join(".ci/package")).expect("it is readable");
    let listed =
        script.split_once("packages=(\n").and_then(|(_, rest)| rest.split_once("\n)")).expect("it lists them").0;
    let packages = packages();
    assert_eq!(listed.split_whitespace().collect::<BTreeSet<_>>(), packages.iter().map(name).collect::<BTreeSet<_>>());
}

#[test]
fn a_registry_can_show_what_each_package_is() {
    for package in packages() {
        let name = name(&package);
        let folder = Path::new(package["manifest_path"].as_str().expect("it has a manifest")).with_file_name("");
        for key in ["description", "license", "rust_version", "readme"] {
            assert!(package[key].as_str().is_some_and(|text| !text.is_empty()), "{name} has no {key}");
        }
        let license = |folder: &Path| fs::read_to_string(folder.join("LICENSE")).expect("it is readable");
        assert_eq!(license(&folder), license(&root()), "{name}");
        let keywords = texts(&package, "keywords");
        assert!((1..=MOST).contains(&keywords.len()), "{name}: {keywords:?}");
        assert!(keywords.iter().all(|keyword| keyword.len() <= LONGEST), "{name}: {keywords:?}");
        let categories = texts(&package, "categories");
        assert!((1..=MOST).contains(&categories.len()), "{name}: {categories:?}");
        assert!(categories.iter().all(|category| CATEGORIES.contains(category)), "{name}: {categories:?}");
        let dependencies = package["dependencies"].as_array().into_iter().flatten();
        for dependency in dependencies.filter(|one| one["kind"].is_null()) {
            assert_ne!(dependency["req"], "*", "{name} takes any version of {}", dependency["name"]);
        }
    }
}

#[test]
fn packages_hold_their_sources_and_nothing_else() {
    for package in packages() {
        let name = name(&package);
        let listed = cargo(&["package", "--list", "--allow-dirty", "--no-metadata", "--package", name]);
        let listed: BTreeSet<&str> = listed.lines().collect();
        let is_expected = |path: &&str| path.starts_with("src/") || path.starts_with("Cargo.") || BESIDE.contains(path);
        let others: Vec<&str> = listed.iter().copied().filter(|path| !is_expected(path)).collect();
        let own: &[&str] = match name {
            "ivs-realtime" => &[".emitted-files", "rustfmt.toml"],
            _ => &["CHANGELOG.md"],
        };
        let others: Vec<&str> = others.into_iter().filter(|path| *path != ".cargo_vcs_info.json").collect();
        assert_eq!(others, own, "{name}");
        assert!(listed.contains("src/lib.rs") && listed.contains("README.md") && listed.contains("LICENSE"), "{name}");
    }
}
