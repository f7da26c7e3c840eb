//! What is emitted for random models compiles without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use smithy_client_codegen::{Emit, generate};

use crate::choices::Choices;
use crate::service::{SCHEMES, WITHOUT_DOCUMENTS, model, scheme_trait};
use crate::shapes::id;
use crate::{options, source};

/// How many random models go into the crate of a usual run.
const MODELS: u64 = 12;
/// How many crates there are in a night.
const CRATES: u64 = 40;

/// The manifest of a workspace in which the crates are members.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n";

/// A random model, in which everything but what Smithy defines has a name that no other model has.
fn numbered(seed: u64) -> Value {
    let text = model(&mut Choices::of_seed(seed)).to_string();
    let text = text.replace("random#", &format!("random#M{seed}X")).replace("\"Old.", &format!("\"Old.M{seed}."));
    serde_json::from_str(&text).expect("names are names")
}

/// Several random models as one, with the operations of all, and the service of the first that has documents, since others
/// have such.
fn merged(seeds: impl Iterator<Item = u64>) -> Value {
    let mut shapes = serde_json::Map::new();
    let mut service: Option<Value> = None;
    let mut operations = Vec::new();
    for seed in seeds {
        let model = numbered(seed);
        let own = id(&format!("M{seed}XRandomService"));
        for (name, shape) in model["shapes"].as_object().into_iter().flatten() {
            if *name != own {
                shapes.insert(name.clone(), shape.clone());
            }
        }
        let new = model["shapes"][&own].clone();
        operations.extend(new["operations"].as_array().cloned().unwrap_or_default());
        if has_documents(&new) {
            service.get_or_insert(new);
        }
    }
    let mut service = service.expect("random services speak JSON as well");
    service["operations"] = Value::Array(operations);
    // Operations of the others choose among the ways to authenticate of theirs.
    for scheme in SCHEMES {
        service["traits"][scheme] = scheme_trait(scheme);
    }
    if let Some(traits) = service["traits"].as_object_mut() {
        traits.remove("smithy.api#auth");
    }
    shapes.insert(id("Merged"), service);
    // Routes of different models are the same; numbers in front tell them apart.
    for (number, shape) in shapes.values_mut().enumerate() {
        if let Some(Value::String(uri)) = shape.pointer_mut("/traits/smithy.api#http/uri") {
            uri.insert_str(0, &format!("/m{number}"));
        }
    }
    json!({"smithy": "2.0", "shapes": shapes})
}

/// Whether messages of a service hold documents.
fn has_documents(service: &Value) -> bool {
    WITHOUT_DOCUMENTS.iter().all(|protocol| service["traits"].get(protocol).is_none())
}

fn write(path: &Path, text: &str) {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text));
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// The directory in which this test was built, so that what it has compiled is used again.
fn target_directory() -> PathBuf {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Asserts that the crates of these models compile without a warning.
fn assert_compile(name: &str, models: &[(String, Value, Emit)]) {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let crates = workspace.join("crates");
    if crates.exists() {
        fs::remove_dir_all(&crates).unwrap_or_else(|error| panic!("cannot empty {}: {error}", crates.display()));
    }
    write(&workspace.join("Cargo.toml"), WORKSPACE);
    // The versions that the repository has locked are the ones that are at hand without a network.
    let locked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    write(&workspace.join("Cargo.lock"), &fs::read_to_string(locked).expect("the repository has a lock file"));
    for (name, model, emit) in models {
        write(&workspace.join(format!("{name}.json")), &model.to_string());
        let generated = generate(&[source(model)], &options(name, *emit));
        let generated = generated.unwrap_or_else(|report| panic!("{name} is refused:\n{report}"));
        for (path, text) in &generated.files {
            write(&crates.join(name).join(path), text);
        }
    }
    let cargo = Command::new(env!("CARGO"))
        .args(["check", "--keep-going", "--workspace", "--no-default-features", "--features", "serde"])
        .args(["--offline", "--color", "never"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", target_directory())
        .output()
        .unwrap_or_else(|error| panic!("cargo does not start: {error}"));
    let said = String::from_utf8_lossy(&cargo.stderr);
    let complaint = said.lines().position(|line| line.starts_with("warning") || line.starts_with("error"));
    let excerpt: Vec<&str> = said.lines().skip(complaint.unwrap_or_default()).take(200).collect();
    assert!(cargo.status.success() && complaint.is_none(), "cargo check says:\n{}", excerpt.join("\n"));
}

#[test]
fn a_crate_of_random_models_compiles() {
    assert_compile("random", &[("random-merged".to_owned(), merged(0..MODELS), Emit::Client)]);
}

#[test]
#[ignore = "compiles some forty crates; run it with --ignored"]
fn many_crates_of_random_models_compile() {
    let models = (0..CRATES).map(|number| {
        let emit = if number % 4 == 3 { Emit::Types } else { Emit::Client };
        (format!("random-{number}"), model(&mut Choices::of_seed(1_000 + number)), emit)
    });
    assert_compile("random-many", &models.collect::<Vec<_>>());
}
