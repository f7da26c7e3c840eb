//! A program that is built without aws-lc: what `migrate` does for that, and what becomes of it afterwards.

use std::fs;

use super::{MODEL, PACKAGE, Run, Workspace};

/// What stands for the registry: a folder of packages, as settings of cargo may say.
const SETTINGS: &str = "[source.crates-io]\nreplace-with = \"here\"\n\n[source.here]\ndirectory = \"registry\"\n";

/// A crate that speaks of aws-lc as AWS's does.
const MANIFEST: &str = include_str!("../http-client/manifest.toml");
const SOURCE: &str = include_str!("../http-client/tls.rs");

/// The copy.
const COPY: &str = "clients/aws-smithy-http-client";

/// Dependencies on `aws-config` in all the forms that they may have.
const CONFIGS: &str = "\
aws-config = \"1\"
loader = { package = \"aws-config\", version = \"1\", features = [\"behavior-version-latest\"], optional = true }

[target.'cfg(unix)'.dependencies.aws-config]
version = \"1.1\"
features = [\"sso\"]
";

/// A package of `Cargo.lock`, of the registry.
fn locked(name: &str, version: &str, dependencies: &[&str]) -> String {
    let source = "registry+https://github.com/rust-lang/crates.io-index";
    format!(
        "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\ndependencies = {dependencies:?}\n\n"
    )
}

fn lock(version: &str) -> String {
    let all = [
        locked("aws-lc-rs", "1.19.0", &[]),
        locked("aws-config", "1.13.0", &["aws-smithy-runtime"]),
        locked("aws-smithy-http-client", version, &["rustls"]),
        locked("aws-smithy-runtime", "1.16.2", &["aws-smithy-http-client"]),
        locked("idna", "1.1.0", &["idna_adapter"]),
        locked("idna_adapter", "1.2.2", &["icu_normalizer"]),
        locked("rustls", "0.23.46", &["aws-lc-rs"]),
    ];
    format!("version = 4\n\n{}", all.concat())
}

/// A program on the official crate of a service, with what it has of other crates, and a registry.
fn program() -> Workspace {
    let manifest = format!("{PACKAGE}# Of the sky.\naws-sdk-weather = \"1\"\n{CONFIGS}");
    let source = "fn main() { aws_sdk_weather::Client::get_city(); }\n";
    let workspace =
        Workspace::of(&[("Cargo.toml", &manifest), ("src/main.rs", source), ("models/weather.json", MODEL)]);
    workspace.put("Cargo.lock", &lock("1.5.2"));
    workspace.put(".cargo/config.toml", SETTINGS);
    publish(&workspace, "1.5.2");
    workspace
}

/// Puts a version of the crate into the registry.
fn publish(workspace: &Workspace, version: &str) {
    let folder = format!("registry/http-{version}");
    workspace.put(&format!("{folder}/Cargo.toml"), &MANIFEST.replace("1.5.2", version));
    workspace.put(&format!("{folder}/src/lib.rs"), SOURCE);
    workspace.put(&format!("{folder}/LICENSE"), "Apache\n");
    workspace.put(&format!("{folder}/.cargo-checksum.json"), "{\"files\":{}}");
}

fn migrate(workspace: &Workspace, words: &[&str]) -> Run {
    workspace.run(&[&["migrate", "--model", "models", "--no-build"], words].concat())
}

/// What is said of a migration without aws-lc that is refused.
fn refusal(workspace: &Workspace) -> String {
    let before = workspace.tree();
    let run = migrate(workspace, &["--without-aws-lc"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert_eq!(workspace.tree(), before);
    run.err
}

#[test]
fn one_command_leaves_aws_lc_out_and_one_puts_everything_back() {
    let workspace = program();
    let before = workspace.tree();
    let dry = migrate(&workspace, &["--without-aws-lc", "--dry-run"]);
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert_eq!(workspace.tree(), before);
    let run = migrate(&workspace, &["--without-aws-lc"]);
    let told: Vec<&str> =
        run.out.lines().filter(|line| !line.contains("weather") && !line.starts_with("written")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    aws-smithy-http-client 1.5.2 -> clients/aws-smithy-http-client: TLS on ring, not aws-lc
      for clients, aws-config and official crates alike, by [patch.crates-io]
    ");
    let manifest = workspace.read("Cargo.toml");
    assert!(manifest.contains(CONFIGS), "{manifest}");
    assert!(
        manifest.contains(&format!("\n[patch.crates-io]\naws-smithy-http-client = {{ path = \"{COPY}\" }}\n")),
        "{manifest}"
    );
    assert!(manifest.contains("\naws-smithy-http-client = { incremental = false }\n"), "{manifest}");
    // The client has its own default, which is TLS on ring.
    assert!(
        manifest.contains("aws-sdk-weather = { package = \"weather\", path = \"clients/weather\" }\n"),
        "{manifest}"
    );
    assert!(workspace.read("smithy-client.toml").contains("\nwithout-aws-lc = true\n"));
    assert!(workspace.read(&format!("{COPY}/src/lib.rs")).contains("AwsLc => rustls::crypto::ring::"));
    assert_eq!(workspace.read(&format!("{COPY}/LICENSE")), "Apache\n");
    // Cargo may choose what is beneath `idna` anew, and nothing else.
    assert_eq!(
        workspace.read("Cargo.lock"),
        lock("1.5.2").replace(&locked("idna_adapter", "1.2.2", &["icu_normalizer"]), "")
    );

    workspace.passes(&["sync", "--check"]);
    let again = migrate(&workspace, &["--without-aws-lc"]);
    assert!(again.out.ends_with("no package of the workspace depends on an official crate\n"), "{}", again.out);
    workspace.passes(&["migrate", "--undo"]);
    assert_eq!(workspace.tree(), before);
}

#[test]
fn it_can_be_left_out_later_by_a_line_and_comes_back_without_it() {
    let workspace = program();
    assert!(migrate(&workspace, &[]).out.contains("with --without-aws-lc nothing has it"));
    let (migrated, line) = (workspace.tree(), "without-aws-lc = true\n");
    let clients = workspace.read("smithy-client.toml");
    workspace.put("smithy-client.toml", &format!("{line}{clients}"));
    assert_eq!(workspace.run(&["sync", "--check"]).code, 1);
    workspace.passes(&["sync"]);
    workspace.passes(&["sync", "--check"]);
    assert!(workspace.path(COPY).exists());
    workspace.put("smithy-client.toml", &clients);
    workspace.passes(&["sync"]);
    // What cargo chose anew stays so.
    workspace.put("Cargo.lock", &lock("1.5.2"));
    assert_eq!(workspace.tree(), migrated);
}

#[test]
fn a_copy_follows_the_program_and_goes_with_the_last_client() {
    let workspace = program();
    migrate(&workspace, &["--without-aws-lc"]);
    let source = format!("{COPY}/src/lib.rs");
    workspace.put(&source, "// Mine.\n");
    let run = workspace.run(&["sync", "--check"]);
    assert_eq!((run.code, run.out.lines().next()), (1, Some(format!("changed: {source}").as_str())));
    workspace.passes(&["sync"]);
    // Something of the program needs a newer one.
    publish(&workspace, "1.6.0");
    workspace.put("Cargo.lock", &lock("1.6.0"));
    assert_eq!(workspace.run(&["sync", "--check"]).code, 1);
    workspace.passes(&["sync"]);
    assert!(workspace.read(&format!("{COPY}/Cargo.toml")).contains("version = \"1.6.0\""));
    // Where the clients are moved, it comes along.
    let clients = workspace.read("smithy-client.toml");
    workspace.put("smithy-client.toml", &format!("directory = \"aws\"\n{clients}"));
    workspace.passes(&["sync"]);
    workspace.passes(&["sync", "--check"]);
    assert!(!workspace.path("clients").exists() && workspace.path("aws/aws-smithy-http-client/LICENSE").exists());
    assert!(
        workspace.read("Cargo.toml").contains("aws-smithy-http-client = { path = \"aws/aws-smithy-http-client\" }")
    );
    // Without a lock file nothing tells that it has to be another one.
    fs::remove_file(workspace.path("Cargo.lock")).expect("it is there");
    workspace.passes(&["sync", "--check"]);
    workspace.passes(&["remove", "weather"]);
    let manifest = workspace.read("Cargo.toml");
    assert_eq!(manifest, format!("{PACKAGE}# Of the sky.\naws-sdk-weather = \"1\"\n{CONFIGS}"));
    assert!(!workspace.path("aws").exists() && !workspace.path("smithy-client.toml").exists());
}

#[test]
fn where_it_cannot_be_left_out_nothing_is_changed() {
    let workspace = program();
    fs::remove_file(workspace.path("Cargo.lock")).expect("it is there");
    insta::assert_snapshot!(refusal(&workspace), @"error: aws-lc cannot be left out: there is no Cargo.lock yet, which says what the program is built of; run cargo generate-lockfile, then this again");
    workspace.put("Cargo.lock", &lock("2.0.0"));
    insta::assert_snapshot!(refusal(&workspace), @"error: aws-lc cannot be left out: aws-smithy-http-client 2.0.0 is not known here; that is 1.x");
    workspace.put("Cargo.lock", &lock("1.5.2"));
    workspace.put("registry/http-1.5.2/src/lib.rs", "// Nothing of it.\n");
    insta::assert_snapshot!(refusal(&workspace), @"error: aws-smithy-http-client 1.5.2 is not as it is known here: no source speaks of aws-lc");
    publish(&workspace, "1.5.2");
    let manifest = workspace.read("Cargo.toml");
    workspace.put("own/Cargo.toml", &MANIFEST.replace("1.5.2", "1.5.3"));
    workspace.put("own/src/lib.rs", SOURCE);
    let patch = "\n[patch.crates-io]\naws-smithy-http-client = { path = \"own\" }\n";
    workspace.put("Cargo.toml", &format!("{manifest}{patch}\n[workspace]\nexclude = [\"own\"]\n"));
    insta::assert_snapshot!(refusal(&workspace), @"error: aws-lc cannot be left out: [patch.crates-io] puts another aws-smithy-http-client in the place of the registry's");
}

#[test]
fn who_else_may_ask_for_it_is_told_and_who_has_none_needs_nothing() {
    let workspace = program();
    workspace.put("Cargo.lock", &(lock("1.5.2") + &locked("reqwest", "0.13.1", &["rustls"])));
    let run = migrate(&workspace, &["--without-aws-lc", "--dry-run"]);
    assert!(run.out.contains("others may ask for aws-lc too, which their features say: reqwest\n"), "{}", run.out);
    workspace.put("Cargo.lock", &lock("1.5.2").replace("aws-lc-rs", "ring"));
    let run = migrate(&workspace, &["--without-aws-lc"]);
    assert!(run.out.contains("TLS: the program has no aws-lc that could be left out\n"), "{}", run.out);
    assert!(!workspace.path(COPY).exists());
    assert!(!workspace.read("smithy-client.toml").contains("without-aws-lc"));
}
