//! What a person changes in `smithy-client.toml` is followed, and of two runs neither breaks the other.

use std::process::{Command, Stdio};

use super::{PACKAGE, Workspace};

/// A workspace of two packages that have a client, one of them by the workspace's own dependency.
fn two_packages() -> Workspace {
    let root = "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n";
    let b = PACKAGE.replace("app", "b");
    let workspace = Workspace::of(&[("Cargo.toml", root), ("a/Cargo.toml", PACKAGE), ("b/Cargo.toml", &b)]);
    workspace.put("a/src/lib.rs", "fn a() { client.get_city() }");
    workspace.put("b/src/lib.rs", "");
    workspace.passes(&["add", "weather", "--model", "weather.json", "--package", "b"]);
    let root = workspace.read("Cargo.toml") + "\n[workspace.dependencies]\nweather = { path = \"clients/weather\" }\n";
    workspace.put("Cargo.toml", &root);
    workspace.put(
        "a/Cargo.toml",
        &format!("{PACKAGE}weather.workspace = true\n\n[features]\nsky = [\"weather/rt-tokio\"]\n"),
    );
    workspace
}

/// Changes `smithy-client.toml`, as a person does.
fn changed(workspace: &Workspace, from: &str, to: &str) {
    let text = workspace.read("smithy-client.toml");
    assert!(text.contains(from), "{text}");
    workspace.put("smithy-client.toml", &text.replace(from, to));
}

