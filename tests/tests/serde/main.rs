//! The feature `serde`: every type of the model in JSON, and inputs that become calls.

mod calls;
mod properties;
mod secrets;
mod types;

use tests::model::{Model, short};

use crate::types::Type;

/// Every structure of the model, by its id.
fn all(model: &Model) -> Vec<(String, Type)> {
    let ids = model.structures();
    let id_of =
        |name: &str| ids.iter().find(|id| short(id) == name).unwrap_or_else(|| panic!("no shape {name}")).clone();
    let plain = types::structures().into_iter().chain(types::exceptions()).map(|known| (id_of(known.name), known));
    let of_operations = types::operations().into_iter().flat_map(|[input, output]| {
        let operation = model.operation(input.name.trim_end_matches("Input"));
        [(operation.input, input), (operation.output, output)]
    });
    plain.chain(of_operations).collect()
}

#[test]
fn no_type_of_the_model_is_missing() {
    let model = Model::load();
    let mut listed: Vec<String> = all(&model).into_iter().map(|(id, _)| id).collect();
    listed.extend(types::ENUMERATIONS.iter().map(|known| known.name.to_owned()));
    let enums = model.enums().into_iter().map(|id| short(&id).to_owned());
    let mut modelled: Vec<String> = model.structures().into_iter().chain(enums).collect();
    listed.sort();
    modelled.sort();
    assert_eq!(listed, modelled);
}
