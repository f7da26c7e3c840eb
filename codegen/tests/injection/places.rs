//! The places of a model: each text, and each key that is a name.

use std::collections::BTreeMap;

use serde_json::Value;

/// The patterns of all places, one a line.
const LIST: &str = include_str!("places.txt");

/// Objects whose keys are names that the author of a model chose, by the ends of their patterns.
const NAMING: &[&str] = &[
    "/shapes",
    "/members",
    "/rename",
    "/identifiers",
    "/error/content",
    "#externalDocumentation",
    "#clientContextParams",
    "#staticContextParams",
    "#operationContextParams",
    "#waitable",
    "/parameters",
    "/params",
    "/endpoint/headers",
];

/// Objects all the way down, with names as keys at any depth.
const DOCUMENTS: &[&str] = &["/input/*", "/output/*", "/content/*", "/endpoint/properties/*"];

/// A text or a name in the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Keys and positions that lead to it.
    pub(crate) steps: Vec<String>,
    /// It is the last key itself, not what stands there.
    pub(crate) is_key: bool,
}

/// The patterns that are listed.
pub(crate) fn listed() -> Vec<&'static str> {
    LIST.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// Every place of a model by its pattern: the pointer with the type of a shape for its id, and stars for names and
/// positions; with `key:` before it where the place is a key.
pub(crate) fn places(model: &Value) -> BTreeMap<String, Vec<Place>> {
    let mut found = BTreeMap::new();
    walk(model, String::new(), &mut Vec::new(), &mut found);
    found
}

fn walk(value: &Value, pattern: String, steps: &mut Vec<String>, found: &mut BTreeMap<String, Vec<Place>>) {
    match value {
        Value::String(_) => {
            found.entry(pattern).or_default().push(Place { steps: steps.clone(), is_key: false });
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                steps.push(index.to_string());
                walk(item, collapsed(format!("{pattern}/*")), steps, found);
                steps.pop();
            }
        }
        Value::Object(entries) => {
            let is_naming = names_keys(&pattern);
            for (key, item) in entries {
                steps.push(key.clone());
                if is_naming {
                    let place = Place { steps: steps.clone(), is_key: true };
                    found.entry(format!("key:{pattern}")).or_default().push(place);
                }
                let step = match (pattern.as_str(), is_naming) {
                    ("/shapes", _) => item["type"].as_str().unwrap_or("*"),
                    (_, true) => "*",
                    _ => key,
                };
                walk(item, collapsed(format!("{pattern}/{step}")), steps, found);
                steps.pop();
            }
        }
        _ => {}
    }
}

fn names_keys(pattern: &str) -> bool {
    let in_document = DOCUMENTS.iter().any(|document| {
        let object = document.trim_end_matches("/*");
        (pattern.ends_with(object) || pattern.ends_with(document))
            && (pattern.contains("#examples") || pattern.contains("/properties"))
    });
    in_document || NAMING.iter().any(|end| pattern.ends_with(end))
}

/// A pattern without what repeats at any depth: rules in rules, arguments of arguments, values in documents.
fn collapsed(mut pattern: String) -> String {
    for (deep, flat) in [("/rules/*/rules/*", "/rules/*"), ("/argv/*/argv/*", "/argv/*")] {
        pattern = pattern.replace(deep, flat);
    }
    for document in DOCUMENTS {
        if let Some(deep) = pattern.strip_suffix("/*").filter(|start| start.ends_with(document)) {
            return deep.to_owned();
        }
    }
    pattern
}

/// The model with another text in a place: what is there with a payload after it, or the payload alone.
pub(crate) fn with(model: &Value, place: &Place, payload: &str, alone: bool) -> Value {
    let mut changed = model.clone();
    let Some((last, way)) = place.steps.split_last() else { unreachable!("the root of a model is no text") };
    let mut owner = &mut changed;
    for step in way {
        owner = child(owner, step);
    }
    let text = |old: &str| if alone { payload.to_owned() } else { format!("{old}{payload}") };
    if place.is_key {
        let Value::Object(entries) = owner else { unreachable!("keys stand in objects") };
        let old = std::mem::take(entries);
        entries
            .extend(old.into_iter().map(|(key, value)| if key == *last { (text(&key), value) } else { (key, value) }));
    } else {
        let old = child(owner, last);
        *old = Value::String(text(old.as_str().unwrap_or_default()));
    }
    changed
}

fn child<'v>(owner: &'v mut Value, step: &str) -> &'v mut Value {
    match owner {
        Value::Array(items) => &mut items[step.parse::<usize>().expect("items are found by position")],
        other => &mut other[step],
    }
}
