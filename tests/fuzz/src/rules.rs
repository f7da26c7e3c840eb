//! Endpoint rules with something changed.

use serde_json::Value;

use crate::edits::{MODELS, apply};
use crate::model::emitted;

/// Bytes are changes of the rules of the first model.
pub fn check(data: &[u8]) {
    let mut model: Value = serde_json::from_str(MODELS[0]).expect("the models are JSON");
    let rules = &mut model["shapes"]["com.example.depot#Depot"]["traits"]["smithy.rules#endpointRuleSet"];
    assert!(rules.is_object());
    apply(rules, data);
    emitted(&model.to_string());
}
