//! Generated values for the shapes of the model, as the JSON that stands for them on the wire.

use crate::expect::date_time;
use crate::model::{Binding, Member, Model};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// How likely a member is present, by whether the model requires it.
#[derive(Clone, Copy, Debug)]
pub struct Presence {
    /// Of a required member.
    pub required: f64,
    /// Of any other member.
    pub optional: f64,
}

/// Inputs: mostly what the service asks for, so that most calls are sent.
pub const INPUT: Presence = Presence { required: 0.97, optional: 0.6 };

/// Outputs: required members are missing often enough to see what becomes of them.
pub const OUTPUT: Presence = Presence { required: 0.85, optional: 0.6 };

/// Values of the structure `id`, keyed by member names. Members in headers are left to [`headers`] when `id` is an output.
pub fn structure(model: &Model, id: &str, presence: Presence) -> BoxedStrategy<Value> {
    let members = model.members(id);
    object(model, members.into_iter().filter(|member| !matches!(member.binding(), Binding::Header(_))), presence)
}

/// Values of every member of `id`, headers included: what builders take.
pub fn whole_structure(model: &Model, id: &str, presence: Presence) -> BoxedStrategy<Value> {
    object(model, model.members(id).into_iter(), presence)
}

/// Header lines for the header-bound members of the structure `id`.
pub fn headers(model: &Model, id: &str) -> BoxedStrategy<Vec<(String, String)>> {
    let bound = model.members(id).into_iter().filter_map(|member| match member.binding() {
        Binding::Header(name) => Some(name.to_owned()),
        _ => None,
    });
    let lines: Vec<_> = bound.map(|name| (Just(name), proptest::option::weighted(0.4, header_text()))).collect();
    lines.prop_map(|lines| lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()).boxed()
}

/// The text of a header: usually plain, at times empty, long, with commas or beyond ASCII.
pub fn header_text() -> BoxedStrategy<String> {
    let odd = select(vec!["", "a, b", "\"quoted, text\"", "tab\tinside", "ü", "default-src 'self'; img-src *"]);
    prop_oneof![4 => "[!-~]([ -~]{0,18}[!-~])?", 1 => odd.prop_map(str::to_owned)].boxed()
}

fn object<'a>(model: &Model, members: impl Iterator<Item = Member<'a>>, presence: Presence) -> BoxedStrategy<Value> {
    let members: Vec<_> = members
        .map(|member| {
            let likely = if member.is_required() { presence.required } else { presence.optional };
            // Wholly generated values shrink to absent members first, so that an example shows only what matters.
            let value = value(model, member.target, presence);
            let value = if likely < 1.0 {
                proptest::option::weighted(likely, value).boxed()
            } else {
                value.prop_map(Some).boxed()
            };
            (Just(member.name.to_owned()), value)
        })
        .collect();
    let entries = |members: Vec<(String, Option<Value>)>| {
        Value::Object(members.into_iter().filter_map(|(name, value)| Some((name, value?))).collect::<Map<_, _>>())
    };
    members.prop_map(entries).boxed()
}

/// Values of the shape `id`.
pub fn value(model: &Model, id: &str, presence: Presence) -> BoxedStrategy<Value> {
    match model.type_of(id) {
        "structure" => structure(model, id, presence),
        "list" => {
            let element = value(model, model.element(id), presence);
            proptest::collection::vec(element, 0..3).prop_map(Value::Array).boxed()
        }
        "map" => {
            let entry = value(model, model.element(id), presence);
            let entries = proptest::collection::vec((text(), entry), 0..3);
            entries.prop_map(|entries| Value::Object(entries.into_iter().collect())).boxed()
        }
        "enum" => enumeration(model, id).prop_map(Value::from).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => {
            prop_oneof![select(vec![0, 1, -1, i32::MIN, i32::MAX]), any::<i32>()].prop_map(Value::from).boxed()
        }
        "float" => float(),
        "timestamp" => moment().prop_map(Value::from).boxed(),
        "string" => text().prop_map(Value::from).boxed(),
        other => panic!("no values for the type {other} of {id}"),
    }
}

/// Values of the enum `id`, and texts that it does not know.
pub fn enumeration(model: &Model, id: &str) -> BoxedStrategy<String> {
    let known: Vec<_> = model.enum_values(id).into_iter().map(str::to_owned).collect();
    let lower = select(known.clone()).prop_map(|value| value.to_lowercase());
    prop_oneof![6 => select(known), 1 => lower, 1 => text()].boxed()
}

fn float() -> BoxedStrategy<Value> {
    let plain = select(vec![0.0_f32, -0.0, 30.0, 29.97, 0.1, 1e-7, 16_777_217.0, f32::MAX, f32::MIN_POSITIVE]);
    let named = select(vec!["NaN", "Infinity", "-Infinity"]);
    prop_oneof![
        3 => plain.prop_map(|number| json!(number)),
        3 => any::<i16>().prop_map(|number| json!(f32::from(number) / 8.0)),
        1 => named.prop_map(Value::from),
    ]
    .boxed()
}

/// Texts: mostly as names and ARNs are, at times anything.
pub fn text() -> BoxedStrategy<String> {
    let odd = select(vec![
        "",
        " ",
        "..",
        "../x",
        "a/b",
        "a//b",
        "%2F",
        "a+b&c=d",
        "?#",
        "\"",
        "\\",
        "\\u0041",
        "\u{0}",
        "\u{1f}\u{7f}",
        "line\nbreak\r\t",
        "\u{8}\u{c}",
        "\u{2028}\u{2029}",
        "ü",
        "e\u{301}",
        "日本",
        "🎥",
        "\u{feff}",
        "</script>",
        "null",
    ]);
    prop_oneof![
        6 => "[a-zA-Z0-9:/_.-]{1,24}",
        2 => odd.prop_map(str::to_owned),
        1 => proptest::collection::vec(any::<char>(), 0..6).prop_map(|letters| letters.into_iter().collect()),
    ]
    .boxed()
}

/// Timestamps as RFC 3339 text, in every form that the grammar allows within the years of four digits.
fn moment() -> BoxedStrategy<String> {
    let seconds = prop_oneof![4 => 1_600_000_000_i64..1_900_000_000, 1 => -62_135_596_800_i64..253_402_300_800];
    let fraction = select(vec!["", ".5", ".123", ".123456789", ".000"]);
    (seconds, fraction).prop_map(|(seconds, fraction)| date_time(seconds).replace('Z', &format!("{fraction}Z"))).boxed()
}
