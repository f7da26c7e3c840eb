//! Real models and the official protocol tests, where they are present beside the repository.

use crate::model::load::load;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Folders with models.
const FOLDERS: [&str; 3] = ["models/ivs-realtime", "models/aws", "conformance"];

/// The models of a folder beside the repository; none, with a word about it, where it is missing.
pub(super) fn models(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: not found: {}", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let named = paths.iter().filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        Some((name, std::fs::read_to_string(path).ok()?))
    });
    named.filter(|(_, text)| text.contains("\"smithy\"")).collect()
}

/// Protocols of which a service can be emitted in one.
const PROTOCOLS: [&str; 8] = [
    "smithy.protocols#rpcv2Cbor",
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    "aws.protocols#restJson1",
    "aws.protocols#restXml",
    "aws.protocols#awsQuery",
    "aws.protocols#ec2Query",
    "smithy.protocols#rpcv2Json",
];

/// What of a model cannot be emitted, by the end of the sentence that says so: found in the JSON itself, so that the
/// loader is held against something that is not the loader.
fn cannot_be_emitted(text: &str) -> Vec<&'static str> {
    let model: Value = serde_json::from_str(text).unwrap_or_default();
    let shapes: Vec<&Value> = model["shapes"].as_object().into_iter().flat_map(|shapes| shapes.values()).collect();
    let has = |shape: &Value, id: &str| shape["traits"].get(id).is_some();
    let of_kind = |kind: &'static str| shapes.iter().filter(move |shape| shape["type"] == kind);
    let mut reasons = Vec::new();
    if of_kind("service").all(|shape| !PROTOCOLS.iter().any(|id| has(shape, id))) {
        reasons.push("which cannot be emitted");
    }
    reasons
}

#[test]
fn real_models_load_without_a_word_unless_something_cannot_be_emitted() {
    for folder in FOLDERS {
        for (name, text) in models(folder) {
            let reasons = cannot_be_emitted(&text);
            match load(&[(name.clone(), text)], None) {
                Ok(loaded) => {
                    assert!(reasons.is_empty(), "{name}: {reasons:?}");
                    assert!(!loaded.model.operations.is_empty(), "{name}");
                    assert_eq!(loaded.warnings, [], "{name}");
                }
                Err(report) => {
                    let is_a_reason = |message: &str| reasons.iter().any(|reason| message.contains(reason));
                    let all = report.diagnostics.iter().all(|one| is_a_reason(&one.message));
                    assert!(!reasons.is_empty() && all, "{name}: {report}");
                }
            }
        }
    }
}

#[test]
fn ivs_realtime_has_its_operations_and_paginators() {
    if let Some(source) = models(FOLDERS[0]).pop() {
        let model = load(&[source], None).expect("the model of IVS RealTime is good").model;
        let paginated = model.operations.iter().filter(|one| one.paginated.is_some());
        assert_eq!((model.operations.len(), paginated.count()), (40, 10));
        assert_eq!(model.service.signing_name.as_deref(), Some("ivs"));
    }
}
