//! Models that are deep, wide or long: refused with a diagnostic where nobody can mean them, else emitted, on the
//! small stack that threads have, and with work that grows as the model does.

use std::thread;
use std::time::Duration;

use process_usage::processor_time;
use serde_json::{Map, Value, json};
use smithy_client_codegen::report::Report;
use smithy_client_codegen::{Emit, Generated};

use crate::emitted;

/// The stack of threads as the standard library makes them.
const STACK: usize = 2 << 20;

/// A service with these shapes beside it, whose operation takes and returns a structure of these members.
fn model(shapes: Map<String, Value>, members: &Value) -> Value {
    let mut all = Map::new();
    let service = json!({
        "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
        "traits": {
            "aws.protocols#restJson1": {}, "aws.auth#sigv4": {"name": "deep"},
            "aws.api#service": {"sdkId": "Deep", "endpointPrefix": "deep"},
        },
    });
    all.insert("a.b#Deep".to_owned(), service);
    let operation = json!({
        "type": "operation", "input": {"target": "a.b#DoInput"}, "output": {"target": "a.b#DoOutput"},
        "traits": {"smithy.api#http": {"method": "POST", "uri": "/"}},
    });
    all.insert("a.b#Do".to_owned(), operation);
    for end in ["a.b#DoInput", "a.b#DoOutput"] {
        all.insert(end.to_owned(), json!({"type": "structure", "members": members}));
    }
    all.extend(shapes);
    json!({"smithy": "2.0", "shapes": all})
}

fn target(name: impl std::fmt::Display) -> Value {
    json!({"target": format!("a.b#{name}")})
}

/// A chain of lists or maps.
fn nested(depth: usize, kind: &str) -> Value {
    let shapes = (0..depth).map(|level| {
        let element =
            if level + 1 == depth { json!({"target": "smithy.api#String"}) } else { target(format!("L{}", level + 1)) };
        let shape = match kind {
            "list" => json!({"type": "list", "member": element}),
            _ => json!({"type": "map", "key": {"target": "smithy.api#String"}, "value": element}),
        };
        (format!("a.b#L{level}"), shape)
    });
    model(shapes.collect(), &json!({"deep": target("L0")}))
}

/// Structures of so many members each; the member `step` of the structure `at` leads to `next(at, step)`.
fn structures(count: usize, width: usize, next: fn(usize, usize, usize) -> Option<usize>) -> Value {
    let shapes = (0..count).map(|at| {
        let members =
            (0..width).filter_map(|step| Some((format!("m{step}"), target(format!("S{:05}", next(at, step, count)?)))));
        (format!("a.b#S{at:05}"), json!({"type": "structure", "members": members.collect::<Map<_, _>>()}))
    });
    model(shapes.collect(), &json!({"first": target("S00000")}))
}

/// One structure after another, the first of which is the last in the order of names.
fn chain(count: usize) -> Value {
    structures(count, 1, |at, _, count| Some(at + 1).filter(|next| *next < count))
}

/// Structures that all lead to each other.
fn strongly_connected(count: usize) -> Value {
    structures(count, 10, |at, step, count| Some((at + 1 + step * 7) % count))
}

fn documented(text: String) -> Value {
    let member = json!({"target": "smithy.api#String", "traits": {"smithy.api#documentation": text}});
    model(Map::new(), &json!({"text": member}))
}

fn with_rules(rules: Value) -> Value {
    let mut model = model(Map::new(), &json!({}));
    let parameters =
        json!({"Region": {"type": "string", "builtIn": "AWS::Region"}, "Flag": {"type": "boolean", "default": true}});
    model["shapes"]["a.b#Deep"]["traits"]["smithy.rules#endpointRuleSet"] =
        json!({"version": "1.0", "parameters": parameters, "rules": rules});
    model
}

/// Rules within rules.
fn rule_trees(depth: usize) -> Value {
    let last = json!({"type": "endpoint", "conditions": [], "endpoint": {"url": "https://a.b"}});
    let condition = json!({"fn": "booleanEquals", "argv": [{"ref": "Flag"}, true]});
    let tree = |inner: Value, _| json!({"type": "tree", "conditions": [condition], "rules": [inner]});
    with_rules(json!([(0..depth).fold(last, tree)]))
}

/// Functions within functions.
fn calls(depth: usize) -> Value {
    let inner = (0..depth).fold(json!({"ref": "Flag"}), |inner, _| json!({"fn": "not", "argv": [inner]}));
    with_rules(json!([{"type": "error", "conditions": [inner], "error": "no"}]))
}

/// What the generator says on a thread with a small stack.
fn on_small_stack(model: Value) -> Result<Generated, Report> {
    let run = move || emitted(&model, Emit::Client);
    let thread = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread starts");
    thread.join().expect("no panic")
}

#[test]
fn lists_and_maps_may_nest_so_deep_and_no_deeper() {
    for kind in ["list", "map"] {
        on_small_stack(nested(50, kind)).unwrap_or_else(|report| panic!("{report}"));
        let report = on_small_stack(nested(51, kind)).expect_err("too deep");
        let said = report.to_string();
        assert!(
            said.starts_with("error: more than 50 lists and maps stand within each other, from a.b#L0 inwards\n"),
            "{said}"
        );
        on_small_stack(nested(5_000, kind)).expect_err("much too deep");
    }
}

