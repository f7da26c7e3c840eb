//! Whether a model documents all that a user of its client meets, and in the form that the client shows well.
//!
//! A user meets the service, its operations, their inputs, outputs and errors, and every structure, union, enum, member
//! and value that these reach; lists, maps and plain strings have no place of their own in Rust. A text is for a Rust
//! reader: Markdown without HTML tags, with links to names that exist. Each operation has an example of its own
//! (`smithy.api#examples`), which the client shows as code that compiles.

mod form;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use smithy_client_codegen::Source;
use smithy_client_codegen::model::load::load;
use smithy_client_codegen::model::{Model, ShapeKind};
use smithy_client_codegen::report::{Diagnostic, Report};
use smithy_client_codegen::surface::Surface;

/// What documentation there is of a model, and what is wrong with it.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// How many there are of each kind and how many have documentation, in the order of [`Kind`].
    pub kinds: BTreeMap<Kind, Tally>,
    /// Ids of shapes and members (`ns#Shape$member`) without documentation, in order.
    pub missing: Vec<String>,
    /// Documentation in a wrong form, in the order of ids.
    pub faults: Vec<Fault>,
}

impl Coverage {
    /// Whether nothing is missing and nothing is wrong.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && self.faults.is_empty()
    }
}

/// What is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The service as a whole.
    Services,
    /// Operations.
    Operations,
    /// Examples, one for each operation.
    Examples,
    /// Structures, inputs and outputs.
    Structures,
    /// Unions.
    Unions,
    /// Members of structures, unions and errors.
    Members,
    /// Enums.
    Enums,
    /// Values of enums.
    Values,
    /// Errors.
    Errors,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Services => "services",
            Self::Operations => "operations",
            Self::Examples => "examples",
            Self::Structures => "structures",
            Self::Unions => "unions",
            Self::Members => "members",
            Self::Enums => "enums",
            Self::Values => "values",
            Self::Errors => "errors",
        })
    }
}

/// How many there are of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Those with documentation.
    pub documented: usize,
    /// All.
    pub all: usize,
}

/// Documentation in a wrong form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The shape or member that it is of.
    pub id: String,
    /// What is wrong and what to do, as a sentence without a full stop.
    pub message: String,
}

/// Looks at the documentation of the model that these sources make up.
///
/// # Errors
/// When the sources are no model, or one that the generator does not take.
pub fn coverage(sources: &[Source]) -> Result<Coverage, Report> {
    let texts: Vec<(String, String)> =
        sources.iter().map(|source| (source.name.clone(), source.text.clone())).collect();
    let model = load(&texts, None)?.model;
    let surface = Surface::of(&model)?;
    let (mut kinds, mut faults) = (BTreeMap::<Kind, Tally>::new(), Vec::new());
    let mut count = |kind: Kind, is_documented: bool| {
        let tally = kinds.entry(kind).or_default();
        tally.all += 1;
        tally.documented += usize::from(is_documented);
    };
    for (id, text) in surface.texts() {
        count(kind(&model, id), surface.undocumented().binary_search(id).is_err());
        let found = form::faults(text, surface.link_names()).into_iter();
        faults.extend(found.map(|message| Fault { id: id.clone(), message }));
    }
    for operation in &model.operations {
        count(Kind::Examples, !operation.examples.is_empty());
        if operation.examples.is_empty() {
            let message = "it has no example; add one by `smithy.api#examples`".to_owned();
            faults.push(Fault { id: operation.id.as_str().to_owned(), message });
        }
    }
    faults.extend(surface.warnings().iter().filter_map(fault_of_example));
    faults.sort_by(|left, right| left.id.cmp(&right.id));
    Ok(Coverage { kinds, missing: surface.undocumented().to_vec(), faults })
}

/// What a shape or member is to a user, by its id.
fn kind(model: &Model, id: &str) -> Kind {
    let (shape, member) = id.split_once('$').map_or((id, None), |(shape, member)| (shape, Some(member)));
    if shape == model.service.id.as_str() {
        return Kind::Services;
    }
    let shape = model.shapes.iter().find(|(other, _)| other.as_str() == shape).map(|(_, shape)| &shape.kind);
    match (shape, member) {
        (Some(ShapeKind::Enum(_) | ShapeKind::IntEnum(_)), Some(_)) => Kind::Values,
        (_, Some(_)) => Kind::Members,
        (Some(ShapeKind::Enum(_) | ShapeKind::IntEnum(_)), None) => Kind::Enums,
        (Some(ShapeKind::Union(_)), None) => Kind::Unions,
        (Some(ShapeKind::Structure(structure)), None) if structure.error.is_some() => Kind::Errors,
        (Some(_), None) => Kind::Structures,
        (None, None) => Kind::Operations,
    }
}

/// An example that the generator could not use.
fn fault_of_example(warning: &Diagnostic) -> Option<Fault> {
    Some(Fault { id: warning.shape.clone()?, message: format!("{}; {}", warning.message, warning.hint) })
}
