//! Whether the tables of shapes, operations and errors name everything that the model has.

use std::collections::BTreeSet;

use tests::model::{Model, short, snake};

use crate::exceptions::{EXCEPTIONS, MEMBERS};
use crate::operations::OPERATIONS;
use crate::shapes::{ENUMERATIONS, STRUCTURES};

/// Every name that only one of the model and the tables has; empty when the comparison is complete.
pub(crate) fn gaps(model: &Model) -> Vec<String> {
    let (tables, model) = (of_tables(), of_model(model));
    let missing = model.difference(&tables).map(|name| format!("{name} of the model is not compared"));
    let surplus = tables.difference(&model).map(|name| format!("{name} is compared but not of the model"));
    missing.chain(surplus).collect()
}

fn of_tables() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for structure in STRUCTURES {
        add(&mut names, structure.name, structure.members.iter().copied());
    }
    for operation in OPERATIONS {
        add(&mut names, &format!("{} input", operation.name), operation.input.iter().copied());
        add(&mut names, &format!("{} output", operation.name), operation.output.iter().copied());
    }
    for exception in EXCEPTIONS {
        add(&mut names, exception.name, MEMBERS.iter().copied().filter(|&member| member != "message"));
    }
    names.extend(ENUMERATIONS.iter().map(|enumeration| enumeration.name.to_owned()));
    names
}

fn of_model(model: &Model) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut visited = BTreeSet::new();
    for operation in model.operations() {
        for (role, id) in [("input", &operation.input), ("output", &operation.output)] {
            visited.insert(id.clone());
            structure(model, &format!("{} {role}", operation.name), id, &mut names, &mut visited);
        }
        for id in &operation.errors {
            shape(model, id, &mut names, &mut visited);
        }
    }
    names
}

/// Adds the shape `id` and what it targets, once.
fn shape(model: &Model, id: &str, names: &mut BTreeSet<String>, visited: &mut BTreeSet<String>) {
    // Shapes of the prelude hold nothing to compare, and the model's file does not define them.
    if id.starts_with("smithy.api#") || !visited.insert(id.to_owned()) {
        return;
    }
    match model.type_of(id) {
        "structure" => structure(model, short(id), id, names, visited),
        "enum" => _ = names.insert(short(id).to_owned()),
        "list" | "map" => shape(model, model.element(id), names, visited),
        _ => {}
    }
}

fn structure(model: &Model, name: &str, id: &str, names: &mut BTreeSet<String>, visited: &mut BTreeSet<String>) {
    let members = model.members(id);
    let snake: Vec<_> = members.iter().map(|member| snake(member.name)).collect();
    add(names, name, snake.iter().map(String::as_str));
    for member in members {
        shape(model, member.target, names, visited);
    }
}

fn add<'a>(names: &mut BTreeSet<String>, shape: &str, members: impl IntoIterator<Item = &'a str>) {
    names.insert(shape.to_owned());
    names.extend(members.into_iter().map(|member| format!("{shape}.{member}")));
}
