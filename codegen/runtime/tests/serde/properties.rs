//! Any value is read back as it was, and its JSON is that of the wire.

use aws_smithy_types::Number;
use proptest::prelude::*;

use crate::*;
use smithy_client_runtime::format::json::encode::{encode_body, encode_whole};
use smithy_client_runtime::serde::Exposed;

fn document() -> impl Strategy<Value = Document> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Document::Bool),
        any::<u64>().prop_map(|number| Document::Number(Number::PosInt(number))),
        (i64::MIN..0).prop_map(|number| Document::Number(Number::NegInt(number))),
        any::<i32>().prop_map(|number| Document::Number(Number::Float(f64::from(number) + 0.5))),
        ".{0,8}".prop_map(Document::String),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let object = prop::collection::hash_map(".{0,4}", inner.clone(), 0..4).prop_map(Document::Object);
        prop_oneof![prop::collection::vec(inner, 0..4).prop_map(Document::Array), object]
    })
}

/// Moments with milliseconds, which every format but HTTP dates can express.
fn moment() -> impl Strategy<Value = DateTime> {
    (-62_135_596_800_000_i64..253_402_300_800_000).prop_map(DateTime::from_millis)
}

/// A moment that a double of seconds can hold.
fn micros(micros: i64) -> DateTime {
    DateTime::from_secs_and_nanos(micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000) as u32 * 1000)
}

fn mood() -> impl Strategy<Value = Mood> {
    prop_oneof![Just(Mood::Calm), Just(Mood::Wild), ".{0,6}".prop_map(|text: String| Mood::from(text.as_str()))]
}

fn choice() -> impl Strategy<Value = Choice> {
    let part = (".{0,6}", prop::option::of(any::<i32>())).prop_map(|(id, pin)| {
        let inner = Inner { key: None, keys: None, pin, owner: id.clone() };
        Choice::Part(Part { id, inner: Some(inner) })
    });
    let leaf = prop_oneof![".{0,6}".prop_map(Choice::Text), ".{0,6}".prop_map(Choice::Secret), part];
    leaf.prop_recursive(3, 4, 1, |inner| inner.prop_map(|inner| Choice::Deep(Box::new(inner))))
}

prop_compose! {
    fn scalars()(
        text in prop::option::of(".*"),
        flag in any::<Option<bool>>(),
        byte in any::<Option<i8>>(),
        long in any::<Option<i64>>(),
        float in prop::option::of(prop::num::f32::ANY.prop_filter("it equals itself", |value| !value.is_nan())),
        double in prop::option::of(prop::num::f64::ANY.prop_filter("it equals itself", |value| !value.is_nan())),
        blob in prop::option::of(prop::collection::vec(any::<u8>(), 0..9).prop_map(Blob::new)),
        zero in any::<i32>(),
    ) -> Everything {
        Everything { text, flag, byte, long, float, double, blob, zero, ..nothing() }
    }
}

prop_compose! {
    fn everything()(
        scalars in scalars(),
        day in prop::option::of(moment()),
        date in prop::option::of(0_i64..253_402_300_800),
        epoch in prop::option::of((-4_000_000_000_000_000_i64..4_000_000_000_000_000).prop_map(micros)),
        document in prop::option::of(document()),
        mood in prop::option::of(mood()),
        moods in prop::option::of(prop::collection::vec(mood(), 0..4)),
        sparse in prop::option::of(prop::collection::vec(any::<Option<String>>(), 0..4)),
        days in prop::option::of(prop::collection::hash_map(".{0,6}", moment(), 0..4)),
        gaps in prop::option::of(prop::collection::hash_map(".{0,6}", any::<Option<i32>>(), 0..4)),
        levels in prop::option::of(prop::collection::hash_map(mood(), any::<i32>(), 0..4)),
        choice in prop::option::of(choice()),
    ) -> Everything {
        let date = date.map(DateTime::from_secs);
        Everything { day, date, epoch, document, mood, moods, sparse, days, gaps, levels, choice, ..scalars }
    }
}

/// Takes out what requests leave out.
fn without_zeros(tree: &mut serde_json::Value) {
    let Some(members) = tree.as_object_mut() else { return };
    members.retain(|name, value| name != "zero" || *value != 0);
    if let Some(next) = members.get_mut("nextOne") {
        without_zeros(next);
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read_back_and_equals_the_wire(outer in everything(), inner in everything()) {
        let value = Everything { next: Some(Box::new(inner)), ..outer };
        let json = serde_json::to_string(&Exposed(&value)).expect("it can be written");
        prop_assert_eq!(&serde_json::from_str::<Everything>(&json).expect("it can be read"), &value);
        let mut tree: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        prop_assert_eq!(&serde_json::from_value::<Everything>(tree.clone()).expect("it can be read"), &value);
        let whole = encode_whole(&value, true).expect("it can be written");
        prop_assert_eq!(&tree, &serde_json::from_str::<serde_json::Value>(&whole).expect("it is JSON"));
        let wire = encode_body(&value).expect("it can be sent");
        without_zeros(&mut tree);
        prop_assert_eq!(tree, serde_json::from_str::<serde_json::Value>(&wire).expect("it is JSON"));
    }

    #[test]
    fn a_clone_is_the_same(outer in everything(), inner in everything()) {
        let value = Everything { next: Some(Box::new(inner)), ..outer };
        let clone = value.clone();
        prop_assert_eq!(&clone, &value);
        let json = |value| serde_json::to_string(&Exposed(value)).expect("it can be written");
        prop_assert_eq!(json(&clone), json(&value));
        prop_assert_eq!(format!("{clone:?}"), format!("{value:?}"));
    }

    #[test]
    fn no_text_makes_reading_panic(json in r#"[\[\]{}",:0-9a-z.eE\\ -]{0,40}"#) {
        let _ = serde_json::from_str::<Everything>(&json);
    }
}
