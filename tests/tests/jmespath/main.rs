//! Expressions as the generator reads them and the runtime follows them, over JSON: what the specification of JMESPath says,
//! as far as models of AWS use it.

mod reference;

use aws_smithy_types::Document;
use serde_json::{Value, json};
use smithy_client_codegen::model::jmespath as read;
use smithy_client_runtime::jmespath::{Comparator, Found, Function, Path, Step, follow};
use smithy_client_runtime::shape::View;

/// The table of an expression whose names are keys, as all are of JSON. It stays, as emitted tables do.
fn path(steps: &[read::Step]) -> Path {
    steps.iter().map(step).collect::<Vec<_>>().leak()
}

fn step(step: &read::Step) -> Step {
    let paths = |paths: &[Vec<read::Step>]| &*paths.iter().map(|steps| path(steps)).collect::<Vec<_>>().leak();
    match step {
        read::Step::Name(name) => Step::Key(name.clone().leak()),
        read::Step::At(position) => Step::At(*position),
        read::Step::Each(rest) => Step::Each(path(rest)),
        read::Step::Values(rest) => Step::Values(path(rest)),
        read::Step::Flatten(rest) => Step::Flatten(path(rest)),
        read::Step::Filter(condition, rest) => Step::Filter(path(condition), path(rest)),
        read::Step::Select(selected) => Step::Select(paths(selected)),
        read::Step::Literal(read::Literal::Null) => Step::Null,
        read::Step::Literal(read::Literal::Boolean(value)) => Step::Boolean(*value),
        read::Step::Literal(read::Literal::Number(number)) => Step::Number(*number),
        read::Step::Literal(read::Literal::Text(text)) => Step::Text(text.clone().leak()),
        read::Step::Compare(by, one, other) => Step::Compare(comparator(*by), path(one), path(other)),
        read::Step::And(one, other) => Step::And(path(one), path(other)),
        read::Step::Or(one, other) => Step::Or(path(one), path(other)),
        read::Step::Not(steps) => Step::Not(path(steps)),
        read::Step::Call(called, arguments) => Step::Call(function(*called), paths(arguments)),
    }
}

fn comparator(comparator: read::Comparator) -> Comparator {
    match comparator {
        read::Comparator::Equal => Comparator::Equal,
        read::Comparator::NotEqual => Comparator::NotEqual,
        read::Comparator::Less => Comparator::Less,
        read::Comparator::LessOrEqual => Comparator::LessOrEqual,
        read::Comparator::Greater => Comparator::Greater,
        read::Comparator::GreaterOrEqual => Comparator::GreaterOrEqual,
    }
}

fn function(function: read::Function) -> Function {
    match function {
        read::Function::Contains => Function::Contains,
        read::Function::EndsWith => Function::EndsWith,
        read::Function::Keys => Function::Keys,
        read::Function::Length => Function::Length,
        read::Function::NotNull => Function::NotNull,
        read::Function::StartsWith => Function::StartsWith,
        read::Function::Values => Function::Values,
    }
}

fn document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => Document::from(number.as_f64().unwrap_or_default()),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(elements) => Document::Array(elements.iter().map(document).collect()),
        Value::Object(members) => {
            Document::Object(members.iter().map(|(key, value)| (key.clone(), document(value))).collect())
        }
    }
}

fn value(found: &Found<'_>) -> Value {
    match found {
        Found::Boolean(value) => json!(value),
        Found::Number(number) => json!(number),
        Found::Text(text) => json!(text),
        Found::List(elements) => elements.iter().map(value).collect(),
        Found::Object(members) => {
            let members = members.iter().map(|(key, member)| (key.clone(), value(&Found::of(View::Document(member)))));
            Value::Object(members.collect())
        }
        _ => Value::Null,
    }
}

/// What an expression comes to; `None` where a function is called with what it does not take.
fn ask(expression: &str, of: &Value) -> Option<Value> {
    let read = read::Expression::parse(expression).unwrap_or_else(|problem| panic!("{expression}: {problem}"));
    let document = document(of);
    follow(path(&read.steps), &Found::of(View::Document(&document))).map(|found| value(&found))
}

