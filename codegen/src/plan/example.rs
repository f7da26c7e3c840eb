//! An example for each operation: the shortest call that the service might accept.
//!
//! Required members are set, to values that show their type; a paginated
//! operation is walked to its end. The examples are doctests of the emitted
//! crate, so that they compile.

use std::collections::BTreeMap;

use super::types::RustType;
use super::{Enum, Field, Operation, Plan, Structure};

/// How deep required structures within structures are written out.
const DEPTH: usize = 4;

/// What examples need to know of the data types.
struct Types<'p> {
    structures: BTreeMap<&'p str, &'p Structure>,
    enums: BTreeMap<&'p str, &'p Enum>,
    library: String,
}

/// Appends an example to the documentation of every operation.
pub(super) fn add(plan: &mut Plan) {
    let types = Types {
        structures: plan
            .families
            .iter()
            .flat_map(|family| &family.structures)
            .map(|it| (it.name.as_str(), it))
            .collect(),
        enums: plan.families.iter().flat_map(|family| &family.enums).map(|it| (it.name.as_str(), it)).collect(),
        library: plan.package.name.replace('-', "_"),
    };
    let examples: Vec<Option<Vec<String>>> = plan.operations.iter().map(|operation| types.example(operation)).collect();
    for (operation, example) in plan.operations.iter_mut().zip(examples) {
        let Some(example) = example else { continue };
        operation.docs.lines.extend([String::new(), "# Example".to_owned(), String::new(), "```no_run".to_owned()]);
        operation.docs.lines.extend(example);
        operation.docs.lines.push("```".to_owned());
    }
}

impl Types<'_> {
    /// The lines of an example; `None` where a required member has no simple value.
    fn example(&self, operation: &Operation) -> Option<Vec<String>> {
        let library = &self.library;
        let mut call = vec![format!("client.{}()", operation.module)];
        for field in operation.input.fields.iter().filter(|field| field.required) {
            call.push(format!(".{}({})", field.name, self.arguments(field, DEPTH)?));
        }
        let mut lines =
            vec![format!("# async fn example(client: &{library}::Client) -> Result<(), {library}::Error> {{")];
        match &operation.paginated {
            Some(pagination) => {
                let steps = if pagination.items.is_some() {
                    [".into_paginator()", ".items()"].as_slice()
                } else {
                    &[".into_paginator()"]
                };
                call.extend(steps.iter().map(|step| (*step).to_owned()));
                call.push(".send()".to_owned());
                lines.extend(statement("let mut items = ", &call, ";"));
                lines.push("while let Some(item) = items.next().await {".to_owned());
                lines.push("    println!(\"{:?}\", item?);".to_owned());
                lines.push("}".to_owned());
            }
            None => {
                call.extend([".send()".to_owned(), ".await?".to_owned()]);
                lines.extend(statement("let output = ", &call, ";"));
                lines.push("println!(\"{output:?}\");".to_owned());
            }
        }
        lines.extend(["# Ok(())".to_owned(), "# }".to_owned()]);
        Some(lines)
    }

    /// What the setter of a member takes.
    fn arguments(&self, field: &Field, depth: usize) -> Option<String> {
        match &field.ty {
            RustType::Vec(element) => self.value(element, &field.name, depth),
            RustType::Map(value) => Some(format!("\"key\", {}", self.value(value, "value", depth)?)),
            ty => self.value(ty, &field.name, depth),
        }
    }

    fn value(&self, ty: &RustType, name: &str, depth: usize) -> Option<String> {
        let library = &self.library;
        Some(match ty {
            RustType::String => format!("\"{}\"", name.trim_start_matches("r#").replace('_', "-")),
            RustType::Bool => "true".to_owned(),
            RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64 => "1".to_owned(),
            RustType::F32 | RustType::F64 => "1.0".to_owned(),
            RustType::DateTime => format!("{library}::primitives::DateTime::from_secs(0)"),
            RustType::Blob => format!("{library}::primitives::Blob::new(\"bytes\")"),
            RustType::Enum(named) => {
                let variant = self.enums.get(named.name.as_str())?.variants.first()?;
                format!("{library}::types::{}::{}", named.name, variant.name)
            }
            RustType::Structure(named) => {
                self.structure(self.structures.get(named.name.as_str())?, depth.checked_sub(1)?)?
            }
            RustType::Union(_) | RustType::Document | RustType::Vec(_) | RustType::Map(_) | RustType::Option(_) => {
                return None;
            }
        })
    }

    fn structure(&self, structure: &Structure, depth: usize) -> Option<String> {
        let mut value = format!("{}::types::{}::builder()", self.library, structure.name);
        for field in structure.fields.iter().filter(|field| field.required) {
            value.push_str(&format!(".{}({})", field.name, self.arguments(field, depth)?));
        }
        value.push_str(if structure.is_fallible() { ".build()?" } else { ".build()" });
        Some(value)
    }
}

/// A chain of calls on one line, or on one line each where that is too long.
fn statement(before: &str, chain: &[String], after: &str) -> Vec<String> {
    let line = format!("{before}{}{after}", chain.concat());
    if line.len() <= 90 {
        return vec![line];
    }
    let mut lines = vec![format!("{before}{}", chain[0])];
    lines.extend(chain[1..].iter().map(|call| format!("    {call}")));
    if let Some(last) = lines.last_mut() {
        last.push_str(after);
    }
    lines
}