#[test]
fn a_circle_of_many_lists_is_refused() {
    let mut model = nested(200, "list");
    model["shapes"]["a.b#L199"]["member"] = target("L0");
    on_small_stack(model).expect_err("it has no end");
}

#[test]
fn long_chains_and_circles_of_structures_are_emitted() {
    for model in [chain(1_000), strongly_connected(200), structures(1_000, 1, |at, _, count| Some((at + 1) % count))] {
        on_small_stack(model).unwrap_or_else(|report| panic!("{report}"));
    }
}

#[test]
fn endpoint_rules_nest_as_deep_as_json_does() {
    for (name, model) in [("trees", rule_trees(50)), ("calls", calls(50))] {
        on_small_stack(model).unwrap_or_else(|report| panic!("{name}: {report}"));
    }
    let report = on_small_stack(rule_trees(500)).expect_err("deeper than JSON is read");
    assert!(report.to_string().contains("nested more than 127 levels deep"), "{report}");
}

#[test]
fn texts_nest_without_end() {
    let deep = 5_000;
    for text in [
        "<ul><li>".repeat(deep),
        "<b><i>".repeat(deep) + "x",
        "<table><tr><td>".repeat(deep),
        format!("{}x", "> ".repeat(deep)),
        format!("{}x", "- ".repeat(deep)),
        "[".repeat(deep) + &"](a)".repeat(deep),
        "*a _b ".repeat(deep),
        "``` ` `` ".repeat(deep),
        "<".repeat(deep),
        "![[`".repeat(deep),
    ] {
        let start: String = text.chars().take(12).collect();
        on_small_stack(documented(text)).unwrap_or_else(|report| panic!("{start}: {report}"));
    }
}

#[test]
fn long_chains_of_resources_and_mixins_are_read() {
    let resources = (0..2_000).map(|at| {
        (format!("a.b#R{at}"), json!({"type": "resource", "resources": if at < 1_999 { json!([target(format!("R{}", at + 1))]) } else { json!([]) }}))
    });
    let mixins = (0..300).map(|at| {
        let mixins = if at < 299 { json!([target(format!("M{}", at + 1))]) } else { json!([]) };
        (
            format!("a.b#M{at}"),
            json!({"type": "structure", "members": {}, "mixins": mixins, "traits": {"smithy.api#mixin": {}}}),
        )
    });
    let user = ("a.b#User".to_owned(), json!({"type": "structure", "members": {}, "mixins": [target("M0")]}));
    let mut model = model(resources.chain(mixins).chain([user]).collect(), &json!({"user": target("User")}));
    model["shapes"]["a.b#Deep"]["resources"] = json!([target("R0")]);
    on_small_stack(model).unwrap_or_else(|report| panic!("{report}"));
}

#[test]
#[ignore = "measures processor time, so that it runs alone: --ignored --test-threads=1 work"]
fn work_grows_as_the_model_does() {
    if processor_time().is_none() {
        return println!("skipped: /proc is not found");
    }
    let wide = |kind: &str, count: usize, member: &dyn Fn(usize) -> Value| {
        let members = (0..count).map(|at| (format!("m{at}"), member(at)));
        let shape = json!({"type": kind, "members": members.collect::<Map<_, _>>()});
        model([("a.b#Wide".to_owned(), shape)].into_iter().collect(), &json!({"wide": target("Wide")}))
    };
    let errors = |count: usize| {
        let error = json!({"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}});
        let mut model = model((0..count).map(|at| (format!("a.b#E{at}"), error.clone())).collect(), &json!({}));
        model["shapes"]["a.b#Do"]["errors"] = (0..count).map(|at| target(format!("E{at}"))).collect();
        model
    };
    type Case<'a> = (&'a str, usize, &'a dyn Fn(usize) -> Value);
    let cases: [Case<'_>; 9] = [
        ("structures in a chain", 1_000, &chain),
        ("structures that lead to each other", 250, &strongly_connected),
        ("members", 1_500, &|count| wide("structure", count, &|_| json!({"target": "smithy.api#String"}))),
        ("values", 2_000, &|count| wide("enum", count, &|_| json!({"target": "smithy.api#Unit"}))),
        ("errors", 400, &errors),
        ("URLs", 4_000, &|count| documented("See https://a.example/x_(y). ".repeat(count))),
        ("words", 100_000, &|count| documented("words `and` code, ".repeat(count / 4))),
        ("names", 10_000, &|count| documented("[`Name`] and [`Other`](x) ".repeat(count))),
        ("unclosed marks", 20_000, &|count| documented("[a *b _c `d <e ".repeat(count))),
    ];
    let cost = |model: &Value| {
        let before = processor_time().unwrap_or_default();
        emitted(model, Emit::Client).unwrap_or_else(|report| panic!("{report}"));
        processor_time().unwrap_or_default() - before
    };
    let mut faults = Vec::new();
    for (name, size, case) in cases {
        let (small, large) = (cost(&case(size)), cost(&case(size * 4)));
        println!("{name}: {small:?} for {size}, {large:?} for four times as many");
        // What every crate costs, and the resolution of the clock.
        if large > 7 * small.max(Duration::from_millis(100)) {
            faults.push(name);
        }
    }
    assert!(faults.is_empty(), "work grows faster than the model: {faults:?}");
}
