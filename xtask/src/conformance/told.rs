//! What is told of the cases, to a person or to a machine.

use serde_json::{Value, json};
use smithy_client_codegen::protocol_tests::Case;
use smithy_client_codegen::visible;

use super::models::Model;

/// The part of an id behind `#`.
fn name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}

/// A line for each case, below the name of its model and service, and how many there are.
pub(super) fn list(models: &[Model]) -> String {
    let mut text = String::new();
    let mut count = 0;
    for (model, suite) in models.iter().flat_map(|model| model.suites.iter().map(move |suite| (model, suite))) {
        text += &format!("{}: {}\n", visible::line(&model.name), visible::line(&suite.service));
        for case in &suite.cases {
            count += 1;
            let about = case.documentation.as_deref().map(first_line).filter(|about| !about.is_empty());
            let about = about.map(|about| format!(" - {about}")).unwrap_or_default();
            let [id, shape, protocol] = [&case.id, name(&case.shape), name(&case.protocol)];
            let line = format!("{id} ({}, {shape}, {protocol}){about}", case.kind.word());
            text += &format!("  {}\n", visible::line(&line));
        }
    }
    text + &format!("{count} cases\n")
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or_default()
}

/// The same as one JSON object.
pub(super) fn machine_list(models: &[Model]) -> String {
    let cases = models.iter().flat_map(|model| {
        let of_suite = |suite: &'_ smithy_client_codegen::protocol_tests::Suite| -> Vec<Value> {
            suite.cases.iter().map(|case| facts(&model.name, &suite.service, case)).collect()
        };
        model.suites.iter().flat_map(of_suite).collect::<Vec<_>>()
    });
    format!("{:#}\n", json!({ "cases": cases.collect::<Vec<_>>() }))
}

/// What is known of a case before it runs.
fn facts(model: &str, service: &str, case: &Case) -> Value {
    json!({
        "model": model,
        "service": service,
        "shape": case.shape,
        "id": case.id,
        "kind": case.kind.word(),
        "protocol": case.protocol,
        "documentation": case.documentation,
    })
}
