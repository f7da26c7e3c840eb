//! For every type: any value is read back as it was written, and written as the wire has it.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use tests::model::Model;
use tests::values::{OUTPUT, enumeration, whole_structure};

use crate::types::{self, Type, same};

/// Values for each type; all types together are a few thousand.
const CASES: u32 = 48;

fn check(id: &str, known: &Type, json: &Value) -> Result<(), TestCaseError> {
    // Of the engine's timestamps, as they are sent, the microseconds are left.
    let json: &Value = &json.to_string().replace(".123456789Z", ".123456Z").parse().expect("it was JSON");
    let value = (known.read)(json).map_err(|error| TestCaseError::fail(format!("{id}: {error}")))?;
    let exposed = value.exposed();
    let again = (known.read)(&exposed).map_err(|error| TestCaseError::fail(format!("{id}: {error}")))?;
    prop_assert!(same(&*value, &*again), "{id}: {value:?} became {again:?} by {exposed}");

    let mut body = exposed.clone();
    for name in value.bound() {
        let sent = body.as_object_mut().and_then(|members| members.remove(name));
        prop_assert_eq!(sent.as_ref(), json.get(name), "{} of {}", name, id);
    }
    prop_assert_eq!(body, value.body(), "{} on the wire", id);
    if value.bound().is_empty() {
        let received = (known.receive)(&json.to_string());
        prop_assert!(same(&*value, &*received), "{id}: {received:?} was received, {value:?} was read from {json}");
    }
    Ok(())
}

#[test]
fn what_was_written_is_read_back_and_equals_the_wire() {
    let model = Model::load();
    for (id, known) in crate::all(&model) {
        let mut runner =
            TestRunner::new(ProptestConfig { cases: CASES, failure_persistence: None, ..Default::default() });
        let values = whole_structure(&model, &id, OUTPUT);
        runner.run(&values, |json| check(&id, &known, &json)).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn every_value_of_an_enum_survives_known_or_not() {
    let model = Model::load();
    for known in types::ENUMERATIONS {
        let id = model.enums().into_iter().find(|id| id.ends_with(&format!("#{}", known.name))).expect("an enum");
        let mut runner =
            TestRunner::new(ProptestConfig { cases: CASES, failure_persistence: None, ..Default::default() });
        let check = |text: String| {
            let (json, value) = (known.through)(&text);
            prop_assert_eq!(json, Value::from(text.as_str()));
            prop_assert_eq!(value, text);
            Ok(())
        };
        runner.run(&enumeration(&model, &id), check).unwrap_or_else(|error| panic!("{}: {error}", known.name));
    }
}
