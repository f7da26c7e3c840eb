//! `aws-config` runs on emitted clients, unchanged, in the place of the official ones that it depends on.
//!
//! More kinds of credentials, on both sides, are tested by `cargo xtask takeover identity`, which builds all of it anew.

use std::fs;
use std::path::{Path, PathBuf};

use smithy_client_codegen::{Choice, Emit, Options, RuntimeDependency, Selection, Source, Writer, generate};

use crate::compile::{cargo, write, write_workspace};
use crate::runs::MANIFEST;

/// The official clients of `aws-config` with its feature `sso`: the package, the model, and what is called.
const CLIENTS: [(&str, &str, &[&str]); 3] = [
    ("aws-sdk-sts", "sts", &["AssumeRole", "AssumeRoleWithWebIdentity"]),
    ("aws-sdk-sso", "sso", &["GetRoleCredentials"]),
    ("aws-sdk-ssooidc", "sso-oidc", &["CreateToken"]),
];

const CONFIG: &str = "\
[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = secret

[profile first]
role_arn = arn:aws:iam::111111111111:role/first
source_profile = base

[profile second]
role_arn = arn:aws:iam::222222222222:role/second
source_profile = first
role_session_name = night

[profile pod]
role_arn = arn:aws:iam::111111111111:role/pod
role_session_name = worker
web_identity_token_file = TOKEN
";

/// The text of the model of a service, which the repository does not have.
fn model(name: &str) -> Result<String, PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../shared/models/aws-2026/{name}.json"));
    fs::read_to_string(&path).map_err(|_| path)
}

/// The version of a package that the repository has locked: Cargo takes a patch of no other.
fn locked(lock: &str, package: &str) -> String {
    let version = lock.split(&format!("\nname = \"{package}\"\nversion = \"")).nth(1);
    let version = version.and_then(|rest| rest.split('"').next());
    version.unwrap_or_else(|| panic!("Cargo.lock has no {package}")).to_owned()
}

fn options(package: &str, version: String, operations: &[&str]) -> Options {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime").to_owned();
    Options {
        crate_name: Some(package.to_owned()),
        crate_version: Some(version),
        runtime: RuntimeDependency::Path(path),
        standalone: false,
        emit: Emit::Client,
        operations: Some(Selection {
            source: "the test".to_owned(),
            choice: Choice::Only,
            names: operations.iter().map(|name| (*name).to_owned()).collect(),
            shapes: Vec::new(),
            may_be_empty: false,
        }),
        skip_unsupported: false,
        protocol: None,
        writer: Writer::default(),
    }
}

#[test]
fn roles_are_assumed_by_emitted_clients() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("beneath-aws-config");
    write_workspace(&workspace, &[]);
    let read = |name: &str| fs::read_to_string(workspace.join(name)).expect("it was written");
    let lock = read("Cargo.lock");
    let mut patches = "\n[patch.crates-io]\n".to_owned();
    for (package, name, operations) in CLIENTS {
        let text = match model(name) {
            Ok(text) => text,
            Err(path) => return eprintln!("skipped: not found: {}", path.display()),
        };
        let source = Source { name: format!("{name}.json"), text };
        let generated = generate(&[source], &options(package, locked(&lock, package), operations));
        let generated = generated.unwrap_or_else(|report| panic!("{name} is refused:\n{report}"));
        // Cargo would take it for a circle, as soon as a program asks for that feature.
        let manifest = &generated.files["Cargo.toml"];
        assert!(manifest.contains("\nrt-tokio = [\"smithy-client-runtime/rt-tokio\"]\n"), "{manifest}");
        assert!(manifest.contains("\naws-config = [\"dep:aws-config\", \"aws-config/rt-tokio\"]\n"), "{manifest}");
        for (path, text) in generated.files {
            write(&workspace.join("clients").join(package).join(path), &text);
        }
        patches += &format!("{package} = {{ path = \"clients/{package}\" }}\n");
    }
    write(&workspace.join("Cargo.toml"), &(read("Cargo.toml") + &patches));
    let manifest = MANIFEST.replace("\"rt-tokio\"] }\naws-smithy-async", "\"rt-tokio\", \"sso\"] }\naws-smithy-async");
    assert_ne!(manifest, MANIFEST);
    write(&workspace.join("crates/program/Cargo.toml"), &manifest);
    write(&workspace.join("crates/program/src/lib.rs"), "");
    write(&workspace.join("crates/program/tests/program.rs"), include_str!("../programs/roles.rs"));
    let token = workspace.join("token");
    write(&token, "a.web.token");
    let config = workspace.join("config");
    write(&config, &CONFIG.replace("TOKEN", token.to_str().expect("it is UTF-8")));

    let mut cargo = cargo(&workspace, "test");
    let output = cargo.args(["--package", "program"]).env("AWS_CONFIG_FILE", &config).output();
    let output = output.unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).join("\n");
    assert!(output.status.success(), "cargo test says:\n{said}");
    assert!(!said.contains("was not used"), "a patch was not used:\n{said}");
}
