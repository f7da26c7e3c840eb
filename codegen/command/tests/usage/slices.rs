//! What is sliced of a real model by the words of a program is what the program needs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cargo_smithy_client::usage::{Program, Usage};
use smithy_client_codegen::{Emit, Generated, Options, RuntimeDependency, Source, Vocabulary, Writer, generate};

/// A program written for the official crate. It matches an exception that no operation has which it calls, and stores a
/// type that none of them returns.
const PROGRAM: &str = r##"//! A program on DynamoDB.
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::{GetItemError, GetItemOutput};
use aws_sdk_dynamodb::types::builders::ReplicaBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, BackupDetails, Replica};
use aws_sdk_dynamodb::{Client, Error};

macro_rules! sent {
    ($client:expr, $call:ident) => {
        $client.$call().table_name("a").send().await
    };
}

/// What was backed up.
#[derive(Debug, Default)]
pub struct Kept {
    details: Option<BackupDetails>,
    replicas: Vec<Replica>,
}

/// Gets an item.
pub async fn get(client: &Client, id: &str) -> Result<GetItemOutput, SdkError<GetItemError>> {
    client.get_item().table_name("a").key("id", AttributeValue::S(id.to_owned())).send().await
}

/// Counts the tables.
pub async fn tables(client: &Client) -> Result<usize, Error> {
    let mut names = client.list_tables().into_paginator().items().send();
    let mut count = 0;
    while let Some(name) = names.next().await {
        name?;
        count += 1;
    }
    sent!(client, describe_table)?;
    Ok(count)
}

/// Whether a backup is gone.
pub fn is_gone(error: &Error) -> bool {
    matches!(error, Error::BackupNotFoundException(_))
}

/// Keeps a replica.
pub fn keep(kept: &mut Kept, replica: ReplicaBuilder) -> bool {
    kept.replicas.push(replica.region_name("a").build());
    kept.details.is_some()
}
"##;

/// A program that calls nothing yet.
const BEGINNING: &str = "\
//! A program that only has a client.

/// Makes it.
pub fn client(config: aws_sdk_dynamodb::Config) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::from_conf(config)
}
";

/// The model of DynamoDB; `None`, which is told, where it is not at hand.
pub(crate) fn dynamodb() -> Option<Vec<Source>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models/aws");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    let name = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    paths.retain(|path| name(path).starts_with("dynamodb") && !name(path).starts_with("dynamodb-streams"));
    paths.sort();
    let Some(path) = paths.first() else {
        eprintln!("skipped: ../shared/models/aws/dynamodb*.json not found");
        return None;
    };
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
    Some(vec![Source { name: path.display().to_string(), text }])
}

/// The slice of a model for a program.
fn slice(model: &[Source], program: &str, crate_name: &str) -> (Usage, Generated) {
    let vocabulary = Vocabulary::of(model).unwrap_or_else(|report| panic!("{report}"));
    let usage = Usage::of(&Program::of([(PathBuf::from("src/lib.rs"), program.to_owned())]), &vocabulary);
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    let options = Options {
        crate_name: Some(crate_name.to_owned()),
        crate_version: None,
        runtime: RuntimeDependency::Path(runtime.display().to_string()),
        standalone: false,
        emit: Emit::Client,
        operations: Some(usage.selection("the program")),
        skip_unsupported: true,
        protocol: None,
        writer: Writer::default(),
    };
    let generated = generate(model, &options).unwrap_or_else(|report| panic!("{report}"));
    (usage, generated)
}

fn assert_parses(files: &BTreeMap<String, String>) {
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(syn::parse_file(text).is_ok(), "{path} is no Rust");
    }
}

#[test]
fn a_program_gets_what_it_names_of_dynamodb() {
    let Some(model) = dynamodb() else { return };
    let (usage, generated) = slice(&model, PROGRAM, "dynamodb-slice");
    let operations: Vec<&str> = usage.operations.keys().map(String::as_str).collect();
    assert_eq!(operations, ["DescribeTable", "GetItem", "ListTables"]);
    let shapes: Vec<&str> = usage.shapes.keys().filter_map(|id| id.split('#').nth(1)).collect();
    assert_eq!(shapes, ["AttributeValue", "BackupDetails", "BackupNotFoundException", "Replica"]);
    assert_eq!(generated.operations, 3);
    assert_parses(&generated.files);
    let text: String = generated.files.values().map(String::as_str).collect();
    for name in ["BackupDetails", "BackupStatus", "BackupNotFoundException", "Replica"] {
        assert!(text.contains(&format!("{name} ")), "{name} is missing");
    }
    assert!(!generated.files.contains_key("src/operation/batch_get_item.rs"), "what nobody uses is there");
    // What an operation reaches needs no record.
    let manifest = &generated.files["Cargo.toml"];
    assert!(manifest.contains("#BackupDetails\"") && !manifest.contains("#AttributeValue\""), "{manifest}");
}

#[test]
fn a_program_that_calls_nothing_gets_a_client() {
    let Some(model) = dynamodb() else { return };
    let (usage, generated) = slice(&model, BEGINNING, "dynamodb-beginning");
    assert_eq!(usage, Usage::default());
    assert_eq!((generated.operations, generated.chosen), (0, Some(Vec::new())));
    assert_parses(&generated.files);
}

/// Writes a file with its folders.
fn write(path: &Path, text: &str) {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

#[test]
fn programs_compile_with_their_slices() {
    let Some(model) = dynamodb() else { return };
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let workspace = own.join("usage");
    drop(fs::remove_dir_all(workspace.join("crates")));
    write(&workspace.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n");
    // The versions that the repository has locked are the ones that are at hand without a network.
    let locked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    write(&workspace.join("Cargo.lock"), &fs::read_to_string(locked).expect("the repository has a lock file"));
    for (name, program) in [("slice", PROGRAM), ("beginning", BEGINNING)] {
        let package = format!("dynamodb-{name}");
        for (path, text) in slice(&model, program, &package).1.files {
            write(&workspace.join("crates").join(&package).join(path), &text);
        }
        let program_crate = workspace.join("crates").join(name);
        write(&program_crate.join("src/lib.rs"), program);
        let manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies.aws-sdk-dynamodb]\n\
             package = \"{package}\"\npath = \"../{package}\"\ndefault-features = false\n"
        );
        write(&program_crate.join("Cargo.toml"), &manifest);
    }
    let cargo = Command::new(env!("CARGO"))
        .args(["check", "--keep-going", "--workspace", "--no-default-features", "--offline", "--color", "never"])
        .args(["--features", "dynamodb-slice/serde,dynamodb-beginning/serde"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", own.parent().unwrap_or(own))
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = String::from_utf8_lossy(&cargo.stderr);
    let complaint = said.lines().position(|line| line.starts_with("warning") || line.starts_with("error"));
    let excerpt: Vec<&str> = said.lines().skip(complaint.unwrap_or_default()).take(200).collect();
    assert!(cargo.status.success() && complaint.is_none(), "cargo check says:\n{}", excerpt.join("\n"));
}
