//! Clients come and go.

use super::{PACKAGE, Run, Workspace, object};

/// Adds and removes a client, and compares every file with what it was.
fn comes_and_goes(workspace: &Workspace, directory: &str) {
    let before = workspace.tree();
    let run = workspace.run_in(directory, &["add", "weather", "--model", &up(directory, "weather.json")]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(workspace.passes(&["sync", "--check"]).err, "");
    workspace.passes(&["remove", "weather"]);
    assert_eq!(workspace.tree(), before);
    assert!(!workspace.path("clients").exists());
}

/// A path of the root seen from a directory below it.
fn up(directory: &str, path: &str) -> String {
    let ups = directory.split('/').filter(|part| !part.is_empty()).map(|_| "../");
    ups.collect::<String>() + path
}

#[test]
fn what_comes_goes_again_byte_for_byte() {
    let windows = "# Ours.\r\n[package]\r\nname = \"app\"\r\nedition = \"2024\"\r\n\r\n[dependencies]\r\n# None.\r\n";
    let in_workspace = format!("{PACKAGE}\n[workspace]\nresolver = \"3\" # newest\n");
    let excludes = format!("[workspace]\nexclude = [\n    \"old\", # gone soon\n]\n\n{PACKAGE}serde = \"1\"\n");
    for manifest in [PACKAGE, windows, &in_workspace, &excludes] {
        comes_and_goes(&Workspace::of(&[("Cargo.toml", manifest), ("src/main.rs", "fn main() {}")]), "");
    }
}

#[test]
fn a_member_of_a_workspace_gets_the_dependency() {
    let root = "[workspace]\nmembers = [\"a\", \"tools/b\"]\nresolver = \"3\"\n";
    let b = PACKAGE.replace("app", "b");
    let workspace = Workspace::of(&[("Cargo.toml", root), ("a/Cargo.toml", PACKAGE), ("tools/b/Cargo.toml", &b)]);
    workspace.put("a/src/lib.rs", "");
    workspace.put("tools/b/src/lib.rs", "");
    comes_and_goes(&workspace, "tools/b/src");

    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!((run.code, run.err.as_str()), (2, "error: say which package depends on it with --package: app, b\n"));
    assert!(!workspace.path("clients").exists());

    workspace.passes(&["add", "weather", "--model", "weather.json", "--package", "b"]);
    assert!(workspace.read("tools/b/Cargo.toml").ends_with("weather = { path = \"../../clients/weather\" }\n"));
    assert_eq!(workspace.read("a/Cargo.toml"), PACKAGE);
    assert!(workspace.read("Cargo.toml").contains("exclude = [\"clients\"]"), "{}", workspace.read("Cargo.toml"));
}

#[test]
fn clients_may_be_elsewhere() {
    let workspace = Workspace::package("fn main() {}");
    workspace.passes(&["add", "weather", "--model", "weather.json", "--directory", "vendor/aws"]);
    assert!(workspace.path("vendor/aws/weather/src/lib.rs").exists());
    assert!(workspace.path("vendor/aws/smithy-client-runtime/src/lib.rs").exists());
    insta::assert_snapshot!(workspace.read("Cargo.toml"), @r#"
    [package]
    name = "app"
    version = "0.1.0"
    edition = "2024"

    [dependencies]
    weather = { path = "vendor/aws/weather" }

    # Emitted as a whole: built without what only helps where a part of a package changes.
    [profile.dev.package]
    weather = { incremental = false }
    smithy-client-runtime = { incremental = false }
    "#);
    insta::assert_snapshot!(workspace.read("smithy-client.toml"), @r#"
    # Clients of AWS services that `cargo smithy-client sync` emits.
    directory = "vendor/aws"

    [clients.weather]
    model = "weather.json"
    operations = "auto"
    "#);
    workspace.passes(&["sync", "--check"]);
    let run = workspace.run(&["add", "sky", "--model", "weather.json", "--directory", "../out"]);
    assert_eq!(run.code, 2, "{}", run.out);
}

#[test]
fn the_official_crate_gives_its_name() {
    let depends = format!("{PACKAGE}aws-sdk-weather = {{ version = \"1.5\", features = [\"gated-tests\"] }}\n");
    let workspace = Workspace::of(&[("Cargo.toml", &depends), ("src/main.rs", "fn main() {}")]);
    workspace.passes(&["add", "aws-sdk-weather", "--model", "weather.json"]);
    let dependency = "aws-sdk-weather = { package = \"weather\", path = \"clients/weather\" }\n";
    assert!(workspace.read("Cargo.toml").contains(dependency), "{}", workspace.read("Cargo.toml"));
    assert!(workspace.read("smithy-client.toml").contains("dependency = \"aws-sdk-weather\""));

    let names = Workspace::package("use aws_sdk_weather::Client; fn main() {}");
    names.passes(&["add", "weather", "--model", "weather.json"]);
    assert!(names.read("Cargo.toml").contains(dependency), "{}", names.read("Cargo.toml"));

    let other = Workspace::package("use aws_sdk_weather::Client; fn main() {}");
    other.passes(&["add", "weather", "--model", "weather.json", "--as", "sky", "--no-default-features"]);
    let dependency = "sky = { package = \"weather\", path = \"clients/weather\", default-features = false }\n";
    assert!(other.read("Cargo.toml").contains(dependency), "{}", other.read("Cargo.toml"));
}

#[test]
fn a_name_that_nothing_has_is_answered_with_those_that_there_are() {
    let workspace = Workspace::package("fn main() {}");
    let before = workspace.tree();
    let run = workspace.run(&["add", "wether", "--model", "weather.json"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("weather.json does not hold wether; it has Weather\n"), "{}", run.err);
    for name in ["models", "smithy-client-runtime", "a/b", "fn"] {
        assert_eq!(workspace.run(&["add", name, "--model", "weather.json"]).code, 2, "{name}");
    }
    assert_eq!(workspace.tree(), before);
    let run = workspace.run(&["remove", "wether"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error: no client is called wether\n  hint: "), "{}", run.err);
}

#[test]
fn of_many_services_the_nearest_are_named() {
    let workspace = Workspace::package("fn main() {}");
    for number in 0..30 {
        let name = if number == 7 { "Weather Station".to_owned() } else { format!("Other{number}") };
        let description = super::DESCRIPTION.replace("\"Weather\"", &format!("{name:?}"));
        workspace.put(&format!("data/{number}/2020-01-01/service-2.json"), &description);
    }
    let run = workspace.run(&["add", "wetherstation", "--model", "data"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("but 30 other services\n  hint: did you mean weatherstation?\n"), "{}", run.err);
    workspace.passes(&["add", "weatherstation", "--model", "data"]);
}

#[test]
fn a_client_that_is_there_is_not_added_again() {
    let workspace = Workspace::with_client("fn main() {}");
    let before = workspace.tree();
    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error: there is a client weather already\n  hint: "), "{}", run.err);
    assert_eq!(workspace.tree(), before);
}

/// Whether a run wrote nothing because of a file.
fn stopped_by(run: &Run, place: &str) {
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.err.contains(place), "{}", run.err);
}

#[test]
fn a_file_of_a_person_is_never_touched() {
    for place in ["clients/weather/src/lib.rs", "clients/models/weather.json"] {
        let workspace = Workspace::package("fn main() {}");
        workspace.put(place, "mine");
        let before = workspace.tree();
        stopped_by(&workspace.run(&["add", "weather", "--model", "weather.json"]), place);
        assert_eq!(workspace.tree(), before);
    }
    let workspace = Workspace::package("fn main() {}");
    workspace.put("clients/smithy-client-runtime/src/lib.rs", "mine");
    let before = workspace.tree();
    assert_eq!(workspace.run(&["add", "weather", "--model", "weather.json"]).code, 2);
    assert_eq!(workspace.tree(), before);
}

#[test]
fn what_a_person_put_beside_a_client_stays() {
    let workspace = Workspace::with_client("fn main() {}");
    workspace.put("clients/weather/NOTES.md", "mine");
    workspace.passes(&["sync", "--check"]);
    workspace.passes(&["remove", "weather"]);
    let left: Vec<String> = workspace.tree().into_keys().filter(|path| path.starts_with("clients")).collect();
    assert_eq!(left, ["clients/weather/NOTES.md"]);
}

#[test]
fn one_that_fails_leaves_the_others() {
    let workspace = Workspace::package("fn main() {}");
    let run = workspace.run(&["add", "weather", "climate", "--model", "weather.json", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.out);
    let told = object(&run);
    assert_eq!(told["clients"][0]["status"], "unreadable");
    assert_eq!(told["clients"][1]["status"], "written");
    assert!(!workspace.read("smithy-client.toml").contains("climate"));
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn types_alone_are_a_client_of_their_own() {
    let workspace = Workspace::package("fn main() {}");
    workspace.passes(&["add", "weather", "--model", "weather.json", "--emit", "types", "--operations", "all"]);
    assert!(workspace.read("clients/weather-types/Cargo.toml").contains("emit = \"types\""));
    workspace.passes(&["sync", "--check"]);
    let list = workspace.passes(&["list"]);
    insta::assert_snapshot!(list.out, @r"
    client         service  operations      dependency     model
    weather-types  Weather  2 (all, types)  weather-types  weather.json
    ");
}
