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

/// Whether a model has a union that streams.
fn has_event_stream(text: &str) -> bool {
    let model: Value = serde_json::from_str(text).unwrap_or_default();
    let shapes = model["shapes"].as_object();
    let is_stream = |shape: &Value| shape["type"] == "union" && shape["traits"].get("smithy.api#streaming").is_some();
    shapes.is_some_and(|shapes| shapes.values().any(is_stream))
}

#[test]
fn real_models_load_without_a_word_unless_they_have_event_streams() {
    for folder in FOLDERS {
        for (name, text) in models(folder) {
            let has_events = has_event_stream(&text);
            match load(&[(name.clone(), text)], None) {
                Ok(loaded) => {
                    assert!(!has_events, "{name}");
                    assert!(!loaded.model.operations.is_empty(), "{name}");
                    assert_eq!(loaded.warnings, [], "{name}");
                }
                Err(report) => {
                    let is_about_events = |message: &str| message.contains("is an event stream");
                    let all = report.diagnostics.iter().all(|one| is_about_events(&one.message));
                    assert!(has_events && all, "{name}: {report}");
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
