//! Names that two shapes or two operations would have in Rust.

use std::collections::BTreeMap;

use super::planner::Planner;
use crate::model::ShapeId;
use crate::plan::names;

/// How names are set apart.
const HINT: &str = "give one of them another name, for shapes under `rename` of the service";

impl<'m> Planner<'m> {
    /// Reports shapes that would be the same type, exceptions with one test, and operations that would be the same module and method.
    pub(super) fn refuse_same_names_of_shapes(&mut self) {
        let types = self.data.iter().chain(&self.exception_ids).map(|&id| (names::type_name(id.name()), id));
        self.refuse_same(types.chain(self.stream_error_names()).collect());
        let tests = self.exception_ids.iter().map(|&id| (names::error_predicate(&names::type_name(id.name())), id));
        self.refuse_same(tests.collect());
        let operations = self.model.operations.iter().map(|operation| &operation.id);
        self.refuse_same(operations.map(|id| (names::operation(id.name()), id)).collect());
    }

    fn refuse_same(&mut self, named: Vec<(String, &'m ShapeId)>) {
        let mut seen: BTreeMap<String, &ShapeId> = BTreeMap::new();
        for (name, id) in named {
            if let Some(other) = seen.get(&name) {
                let message = format!("{} and {} would both be `{name}` in Rust", other.as_str(), id.as_str());
                self.problem(id, None, message, HINT);
            }
            seen.entry(name).or_insert(id);
        }
    }
}
