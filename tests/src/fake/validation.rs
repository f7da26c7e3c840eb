//! Input held against the constraints of the model: types, required members, lengths, ranges, patterns, enums.

use regex_lite::Regex;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::failure::Failure;
use crate::model::Model;

/// The pattern of `ResourceArn` as the model has it, which no ARN of the service fits, as it wants a resource type of one
/// letter. The service takes the ARNs of its resources.
const RESOURCE_ARN: &str = "^arn:aws:ivs:[a-z0-9-]+:[0-9]+:[a-z-]/[a-zA-Z0-9-]+$";

/// What is used in its place.
const ANY_RESOURCE_ARN: &str = "^arn:aws:ivs:[a-z0-9-]+:[0-9]+:[a-z-]+/[a-zA-Z0-9-]+$";

/// The constraints of a model.
#[derive(Debug)]
pub(super) struct Constraints {
    model: Model,
    patterns: Mutex<HashMap<String, Option<Regex>>>,
}

impl Constraints {
    /// Those of a model.
    pub(super) fn new(model: Model) -> Self {
        Self { model, patterns: Mutex::default() }
    }

    /// The model.
    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    /// Checks a value for the shape `id`. `path` says where it stands, as in `tags.owner`; members of the input come first.
    ///
    /// # Errors
    /// `ValidationException` with the member named.
    pub(super) fn check(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        if matches!(value, Value::Null) {
            return Ok(());
        }
        match self.model.type_of(id) {
            "structure" | "union" => self.structure(id, value, path),
            "list" => self.list(id, value, path),
            "map" => self.map(id, value, path),
            "string" | "timestamp" | "blob" => self.text(id, value, path),
            "enum" => self.enumeration(id, value, path),
            "boolean" if !value.is_boolean() => Err(wrong_type(path, "a boolean")),
            "integer" | "long" if !value.is_i64() => Err(wrong_type(path, "an integer")),
            "float" | "double" if !value.is_number() => Err(wrong_type(path, "a number")),
            "integer" | "long" | "float" | "double" => self.range(id, value, path),
            _ => Ok(()),
        }
    }

    fn structure(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        let Value::Object(members) = value else { return Err(wrong_type(path, "an object")) };
        for member in self.model.members(id) {
            let place = if path.is_empty() { member.name.to_owned() } else { format!("{path}.{}", member.name) };
            match members.get(member.name) {
                None | Some(Value::Null) if member.is_required() => {
                    return Err(Failure::validation(format!("{place} is required and missing")));
                }
                Some(value) => self.check(member.target, value, &place)?,
                None => {}
            }
        }
        Ok(())
    }

    fn list(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        let Value::Array(elements) = value else { return Err(wrong_type(path, "a list")) };
        self.length(id, elements.len(), "elements", path)?;
        let element = self.model.element(id);
        let mut places = elements.iter().enumerate();
        places.try_for_each(|(index, value)| self.check(element, value, &format!("{path}[{index}]")))
    }

    fn map(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        let Value::Object(entries) = value else { return Err(wrong_type(path, "an object")) };
        self.length(id, entries.len(), "entries", path)?;
        let (key_shape, value_shape) = (self.model.key(id), self.model.element(id));
        entries.iter().try_for_each(|(key, value)| {
            self.check(key_shape, &Value::String(key.clone()), &format!("a key of {path}"))?;
            self.check(value_shape, value, &format!("{path}.{key}"))
        })
    }

    fn text(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        let Value::String(text) = value else { return Err(wrong_type(path, "a string")) };
        self.length(id, text.chars().count(), "characters", path)?;
        let Some(pattern) = self.model.shape_trait(id, "pattern").and_then(Value::as_str) else { return Ok(()) };
        match self.matches(pattern, text) {
            true => Ok(()),
            false => Err(Failure::validation(format!("{path} does not match the pattern {pattern}"))),
        }
    }

