//! The clients that `aws-config` calls.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Fixture, TINY, undo};
use crate::manifests::Manifests;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A package of a lock.
fn locked(name: &str, version: &str, dependencies: &[&str]) -> String {
    format!(
        "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{REGISTRY}\"\ndependencies = {dependencies:?}\n\n"
    )
}

/// A program that `aws-config` is part of, and what `Cargo.lock` has of it.
fn fixture() -> Fixture {
    let fixture = Fixture::new();
    fixture.change("worker/Cargo.toml", "[dependencies]", "[dependencies]\naws-config = \"1\"");
    let sts = TINY.replace("Tiny Queue", "STS").replace("SendNote", "AssumeRole");
    fixture.write("models/sts.json", &sts.replace("DropNote", "AssumeRoleWithWebIdentity"));
    let lock = [
        locked("aws-config", "1.13.0", &["aws-sdk-ssooidc", "aws-sdk-sts", "aws-types"]),
        locked("aws-sdk-ssooidc", "1.121.0", &[]),
        locked("aws-sdk-sts", "1.124.0", &["aws-types"]),
    ];
    fixture.write("Cargo.lock", &lock.concat());
    fixture
}

/// What is said of the clients that `aws-config` calls.
fn said(fixture: &Fixture) -> String {
    let text = fixture.text(false);
    let lines = text.lines().filter(|line| ["aws-config", "aws-sdk-s"].iter().any(|word| line.contains(word)));
    lines.filter(|line| !line.starts_with("TLS")).map(|line| format!("{line}\n")).collect()
}

/// The same after one thing is changed, but for a service that there is no model of.
fn after(change: impl FnOnce(&Fixture)) -> String {
    let fixture = fixture();
    change(&fixture);
    let said = said(&fixture);
    said.lines().filter(|line| !line.starts_with("aws-sdk-ssooidc")).map(|line| format!("{line}\n")).collect()
}

/// That a second run has nothing to add to what the first did, and that all is put back as it was before.
#[track_caller]
fn a_second_run_adds_nothing_and_the_first_is_undone(fixture: &Fixture, before: &BTreeMap<PathBuf, Vec<u8>>) {
    let once = fixture.tree();
    fixture.plan(false, |migration| assert!(migration.is_empty()));
    assert!(fixture.tree() == once);
    undo(&fixture.root(), false).expect("nothing was edited").expect("there is one to undo");
    assert!(fixture.tree() == *before);
}

