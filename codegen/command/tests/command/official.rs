//! Clients that take the place of AWS's own crates, and those crates again.

use super::{PACKAGE, Workspace};

/// A package with these lines about dependencies.
fn package(lines: &str) -> Workspace {
    let manifest = format!("{PACKAGE}{lines}");
    Workspace::of(&[("Cargo.toml", &manifest), ("src/main.rs", "fn main() { client.get_city() }")])
}

#[test]
fn a_crate_of_aws_is_replaced_under_its_name_and_there_again_when_the_client_goes() {
    for lines in [
        "aws-sdk-weather = \"1.2\" # the sky\n",
        "sky = { package = \"aws-sdk-weather\", version = \"1\", default-features = false }\n",
        "aws-sdk-weather.version = \"1\"\naws-sdk-weather.optional = true\n\n[features]\na = [\"aws-sdk-weather/rustls\"]\n",
        "\n[dev-dependencies.aws-sdk-weather]\nversion = \"1\"\nfeatures = [\"test-util\"]\n",
        "\n[target.'cfg(unix)'.dependencies]\naws-sdk-weather = \"1\"\n",
    ] {
        let workspace = package(lines);
        let before = workspace.tree();
        let run = workspace.passes(&["add", "weather", "--model", "weather.json"]);
        let name = if lines.starts_with("sky") { "sky" } else { "aws_sdk_weather" };
        assert!(run.out.ends_with(&format!("weather: use it as `{name}::Client`\n")), "{}", run.out);
        assert!(!workspace.read("Cargo.toml").contains("version = \"1"), "{}", workspace.read("Cargo.toml"));
        workspace.passes(&["sync", "--check"]);
        let run = workspace.passes(&["remove", "weather"]);
        assert!(run.out.starts_with("remove: weather removed\nput back: Cargo.toml ["), "{}", run.out);
        assert_eq!(workspace.tree(), before, "{lines}");
    }
}

#[test]
fn features_of_the_crate_that_is_replaced_are_those_of_the_client() {
    let workspace = package(
        "aws-config = \"1\"\naws-sdk-weather = { version = \"1\", default-features = false, features = [\"behavior-version-latest\", \"rustls\"] }\n",
    );
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    let dependency = "aws-sdk-weather = { package = \"weather\", path = \"clients/weather\", default-features = false, \
                      features = [\"behavior-version-latest\", \"rustls-aws-lc\"] }\n";
    assert!(workspace.read("Cargo.toml").contains(dependency), "{}", workspace.read("Cargo.toml"));
    assert!(workspace.read("smithy-client.toml").contains("dependency = \"aws-sdk-weather\""));

    let workspace = package("aws-sdk-weather = { version = \"1\", features = [\"native-tls\"] }\n");
    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.err.contains("aws-sdk-weather stays: the feature `native-tls`: "), "{}", run.err);
    // Beside it there may be a client.
    workspace.passes(&["add", "weather", "--model", "weather.json", "--as", "sky"]);
    assert!(workspace.read("Cargo.toml").contains("native-tls"), "{}", workspace.read("Cargo.toml"));
}

#[test]
fn one_that_members_inherit_is_replaced_for_all_of_them() {
    let root = "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n\n[workspace.dependencies]\n# Of the sky.\naws-sdk-weather = \"1.2\" # newest\n";
    let a = format!("{PACKAGE}aws-sdk-weather = {{ workspace = true, features = [\"gated-tests\"] }}\n");
    let b = PACKAGE.replace("app", "b") + "aws-sdk-weather.workspace = true\n";
    let workspace = Workspace::of(&[("Cargo.toml", root), ("a/Cargo.toml", &a), ("b/Cargo.toml", &b)]);
    workspace.put("a/src/lib.rs", "");
    workspace.put("b/src/lib.rs", "");
    let before = workspace.tree();
    workspace.passes(&["add", "weather", "--model", "weather.json", "--package", "b"]);
    assert!(
        workspace
            .read("Cargo.toml")
            .contains("aws-sdk-weather = { package = \"weather\", path = \"clients/weather\" } # newest")
    );
    assert!(!workspace.read("a/Cargo.toml").contains("gated-tests"), "{}", workspace.read("a/Cargo.toml"));
    assert_eq!(workspace.read("b/Cargo.toml"), b);
    workspace.passes(&["remove", "weather"]);
    assert_eq!(workspace.tree(), before);
}

