//! The files of types: every structure, union and enum that operations reach, in families.

use std::collections::{BTreeMap, BTreeSet};

use super::planner::Planner;
use crate::model::ShapeKind;
use crate::plan::{Family, Role, families};

impl Planner<'_> {
    /// The families, by their modules.
    pub(super) fn families(&mut self) -> Vec<Family> {
        let names: BTreeSet<&str> = self.data.iter().map(|id| id.name()).collect();
        let mut held_by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for &id in &self.data {
            for member in self.members(id) {
                for reached in self.reached_with_keys(&member.target) {
                    held_by.entry(reached.name()).or_default().push(id.name());
                }
            }
        }
        let modules = families::assign(&names, &held_by);
        let mut families: BTreeMap<&str, Family> = BTreeMap::new();
        for id in self.data.clone() {
            let module = &modules[id.name()];
            let family = families.entry(module).or_insert_with(|| Family {
                module: module.clone(),
                title: module.trim_start_matches("r#").replace('_', " "),
                names_deprecated: false,
                structures: Vec::new(),
                unions: Vec::new(),
                enums: Vec::new(),
            });
            let shape = self.shape(id);
            match &shape.kind {
                ShapeKind::Structure(_) => family.structures.push(self.structure(shape, Role::Data)),
                ShapeKind::Union(members) => family.unions.push(self.union(shape, members)),
                ShapeKind::Enum(values) => family.enums.push(self.enumeration(shape, values)),
                _ => {}
            }
        }
        families.into_values().collect()
    }
}