/// Each expression with what it comes to, of one value.
fn check(of: Value, cases: &[(&str, Value)]) {
    for (expression, expected) in cases {
        let found = ask(expression, &of).unwrap_or_else(|| panic!("{expression}: a function does not take this"));
        // Numbers of documents are doubles here.
        assert_eq!(value(&Found::of(View::Document(&document(expected)))), found, "{expression} of {of}");
    }
}

#[test]
fn names_lead_into_objects() {
    let of = json!({"foo": {"bar": {"baz": "correct"}}, "1": ["one"], "foo-bar": {"ä": 1}, "none": null});
    check(
        of,
        &[
            ("foo.bar.baz", json!("correct")),
            ("foo.bar", json!({"baz": "correct"})),
            ("foo.bad.baz", json!(null)),
            ("foo.bar.baz.bad", json!(null)),
            ("none.foo", json!(null)),
            ("\"foo-bar\".\"\\u00e4\"", json!(1)),
            ("\"1\"[0]", json!("one")),
            ("@.foo.bar | baz", json!("correct")),
            ("foo.*.baz", json!(["correct"])),
            ("*.bar.baz", json!(["correct"])),
            ("none.*", json!(null)),
        ],
    );
}

#[test]
fn positions_and_projections_of_lists() {
    let of =
        json!({"a": [{"b": [1, 2], "c": "x"}, {"b": [3], "c": null}, {"b": []}, 5], "text": "abc", "l": [[1, [2]], 3]});
    check(
        of,
        &[
            ("a[0].c", json!("x")),
            ("a[-1]", json!(5)),
            ("a[9]", json!(null)),
            ("a[-5]", json!(null)),
            ("text[0]", json!(null)),
            ("a[*].c", json!(["x"])),
            ("a[*].b", json!([[1, 2], [3], []])),
            ("a[*].b[0]", json!([1, 3])),
            ("a[*].b | [0]", json!([1, 2])),
            ("(a[*].b)[1]", json!([3])),
            ("a[].b[]", json!([1, 2, 3])),
            ("a[].b[].d", json!([])),
            ("a[*].b[*].d", json!([[], [], []])),
            ("text[*]", json!(null)),
            ("text[]", json!(null)),
            ("absent[].b", json!(null)),
            ("l[]", json!([1, [2], 3])),
            ("l[][]", json!([1, 2, 3])),
            ("l[*][0]", json!([1])),
        ],
    );
}

#[test]
fn filters_take_what_is_true() {
    let of = json!({"s": [{"n": 1, "d": 1, "k": "a"}, {"n": 2, "d": 1, "k": "b"}, {"n": 3, "k": "b", "t": []}]});
    check(
        of,
        &[
            ("s[?n == `2`].k", json!(["b"])),
            ("s[?k == 'b'].n", json!([2, 3])),
            ("s[?n == d].n", json!([1])),
            ("s[?n != d].n", json!([2, 3])),
            ("s[?!d].n", json!([3])),
            ("s[?n > `1` && n < `3`].n", json!([2])),
            ("s[?n == `1` || k == 'b'].n", json!([1, 2, 3])),
            ("s[?n == `1` || k == 'b' && d].n", json!([1, 2])),
            ("s[?(n == `1` || k == 'b') && d].n", json!([1, 2])),
            ("s[?!(d && n == d)].n", json!([2, 3])),
            ("s[?t].n", json!([])),
            ("s[?absent == `null`] | length(@)", json!(3)),
            ("s[?n >= `2`] | [?n <= `2`].k", json!(["b"])),
            ("length(s[?k == 'b']) == `2`", json!(true)),
        ],
    );
}

#[test]
fn comparisons_and_truth() {
    let of = json!({"one": 1, "two": 2, "text": "x", "empty": "", "list": [], "map": {}, "no": false, "zero": 0, "null": null});
    check(
        of,
        &[
            ("one < two", json!(true)),
            ("one >= two", json!(false)),
            ("one < text", json!(null)),
            ("text == 'x'", json!(true)),
            ("one == text", json!(false)),
            ("null == absent", json!(true)),
            ("list == `null`", json!(false)),
            ("empty || text", json!("x")),
            ("list || map || no || null || zero", json!(0)),
            ("one && text", json!("x")),
            ("no && text", json!(false)),
            ("absent && text", json!(null)),
            ("!zero", json!(false)),
            ("!empty", json!(true)),
            ("!map", json!(true)),
            ("!!text", json!(true)),
            ("[one, two] == [one, two]", json!(true)),
            ("map == map", json!(true)),
        ],
    );
}

