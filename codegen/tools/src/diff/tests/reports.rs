//! The report as a whole: summary, filter, outlines, version step, growth, failures.

use serde_json::{Value, json};

use super::{between, difference, enumeration, model, named, operation, shown, structure};
use crate::diff::{Difference, Failure, Mark, SketchLine, Step};

/// `GetThing`, and `PutThing` with these members of its input.
fn two_operations(members: Value) -> Value {
    let mut service = model(json!({}))["shapes"]["com.example#Service"].clone();
    service["operations"] = json!([{"target": "GetThing"}, {"target": "PutThing"}]);
    json!({
        "Service": service,
        "PutThing": operation("PutRequest", "PutResponse"),
        "PutRequest": structure(members),
        "PutResponse": structure(json!({})),
    })
}

fn outline(lines: &[SketchLine]) -> String {
    let line = |line: &SketchLine| {
        let sign = match line.mark {
            Mark::Same => ' ',
            Mark::Added => '+',
            Mark::Removed => '-',
        };
        format!("{sign}{}{}\n", "    ".repeat(line.depth), line.text)
    };
    lines.iter().map(line).collect()
}

#[test]
fn a_model_is_no_different_from_itself() {
    let found = difference(json!({}), json!({}));
    assert!(found.is_empty() && !found.is_breaking());
    assert_eq!(found.summary(), "no changes");
    assert_eq!((found.bump.below_one, found.bump.from_one), (Step::None, Step::None));
}

#[test]
fn the_summary_counts_by_fate() {
    let found = difference(json!({}), two_operations(json!({"name": {"target": "Name"}})));
    assert_eq!(found.summary(), "1 new operation, 2 new shapes");
    let thing =
        structure(json!({"name": {"target": "Name", "traits": {"smithy.api#required": {}}}, "b": {"target": "Name"}}));
    assert_eq!(difference(json!({}), json!({"Thing": thing})).summary(), "1 new member, 1 changed member");
}

#[test]
fn only_what_chosen_operations_meet_is_told() {
    let (old, new) = (two_operations(json!({})), two_operations(json!({"name": {"target": "Name"}})));
    let (old, new) = (model(old), model(new));
    let about = |operation: &str| between(&old, &new, &[operation]).expect("it is an operation");
    assert!(about("GetThing").is_empty(), "{}", shown(&about("GetThing")));
    assert_eq!(about("PutThing").summary(), "1 new member");
    assert_eq!(about("PutThing").methods.len(), 1);
}

#[test]
fn an_operation_that_neither_has_is_a_failure() {
    let same = model(json!({}));
    let failure = between(&same, &same, &["GetThings"]).expect_err("there is no such operation");
    assert_eq!(failure.to_string(), "no operation of either model is called GetThings; there are: GetThing");
}

#[test]
fn what_is_no_model_is_a_failure_and_not_the_absence_of_changes() {
    let (good, bad) = (model(json!({})), json!({"smithy": "2.0", "shapes": {}}));
    assert!(matches!(between(&bad, &good, &[]), Err(Failure::Old(_))));
    assert!(matches!(between(&good, &json!([]), &[]), Err(Failure::New(_))));
}

#[test]
fn a_new_method_is_sketched_whole() {
    let members = json!({
        "thing": {"target": "Thing", "traits": {"smithy.api#required": {}}},
        "count": {"target": "Limited"},
    });
    let mut new = two_operations(members);
    new["Limited"] = json!({"type": "integer", "traits": {"smithy.api#range": {"min": 1, "max": 9}}});
    new["Name"] = enumeration(&["A", "B"]);
    let found = difference(json!({"Name": enumeration(&["A", "B"])}), new);
    let method = &found.methods[0];
    assert_eq!((method.name.as_str(), method.route.as_str()), ("put_thing", "POST /PutRequest"));
    insta::assert_snapshot!(outline(&method.request), @r"
    thing: Thing (required)
        name: Name (A | B)
    count: i32 (1 to 9)
    ");
}

#[test]
fn a_changed_method_is_sketched_where_it_changed() {
    let thing = structure(json!({"name": {"target": "Name"}, "added": {"target": "Name"}}));
    let found = difference(json!({}), json!({"Thing": thing}));
    insta::assert_snapshot!(outline(&found.methods[0].request), @r"
     thing: Thing
    +    added: String
    ");
}

#[test]
fn a_recursive_shape_has_a_finite_sketch() {
    let thing = structure(json!({"name": {"target": "Name"}, "inner": {"target": "Thing"}}));
    insta::assert_snapshot!(outline(&difference(json!({}), json!({"Thing": thing})).methods[0].request), @r"
     thing: Thing
    +    inner: Thing
    +        ..
    ");
}

/// The steps below and from 1.0.0.
fn steps(found: &Difference) -> (Step, Step) {
    (found.bump.below_one, found.bump.from_one)
}

#[test]
fn the_version_follows_the_worst_verdict() {
    let more = difference(json!({}), two_operations(json!({})));
    assert_eq!(steps(&more), (Step::Patch, Step::Minor));
    let less = difference(two_operations(json!({})), json!({}));
    assert_eq!(steps(&less), (Step::Minor, Step::Major));
    assert!(less.is_breaking() && !more.is_breaking());
    let words = |words: &str| json!({"Thing": named(json!({"smithy.api#documentation": words}))});
    assert_eq!(steps(&difference(words("a"), words("b"))), (Step::Patch, Step::Patch));
}

#[test]
fn growth_counts_lines_of_generated_code() {
    let growth = difference(json!({}), two_operations(json!({}))).growth.expect("both can be generated");
    assert_eq!((growth.before.operations, growth.after.operations), (1, 2));
    assert!(growth.after.lines > growth.before.lines + 50, "{growth:?}");
}

#[test]
fn a_model_that_cannot_be_generated_is_compared_and_the_report_says_so() {
    let thing = |members: Value| json!({"Thing": structure(members)});
    let same_in_rust =
        json!({"name": {"target": "Count"}, "fooBar": {"target": "Name"}, "foo_bar": {"target": "Name"}});
    let found = difference(thing(json!({"name": {"target": "Name"}})), thing(same_in_rust));
    assert!(found.growth.is_none());
    assert!(found.changes.iter().any(|change| change.rule.id() == "member-type-changed"), "{}", shown(&found));
    insta::assert_snapshot!(found.notes[0], @"the newer model cannot be generated, so Rust verdicts are estimates without items: fooBar and foo_bar would both be `foo_bar` in Rust");
}
