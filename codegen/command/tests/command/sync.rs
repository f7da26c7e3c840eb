//! Clients follow the program, and what was changed by hand is found.

use super::{MODEL, Workspace, object};

#[test]
fn a_client_follows_the_program() {
    let workspace = Workspace::with_client("fn main() { let city = client.get_city(); }");
    assert!(workspace.path("clients/weather/src/operation/get_city.rs").exists());
    assert!(!workspace.path("clients/weather/src/operation/list_cities.rs").exists());

    workspace.put("src/other.rs", "macro_rules! a { () => { client.list_cities() } }");
    let check = workspace.run(&["sync", "--check"]);
    assert_eq!(check.code, 1, "{}", check.out);
    assert!(check.out.contains("missing: clients/weather/src/operation/list_cities.rs\n"), "{}", check.out);
    assert!(check.out.contains("changed: smithy-client.lock\n"), "{}", check.out);
    assert!(check.out.ends_with("run: cargo smithy-client sync\n"), "{}", check.out);
    assert!(!workspace.path("clients/weather/src/operation/list_cities.rs").exists());

    workspace.passes(&["sync"]);
    assert!(workspace.path("clients/weather/src/operation/list_cities.rs").exists());
    let check = workspace.passes(&["sync", "--check", "--format", "json"]);
    let told = object(&check);
    assert_eq!((&told["status"], &told["clients"][0]["operations"]), (&"done".into(), &2.into()));

    let why = workspace.passes(&["sync", "--why", "ListCities"]);
    assert!(why.out.contains("src/other.rs:1: macro_rules!"), "{}", why.out);
    assert_eq!(workspace.run(&["sync", "--why", "Snow"]).code, 1);
}

#[test]
fn modules_that_packages_share_are_part_of_the_program() {
    let workspace = Workspace::of(&[
        ("Cargo.toml", "[workspace]\nmembers = [\"app\"]\nresolver = \"3\"\n"),
        ("app/Cargo.toml", super::PACKAGE),
        ("app/src/main.rs", "#[path = \"../../shared/calls.rs\"]\nmod calls;\nfn main() {}\n"),
        ("shared/calls.rs", "fn call() { client.get_city() }\n"),
        ("other/Cargo.toml", super::PACKAGE),
        ("other/src/main.rs", "fn main() { client.list_cities() }\n"),
    ]);
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    let why = workspace.passes(&["sync", "--why", "GetCity"]);
    assert!(why.out.contains("shared/calls.rs:1: fn call()"), "{}", why.out);
    assert_eq!(workspace.run(&["sync", "--why", "ListCities"]).code, 1, "another package is none of the workspace");
}

#[test]
fn two_machines_emit_the_same_bytes() {
    let trees = [0, 1].map(|_| Workspace::with_client("fn main() { client.get_city() }").tree());
    assert_eq!(trees[0], trees[1]);
}

#[test]
fn what_was_changed_by_hand_is_found_and_put_back() {
    let workspace = Workspace::with_client("fn main() { client.get_city() }");
    let before = workspace.tree();
    for place in ["clients/weather/src/client.rs", "clients/smithy-client-runtime/src/lib.rs"] {
        workspace.put(place, &workspace.read(place).replace("pub ", "pub  "));
        let check = workspace.run(&["sync", "--check"]);
        assert_eq!(check.code, 1, "{}", check.out);
        assert!(check.out.contains(&format!("changed: {place}\n")), "{}", check.out);
        workspace.passes(&["sync"]);
        assert_eq!(workspace.tree(), before);
    }
    for place in ["clients/weather/src/lib.rs", "smithy-client.lock", "clients/smithy-client-runtime/src/lib.rs"] {
        std::fs::remove_file(workspace.path(place)).expect("it was emitted");
        assert_eq!(workspace.run(&["sync", "--check"]).code, 1, "{place}");
        workspace.passes(&["sync"]);
        assert_eq!(workspace.tree(), before, "{place}");
    }
}

