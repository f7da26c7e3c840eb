//! The modules of types: every structure, union and enum that operations reach, in the module that it is grouped into.

use std::collections::{BTreeMap, BTreeSet};

use super::planner::Planner;
use crate::model::ShapeKind;
use crate::plan::{Role, TypeModule, grouping};

impl Planner<'_> {
    /// The modules of types, by name.
    pub(super) fn type_modules(&mut self) -> Vec<TypeModule> {
        let names: BTreeSet<&str> = self.data.iter().map(|id| id.name()).collect();
        let mut held_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for &id in &self.data {
            for member in self.members(id) {
                for reached in self.reached_with_keys(&member.target) {
                    held_by.entry(reached.name()).or_default().push(id.name());
                }
            }
        }
        let modules = grouping::assign(&names, &held_by);
        let mut type_modules: BTreeMap<&str, TypeModule> = BTreeMap::new();
        for id in self.data.clone() {
            let module = &modules[id.name()];
            let type_module = type_modules.entry(module).or_insert_with(|| TypeModule {
                module: module.clone(),
                title: module.trim_start_matches("r#").replace('_', " "),
                names_deprecated: false,
                structures: Vec::new(),
                unions: Vec::new(),
                enums: Vec::new(),
            });
            let shape = self.shape(id);
            match &shape.kind {
                ShapeKind::Structure(_) => type_module.structures.push(self.structure(shape, Role::Data)),
                ShapeKind::Union(members) => type_module.unions.push(self.union(shape, members)),
                ShapeKind::Enum(values) => type_module.enums.push(self.enumeration(shape, values)),
                _ => {}
            }
        }
        type_modules.into_values().collect()
    }
}
