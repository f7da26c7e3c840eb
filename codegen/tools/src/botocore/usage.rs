//! Who refers to a shape: Smithy marks the structures that serve one operation alone, as its input or output, and
//! marks streams on the shape where botocore may mark them on a member.

use std::collections::{BTreeMap, BTreeSet};

use smithy_client_codegen::ast::node::Node;

/// How the operations and members of a description use its shapes.
#[derive(Debug, Default)]
pub(super) struct Usage<'a> {
    inputs: BTreeMap<&'a str, usize>,
    outputs: BTreeMap<&'a str, usize>,
    nested: BTreeSet<&'a str>,
    streamed: BTreeSet<&'a str>,
    states_readonly: bool,
}

impl<'a> Usage<'a> {
    /// Counts the references of a whole description; what is malformed counts nothing.
    pub(super) fn of(operations: &[(&'a String, Node<'a>)], shapes: &[(&'a String, Node<'a>)]) -> Self {
        let mut usage = Self::default();
        for (_, operation) in operations {
            usage.states_readonly |= operation.value.get("readonly").is_some();
            let named = |role: &str| operation.value.get(role)?.get("shape")?.as_str();
            if let Some(name) = named("input") {
                *usage.inputs.entry(name).or_default() += 1;
            }
            if let Some(name) = named("output") {
                *usage.outputs.entry(name).or_default() += 1;
            }
        }
        for (_, shape) in shapes {
            let members = shape.value.get("members").and_then(|members| members.as_object());
            let members = members.into_iter().flatten().map(|(_, member)| member);
            let parts = ["member", "key", "value"].iter().filter_map(|part| shape.value.get(part));
            for member in members.chain(parts) {
                let Some(target) = member.get("shape").and_then(|target| target.as_str()) else {
                    continue;
                };
                usage.nested.insert(target);
                if member.get("streaming").and_then(|flag| flag.as_bool()) == Some(true) {
                    usage.streamed.insert(target);
                }
            }
        }
        usage
    }

    /// Whether the shape is the input of one operation and nothing else.
    pub(super) fn is_input(&self, name: &str) -> bool {
        self.inputs.get(name) == Some(&1) && !self.outputs.contains_key(name) && !self.nested.contains(name)
    }

    /// Whether the shape is the output of one operation and nothing else.
    pub(super) fn is_output(&self, name: &str) -> bool {
        self.outputs.get(name) == Some(&1) && !self.inputs.contains_key(name) && !self.nested.contains(name)
    }

    /// Whether a member says of its target that it is sent as a stream.
    pub(super) fn is_streamed(&self, name: &str) -> bool {
        self.streamed.contains(name)
    }

    /// Whether the file says of any operation whether it changes something.
    pub(super) fn states_readonly(&self) -> bool {
        self.states_readonly
    }
}
