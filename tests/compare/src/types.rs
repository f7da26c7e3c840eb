//! Types on their own: builders, accessors, `Debug`, enums and hand-made errors, without any call.

use proptest::prelude::*;
use serde_json::Value;
use tests::model::{Model, Operation as Modelled};
use tests::values::{Presence, enumeration, text, whole_structure};

use crate::exceptions::{Exception, MEMBERS};
use crate::facts::differences;
use crate::fill::model_name;
use crate::operations::Operation;
use crate::search::{Extent, Findings};
use crate::shapes::{Enumeration, Structure};

/// Required members are missing often: what builders say then is part of the comparison.
const LOOSE: Presence = Presence { required: 0.8, optional: 0.6 };

const NAMESPACE: &str = "com.amazonaws.ivsrealtime#";

/// Compares the builder and the accessors of a structure.
pub(crate) async fn structure(model: &Model, shape: &Structure, extent: Extent) -> Findings {
    let values = whole_structure(model, &format!("{NAMESPACE}{}", shape.name), LOOSE);
    Findings::search(&values, extent, async |value: &Value| differences(&(shape.official)(value), &(shape.ours)(value)))
        .await
}

/// Compares the builders and the accessors of an operation's input and output.
pub(crate) async fn input_and_output(
    model: &Model,
    operation: &Operation,
    modelled: &Modelled,
    extent: Extent,
) -> Findings {
    let values = (whole_structure(model, &modelled.input, LOOSE), whole_structure(model, &modelled.output, LOOSE));
    Findings::search(&values, extent, async |(input, output): &(Value, Value)| {
        let mut found = differences(&(operation.official.input)(input), &(operation.ours.input)(input));
        found.extend(differences(&(operation.official.output)(output), &(operation.ours.output)(output)));
        found
    })
    .await
}

/// Compares an enum's values, known and unknown, in pairs.
pub(crate) async fn enumerated(model: &Model, shape: &Enumeration, extent: Extent) -> Findings {
    let values = enumeration(model, &format!("{NAMESPACE}{}", shape.name));
    Findings::search(&(values.clone(), values), extent, async |(one, other): &(String, String)| {
        differences(&(shape.official)(one, other), &(shape.ours)(one, other))
    })
    .await
}

/// Compares an error that is built by hand.
pub(crate) async fn exception(shape: &Exception, extent: Extent) -> Findings {
    let names = MEMBERS.iter().map(|name| model_name(name)).chain(["metaCode", "metaMessage"].map(str::to_owned));
    let members: Vec<_> = names.map(|name| (Just(name), proptest::option::weighted(0.5, text()))).collect();
    let values = members.prop_map(|members| {
        members.into_iter().filter_map(|(name, text)| Some((name, Value::from(text?)))).collect::<Value>()
    });
    Findings::search(&values, extent, async |value: &Value| differences(&(shape.official)(value), &(shape.ours)(value)))
        .await
}