#[test]
fn what_aws_config_calls_is_put_in_the_place_of_the_official_ones_and_put_back() {
    let fixture = fixture();
    let before = fixture.tree();
    insta::assert_snapshot!(said(&fixture), @r#"
    aws-sdk-sts 1.124.0 -> clients/aws-sdk-sts: 2 of 4 operations, N lines: AssumeRole, AssumeRoleWithWebIdentity
      for aws-config, by [patch.crates-io]
    aws-sdk-ssooidc stays official for aws-config: no model of it: ROOT/models does not hold ssooidc; it has Odd Service, STS, Tiny Queue
    "#);
    fixture.migrate();
    let root = fixture.read("Cargo.toml");
    insta::assert_snapshot!(root.split_once("notes\n").expect("it is there").1, @r#"

    [patch.crates-io]
    aws-sdk-sts = { path = "clients/aws-sdk-sts" }

    # Emitted as a whole: built without what only helps where a part of a package changes.
    [profile.dev.package]
    tinyqueue = { incremental = false }
    aws-sdk-sts = { incremental = false }
    smithy-client-runtime = { incremental = false }
    "#);
    let manifest = fixture.read("smithy-client.toml");
    insta::assert_snapshot!(manifest.split_once("\n\n[clients.aws").expect("it has a client").1, @r#"
    -sdk-sts]
    model = "models"
    service = "sts"
    patch = "1.124.0"
    operations = ["AssumeRole", "AssumeRoleWithWebIdentity"]
    "#);
    let emitted = fixture.read("clients/aws-sdk-sts/Cargo.toml");
    assert!(emitted.contains("name = \"aws-sdk-sts\"\nversion = \"1.124.0\"\n"), "{emitted}");
    assert!(emitted.contains("name = \"aws_sdk_sts\""), "{emitted}");

    a_second_run_adds_nothing_and_the_first_is_undone(&fixture, &before);
}

#[test]
fn a_program_without_official_crates_of_its_own_gets_them_too() {
    let fixture = fixture();
    fixture.write("worker/Cargo.toml", "[package]\nname = \"worker\"\n[dependencies]\naws-config = \"1\"\n");
    fixture.write("tool/Cargo.toml", "[package]\nname = \"tool\"\n");
    fixture.change("Cargo.toml", "aws-sdk-tinyqueue = \"1.2\" # notes\n", "");
    fixture.plan(false, |migration| {
        assert!(!migration.is_empty() && migration.is_complete());
        assert_eq!(migration.object()["for_aws_config"]["taken_over"][0]["version"], "1.124.0");
    });
}

#[test]
fn official_ones_stay_where_anything_does_not_fit() {
    let lock = |it: &Fixture, old: &str, new: &str| it.change("Cargo.lock", old, new);
    insta::assert_snapshot!(after(|it| lock(it, "\"1.124.0\"", "\"2.0.0\"")), @"aws-sdk-sts stays official for aws-config: its version 2.0.0 is none of those that are known here, 1.x");
    insta::assert_snapshot!(after(|it| lock(it, "\"1.13.0\"", "\"0.101.0\"")), @"what aws-config calls stays official: what version 0.101.0 calls is not known here; that is known of 1.x");
    let shared = |it: &Fixture| {
        it.write("Cargo.lock", &(it.read("Cargo.lock") + &locked("vault", "3.0.0", &["aws-sdk-sts"])));
    };
    insta::assert_snapshot!(after(shared), @"aws-sdk-sts stays official for aws-config: vault 3.0.0 depends on it too, and may call more of it");
    let twice = |it: &Fixture| it.write("Cargo.lock", &(it.read("Cargo.lock") + &locked("aws-sdk-sts", "1.0.0", &[])));
    insta::assert_snapshot!(after(twice), @"aws-sdk-sts stays official for aws-config: Cargo.lock has several versions of it");
    let patched = |it: &Fixture| {
        it.write("Cargo.toml", &(it.read("Cargo.toml") + "\n[patch.crates-io]\naws-sdk-sts = { path = \"x\" }\n"));
        it.write("x/Cargo.toml", "[package]\nname = \"aws-sdk-sts\"\nversion = \"1.124.0\"\n");
        it.write("x/src/lib.rs", "");
        it.change("Cargo.toml", "[workspace]", "[workspace]\nexclude = [\"x\"]");
    };
    insta::assert_snapshot!(after(patched), @"aws-sdk-sts stays official for aws-config: [patch.crates-io] puts another one in its place");
    insta::assert_snapshot!(after(|it| std::fs::remove_file(it.root().join("Cargo.lock")).expect("it is there")), @"what aws-config calls stays official: there is no Cargo.lock yet, which says who depends on the clients that it calls; run cargo generate-lockfile, then this again");
    // Without `aws-config` there is nothing to say.
    assert_eq!(after(|it| lock(it, "name = \"aws-config\"", "name = \"aws-other\"")), "");
}

#[test]
fn a_client_that_goes_takes_its_patch_along() {
    let fixture = fixture();
    fixture.migrate();
    let site = fixture.site();
    let mut manifests = Manifests::read(&site).expect("they can be read");
    let client = &site.manifest.content.clients["aws-sdk-sts"];
    let followed = manifests.follow("aws-sdk-sts", client, None).expect("it can be followed");
    assert_eq!(followed.places, 1);
    assert!(manifests.edits().is_empty(), "it is as it has to be");

    let mut manifests = Manifests::read(&site).expect("they can be read");
    manifests.forget("aws-sdk-sts", &[]).expect("it can be taken out");
    let edits = manifests.edits();
    assert_eq!(edits.len(), 1);
    assert!(!edits[0].new.contains("patch"), "{}", edits[0].new);
}

/// The same with a member that calls the service itself.
fn shared() -> Fixture {
    let fixture = fixture();
    fixture.change("tool/Cargo.toml", "[dependencies]", "[dependencies]\naws-sdk-sts = \"1.9\" # ours");
    fixture.write("tool/src/lib.rs", "pub fn read(client: &aws_sdk_sts::Client) { client.read_notes(); }\n");
    let tool = "[[package]]\nname = \"tool\"\nversion = \"0.0.0\"\ndependencies = [\"aws-sdk-sts\"]\n";
    fixture.write("Cargo.lock", &(fixture.read("Cargo.lock") + tool));
    fixture
}

#[test]
fn one_client_serves_the_program_and_aws_config() {
    let fixture = shared();
    let before = fixture.tree();
    insta::assert_snapshot!(said(&fixture), @r"
    aws-sdk-sts -> clients/aws-sdk-sts: 3 of 4 operations, N lines: AssumeRole, AssumeRoleWithWebIdentity, ReadNotes
      in tool/Cargo.toml [dependencies]: aws-sdk-sts
      and for aws-config, in the place of 1.124.0, by [patch.crates-io]
    aws-sdk-ssooidc stays official for aws-config: no model of it: ROOT/models does not hold ssooidc; it has Odd Service, STS, Tiny Queue
    ");
    fixture.migrate();
    let clients = fixture.read("smithy-client.toml");
    let client = clients.split("\n[").find(|table| table.starts_with("clients.aws")).expect("it has a client");
    insta::assert_snapshot!(client, @r#"
    clients.aws-sdk-sts]
    model = "models"
    service = "sts"
    patch = "1.124.0"
    operations = "auto"
    also = ["AssumeRole", "AssumeRoleWithWebIdentity"]
    default-features = false
    features = ["rt-tokio", "rustls-aws-lc"]
    "#);
    let tool = fixture.read("tool/Cargo.toml");
    assert!(tool.contains("aws-sdk-sts = { path = \"../clients/aws-sdk-sts\", "), "{tool}");
    assert!(fixture.read("Cargo.toml").contains("aws-sdk-sts = { path = \"clients/aws-sdk-sts\" }"));
    assert!(!fixture.root().join("clients/sts").exists());

    a_second_run_adds_nothing_and_the_first_is_undone(&fixture, &before);
}

#[test]
fn one_that_serves_aws_config_comes_to_serve_the_program_too() {
    let fixture = fixture();
    fixture.migrate();
    let alone = fixture.read("clients/aws-sdk-sts/Cargo.toml");
    fixture.write("tool/src/lib.rs", "pub fn read(client: &aws_sdk_sts::Client) { client.read_notes(); }\n");
    fixture.change("tool/Cargo.toml", "[dependencies]", "[dependencies]\naws-sdk-sts = \"1.9\"");
    fixture.plan(false, |migration| {
        let taken = &migration.object()["taken_over"][0];
        assert_eq!(taken["client"], "aws-sdk-sts");
        assert_eq!(taken["for_aws_config"], "1.124.0");
        assert_eq!(taken["operations"].as_array().map(Vec::len), Some(3), "{taken}");
    });
    fixture.migrate();
    assert_ne!(fixture.read("clients/aws-sdk-sts/Cargo.toml"), alone);
    let clients = fixture.read("smithy-client.toml");
    assert_eq!(clients.matches("patch = \"1.124.0\"").count(), 1, "{clients}");
}

#[test]
fn an_aws_config_that_is_too_old_for_the_clients_is_for_cargo_to_choose_anew() {
    let fixture = shared();
    fixture.migrate();
    assert!(fixture.read("Cargo.lock").contains("name = \"aws-config\""));
    // What the other clients ask for is what these are too old without.
    let emitted = fixture.read("clients/tinyqueue/Cargo.toml");
    assert!(emitted.contains("\naws-config = { version = \"1.13.0\", "), "{emitted}");

    let fixture = shared();
    fixture.change("Cargo.lock", "\"1.13.0\"", "\"1.5.11\"");
    let before = fixture.tree();
    fixture.migrate();
    let lock = fixture.read("Cargo.lock");
    assert!(!lock.contains("aws-config") && lock.contains("name = \"aws-sdk-ssooidc\""), "{lock}");
    undo(&fixture.root(), false).expect("nothing was edited").expect("there is one to undo");
    assert!(fixture.tree() == before);
}
