//! Descriptions of botocore with something changed: converted, and what comes of it generated.

use serde_json::Value;
use smithy_client_codegen::Source;
use smithy_client_tools::botocore::{BotocoreFiles, to_ast};

use crate::edits::{MODELS, apply};
use crate::model::emitted;

const FILES: [(&str, &str); 3] = [
    ("service-2.json", include_str!("../models/service-2.json")),
    ("paginators-1.json", include_str!("../models/paginators-1.json")),
    ("waiters-2.json", include_str!("../models/waiters-2.json")),
];

/// The first byte chooses the file that is changed, and whether the model is known; the others are the changes.
pub fn check(data: &[u8]) {
    let Some((&choice, edits)) = data.split_first() else { return };
    // Most of it is in the first file.
    let chosen = [0, 0, 0, 0, 1, 2][usize::from(choice) % 6];
    let [service, paginators, waiters] = [0, 1, 2].map(|index| {
        let (name, text) = FILES[index];
        let mut value: Value = serde_json::from_str(text).expect("the files are JSON");
        if index == chosen {
            apply(&mut value, edits);
        }
        Source { name: name.to_owned(), text: value.to_string() }
    });
    let files = BotocoreFiles { service, paginators: Some(paginators), waiters: Some(waiters), endpoint_rules: None };
    let known: Value = serde_json::from_str(MODELS[0]).expect("the models are JSON");
    match to_ast(&files, Some(&known).filter(|_| choice & 128 != 0)) {
        Ok(conversion) => _ = emitted(&conversion.ast.to_string()),
        Err(report) => assert!(!report.diagnostics.is_empty()),
    }
}