#[test]
fn another_directory_moves_the_clients() {
    let workspace = two_packages();
    workspace.put("clients/weather/NOTES.md", "mine");
    changed(&workspace, "\n[clients", "directory = \"vendor/aws\"\n\n[clients");
    let before = workspace.tree();
    let refused = workspace.run(&["add", "climate", "--model", "weather.json", "--package", "b"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("move them first: cargo smithy-client sync"), "{}", refused.err);
    let check = workspace.run(&["sync", "--check"]);
    assert_eq!(check.code, 1);
    assert!(check.out.starts_with("to be moved: clients to vendor/aws\nchanged: Cargo.toml\n"), "{}", check.out);
    assert_eq!(workspace.tree(), before);

    // The place that the model came from is not asked.
    std::fs::remove_file(workspace.path("weather.json")).expect("it was put there");
    workspace.passes(&["sync"]);
    workspace.passes(&["sync", "--check"]);
    let left: Vec<String> = workspace.tree().into_keys().filter(|path| path.starts_with("clients")).collect();
    assert_eq!(left, ["clients/weather/NOTES.md"]);
    assert!(workspace.path("vendor/aws/weather/src/operation/get_city.rs").exists());
    assert!(workspace.path("vendor/aws/models/weather.json").exists());
    assert!(workspace.read("Cargo.toml").contains("exclude = [\"vendor/aws\"]"), "{}", workspace.read("Cargo.toml"));
    assert!(workspace.read("Cargo.toml").contains("weather = { path = \"vendor/aws/weather\" }"));
    assert!(workspace.read("b/Cargo.toml").ends_with("weather = { path = \"../vendor/aws/weather\" }\n"));

    // And back: nothing is left behind.
    changed(&workspace, "directory = \"vendor/aws\"\n", "");
    workspace.passes(&["sync"]);
    assert!(!workspace.path("vendor").exists());
}

#[test]
fn clients_that_cannot_be_made_elsewhere_stay() {
    let workspace = two_packages();
    workspace.put("vendor/weather/src/lib.rs", "mine");
    changed(&workspace, "\n[clients", "directory = \"vendor\"\n\n[clients");
    let before = workspace.tree();
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert_eq!(
        run.err,
        "error: the clients stay in clients, as weather cannot be made in vendor: a file is in its way\n"
    );
    assert_eq!(workspace.tree(), before);
}

#[test]
fn another_name_of_the_dependency_is_that_in_all_manifests() {
    let workspace = two_packages();
    changed(&workspace, "operations =", "dependency = \"sky\"\nfeatures = [\"serde\"]\noperations =");
    let run = workspace.passes(&["sync"]);
    assert_eq!(run.err, "warning: weather: it is called sky now; write `sky::` for `weather::` in sources\n");
    workspace.passes(&["sync", "--check"]);
    let sky = "sky = { package = \"weather\", path = \"clients/weather\", features = [\"serde\"] }\n";
    assert!(workspace.read("Cargo.toml").contains(sky), "{}", workspace.read("Cargo.toml"));
    insta::assert_snapshot!(workspace.read("a/Cargo.toml"), @r#"
    [package]
    name = "app"
    version = "0.1.0"
    edition = "2024"

    [dependencies]
    sky.workspace = true

    [features]
    sky = ["sky/rt-tokio"]
    "#);
    // A feature that is asked for no more goes, one of a person's stays.
    workspace.put("b/Cargo.toml", &workspace.read("b/Cargo.toml").replace("\"serde\"", "\"serde\", \"test-util\""));
    changed(&workspace, "features = [\"serde\"]", "default-features = false");
    workspace.passes(&["sync"]);
    let b = "sky = { package = \"weather\", path = \"../clients/weather\", features = [\"test-util\"], default-features = false }\n";
    assert!(workspace.read("b/Cargo.toml").ends_with(b), "{}", workspace.read("b/Cargo.toml"));

    // Not where something else has the name.
    workspace.put("b/Cargo.toml", &format!("{}cloud = \"1\"\n", workspace.read("b/Cargo.toml")));
    changed(&workspace, "\"sky\"", "\"cloud\"");
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.ends_with("[dependencies] has a `cloud` already\n"), "{}", run.err);
}

#[test]
fn what_cannot_be_is_told_before_cargo_does() {
    let workspace = two_packages();
    changed(&workspace, "operations =", "features = [\"sky\"]\noperations =");
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error: weather: the client has no feature `sky`; it has: default, "), "{}", run.err);
    changed(&workspace, "features = [\"sky\"]", "package = \"app\"");
    let run = workspace.run(&["sync"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a/Cargo.toml is that already\n  hint: "), "{}", run.err);
    changed(&workspace, "package = \"app\"\n", "");
    let twice = workspace.read("smithy-client.toml")
        + "\n[clients.sky]\nmodel = \"weather.json\"\nservice = \"weather\"\npackage = \"weather\"\n";
    workspace.put("smithy-client.toml", &twice);
    let run = workspace.run(&["sync"]);
    assert!(run.err.contains("the clients sky and weather would both be the package weather"), "{}", run.err);
}

#[test]
fn of_many_runs_at_once_each_does_its_part() {
    let workspace = Workspace::package("fn main() {}");
    let names = ["w1", "w2", "w3", "w4"];
    for name in names {
        let model = super::MODEL.replace("\"Weather\"", &format!("{name:?}"));
        workspace.put(&format!("{name}.json"), &model);
    }
    let start = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-smithy-client"));
        command.args(arguments).current_dir(workspace.path("")).env_remove("CARGO_TARGET_DIR");
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary was built")
    };
    let models = names.map(|name| format!("{name}.json"));
    let mut runs: Vec<_> =
        names.iter().zip(&models).map(|(name, model)| start(&["add", name, "--model", model])).collect();
    for run in &mut runs {
        assert!(run.wait().expect("it runs").success());
    }
    workspace.passes(&["sync", "--check"]);
    assert!(names.iter().all(|name| workspace.read("Cargo.toml").contains(&format!("\n{name} = {{"))));

    workspace.put("src/main.rs", "fn main() { client.get_city(); client.list_cities() }");
    let mut runs = [start(&["sync"]), start(&["remove", "w1"]), start(&["sync"]), start(&["update"])];
    for run in &mut runs {
        assert!(run.wait().expect("it runs").success());
    }
    workspace.passes(&["sync", "--check"]);
    assert!(!workspace.path("clients/w1").exists() && workspace.path("clients/w2/src/operation/get_city.rs").exists());
}

#[test]
fn packages_of_the_workspace_are_not_taken_out_of_it() {
    let root = "[workspace]\nmembers = [\"clients/*\"]\nresolver = \"3\"\n";
    let workspace = Workspace::of(&[("Cargo.toml", root), ("clients/web/Cargo.toml", PACKAGE)]);
    workspace.put("clients/web/src/lib.rs", "");
    let before = workspace.tree();
    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.err, @r#"
    error: clients has a package of the workspace, clients/web/Cargo.toml, and would be kept out of that
      hint: let the clients have a folder of their own, as this line of smithy-client.toml says: directory = "clients-aws"
    "#);
    assert_eq!(workspace.tree(), before);
    workspace.put("smithy-client.toml", "directory = \"clients-aws\"\n");
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    assert!(workspace.path("clients-aws/weather/src/lib.rs").exists());
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn clients_have_a_folder_of_their_own() {
    for (directory, whose) in [
        ("src", "has sources"),
        ("target", "is where cargo"),
        ("target/a/b", "is where cargo"),
        (".git/hooks", "is git's"),
    ] {
        let workspace = Workspace::package("fn main() { client.get_city(); }");
        let run = workspace.run(&["add", "weather", "--model", "weather.json", "--directory", directory]);
        assert_eq!(run.code, 2, "{directory}: {}", run.out);
        assert!(run.err.starts_with(&format!("error: {directory} {whose}")), "{}", run.err);
        assert!(run.err.ends_with("directory = \"clients\"\n"), "{}", run.err);
        workspace.passes(&["add", "weather", "--model", "weather.json", "--directory", "src/aws"]);
        workspace.put("smithy-client.toml", &workspace.read("smithy-client.toml").replace("src/aws", directory));
        assert_eq!(workspace.run(&["sync"]).code, 2);
    }
}

#[test]
fn without_clients_there_is_nothing_to_do() {
    let workspace = Workspace::package("fn main() {}");
    for command in ["list", "sync", "outdated", "update"] {
        let run = workspace.passes(&[command]);
        assert_eq!(run.out, format!("{command}: there are no clients; add one: cargo smithy-client add dynamodb\n"));
    }
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_mode_and_one_that_is_read_only_its_text() {
    use std::fs::{Permissions, metadata, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let workspace = Workspace::package("fn main() { client.get_city(); }");
    let manifest = workspace.path("Cargo.toml");
    set_permissions(&manifest, Permissions::from_mode(0o440)).expect("it is ours");
    let before = workspace.tree();
    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(run.code, 2);
    assert!(run.err.ends_with("Cargo.toml: it is read-only; nothing was changed\n"), "{}", run.err);
    assert_eq!(workspace.tree(), before);
    set_permissions(&manifest, Permissions::from_mode(0o600)).expect("it is ours");
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(metadata(&manifest).expect("it is there").permissions().mode() & 0o777, 0o600);
}