#[test]
fn the_manifest_says_what_there_is() {
    let workspace = Workspace::with_client("fn main() {}");
    let manifest = workspace.read("smithy-client.toml");
    let named = manifest.replace("\"auto\"", "[\"GetCity\"]\nfeatures = [\"rt-tokio\"]");
    workspace.put("smithy-client.toml", &named);
    assert_eq!(workspace.run(&["sync", "--check"]).code, 1);
    workspace.passes(&["sync"]);
    assert!(workspace.path("clients/weather/src/operation/get_city.rs").exists());
    let dependency = "weather = { path = \"clients/weather\", features = [\"rt-tokio\"] }\n";
    assert!(workspace.read("Cargo.toml").contains(dependency), "{}", workspace.read("Cargo.toml"));

    workspace.put("smithy-client.toml", &named.replace("GetCity", "GetTown"));
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("GetTown") && run.err.contains("GetCity"), "{}", run.err);

    workspace.put("smithy-client.toml", &named.replace("operations", "operation"));
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("unknown field `operation`"), "{}", run.err);

    // A client whose table is gone goes.
    workspace.put("smithy-client.toml", "# Nothing for now.\n");
    workspace.passes(&["sync"]);
    assert!(!workspace.path("clients").exists());
    assert!(!workspace.read("Cargo.toml").contains("weather"), "{}", workspace.read("Cargo.toml"));
}

#[test]
fn the_help_of_each_command_teaches_by_examples() {
    let workspace = Workspace::package("fn main() {}");
    for command in ["add", "sync", "update", "outdated", "list", "remove"] {
        let help = workspace.passes(&[command, "--help"]).out;
        assert!(help.contains(&format!("Usage: cargo smithy-client {command}")), "{help}");
        assert!(help.contains(&format!("Examples:\n  cargo smithy-client {command}")), "{help}");
    }
    assert!(workspace.passes(&["--help"]).out.contains("A first client:\n"));
}

#[test]
fn a_call_of_what_cannot_be_emitted_is_told() {
    let workspace = Workspace::package("fn main() { client.get_city() }");
    // CBOR has no documents.
    let model = MODEL.replace("aws.protocols#restJson1", "smithy.protocols#rpcv2Cbor");
    let names = "\"names\": { \"target\": \"com.example.weather#Names\" }";
    workspace.put("weather.json", &model.replace(names, "\"names\": { \"target\": \"smithy.api#Document\" }"));
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    workspace.put("src/main.rs", "fn main() { client.get_city(); client.list_cities() }");
    let run = workspace.passes(&["sync"]);
    assert!(run.err.starts_with("left out: weather: ListCities: "), "{}", run.err);
    assert!(run.out.contains("1 operation left out\n"), "{}", run.out);
    assert!(workspace.read("smithy-client.lock").contains("left_out = [\"ListCities\"]"));
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn a_client_in_the_place_of_a_package_follows_the_version_that_the_program_has() {
    let workspace = Workspace::with_client("fn main() { client.get_city() }");
    let clients =
        workspace.read("smithy-client.toml").replace("operations =", "patch = \"1.2.3\" # for others\noperations =");
    workspace.put("smithy-client.toml", &clients);
    let locked = |version: &str, source: &str| {
        workspace.put("Cargo.lock", &format!("[[package]]\nname = \"weather\"\nversion = \"{version}\"\n{source}"));
    };
    let registry = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    locked("1.2.3", "");
    workspace.passes(&["sync"]);
    workspace.passes(&["sync", "--check"]);
    locked("1.3.0", registry);
    let check = workspace.run(&["sync", "--check"]);
    assert_eq!(check.code, 1, "{}", check.out);
    let told = "warning: weather: it takes the place of 1.3.0 now, which Cargo.lock has, and not of 1.2.3\n";
    assert_eq!(workspace.passes(&["sync"]).err, told);
    assert_eq!(workspace.read("smithy-client.toml"), clients.replace("1.2.3", "1.3.0"));
    assert!(workspace.read("clients/weather/Cargo.toml").contains("version = \"1.3.0\""));
    // Cargo takes no client for another major version.
    locked("2.0.0", registry);
    workspace.passes(&["sync", "--check"]);
}
