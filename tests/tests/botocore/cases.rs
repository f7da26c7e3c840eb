//! Calls: generated inputs with generated answers.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};
use tests::model::{Model, Operation, short};
use tests::values::{Presence, headers, structure, text, whole_structure};

/// Inputs that the model allows. botocore does not answer for others: it would send them, or not.
const INPUT: Presence = Presence { required: 1.0, optional: 0.6 };

/// Answers that the model allows.
const OUTPUT: Presence = Presence { required: 1.0, optional: 0.7 };

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The operation.
    pub(crate) operation: String,
    /// Its input, by the names of the model.
    pub(crate) input: Value,
    /// The status of the answer.
    pub(crate) status: u16,
    /// The headers of the answer.
    pub(crate) headers: Vec<(String, String)>,
    /// The body of the answer.
    pub(crate) body: Value,
}

impl Case {
    /// The case in one line.
    pub(crate) fn json(&self) -> Value {
        let Self { operation, input, status, headers, body } = self;
        json!({"operation": operation, "input": input, "status": status, "headers": headers, "body": body.to_string()})
    }
}

/// `count` calls at least, as many for each operation of the model; one seed, one list.
pub(crate) fn of_all_operations(model: &Model, count: usize, seed: u64) -> Vec<Case> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let operations = model.operations();
    let each = count.div_ceil(operations.len());
    let of_operation = |operation: &Operation| {
        let strategy = case(model, operation);
        let new = |_| strategy.new_tree(&mut runner).expect("no strategy here rejects anything").current();
        (0..each).map(new).collect::<Vec<_>>()
    };
    operations.iter().flat_map(of_operation).collect()
}

fn case(model: &Model, operation: &Operation) -> BoxedStrategy<Case> {
    let answer = prop_oneof![5 => success(model, operation), 1 => error(model, operation)];
    let name = operation.name.clone();
    let labels: Vec<_> = model.members(&operation.input).iter().map(|member| member.name.to_owned()).collect();
    let label = labels.into_iter().find(|name| operation.uri.contains(&format!("{{{name}}}")));
    (whole_structure(model, &operation.input, INPUT), answer, request_id())
        .prop_map(move |(mut input, (status, mut headers, body), request_id)| {
            shorten(&mut input);
            // An empty label is no request: ours refuses it, botocore sends another path.
            if let Some(place) = label.as_ref().map(|label| &mut input[label]).filter(|value| **value == "") {
                *place = Value::from("label");
            }
            headers.extend(request_id);
            Case { operation: name.clone(), input, status, headers, body }
        })
        .boxed()
}

type Answer = (u16, Vec<(String, String)>, Value);

fn success(model: &Model, operation: &Operation) -> BoxedStrategy<Answer> {
    // What a later version of the service may send.
    let more = proptest::option::weighted(0.3, select(vec![json!(null), json!({"a": [1, {}]}), json!("x")]));
    (structure(model, &operation.output, OUTPUT), plain_headers(model, &operation.output), more)
        .prop_map(|(mut body, headers, more)| {
            shorten(&mut body);
            if let (Some(more), Some(members)) = (more, body.as_object_mut()) {
                members.insert("addedLater".to_owned(), more);
            }
            (200, headers, body)
        })
        .boxed()
}

/// An error of the operation, or one that the model does not know, with its code in a header or in the body.
fn error(model: &Model, operation: &Operation) -> BoxedStrategy<Answer> {
    let known: Vec<_> = operation.errors.iter().map(|id| (model.status(id), short(id).to_owned())).collect();
    let unknown = select(vec![(400, "ThrottlingException".to_owned()), (503, "NewerException".to_owned())]);
    let dress =
        select(vec![("", ""), ("", ":http://internal.amazon.com/coral/x/"), ("com.amazonaws.ivsrealtime#", "")]);
    let place = select(vec!["x-amzn-ErrorType", "__type", "code"]);
    let message = (select(vec!["message", "Message", "exceptionMessage"]), proptest::option::of(text()));
    let headers = plain_headers(model, &operation.errors[0]);
    (prop_oneof![4 => select(known), 1 => unknown], dress, place, message, headers)
        .prop_map(|((status, code), (before, behind), place, (name, message), headers)| {
            let code = format!("{before}{code}{behind}");
            let named = |(name, _): &(String, String)| !name.eq_ignore_ascii_case("x-amzn-ErrorType");
            let mut headers: Vec<_> = headers.into_iter().filter(named).collect();
            let mut body = Map::new();
            if place.starts_with("x-") {
                headers.push((place.to_owned(), code));
            } else {
                body.insert(place.to_owned(), Value::from(code));
            }
            body.extend(message.map(|message| (name.to_owned(), Value::from(message))));
            (status, headers, Value::Object(body))
        })
        .boxed()
}

/// Headers in ASCII: how other bytes are read is not botocore's to say.
fn plain_headers(model: &Model, id: &str) -> BoxedStrategy<Vec<(String, String)>> {
    let plain = |value: &str| value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    headers(model, id).prop_map(move |lines| lines.into_iter().filter(|(_, value)| plain(value)).collect()).boxed()
}

fn request_id() -> BoxedStrategy<Option<(String, String)>> {
    proptest::option::of("[a-f0-9-]{1,36}".prop_map(|id| ("x-amzn-RequestId".to_owned(), id))).boxed()
}

/// Gives every number with a fraction the fewest digits that a single-precision number needs: the model has no others.
fn shorten(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let single = number.as_f64().unwrap_or_default() as f32;
            *number = single.to_string().parse().expect("a number");
        }
        Value::Array(elements) => elements.iter_mut().for_each(shorten),
        Value::Object(members) => members.values_mut().for_each(shorten),
        _ => {}
    }
}
