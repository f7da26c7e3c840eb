//! Which emitted files have to name what the model deprecates.
//!
//! The compiler warns wherever a deprecated item is named, even in the crate that defines it: in a table, in an import, in a
//! signature. The files that have to name one get `#![allow(deprecated)]`, and no other file does.

use std::collections::BTreeSet;

use super::types::{MapKey, Named, RustType};
use super::{Deprecations, Operation, Plan, Structure, TypeModule};

/// Notes everywhere in the plan whether deprecated items are named there.
pub(super) fn mark(plan: &mut Plan) {
    let type_modules = || plan.type_modules.iter();
    let structures =
        type_modules().flat_map(|type_module| &type_module.structures).map(|it| (&it.name, &it.deprecated));
    let unions = type_modules().flat_map(|type_module| &type_module.unions).map(|it| (&it.name, &it.deprecated));
    let enums = type_modules().flat_map(|type_module| &type_module.enums).map(|it| (&it.name, &it.deprecated));
    let types: BTreeSet<String> = structures.chain(unions).chain(enums).filter_map(deprecated).collect();
    let exceptions: BTreeSet<String> =
        plan.exceptions.iter().map(|it| (&it.name, &it.deprecated)).filter_map(deprecated).collect();
    plan.deprecations = Deprecations {
        types: !types.is_empty(),
        exceptions: plan.exceptions.iter().any(|exception| names_deprecated(exception, &types)),
        root_error: !exceptions.is_empty(),
        event_streams: plan.event_streams.iter().any(|stream| {
            types.contains(&stream.event.name) || stream.errors.iter().any(|error| exceptions.contains(&error.name))
        }),
        by_name: plan.operations.iter().any(|operation| operation.input.deprecated.is_some()),
    };
    for type_module in &mut plan.type_modules {
        type_module.names_deprecated = module_names_deprecated(type_module, &types);
    }
    for operation in &mut plan.operations {
        let Operation { input, output, errors, .. } = &*operation;
        operation.names_deprecated = [input, output].into_iter().any(|end| names_deprecated(end, &types))
            || errors.iter().any(|error| exceptions.contains(&error.name));
    }
}

fn deprecated((name, note): (&String, &Option<String>)) -> Option<String> {
    note.as_ref().map(|_| name.clone())
}

fn module_names_deprecated(type_module: &TypeModule, types: &BTreeSet<String>) -> bool {
    let TypeModule { structures, unions, enums, .. } = type_module;
    structures.iter().any(|structure| names_deprecated(structure, types))
        || unions.iter().any(|union| {
            let variants = &union.variants;
            union.deprecated.is_some()
                || variants.iter().any(|variant| variant.deprecated.is_some() || mentions(&variant.ty, types))
        })
        || enums.iter().any(|enumeration| enumeration.deprecated.is_some())
}

/// Whether a structure, a member of it, or the type of one is deprecated.
fn names_deprecated(structure: &Structure, types: &BTreeSet<String>) -> bool {
    let fields = &structure.fields;
    structure.deprecated.is_some()
        || fields.iter().any(|field| field.deprecated.is_some() || mentions(&field.ty, types))
}

/// Whether one of these types is in another.
fn mentions(ty: &RustType, types: &BTreeSet<String>) -> bool {
    let is_one = |named: &Named| types.contains(&named.name);
    match ty {
        RustType::Enum(named) | RustType::Structure(named) | RustType::Union(named) => is_one(named),
        RustType::Events(events) => is_one(&events.event),
        RustType::Vec(inner) | RustType::Option(inner) => mentions(inner, types),
        RustType::Map(key, inner) => matches!(key, MapKey::Enum(named) if is_one(named)) || mentions(inner, types),
        _ => false,
    }
}