    /// Whether a text matches; a pattern that this engine does not take matches everything.
    fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.lock().unwrap_or_else(PoisonError::into_inner);
        let compiled = patterns.entry(pattern.to_owned()).or_insert_with(|| {
            let pattern = if pattern == RESOURCE_ARN { ANY_RESOURCE_ARN } else { pattern };
            Regex::new(pattern).ok()
        });
        compiled.as_ref().is_none_or(|compiled| compiled.is_match(text))
    }

    fn enumeration(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        let Value::String(text) = value else { return Err(wrong_type(path, "a string")) };
        let values = self.model.enum_values(id);
        match values.contains(&text.as_str()) {
            true => Ok(()),
            false => Err(Failure::validation(format!("{path} is none of {}", values.join(", ")))),
        }
    }

    fn length(&self, id: &str, found: usize, of: &str, path: &str) -> Result<(), Failure> {
        let Some(length) = self.model.shape_trait(id, "length") else { return Ok(()) };
        let limit = |key: &str| length[key].as_u64().and_then(|limit| usize::try_from(limit).ok());
        if limit("min").is_some_and(|min| found < min) {
            let min = &length["min"];
            return Err(Failure::validation(format!("{path} has {found} {of}; at least {min} are needed")));
        }
        if limit("max").is_some_and(|max| found > max) {
            let max = &length["max"];
            return Err(Failure::validation(format!("{path} has {found} {of}; at most {max} are allowed")));
        }
        Ok(())
    }

    fn range(&self, id: &str, value: &Value, path: &str) -> Result<(), Failure> {
        let Some(range) = self.model.shape_trait(id, "range") else { return Ok(()) };
        let (found, min, max) = (value.as_f64(), range["min"].as_f64(), range["max"].as_f64());
        if min.is_some_and(|min| found.is_some_and(|found| found < min)) {
            return Err(Failure::validation(format!("{path} is less than {}", range["min"])));
        }
        if max.is_some_and(|max| found.is_some_and(|found| found > max)) {
            return Err(Failure::validation(format!("{path} is more than {}", range["max"])));
        }
        Ok(())
    }
}

fn wrong_type(path: &str, wanted: &str) -> Failure {
    let place = if path.is_empty() { "the body" } else { path };
    Failure::validation(format!("{place} is not {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use serde_json::json;

    fn told(operation: &str, input: &Value) -> String {
        let constraints = Constraints::new(Model::load());
        let input_shape = constraints.model().operation(operation).input;
        constraints.check(&input_shape, input, "").map_or_else(|failure| failure.message, |()| "fine".to_owned())
    }

    #[test]
    fn each_constraint_names_its_member() {
        let arn = "arn:aws:ivs:us-east-1:123456789012:stage/AbCd";
        let cases = [
            told("CreateStage", &json!({"name": "standup", "unknown": 1})),
            told("CreateStage", &json!({"name": "two words"})),
            told("CreateStage", &json!({"name": 7})),
            told("CreateStage", &json!([])),
            told("CreateStage", &json!({"name": "x".repeat(129)})),
            told("CreateStage", &json!({"tags": {"": "v"}})),
            told("CreateStage", &json!({"participantTokenConfigurations": [{"capabilities": ["FLY"]}]})),
            told("CreateParticipantToken", &json!({"duration": 5})),
            told("CreateParticipantToken", &json!({"stageArn": arn, "duration": 20161})),
            told("CreateParticipantToken", &json!({"stageArn": arn, "duration": 1.5})),
            told("CreateEncoderConfiguration", &json!({"video": {"framerate": 0.5}})),
            told("StartComposition", &json!({"stageArn": arn, "destinations": []})),
            told("ListTagsForResource", &json!({"resourceArn": arn})),
        ];
        assert_snapshot!(cases.join("\n"), @"
        fine
        name does not match the pattern ^[a-zA-Z0-9-_]*$
        name is not a string
        the body is not an object
        name has 129 characters; at most 128 are allowed
        a key of tags has 0 characters; at least 1 are needed
        participantTokenConfigurations[0].capabilities[0] is none of PUBLISH, SUBSCRIBE
        stageArn is required and missing
        duration is more than 20160
        duration is not an integer
        video.framerate is less than 1
        destinations has 0 elements; at least 1 are needed
        fine
        ");
    }
}
