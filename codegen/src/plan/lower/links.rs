//! Where documentation finds the names of the model.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::planner::Planner;
use crate::model::ShapeKind;
use crate::options::Emit;
use crate::plan::names;

/// What a text may refer to beside the names of the model: items that every client has.
const OF_EVERY_CLIENT: [(&str, &str); 5] = [
    ("Client", "crate::Client"),
    ("Config", "crate::Config"),
    ("DisplayErrorContext", "crate::error::DisplayErrorContext"),
    ("RequestId", "crate::operation::RequestId"),
    ("SdkError", "crate::error::SdkError"),
];

impl<'m> Planner<'m> {
    /// Name and path in Rust of what a text may refer to, by its name in the model.
    pub(super) fn links(&self) -> BTreeMap<Cow<'m, str>, (String, String)> {
        let mut links = BTreeMap::new();
        for &id in &self.data {
            let name = names::type_name(id.name());
            let path = format!("crate::types::{name}");
            links.insert(id.name().into(), (name.clone(), path.clone()));
            if let ShapeKind::Enum(values) = &self.shape(id).kind {
                links.extend(values.iter().map(|value| {
                    let variant = names::variant(&value.name);
                    let target = (format!("{name}::{variant}"), format!("{path}::{variant}"));
                    (format!("{}${}", id.name(), value.name).into(), target)
                }));
            }
        }
        for &id in &self.exception_ids {
            let name = names::type_name(id.name());
            links.insert(id.name().into(), (name.clone(), format!("crate::types::error::{name}")));
        }
        let of_client = OF_EVERY_CLIENT.into_iter().filter(|_| self.emit == Emit::Client);
        for (name, path) in of_client {
            links.entry(name.into()).or_insert_with(|| (name.to_owned(), path.to_owned()));
        }
        for operation in &self.model.operations {
            let names = names::OperationNames::of(operation.id.name());
            for (id, name) in [(&operation.input, &names.input), (&operation.output, &names.output)] {
                if let Some(id) = id {
                    let path = format!("crate::operation::{}::{name}", names.module);
                    links.entry(id.name().into()).or_insert_with(|| (name.clone(), path));
                }
            }
            let place = self.place_of(&names.module);
            links.insert(operation.id.name().into(), (names.operation, place));
        }
        links
    }
}
