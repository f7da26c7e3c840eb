//! What can be reached from what: which shapes get types, which members need a box, which structures hold secrets.

use std::collections::{BTreeMap, BTreeSet};

use super::planner::Planner;
use crate::model::{ShapeId, ShapeKind};
use crate::plan::recursion;

impl<'m> Planner<'m> {
    /// What inputs, outputs and errors of operations reach, and these types: structures, unions and enums, and apart from
    /// them what is an error, listed by an operation or not.
    pub(super) fn reached_types(&self, chosen: &'m [ShapeId]) -> (BTreeSet<&'m ShapeId>, BTreeSet<&'m ShapeId>) {
        let operations = || self.model.operations.iter();
        let ends = operations().flat_map(|operation| operation.input.iter().chain(&operation.output));
        let mut queue: Vec<&'m ShapeId> = ends.flat_map(|end| self.members(end)).map(|member| &member.target).collect();
        queue.extend(operations().flat_map(|operation| &operation.errors).chain(chosen));
        let (mut data, mut exceptions) = (BTreeSet::new(), BTreeSet::new());
        while let Some(id) = queue.pop() {
            for id in self.reached_with_keys(id) {
                let found = match &self.shape(id).kind {
                    ShapeKind::Structure(structure) if structure.error.is_some() => exceptions.insert(id),
                    ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_) => data.insert(id),
                    _ => false,
                };
                if found {
                    queue.extend(self.members(id).iter().map(|member| &member.target));
                }
            }
        }
        (data, exceptions)
    }

    /// The types that were chosen and that no operation reaches.
    pub(super) fn unreached_choice(&self) -> Vec<String> {
        if self.model.types.is_empty() {
            return Vec::new();
        }
        let (data, exceptions) = self.reached_types(&[]);
        let unreached = self.model.types.iter().filter(|id| !data.contains(id) && !exceptions.contains(id));
        unreached.map(|id| id.as_str().to_owned()).collect()
    }

    /// Members that lead back to their own container through structures and unions alone.
    pub(super) fn recursive_members(&self) -> BTreeSet<(&'m ShapeId, &'m str)> {
        let ids: Vec<&'m ShapeId> = self.data.iter().chain(&self.exception_ids).copied().collect();
        let places: BTreeMap<&ShapeId, usize> = ids.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let (mut edges, mut members) = (Vec::new(), Vec::new());
        for (place, &id) in ids.iter().enumerate() {
            for member in self.members(id) {
                if let Some(&target) = places.get(&member.target) {
                    edges.push((place, target));
                    members.push((id, member.name.as_str()));
                }
            }
        }
        let boxed = recursion::boxed(places.len(), &edges);
        members.into_iter().zip(boxed).filter(|(_, boxed)| *boxed).map(|(member, _)| member).collect()
    }

    /// Structures and unions that hold something sensitive at any depth.
    pub(super) fn secret_shapes(&self) -> BTreeSet<&'m ShapeId> {
        let mut held_by: BTreeMap<&'m ShapeId, Vec<&'m ShapeId>> = BTreeMap::new();
        let mut open = Vec::new();
        for shape in self.model.shapes.values() {
            let members = self.members(&shape.id);
            for member in members {
                held_by.entry(self.reached(&member.target)).or_default().push(&shape.id);
            }
            if shape.sensitive && !members.is_empty() || members.iter().any(|member| self.is_sensitive(member)) {
                open.push(&shape.id);
            }
        }
        let mut secret = BTreeSet::new();
        while let Some(id) = open.pop() {
            if secret.insert(id) {
                open.extend(held_by.get(id).into_iter().flatten());
            }
        }
        secret
    }
}
