//! Variants of error enums, and the codes that responses call them by.

use super::planner::Planner;
use crate::model::{ShapeId, ShapeKind};
use crate::plan::{ErrorVariant, names};

impl Planner<'_> {
    pub(super) fn error_variant(&self, id: &ShapeId) -> ErrorVariant {
        let name = names::type_name(id.name());
        let shape = self.shape(id);
        let docs = self.docs(id.as_str(), shape.documentation.as_deref(), || {
            format!("The exception `{}` of the model.", id.name())
        });
        ErrorVariant {
            is: names::error_predicate(&name),
            variant: names::error_variant(&name),
            code: self.query_code(id).unwrap_or(id.name()).to_owned(),
            shape_name: id.name().to_owned(),
            query_code: self.distinct_query_code(id).map(str::to_owned),
            own_code: None,
            first_sentence: docs.first_sentence,
            qualified: self.is_spelled_with_its_path(&name),
            name,
        }
    }

    /// The errors of an operation.
    pub(super) fn operation_errors(&self, ids: &[ShapeId]) -> Vec<ErrorVariant> {
        let variant = |id| ErrorVariant { own_code: self.own_code(id, ids), ..self.error_variant(id) };
        ids.iter().map(variant).collect()
    }

    /// Errors that were chosen as types, whatever operation has them.
    pub(super) fn chosen_errors(&self) -> Vec<ErrorVariant> {
        let chosen = self.model.types.iter().filter(|id| self.exception_ids.contains(id));
        chosen.map(|id| self.error_variant(id)).collect()
    }

    /// The code that an exception had in the query protocol, where it is not the name of the shape, nor that of another
    /// exception or its code as well: by a code that several have, only the operation tells which is meant.
    fn distinct_query_code(&self, id: &ShapeId) -> Option<&str> {
        let code = self.query_code(id).filter(|&code| code != id.name())?;
        (!self.is_known_by(code, id, self.exception_ids.iter().copied())).then_some(code)
    }

    /// The code that an exception had in the query protocol, where it is that or the name of another exception, but not
    /// of one that the operation has as well.
    fn own_code(&self, id: &ShapeId, of_operation: &[ShapeId]) -> Option<String> {
        let code = self.query_code(id).filter(|&code| code != id.name())?;
        let shared = self.is_known_by(code, id, self.exception_ids.iter().copied());
        (shared && !self.is_known_by(code, id, of_operation)).then(|| code.to_owned())
    }

    /// Whether a code is name or code of one of these exceptions that is not `id`.
    fn is_known_by<'i>(&self, code: &str, id: &ShapeId, exceptions: impl IntoIterator<Item = &'i ShapeId>) -> bool {
        let mut others = exceptions.into_iter().filter(|&other| other != id);
        others.any(|other| other.name() == code || self.query_code(other) == Some(code))
    }

    /// `aws.protocols#awsQueryError` of an exception, where the service gives such codes.
    fn query_code(&self, id: &ShapeId) -> Option<&str> {
        let service = &self.model.service;
        let has_codes = || service.protocol.forms().is_some_and(|forms| forms.has_error_codes);
        match &self.shape(id).kind {
            ShapeKind::Structure(structure) if service.query_compatible || has_codes() => {
                structure.error.as_ref()?.query_code.as_deref()
            }
            _ => None,
        }
    }
}