#[test]
fn selections_keep_what_is_null() {
    let of = json!({"a": 1, "b": {"c": 2}, "items": [{"x": {"t": "p"}}, {"y": {"t": "q"}}, {}]});
    check(
        of,
        &[
            ("[a, b.c, d]", json!([1, 2, null])),
            ("b.[c, d]", json!([2, null])),
            ("absent.[a]", json!(null)),
            ("items[*].[x.t, y.t]", json!([["p", null], [null, "q"], [null, null]])),
            ("items[*].[x.t, y.t][]", json!(["p", "q"])),
            ("[length(*), a]", json!([3, 1])),
        ],
    );
}

#[test]
fn functions_of_models() {
    let of = json!({"text": "héllo", "list": ["a", "b", 1], "map": {"k": "v"}, "null": null});
    check(
        of.clone(),
        &[
            ("length(text)", json!(5)),
            ("length(list)", json!(3)),
            ("length(map)", json!(1)),
            ("length(null || '')", json!(0)),
            ("contains(text, 'éll')", json!(true)),
            ("contains(list, 'b')", json!(true)),
            ("contains(list, `1`)", json!(true)),
            ("contains(list, 'c')", json!(false)),
            ("starts_with(text, 'hé')", json!(true)),
            ("ends_with(text, 'lo')", json!(true)),
            ("ends_with(text, 'l')", json!(false)),
            ("keys(map)", json!(["k"])),
            ("values(map)", json!(["v"])),
            ("map.keys(@)", json!(["k"])),
            ("not_null(null, absent, text)", json!("héllo")),
            ("not_null(null)", json!(null)),
        ],
    );
    for expression in ["length(null)", "length(absent)", "keys(list)", "starts_with(list, 'a')", "contains(null, 'a')"]
    {
        assert_eq!(ask(expression, &of), None, "{expression}");
    }
}

/// Expressions of the waiters of AWS, of one service each.
#[test]
fn expressions_of_waiters_of_aws() {
    let groups = |in_service: usize| {
        let state = |index| if index < in_service { "InService" } else { "Pending" };
        let instances: Vec<Value> = (0..3).map(|index| json!({"LifecycleState": state(index)})).collect();
        json!({"AutoScalingGroups": [{"Instances": instances, "MinSize": 2}]})
    };
    let waits = "contains(AutoScalingGroups[].[length(Instances[?LifecycleState=='InService']) >= MinSize][], `false`)";
    assert_eq!(ask(waits, &groups(3)), Some(json!(false)));
    assert_eq!(ask(waits, &groups(1)), Some(json!(true)));
    let stable = "length(services[?!(length(deployments) == `1` && runningCount == desiredCount)]) == `0`";
    let services = |running| json!({"services": [{"deployments": [{}], "runningCount": running, "desiredCount": 2}]});
    assert_eq!(ask(stable, &services(2)), Some(json!(true)));
    assert_eq!(ask(stable, &services(1)), Some(json!(false)));
    let ended = "length(Ds) > `0`  && length(Ds[?S == 'DISABLED' || S == 'ENABLE_FAILED']) ==  length(Ds)";
    assert_eq!(ask(ended, &json!({"Ds": [{"S": "DISABLED"}, {"S": "ENABLE_FAILED"}]})), Some(json!(true)));
    assert_eq!(ask(ended, &json!({"Ds": [{"S": "DISABLED"}, {"S": "ACTIVE"}]})), Some(json!(false)));
    assert_eq!(ask(ended, &json!({"Ds": []})), Some(json!(false)));
    assert_eq!(ask("length(Output || '') > `0`", &json!({})), Some(json!(false)));
    let verified = json!({"VerificationAttributes": {"a@x": {"VerificationStatus": "Success"}}});
    assert_eq!(ask("VerificationAttributes.*.VerificationStatus", &verified), Some(json!(["Success"])));
    assert_eq!(ask("status != 'CANCELLING' && status != 'CANCELLED'", &json!({"status": "FAILED"})), Some(json!(true)));
}
