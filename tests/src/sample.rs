//! Sample values: a fixed value for every member name, and whole documents of them made from the model.
//!
//! Tests write typed calls with the same functions ([`text`], [`number`], ...), so that a call that forgets or mixes up a
//! member differs from the document that the model makes.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::model::{Binding, Member, Model};

/// The text of the member or element `name`: with a quote, a slash, a colon, a space and a letter beyond ASCII.
pub fn text(name: &str) -> String {
    format!("{name}: a/b \"ü\"")
}

/// The text of the header-bound member `name`: visible ASCII only.
pub fn header(name: &str) -> String {
    format!("{name}; header=1")
}

/// The whole number of the member `name`, between 10,000 and 99,999 and different for members of one structure.
pub fn number(name: &str) -> i32 {
    let hash = name.bytes().fold(7_i32, |hash, byte| (hash * 31 + i32::from(byte)) % 89_989);
    10_000 + hash
}

/// The fractional number of the member `name`: exact in 32 bits, so that it survives any path through floats.
pub fn fraction(name: &str) -> f32 {
    f32::from(u16::try_from(number(name) % 1000).unwrap_or_default()) + 0.5
}

/// The moment of the member `name` in seconds since the epoch, in November 2023 or soon after.
pub fn moment(name: &str) -> i64 {
    1_700_000_000 + i64::from(number(name))
}

/// The names of the elements of the list, or the keys of the map, `name`: two, so that order and repetition show.
pub fn names(name: &str) -> [String; 2] {
    [format!("{name}-0"), format!("{name}-1")]
}

/// The texts of the list `name`, for typed calls.
pub fn texts(name: &str) -> Vec<String> {
    names(name).iter().map(|name| text(name)).collect()
}

/// The texts of the map `name`, for typed calls.
pub fn text_map(name: &str) -> HashMap<String, String> {
    names(name).into_iter().map(|key| (key.clone(), text(&key))).collect()
}

/// Which members a sample has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Every member.
    Full,
    /// Only required members, on every level.
    Required,
}

/// A value for the structure `id`, keyed by member names as the model has them, header-bound members included.
pub fn structure(model: &Model, id: &str, extent: Extent) -> Value {
    let members = model.members(id).into_iter().filter(|member| extent == Extent::Full || member.is_required());
    let entries = members.map(|member| (member.name.to_owned(), member_value(model, &member, extent)));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn member_value(model: &Model, member: &Member<'_>, extent: Extent) -> Value {
    match member.binding() {
        Binding::Header(_) => json!(header(member.name)),
        _ => value(model, member.target, member.name, extent),
    }
}

/// A value for the shape `id` as it stands under the member or element `name`: an enum's last value, `true`, and so on.
fn value(model: &Model, id: &str, name: &str, extent: Extent) -> Value {
    match model.type_of(id) {
        "structure" => structure(model, id, extent),
        "list" => list(model, model.element(id), name, extent),
        "map" => {
            let target = model.element(id);
            names(name).into_iter().map(|key| (key.clone(), value(model, target, &key, extent))).collect()
        }
        "enum" => json!(model.enum_values(id).last()),
        "boolean" => json!(true),
        "integer" => json!(number(name)),
        "float" => json!(fraction(name)),
        "timestamp" => json!(moment(name)),
        "string" => json!(text(name)),
        other => panic!("no sample for the type {other} of {id}"),
    }
}

/// Every value of an enum, in order; one structure; two of anything else.
fn list(model: &Model, element: &str, name: &str, extent: Extent) -> Value {
    match model.type_of(element) {
        "enum" => json!(model.enum_values(element)),
        "structure" => json!([structure(model, element, extent)]),
        _ => names(name).iter().map(|name| value(model, element, name, extent)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_structure_differ() {
        let model = Model::load();
        let video = structure(&model, "com.amazonaws.ivsrealtime#Video", Extent::Full);
        let numbers: std::collections::BTreeSet<_> =
            ["width", "height", "bitrate"].map(|name| video[name].as_i64()).into();
        assert_eq!(numbers.len(), 3, "{video}");
    }

    #[test]
    fn a_required_sample_has_required_members_only() {
        let model = Model::load();
        let input = structure(&model, &model.operation("CreateIngestConfiguration").input, Extent::Required);
        assert_eq!(input, json!({"ingestProtocol": "RTMPS"}));
    }
}
