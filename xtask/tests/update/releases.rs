//! Changelog and version.

use super::{Repository, next};

/// A repository with one release, and a breaking change upstream.
fn released(version: &str) -> Repository {
    let repository = Repository::new();
    let log = format!("# Changelog\n\n## [Unreleased]\n\n## [{version}] - 2026-01-01\n\n- a\n");
    repository.put("CHANGELOG.md", log.as_bytes());
    repository.put("up.json", next().as_bytes());
    repository
}

#[test]
fn after_a_release_the_version_follows_the_verdict() {
    let repository = released("0.1.0");
    let run = repository.update(&["up.json"]);
    assert!(run.out.contains("the version: 0.1.0 -> 0.2.0, after release 0.1.0"), "{}", run.out);
    for file in ["Cargo.toml", "Cargo.lock", "generated/Cargo.toml"] {
        assert!(repository.read(file).contains("version = \"0.2.0\""), "{file}");
    }
    assert_eq!(repository.run("codegen", &["--check"]).code, 0);
}

#[test]
fn a_version_that_moved_already_is_not_moved_again() {
    let repository = released("0.0.9");
    let run = repository.update(&["up.json"]);
    assert!(run.out.contains("the version: 0.1.0 stays, which is enough after release 0.0.9"), "{}", run.out);
    assert!(repository.read("Cargo.toml").contains("version = \"0.1.0\""));
}

#[test]
fn before_the_first_release_the_version_stays() {
    let repository = Repository::new();
    repository.put("up.json", next().as_bytes());
    let run = repository.update(&["up.json"]);
    assert!(run.out.contains("0.1.0 stays, as CHANGELOG.md has no release yet; after one it would be 0.2.0"));
    assert!(repository.read("Cargo.toml").contains("version = \"0.1.0\""));
}

#[test]
fn changelog_and_version_are_left_alone_on_request() {
    let repository = released("0.1.0");
    let (log, manifest) = (repository.read("CHANGELOG.md"), repository.read("Cargo.toml"));
    assert_eq!(repository.update(&["up.json", "--no-release"]).code, 0);
    assert_eq!((repository.read("CHANGELOG.md"), repository.read("Cargo.toml")), (log, manifest));
    assert!(repository.read("model/weather.json").contains("kelvin"));
}