#[test]
fn a_client_that_the_workspace_has_comes_to_another_package() {
    let root = "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n";
    let b = PACKAGE.replace("app", "b")
        + "\n[dev-dependencies]\nqueue = { package = \"aws-sdk-weather\", version = \"1\" }\n";
    let workspace = Workspace::of(&[("Cargo.toml", root), ("a/Cargo.toml", PACKAGE), ("b/Cargo.toml", &b)]);
    workspace.put("a/src/lib.rs", "");
    workspace.put("b/src/lib.rs", "fn b() { client.list_cities() }");
    let before = workspace.tree();
    workspace.passes(&["add", "weather", "--model", "weather.json", "--package", "app"]);
    let run = workspace.run(&["add", "weather", "--package", "app"]);
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error: there is a client weather already, and app depends on it\n"), "{}", run.err);
    let run = workspace.passes(&["add", "weather", "--package", "b"]);
    assert!(run.out.ends_with("weather: use it as `queue::Client`\n"), "{}", run.out);
    assert!(
        workspace.read("b/Cargo.toml").ends_with("queue = { package = \"weather\", path = \"../clients/weather\" }\n")
    );
    workspace.passes(&["sync", "--check"]);
    workspace.passes(&["remove", "weather"]);
    assert_eq!(workspace.tree(), before);
}

#[test]
fn no_other_dependency_is_taken_for_the_client() {
    let workspace = package("weather = \"0.14\"\n");
    let before = workspace.tree();
    let run = workspace.run(&["add", "weather", "--model", "weather.json"]);
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(
        run.err.contains("error: Cargo.toml [dependencies] has another dependency that is called weather\n  hint: "),
        "{}",
        run.err
    );
    assert_eq!(workspace.tree(), before);
    workspace.passes(&["add", "weather", "--model", "weather.json", "--as", "aws-weather"]);
    assert!(workspace.read("Cargo.toml").contains("weather = \"0.14\"\n"));
}

#[test]
fn a_package_of_the_name_of_a_client_is_not_in_its_way() {
    let manifest = PACKAGE.replace("app", "weather");
    let workspace = Workspace::of(&[("Cargo.toml", &manifest), ("src/main.rs", "fn main() { client.get_city() }")]);
    workspace.passes(&["add", "weather", "--model", "weather.json"]);
    let manifest = workspace.read("Cargo.toml");
    assert!(manifest.contains("\nweather-client = { path = \"clients/weather\" }\n"), "{manifest}");
    assert!(manifest.contains("\nweather-client = { incremental = false }\n"), "{manifest}");
    assert!(workspace.read("smithy-client.toml").contains("package = \"weather-client\""));
    workspace.passes(&["sync", "--check"]);
}

#[test]
fn types_alone_take_no_crate_s_place() {
    let workspace = package("aws-sdk-weather = \"1\"\n");
    workspace.passes(&["add", "weather", "--model", "weather.json", "--emit", "types"]);
    assert!(workspace.read("Cargo.toml").contains("aws-sdk-weather = \"1\"\n"), "{}", workspace.read("Cargo.toml"));
}

#[test]
fn services_are_found_by_the_names_of_aws_s_crates() {
    let workspace = package("aws-sdk-weather = \"1\"\n");
    workspace.put("weather.json", &super::MODEL.replace("\"Weather\"", "\"Weather Service\""));
    std::fs::rename(workspace.path("weather.json"), workspace.path("sky.json")).expect("it was put there");
    workspace.put("sky.json", &workspace.read("sky.json").replace("#Weather\"", "#Clouds\""));
    workspace.passes(&["add", "aws-sdk-weather", "--model", "sky.json"]);
    assert!(workspace.read("Cargo.toml").contains("aws-sdk-weather = { package = \"weather\""));
    workspace.passes(&["update"]);
    workspace.passes(&["sync", "--check"]);
}

/// Cargo takes no two sources of one name in a package, be they for different tables.
#[test]
fn who_inherits_what_is_replaced_has_the_client_in_all_its_tables() {
    let root = "[workspace]\nmembers = [\"a\", \"b\"]\nresolver = \"3\"\n\n[workspace.dependencies]\naws-sdk-weather = \"1\"\n";
    let a = format!("{PACKAGE}aws-sdk-weather.workspace = true\n");
    let b = PACKAGE.replace("app", "b")
        + "aws-sdk-weather.workspace = true\nsky = { package = \"aws-sdk-weather\", version = \"1\" }\n\n[dev-dependencies]\n\
           aws-sdk-weather = { version = \"1.1\", features = [\"test-util\"] }\n\n[build-dependencies]\naws-sdk-weather = \"1\"\n";
    let workspace = Workspace::of(&[("Cargo.toml", root), ("a/Cargo.toml", &a), ("b/Cargo.toml", &b)]);
    workspace.put("a/src/lib.rs", "");
    workspace.put("b/src/lib.rs", "");
    let before = workspace.tree();
    workspace.passes(&["add", "weather", "--model", "weather.json", "--package", "app"]);
    workspace.passes(&["sync", "--check"]);
    let b = workspace.read("b/Cargo.toml");
    assert_eq!(b.matches("path = \"../clients/weather\"").count(), 2, "{b}");
    assert!(b.contains("\nsky = { package = \"aws-sdk-weather\", version = \"1\" }"), "{b}");
    workspace.passes(&["remove", "weather"]);
    assert_eq!(workspace.tree(), before);
}
